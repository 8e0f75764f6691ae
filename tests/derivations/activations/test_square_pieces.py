import pytest

from derivations.activations.square_pieces import (
    error_from_reach,
    lengths_with_a_short_first,
    lengths_with_two_as_one,
    square_first_piece,
    square_long_piece,
)
from verify import Claim, check

CLAIMS = [
    square_long_piece,
    square_first_piece,
    lengths_with_a_short_first,
    lengths_with_two_as_one,
    error_from_reach,
]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} == {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)
