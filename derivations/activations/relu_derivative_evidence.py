"""Points, steps and lines at the kink of ReLU, and slopes by symmetric differences."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero, positive, proper
from verify import World, real

x, y, a = real("x"), real("y"), real("a")
g, h = real("g"), real("h")

Point = Mapping[str, Any]
Sides = tuple[Any, Any]


def anywhere(random: Random) -> World:
    """x of either sign."""
    return World({x: nonzero(random)})


def any_leak(random: Random) -> World:
    """x and a slope on the left, of either sign."""
    return World({x: nonzero(random), a: nonzero(random)})


def slopes_and_steps(random: Random) -> World:
    """A step to the right, and a number g between the slopes or beyond them."""
    return World({h: positive(random), g: random.choice((proper(random), nonzero(random)))})


def backward_step(_: Random) -> World:
    """h = −1, g = 0."""
    return World({h: -1, g: 0})


def leaks_and_steps(random: Random) -> World:
    """As `slopes_and_steps`, with a slope on the left that is now and then 1, and a point."""
    leak = random.choice((Fraction(1), proper(random), nonzero(random)))
    number = random.choice(((1 + leak) / 2, nonzero(random)))
    return World({h: positive(random), g: number, a: leak, x: nonzero(random)})


def leaky_backward_step(_: Random) -> World:
    """h = −1, g = 0, with the slope 2 on the left."""
    return World({h: -1, g: 0, a: 2, x: 1})


def lines(random: Random) -> World:
    """A line through 0, and a point, now and then 0.

    In half of the draws the slope is beyond 0 or 1, most often on the side where the line is above.
    """
    share, point = proper(random), nonzero(random)
    if random.random() < 0.5:
        slope = random.choice((-share, 1 + share))
        return World(
            {g: slope, y: random.choice((point, abs(point) if slope > 1 else -abs(point)))}
        )
    slope = random.choice((Fraction(0), Fraction(1), share))
    return World({g: slope, y: random.choice((Fraction(0), point, point))})


# -- simulation -------------------------------------------------------------------------------


def _leaky(u: Any, leak: Any) -> Any:
    return np.where(u < 0, leak * u, u)


def _slope(u: Any, leak: Any) -> Any:
    """By a symmetric difference that does not reach 0: exact, but for rounding."""
    step = np.abs(u) / 2
    return (_leaky(u + step, leak) - _leaky(u - step, leak)) / (2 * step)


def relu_slope(rng: np.random.Generator, _: Point) -> Sides:
    """Slopes of ReLU at random points, and these points."""
    points = rng.normal(0, 1, 1000)
    return _slope(points, 0), {"x": points}


def leaky_slope(rng: np.random.Generator, _: Point) -> Sides:
    """Slopes of a leaky ReLU at random points; its own on the left."""
    points, leak = rng.normal(0, 1, 1000), rng.normal(0, 1)
    return _slope(points, leak), {"x": points, "a": leak}


def _distances(rng: np.random.Generator, leak: Any) -> Sides:
    """|quotient − g| at 0, added up over a step to the right and one to the left."""
    step, number = rng.exponential(1, 1000), rng.normal(0, 1, 1000)
    quotients = np.stack([_leaky(s, leak) / s for s in (step, -step)])
    return np.abs(quotients - number).sum(axis=0), {"a": leak}


def distances(rng: np.random.Generator, _: Point) -> Sides:
    """Of ReLU."""
    return _distances(rng, 0)


def leaky_distances(rng: np.random.Generator, _: Point) -> Sides:
    """Of a leaky ReLU."""
    return _distances(rng, rng.normal(0, 1))


def line_below(rng: np.random.Generator, _: Point) -> Sides:
    """ReLU at random points, and lines of random slopes between 0 and 1."""
    points = rng.normal(0, 1, 1000)
    return np.maximum(points, 0), {"y": points, "g": rng.uniform(0, 1, 1000)}
