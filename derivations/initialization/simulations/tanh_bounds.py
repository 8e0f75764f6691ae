"""Points of the line, and tanh from its definition by exponentials."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero, positive
from verify import World, real

x, m, M = real("x"), real("m"), real("M")

Point = Mapping[str, Any]
Sides = tuple[float, dict[str, float]]


def _line(random: Random) -> list[Fraction]:
    """0, and points of either sign: near 0, about 1, and far away."""
    near = [positive(random) / 9, -positive(random) / 9]
    about = [Fraction(random.randint(4, 8), 6), -Fraction(random.randint(4, 8), 6)]
    far = [5 * positive(random), -3 * positive(random)]
    return [Fraction(0), *near, *about, *far, *(nonzero(random) for _ in range(15))]


def real_line(random: Random) -> World:
    """Points to try for x."""
    return World({}, candidates={x: _line(random)})


def touching(random: Random) -> World:
    """A tangent at m > −1, a square in half of the draws; x is tried at its root too."""
    root = positive(random)
    where = random.choice([root**2, root**2, positive(random), -positive(random) / 5])
    return World({m: where}, candidates={x: [*_line(random), root]})


def two_sizes(random: Random) -> World:
    """M > 0, and x at 0 and ±M among other points."""
    size = positive(random)
    return World({M: size}, candidates={x: [*_line(random), size, -size]})


# -- simulation -------------------------------------------------------------------------------


def by_exponentials(value: float) -> float:
    """(e^(2x) − 1)/(e^(2x) + 1), without cancellation near 0."""
    excess = float(np.expm1(2 * value))
    return excess / (excess + 2)


def _beyond_zero(rng: np.random.Generator) -> float:
    """Of any size between 10⁻³ and 10."""
    return float(10 ** rng.uniform(-3, 1))


def mirrored(rng: np.random.Generator, _: Point) -> Sides:
    """tanh(−x) at a random x of either sign."""
    value = float(rng.choice([-1, 1])) * _beyond_zero(rng)
    return by_exponentials(-value), {"x": value}


def first_power(rng: np.random.Generator, _: Point) -> Sides:
    """tanh(x) at a random x > 0."""
    value = _beyond_zero(rng)
    return by_exponentials(value), {"x": value}


def second_power(rng: np.random.Generator, _: Point) -> Sides:
    """tanh(x)² at a random x > 0."""
    value = _beyond_zero(rng)
    return by_exponentials(value) ** 2, {"x": value}


def third_power(rng: np.random.Generator, _: Point) -> Sides:
    """tanh(x)³ at a random x > 0."""
    value = _beyond_zero(rng)
    return by_exponentials(value) ** 3, {"x": value}


def square_and_tangent(rng: np.random.Generator, _: Point) -> Sides:
    """tanh(x)² at a random x, and the point m of a tangent."""
    value = _beyond_zero(rng)
    return by_exponentials(value) ** 2, {"x": value, "m": _beyond_zero(rng)}


def square_and_size(rng: np.random.Generator, _: Point) -> Sides:
    """tanh(x)² at a random x, and another size M."""
    value = _beyond_zero(rng)
    return by_exponentials(value) ** 2, {"x": value, "M": _beyond_zero(rng)}
