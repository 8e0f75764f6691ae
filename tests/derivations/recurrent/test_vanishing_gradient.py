from fractions import Fraction

import numpy as np
import pytest

from derivations.recurrent.vanishing_gradient import (
    geometric_decay,
    vanishing_gradient,
    vanishing_step,
)
from derivations.recurrent.vanishing_gradient_evidence import carried, small_tanh_network
from verify import Claim, check

CLAIMS = [geometric_decay, vanishing_step, vanishing_gradient]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    whole = [each for each in found.hypotheses if each.weakened is None]
    assert {each.verdict for each in whole} == {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_a_perturbation_is_carried_by_slopes_and_weights() -> None:
    one, two, three = Fraction(1), Fraction(2), Fraction(3)
    assert carried([[one, two], [three, one]], [[two, three]], [one, one]) == [[1, 1], [8, 9]]


def test_no_random_network_passes_the_bound() -> None:
    for seed in range(50):
        rng = np.random.default_rng(seed)
        share, start = small_tanh_network(rng, {"d": 4, "t": 3, "delta": 0.8})
        assert share < start
