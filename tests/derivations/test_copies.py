from itertools import product

import numpy as np
import pytest

from derivations import copies as module
from derivations.copies import sample_variances, variance_of_sample_variance

#: A skewed law.
VALUES, WEIGHTS = np.array([-1.0, 0.5, 4.0]), np.array([0.5, 0.3, 0.2])


@pytest.fixture(params=[2, 3, 5])
def copies(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> int:
    monkeypatch.setattr(module, "COPIES", request.param)
    return int(request.param)


def test_over_all_outcomes_the_mean_is_the_variance_and_the_variance_is_as_stated(
    copies: int,
) -> None:
    outcomes = np.array(list(product(range(3), repeat=copies)))
    chances = np.prod(WEIGHTS[outcomes], axis=1)
    found = sample_variances(VALUES[outcomes].T.ravel())
    centred = VALUES - WEIGHTS @ VALUES
    second, fourth = float(WEIGHTS @ centred**2), float(WEIGHTS @ centred**4)
    assert chances @ found == pytest.approx(second)
    assert chances @ (found - second) ** 2 == pytest.approx(
        variance_of_sample_variance(second, fourth)
    )


def test_a_large_mean_costs_no_precision() -> None:
    drawn = np.random.default_rng(0).standard_normal(module.COPIES * 10)
    assert sample_variances(drawn + 1e6) == pytest.approx(sample_variances(drawn), rel=1e-8)
