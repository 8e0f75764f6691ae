"""Identities at random points of a prime field, and what may vary there."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest

from verify.authoring.names import dimension, index, matrix, random_vector, real, vector
from verify.authoring.rows import at_least, at_most, greater, less
from verify.authoring.statements import all_of, equation, every, finite_moment, uncorrelated
from verify.authoring.terms import E, exp, relu, sign, sqrt
from verify.claim import Claim
from verify.crosscheck import crosscheck
from verify.crosscheck.models import Comparison
from verify.language.arrays import Inverse, Sum
from verify.language.statements import Implies
from verify.semantics import World, uniform_on
from verify.semantics.free_points import free_to_vary, is_identity

n = dimension("n")
x, y, c, W = vector("x", n), vector("y", n), real("c"), random_vector("W", n)
M = matrix("M", n, n)
j, k = index("j", n), index("k", n)


def worlds(random: Random) -> World:
    size = random.randint(1, 3)
    entries = [random.randint(-2, 2) for _ in range(size)]
    signs = [{W: [1] * size}, {W: [-1] * size}]
    numbers = {x: entries, y: entries, c: random.randint(1, 2)}
    upper = [[2 * (i == j) + (i < j) for j in range(size)] for i in range(size)]
    return World({n: size, **numbers, M: upper}, uniform_on(signs))


CLAIM = Claim(
    id="made_up.identity",
    title="",
    states=equation(Sum(x[j], j) * Sum(y[k], k), Sum(x[j] * Sum(y[k], k), j)),
    well_formed=[greater(c, 0)],
    worlds=worlds,
)


def modular(states: Any, **changes: Any) -> Any:
    found = crosscheck(replace(CLAIM, states=states, **changes))
    return found, next((each for each in found.points if each.rung == "modular"), None)


def test_an_identity_is_confirmed_with_its_chance_of_an_accident() -> None:
    found, point = modular(CLAIM.states)
    assert (found.verdict, found.rung) == ("confirmed", "exact")
    assert (point.verdict, point.at, point.samples) == ("confirmed", {"free": "x, y"}, 6)
    assert point.reason == "a false identity passes with probability at most 8e-37"


def test_what_holds_in_poor_worlds_only_is_contradicted_by_an_exact_world_nearby() -> None:
    # The worlds happen to have y = x, which no hypothesis asks for.
    found, _ = modular(equation(Sum(x[j] * x[j], j), Sum(x[j] * y[j], j)))
    assert found.verdict == "contradicted"
    assert found.counterexample is not None
    assert found.counterexample.startswith("n = 1, x = [")
    asked = [every(j, equation(x[j], y[j]))]
    assert modular(equation(Sum(x[j] * x[j], j), Sum(x[j] * y[j], j)), given=asked)[0].verdict == (
        "confirmed"
    )


def test_laws_stay_as_they_are_while_fixed_names_vary() -> None:
    states = equation(E(Sum(W[j] * x[j], j) * Sum(W[j] * y[j], j)), Sum(x[j], j) * Sum(y[k], k))
    found, point = modular(states)
    assert (found.verdict, found.rung) == ("confirmed", "enumerated")
    assert point.at == {"free": "x, y"}


def test_inverse_matrices_and_conjunctions_are_rational() -> None:
    assert modular(every(j, equation((Inverse(M) @ M)[j, j], 1)))[1].verdict == "confirmed"
    assert modular(all_of(equation(c / c, 1), equation(c**-2 * c**3, c)))[1].at == {"free": "c"}


@pytest.mark.parametrize(
    "states",
    [
        equation(abs(c), c),
        equation(sqrt(c**2), c),
        equation(exp(c) * exp(-c), 1),
        at_least(c**2, 0),
        Implies(greater(c, 0), equation(c, c)),
    ],
)
def test_other_statements_have_no_modular_rung(states: Any) -> None:
    assert modular(states)[1] is None


SIZE = sqrt(c**2)


@pytest.mark.parametrize(
    "states",
    [
        equation(abs(c), c),
        equation(SIZE, c),
        equation(relu(c), c),
        equation(exp(c * (c - 1) * (c - 2)), 1),
        equation(sign(c) ** 2, 1),
    ],
)
def test_an_identity_that_is_not_rational_is_tried_beyond_its_worlds(states: Any) -> None:
    """In the worlds c is 1 or 2."""
    evidence = crosscheck(replace(CLAIM, states=states, well_formed=()))
    assert (evidence.verdict, evidence.rung) == ("contradicted", "exact")


def test_beyond_its_worlds_the_hypotheses_hold() -> None:
    evidence = crosscheck(replace(CLAIM, states=equation(abs(c), c)))
    assert evidence.verdict == "confirmed"
    searched = next(point for point in evidence.points if point.rung == "search")
    assert searched.samples > 0
    both = crosscheck(replace(CLAIM, states=equation(SIZE, abs(c)), well_formed=()))
    assert both.verdict == "confirmed"


def test_strict_inequalities_leave_a_name_free_and_equations_hold_it() -> None:
    world = World({n: 2, x: [1, 2], y: [3, 4], c: 1}, uniform_on([{W: [0, 0]}]))

    def free(*facts: Any) -> list[str]:
        return [name.name for name in free_to_vary(equation(Sum(x[j], j), c), facts, world)]

    assert free() == ["c", "x"]
    assert free(greater(c, 0), less(c, 2), finite_moment(W, 2)) == ["c", "x"]
    assert free(at_most(c, 1)) == ["x"]  # on the boundary: c may not grow
    assert free(at_most(c, 3)) == ["c", "x"]
    assert free(every(j, greater(x[j], 0))) == ["c", "x"]
    assert free(every(j, at_least(x[j], 1))) == ["c"]
    assert free(equation(c, 1)) == ["x"]
    assert free(uncorrelated(W, mean=0, variance=c)) == ["x"]
    assert free(all_of(greater(c, 0), equation(Sum(x[j], j), 3))) == []


def test_an_unbounded_quantifier_is_no_identity() -> None:
    t = index("t", 0, None)
    g = real("g", (0, None))
    assert is_identity(every(j, equation(x[j], x[j])))
    assert not is_identity(every(t, equation(g[t], g[t])))
    assert not is_identity(every(c, equation(c, c)))


def test_the_chance_of_an_accident_grows_with_the_degree() -> None:
    power = equation(c**40 * c ** Fraction(2), c**42)
    assert modular(power)[1].reason.endswith("at most 3e-34")


def test_a_false_identity_that_no_exact_world_shows_is_not_confirmed_by_a_model() -> None:
    """The values of a sequence without end are computed: they cannot be moved, only replaced."""
    endless = real("a", (1, None))
    claim = Claim(
        id="made_up.endless",
        title="",
        states=equation(endless[1] ** 2, endless[1]),
        worlds=lambda random: World({endless: lambda i: i}),
        model=Comparison(lambda rng, point: (1.0, {"a": np.ones(3)})),
    )
    evidence = crosscheck(claim)
    assert evidence.verdict == "undecided"
    assert "no identity in a" in evidence.reason
