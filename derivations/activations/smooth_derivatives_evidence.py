"""Points for smooth activation functions, and their slopes by complex steps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import numpy as np

from derivations.activations.slope_bounds_evidence import logistic, slope_of
from derivations.random_rationals import nonzero
from verify import World, real

x, beta = real("x"), real("beta")

Point = Mapping[str, Any]
Sides = tuple[Any, Any]


def anywhere(random: Random) -> World:
    """x of either sign."""
    return World({x: nonzero(random)})


def any_scale(random: Random) -> World:
    """x and β of either sign."""
    return World({x: nonzero(random), beta: nonzero(random)})


# -- simulation -------------------------------------------------------------------------------


def _slope(function: Callable[[Any], Any], rng: np.random.Generator) -> Sides:
    """The slope at a random input, and that input."""
    u = rng.normal(0, 1)
    return slope_of(function, u), {"x": u}


def sigmoid_slope(rng: np.random.Generator, _: Point) -> Sides:
    """Of 1/(1 + e^{−u})."""
    return _slope(logistic, rng)


def tanh_slope(rng: np.random.Generator, _: Point) -> Sides:
    """Of (e^u − e^{−u})/(e^u + e^{−u})."""
    return _slope(lambda u: np.sinh(u) / np.cosh(u), rng)


def swish_slope(rng: np.random.Generator, _: Point) -> Sides:
    """Of u/(1 + e^{−βu}), for a random β."""
    scale = rng.normal(0, 1)
    slope, values = _slope(lambda u: u * logistic(scale * u), rng)
    return slope, {**values, "beta": scale}


def mish_slope(rng: np.random.Generator, _: Point) -> Sides:
    """Of u·tanh(log(1 + e^u))."""
    return _slope(lambda u: u * np.tanh(np.log(1 + np.exp(u))), rng)
