import itertools
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

import verify.notation  # terms that Hypothesis reports print themselves
from verify.authoring.names import (
    dimension,
    index,
    matrix,
    natural,
    random_variable,
    random_vector,
    real,
    vector,
)
from verify.authoring.terms import E, V, exp, let, log, relu, sigmoid, sign, sqrt, tanh
from verify.language.arrays import Array, Delta, Inverse, Product, Sum, Vector, norm_squared
from verify.language.functions import Abs
from verify.semantics import (
    IllFormedError,
    UndefinedError,
    World,
    evaluate,
    independent_entries,
    independent_product,
)
from verify.semantics.scalars import working_precision

n, t = dimension("n"), natural("t")
x, y = vector("x", n), vector("y", n)
c = real("c")
M = matrix("M", n, n)
Z, U = random_vector("Z", n), random_variable("U")
i, j, k = index("i", n), index("j", n), index("k")

assert verify.notation
Direct = Callable[[dict[str, Any]], Fraction]
fractions = some.builds(Fraction, some.integers(-6, 6), some.integers(1, 5))


def _leaves() -> Any:
    constants = fractions.map(lambda q: (q + c * 0, lambda env: q))
    return some.one_of(
        constants,
        some.just((c, lambda env: env["c"])),
        some.just((x[1], lambda env: env["x"][0])),
        some.just((Sum(x[j] * y[j], j), _dot)),
        some.just((Product(x[j] + 1, j), _shifted_product)),
    )


def _dot(env: dict[str, Any]) -> Fraction:
    return sum((a * b for a, b in zip(env["x"], env["y"], strict=True)), Fraction(0))


def _shifted_product(env: dict[str, Any]) -> Fraction:
    found = Fraction(1)
    for entry in env["x"]:
        found *= entry + 1
    return found


def _grown(inner: Any) -> Any:
    two = some.tuples(inner, inner)
    return some.one_of(
        two.map(lambda p: (p[0][0] + p[1][0], lambda env: p[0][1](env) + p[1][1](env))),
        two.map(lambda p: (p[0][0] - p[1][0], lambda env: p[0][1](env) - p[1][1](env))),
        two.map(lambda p: (p[0][0] * p[1][0], lambda env: p[0][1](env) * p[1][1](env))),
        two.map(lambda p: (p[0][0] / p[1][0], lambda env: p[0][1](env) / p[1][1](env))),
        inner.map(lambda p: (-p[0], lambda env: -p[1](env))),
        inner.map(lambda p: (p[0] ** 2, lambda env: p[1](env) ** 2)),
        inner.map(lambda p: (p[0] ** -1, lambda env: p[1](env) ** -1)),
        inner.map(lambda p: (Abs(p[0]), lambda env: abs(p[1](env)))),
        inner.map(lambda p: (relu(p[0]), lambda env: max(p[1](env), Fraction(0)))),
        inner.map(lambda p: (sqrt(p[0] ** 2), lambda env: abs(p[1](env)))),
    )


@settings(max_examples=150, deadline=None)
@given(
    some.recursive(_leaves(), _grown, max_leaves=8),
    some.integers(1, 3).flatmap(
        lambda size: some.tuples(*(some.lists(fractions, min_size=size, max_size=size),) * 2)
    ),
    fractions,
)
def test_a_rational_term_has_the_value_of_direct_computation(
    pair: tuple[Any, Direct], lists: tuple[list[Fraction], list[Fraction]], value: Fraction
) -> None:
    term, direct = pair
    first, second = lists
    world = World({n: len(first), x: first, y: second, c: value})
    try:
        expected = direct({"x": first, "y": second, "c": value})
    except ZeroDivisionError:
        with pytest.raises(UndefinedError):
            evaluate(term, world)
        return
    found = evaluate(term, world)
    assert isinstance(found, Fraction)
    assert found == expected


@settings(max_examples=30, deadline=None)
@given(
    some.lists(some.tuples(some.integers(1, 4), fractions), min_size=1, max_size=3),
    some.integers(1, 3),
)
def test_moments_are_those_of_the_enumerated_law(
    weighted: list[tuple[int, Fraction]], size: int
) -> None:
    total = sum(weight for weight, _ in weighted)
    law = [(Fraction(weight, total), value) for weight, value in weighted]
    world = World({n: size, x: list(range(1, size + 1))}, independent_entries(Z, size, law))
    a = Sum(x[j] * Z[j], j)
    mean = second = Fraction(0)
    for draw in itertools.product(law, repeat=size):
        chance, value = Fraction(1), Fraction(0)
        for position, (weight, entry) in enumerate(draw, 1):
            chance *= weight
            value += position * entry
        mean, second = mean + chance * value, second + chance * value**2
    assert evaluate(E(a), world) == mean
    assert evaluate(V(a), world) == second - mean**2
    assert evaluate(E(a - E(a)), world) == 0


def _world(**more: Any) -> World:
    return World({n: 2, x: [3, -1], y: [Fraction(1, 3), 2], M: [[2, 1], [0, 5]], c: 0, **more})


@pytest.mark.parametrize(
    ("term", "value"),
    [
        (Sum(x[j], (j, 1, 0)), 0),
        (Sum(x[j], (j, 2, -3)), 0),
        (Product(x[j], (j, 1, 0)), 1),
        (c**0, 1),
        (Sum(Sum(1 + 0 * x[1], (k, 1, i)), i), 3),
        (Sum(Delta(i, j) * x[i], i, j), 2),
        (sqrt(Fraction(4, 9) + c), Fraction(2, 3)),
        ((Fraction(4, 9) + c) ** Fraction(1, 2), Fraction(2, 3)),
        (exp(c), 1),
        (log(c + 1), 0),
        (tanh(c), 0),
        (sigmoid(c), Fraction(1, 2)),
        (sign(x[2]), -1),
        (Array(x[i] + y[i], i)[2], 1),
        (x.T @ y, -1),
        (norm_squared(x), 10),
        ((M @ x)[1], 5),
        ((M.T @ x)[2], -2),
        ((x @ y.T)[1, 2], 6),
        ((x.T @ M)[2], -2),
        (Inverse(M)[1, 2], Fraction(-1, 10)),
        ((Inverse(M) @ M)[1, 1], 1),
        (M[1][2], 1),
        ((x / 2)[1], Fraction(3, 2)),
        (Vector(1, c + 5)[2], 5),
        (let("f", (c, y), c * y[2])(x[1], 2 * x), -6),
    ],
)
def test_each_node_has_its_value(term: Any, value: Any) -> None:
    assert evaluate(term, _world()) == value


@pytest.mark.parametrize(
    "term",
    [
        1 / c,
        c**-1,
        sqrt(x[2]),
        x[2] ** Fraction(1, 2),
        c ** Fraction(-1, 2),
        log(c),
        log(x[2]),
        x[3],
        x[0],
        M[1, 3],
        Array(x[i], i)[3],
        Inverse(x @ y.T)[1, 1],
        (x + y)[7],
    ],
)
def test_what_has_no_value_is_undefined(term: Any) -> None:
    with pytest.raises(UndefinedError):
        evaluate(term, _world())


@pytest.mark.parametrize(
    "term", [x @ y, x + M, c + 0.5, sqrt(x), M @ x.T, Sum(x[1], (k, 1, None)), U + 1, x[1, 1]]
)
def test_what_means_nothing_is_ill_formed(term: Any) -> None:
    with pytest.raises(IllFormedError):
        evaluate(term, _world())


def test_irrational_values_are_balls_around_the_truth() -> None:
    found = evaluate(sqrt(c + 2), _world())
    with working_precision(128):
        assert found * 10**19 > 14142135623730950488
        assert found * 10**19 < 14142135623730950489


def test_a_definition_is_evaluated_by_name_under_an_expectation() -> None:
    f = let("f", (Z, c), E(Z[1]) * c)
    law = [(Fraction(1, 3), 1), (Fraction(2, 3), 4)]
    world = World({n: 1, x: [1]}, independent_entries(Z, 1, law))
    assert evaluate(f(2 * Z, 3), world) == 18


def test_a_bound_index_of_a_definition_is_not_captured_by_its_argument() -> None:
    f = let("f", (c,), Sum(c * x[j], j))
    assert evaluate(Sum(f(x[j]), j), _world()) == 4  # (Σ x)²


def test_independent_laws_multiply() -> None:
    half = Fraction(1, 2)
    world = World(
        {n: 1},
        independent_product(
            [(half, {U: 1}), (half, {U: 3})],
            independent_entries(Z, 1, [(half, 0), (half, 2)]),
        ),
    )
    assert evaluate(E(U * Z[1]), world) == 2
    assert evaluate(V(U + Z[1]), world) == 2
