"""Divisors that are not 0 wherever something is summed, and may be 0 where nothing is."""

from typing import Any

import pytest

from tests.attacks.declarations import (
    assert_accepted,
    assert_refused,
    c,
    equal,
    i,
    j,
    k,
    n,
    related,
    t,
    x,
    y,
)
from verify import (
    Claim,
    Delta,
    Sum,
    at_least,
    at_most,
    definition,
    dimension,
    equation,
    every,
    given,
    greater,
    index,
    let,
    natural,
    order,
    unequal,
)

m, s = dimension("m"), natural("s")
u, v, a = index("u"), index("v"), index("a", m)
constant, length = let("f", (v,), c + 0 * v), let("g", (v,), t + 0 * v)
summed, within = (u, 1, t), at_most(t, n)


def throughout(statement: Any) -> Any:
    return every(summed, statement)


small = [throughout(equation(x[u], c)), throughout(unequal(x[u], 0)), at_least(c, 0), within]
apart = throughout(unequal(constant(u), 0))
split = throughout(unequal(c * u, 0))
#: Of t = 0 and c = 0 nothing is said, nor of x[i] where i ≠ j.
FALSE = {
    "an empty sum of ones": equal(
        Sum(1 / length(u), summed), 1, definition, given=[throughout(unequal(length(u), 0))]
    ),
    "a common divisor by hypothesis": related(
        at_least, Sum(1 / x[u], summed), 1, (order, given), given=[*small, at_most(c, t)]
    ),
    "a common divisor by definition": related(
        at_least,
        Sum(y[u] / constant(u), summed),
        1,
        order,
        given=[apart, at_least(c, 0), at_most(c, Sum(y[u], summed)), within],
    ),
    "a hypothesis with a common divisor": related(
        unequal,
        c,
        0,
        order,
        given=[apart, greater(1 + Sum(y[u] / constant(u), summed), 0), within],
    ),
    "beside a delta": related(
        at_least,
        Delta(i, j) / x[j],
        1,
        order,
        given=[unequal(x[j], 0), at_least(x[i], 0), at_most(x[i], Delta(i, j))],
    ),
    "a hypothesis beside a delta": related(
        unequal, x[i], 0, order, given=[unequal(x[j], 0), unequal(Delta(i, j) / x[j], -1)]
    ),
    "a factor of a divisor": related(
        unequal, c, 0, order, given=[split, greater(Sum(u / (c * u), summed), -1)]
    ),
    "a factor of a divisor, counted": equal(
        Sum(u / (c * u), summed), 1, given, given=[split, equation(t, c)]
    ),
    "an index that is summed": related(
        at_least, s, 1, order, given=[at_least(s, Sum(a, (k, t, n)))]
    ),
}
TRUE = [
    equal(c * Sum(u / (c * u), summed), t, given=[split, unequal(c, 0)]),
    equal(Sum(1 / x[u], summed), t / c, given, given=[*small, unequal(c, 0)]),
    related(
        at_least,
        Sum(1 / x[u], summed),
        1,
        (order, given),
        given=[*small, greater(c, 0), at_most(c, t)],
    ),
]


@pytest.mark.parametrize("what", FALSE)
def test_what_is_not_zero_within_a_range_may_be_where_it_is_empty(what: str) -> None:
    assert_refused(FALSE[what])


@pytest.mark.parametrize("claim", TRUE)
def test_a_divisor_that_is_not_zero_at_all_may_be_taken_out(claim: Claim) -> None:
    assert_accepted(claim)
