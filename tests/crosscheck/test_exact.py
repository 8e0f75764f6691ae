from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from verify.authoring.names import dimension, index, random_vector, real, vector
from verify.authoring.rows import at_least, greater, unequal
from verify.authoring.statements import equation, every, independent, uncorrelated
from verify.authoring.terms import E, V, exp, sqrt
from verify.claim import Claim
from verify.crosscheck import crosscheck, model_of_given, world_of_given
from verify.crosscheck.exact import WORLDS
from verify.errors import ClaimError
from verify.language.arrays import Sum
from verify.semantics import World, independent_entries

n = dimension("n")
W, x, v = random_vector("W", n), vector("x", n), real("v")
j, k = index("j", n), index("k", n)
a = Sum(W[j] * x[j], j)


def worlds(random: Random) -> World:
    size = random.randint(1, 3)
    value = Fraction(random.randint(1, 9), random.choice([1, 3, 5]))
    half = Fraction(1, 2)
    return World(
        {n: size, v: value**2, x: [Fraction(random.randint(-5, 5), 3) for _ in range(size)]},
        independent_entries(W, size, [(half, value), (half, -value)]),
    )


TRUE = Claim(
    id="made_up.weighted_sum",
    title="",
    states=equation(V(a), v * Sum(x[j] ** 2, j)),
    given=[uncorrelated(W, mean=0, variance=v)],
    well_formed=[greater(v, 0)],
    worlds=worlds,
)


def test_a_true_claim_is_confirmed_by_enumerating_its_laws() -> None:
    found = crosscheck(TRUE)
    assert (found.verdict, found.rung) == ("confirmed", "enumerated")
    assert found.points[0].samples == WORLDS
    assert "outcomes enumerated" in found.points[0].observed


def test_a_true_claim_without_randomness_is_confirmed_exactly() -> None:
    square = equation(Sum(x[j], j) ** 2, Sum(x[j] * Sum(x[k], k), j))
    found = crosscheck(replace(TRUE, states=square))
    assert (found.verdict, found.rung) == ("confirmed", "exact")


def test_a_false_claim_is_contradicted_by_a_small_world() -> None:
    found = crosscheck(replace(TRUE, states=equation(V(a), v * Sum(x[j], j) ** 2)))
    assert (found.verdict, found.rung) == ("contradicted", "exact")
    assert found.counterexample is not None
    assert found.counterexample.startswith("n = 2")  # true at n = 1, and 2 is smaller than 3


def test_a_claim_with_irrational_values_is_confirmed_on_the_ball_rung() -> None:
    root = replace(TRUE, states=equation(sqrt(v + 1) * sqrt(v + 1), v + 1))
    assert crosscheck(root).rung == "ball"
    wrong = replace(TRUE, states=equation(exp(v), exp(v) * (1 + Fraction(1, 10**50))))
    assert crosscheck(wrong).verdict == "contradicted"


def test_worlds_depend_on_the_seed_and_the_claim_only() -> None:
    assert world_of_given(TRUE, 3).values == world_of_given(TRUE, 3).values
    drawn = {str(world_of_given(replace(TRUE, id=f"a.b{i}"), i).values[v]) for i in range(12)}
    assert len(drawn) > 3


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"given": [uncorrelated(W, mean=1)]}, r"given 1 .* is violated by the world n = "),
        ({"well_formed": [greater(v, 100)]}, "well_formed 1 .* is violated"),
        ({"given": [every(real("u"), at_least(real("u") ** 2, 0))]}, "given 1 .* is undecided"),
        ({"given": [equation(real("u"), 0)]}, "no value to u"),
        ({"given": [equation(1 / (v - v), 0)]}, "division of 1 by zero"),
        ({"states": equation(1 / (v - v), 1)}, "statement: division of 1 by zero"),
        ({"worlds": lambda random: 3}, "3 is not a World"),
        ({"worlds": lambda random: World({n: 0})}, "n: 0 is not an integer"),
        ({"worlds": lambda random: 1 / 0}, "ZeroDivisionError"),
    ],
)
def test_worlds_that_do_not_fit_are_an_error_that_names_the_claim(
    change: Any, message: str
) -> None:
    with pytest.raises(ClaimError, match=message) as problem:
        crosscheck(replace(TRUE, **change))
    assert str(problem.value).startswith("made_up.weighted_sum")


def test_the_hypotheses_have_a_model_or_none() -> None:
    assert isinstance(model_of_given(TRUE), World)
    assert model_of_given(replace(TRUE, worlds=None)) is None
    assert model_of_given(replace(TRUE, given=[equation(v, v + 1)])) is None
    assert model_of_given(replace(TRUE, given=[independent(W, W), *TRUE.given])) is None


def test_a_search_counts_only_when_it_tried_enough() -> None:
    u = real("u")
    fact = every(u, at_least(u**2 + 1, 2 * u))
    tried = replace(
        TRUE,
        states=fact,
        given=[],
        well_formed=[],
        worlds=lambda random: World(
            candidates={u: [Fraction(random.randint(-30, 30), 7) for _ in range(20)]}
        ),
    )
    found = crosscheck(tried)
    assert (found.verdict, found.rung) == ("confirmed", "search")
    few = replace(tried, worlds=lambda random: World(candidates={u: [0]}))
    assert crosscheck(few).verdict == "undecided"
    wrong = replace(tried, states=every(u, unequal(u, 0)), worlds=few.worlds)
    assert crosscheck(wrong).verdict == "contradicted"


def test_an_expectation_of_a_row_holds_in_each_world() -> None:
    assert crosscheck(replace(TRUE, states=every(j, equation(E(W[j]), 0)))).verdict == "confirmed"
