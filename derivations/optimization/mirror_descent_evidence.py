"""Mirror steps on (0, 1): exact settings with points to try, and random ones in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.random_rationals import nonzero, positive, proper

Numbers = Mapping[str, Any]


class Setting(NamedTuple):
    """A slope, a weight λ > 0, a start in (0, 1), and points of (0, 1), the start among them."""

    slope: Fraction
    weight: Fraction
    start: Fraction
    points: list[Fraction]


def setting(random: Random) -> Setting:
    """The slope is never 0."""
    start = proper(random)
    points = [start, *(proper(random) for _ in range(12))]
    return Setting(nonzero(random), positive(random), start, points)


def data(rng: np.random.Generator, point: Numbers) -> Numbers:
    """A slope and a weight for the start that the point holds."""
    return {"g": rng.normal(0, 2), "lambda": rng.uniform(0.5, 3)}


def objective(data: Numbers, x: Any) -> float:
    """The linear term and λ times the relative entropy of (x, 1 − x) to (x₀, 1 − x₀)."""
    here, start = np.array([x, 1 - x]), np.array([data["x_0"], 1 - data["x_0"]])
    entropy = np.sum(here * np.log(here / start))
    return float(data["g"] * (x - data["x_0"]) + data["lambda"] * entropy)


def excess(data: Numbers, x: Any) -> float:
    """By how much x is outside (0, 1)."""
    return float(max(-x, x - 1))


def feasible(rng: np.random.Generator, data: Numbers, count: int) -> Any:
    """Points of (0, 1), many near its ends; shape (count,)."""
    return rng.beta(0.7, 0.7, count).clip(1e-9, 1 - 1e-9)


def solve(data: Numbers) -> Any:
    """The minimiser by Brent's method."""
    from scipy.optimize import minimize_scalar

    found = minimize_scalar(
        lambda x: objective(data, x), bounds=(0, 1), method="bounded", options={"xatol": 1e-10}
    )
    return found.x


def reweighted(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The weights x₀ and 1 − x₀ of two options, the first multiplied by e^{−g/λ}, normalised;
    and the numbers it was computed from.
    """
    drawn = {**point, **data(rng, point)}
    weights = np.array([drawn["x_0"], 1 - drawn["x_0"]])
    weights[0] *= np.exp(-drawn["g"] / drawn["lambda"])
    return float(weights[0] / weights.sum()), drawn


def objective_at_random(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The objective at a random point of (0, 1), from its definition; and the numbers."""
    drawn = {**point, **data(rng, point), "x": rng.uniform(0.05, 0.95)}
    return objective(drawn, drawn["x"]), drawn
