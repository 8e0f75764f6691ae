from dataclasses import replace
from typing import Any

import pytest

from derivations.activations.swish_limits import (
    distance,
    half,
    halves,
    left_over,
    near,
    off,
    swish_distance,
    swish_halves,
    swish_limits,
    swish_slope_distance,
    tail,
    within,
    x,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, at_most, check, crosscheck, equation

CLAIMS = [swish_distance, swish_slope_distance, swish_limits, swish_halves]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_simulation_alone_confirms_what_it_speaks_of(claim: Claim) -> None:
    assert_the_model_alone_confirms(claim)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (swish_distance, equation(distance, Rational(101, 100) * abs(x) * left_over)),
        (swish_slope_distance, at_most(off, half * tail)),
        (swish_limits, within(near, left_over)),
        (swish_halves, halves(x / 2, Rational(51, 100))),
    ],
)
def test_the_simulation_alone_contradicts_a_false_statement(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"
