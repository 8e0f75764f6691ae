"""Values of networks that approximate x²: exact ones at one point, and whole ones in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero, positive, proper
from verify import World, index, real

N, x, a, h = real("N"), real("x"), real("a"), real("h")
next_value, next_end = real("N_next"), real("a_next")
M, S = index("M", 0, None), real("S", (0, None))

Point = Mapping[str, Any]


def positive_part(value: Any) -> Any:
    """max(value, 0)."""
    return max(value, Fraction(0))


# -- one unit more ----------------------------------------------------------------------------


def _at(point: Any, end: Any, half: Any, value: Any, slope: Any, length: Any) -> World:
    """N = value at x = point, where the pieces end at `end`; a unit of this slope is added."""
    grown = value + slope * half * positive_part(point - end)
    values = {x: point, a: end, h: half, N: value}
    return World({**values, next_value: grown, next_end: end + length * half})


def steps(slope: int = 4, length: int = 2) -> Callable[[Random], World]:
    """A value that is exact beyond the last piece, anything allowed before it."""

    def worlds(random: Random) -> World:
        end, half = nonzero(random), random.choice((Fraction(0), positive(random)))
        point = end + half * random.choice((-1, 0, 1, 2, 3, Fraction(3, 2)))
        excess = positive_part(point - end)
        low = point**2 - (half**2 / 2 + 2 * half * excess + excess**2)
        share = 0 if excess else random.choice((0, 1, proper(random)))
        return _at(point, end, half, low + share * half**2, slope, length)

    return worlds


def ends(random: Random) -> World:
    """As `steps`, with x before the end of the last piece."""
    found = steps()(random)
    return found if found.values[x] <= found.values[a] else ends(random)


def fixed(
    point: int, end: int, value: Any, *, half: int = 1, grown: Any = None, length: int = 2
) -> Callable[[Random], World]:
    """One world, by default with a unit of slope 4h; `grown`: another next value."""
    if grown is None:
        return lambda _: _at(point, end, half, value, 4, length)
    values = {x: point, a: end, h: half, N: value, next_value: grown, next_end: end + 2 * half}
    return lambda _: World(values)


# -- networks ---------------------------------------------------------------------------------


def heights(count: int, point: Any, units: int | None = None, bias: Any = None) -> list[Any]:
    """Values at one point with 0, 1, … units; all but the first `units` are left out."""
    half = Fraction(1, 2 * count + 1)
    values = [half**2 / 2 if bias is None else bias]
    for number in range(count + 1):
        there = units is None or number < units
        rise = 4 * half * positive_part(point - (2 * number + 1) * half)
        values.append(values[-1] + there * rise)
    return values


def _staircase(count: int, point: Any, units: int | None = None, bias: Any = None) -> World:
    return World({M: count, x: point, S: heights(count, point, units, bias)}, horizon=count)


def staircases(random: Random) -> World:
    """Up to three units; x in [0, 1], most often a kink or the middle of a piece."""
    count = random.randint(0, 3)
    special = Fraction(random.randint(0, 2 * count + 1), 2 * count + 1)
    return _staircase(count, random.choice((special, special, proper(random))))


def another_bias(_: Random) -> World:
    """No unit and the bias 5."""
    return _staircase(0, Fraction(0), bias=Fraction(5))


def unit_left_out(_: Random) -> World:
    """One unit, which is left out: 1/18 at x = 1."""
    return _staircase(1, Fraction(1), units=0)


def below_zero(_: Random) -> World:
    """No unit, x = −2."""
    return _staircase(0, Fraction(-2))


def beyond_one(_: Random) -> World:
    """No unit, x = 2."""
    return _staircase(0, Fraction(2))


# -- simulation -------------------------------------------------------------------------------


def best_network(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """|network − x²| at random points, for a network of M ReLUs, and what it may be at most."""
    count = point["M"]
    kinks = (2 * np.arange(count) + 1) / (2 * count + 1)
    inputs = rng.uniform(0, 1, 1000)
    hidden = np.maximum(inputs[:, None] - kinks, 0)
    network = hidden @ np.full(count, 4 / (2 * count + 1)) + 1 / (2 * (2 * count + 1) ** 2)
    return np.abs(network - inputs**2), {}
