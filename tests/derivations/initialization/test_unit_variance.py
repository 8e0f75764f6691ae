import pytest

from derivations.initialization.unit_variance import (
    unit_variance_gaussian,
    unit_variance_relu_gaussian,
    unit_variance_relu_uniform,
    unit_variance_uniform,
)
from verify import Claim, check

CLAIMS = [
    unit_variance_gaussian,
    unit_variance_uniform,
    unit_variance_relu_gaussian,
    unit_variance_relu_uniform,
]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim, detect=0.03)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} <= {"needed", "used"}
