"""Random numbers and NumPy programs for affine changes of the sigmoid and the ReLU."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero
from verify import World, real

# The names of sigmoid_affine.py: declared alike, they are the same names.
x, alpha, beta, c, gamma = map(real, ("x", "alpha", "beta", "c", "gamma"))

Numbers = Mapping[str, Any]


def anywhere(random: Random) -> World:
    """x of either sign, never 0."""
    return World({x: nonzero(random)})


def near_zero(random: Random) -> World:
    """x in (−2, 2), never 0."""
    return World({x: nonzero(random) / 3})


def far(value: int) -> Any:
    """x at one value."""
    return lambda _: World({x: value})


def shifted_relu(random: Random) -> World:
    """α·ReLU(βx + c) + γ, and points on either side of its kink."""
    slope, offset = nonzero(random), random.choice([-1, 0, 1]) * nonzero(random)
    kink = -offset / slope
    return World(
        {alpha: nonzero(random), beta: slope, c: offset, gamma: random.choice([0, 1, -2])},
        candidates={x: [kink + distance for distance in (-9, -4, -1, 0, 1, 4, 9)]},
    )


def odd_at(value: int) -> Any:
    """ReLU(x) − value/2 is value/2 at x = value, and −value/2 at −value."""
    numbers = {alpha: 1, beta: 1, c: 0, gamma: Fraction(-value, 2)}
    return lambda _: World(numbers, candidates={x: [value]})


def tanh_from_sigmoid(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """2/(1 + e^(−2x)) − 1 at random x."""
    value = float(rng.normal(0, 2))
    return 2 / (1 + float(np.exp(-2 * value))) - 1, {"x": value}


def centred_sigmoid(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """4/(1 + e^(−x)) − 2 at random x in (−2, 2)."""
    value = float(rng.uniform(-2, 2))
    return 4 / (1 + float(np.exp(-value))) - 2, {"x": value}
