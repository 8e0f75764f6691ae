import pytest

from derivations.optimization import averaging
from verify import Claim, check


@pytest.mark.slow
@pytest.mark.parametrize(
    "claim",
    [
        averaging.velocity_unrolled,
        averaging.ema_unrolled,
        averaging.ema_bias,
        averaging.ema_is_biased,
        averaging.ema_bias_correction,
        averaging.ema_variance,
    ],
)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found
    assert all(each.counterexample and each.evidence is None for each in found.variants)
    assert all(each.verdict == "needed" for each in found.hypotheses if each.weakened is None)
