from typing import Any

import numpy as np
import pytest

from derivations.initialization.simulations import deep_network
from verify import Claim, crosscheck, models, random_variable, same_law

POINT = {"n": [2, 3, 4, 1], "v": [0.8, 0.5, 0.6], "layers": 3}
X, Y = random_variable("X"), random_variable("Y")


def lengths(rng: np.random.Generator, point: Any, size: int) -> Any:
    return deep_network.variances(rng, point, size, point["layers"])


def every_weight(rng: np.random.Generator, point: Any, size: int) -> Any:
    """v_L·‖a^{L−1}‖² of networks with the input (1, ..., 1)."""
    values = np.ones((point["n"][0], size))
    for layer in range(point["layers"] - 1):
        shape = (point["n"][layer + 1], point["n"][layer], size)
        weights = np.sqrt(point["v"][layer]) * rng.standard_normal(shape)
        values = np.maximum(np.einsum("rjs,js->rs", weights, values), 0)
    return point["v"][point["layers"] - 1] * np.einsum("js,js->s", values, values)


@pytest.mark.parametrize("layers", [2, 3])
def test_the_lengths_of_layers_have_the_law_of_those_of_full_networks(layers: int) -> None:
    thresholds = (0.0, 0.05, 0.3, 1.0, 3.0)
    claim = Claim(
        id="made_up.lengths",
        title="",
        states=same_law(X, Y),
        model=models.SameDistribution(lengths, every_weight, thresholds),
        points=[{**POINT, "layers": layers}],
    )
    assert crosscheck(claim, detect=0.02).verdict == "confirmed"


def test_nothing_is_random_below_the_first_layer() -> None:
    point = {**POINT, "layers": 1}
    assert set(lengths(np.random.default_rng(0), point, 10)) == {1.6}
    assert deep_network.variance_of_a_draw(point, 1) == 0
