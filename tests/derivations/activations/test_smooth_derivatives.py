from dataclasses import replace
from typing import Any

import pytest

from derivations.activations.smooth_derivatives import (
    gate,
    gated,
    has_slope,
    logistic,
    mish,
    mish_derivative,
    quotient,
    s,
    sigmoid_derivative,
    softplus,
    swish,
    swish_derivative,
    tanh_derivative,
    through,
    x,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, check, crosscheck, tanh

CLAIMS = [sigmoid_derivative, tanh_derivative, swish_derivative, mish_derivative]
near = Rational(101, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert claim.given == () == claim.well_formed
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_simulation_alone_confirms_what_it_speaks_of(claim: Claim) -> None:
    assert_the_model_alone_confirms(claim)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (sigmoid_derivative, has_slope(logistic, near * s * (1 - s))),
        (tanh_derivative, has_slope(quotient, near * (1 - tanh(x) ** 2))),
        (swish_derivative, has_slope(swish, gated(gate, near))),
        (mish_derivative, has_slope(mish, through(tanh(softplus), near * s))),
    ],
)
def test_the_simulation_alone_contradicts_a_false_statement(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"
