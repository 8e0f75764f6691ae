import pytest

from derivations.recurrent.activation_placement import (
    activation_placement,
    activation_placement_converse,
    first_state_out_of_range,
)
from verify import Claim, check

CLAIMS = [activation_placement, activation_placement_converse, first_state_out_of_range]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} == {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)
