"""Unknown functions in worlds: a definition as the value, its derivatives, what may stand there."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from verify.authoring.names import (
    dimension,
    function,
    index,
    matrix,
    random_matrix,
    random_variable,
    random_vector,
    real,
    vector,
)
from verify.authoring.statements import (
    differentiable,
    equation,
    every,
    exists,
    mutually_independent,
)
from verify.authoring.terms import E, derivative, exp, let, log, partial, relu, sigmoid, sqrt, tanh
from verify.language.arrays import Array, Delta, Sum
from verify.language.functions import Abs
from verify.language.terms import Power
from verify.notation import text
from verify.semantics import (
    UndefinedError,
    World,
    WorldError,
    describe,
    evaluate,
    independent_entries,
    judge,
    shrunk,
    uniform_on,
)
from verify.semantics.free_points import degree_where_it_vanishes, free_to_vary

n, m = dimension("n"), dimension("m")
i, j, k = index("i", n), index("j", n), index("k", n)
x, c, z = real("x"), real("c"), real("z")
u, w, y = vector("u", n), vector("w", n), vector("y", n)
A, B = matrix("A", n, n), matrix("B", n, n)
f, L, G = function("f"), function("L", n), function("G", n, n)
X, W, M = random_variable("X"), random_vector("W", n), random_matrix("M", 2, 2)

QUADRATIC = let("L", (y,), Sum(y[k] ** 2, k) * y[1] - c)
DICE = Random(1)  # noqa: S311
CUBIC = let("f", (z,), z**3 - 2 * z + c)
TRACE = let("G", (B,), Sum(B[i, j] * B[j, i], i, j))
VALUES: dict[Any, Any] = {
    n: 2, x: 3, c: Fraction(1, 2), u: [1, 2], w: [1, -1], A: [[1, 2], [3, 4]], i: 1, j: 2, k: 2,
    f: CUBIC, L: QUADRATIC, G: TRACE,
}  # fmt: skip
WORLD = World(VALUES, uniform_on([{X: 1}, {X: 3}]))


def test_an_unknown_function_has_the_value_of_its_definition() -> None:
    assert evaluate(f(x + 1), WORLD) == 64 - 8 + Fraction(1, 2)
    assert evaluate(L(u), WORLD) == 5 - Fraction(1, 2)
    assert evaluate(L(Array(u[k] + 1, k)), WORLD) == 13 * 2 - Fraction(1, 2)
    assert evaluate(G(A), WORLD) == 1 + 16 + 2 * 6
    assert evaluate(E(f(X)), WORLD) == (-1 + 21) * Fraction(1, 2) + Fraction(1, 2)


def test_a_partial_derivative_is_that_of_the_definition_at_the_argument() -> None:
    assert evaluate(partial(f, x), WORLD) == 3 * 9 - 2
    assert evaluate(partial(L, u, 1), WORLD) == 5 + 2
    assert evaluate(partial(L, u, j), WORLD) == 2 * 2 * 1
    assert evaluate(partial(G, A, 1, j), WORLD) == 2 * 3
    with pytest.raises(UndefinedError, match="out of range"):
        evaluate(partial(L, u, 3), WORLD)


def test_the_chain_rule_holds_in_worlds() -> None:
    inner = Array(u[k] * u[1] + w[k] * x, k)
    composed = derivative(L(inner), u[i])
    rule = Sum(partial(L, inner, j) * (Delta(i, j) * u[1] + u[j] * Delta(1, i)), j)
    assert judge(every(i, equation(composed, rule)), WORLD).value is True
    wrong = Sum(partial(L, inner, j) * Delta(i, j) * u[1], j)
    assert judge(every(i, equation(composed, wrong)), WORLD).value is False
    assert judge(equation(derivative(f(x**2), x), 2 * x * partial(f, x**2)), WORLD).value is True
    assert judge(equation(derivative(f(x**2), x), partial(f, x**2)), WORLD).value is False


def test_a_partial_derivative_can_be_differentiated() -> None:
    assert evaluate(derivative(partial(f, x**2), x), WORLD) == 6 * 9 * 6
    assert evaluate(derivative(partial(L, u, 1), u[2]), WORLD) == 2 * 2


def test_names_in_the_value_of_a_function_are_constants() -> None:
    assert evaluate(derivative(f(x) * c, c), WORLD) == 27 - 6 + Fraction(1, 2)


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        (f, 3, "let"),
        (f, let("s", c), "let"),
        (f, let("f", (z, x), z), "let"),
        (f, let("f", (y,), y[1]), "other ranges"),
        (L, let("L", (z,), z), "other ranges"),
        (L, let("L", (vector("y", m),), c), "other ranges"),
        (f, let("f", (k,), k), "no fixed real name"),
        (f, let("f", (z,), z * X), "depends on X"),
        (f, let("f", (z,), L(u)), "depends on L"),
        (f, let("f", (z,), u[j] * z), "depends on j"),
    ],
)
def test_a_value_that_does_not_fit_is_refused(name: Any, value: Any, complaint: str) -> None:
    with pytest.raises(WorldError, match=complaint):
        World({**VALUES, m: 3, name: value})


def test_a_function_without_a_value_is_named() -> None:
    with pytest.raises(WorldError, match="no value to f"):
        evaluate(f(2), World({}))


SMOOTH = [
    z**3 - z / 2, exp(-(z**2)), tanh(z) * sigmoid(c * z), let("s", z * c) * z, z / (1 + c**2),
    Abs(c) * z, Sum(z**3 * u[k], k), Delta(n, 2) * z, z * 0 + 7,
]  # fmt: skip
ROUGH = [Abs(z), relu(z) ** 2, sqrt(z**2 + 1), 1 / (1 + z**2), log(z), Power(z, -1), Power(2, z)]


@pytest.mark.parametrize("body", SMOOTH, ids=text)
def test_a_function_built_of_smooth_operations_is_differentiable(body: Any) -> None:
    world = World({**VALUES, f: let("f", (z,), body)})
    assert judge(differentiable(f), world).value is True


@pytest.mark.parametrize("body", ROUGH, ids=text)
def test_of_any_other_function_it_is_undecided_whether_it_is(body: Any) -> None:
    world = World({**VALUES, f: let("f", (z,), body)})
    found = judge(differentiable(f), world)
    assert found.value is None
    assert "smooth" in found.note


def test_functions_of_arrays_are_judged_as_well() -> None:
    assert judge(differentiable(L), WORLD).value is True
    assert judge(differentiable(G), WORLD).value is True
    longest = let("L", (y,), sqrt(y.T @ y))
    assert judge(differentiable(L), World({**VALUES, L: longest})).value is None


def test_functions_can_be_quantified_over_candidates() -> None:
    world = World(VALUES, candidates={f: [CUBIC, let("f", (z,), z**2)]})
    assert judge(every(f, equation(derivative(f(x), x), partial(f, x))), world).rung == "search"
    found = judge(every(f, equation(f(x), f(x + 1))), world)
    assert found.value is False
    assert "f = z³ - 2·z + c" in found.note
    assert judge(exists(f, equation(f(x), 9)), world).value is True


def test_a_derivative_is_an_identity_modulo_a_prime() -> None:
    claim = equation(derivative(L(u) * x**2, u[i]), partial(L, u, i) * x**2)
    false = equation(derivative(L(u) * x**2, u[i]), partial(L, u, i) * x)
    free = free_to_vary(claim, [differentiable(L)], WORLD)
    assert [name.name for name in free] == ["u", "x"]
    assert degree_where_it_vanishes(claim, WORLD, free, DICE) is not None
    assert degree_where_it_vanishes(false, WORLD, free, DICE) is None


def test_a_derivative_of_a_quotient_is_an_identity_modulo_a_prime() -> None:
    claim = equation(derivative(x / (x + c), x), c / (x + c) ** 2)
    world = World({x: 1, c: 2})
    assert degree_where_it_vanishes(claim, world, [x, c], DICE) is not None
    off = equation(derivative(x / (x + c), x), 1 / (x + c) ** 2)
    assert degree_where_it_vanishes(off, world, [x, c], DICE) is None


def test_a_world_with_functions_is_described_and_made_smaller() -> None:
    big = World({n: 3, u: [2, 5, 7], L: let("L", (y,), Sum(y[k], k)), f: CUBIC, c: 3})
    assert "L(y) = Σ_{k=1..n} y[k], f(z) = z³ - 2·z + c" in describe(big)
    false = equation(L(u), f(c))
    small = shrunk(big, lambda world: judge(false, world).value is False)
    assert small.values[n] == 1
    assert small.values[L] == big.values[L]


def test_a_function_of_a_counterexample_gets_simpler_numbers_and_keeps_its_shape() -> None:
    odd = let("f", (z,), Fraction(17, 5) * z**3 - z + Fraction(22, 7))
    false = equation(f(x), f(-x))
    small = shrunk(World({x: 3, f: odd}), lambda world: judge(false, world).value is False)
    assert small.values[f] == let("f", (z,), 1 * z**3 - z + 1)


PAIRWISE = [{W: [a, b, a * b]} for a in (-1, 1) for b in (-1, 1)]


def test_entries_are_independent_when_their_joint_law_is_a_product() -> None:
    independent = independent_entries(W, 3, [(Fraction(1, 3), 3), (Fraction(2, 3), 0)])
    assert judge(mutually_independent(W), World({n: 3}, independent)).value is True
    assert judge(mutually_independent(W), World({n: 3}, uniform_on(PAIRWISE))).value is False
    alike = uniform_on([{W: [a, a]} for a in (0, 1)])
    assert judge(mutually_independent(W), World({n: 2}, alike)).value is False
    assert judge(mutually_independent(W), World({n: 1}, uniform_on([{W: [1]}]))).value is True


def test_entries_of_a_row_are_independent_though_rows_are_not() -> None:
    same = uniform_on([{M: [[a, b], [a, b]]} for a in (0, 1) for b in (0, 1)])
    world = World({i: 1, n: 2}, same)
    assert judge(mutually_independent(M[i]), world).value is True
    assert judge(mutually_independent(M), world).value is False
