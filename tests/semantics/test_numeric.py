import math
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from sympy import Rational

from verify.authoring.names import dimension, function, index, matrix, random_variable, real, vector
from verify.authoring.terms import (
    E,
    V,
    derivative,
    exp,
    let,
    log,
    partial,
    relu,
    sigmoid,
    sign,
    sqrt,
    tanh,
)
from verify.language.arrays import Array, Delta, Inverse, Product, Sum, Vector, norm_squared
from verify.semantics import IllFormedError, UndefinedError, World, WorldError, evaluate
from verify.semantics.numeric import numeric
from verify.semantics.perturbation import perturbations, smallest_effect

n, c = dimension("n"), real("c")
x, M = vector("x", n), matrix("M", n, n)
i, j = index("i", n), index("j", n)
X, L = random_variable("X"), function("L", n)

TERMS = [
    c / 3 - 2 * c**2,
    Sum(x[j] * Sum(M[i, j], i), j),
    Product(x[j] ** 2 + 1, j),
    Sum(Delta(i, j) * M[i, j], i, j),
    sqrt(norm_squared(x)) + exp(c) * tanh(c) - sigmoid(c),
    (x.T @ Inverse(M) @ x) + (M @ x)[2],
    Array(M[i, j] * x[j], i, j)[2, 1] + Vector(c, 2)[1],
    log(relu(c) + 1) * sign(-c),
    let("f", (x, c), c * x[2])(3 * x, c + 1) + (x @ x.T)[1, 2] + M[1][2],
]


@pytest.mark.parametrize("term", TERMS)
def test_the_float_value_agrees_with_the_exact_one(term: Any) -> None:
    exact = evaluate(term, World({n: 2, c: Fraction(3, 4), x: [1, -2], M: [[2, 1], [1, 3]]}))
    found = numeric(term, {"n": 2, "c": 0.75, "x": [1, -2], "M": [[2, 1], [1, 3]]})
    assert math.isclose(found, float(exact), rel_tol=1e-12)


def test_arrays_come_back_as_arrays() -> None:
    found = numeric(Array(c * x[i], i), {"n": 2, "c": 2, "x": np.array([1.0, 5.0])})
    assert found.tolist() == [2, 10]


def test_expectations_are_looked_up() -> None:
    assert numeric(E(X**2) / 2, {E(X**2): 3.0}) == 1.5
    with pytest.raises(WorldError, match="Variance"):
        numeric(V(X), {E(X**2): 3.0})


def test_derivatives_are_looked_up_at_their_indices() -> None:
    values = {"n": 2, "x": [3, 5], L(x): 2.0, partial(L, x, 1): 10.0, partial(L, x, 2): 100.0}
    assert numeric(L(x) * Sum(partial(L, x, j) * x[j], j), values) == 2 * (30 + 500)
    assert numeric(derivative(L(x), x[i]), {"i": 1, derivative(L(x), x[i]): 7.0}) == 7
    with pytest.raises(WorldError, match="Partial"):
        numeric(partial(L, x, 3), values)


@pytest.mark.parametrize(
    ("term", "problem"),
    [
        (1 / c, UndefinedError),
        (log(c), UndefinedError),
        (sqrt(c - 1), UndefinedError),
        (c**-1, UndefinedError),
        ((c - 1) ** Fraction(1, 2), UndefinedError),
        (x[3], UndefinedError),
        (x[0], UndefinedError),
        (real("w") + 1, WorldError),
        (c + 0.5, IllFormedError),
    ],
)
def test_what_has_no_float_value_is_an_error(term: Any, problem: type[Exception]) -> None:
    with pytest.raises(problem):
        numeric(term, {"c": 0, "n": 2, "x": [1, 2]})


def test_each_constant_is_perturbed_but_not_the_shape() -> None:
    found = perturbations(3 * c**2 + 5 * Sum(x[j], (j, 1, 2)) + 0 * c)
    values = {"c": 1.0, "x": [1.0, 1.0], "n": 2}
    assert sorted(numeric(term, values) for term in found) == pytest.approx([13.03, 13.1])


def test_the_smallest_effect_is_that_of_the_weakest_constant() -> None:
    values = {"c": 10.0}
    assert smallest_effect(c * 7, values) == pytest.approx(0.01)
    assert smallest_effect(c + Fraction(1, 2), values) == pytest.approx(0.005 / 10.5)
    assert smallest_effect(let("f", (c,), c + 5)(2 * c), values) == pytest.approx(0.05 / 25)
    assert smallest_effect(c + E(7 * X), {"c": 10.0, E(7 * X): 1.0}) == pytest.approx(0.01)
    with pytest.raises(UndefinedError):
        smallest_effect(c - 10, values)


def test_a_constant_may_be_too_large_as_well_as_too_small() -> None:
    """Only a smaller 10 moves the sum: to 20.1."""
    assert smallest_effect(20 + relu(c - 10), {"c": 10.0}) == pytest.approx(0.1 / 20)


def test_constants_within_derivatives_and_unknown_functions_belong_to_the_quantity() -> None:
    double = let("double", (c,), 2 * c)
    slope = partial(L, 3 * x, j) * L(4 * x) * derivative(double(c) ** 3, c)
    assert perturbations(5 * slope) == [Rational(101, 20) * slope]
    values = {partial(L, 3 * x, j): 2.0, L(4 * x): 3.0, derivative(double(c) ** 3, c): 4.0}
    assert smallest_effect(5 * slope, values) == pytest.approx(0.01)
