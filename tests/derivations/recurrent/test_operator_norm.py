import pytest

from derivations.recurrent.operator_norm import (
    operator_norm,
    operator_norm_at_an_eigenvector,
    operator_norm_is_an_eigenvalue,
)
from verify import Claim, check

CLAIMS = [operator_norm, operator_norm_at_an_eigenvector, operator_norm_is_an_eigenvalue]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} == {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)
