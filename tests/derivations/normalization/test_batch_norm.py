from dataclasses import replace
from typing import Any

import pytest

from derivations.normalization.batch_norm import (
    BN,
    BN_e,
    S,
    a,
    b,
    batch_norm_bias_invariance,
    batch_norm_scale_epsilon,
    batch_norm_scale_epsilon_bounds,
    batch_norm_scale_invariance,
    batch_norm_scale_sign,
    c,
    eps,
    gamma,
    growth,
    i,
    w,
)
from derivations.normalization.batch_norm_insertion import (
    batch_norm_identity_insertion,
    batch_norm_identity_insertion_epsilon,
)
from verify import Claim, Rational, at_least, at_most, check, crosscheck, equation, sqrt

CLAIMS = [
    batch_norm_bias_invariance,
    batch_norm_scale_invariance,
    batch_norm_scale_sign,
    batch_norm_scale_epsilon,
    batch_norm_scale_epsilon_bounds,
    batch_norm_identity_insertion,
    batch_norm_identity_insertion_epsilon,
]
near = Rational(101, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert all(each.counterexample and each.evidence is None for each in found.variants)
    assert all(each.verdict == "needed" for each in found.hypotheses if each.weakened is None)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (batch_norm_bias_invariance, equation(BN(a(w, b))[i], near * BN(a(w, 0))[i])),
        (batch_norm_bias_invariance, equation(BN(a(w, b))[i], BN(a(w, 0))[i] + b)),
        (batch_norm_scale_invariance, equation(BN(a(c * w, b))[i], c * BN(a(w, b))[i])),
        (batch_norm_scale_sign, equation(BN(a(c * w, b))[i] - gamma, BN(a(w, b))[i] - gamma)),
        (
            batch_norm_scale_epsilon,
            equation(BN_e(a(c * w, b), eps)[i], BN_e(a(w, b), eps / c)[i]),
        ),
        (batch_norm_scale_epsilon_bounds, at_most(growth, 1)),
        (batch_norm_scale_epsilon_bounds, at_least(growth, sqrt(1 + eps / S(a(w, b))))),
    ],
)
def test_the_simulation_alone_contradicts_a_false_output(claim: Claim, states: Any) -> None:
    false = replace(claim, states=states, worlds=None)
    assert crosscheck(false).verdict == "contradicted"


def test_without_a_spread_any_multiplier_reproduces_the_activations() -> None:
    (needed,) = check(batch_norm_identity_insertion_epsilon, proofs_only=True).hypotheses
    assert needed.counterexample == "m = 2, v = [1, 1], beta = 5, gamma = 1, eps = 1"
