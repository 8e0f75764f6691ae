"""Slopes and boxes |Δ_i| ≤ ε: exact ones with some of their points, and random ones in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.random_rationals import nonzero, positive, proper

Numbers = Mapping[str, Any]


class Box(NamedTuple):
    """A slope, a radius, and points of the box: its corners, its centre and some inside."""

    size: int
    slope: list[Fraction]
    radius: Fraction
    points: list[list[Fraction]]


def steep_box(random: Random) -> Box:
    """No entry of the slope is 0."""
    size = random.randint(1, 3)
    return _box(random, [nonzero(random) for _ in range(size)])


def flat_box(random: Random) -> Box:
    """At least two entries, of which one or more are 0 and one or more are not."""
    slope = [Fraction(0), nonzero(random)]
    slope += [random.choice((Fraction(0), nonzero(random)))] * random.randint(0, 1)
    random.shuffle(slope)
    return _box(random, slope)


def any_box(random: Random) -> Box:
    """Steep or flat."""
    return random.choice((steep_box, flat_box))(random)


def _box(random: Random, slope: list[Fraction]) -> Box:
    size, radius = len(slope), positive(random)
    corners = [list(corner) for corner in product((-radius, radius), repeat=size)]
    inside = [[radius * (2 * proper(random) - 1) for _ in slope] for _ in range(8)]
    return Box(size, slope, radius, [*corners, [Fraction(0)] * size, *inside])


def steep(rng: np.random.Generator, point: Numbers) -> Numbers:
    """A slope of shape (n,) without small entries, and a radius."""
    slope = rng.choice((-1.0, 1.0), point["n"]) * rng.uniform(0.2, 2, point["n"])
    return {"g": slope, "epsilon": rng.uniform(0.5, 2)}


def partly_flat(rng: np.random.Generator, point: Numbers) -> Numbers:
    """As `steep`, but about a third of the entries of the slope are 0."""
    found = steep(rng, point)
    return {**found, "g": found["g"] * (rng.random(point["n"]) < 2 / 3)}


def objective(data: Numbers, step: Any) -> float:
    """⟨g, step⟩."""
    return float(data["g"] @ step)


def excess(data: Numbers, step: Any) -> float:
    """By how much the step leaves the box."""
    return float(np.max(np.abs(step)) - data["epsilon"])


def feasible(rng: np.random.Generator, data: Numbers, count: int) -> Any:
    """Points of the box, half of them on its edges; shape (count, n)."""
    inside = rng.uniform(-1, 1, (count, data["n"]))
    inside[::2] = np.clip(3 * inside[::2], -1, 1)
    return data["epsilon"] * inside


def solve(data: Numbers) -> Any:
    """The best step by linear programming."""
    from scipy.optimize import linprog

    return linprog(data["g"], bounds=(-data["epsilon"], data["epsilon"])).x
