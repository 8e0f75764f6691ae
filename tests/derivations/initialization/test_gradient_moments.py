from random import Random

import pytest

from derivations.initialization.gradient_moments import gradient_moments
from derivations.initialization.simulations.gradient_moments import DEPTH, networks, q
from verify import check
from verify.testing import assert_proved


def test_the_moments_of_gradients_are_proved_for_every_depth() -> None:
    assert_proved(gradient_moments)


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(gradient_moments)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} == {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_a_world_holds_the_gradients_of_every_layer() -> None:
    world = networks(Random(0))  # noqa: S311
    assert len(world.values[q]) == DEPTH + 1
