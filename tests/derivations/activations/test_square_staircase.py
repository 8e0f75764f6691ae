import numpy as np
import pytest

from derivations.activations.square_staircase import (
    square_staircase,
    staircase_end,
    staircase_step,
)
from derivations.activations.square_staircase_evidence import best_network
from verify import Claim, check


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(staircase_step, marks=pytest.mark.slow),
        staircase_end,
        pytest.param(square_staircase, marks=pytest.mark.slow),
    ],
    ids=lambda claim: claim.id,
)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} == {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_two_units_come_within_a_fiftieth() -> None:
    errors, _ = best_network(np.random.default_rng(0), {"M": 2})
    assert 0.0199 < np.max(errors) <= 0.02
