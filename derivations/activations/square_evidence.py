"""Points of [0, 1] and networks in NumPy, for approximations of x²."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero, proper
from verify import World, real

x, y = real("x"), real("y")
alpha, beta = real("alpha"), real("beta")

Point = Mapping[str, Any]
Sides = tuple[Any, Any]


def in_unit_interval(random: Random) -> World:
    """x in [0, 1]: a tenth, so that kinks and ends come up, or any fraction."""
    tenth = Fraction(random.randint(0, 10), 10)
    return World({x: random.choice((tenth, proper(random)))})


def at(value: Any) -> Callable[[Random], World]:
    """x at one value."""
    return lambda _: World({x: value})


def hidden_layer(
    inputs: Any, weights: list[float], biases: list[float], output: list[float]
) -> Any:
    """W₂·max(W₁x + b₁, 0), for inputs of shape (points,)."""
    hidden = np.maximum(np.outer(inputs, weights) + np.asarray(biases), 0)
    return hidden @ np.asarray(output)


def three_relus(rng: np.random.Generator, point: Point) -> Sides:
    """|g(x) − x²| at random x, and what it may be at most."""
    inputs = rng.uniform(0, 1, 1000)
    net = hidden_layer(inputs, [0.2, 0.6, 0.8], [0, -0.12, -0.48], [1, 1, 1])
    return np.abs(net - inputs**2), {}


# -- lines ------------------------------------------------------------------------------------

#: Where an error is looked for: twelfths, ends and middle among them.
CANDIDATES = [Fraction(k, 12) for k in range(13)]


def _line(slope: Any, offset: Any, point: Any) -> World:
    return World({alpha: slope, beta: offset, x: point}, candidates={y: CANDIDATES})


def lines(random: Random) -> World:
    """A line near x − 1/8, and x in [0, 1]: an end, the middle, or any fraction."""
    slope, offset = 1 + nonzero(random) / 8, Fraction(-1, 8) + nonzero(random) / 8
    special = random.choice((Fraction(0), Fraction(1, 2), Fraction(1)))
    return _line(slope, offset, random.choice((special, proper(random))))


def line(slope: int, offset: int, point: int = 0) -> Callable[[Random], World]:
    """One line, and x at one value."""
    return lambda _: _line(slope, offset, point)


def best_line(rng: np.random.Generator, _: Point) -> Sides:
    """The error of the line through the values of x² at the Chebyshev points, and its bound."""
    nodes = (1 + np.sqrt(0.5) * np.array([-1, 1])) / 2
    inputs = rng.uniform(0, 1, 1000)
    return np.abs(inputs**2 - np.polyval(np.polyfit(nodes, nodes**2, 1), inputs)), {}
