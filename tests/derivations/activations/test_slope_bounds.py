import numpy as np
import pytest

from derivations.activations.slope_bounds import (
    sigmoid_slope_bound,
    sigmoid_slopes_vanish,
    tanh_slope_bound,
)
from derivations.activations.slope_bounds_evidence import logistic, slope_of
from verify import Claim, check


@pytest.mark.slow
@pytest.mark.parametrize(
    "claim",
    [sigmoid_slope_bound, tanh_slope_bound, sigmoid_slopes_vanish],
    ids=lambda claim: claim.id,
)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} <= {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_the_complex_step_gives_the_slope() -> None:
    u = np.array([-3.0, 0, 2])
    assert slope_of(logistic, u) == pytest.approx(logistic(u) * (1 - logistic(u)))
