"""Counterexamples lose everything that they do not need."""

from fractions import Fraction

from verify.authoring.names import (
    dimension,
    index,
    matrix,
    random_variable,
    random_vector,
    real,
    vector,
)
from verify.authoring.rows import greater
from verify.authoring.statements import equation, independent
from verify.authoring.terms import E, sqrt
from verify.language.arrays import Sum
from verify.language.statements import Statement
from verify.semantics import World, describe, holds, shrunk, size
from verify.semantics.laws import independent_product, uniform_on

n, m = dimension("n"), dimension("m")
x, c, u, M = real("x"), real("c"), vector("u", n), matrix("M", n, m)
X, Y, W = random_variable("X"), random_variable("Y"), random_vector("W", n)
i = index("i", n)


def smallest(world: World, states: Statement, *facts: Statement) -> str:
    def is_counterexample(other: World) -> bool:
        return holds(states, other) is False and all(holds(fact, other) for fact in facts)

    assert is_counterexample(world)
    found = shrunk(world, is_counterexample)
    assert is_counterexample(found)
    assert size(found) <= size(world)
    return describe(found)


def test_dimensions_and_numbers_become_small() -> None:
    world = World({n: 4, u: [Fraction(7, 3), -5, Fraction(1, 9), 8]})
    assert smallest(world, equation(Sum(u[i], i), 0)) == "n = 1, u = [1]"


def test_what_the_failure_needs_is_kept() -> None:
    world = World({n: 3, u: [Fraction(7, 3), Fraction(-9, 2), 8]})
    square = equation(Sum(u[i], i) ** 2, Sum(u[i] ** 2, i))
    assert smallest(world, square) == "n = 2, u = [1, 1]"


def test_hypotheses_go_on_holding() -> None:
    world = World({x: Fraction(17, 4), c: Fraction(17, 4)})
    assert smallest(world, equation(x, 1), equation(x, c), greater(x, 2)) == "x = 3, c = 3"


def test_matrices_are_cut_along_both_sides() -> None:
    world = World({n: 2, m: 3, M: [[0, 0, 0], [0, Fraction(5, 2), 0]]})
    assert smallest(world, equation(Sum(M[i, 2], i), 0)) == "n = 1, m = 2, M = [[0, 1]]"


def test_outcomes_disappear_and_weights_become_equal() -> None:
    outcomes = [
        (Fraction(1, 7), {X: 3, W: [1, 2]}),
        (Fraction(2, 7), {X: Fraction(-8, 3), W: [0, 5]}),
        (Fraction(4, 7), {X: 2, W: [Fraction(1, 2), 7]}),
    ]
    world = World({n: 2}, outcomes)
    # One value has no spread; two do.
    spread = equation(E(X**2), E(X) ** 2)
    assert smallest(world, spread) == (
        "n = 1; X = 1, W = [0] with probability 1/2; X = 0, W = [1] with probability 1/2"
    )


def test_dependence_is_not_invented_where_independence_is_given() -> None:
    law = independent_product(uniform_on([{X: 5}, {X: -5}]), uniform_on([{Y: 3}, {Y: 7}]))
    text = smallest(World({}, law), equation(E(X * Y), 25), independent(X, Y))
    assert text == "X = 1, Y = 1 with probability 1"


def test_what_is_not_a_number_stays() -> None:
    world = World({x: 9, c: sqrt(2)})
    assert smallest(world, equation(x, 0)) == "x = 1, c = √2"
    endless = real("g", (0, None))
    world = World({endless: lambda k: k + 5}, horizon=2)
    assert smallest(world, equation(endless[1], 0)) == "g = a function"


def test_the_result_is_the_same_every_time() -> None:
    world = World({n: 3, u: [Fraction(7, 3), Fraction(-9, 2), 8]})
    square = equation(Sum(u[i], i) ** 2, Sum(u[i] ** 2, i))
    assert len({smallest(world, square) for _ in range(3)}) == 1
