from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.initialization.he_networks_die import die, g, he_networks_die
from derivations.initialization.relu_network import W, a, half, n, z
from derivations.initialization.simulations import he_networks_die as simulation
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import check, crosscheck
from verify.kernel.prove import derive
from verify.kernel.theorem import Refused

UNUSED: Any = None  # a counterexample is drawn from nothing


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(he_networks_die)
    assert found.ok, found.problems
    assert all(each.verdict == "needed" for each in found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_the_simulation_alone_confirms_what_it_speaks_of() -> None:
    claim = replace(he_networks_die, worlds=None)
    assert_the_model_alone_confirms(claim, detect=0.05)


@pytest.mark.parametrize("variant", he_networks_die.variants[:5], ids=lambda each: each.what)
def test_the_simulation_alone_contradicts_a_false_share_of_networks(variant: Any) -> None:
    false = replace(he_networks_die, states=variant.states, worlds=None)
    assert crosscheck(false, detect=0.05).verdict == "contradicted"


@pytest.mark.slow
@pytest.mark.parametrize("hypothesis", he_networks_die.given, ids=str)
def test_the_proof_uses_each_hypothesis(hypothesis: Any) -> None:
    rest = [each for each in he_networks_die.given if each != hypothesis]
    assert isinstance(derive(replace(he_networks_die, given=rest)), Refused)


def test_the_proof_is_not_one_of_equal_widths() -> None:
    false = replace(he_networks_die, states=die((1 - half ** n[1]) ** (g - 1)))
    assert isinstance(derive(false), Refused)


def share_alive(world: Any, layer: int) -> Fraction:
    """P(z ≠ 0) of the first unit of a layer."""
    return sum((p for p, named in world.outcomes if named[z][layer - 1][0]), Fraction(0))


def variance(world: Any, layer: int) -> Fraction:
    """V[z] of the first unit of a layer."""
    first, second = (
        sum(p * Fraction(named[z][layer - 1][0]) ** k for p, named in world.outcomes)
        for k in (1, 2)
    )
    return Fraction(second - first**2)


@given(st.randoms(use_true_random=False))
@settings(max_examples=15, deadline=None)
def test_exact_networks_are_run_and_die_as_claimed(random: Random) -> None:
    world = simulation.network(random)
    expected = Fraction(1)
    for layer, width in enumerate(world.values[n][1:], 1):
        assert share_alive(world, layer) == expected
        assert variance(world, layer) == 2
        expected *= 1 - Fraction(1, 2**width)
    for _, named in world.outcomes:
        for layer, matrix in enumerate(named[W]):
            below = named[a][layer]
            sums = [sum(w * y for w, y in zip(row, below, strict=True)) for row in matrix]
            assert named[z][layer] == sums
            assert named[a][layer + 1] == [max(value, 0) for value in sums]
            assert all(sums) == any(sums) == any(below)


@pytest.mark.parametrize(
    ("world", "layer", "value"),
    [
        (simulation.centred_but_skewed, 2, Fraction(1, 3)),
        (simulation.two_equal_units, 2, Fraction(1, 2)),
        (simulation.three_units_independent_in_pairs, 2, 1),
        (simulation.an_input_that_may_be_zero, 1, Fraction(1, 4)),
        (simulation.a_first_layer_with_an_atom, 1, Fraction(1, 2)),
        (simulation.a_second_layer_with_an_atom, 2, Fraction(1, 4)),
    ],
)
def test_counterexamples_live_with_the_probability_said(world: Any, layer: int, value: Any) -> None:
    assert share_alive(world(UNUSED), layer) == value


@pytest.mark.parametrize(
    ("world", "layer", "value"),
    [
        (simulation.another_forward_pass, 2, 8),
        (simulation.another_activation, 2, 8),
        (simulation.a_variance_that_is_not_stated, 2, 1),
        (simulation.weights_that_see_the_layer_below, 2, Fraction(16, 5)),
        (simulation.large_inputs, 1, 8),
        (simulation.small_weights, 1, 1),
    ],
)
def test_counterexamples_have_the_variance_said(world: Any, layer: int, value: Any) -> None:
    assert variance(world(UNUSED), layer) == value
