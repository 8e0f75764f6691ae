from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.optimization import centering_evidence as evidence
from derivations.optimization.centering import (
    C,
    J,
    centering,
    centering_is_free,
    centred,
    contracts,
    gradient_descent_contraction,
    kept,
    price,
    v,
)
from derivations.optimization.least_squares import mu
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, check, crosscheck, equation

CLAIMS = [centering, centering_is_free, gradient_descent_contraction]
near = Rational(101, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert all(each.verdict == "needed" for each in found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_simulation_alone_confirms_what_it_speaks_of(claim: Claim) -> None:
    assert_the_model_alone_confirms(claim)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (centering, centred(near * price)),
        (centering, centred(0)),
        (centering, centred(price, at=v + mu / 100)),
        (centering_is_free, equation(C(v), near * J(v))),
        (gradient_descent_contraction, contracts(near * kept)),
        (gradient_descent_contraction, contracts(kept**2)),
    ],
)
def test_the_simulation_alone_contradicts_a_false_statement(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"


@given(st.randoms())
def test_exact_noise_is_centred_and_unrelated_to_the_inputs(random: Random) -> None:
    found = evidence.regression(random)
    assert sum(weight for weight, _, _ in found.law) == 1
    assert _mean(found, lambda x, noise: noise) == 0
    for i, mean in enumerate(found.mean):
        assert _mean(found, lambda x, noise, i=i: noise * x[i]) == 0
        assert _mean(found, lambda x, noise, i=i: x[i]) == mean
        assert _mean(found, lambda x, noise, i=i: x[i] ** 2) == mean**2 + found.deviation**2


def test_sampled_noise_is_centred_and_unrelated_to_the_inputs() -> None:
    found = evidence.data(np.random.default_rng(2), {"d": 3})
    noise = found["targets"] - (found["centred"] + found["mu"]) @ found["v"]
    assert abs(noise.mean()) < 1e-12
    np.testing.assert_allclose(found["centred"].T @ noise, 0, atol=1e-11)
    covariance = found["centred"].T @ found["centred"] / len(noise)
    np.testing.assert_allclose(covariance, found["sigma"] ** 2 * np.eye(3), atol=1e-12)


def _mean(regression: evidence.Regression, of: Any) -> Fraction:
    return sum((weight * of(x, noise) for weight, x, noise in regression.law), Fraction(0))
