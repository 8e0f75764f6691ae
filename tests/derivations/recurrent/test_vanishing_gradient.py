from fractions import Fraction

import numpy as np
import pytest

from derivations.recurrent.vanishing_gradient import (
    geometric_decay,
    gradient_bound,
    vanishing_gradient,
)
from derivations.recurrent.vanishing_gradient_evidence import carried, tanh_network
from verify import Claim, check
from verify.testing import assert_proved


def assert_everything_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    whole = [each for each in found.hypotheses if each.weakened is None]
    assert {each.verdict for each in whole} == {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_everything_asked_of_the_geometric_decay_holds() -> None:
    assert_everything_holds(geometric_decay)


def test_gradients_are_proved_to_vanish() -> None:
    assert_proved(vanishing_gradient)


@pytest.mark.slow
@pytest.mark.parametrize("claim", [gradient_bound, vanishing_gradient], ids=lambda each: each.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    assert_everything_holds(claim)


def test_a_perturbation_is_carried_by_slopes_and_weights() -> None:
    one, two, three = Fraction(1), Fraction(2), Fraction(3)
    assert carried([[one, two], [three, one]], [[two, three]], [one, one]) == [[1, 1], [8, 9]]


def test_the_bound_is_attained_by_no_random_network_but_never_passed() -> None:
    point = {"d": 4, "t": 3}
    for seed in range(50):
        squared, made_of = tanh_network(np.random.default_rng(seed), point)
        start = np.sum(made_of["v"][0] ** 2)
        assert squared < made_of["omega"] ** 6 * start
