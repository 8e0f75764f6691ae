import pytest

from derivations.initialization.product import product_variance
from verify import Claim, check

CLAIMS = [product_variance]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim, detect=0.03)
    assert found.ok, found.problems
    assert [each.verdict for each in found.hypotheses] == ["needed"] * len(found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)
