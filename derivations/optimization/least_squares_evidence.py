"""Exact means, noise levels and errors for least squares; gradient steps in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.random_rationals import nonzero, positive

Numbers = Mapping[str, Any]


class Setting(NamedTuple):
    """d, the mean of the inputs, their standard deviation, and w − w*."""

    d: int
    mean: list[Fraction]
    deviation: Fraction
    error: list[Fraction]


def setting(random: Random) -> Setting:
    """At least two inputs; neither the mean nor the error has an entry 0."""
    d = random.randint(2, 3)
    mean, error = ([nonzero(random) for _ in range(d)] for _ in range(2))
    return Setting(d, mean, positive(random), error)


def two_gradient_steps(rng: np.random.Generator, point: Numbers) -> tuple[Any, Any]:
    """The error after gradient steps of 1/σ² and 1/(σ² + ‖μ‖²), in either order, on the mean
    over a symmetric sample of inputs that has exactly this mean and covariance; and 1.

    1 is added to each error, since an error of 0 has no scale.
    """
    d = point["d"]
    mean: Any = rng.normal(0, 1, d)
    sigma = rng.uniform(0.5, 2)
    spread = np.sqrt(d) * sigma * np.linalg.qr(rng.normal(0, 1, (d, d)))[0]
    inputs = np.vstack([mean + spread, mean - spread])
    best, start = rng.normal(0, 1, (2, d))
    rates = [1 / sigma**2, 1 / (sigma**2 + mean @ mean)]
    found = []
    for order in (rates, rates[::-1]):
        weights = start
        for rate in order:
            weights = weights - rate * (inputs.T @ (inputs @ (weights - best))) / len(inputs)
        found.append(weights - best + 1)
    return np.concatenate(found), np.ones(2 * d)
