from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.normalization import batch_norm_gradient_evidence as evidence
from derivations.normalization.batch_norm import v
from derivations.normalization.batch_norm_gradient import (
    b,
    backward,
    batch_norm_gradient,
    batch_norm_gradient_orthogonality,
    g,
    i,
    left,
    orthogonal,
    rho,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, check, crosscheck

CLAIMS = [batch_norm_gradient, batch_norm_gradient_orthogonality]
near = Rational(101, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert [each.verdict for each in found.hypotheses] == ["used"]
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_simulation_alone_confirms_what_it_speaks_of(claim: Claim) -> None:
    assert_the_model_alone_confirms(claim)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (batch_norm_gradient, backward(g[i] / rho(v))),
        (batch_norm_gradient, backward(near * b[i])),
        (batch_norm_gradient_orthogonality, orthogonal(near * left)),
    ],
)
def test_the_simulation_alone_contradicts_a_false_statement(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"


@given(st.randoms())
def test_the_batches_differ_and_epsilon_is_no_less_than_0(random: Random) -> None:
    found = evidence.activations(random)
    assert len(found.v) == found.m
    assert len(set(found.v)) > 1
    assert found.eps >= 0
