"""Joint laws of inputs and targets: exact ones with few outcomes, and samples in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.random_rationals import nonzero, positive

Numbers = Mapping[str, Any]
Rows = list[tuple[Fraction, list[Fraction]]]
#: (weight, inputs, target)
Law = list[tuple[Fraction, list[Fraction], Fraction]]


class Problem(NamedTuple):
    """d inputs of mean μ and deviation σ with their targets; weights and a step."""

    d: int
    mean: list[Fraction]
    deviation: Fraction
    w: list[Fraction]
    h: list[Fraction]
    law: Law


def skewed(random: Random, spread: Fraction) -> list[tuple[Fraction, Fraction]]:
    """Two values, α and −spread/α, with mean 0 and variance `spread`."""
    up = positive(random)
    down = spread / up
    return [(down / (up + down), up), (up / (up + down), -down)]


def product_law(laws: list[list[tuple[Fraction, Fraction]]]) -> Rows:
    """The joint law of independent entries."""
    joint: Rows = [(Fraction(1), [])]
    for entry in laws:
        joint = [(w * part, [*row, value]) for w, row in joint for part, value in entry]
    return joint


def _turned(first: Fraction, second: Fraction) -> list[Fraction]:
    """Turned by the angle of the triangle 3, 4, 5: uncorrelated still, and dependent."""
    return [(3 * first + 4 * second) / 5, (4 * first - 3 * second) / 5]


def inputs(random: Random, mean: list[Fraction], deviation: Fraction) -> Rows:
    """Uncorrelated entries with these means and this deviation, independent or not."""
    rows = product_law([skewed(random, deviation**2) for _ in mean])
    if len(mean) > 1 and random.random() < 0.5:
        rows = [(w, [*_turned(row[0], row[1]), *row[2:]]) for w, row in rows]
    return [(w, [m + entry for m, entry in zip(mean, row, strict=True)]) for w, row in rows]


def problem(random: Random) -> Problem:
    """Targets that may depend on the inputs in any way."""
    d, deviation = random.randint(1, 3), positive(random)
    mean, w, h = ([nonzero(random) for _ in range(d)] for _ in range(3))
    law = [(part, row, nonzero(random)) for part, row in inputs(random, mean, deviation)]
    return Problem(d, mean, deviation, w, h, law)


def one_input(outcomes: list[tuple[int, int]], mean: int, deviation: int) -> Problem:
    """d = 1, w = 2, h = 1, and equally likely pairs of input and target."""
    law = [(Fraction(1, len(outcomes)), [Fraction(x)], Fraction(t)) for x, t in outcomes]
    return Problem(1, [Fraction(mean)], Fraction(deviation), [Fraction(2)], [Fraction(1)], law)


def equal_inputs() -> Problem:
    """x_1 = x_2 = ±1, with μ = 0, σ = 1, t = 0, w = h = (1, 1)."""
    half, ones, zeros = Fraction(1, 2), [Fraction(1)] * 2, [Fraction(0)] * 2
    law = [(half, ones, Fraction(0)), (half, [-one for one in ones], Fraction(0))]
    return Problem(2, zeros, Fraction(1), ones, ones, law)


# -- simulation --------------------------------------------------------------------------------


class Sample(NamedTuple):
    """Inputs of shape (2d, d) with exactly this mean and covariance σ²I, and their targets."""

    x: Any
    t: Any
    mean: Any
    deviation: float
    w: Any
    h: Any


def sample(rng: np.random.Generator, point: Numbers) -> Sample:
    """A symmetric sample about the mean."""
    d = point["d"]
    mean, w, h = rng.normal(0, 1, (3, d))
    deviation = rng.uniform(0.5, 2)
    spread = np.sqrt(d) * deviation * np.linalg.qr(rng.normal(0, 1, (d, d)))[0]
    x = np.vstack([mean + spread, mean - spread])
    return Sample(x, rng.normal(0, 3, 2 * d), mean, deviation, w, h)


def loss(found: Sample, weights: Any) -> float:
    """Half the mean squared error over the sample."""
    return float(0.5 * np.mean((found.x @ weights - found.t) ** 2))


def after_a_step(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The loss at w + h, and the means over the sample that its expansion at w asks for."""
    found = sample(rng, point)
    errors = found.x @ found.w - found.t
    return loss(found, found.w + found.h), {
        "w": found.w,
        "h": found.h,
        "square": np.mean(errors**2),
        "gradient": [np.mean(errors * column) for column in found.x.T],
        "curvature": np.mean((found.x @ found.h) ** 2),
    }


def second_difference(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """J(w + h) − 2J(w) + J(w − h), and the numbers that the Hessian is made of."""
    found = sample(rng, point)
    ahead, here, behind = (loss(found, found.w + step * found.h) for step in (1, 0, -1))
    numbers = {"mu": found.mean, "sigma": found.deviation, "w": found.w, "h": found.h}
    return ahead - 2 * here + behind, numbers
