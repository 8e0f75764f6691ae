"""Ridge regressions: exact ones with points to try, and random ones in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.random_rationals import nonzero, positive

Numbers = Mapping[str, Any]


class Regression(NamedTuple):
    """n examples with d inputs, targets, the strength of the penalty, and weights to try."""

    n: int
    d: int
    X: list[list[Fraction]]
    y: list[Fraction]
    strength: Fraction
    points: list[list[Fraction]]


def regression(random: Random) -> Regression:
    """λ > 0; there may be fewer examples than inputs, or no input but 0."""
    n, d = random.randint(1, 3), random.randint(1, 2)
    entries = [Fraction(0), nonzero(random), nonzero(random)]
    inputs = [[random.choice(entries) for _ in range(d)] for _ in range(n)]
    points = [[nonzero(random) for _ in range(d)] for _ in range(12)]
    targets = [nonzero(random) for _ in range(n)]
    return Regression(n, d, inputs, targets, positive(random), [[Fraction(0)] * d, *points])


def one_input(x: int, y: int, strength: int) -> Regression:
    """One example with one input."""
    points = [[Fraction(value)] for value in (-5, -1, 0, 1, 5)]
    return Regression(1, 1, [[Fraction(x)]], [Fraction(y)], Fraction(strength), points)


def data(rng: np.random.Generator, point: Numbers) -> Numbers:
    """Random inputs and targets for the sizes and the λ of the point."""
    return {"X": rng.normal(0, 1, (point["n"], point["d"])), "y": rng.normal(0, 2, point["n"])}


def penalised_error(data: Numbers, w: Any) -> float:
    """The squared error plus λ times the squared length of the weights."""
    errors = data["y"] - data["X"] @ np.asarray(w)
    return float(errors @ errors + data["lambda"] * np.sum(np.square(w)))


def no_constraint(data: Numbers, w: Any) -> float:
    """Every weight is feasible."""
    return 0.0


def weights(rng: np.random.Generator, data: Numbers, count: int) -> Any:
    """Random weights about the minimiser; shape (count, d)."""
    spread = 10.0 ** rng.uniform(-2, 1, (count, 1))
    return solve(data) + rng.normal(0, 1, (count, data["d"])) * spread


def solve(data: Numbers) -> Any:
    """Least squares with d more examples √λ·e_j, whose targets are 0."""
    inputs = np.vstack([data["X"], np.sqrt(data["lambda"]) * np.eye(data["d"])])
    targets = np.concatenate([data["y"], np.zeros(data["d"])])
    return np.linalg.lstsq(inputs, targets, rcond=None)[0]
