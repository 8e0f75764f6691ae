"""Networks of one and of two ReLUs, and points of [0, 1], for approximations of x²."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero, proper
from verify import World, real

p, r = real("p"), real("r")
x, y = real("x"), real("y")
c, u, w, b = real("c"), real("u"), real("w"), real("b")

Point = Mapping[str, Any]

#: Where the error of a network of one unit is looked for.
CANDIDATES = [Fraction(k, 12) for k in range(13)]


def two_points(random: Random) -> World:
    """Two numbers, of one sign or of both."""
    return World({p: nonzero(random), r: nonzero(random)})


def _network(bias: Any, weight: Any, slope: Any, shift: Any, point: Any) -> World:
    values = {c: bias, u: weight, w: slope, b: shift, x: point}
    return World(values, candidates={y: CANDIDATES})


def networks(random: Random) -> World:
    """A network near the best one of one unit, or any; x a fifth, a third, or any in [0, 1]."""
    special = Fraction(random.randint(0, 15), 15)
    point = random.choice((special, proper(random)))
    if random.random() < 0.5:
        any_four = [nonzero(random) for _ in range(4)]
        return _network(any_four[0], any_four[1], any_four[2], any_four[3], point)
    bias, weight = Fraction(1, 18) * (1 + proper(random)), Fraction(4, 3) * (1 + proper(random) / 8)
    return _network(bias, weight, 1, Fraction(-1, 3), point)


def at(value: int) -> Callable[[Random], World]:
    """The best network of one unit, and x at one value."""
    return lambda _: _network(Fraction(1, 18), Fraction(4, 3), 1, Fraction(-1, 3), value)


def no_bias(_: Random) -> World:
    """ReLU(y − 1/3), which is exact at 0."""
    return _network(0, 1, 1, Fraction(-1, 3), 0)


# -- simulation -------------------------------------------------------------------------------


def midpoints(rng: np.random.Generator, _: Point) -> tuple[Any, Any]:
    """max(·, 0) halfway between two numbers, and the mean of its values at them."""
    ends = rng.normal(0, 1, (2, 1000))
    return np.maximum(ends.mean(axis=0), 0), np.maximum(ends, 0).mean(axis=0)


def two_units(rng: np.random.Generator, _: Point) -> tuple[Any, Any]:
    """|network − x²| at random points, for the network of two units, and its bound."""
    inputs = rng.uniform(0, 1, 1000)
    hidden = np.maximum(np.stack([inputs - 0.2, inputs - 0.6]), 0)
    return np.abs(0.02 + 0.8 * hidden.sum(axis=0) - inputs**2), {}
