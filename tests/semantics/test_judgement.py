import itertools
from fractions import Fraction
from typing import Any

import pytest

from verify.authoring.names import (
    dimension,
    index,
    matrix,
    random_array,
    random_variable,
    random_vector,
    real,
    vector,
)
from verify.authoring.rows import at_least, at_most, greater, less, same_law, unequal
from verify.authoring.statements import (
    all_of,
    equation,
    every,
    exists,
    finite_moment,
    iff,
    implies,
    independent,
    minimum,
    positive_definite,
    symmetric,
    symmetric_matrix,
    uncorrelated,
)
from verify.authoring.terms import E, V, exp, let, log, relu, sign, sqrt
from verify.language.arrays import Array, Sum, norm_squared
from verify.language.functions import Abs
from verify.semantics import (
    IllFormedError,
    UndefinedError,
    World,
    WorldError,
    holds,
    independent_entries,
    judge,
    uniform_on,
)

n = dimension("n")
x, M, c, b = vector("x", n), matrix("M", n, n), real("c"), real("b")
j, j_ = index("j", n), index("i")
X, Y, Z = random_variable("X"), random_variable("Y"), random_variable("Z")
W = random_vector("W", n)
at = World({n: 2, x: [1, 2], M: [[1, 1], [-1, 1]], c: 2, b: 0})
yes, no, undecided = equation(c, 2), equation(c, 3), every(real("u"), equation(c, 2))


@pytest.mark.parametrize(
    ("statement", "truth"),
    [
        (yes, True),
        (no, False),
        (unequal(c, 2), False),
        (at_most(c, 2), True),
        (less(c, 2), False),
        (at_least(c, 3), False),
        (greater(c, 1), True),
        (equation(x, Array(j * 1, j)), True),
        (unequal(x, 2 * x), True),
        (unequal(x, x * 1), False),
        (every(j, greater(x[j], 0)), True),
        (every(j, greater(x[j], 1)), False),
        (every((j, 3, 2), no), True),
        (implies(no, equation(1 / b, 1)), True),
        (implies(yes, no), False),
        (implies(undecided, no), None),
        (implies(undecided, yes), True),
        (iff(yes, yes), True),
        (iff(no, no), True),
        (iff(yes, no), False),
        (iff(undecided, yes), None),
        (all_of(yes, undecided), None),
        (all_of(undecided, no), False),
        (symmetric_matrix(M), False),
        (positive_definite(M), True),
        (positive_definite(Array(x[j] * x[index("i", n)], j, index("i", n))), False),
    ],
)
def test_statements_have_three_valued_truth(statement: Any, truth: bool | None) -> None:
    assert holds(statement, at) is truth


def test_an_undefined_statement_is_neither_true_nor_false() -> None:
    with pytest.raises(UndefinedError):
        holds(equation(1 / b, 1 / b), at)


def test_an_unbounded_range_needs_a_horizon() -> None:
    k = index("k", 1, None)
    facts = every(k, greater(k * c, 0))
    assert holds(facts, at) is None
    assert holds(facts, World({c: 2}, horizon=3)) is True
    assert holds(every(k, less(k * c, 5)), World({c: 2}, horizon=3)) is False


def test_balls_refute_what_they_exclude_and_report_what_they_cannot() -> None:
    tiny = Fraction(1, 10**60)
    equal = judge(equation(sqrt(c) ** 2, c), at)
    assert (equal.value, equal.rung) == (True, "ball")
    assert judge(equation(sqrt(c) ** 2, c + tiny), at).value is False
    assert holds(unequal(sqrt(c) ** 2, c), at) is None
    assert holds(less(sqrt(c) ** 2, c), at) is None
    assert holds(less(sqrt(c) ** 2, c + tiny), at) is True
    assert judge(equation(log(exp(c)), c), at).rung == "ball"
    assert holds(equation(sign(sqrt(c) ** 2 - c), 0), at) is None


def test_quantifiers_over_reals_are_searched_not_decided() -> None:
    u = real("u")
    world = World({c: 2}, candidates={u: [-1, Fraction(1, 2), 3]})
    found = judge(every(u, at_least(u**2, 0)), world)
    assert (found.value, found.rung, found.tried) == (True, "search", 3)
    assert holds(every(u, at_least(u**2, 0)), world) is None
    assert holds(every(u, at_least(u, 0)), world) is False
    assert holds(exists(u, greater(u, c)), world) is True
    assert holds(exists(u, greater(u, 5)), world) is None
    assert holds(exists(u, equation(1 / (u + 1), 2)), world) is None  # undefined at -1
    assert holds(implies(every(u, at_least(u**2, 0)), no), World({c: 2}, candidates={})) is None


def test_a_relation_of_random_terms_holds_in_every_outcome() -> None:
    world = World({}, uniform_on([{X: 1}, {X: -1}]))
    assert holds(equation(X**2, 1), world) is True
    assert holds(equation(X, 1), world) is False
    assert holds(equation(Abs(X), E(Abs(X))), world) is True


def test_laws_are_compared_jointly() -> None:
    third = uniform_on([{W: [1, 1]}, {W: [-1, 0]}, {W: [0, -1]}])
    triangle = World({n: 2}, third)
    assert holds(symmetric(W[1]), triangle) is True
    assert holds(symmetric(W), triangle) is False
    assert holds(symmetric(Sum(W[j], j)), triangle) is False
    assert holds(same_law(W[1], W[2]), triangle) is True
    assert holds(independent(W[1], W[2]), triangle) is False
    assert holds(finite_moment(W, 4), triangle) is True


def test_mutual_independence_is_more_than_pairwise() -> None:
    world = World({}, uniform_on([{X: a, Y: b_, Z: a * b_} for a in (-1, 1) for b_ in (-1, 1)]))
    assert holds(independent(X, Y), world) is True
    assert holds(independent(X, Z), world) is True
    assert holds(independent(X, Y, Z), world) is False


def test_independence_fails_when_a_combination_never_occurs() -> None:
    world = World({}, uniform_on([{X: 1, Y: 1}, {X: 2, Y: 2}]))
    assert holds(independent(X, Y), world) is False


def test_uncorrelated_checks_means_and_variances_only_where_given() -> None:
    half = Fraction(1, 2)
    world = World({n: 2}, independent_entries(W, 2, [(half, 0), (half, 2)]))
    assert holds(uncorrelated(W), world) is True
    assert holds(uncorrelated(W, mean=1, variance=1), world) is True
    assert holds(uncorrelated(W, mean=0), world) is False
    assert holds(uncorrelated(W, variance=2), world) is False
    tied = World({n: 2}, uniform_on([{W: [1, 1]}, {W: [-1, -1]}]))
    assert holds(uncorrelated(W), tied) is False


D, g, eps = vector("D", n), vector("g", n), real("eps")
ball = [at_most(norm_squared(D), eps**2)]
length = sqrt(norm_squared(g))


def _step(sign_: int, size: int = 1) -> Any:
    best = Array(sign_ * size * eps * g[j] / length, j)
    return minimum(
        g.T @ D, over=D, subject_to=ball, at=best, value=sign_ * size * eps * length, unique=True
    )


@pytest.mark.parametrize("entries", [[3, 4], [1, 2]])
def test_a_minimum_is_refuted_by_a_better_point_and_otherwise_only_searched(
    entries: list[int],
) -> None:
    tries = [[0, 0], [-1, 0], [0, -1], [5, 5]]
    world = World({n: 2, g: entries, eps: 1}, candidates={D: tries})
    true = judge(_step(-1), world)
    assert (true.value, true.rung, true.tried) == (True, "search", 3)  # [5, 5] is infeasible
    assert holds(_step(-1), world) is None
    assert "lower" in judge(_step(1), world).note
    assert "infeasible" in judge(_step(-1, 2), world).note
    assert judge(_step(-1, 2), world).value is False
    shifted = minimum(g.T @ D, over=D, subject_to=ball, at=Array(-eps * g[j] / length, j), value=0)
    assert holds(shifted, world) is False


def test_a_second_minimiser_refutes_uniqueness() -> None:
    u = real("u")
    world = World({}, candidates={u: [-1, 1]})
    square = {"over": u, "at": 1 + 0 * u, "value": 0 * u}
    square = {"over": u, "at": Fraction(1), "value": 0}
    flat = (u**2 - 1) ** 2
    assert judge(minimum(flat, **square), world).value is True
    assert judge(minimum(flat, **square, unique=True), world).value is False


def test_a_minimum_without_candidates_is_undecided() -> None:
    u = real("u")
    assert judge(minimum(u**2, over=u, at=0, value=0), World({})).value is None


def test_what_is_no_statement_is_refused() -> None:
    with pytest.raises(IllFormedError):
        holds(c + 1, at)
    with pytest.raises(WorldError):
        holds(equation(real("w"), 1), at)


def test_quantified_indices_are_decided_where_their_range_ends() -> None:
    k = index("k", 1, None)
    assert holds(exists(j, equation(x[j], 2)), at) is True
    assert holds(exists(j, equation(x[j], 7)), at) is False
    assert holds(exists(k, equation(k, 7)), at) is None
    assert holds(exists(k, equation(k, 7)), World({}, horizon=8)) is True
    assert holds(exists(k, equation(k, 7)), World({}, horizon=3)) is None


def test_a_layer_of_a_network_is_a_slice_at_a_fixed_index() -> None:
    layer, k = index("l", 1, None), index("k", 2, None)
    widths = dimension("m", (0, None))
    weights = random_array("w", layer, widths[layer], widths[layer - 1])
    row, unit = index("r", widths[k]), index("u", widths[k - 1])
    below = let("b", Array(Sum(weights[k - 1, unit, j_] * j_, (j_, 1, widths[k - 2])), unit))
    a = Sum(weights[k, row, unit] * relu(below[unit]), unit)
    signs = itertools.product((-1, 1), repeat=4)
    world = World(
        {widths: [1, 2, 1], k: 2, row: 1},
        uniform_on([{weights: [[[s], [t]], [[3 * u, 3 * v]]]} for s, t, u, v in signs]),
    )
    assert holds(equation(V(a), widths[k - 1] * 9 * V(below[1]) / 2), world) is True
    assert holds(independent(weights[k], weights[k - 1]), world) is True
    assert holds(uncorrelated(weights[k, row], mean=0, variance=9), world) is True
    assert holds(every(unit, symmetric(weights[k - 1, unit])), world) is True


def test_what_is_fixed_is_independent_of_irrational_values() -> None:
    left, right = random_variable("left"), random_variable("right")
    fixed = World({}, uniform_on([{left: sqrt(2), right: 1}, {left: -sqrt(2), right: 1}]))
    assert holds(independent(left, right), fixed) is True
    moving = World({}, uniform_on([{left: sqrt(2), right: 1}, {left: -sqrt(2), right: 2}]))
    assert holds(independent(left, right), moving) is None


def test_laws_with_irrational_values_are_undecided() -> None:
    world = World({}, uniform_on([{X: 2, Y: 1}, {X: 3, Y: 1}]))
    assert holds(same_law(sqrt(X), sqrt(X)), world) is None
    assert holds(independent(sqrt(X), X), world) is None


def test_candidates_of_another_size_are_passed_over_and_may_be_terms() -> None:
    d, z = dimension("d"), vector("z", dimension("d"))
    found = exists([d, z], all_of(equation(d, 2), equation(z[1] + z[2], 2 * c)))
    world = World({c: 2}, candidates={d: [1, 2], z: [[9], [c, c]]})
    assert holds(found, world) is True
    assert holds(every(d, at_least(d, 2)), world) is False


def test_a_shape_that_does_not_fit_is_an_error() -> None:
    with pytest.raises(IllFormedError):
        holds(symmetric_matrix(x), at)
    with pytest.raises(IllFormedError):
        holds(minimum(D[1], over=D, at=c, value=c), at)
    with pytest.raises(IllFormedError):
        holds(minimum(c, over=c + 1, at=c, value=c), at)
    with pytest.raises(IllFormedError):
        holds(every(3, yes), at)
