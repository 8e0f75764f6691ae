"""Simulations of independent discrete variables, with the exact variance of what is drawn.

A point gives a list of laws (values, probabilities), one for each variable; `value` computes the
quantity of interest from an array with one column a variable. Draws are independent; variances
of a draw come from listing all outcomes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from verify import models

Floats = NDArray[np.float64]
Point = Mapping[str, Any]
Law: TypeAlias = tuple[Sequence[float], Sequence[float]]
Laws = Callable[[Point], Sequence[Law]]
Value = Callable[[Point, Floats], Floats]
Known = Callable[[Point], Mapping[Any, Any]]


def skewed(centre: float, variance: float) -> Law:
    """Two values with the given mean and variance; the upper one has probability 1/5."""
    spread = float(np.sqrt(variance))
    return (centre - spread / 2, centre + 2 * spread), (0.8, 0.2)


def signs(size: float) -> Law:
    """±size with probability 1/2 each."""
    return (-size, size), (0.5, 0.5)


def symmetric(variance: float) -> Law:
    """±r and ±3r with probabilities 9/20 and 1/20 each: symmetric, of the given variance."""
    r = float(np.sqrt(variance / 1.8))
    return (-3 * r, -r, r, 3 * r), (0.05, 0.45, 0.45, 0.05)


def drawn(rng: np.random.Generator, laws: Sequence[Law], size: int) -> Floats:
    """An array (size, number of laws) of independent draws, each column in one piece."""
    columns = rng.random((len(laws), size))
    first = 0
    for (values, weights), alike in groupby(laws):
        part = columns[first : first + len(list(alike))]
        first += len(part)
        # Comparing is many times faster than a search where there are few values.
        bounds = np.cumsum(weights)[:-1]
        if len(values) == 2:
            np.greater_equal(part, bounds[0], out=part)
            part *= values[1] - values[0]
            part += values[0]
        else:
            which = np.zeros(part.shape, dtype=np.uint8)
            for bound in bounds:
                which += (part >= bound).view(np.uint8)
            part[:] = np.asarray(values, dtype=float)[which]
    return columns.T


def listed(laws: Sequence[Law]) -> tuple[Floats, Floats]:
    """All outcomes (count, number of laws), and their probabilities (count,)."""
    values = np.meshgrid(*(np.asarray(law[0], dtype=float) for law in laws), indexing="ij")
    weights = np.meshgrid(*(np.asarray(law[1], dtype=float) for law in laws), indexing="ij")
    return np.stack([v.ravel() for v in values], axis=1), np.prod([w.ravel() for w in weights], 0)


def mean_model(laws: Laws, value: Value, known: Known | None = None) -> models.Mean:
    """The mean of `value`."""

    def draw(rng: np.random.Generator, point: Point, size: int) -> Floats:
        return value(point, drawn(rng, laws(point), size))

    def variance(point: Point) -> float:
        outcomes, weights = listed(laws(point))
        values = value(point, outcomes)
        return float(weights @ (values - weights @ values) ** 2)

    return models.Mean(draw, variance, known=known)


def variance_model(laws: Laws, value: Value, known: Known | None = None) -> models.Mean:
    """The variance of `value`, as the mean of (y − y')²/2 over independent copies y, y'."""

    def draw(rng: np.random.Generator, point: Point, size: int) -> Floats:
        first, second = (value(point, drawn(rng, laws(point), size)) for _ in range(2))
        return np.asarray((first - second) ** 2 / 2)

    def variance(point: Point) -> float:
        outcomes, weights = listed(laws(point))
        values = value(point, outcomes)
        centred = values - weights @ values
        return float(weights @ centred**4 + (weights @ centred**2) ** 2) / 2

    return models.Mean(draw, variance, known=known)
