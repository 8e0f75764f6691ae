from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.optimization import least_squares_loss_evidence as evidence
from derivations.optimization.least_squares import H, mu, sigma
from derivations.optimization.least_squares_loss import (
    G,
    expansion,
    half,
    hessian,
    identity,
    least_squares_gradient,
    least_squares_hessian,
    outer,
    quadratic,
    w,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, check, crosscheck, norm_squared

CLAIMS = [least_squares_gradient, least_squares_hessian]
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
        (least_squares_gradient, expansion(near * G(w), quadratic)),
        (least_squares_gradient, expansion(half * G(w), quadratic)),
        (least_squares_gradient, expansion(G(w), near * quadratic)),
        (least_squares_hessian, hessian(near * H)),
        (least_squares_hessian, hessian(sigma**2 * identity)),
        (least_squares_hessian, hessian(outer)),
        (least_squares_hessian, hessian((sigma**2 + norm_squared(mu)) * identity)),
    ],
)
def test_the_simulation_alone_contradicts_a_false_statement(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"


@given(st.randoms())
def test_exact_inputs_have_the_stated_moments(random: Random) -> None:
    found = evidence.problem(random)
    assert sum(weight for weight, _, _ in found.law) == 1
    for i, mean in enumerate(found.mean):
        assert _mean(found, lambda x, i=i: x[i]) == mean
        for j, other in enumerate(found.mean):
            moment = _mean(found, lambda x, i=i, j=j: x[i] * x[j])
            assert moment == mean * other + found.deviation**2 * int(i == j)


def test_a_sample_has_exactly_the_stated_covariance() -> None:
    found = evidence.sample(np.random.default_rng(1), {"d": 4})
    centred = found.x - found.mean
    np.testing.assert_allclose(centred.sum(axis=0), 0, atol=1e-12)
    covariance = centred.T @ centred / len(found.x)
    np.testing.assert_allclose(covariance, found.deviation**2 * np.eye(4), atol=1e-12)


def _mean(problem: evidence.Problem, of: Any) -> Fraction:
    return sum((weight * of(x) for weight, x, _ in problem.law), Fraction(0))
