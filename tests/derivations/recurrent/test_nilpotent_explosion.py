import numpy as np
import pytest

from derivations.recurrent.nilpotent_explosion import nilpotent_explosion
from derivations.recurrent.nilpotent_explosion_evidence import relu_network
from verify import check


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(nilpotent_explosion)
    assert found.ok, found.problems
    whole = [each for each in found.hypotheses if each.weakened is None]
    assert {each.verdict for each in whole} == {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_the_gradient_of_the_network_of_two_units_doubles() -> None:
    weights = np.array([2.0, -2.0])
    jacobian = np.eye(2)
    for steps in range(1, 6):
        jacobian = np.outer(weights, [1, 0]) @ jacobian
        assert np.linalg.norm(jacobian, 2) == pytest.approx(np.sqrt(2) * 2**steps)


def test_the_simulated_network_has_weights_that_sum_to_zero() -> None:
    _, made_of = relu_network(np.random.default_rng(0), {"d": 5, "n": 2})
    assert np.sum(made_of["r"]) == pytest.approx(0)
