"""Deep ReLU networks with normal weights, of which only the lengths of the layers are drawn.

Given the layer a below, the units of the next are independent and N(0, v·‖a‖²). A fair coin says of
each whether it is active, and the squares of K active ones add up to v·‖a‖² times a chi-square
variable with K degrees. So a network of any width takes two draws a layer; the tests compare its
law with that of networks every weight of which is drawn.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Point = Mapping[str, Any]


def variances(rng: np.random.Generator, point: Point, size: int, layers: int) -> Floats:
    """Draws of v_L·‖a^{L−1}‖²: the variance of a unit of layer L given the layers below.

    Its mean is V[z^L], the mean of z^L given those layers being 0. Inputs have Σ x_j² = n₀; up to
    62 units a layer.
    """
    factors = [2 * variance for variance in point["v"][: layers - 1]]
    found = np.full(size, float(np.prod(factors) * point["v"][layers - 1] * point["n"][0]))
    for width in point["n"][1:layers]:
        active = np.bitwise_count(rng.integers(0, 1 << width, size, dtype=np.int64))
        found *= rng.standard_gamma(active / 2.0)
    return found


def variance_of_a_draw(point: Point, layers: int) -> float:
    """For n units, (Σ ReLU(g_j)²)² has the mean 3n/2 + n(n − 1)/4, the sum itself n/2."""
    mean = float(point["v"][layers - 1] * point["n"][0])
    square = mean**2
    for width, variance in zip(point["n"][1:layers], point["v"], strict=False):
        mean *= variance * width / 2
        square *= variance**2 * (1.5 * width + width * (width - 1) / 4)
    return square - mean**2
