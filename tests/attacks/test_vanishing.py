"""What must be 0 because a sum of terms ≥ 0 is 0, and what only looks like it."""

from typing import Any

import pytest

from tests.attacks.declarations import X, Y, assert_accepted, assert_refused, b, c, claimed, i, n, x
from verify import (
    E,
    Sum,
    at_least,
    chain,
    equals,
    equation,
    every,
    finite_moment,
    given,
    norm_squared,
    sqrt,
)

moments = [finite_moment(X, 2), finite_moment(Y, 2)]


def zero(term: Any, known: Any, *also: Any) -> Any:
    """The claim that a number is 0, read off another equation."""
    proof = chain(term, equals(0, by=given(equation(term, 0))))
    return claimed(equation(term, 0), proof, given=[known, *also])


def zeros(known: Any, other: Any = 0, *also: Any) -> Any:
    """The claim that every entry of x is `other`."""
    fact = every(i, equation(x[i] - other, 0)) if other != 0 else every(i, equation(x[i], 0))
    proof = chain(x[i], equals(other, by=given(fact)))
    return claimed(equation(x[i], other), proof, given=[known, *also])


def mean_of_product(known: Any, *also: Any) -> Any:
    proof = chain(E(X * Y), equals(0, by=given(equation(X, 0))))
    return claimed(equation(E(X * Y), 0), proof, given=[known, *also], well_formed=moments)


ACCEPTED = [
    zero(b, equation(b**2, 0)),
    zero(b, equation(abs(b), 0)),
    zero(b, equation(b**2 + c**2, 0)),
    zero(b, equation(sqrt(b**2 + 3 * c**2), 0)),
    zeros(equation(Sum(x[i] ** 2, i), 0)),
    zeros(equation(norm_squared(x), 0)),
    zeros(equation(Sum((x[i] - c) ** 2, i), 0), c),
    mean_of_product(equation(E(X**2), 0)),
]

REFUSED = [
    zero(b, equation(b * c, 0)),
    zero(b, equation(b**2 * c**2, 0)),
    zero(b, equation(b**2 - c**2, 0)),
    zero(b, equation(b**2, c**2)),
    zero(b, equation(b**3 + c**2, 0)),
    zeros(equation(Sum(x[i], i), 0)),
    zeros(equation(Sum(x[i] ** 3, i), 0)),
    zeros(equation(Sum((x[i] - c) ** 2, i), 0), -c),
    zeros(equation(Sum(x[i] ** 2, i) - n * c**2, 0), c),
    mean_of_product(equation(E(X), 0)),
    mean_of_product(equation(E(X), 0), at_least(E(X), 0)),
    mean_of_product(equation(E(X) ** 2, 0)),
]


@pytest.mark.parametrize("claim", ACCEPTED)
def test_a_sum_of_squares_that_is_0_has_only_zeros(claim: Any) -> None:
    assert_accepted(claim)


@pytest.mark.parametrize("claim", REFUSED)
def test_nothing_vanishes_for_less(claim: Any) -> None:
    assert_refused(claim)
