from fractions import Fraction

import numpy as np
import pytest

from derivations.initialization.backprop import backprop_layer, backprop_product
from derivations.initialization.simulations import backprop as simulation
from verify import Claim, check


@pytest.mark.slow
@pytest.mark.parametrize(
    ("claim", "verdict"),
    [(backprop_layer, "used"), (backprop_product, "needed")],
    ids=lambda each: getattr(each, "id", each),
)
def test_everything_asked_of_the_claim_holds(claim: Claim, verdict: str) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} == {verdict}
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_a_product_grows_by_a_layer_at_its_left() -> None:
    one, two, three = Fraction(1), Fraction(2), Fraction(3)
    weights = [[[one, two]], [[three], [one]]]
    slopes = [[two, three], [two]]
    assert simulation.products(weights, slopes) == [
        [[1, 0], [0, 1]],
        [[2, 6]],
        [[12, 36], [4, 12]],
    ]


def test_complex_steps_give_gradients_to_the_last_digits() -> None:
    at = np.array([[0.3, -1.2], [2.0, 0.7]])
    found = simulation.complex_step(lambda x: np.exp(x).sum() * x[0, 0], at)
    exact = np.exp(at) * at[0, 0]
    exact[0, 0] += np.exp(at).sum()
    np.testing.assert_allclose(found, exact, rtol=1e-14)
