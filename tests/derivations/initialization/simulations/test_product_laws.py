import numpy as np
import pytest

from derivations.initialization.simulations import product_laws as products

LAWS = [
    products.skewed(0.4, 2.0),
    products.signs(1.5),
    products.symmetric(0.7),
    products.uniform(2.0),
]


def test_laws_have_the_mean_and_the_variance_asked_for() -> None:
    for law, mean, variance in zip(LAWS, (0.4, 0, 0, 0), (2.0, 2.25, 0.7, 4 / 3), strict=True):
        assert sum(law.weights) == pytest.approx(1)
        assert law.moment(1) == pytest.approx(mean)
        assert law.moment(2) - law.moment(1) ** 2 == pytest.approx(variance)


@pytest.mark.parametrize("power", range(6))
def test_the_nodes_of_a_uniform_law_give_the_moments_of_either_half(power: int) -> None:
    law = products.uniform(2.0)
    above = sum(w * x**power for x, w in zip(law.values, law.weights, strict=True) if x > 0)
    assert above == pytest.approx(2.0**power / (power + 1) / 2)
    assert law.moment(power) == pytest.approx((1 + (-1) ** power) * above)
    whole = products.uniform(2.0, smooth=True)
    assert len(whole.values) == 3
    assert whole.moment(power) == pytest.approx(law.moment(power))


def test_what_is_drawn_has_the_laws_in_their_order() -> None:
    laws = [LAWS[0], LAWS[0], LAWS[3], LAWS[1]]
    drawn = products.drawn(np.random.default_rng(0), laws, 2000)
    assert drawn.shape == (2000, 4)
    for column, law in ((0, laws[0]), (1, laws[1]), (3, laws[3])):
        assert list(np.unique(drawn[:, column])) == pytest.approx(sorted(law.values))
    assert np.all(np.abs(drawn[:, 2]) < 2)
    assert len(np.unique(drawn[:, 2])) == 2000


def test_all_outcomes_are_listed_with_their_probabilities() -> None:
    outcomes, weights = products.listed([LAWS[1], LAWS[2]])
    assert outcomes.shape == (12, 2)
    assert weights.sum() == pytest.approx(1)
    assert weights @ products.dot(outcomes, outcomes) == pytest.approx(2.25 + 0.7)
