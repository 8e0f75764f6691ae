import pytest

from derivations.optimization.mirror_descent import (
    mirror_descent_step,
    mirror_step_is_logit_step,
    mirror_three_point,
)
from verify import Claim, check


@pytest.mark.slow
@pytest.mark.parametrize("claim", [mirror_descent_step, mirror_step_is_logit_step])
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found
    assert all(each.counterexample and each.evidence is None for each in found.variants)
    assert all(each.verdict == "needed" for each in found.hypotheses if each.weakened is None)


def test_the_three_point_identity_holds() -> None:
    # outside (0, 1) the logarithms mean nothing, so no hypothesis has a counterexample
    found = check(mirror_three_point)
    assert found.ok, found
    assert all(each.counterexample and each.evidence is None for each in found.variants)
