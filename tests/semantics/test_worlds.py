from fractions import Fraction
from typing import Any

import pytest

from verify.authoring.names import dimension, index, natural, random_variable, real, vector
from verify.authoring.statements import every
from verify.authoring.terms import E, sqrt
from verify.language.arrays import Sum
from verify.language.statements import Greater
from verify.semantics import (
    World,
    WorldError,
    describe,
    evaluate,
    independent_entries,
    independent_product,
    judge,
    uniform_on,
)

n, t = dimension("n"), natural("t")
x, c, X, Y = vector("x", n), real("c"), random_variable("X"), random_variable("Y")
half = Fraction(1, 2)
k, m = index("k", 1, None), dimension("m", (0, None))
w = real("w", index("l", 1, None), (1, m[index("l", 1, None)]))


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: World({n: 0}), "n: 0 is not an integer >= 1"),
        (lambda: World({t: -1}), "t: -1 is not an integer >= 0"),
        (lambda: World({n: 2, x: [1]}), "x: axis 1 has 1 values, not 2"),
        (lambda: World({n: 1, x: [0.5]}), "x[1]: the float 0.5"),
        (lambda: World({c: True}), "c: the value True"),
        (lambda: World({c: [1]}), "c: an array for a number"),
        (lambda: World({x: [1]}), "no value to n"),
        (lambda: World({n: 2, x: {1: 5}}), "x: no value at (2,)"),
        (lambda: World({n: 1, x: {1: 5, 2: 6}}), "x: (2,) is not an index of x"),
        (lambda: World({X: 1}), "X: its value belongs in the outcomes"),
        (lambda: World({}, [(1, {c: 1})]), "c: its value belongs in `values`"),
        (lambda: World({}, [(half, {X: 1})]), "sum to 1/2, not to 1"),
        (lambda: World({}, [(0.5, {X: 1}), (0.5, {X: 2})]), "the weight 0.5 is not exact"),
        (lambda: World({}, [(2, {X: 1}), (-1, {X: 2})]), "the weight -1 is not positive"),
        (lambda: World({}, [(half, {X: 1}), (half, {Y: 1})]), "names other random names"),
        (lambda: World({"c": 1}), "'c' is not a declared name"),
        (lambda: World({index("i", 3): 4}), "i: 4 is outside 1..3"),
        (lambda: World({}, candidates=[{c: 1}]), "`candidates` is a dict, {name: [values to try]}"),  # type: ignore[arg-type]
    ],
)
def test_a_malformed_world_names_what_is_wrong(make: Any, message: str) -> None:
    with pytest.raises(WorldError) as problem:
        make()
    assert message in str(problem.value)


def test_a_missing_name_is_named_also_when_it_prints_like_another() -> None:
    with pytest.raises(WorldError, match="no value to c"):
        evaluate(c + 1, World({n: 1}))
    with pytest.raises(WorldError, match="prints alike"):
        evaluate(c + 1, World({natural("c"): 1}))
    with pytest.raises(WorldError, match="no outcomes for the random name X"):
        evaluate(E(X), World({}))


def test_values_may_be_dicts_callables_and_closed_terms() -> None:
    j = index("j", n)
    total = Sum(x[j], j)
    assert evaluate(total, World({n: 2, x: {1: 1, 2: 5}})) == 6
    assert evaluate(total, World({n: 4, x: lambda i: i * i})) == 30
    assert evaluate(total**2, World({n: 1, x: [sqrt(c * 2 + 2)], c: 1})) == 4


def test_ragged_and_unbounded_names_follow_their_ranges() -> None:
    world = World({m: [9, 2, 1], w: {(1, 1): 1, (1, 2): 2, (2, 1): 7}} | {}, horizon=2)
    j = index("j")
    assert evaluate(Sum(w[1, j], (j, 1, m[1])), world) == 3
    assert evaluate(m[0] + w[2, 1], world) == 16
    with pytest.raises(WorldError, match="no value"):
        evaluate(m[7], world)


def test_products_of_laws_refuse_a_shared_name_and_inexact_weights() -> None:
    with pytest.raises(WorldError, match="two laws for X"):
        independent_product(uniform_on([{X: 1}]), uniform_on([{X: 2}]))
    with pytest.raises(WorldError, match=r"0\.5 is not exact"):
        independent_product([(0.5, {X: 1})])


def test_worlds_are_described() -> None:
    small = World({n: 1, x: [Fraction(1, 2)]})
    large = World({n: 3, x: [1, 2, 3]}, uniform_on([{X: 1}, {X: 2}]))
    assert describe(small) == "n = 1, x = [1/2]"
    assert "X = 2 with probability 1/2" in describe(large)


def test_a_varied_world_differs_only_in_what_is_said() -> None:
    z = real("z")
    world = World({n: 2, x: [1, 2], c: 1}, uniform_on([{X: 1}, {X: 3}]), {z: [1]}, 4)
    other = world.varied({c: 5}, {z: [-1]})
    states = every(z, Greater(z * c, 0))
    assert [judge(states, each).value for each in (world, other, world)] == [True, False, True]
    assert evaluate(E(X) * c + x[2], other) == 12
    assert (world.values[c], other.horizon, other.outcomes) == (1, 4, world.outcomes)
    assert judge(states, other.varied(candidates={z: [2]})).value is True


def test_a_varied_world_is_checked_like_any_other() -> None:
    world = World({n: 2, x: [1, 2], c: 1})
    for values, message in (
        ({x: [1]}, "x: axis 1 has 1 values, not 2"),
        ({c: 0.5}, "c: the float 0.5"),
        ({X: 1}, "belongs in the outcomes"),
    ):
        with pytest.raises(WorldError, match=message.replace("0.5", r"0\.5")):
            world.varied(values)


def test_products_of_laws_look_at_every_outcome_for_a_shared_name() -> None:
    with pytest.raises(WorldError, match="two laws for X"):
        independent_product(uniform_on([{X: 1}]), uniform_on([{Y: 2}, {Y: 1, X: 2}]))


def test_weights_multiply_exactly() -> None:
    law = independent_product([(Fraction(1, 3), {X: 1}), (Fraction(2, 3), {X: 2})], [(1, {Y: 5})])
    assert law == [(Fraction(1, 3), {X: 1, Y: 5}), (Fraction(2, 3), {X: 2, Y: 5})]
    three = independent_entries(X, 2, [(Fraction(1, 4), 0), (Fraction(3, 4), 1)])
    assert [weight for weight, _ in three] == [Fraction(n, 16) for n in (1, 3, 3, 9)]


def test_a_bound_name_without_candidates_is_asked_for_by_name() -> None:
    t = natural("t")
    found = judge(every(t, Greater(t + 1, 0)), World({}))
    assert found.value is None
    assert "candidates={t: […]}" in found.note
