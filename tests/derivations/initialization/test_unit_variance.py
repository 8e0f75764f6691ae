from dataclasses import replace

import pytest

from derivations.initialization.unit_variance import (
    unit_variance_gaussian,
    unit_variance_relu_gaussian,
    unit_variance_relu_uniform,
    unit_variance_uniform,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, check, crosscheck

CLAIMS = [
    unit_variance_gaussian,
    unit_variance_uniform,
    unit_variance_relu_gaussian,
    unit_variance_relu_uniform,
]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim, detect=0.03)
    assert found.ok, found.problems
    assert all(each.verdict == "needed" for each in found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_simulation_alone_tells_the_variance_from_its_neighbours(claim: Claim) -> None:
    assert_the_model_alone_confirms(claim, detect=0.05)
    mean, variance = claim.states.args
    for other in (Rational(11, 10), Rational(9, 10)):
        neighbour = claim.states.func(mean, variance.func(variance.args[0], other))
        false = replace(claim, states=neighbour, worlds=None)
        assert crosscheck(false, detect=0.05).verdict == "contradicted"
