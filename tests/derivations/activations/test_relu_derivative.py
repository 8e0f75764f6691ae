from dataclasses import replace
from typing import Any

import pytest

from derivations.activations.relu_derivative import (
    a,
    has_slope,
    kink,
    leaky,
    leaky_relu_derivative,
    leaky_relu_has_no_derivative_at_zero,
    leaky_slope,
    on_the_right,
    relu_derivative,
    relu_has_no_derivative_at_zero,
    relu_subgradients,
    supports,
    x,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, at_most, check, crosscheck, relu
from verify.kernel.prove import derive
from verify.kernel.theorem import Refused

CLAIMS = [
    relu_derivative,
    leaky_relu_derivative,
    relu_has_no_derivative_at_zero,
    leaky_relu_has_no_derivative_at_zero,
    relu_subgradients,
]
near = Rational(101, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_every_hypothesis_is_needed_and_for_a_step_of_0_there_is_no_slope() -> None:
    found = [each for claim in CLAIMS for each in check(claim, proofs_only=True).hypotheses]
    assert {each.verdict for each in found} == {"needed"}
    assert {str(each.weakened) for each in found if each.undefined} == {"h ≥ 0"}


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_simulation_alone_confirms_what_it_speaks_of(claim: Claim) -> None:
    assert_the_model_alone_confirms(claim)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (relu_derivative, has_slope(relu(x), near * on_the_right)),
        (leaky_relu_derivative, leaky_slope(near * a)),
        (relu_has_no_derivative_at_zero, kink(relu, 1, 0, near)),
        (leaky_relu_has_no_derivative_at_zero, kink(leaky, 1, a, near * abs(1 - a))),
        (relu_subgradients, supports(0, 1, at_most)),
    ],
)
def test_the_simulation_alone_contradicts_a_false_statement(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"


@pytest.mark.parametrize("claim", [relu_derivative, leaky_relu_derivative])
def test_nothing_is_proved_of_the_slope_at_the_kink(claim: Claim) -> None:
    refused = derive(replace(claim, well_formed=[]))
    assert isinstance(refused, Refused)
    assert "has no derivative" in refused.reason
