"""Inputs and scales of Swish, its values, and its slopes by complex steps."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.activations.slope_bounds_evidence import logistic, slope_of
from derivations.random_rationals import nonzero, positive
from verify import World, real

x, beta = real("x"), real("beta")

Point = Mapping[str, Any]
Sides = tuple[Any, Any]


def any_scale(random: Random) -> World:
    """x and β of either sign or 0."""
    numbers = [random.choice((Fraction(0), nonzero(random), nonzero(random))) for _ in range(2)]
    return World({x: numbers[0], beta: numbers[1]})


def growing(random: Random) -> World:
    """β ≥ 0, and x of either sign or 0."""
    point = random.choice((Fraction(0), nonzero(random), nonzero(random)))
    return World({x: point, beta: random.choice((Fraction(0), positive(random)))})


def large_scales(random: Random) -> World:
    """β > 0, now and then large, and x ≠ 0, now and then small."""
    scale, point = random.choice((1, 10)), random.choice((1, 10))
    return World({x: nonzero(random) / point, beta: scale * positive(random)})


def worst_place(_: Random) -> World:
    """β = 1, x = 5/4: near where Swish is furthest from ReLU, 0.278."""
    return World({x: Fraction(5, 4), beta: 1})


def steep_place(_: Random) -> World:
    """β = 1, x = 3: the slope is 1.088."""
    return World({x: 3, beta: 1})


def shrinking(_: Random) -> World:
    """β = −2, x = 1."""
    return World({x: 1, beta: -2})


def at_either_zero(random: Random) -> World:
    """x = 0 or β = 0."""
    if random.random() < 0.5:
        return World({x: 0, beta: nonzero(random)})
    return World({x: nonzero(random), beta: 0})


# -- simulation -------------------------------------------------------------------------------


def _draw(rng: np.random.Generator) -> Any:
    """Inputs, and scales > 0."""
    return rng.normal(0, 1, 1000), rng.exponential(2, 1000)


def distance(rng: np.random.Generator, _: Point) -> Sides:
    """|Swish − ReLU| at random inputs."""
    points, scales = _draw(rng)
    values = points * logistic(scales * points)
    return np.abs(values - np.maximum(points, 0)), {"x": points, "beta": scales}


def slope_distance(rng: np.random.Generator, _: Point) -> Sides:
    """How far the slope of Swish is from 1 on the right, and from 0 on the left."""
    points, scales = _draw(rng)
    slopes = slope_of(lambda u: u * logistic(scales * u), points)
    return np.abs(slopes - (points > 0)), {"x": points, "beta": scales}


def slope_at_zero(rng: np.random.Generator, _: Point) -> Sides:
    """The slope of Swish at 0, for random scales."""
    scales = rng.normal(0, 3, 1000)
    return slope_of(lambda u: u * logistic(scales * u), np.zeros(1000)), {"beta": scales}
