import pytest

from derivations.regularization import dropout_weights
from verify import Claim, check


@pytest.mark.slow
@pytest.mark.parametrize(
    "claim",
    [
        dropout_weights.dropout_minimizer,
        dropout_weights.dropout_matrix_positive_definite,
        dropout_weights.dropout_orthogonal,
    ],
)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_each_hypothesis_about_the_mask_and_the_inputs_is_needed() -> None:
    found = check(dropout_weights.dropout_minimizer)
    assert {each.verdict for each in found.hypotheses if each.weakened is None} == {"needed"}
