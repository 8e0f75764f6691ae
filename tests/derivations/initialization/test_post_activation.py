from dataclasses import replace
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.initialization.post_activation import (
    above,
    j,
    post_activation_variance,
    relu_output_variance,
    v,
    z,
)
from derivations.initialization.relu import half
from derivations.initialization.simulations import post_activation as simulation
from verify import Claim, E, Rational, Sum, V, check, crosscheck, equation, relu
from verify.semantics import evaluate

CLAIMS = [relu_output_variance, post_activation_variance]
more = Rational(11, 10)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim, detect=0.03)
    assert found.ok, found.problems
    assert [each.verdict for each in found.hypotheses] == ["needed"] * len(found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_simulation_alone_confirms_the_claim(claim: Claim) -> None:
    assert crosscheck(replace(claim, worlds=None), detect=0.03).verdict == "confirmed"


@pytest.mark.parametrize(
    "value",
    [
        v * Sum(V(relu(z[j])), j),
        half * v * Sum(more * V(relu(z[j])), j),
    ],
)
def test_the_simulation_alone_contradicts_a_false_variance(value: Any) -> None:
    false = replace(post_activation_variance, states=equation(V(relu(above)), value), worlds=None)
    assert crosscheck(false).verdict == "contradicted"


@given(st.randoms())
def test_in_the_random_worlds_both_layers_have_the_shape_that_is_stated(random: Random) -> None:
    world = simulation.opposite_pair(random)
    shapes = [E(abs(each)) ** 2 / E(each**2) for each in (z[1], z[2], above)]
    assert {evaluate(each, world) for each in shapes} == {world.values[simulation.kappa]}


def test_a_normal_pair_of_opposites_behind_relus_and_fair_signs_is_normal_again() -> None:
    point = {"n": 2, "v": 1.0, "spread": [1.0]}
    drawn = simulation.outputs(np.random.default_rng(0), point, 10)
    assert drawn.shape == (10,)
    assert np.all(drawn >= 0)
