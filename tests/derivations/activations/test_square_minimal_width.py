import pytest

from derivations.activations.square_minimal_width import relu_midpoint, square_minimal_width
from verify import Claim, check


@pytest.mark.slow
@pytest.mark.parametrize("claim", [relu_midpoint, square_minimal_width], ids=lambda each: each.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} <= {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)
