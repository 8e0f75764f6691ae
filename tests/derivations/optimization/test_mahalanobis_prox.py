import pytest

from derivations.optimization.mahalanobis_prox import mahalanobis_prox
from verify import check


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(mahalanobis_prox)
    assert found.ok, found
    assert all(each.counterexample and each.evidence is None for each in found.variants)
    dropped = [each for each in found.hypotheses if each.weakened is None]
    assert [each.verdict for each in dropped] == ["needed"] * 4
    # without g != 0 the step is 0/0
    assert [each.undefined for each in dropped] == [False, False, True, False]
