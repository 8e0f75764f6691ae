"""Values found once are used again only where they are the same."""

from fractions import Fraction

from verify.authoring.names import dimension, function, index, matrix, random_variable, real, vector
from verify.authoring.statements import equation, every, implies
from verify.authoring.terms import E, V, derivative, let
from verify.language.arrays import Array, Sum, norm_squared
from verify.language.calculus import Derivative
from verify.language.statements import Greater
from verify.semantics import World, evaluate, independent_product, judge, uniform_on

n, m = dimension("n"), dimension("m")
x, y, c, z = vector("x", n), vector("y", m), real("c"), real("z")
i, j = index("i", n), index("j", m)
X, Y = random_variable("X"), random_variable("Y")
f = function("f")


def test_one_statement_is_judged_in_each_world_by_its_own_values() -> None:
    states = equation(Sum(x[i], i), c)
    three = World({n: 2, x: [1, 2], c: 3})
    other = World({n: 3, x: [1, 2, 4], c: 3})
    for _ in range(2):
        assert judge(states, three).value is True
        assert judge(states, other).value is False


def test_calls_of_one_definition_keep_their_arguments_apart() -> None:
    square = let("s", (z,), z**2 + Sum(z * x[i], i))
    term = square(square(c)) - square(c) * square(c + 1)
    once, twice, other = 2**2 + 2 * 6, 16**2 + 16 * 6, 3**2 + 3 * 6
    assert evaluate(term, World({n: 3, x: [1, 2, 3], c: 2})) == twice - once * other


def test_the_same_sum_within_a_sum_depends_on_the_outer_index() -> None:
    part = let("p", (i,), Sum(x[i] * y[j], j))
    term = Sum(part(i) * part(n), i)
    world = World({n: 2, m: 2, x: [3, 5], y: [1, 2]})
    assert evaluate(term, world) == (9 + 15) * 15


def test_a_part_under_two_expectations_is_averaged_in_each() -> None:
    part = let("q", X + Y)
    law = independent_product(uniform_on([{X: 1}, {X: 3}]), uniform_on([{Y: 0}, {Y: 4}]))
    world = World({}, law)
    assert evaluate(E(part * E(part)) - E(part) ** 2, world) == 0
    assert evaluate(V(part), world) == 1 + 4
    assert judge(Greater(part, 0), world).value is True
    assert judge(Greater(part, E(part)), world).value is False


def test_a_random_name_has_no_value_after_an_expectation_either() -> None:
    world = World({c: 1}, uniform_on([{X: 1}, {X: 2}]))
    assert judge(equation(E(X), Fraction(3, 2) * c), world).value is True
    assert judge(equation(X, X), world).value is True
    assert judge(equation(E(X) + X - X, Fraction(3, 2) * c), world).value is True


def test_each_candidate_for_a_name_gives_values_of_its_own() -> None:
    total = let("t", Sum(z * x[i], i))
    states = every(z, implies(Greater(z, 0), Greater(total, 0)))
    world = World({n: 1, x: [2]}, candidates={z: [1, 5, -3]})
    assert judge(states, world).value is True
    assert judge(every(z, Greater(total, 0)), world).value is False


def test_a_derivative_is_taken_at_the_values_around_it() -> None:
    slope = Derivative(Sum(x[i] ** 2, i) * z, z)
    world = World({n: 2, x: [1, 3], z: 7}, candidates={z: [1, 2]})
    assert evaluate(slope, world) == 10
    assert judge(every(z, equation(slope * z, Sum(x[i] ** 2 * z, i))), world).value is True
    gradient = Array(derivative(norm_squared(x), x[i]), i)
    assert evaluate(gradient, world).entries == {(1,): 2, (2,): 6}


def test_a_function_whose_argument_asks_for_the_function_again() -> None:
    p = real("p")
    world = World({f: let("f", (p,), p**2 + p), c: 2})
    assert evaluate(f(f(c) + f(c + 1)), world) == 18**2 + 18


def test_rows_of_a_matrix_are_vectors_with_the_indices_of_its_columns() -> None:
    M = matrix("M", n, m)  # noqa: N806 (the field's notation)
    world = World({n: 2, m: 3, M: [[1, 2, 3], [4, 5, 6]], y: [1, 0, 2]})
    assert evaluate(M[2], world).entries == {(1,): 4, (2,): 5, (3,): 6}
    assert evaluate(Sum(M[i].T @ y, i), world) == 7 + 16
    assert evaluate(M[1] + M[2], world).entries == {(1,): 5, (2,): 7, (3,): 9}
