import pytest

from derivations.regularization.ridge import ridge_matrix_positive_definite, ridge_minimizer
from verify import Claim, check


@pytest.mark.slow
@pytest.mark.parametrize("claim", [ridge_minimizer, ridge_matrix_positive_definite])
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found
    assert all(each.counterexample and each.evidence is None for each in found.variants)
    assert all(each.verdict == "needed" for each in found.hypotheses)
