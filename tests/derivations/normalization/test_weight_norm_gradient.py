from dataclasses import replace

import pytest

from derivations.normalization.weight_norm_gradient import (
    P,
    g,
    i,
    projected,
    scale,
    weight_norm_gradient,
    weight_norm_gradient_orthogonal,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, check, crosscheck

CLAIMS = [weight_norm_gradient, weight_norm_gradient_orthogonal]
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


def test_the_simulation_alone_contradicts_a_false_statement() -> None:
    for states in (projected(scale * g[i]), projected(near * scale * (P @ g)[i])):
        wrong = replace(weight_norm_gradient, states=states, worlds=None)
        assert crosscheck(wrong).verdict == "contradicted"
