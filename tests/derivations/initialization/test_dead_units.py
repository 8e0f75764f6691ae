from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.initialization.dead_units import (
    M,
    dead_relu_layer,
    dead_relu_unit,
    layer_states,
    m,
    signal,
    unit_states,
    x,
    z,
)
from derivations.initialization.relu import half
from derivations.initialization.simulations import dead_units as simulation
from verify import E, check, crosscheck
from verify.kernel.prove import derive
from verify.kernel.theorem import Refused

UNUSED: Any = None  # a counterexample is drawn from nothing


@pytest.mark.slow
@pytest.mark.parametrize("claim", [dead_relu_unit, dead_relu_layer], ids=lambda each: each.id)
def test_everything_asked_of_the_claims_holds(claim: Any) -> None:
    found = check(claim, detect=0.05)
    assert found.ok, found.problems
    assert all(each.verdict == "needed" for each in found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("claim", [dead_relu_unit, dead_relu_layer], ids=lambda each: each.id)
def test_the_simulations_alone_confirm_the_claims(claim: Any) -> None:
    assert crosscheck(replace(claim, worlds=None), detect=0.05).verdict == "confirmed"


@pytest.mark.parametrize("variant", dead_relu_layer.variants[:4], ids=lambda each: each.what)
def test_the_simulation_alone_contradicts_a_false_share_of_layers(variant: Any) -> None:
    false = replace(dead_relu_layer, states=variant.states, worlds=None)
    assert crosscheck(false, detect=0.05).verdict == "contradicted"


@pytest.mark.slow
@pytest.mark.parametrize("hypothesis", dead_relu_layer.given, ids=str)
def test_the_proof_for_a_layer_uses_each_hypothesis(hypothesis: Any) -> None:
    rest = [each for each in dead_relu_layer.given if each != hypothesis]
    assert isinstance(derive(replace(dead_relu_layer, given=rest)), Refused)


@pytest.mark.parametrize(
    "false",
    [
        replace(dead_relu_unit, states=unit_states(half)),
        replace(dead_relu_layer, states=layer_states((1 - half ** (m + 1)) * E(signal))),
    ],
    ids=["½ for every unit", "one unit more"],
)
def test_the_proofs_are_of_nothing_else(false: Any) -> None:
    assert isinstance(derive(false), Refused)


def share_alive(world: Any) -> Fraction:
    """P(some unit > 0)."""
    return sum((p for p, named in world.outcomes if max(named[z]) > 0), Fraction(0))


@given(st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_exact_layers_are_weighted_sums_and_die_as_claimed(random: Random) -> None:
    world = simulation.layer(random)
    nonzero = sum((p for p, named in world.outcomes if named[z][0]), Fraction(0))
    assert share_alive(world) == (1 - Fraction(1, 2 ** world.values[m])) * nonzero
    for _, named in world.outcomes:
        rows = named[M]
        assert named[z] == [sum(w * y for w, y in zip(row, named[x], strict=True)) for row in rows]
        assert all(named[z]) == any(named[z]) == any(named[x])


@pytest.mark.parametrize(
    ("world", "value"),
    [
        (simulation.another_forward_pass, 1),
        (simulation.two_equal_units, Fraction(1, 2)),
        (simulation.three_that_are_independent_in_pairs, 1),
        (simulation.a_skewed_row, Fraction(1, 3)),
        (simulation.an_input_that_sees_the_weight, 1),
        (simulation.a_unit_without_weights, Fraction(1, 2)),
    ],
)
def test_counterexamples_have_the_numbers_that_are_said(world: Any, value: Any) -> None:
    assert share_alive(world(UNUSED)) == value
