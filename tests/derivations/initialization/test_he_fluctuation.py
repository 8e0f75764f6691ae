from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.initialization.he_fluctuation import (
    g,
    he_fluctuation,
    ratio,
    widths_up_to,
)
from derivations.initialization.relu_network import W, a, n, z
from derivations.initialization.simulations import fourth_moments as laws
from derivations.initialization.simulations import he_fluctuation as simulation
from verify import Rational, check, crosscheck, models

SMALL = {"n": [2, 3, 2, 1], "v": [1.0, 2 / 3, 0.7], "L": 3, "q": 1}
full, wide = he_fluctuation.points
UNUSED: Any = None  # a counterexample is drawn from nothing
true = 3 * widths_up_to(g - 1)


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(he_fluctuation, detect=0.03)
    assert found.ok, found.problems
    assert all(each.verdict == "needed" for each in found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("point", [full, wide], ids=["every weight", "lengths"])
def test_the_simulation_alone_confirms_the_claim(point: Any) -> None:
    claim = replace(he_fluctuation, worlds=None, points=[point])
    assert crosscheck(claim, detect=0.05).verdict == "confirmed"


@pytest.mark.parametrize("drawn", ["every weight", "lengths"])
def test_lengths_have_the_moments_of_full_networks(drawn: str) -> None:
    claim = replace(he_fluctuation, worlds=None, points=[{**SMALL, "drawn": drawn}])
    assert crosscheck(claim, detect=0.1).verdict == "confirmed"


def last_units(rng: np.random.Generator, point: Any, size: int) -> Any:
    """z⁴/E[z²]² with every weight drawn, those of the last unit too; the input is (1, ..., 1)."""
    inputs, hidden, _ = point["n"]
    first = np.sqrt(point["v"][0]) * rng.standard_normal((hidden, inputs, size))
    second = np.sqrt(point["v"][1]) * rng.standard_normal((hidden, size))
    last = np.einsum("js,js->s", second, np.maximum(first.sum(axis=1), 0))
    return last**4 / (point["v"][0] * inputs * point["v"][1] * hidden / 2) ** 2


def test_networks_drawn_to_the_last_weight_have_the_same_ratio() -> None:
    """Given the hidden layer E[z⁸] = 105·E[z²]⁴, where the simulation has (3·E[z²]²)²."""
    point = {"n": [2, 3, 1], "v": [0.9, 0.6], "L": 2, "q": 1}
    variance = simulation.variance_of_a_draw(point)
    mean = 3 * (1 + 5 / 3)
    model = models.Mean(last_units, lambda _: (variance + mean**2) * 105 / 9 - mean**2)
    claim = replace(he_fluctuation, worlds=None, model=model, points=[point])
    assert crosscheck(claim, detect=0.1).verdict == "confirmed"


@pytest.mark.parametrize("variant", he_fluctuation.variants[:6], ids=lambda each: each.what)
def test_the_simulation_alone_contradicts_a_false_ratio(variant: Any) -> None:
    false = replace(he_fluctuation, states=variant.states, worlds=None, points=[wide])
    assert crosscheck(false).verdict == "contradicted"


@pytest.mark.parametrize("more", [Rational(11, 10), Rational(9, 10)], ids=str)
def test_the_simulation_alone_contradicts_a_ratio_that_is_off_by_a_tenth(more: Any) -> None:
    false = replace(he_fluctuation, states=ratio(more * true), worlds=None)
    assert crosscheck(false, detect=0.05).verdict == "contradicted"


def ratio_in(world: Any, layer: int) -> Fraction:
    """E[z⁴]/E[z²]² of the first unit of a layer."""
    fourth, second = (
        sum(weight * outcome[z][layer - 1][0] ** k for weight, outcome in world.outcomes)
        for k in (4, 2)
    )
    return Fraction(fourth) / Fraction(second) ** 2


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_exact_networks_are_run_and_have_the_ratio(random: Random) -> None:
    world = simulation.network(random)
    widths = world.values[n]
    expected = Fraction(3)
    for layer, width in enumerate(widths[1:], 1):
        assert ratio_in(world, layer) == expected
        expected *= 1 + Fraction(5, width)
    for _, outcome in world.outcomes:
        for layer, matrix in enumerate(outcome[W]):
            sums = [sum(w * x for w, x in zip(r, outcome[a][layer], strict=True)) for r in matrix]
            assert outcome[z][layer] == sums
            assert outcome[a][layer + 1] == [max(value, 0) for value in sums]


@pytest.mark.parametrize(
    ("world", "layer", "value"),
    [
        (simulation.a_bias, 1, Fraction(23, 8)),
        (simulation.linear_network, 2, 9),
        (simulation.entries_independent_in_pairs, 1, Fraction(279, 81)),
        (simulation.a_skewed_first_layer, 2, 3 * Fraction(2610, 529)),
        (simulation.another_second_moment, 1, Fraction(4, 3)),
        (simulation.signs_for_weights, 1, 1),
        (simulation.weights_that_see_the_layer_below, 2, 6),
        (simulation.two_equal_units, 2, 18),
        (simulation.inputs_of_two_lengths, 1, Fraction(102, 25)),
    ],
)
def test_counterexamples_have_the_numbers_that_are_said(world: Any, layer: int, value: Any) -> None:
    assert ratio_in(world(UNUSED), layer) == value


def test_weights_that_see_the_layer_below_have_the_law_that_is_said() -> None:
    found: dict[Any, Fraction] = {}
    for weight, outcome in simulation.weights_that_see_the_layer_below(UNUSED).outcomes:
        value = outcome[W][1][0][0]
        found[value] = found.get(value, Fraction(0)) + weight
    assert found == {value: weight for weight, value in laws.THREE}


def test_no_weight_is_random_below_the_first_layer() -> None:
    point = {**SMALL, "L": 1}
    for drawn in ("every weight", "lengths"):
        found = simulation.draw(np.random.default_rng(0), {**point, "drawn": drawn}, 10)
        assert found == pytest.approx(3)
    assert simulation.variance_of_a_draw(point) == 0
