import pytest

from derivations.optimization.momentum import momentum_is_ema, momentum_recursions
from verify import Claim, check


@pytest.mark.slow
@pytest.mark.parametrize("claim", [momentum_recursions, momentum_is_ema])
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found
    assert all(each.counterexample and each.evidence is None for each in found.variants)
    assert all(each.verdict == "needed" for each in found.hypotheses if each.weakened is None)
