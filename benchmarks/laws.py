"""Statistics with known mean and variance, from harmless to heavy-tailed.

The deep network is drawn through its layer-conditional reduction: given the layer below, the
entries of the next are independent normals of one variance, so ‖ReLU(z)‖² = q·χ²_B with
B ~ Binomial(n, ½), and z_L² is a product of independent factors, E[z_L⁴] = 3·(1 + 5/n)^(L−1).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Width and depth of the network, in He's scaling.
WIDTH, DEPTH = 10, 4
#: How often the rare value occurs.
RARE = 1 / 20


@dataclass(frozen=True)
class Law:
    """draw(rng, shape): iid draws with mean 1 and the stated variance, all of them >= 0.

    high: an upper end of the range; where there is none, what a draw exceeds with a chance of
    10⁻⁹ or so. detect: the relative error looked for when many suites are run. declared: the
    fraction of the variance that the test is told.
    """

    name: str
    draw: Callable[[np.random.Generator, tuple[int, ...]], Any]
    variance: float
    high: float
    detect: float
    declared: float = 1.0


def _indicator(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    return np.where(rng.random(shape) < 0.5, 2.0, 0.0)


def _rare(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    return np.where(rng.random(shape) < RARE, 1 / RARE, 0.0)


def _square(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    z = rng.standard_normal(shape)
    return np.asarray(np.square(z, out=z))


def _fourth_power(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    z = _square(rng, shape)
    return np.asarray(np.square(z, out=z)) / 3


def deep_network(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """z_L² of a ReLU network with `DEPTH` layers of `WIDTH` units, V[z_1] = 1."""
    found = _square(rng, shape)
    for _ in range(DEPTH - 1):
        alive = np.bitwise_count(rng.integers(0, 1 << WIDTH, shape, dtype=np.int64))
        found *= rng.standard_gamma(alive / 2.0) * (4 / WIDTH)
    return found


def full_network(rng: np.random.Generator, shape: tuple[int, ...]) -> Floats:
    """As `deep_network`, with every weight drawn."""
    z = rng.standard_normal((*shape, WIDTH))
    for layer in range(1, DEPTH):
        units = WIDTH if layer < DEPTH - 1 else 1
        weights = rng.standard_normal((*shape, units, WIDTH)) * np.sqrt(2 / WIDTH)
        z = (weights @ np.maximum(z, 0)[..., None])[..., 0]
    return np.asarray(z[..., 0] ** 2)


LAWS = (
    Law("2·1[z > 0]", _indicator, 1.0, 2.0, 0.12),
    Law("z²", _square, 2.0, 37.0, 0.17),
    Law("z⁴/3", _fourth_power, 32 / 3, 470.0, 0.4),
    Law("deep ReLU z²", deep_network, 3 * (1 + 5 / WIDTH) ** (DEPTH - 1) - 1, 500.0, 0.37),
    Law("1 in 20", _rare, 1 / RARE - 1, 1 / RARE, 0.53),
)

#: The test is told a quarter of the variance.
MISDECLARED = Law("z⁴/3, s²/4", _fourth_power, 32 / 3, 470.0, 0.2, declared=0.25)
