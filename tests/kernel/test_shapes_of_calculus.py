"""The mean value theorem, definite matrices, and what a statement for all numbers says of one."""

from dataclasses import replace
from typing import Any

import pytest

from tests.attacks.declarations import X, Y, assert_accepted, assert_refused, b, c, claimed, d
from verify import (
    Apply,
    Array,
    Cases,
    Claim,
    Definite,
    Delta,
    E,
    MeanValue,
    Obtain,
    Rational,
    algebra,
    at_least,
    at_most,
    cases,
    chain,
    definition,
    derivative,
    differentiate,
    dimension,
    equals,
    equation,
    every,
    exp,
    finite_moment,
    greater,
    implies,
    index,
    lemma,
    less,
    matrix,
    monotone,
    order,
    positive_definite,
    real,
    sqrt,
    tanh,
    unequal,
    vector,
)

x, y = real("u"), real("h")
rows, columns = dimension("rows"), dimension("columns")
j, k = index("j", columns), index("k", columns)
M, z = matrix("A", rows, columns), vector("z", columns)
ridge = M.T @ M + c * Array(Delta(j, k), j, k)
from_zero = at_least(x, 0)


def growing(premise: Any, relation: Any, base: Any, slope: Any) -> Claim:
    return claimed(every(x, implies(premise, relation)), MeanValue(base, slope))


def named(name: str, claim: Claim) -> Claim:
    return replace(claim, id=f"attack.{name}")


at_zero = chain(tanh(0), equals(0, by=definition))
below = (
    equals(1 - tanh(x) ** 2, by=differentiate),
    at_most(1, by=order),
    equals(derivative(x, x), by=differentiate),
)
tanh_bound = named(
    "tanh_bound",
    growing(from_zero, at_most(tanh(x), x), at_zero, chain(derivative(tanh(x), x), *below)),
)


def definite(given: Any) -> Claim:
    rows_ = (equals((M @ z).T @ (M @ z) + c * (z.T @ z), by=algebra), greater(0, by=order))
    return claimed(
        positive_definite(ridge), Definite(z, chain(z.T @ ridge @ z, *rows_)), given=[given]
    )


ACCEPTED = [
    tanh_bound,
    growing(
        greater(x, 0),
        less(tanh(x), x + tanh(x)),
        chain(tanh(0), equals(0 + tanh(0), by=algebra)),
        chain(
            derivative(tanh(x), x),
            less(1 + derivative(tanh(x), x), by=order),
            equals(derivative(x + tanh(x), x), by=differentiate),
        ),
    ),
    definite(greater(c, 0)),
    claimed(
        greater(3 * c, 0),
        Apply(every(y, implies(greater(y, 0), greater(y * c, 0))), {y: 3}),
        given=[every(y, implies(greater(y, 0), greater(y * c, 0)))],
    ),
    claimed(
        at_most(E(tanh(abs(X))), E(abs(X))),
        chain(E(tanh(abs(X))), at_most(E(abs(X)), by=(monotone, lemma(tanh_bound, {x: abs(X)})))),
        well_formed=[finite_moment(X, 1)],
    ),
    claimed(
        every(j, at_least(abs(z[j]), z[j])),
        Cases(
            (at_least(z[j], 0), less(z[j], 0)),
            (
                chain(abs(z[j]), equals(z[j], by=cases)),
                chain(abs(z[j]), greater(z[j], by=order)),
            ),
        ),
    ),
]

REFUSED = [
    # a slope that is too large, a start that is too high, a point where equality holds
    growing(
        from_zero,
        at_most(2 * tanh(x), x),
        chain(2 * tanh(0), equals(0, by=definition)),
        chain(derivative(2 * tanh(x), x), at_most(derivative(x, x), by=order)),
    ),
    growing(from_zero, at_most(tanh(x) + 1, x), at_zero, chain(derivative(tanh(x), x), *below)),
    growing(from_zero, less(tanh(x), x), at_zero, chain(derivative(tanh(x), x), *below)),
    # no derivative at the start
    growing(
        from_zero,
        at_most(sqrt(x), x + 1),
        chain(sqrt(0), at_most(x * 0 + 1, by=order)),
        chain(derivative(sqrt(x), x), at_most(derivative(x + 1, x), by=order)),
    ),
    # the bound moves with x; x is not arbitrary
    growing(at_least(x, x), at_most(tanh(x), x), at_zero, chain(derivative(tanh(x), x), *below)),
    claimed(
        every(x, implies(from_zero, at_most(tanh(x), x))),
        MeanValue(at_zero, chain(derivative(tanh(x), x), *below)),
        given=[equation(x, 1)],
    ),
    definite(at_least(c, 0)),
    definite(unequal(c, 0)),
    claimed(
        greater(c * c, 0),
        Apply(every(y, implies(greater(y, 0), greater(y * c, 0))), {y: c}),
        given=[every(y, implies(greater(y, 0), greater(y * c, 0)))],
    ),
    claimed(greater(c, 0), Apply(every(y, greater(y, 0)), {y: c})),
    # a random value where the statement speaks of a mean
    claimed(
        equation(E(X * X), X * E(X)),
        Apply(every(y, equation(E(X * y), y * E(X))), {y: X}),
        given=[every(y, equation(E(X * y), y * E(X)))],
        well_formed=[finite_moment(X, 2)],
    ),
    # tanh(X) ≤ X needs X ≥ 0; X ≠ Y does not give E[X] ≠ E[Y]
    claimed(
        at_most(E(tanh(X)), E(X)),
        chain(E(tanh(X)), at_most(E(X), by=(monotone, lemma(tanh_bound, {x: X})))),
        well_formed=[finite_moment(X, 1)],
    ),
    claimed(
        unequal(E(X), E(Y)),
        chain(E(X), unequal(E(Y), by=monotone)),
        given=[unequal(X, Y)],
        well_formed=[finite_moment(X, 1), finite_moment(Y, 1)],
    ),
    claimed(
        at_least(exp(b) * d, 0),
        Obtain(
            at_least(d, 0),
            chain(d, at_least(0, by=order)),
            chain(exp(b) * d, at_least(0, by=order)),
        ),
    ),
]


@pytest.mark.parametrize("claim", ACCEPTED)
def test_an_honest_proof_is_accepted(claim: Any) -> None:
    assert_accepted(claim)


@pytest.mark.parametrize("claim", REFUSED)
def test_a_proof_with_a_gap_is_refused(claim: Any) -> None:
    assert_refused(claim)


def test_a_third_of_the_cube_bounds_tanh_from_below() -> None:
    square = named(
        "square",
        claimed(
            at_most(tanh(x) ** 2, x**2),
            chain(tanh(x) ** 2, at_most(x**2, by=(monotone, lemma(tanh_bound, {x: x})))),
            given=[from_zero],
        ),
    )
    third = Rational(1, 3)
    slope = chain(
        derivative(tanh(x), x),
        equals(1 - tanh(x) ** 2, by=differentiate),
        at_least(1 - x**2, by=(order, lemma(square, {x: x}))),
        equals(derivative(x - third * x**3, x), by=differentiate),
    )
    base = chain(tanh(0), equals(claimed_cube(third), by=definition))
    assert_accepted(growing(from_zero, at_least(tanh(x), x - third * x**3), base, slope))


def claimed_cube(third: Any) -> Any:
    """0 − ⅓·0³, as it is written when x becomes 0."""
    from verify.language.terms import Negative, Plus, Power, Times

    return Plus(0, Negative(Times(third, Power(0, 3))))
