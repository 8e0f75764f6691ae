import pytest

from derivations.initialization.slope_means import zero_mean_slope_is_vacuous
from verify import check


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(zero_mean_slope_is_vacuous)
    assert found.ok, found.problems
    assert found.hypotheses == ()
    assert all(each.counterexample and each.evidence is None for each in found.variants)
