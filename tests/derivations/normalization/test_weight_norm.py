from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.normalization import weight_norm_evidence as evidence
from derivations.normalization.weight_norm import (
    after,
    equivalent,
    eta,
    gradient,
    grown,
    growth,
    length,
    weight_norm_equals_batch_norm,
    weight_norm_growth,
    weight_norm_growth_rate,
    zeta,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, check, crosscheck, greater

CLAIMS = [weight_norm_equals_batch_norm, weight_norm_growth, weight_norm_growth_rate]
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
        (weight_norm_equals_batch_norm, equivalent(length, near * length)),
        (weight_norm_equals_batch_norm, equivalent(length, 1)),
        (weight_norm_growth, grown(near * growth)),
        (weight_norm_growth, grown(eta * gradient)),
        (weight_norm_growth_rate, greater(after(eta), after(zeta))),
    ],
)
def test_the_simulation_alone_contradicts_a_false_statement(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"


@given(st.randoms())
def test_exact_inputs_are_whitened(random: Random) -> None:
    found = evidence.whitened(random)
    for j in range(found.d):
        assert _mean(found, lambda row, j=j: row[j]) == 0
        for k in range(found.d):
            assert _mean(found, lambda row, j=j, k=k: row[j] * row[k]) == int(j == k)


@given(st.randoms())
def test_exact_gradients_are_orthogonal_to_the_weights(random: Random) -> None:
    found = evidence.orthogonal(random)
    assert sum((p * q for p, q in zip(found.u, found.g, strict=True)), Fraction(0)) == 0
    assert 0 <= found.eta < found.zeta


def _mean(layer: evidence.Layer, of: Any) -> Fraction:
    return sum((weight * of(row) for weight, row in layer.inputs), Fraction(0))
