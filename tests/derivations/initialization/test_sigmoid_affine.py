import pytest

from derivations.initialization.sigmoid_affine import (
    relu_not_affinely_odd,
    sigmoid_affine,
    sigmoid_affine_slope,
)
from verify import Claim, check

CLAIMS = [sigmoid_affine, sigmoid_affine_slope, relu_not_affinely_odd]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim, detect=0.03)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} <= {"needed", "used"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)
