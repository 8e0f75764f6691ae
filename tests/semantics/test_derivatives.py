"""Derivatives in worlds: exact values by computing at x + ε, compared with other ways."""

from fractions import Fraction
from typing import Any

import pytest
import sympy
from flint import arb

from verify.authoring.names import (
    dimension,
    index,
    matrix,
    random_variable,
    random_vector,
    real,
    vector,
)
from verify.authoring.terms import E, V, derivative, exp, let, log, relu, sigmoid, sign, sqrt, tanh
from verify.language.arrays import Array, Delta, Inverse, Product, Sum
from verify.language.functions import Abs
from verify.language.terms import Power
from verify.notation.stock import as_sympy
from verify.semantics import UndefinedError, World, evaluate, independent_entries
from verify.semantics.scalars import rational, working_precision

x, y, c = real("x"), real("y"), real("c")
n = dimension("n")
i, j, k = index("i", n), index("j", n), index("k", n)
u, w, A = vector("u", n), vector("w", n), matrix("A", n, n)
W, X = random_vector("W", n), random_variable("X")

SOME = World({x: Fraction(2, 3), y: -3, c: Fraction(5, 2)})
VECTORS = World(
    {x: 2, y: 5, n: 2, u: [1, -2], w: [3, Fraction(1, 2)], A: [[2, 1], [0, 3]], i: 1, j: 2, k: 2},
    independent_entries(W, 2, [(Fraction(1, 3), 3), (Fraction(2, 3), 0)]),
)

RATIONAL = [
    x**5 - 2 * x * y + c,
    (x + y) / (x**2 + 1),
    1 / (c - x) - (x - y) ** 3 / 4,
    Power(x, -3) * y,
    let("f", (y,), y**2 * x)(x + 1),
    -(x * (x - (x / (y * x - c)))),
    Sum(Power(x, k) * k, (k, 0, 4)),
    Product(x + k, (k, 1, 3)),
]


@pytest.mark.parametrize("body", RATIONAL, ids=str)
@pytest.mark.parametrize("name", [x, y, c], ids=str)
def test_a_derivative_of_a_rational_function_is_that_of_stock_sympy(body: Any, name: Any) -> None:
    stock = {as_sympy(key): sympy.Rational(value) for key, value in SOME.values.items()}
    expected = as_sympy(body).doit().diff(as_sympy(name)).subs(stock)
    assert evaluate(derivative(body, name), SOME) == Fraction(expected.p, expected.q)


@pytest.mark.parametrize("body", RATIONAL, ids=str)
def test_a_second_derivative_is_that_of_stock_sympy(body: Any) -> None:
    stock = {as_sympy(key): sympy.Rational(value) for key, value in SOME.values.items()}
    expected = as_sympy(body).doit().diff(as_sympy(x), as_sympy(y)).subs(stock)
    twice = evaluate(derivative(derivative(body, x), y), SOME)
    assert twice == Fraction(expected.p, expected.q)


FUNCTIONS = [
    exp(x), log(x), tanh(x), sigmoid(x), sqrt(x), Abs(x), relu(x), sign(x), exp(-(x**2)),
    log(1 + exp(x)), x * sigmoid(3 * x), Power(x, Fraction(2, 3)), Power(3, x), Power(x, x),
    sqrt(1 + x**2) * tanh(x / 2), Abs(x - 9) + relu(-x),
]  # fmt: skip


def is_close(body: Any, at: Fraction) -> bool:
    """Whether the derivative is the central difference quotient at a step of 2^-40, which is off by
    f‴/6·2^-80 at most: below 2^-66 for the functions and points here.
    """
    step = Fraction(1, 2**40)
    above, below, slope = (
        evaluate(term, World({x: place}))
        for term, place in ((body, at + step), (body, at - step), (derivative(body, x), at))
    )
    with working_precision(256):
        quotient = (ball(above) - ball(below)) * 2**39
        return bool(abs(quotient - ball(slope)) < arb(2) ** -66)


def ball(value: Any) -> arb:
    return arb(rational(value)) if isinstance(value, Fraction) else value


@pytest.mark.parametrize("body", FUNCTIONS, ids=str)
@pytest.mark.parametrize("at", [Fraction(1, 7), Fraction(1), Fraction(13, 4)], ids=str)
def test_a_derivative_is_the_limit_of_difference_quotients(body: Any, at: Fraction) -> None:
    assert is_close(body, at)


@pytest.mark.parametrize("body", FUNCTIONS, ids=str)
def test_a_second_derivative_is_the_limit_of_difference_quotients(body: Any) -> None:
    assert is_close(derivative(body, x), Fraction(5, 7))


KINKS = [
    Abs(x), sign(x), relu(x), sqrt(x), Power(x, Fraction(3, 2)), relu(x) ** 2, Abs(x) * x,
    sqrt(x**2), Power(x, y), relu(-x + x**3),
]  # fmt: skip


@pytest.mark.parametrize("body", KINKS, ids=str)
def test_there_is_no_derivative_at_a_kink(body: Any) -> None:
    at_zero = World({x: 0, y: Fraction(3, 2)})
    evaluate(body, at_zero)
    with pytest.raises(UndefinedError):
        evaluate(derivative(body, x), at_zero)


def test_away_from_its_kink_a_function_has_a_derivative() -> None:
    assert evaluate(derivative(relu(x) + Abs(x), x), World({x: Fraction(-1, 9)})) == -1
    assert evaluate(derivative(sign(x) * x**2, x), World({x: -2})) == 4


def test_where_a_term_is_undefined_so_is_its_derivative() -> None:
    for body in (1 / x, log(x), Power(x, -1)):
        with pytest.raises(UndefinedError):
            evaluate(derivative(body, x), World({x: 0}))


def test_an_entry_varies_alone() -> None:
    square = Sum(u[k] ** 2 * w[k], k)
    assert evaluate(derivative(square, u[i]), VECTORS) == 2 * 1 * 3
    assert evaluate(derivative(square, u[j]), VECTORS) == 2 * -2 * Fraction(1, 2)
    assert evaluate(derivative(u[i], u[k]), VECTORS) == 0
    assert evaluate(derivative(u.T @ A @ u, u[i]), VECTORS) == 4 * 1 + 1 * -2
    assert evaluate(derivative(u[j], u[1]), VECTORS) == 0


def test_an_index_out_of_range_has_no_derivative() -> None:
    with pytest.raises(UndefinedError, match="out of range"):
        evaluate(derivative(u[1], u[3]), VECTORS)


def test_an_inverse_follows_its_matrix_where_a_pivot_vanishes_too() -> None:
    swap = World({n: 2, A: [[0, 1], [2, 0]], i: 1, j: 2})
    # ∂(A⁻¹)[i, j]/∂A[k, l] = -(A⁻¹)[i, k]·(A⁻¹)[l, j]
    cases: list[tuple[World, list[list[Any]]]] = [
        (VECTORS, [[Fraction(1, 2), Fraction(-1, 6)], [0, Fraction(1, 3)]]),
        (swap, [[0, Fraction(1, 2)], [1, 0]]),
    ]
    for world, inverse in cases:
        for a in (1, 2):
            for b in (1, 2):
                slope = evaluate(derivative(Inverse(A)[i, j], A[a, b]), world)
                assert slope == -inverse[0][a - 1] * inverse[b - 1][1]


def test_a_derivative_within_a_derivative_has_its_own_variation() -> None:
    assert evaluate(derivative(x * derivative(x + y, y), x), SOME) == 1
    assert evaluate(derivative(x * derivative(x * y, y), x), SOME) == 2 * Fraction(2, 3)
    hessian = derivative(derivative(Sum(u[k] ** 3, k) * u[1], u[i]), u[j])
    assert evaluate(hessian, VECTORS) == 3 * (-2) ** 2


def test_what_a_definition_depends_on_varies() -> None:
    square = let("s", x**2)
    assert evaluate(derivative(square * y, x), VECTORS) == 2 * 2 * 5
    assert evaluate(derivative(Array(u[k] * square, k)[j], x), VECTORS) == -2 * 4


def test_an_argument_of_a_definition_is_a_constant_where_its_parameter_is_the_variable() -> None:
    slope = let("f", (y,), derivative(x * y, x))
    assert evaluate(slope(x), VECTORS) == 2
    at = let("g", (x,), derivative(x**3, x))
    assert evaluate(at(y), VECTORS) == 3 * 5**2
    assert evaluate(derivative(at(x), x), VECTORS) == 6 * 2
    entry = let("h", (u,), derivative(Sum(u[k] ** 2, k), u[j]))
    assert evaluate(entry(w), VECTORS) == 2 * Fraction(1, 2)


def test_a_mean_is_differentiated_outcome_by_outcome() -> None:
    risk = E((Sum(W[k] * u[k], k) - x) ** 2)
    # E[2(W·u - x)·W_1] = 2(u_1·E[W_1²] + u_2·E[W_1]·E[W_2] - x·E[W_1]) with means 1, E[W²] = 3
    assert evaluate(derivative(risk, u[i]), VECTORS) == 2 * (1 * 3 - 2 * 1 - 2 * 1)
    assert evaluate(derivative(V(x * W[1]), x), VECTORS) == 2 * 2 * 2
    assert evaluate(E(derivative(x * W[1] ** 2, x)), VECTORS) == 3
    assert evaluate(E(W[1] * derivative(E(x**2 * W[1]), x)), VECTORS) == 2 * 2


def test_a_delta_of_indices_is_a_constant() -> None:
    assert evaluate(derivative(Delta(i, j) * x + Delta(i, 1) * x, x), VECTORS) == 1
