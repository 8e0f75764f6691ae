"""A hypothesis about one index says nothing of the others."""

from typing import Any

import pytest

from tests.attacks.declarations import assert_accepted, assert_refused, c, claimed
from verify import (
    E,
    Inverse,
    Sum,
    algebra,
    at_least,
    chain,
    derivative,
    differentiable,
    differentiate,
    dimension,
    equals,
    equation,
    every,
    finite_moment,
    function,
    given,
    greater,
    implies,
    independent,
    index,
    linearity,
    log,
    moments,
    order,
    partial,
    positive_definite,
    random_array,
    random_variable,
    random_vector,
    real,
    same_law,
    symmetric,
    symmetric_matrix,
    symmetry,
    uncorrelated,
    unequal,
    vector,
)
from verify import language as l
from verify.language.arrays import Array
from verify.language.statements import SameLaw

K, n = dimension("K"), dimension("n")
k, i, j = index("k", K), index("i", n), index("j", n)
A, z = real("A", (1, K), (1, n), (1, n)), vector("z", n)
W, R, U = random_array("W", K, n), random_vector("R", n), random_variable("U")
f, square, late = function("f"), real("S", n, n), index("late", 1, n - 5)
forms, solved = z.T @ A[k] @ z, (Inverse(A[k]) @ z)[i]


def at_least_zero(term: Any, *facts: Any) -> Any:
    return claimed(at_least(term, 0), chain(term, at_least(0, by=order)), given=list(facts))


def same(term: Any, other: Any, by: Any, *facts: Any, **parts: Any) -> Any:
    proof = chain(term, equals(other, by=by))
    return claimed(equation(term, other), proof, given=list(facts), **parts)


def if_of_each(premise: Any, consequence: Any) -> Any:
    """A claim whose premise says something of every index, for one that z[i] = c speaks of."""
    statement = implies(every(i, implies(premise, consequence)), equation(c + 1, 1 + c))
    return claimed(statement, chain(c + 1, equals(1 + c, by=algebra)), given=[equation(z[i], c)])


definite, all_definite = positive_definite(A[k]), every(k, positive_definite(A[k]))
finite = {"well_formed": [finite_moment(W, 2)]}

ACCEPTED = [
    at_least_zero(forms, definite),
    at_least_zero(Sum(forms, k), all_definite),
    same(2 * Sum(solved, k), Sum(solved, k) + Sum(solved, k), algebra, all_definite),
    same(E(W[k, i]), 0, moments, uncorrelated(W[k], mean=0), **finite),
    claimed(
        every(i, implies(unequal(z[i], 0), equation(z[i] / z[i], 1))),
        chain(z[i] / z[i], equals(1, by=algebra)),
    ),
    if_of_each(greater(z[i], 0), equation(log(z[i]), 0)),
]

REFUSED = [
    # Of z = (−1, 1) and i = 1, there is no log(c) at the second entry, which is positive.
    if_of_each(greater(z[i], 0), equation(log(c), 0)),
    # For every index of a range that may be empty: nothing at all.
    same(
        derivative(2 * f(z[1]), z[1]),
        2 * partial(f, z[1]),
        differentiate,
        every(late, differentiable(f)),
    ),
    same(square[i, j], square[j, i], given, every(late, symmetric_matrix(square))),
    same(z[i], z[j], given, every(late, equation(z[i], z[j]))),
    same(2 * Sum(z[i], i), Sum(z[i], i), given, every(late, equation(Sum(z[i], i), 0))),
    at_least_zero(z.T @ square @ z, every(late, positive_definite(square))),
    same(E(W[k, i]), 0, moments, every(late, uncorrelated(W[k], mean=0)), **finite),
    at_least_zero(Sum(forms, k), definite),
    same(2 * Sum(solved, k), Sum(solved, k) + Sum(solved, k), algebra, definite),
    same(Sum(A[k, i, j], k), Sum(A[k, j, i], k), given, symmetric_matrix(A[k])),
    same(E(Sum(W[k, i], k)), 0, (linearity, moments), uncorrelated(W[k], mean=0), **finite),
    same(Sum(z[i], i), 0, given, equation(z[i], 0)),
]


@pytest.mark.parametrize("claim", ACCEPTED)
def test_what_is_said_of_an_index_holds_there(claim: Any) -> None:
    assert_accepted(claim)


@pytest.mark.parametrize("claim", REFUSED)
def test_what_is_said_of_one_index_is_not_said_of_all(claim: Any) -> None:
    assert_refused(claim)


def test_each_entry_may_change_its_sign_and_all_of_them_not() -> None:
    """For n = 3 and R[3] = U·R[1]·R[2], fair signs all of them, U is independent of each R[j]; but
    the product of the three U·R[j] is 1 in every outcome.
    """
    one, many = same_as_negative(U * R[j], U), same_as_negative(Array(U * R[j], j), U)
    apart = every(j, independent(U, R[j]))
    assert_accepted(one(apart))
    assert_refused(many(apart))
    assert_accepted(many(independent(U, R)))


def same_as_negative(term: Any, block: Any) -> Any:
    """The claim that a term is as likely as its negative, for some laws."""
    negative = l.substitute(term, {block: -block})
    proof = chain(term, same_law(negative, by=symmetry))
    return lambda *laws: claimed(SameLaw(term, negative), proof, given=[symmetric(block), *laws])
