"""Metrics M, slopes and balls ΔᵀMΔ ≤ ε²: exact ones with points, and random ones in NumPy.

An exact metric is M = BᵀB, and a slope g = Bᵀw: then gᵀM⁻¹g = ‖w‖², and Δ = ε·B⁻¹u lies in the
ball if and only if ‖u‖ ≤ 1, so that rational points of the sphere give rational worlds.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.random_rationals import nonzero, on_sphere, positive, proper

Numbers = Mapping[str, Any]
Row = list[Fraction]


class Ball(NamedTuple):
    """A metric, a slope that is not 0, a radius, and points of the ball, most on its surface."""

    size: int
    metric: list[Row]
    slope: Row
    radius: Fraction
    points: list[Row]


def ball(random: Random) -> Ball:
    """A ball in up to three dimensions; √(gᵀM⁻¹g) is rational in every other one or so."""
    size, radius = random.randint(1, 3), positive(random)
    root = [[nonzero(random) if j <= i else Fraction(0) for j in range(size)] for i in range(size)]
    columns = list(zip(*root, strict=True))
    direction, length = on_sphere(random, size), positive(random)
    weights = [length * entry for entry in direction]
    if random.random() < 0.5:
        weights = [nonzero(random) for _ in range(size)]
    surface = [on_sphere(random, size) for _ in range(10)]
    inside = [_scaled(proper(random), on_sphere(random, size)) for _ in range(4)]
    unit = [*surface, *inside, _scaled(Fraction(0), direction), direction, _scaled(-1, direction)]
    return Ball(
        size=size,
        metric=[[_dot(a, b) for b in columns] for a in columns],
        slope=[_dot(column, weights) for column in columns],
        radius=radius,
        points=[_scaled(radius, _forward(root, u)) for u in unit],
    )


def _dot(a: Any, b: Any) -> Fraction:
    return sum((x * y for x, y in zip(a, b, strict=True)), Fraction(0))


def _scaled(factor: Fraction | int, row: Row) -> Row:
    return [factor * entry for entry in row]


def _forward(lower: list[Row], right: Row) -> Row:
    """The solution of lower · x = right, for a lower triangular matrix."""
    x: Row = []
    for row, entry in zip(lower, right, strict=True):
        x.append((entry - _dot(row[: len(x)], x)) / row[len(x)])
    return x


def data(rng: np.random.Generator, point: Numbers) -> Numbers:
    """A well-conditioned metric of shape (n, n), a slope of shape (n,), and a radius."""
    root = rng.standard_normal((point["n"], point["n"]))
    metric = root.T @ root + 0.5 * np.eye(point["n"])
    slope = rng.choice((-1.0, 1.0), point["n"]) * rng.uniform(0.2, 2, point["n"])
    return {"M": metric, "g": slope, "epsilon": rng.uniform(0.5, 2)}


def objective(data: Numbers, step: Any) -> float:
    """⟨g, step⟩."""
    return float(data["g"] @ step)


def excess(data: Numbers, step: Any) -> float:
    """By how much stepᵀ M step is above ε²."""
    return float(step @ data["M"] @ step - data["epsilon"] ** 2)


def feasible(rng: np.random.Generator, data: Numbers, count: int) -> Any:
    """Points of the ball, uniform in the metric; shape (count, n)."""
    unit = rng.standard_normal((count, data["n"]))
    unit /= np.linalg.norm(unit, axis=1, keepdims=True)
    unit *= rng.random((count, 1)) ** (1 / data["n"])
    return data["epsilon"] * np.linalg.solve(np.linalg.cholesky(data["M"]).T, unit.T).T


def solve(data: Numbers) -> Any:
    """The best step by sequential quadratic programming, from the centre."""
    from scipy.optimize import NonlinearConstraint, minimize

    metric = data["M"]
    square = NonlinearConstraint(
        lambda step: step @ metric @ step,
        -np.inf,
        data["epsilon"] ** 2,
        jac=lambda step: 2 * metric @ step,
    )
    work: Any = partial(objective, data)

    def slope(step: Any) -> Any:
        return data["g"]

    return minimize(
        work,
        np.zeros(data["n"]),
        jac=slope,
        method="SLSQP",
        constraints=square,
        tol=1e-12,
    ).x
