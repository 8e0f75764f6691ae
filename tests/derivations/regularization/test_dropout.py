import pytest

from derivations.regularization import dropout
from verify import Claim, check


@pytest.mark.slow
@pytest.mark.parametrize(
    "claim",
    [
        dropout.dropout_loss,
        dropout.dropout_expected_loss,
    ],
)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_the_law_of_the_mask_has_a_counterexample_for_each_part() -> None:
    found = check(dropout.dropout_expected_loss)
    assert [each.verdict for each in found.hypotheses] == ["needed"] * 4
