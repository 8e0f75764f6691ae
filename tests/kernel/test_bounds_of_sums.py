"""What `order` sees of sums: one entry, a part of the range, absolute values."""

from typing import Any

import pytest

from tests.attacks.declarations import (
    W,
    assert_accepted,
    assert_refused,
    c,
    i,
    j,
    k,
    n,
    related,
    t,
    x,
    y,
)
from verify import Sum, at_least, at_most, every, exp, less, natural, order, real, unequal

s, w = natural("s"), real("w", (1, None))
squares, sizes = Sum(x[j] ** 2, j), Sum(abs(x[j]), j)
up_to_t = every((k, 1, t), at_least(w[k], 0))
below_c = every(i, at_most(x[i], c))
up_to_s = every((k, 1, s), at_least(w[k], 0))

TRUE = {
    "one entry": related(at_most, x[i] ** 2, squares, order),
    "the first ones": related(at_most, Sum(x[j] ** 2, (j, 1, i)), squares, order),
    "all but one": related(at_most, Sum(x[j] ** 2, (j, 2, n)) + c, squares + c, order),
    "one step less": related(
        at_most, Sum(w[k] ** 2, (k, 1, t)), Sum(w[k] ** 2, (k, 1, t + 1)), order
    ),
    "what is ≥ 0 by hypothesis": related(
        at_most, Sum(w[k], (k, 1, s)), Sum(w[k], (k, 1, t)), order, given=[at_most(s, t), up_to_t]
    ),
    "the triangle inequality": related(at_most, abs(Sum(x[j], j)), sizes, order),
    "with weights": related(
        at_most, abs(Sum(y[j] * x[j], j)), Sum(abs(y[j]) * abs(x[j]), j), order
    ),
    "with other addends": related(at_most, abs(c - 2 * Sum(x[j], j)), abs(c) + 2 * sizes, order),
    "n times a bound": related(at_most, Sum(x[j], j), n * c, order, given=[below_c]),
    "all but one, each ≤ c": related(
        at_most, Sum(x[j], (j, 2, n)), (n - 1) * c, order, given=[below_c]
    ),
    "n ≥ 1 times a strict bound": related(
        less, Sum(x[j], j), n * c, order, given=[every(i, less(x[i], c))]
    ),
    "t times a bound": related(
        at_most, Sum(w[k], (k, 1, t)), t * c, order, given=[every((k, 1, t), at_most(w[k], c))]
    ),
    "tangents": related(at_least, Sum(exp(x[j]), j), n + Sum(x[j], j), order),
    "random": related(at_most, abs(Sum(x[j] * W[j], j)), Sum(abs(x[j] * W[j]), j), order),
}
FALSE = {
    "terms of any sign": related(at_most, Sum(x[j], (j, 1, i)), Sum(x[j], j), order),
    "the whole in a part": related(at_least, Sum(x[j] ** 2, (j, 1, i)), squares, order),
    "ends in no order": related(
        at_most, Sum(w[k] ** 2, (k, 1, s)), Sum(w[k] ** 2, (k, 1, t)), order
    ),
    "one step more": related(
        at_most, Sum(w[k] ** 2, (k, 1, t + 2)), Sum(w[k] ** 2, (k, 1, t + 1)), order
    ),
    "≥ 0 in the part only": related(
        at_most, Sum(w[k], (k, 1, s)), Sum(w[k], (k, 1, t)), order, given=[at_most(s, t), up_to_s]
    ),
    "a part that may be all that is not 0": related(
        less, Sum(x[j] ** 2, (j, 2, n)), squares, order
    ),
    "other terms": related(at_most, Sum(y[j] ** 2, (j, 1, i)), squares, order),
    "the triangle inequality turned round": related(at_least, abs(Sum(x[j], j)), sizes, order),
    "a strict triangle inequality": related(less, abs(Sum(x[j], j)), sizes, order),
    "no absolute values": related(at_most, abs(Sum(x[j], j)), Sum(x[j], j), order),
    "t, perhaps 0, times a strict bound": related(
        less, Sum(w[k], (k, 1, t)), t * c, order, given=[every((k, 1, t), less(w[k], c))]
    ),
    "one entry more than are bounded": related(
        at_most, Sum(w[k], (k, 1, t + 1)), (t + 1) * c, order,
        given=[every((k, 1, t), at_most(w[k], c))],
    ),
    "a bound counted once": related(at_most, Sum(x[j], j), c, order, given=[below_c]),
    "a bound counted once too often": related(
        at_most, Sum(x[j], (j, 2, n)), n * c, order, given=[below_c]
    ),
    "a bound of one entry": related(at_most, Sum(x[j], j), n * c, order, given=[at_most(x[i], c)]),
    "no entry c, so no sum n·c": related(
        unequal, Sum(x[j], j), n * c, order, given=[every(i, unequal(x[i], c))]
    ),
    "a smaller coefficient": related(at_most, abs(2 * Sum(x[j], j)), sizes, order),
}  # fmt: skip


@pytest.mark.parametrize("what", TRUE)
def test_a_bound_that_a_sum_shows_is_accepted(what: str) -> None:
    assert_accepted(TRUE[what])


@pytest.mark.parametrize("what", FALSE)
def test_a_false_bound_is_refused(what: str) -> None:
    refusal: Any = assert_refused(FALSE[what])
    assert "left − right may be" in refusal.reason
