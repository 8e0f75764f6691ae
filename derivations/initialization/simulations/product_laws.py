"""Simulations of independent variables, with the exact variance of what is drawn.

A point gives a list of laws, one for each variable; `value` computes the quantity of interest from
an array with one column a variable. Variances of a draw come from listing outcomes: all of them
for a law of two values; for a uniform law three nodes of the rule of Gauss and Legendre, on either
side of 0 or (`smooth`) in all, which give the moments up to the fifth of both halves, or of the
whole, exactly. That is enough for a `value` that is, in each uniform variable, and on either side
of 0 or throughout, a polynomial of degree 1 (its variance is simulated) or 2 (its mean).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import sqrt
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.copies import COPIES, averages, sample_variances, variance_of_sample_variance
from verify import models

Floats = NDArray[np.float64]
Point = Mapping[str, Any]


@dataclass(frozen=True)
class Law:
    """Values and their probabilities.

    With a `width` the law that is drawn is uniform on (−width, width), and the values stand for it.
    """

    values: Sequence[float]
    weights: Sequence[float]
    width: float = 0.0

    def moment(self, power: int) -> float:
        """The mean of this power, up to the fifth."""
        return float(np.asarray(self.weights) @ np.asarray(self.values) ** power)


Laws = Callable[[Point], Sequence[Law]]
Value = Callable[[Point, Floats], Floats]
Known = Callable[[Point], Mapping[Any, Any]]


def skewed(centre: float, variance: float) -> Law:
    """Two values with the given mean and variance; the upper one has probability 1/3."""
    low, high = sqrt(variance / 2), sqrt(2 * variance)
    return Law((centre - low, centre + high), (2 / 3, 1 / 3))


def signs(size: float) -> Law:
    """±size with probability 1/2 each."""
    return Law((-size, size), (0.5, 0.5))


def uniform(width: float, *, smooth: bool = False) -> Law:
    """The uniform law on (−width, width)."""
    nodes, weights = (-sqrt(3 / 5), 0.0, sqrt(3 / 5)), (5 / 18, 8 / 18, 5 / 18)
    if smooth:
        return Law([width * node for node in nodes], weights, width)
    halves = [width * (node + side) / 2 for side in (-1, 1) for node in nodes]
    return Law(halves, [weight / 2 for weight in weights * 2], width)


def symmetric(variance: float) -> Law:
    """The uniform law about 0 of the given variance."""
    return uniform(sqrt(3 * variance))


def drawn(rng: np.random.Generator, laws: Sequence[Law], size: int) -> Floats:
    """An array (size, number of laws) of independent draws, each column in one piece."""
    columns = rng.random((len(laws), size))
    first = 0
    for law, alike in groupby(laws):
        part = columns[first : first + len(list(alike))]
        first += len(part)
        if law.width:
            part -= 0.5
            part *= 2 * law.width
        elif law == signs(law.values[1]):
            part -= 0.5
            np.copysign(law.values[1], part, out=part)
        else:
            (low, high), (bound, _) = law.values, law.weights
            np.greater_equal(part, bound, out=part)
            part *= high - low
            part += low
    return columns.T


def dot(left: Floats, right: Floats) -> Floats:
    """Σ_j left_j · right_j, row by row; both of shape (size, number)."""
    return np.asarray(np.einsum("jd,jd->d", left.T, right.T))


def listed(laws: Sequence[Law]) -> tuple[Floats, Floats]:
    """All outcomes (count, number of laws), and their probabilities (count,)."""
    values = np.meshgrid(*(np.asarray(law.values) for law in laws), indexing="ij")
    weights = np.meshgrid(*(np.asarray(law.weights) for law in laws), indexing="ij")
    return np.stack([v.ravel() for v in values], axis=1), np.prod([w.ravel() for w in weights], 0)


def mean_model(laws: Laws, value: Value, known: Known | None = None) -> models.Mean:
    """The mean of `value`, as the mean of averages."""

    def draw(rng: np.random.Generator, point: Point, size: int) -> Floats:
        return averages(value(point, drawn(rng, laws(point), COPIES * size)))

    def variance(point: Point) -> float:
        outcomes, weights = listed(laws(point))
        values = value(point, outcomes)
        return float(weights @ (values - weights @ values) ** 2) / COPIES

    return models.Mean(draw, variance, known=known)


def variance_model(laws: Laws, value: Value, known: Known | None = None) -> models.Mean:
    """The variance of `value`, as the mean of sample variances."""

    def draw(rng: np.random.Generator, point: Point, size: int) -> Floats:
        return sample_variances(value(point, drawn(rng, laws(point), COPIES * size)))

    def variance(point: Point) -> float:
        outcomes, weights = listed(laws(point))
        values = value(point, outcomes)
        centred = values - weights @ values
        second, fourth = (float(weights @ centred**power) for power in (2, 4))
        return variance_of_sample_variance(second, fourth)

    return models.Mean(draw, variance, known=known)
