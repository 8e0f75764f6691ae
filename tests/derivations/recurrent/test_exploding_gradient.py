import pytest

from derivations.recurrent.exploding_gradient import (
    delay_line_forgets,
    explosion_is_necessary_not_sufficient,
)
from verify import Claim, check

CLAIMS = [delay_line_forgets, explosion_is_necessary_not_sufficient]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    whole = [each for each in found.hypotheses if each.weakened is None]
    assert {each.verdict for each in whole} == {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)
