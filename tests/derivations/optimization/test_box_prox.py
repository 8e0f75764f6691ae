import pytest

from derivations.optimization.box_prox import box_prox, box_prox_not_unique, box_prox_unique
from verify import Claim, check


@pytest.mark.slow
@pytest.mark.parametrize("claim", [box_prox, box_prox_unique, box_prox_not_unique])
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_every_hypothesis_of_uniqueness_has_a_counterexample() -> None:
    dropped = [each for each in check(box_prox_unique).hypotheses if each.weakened is None]
    assert [each.verdict for each in dropped] == ["needed", "needed"]
