"""Points, layers and difference quotients of sigmoid and tanh."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero
from verify import Rational, World, real, sigmoid, tanh

x, z, P = real("x"), real("z", (1, None)), real("P", (0, None))

#: Layers of a world.
DEPTH = 4

Point = Mapping[str, Any]
Sides = tuple[Any, Any]


def anywhere(random: Random) -> World:
    """x = 0, or of either sign."""
    return World({x: random.choice((0, nonzero(random), nonzero(random)))})


def at(value: int) -> Callable[[Random], World]:
    """x at one value."""
    return lambda _: World({x: value})


def _layers(random: Random, slope: Callable[[Any], Any]) -> World:
    inputs = [random.choice((0, nonzero(random))) for _ in range(DEPTH)]
    products = [Rational(1)]
    for value in inputs:
        products.append(products[-1] * slope(value))
    return World({z: inputs, P: products}, horizon=DEPTH)


def layers(random: Random) -> World:
    """Products of slopes of the sigmoid at random points."""
    return _layers(random, lambda u: sigmoid(u) * (1 - sigmoid(u)))


def tanh_layers(random: Random) -> World:
    """Products of slopes of tanh."""
    return _layers(random, lambda u: 1 - tanh(u) ** 2)


def another_start(_: Random) -> World:
    """P₀ = 2, above 1."""
    return World({z: [], P: [2]}, horizon=0)


def another_product(_: Random) -> World:
    """P₁ = P₀ = 1, above ¼."""
    return World({z: [0], P: [1, 1]}, horizon=1)


# -- simulation -------------------------------------------------------------------------------


def logistic(u: Any) -> Any:
    """1/(1 + e^{−u})."""
    return 1 / (1 + np.exp(-u))


def slope_of(function: Callable[[Any], Any], u: Any) -> Any:
    """The derivative by a complex step, which does not cancel."""
    step = 1e-20
    return function(u + 1j * step).imag / step


def sigmoid_quotients(rng: np.random.Generator, _: Point) -> Sides:
    """Slopes of the sigmoid, and what they may be at most."""
    return slope_of(logistic, rng.normal(0, 1, 1000)), {}


def tanh_quotients(rng: np.random.Generator, _: Point) -> Sides:
    """Slopes of tanh, and what they may be at most."""
    return slope_of(np.tanh, rng.normal(0, 1, 1000)), {}


def chain_of_sigmoids(rng: np.random.Generator, point: Point) -> Sides:
    """The slope of t layers, each of which adds a number and applies the sigmoid, and its bound."""
    shifts = rng.normal(0, 1, (point["t"], 1000))

    def network(signal: Any) -> Any:
        for shift in shifts:
            signal = logistic(signal + shift)
        return signal

    return slope_of(network, rng.normal(0, 1, 1000)), {}
