import pytest

from derivations.initialization.xavier import (
    xavier_backward,
    xavier_compromise,
    xavier_forward,
    xavier_normal,
    xavier_uniform,
)
from verify import Claim, check

CLAIMS = [xavier_forward, xavier_backward, xavier_compromise, xavier_normal, xavier_uniform]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim, detect=0.03)
    assert found.ok, found.problems
    assert [each.verdict for each in found.hypotheses] == ["needed"] * len(found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)
