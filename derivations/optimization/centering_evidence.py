"""Regressions with a ground truth and noise: exact ones with few outcomes, samples in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.optimization import least_squares_evidence
from derivations.optimization.least_squares_evidence import Setting
from derivations.optimization.least_squares_loss_evidence import inputs
from derivations.random_rationals import nonzero, on_sphere, positive

Numbers = Mapping[str, Any]
Row = list[Fraction]


class Regression(NamedTuple):
    """The mean and the deviation of the inputs, the true weights, (weight, inputs, noise), and
    weights to try.
    """

    d: int
    mean: Row
    deviation: Fraction
    v: Row
    law: list[tuple[Fraction, Row, Fraction]]
    points: list[Row]


def regression(random: Random) -> Regression:
    """Noise of either sign whose size may depend on the inputs; vᵀμ = 0 now and then."""
    d, deviation = random.randint(1, 2), positive(random)
    mean = [nonzero(random) for _ in range(d)]
    v = [nonzero(random) for _ in range(d)]
    if d > 1 and random.random() < 0.4:
        v = [mean[1], -mean[0]]
    law = []
    for weight, row in inputs(random, mean, deviation):
        size = positive(random)
        law += [(weight / 2, row, size), (weight / 2, row, -size)]
    points = [v, *([nonzero(random) for _ in range(d)] for _ in range(6))]
    return Regression(d, mean, deviation, v, law, points)


def line(
    outcomes: list[tuple[int, int]], mean: int = 0, deviation: int = 1, v: int = 1
) -> Regression:
    """d = 1 and equally likely pairs of input and noise."""
    share = Fraction(1, len(outcomes))
    law = [(share, [Fraction(x)], Fraction(noise)) for x, noise in outcomes]
    points = [[Fraction(point)] for point in (-2, -1, 0, 1, 2, 3)]
    return Regression(1, [Fraction(mean)], Fraction(deviation), [Fraction(v)], law, points)


def equal_inputs() -> Regression:
    """x_1 = x_2 = ±1 and no noise: the weights (2, 0) and (1, 1) are equally good."""
    half, zero, one = Fraction(1, 2), Fraction(0), Fraction(1)
    law = [(half, [one, one], zero), (half, [-one, -one], zero)]
    return Regression(2, [zero, zero], one, [one, one], law, [[2 * one, zero], [one, one]])


def setting(random: Random) -> Setting:
    """At least two inputs; the error has a rational length."""
    found = least_squares_evidence.setting(random)
    length = positive(random)
    return found._replace(error=[length * entry for entry in on_sphere(random, found.d)])


# -- simulation --------------------------------------------------------------------------------


def data(rng: np.random.Generator, point: Numbers) -> Numbers:
    """Inputs with exactly this mean and covariance σ²I, noise orthogonal to them and to 1."""
    d = point["d"]
    mean, v = rng.normal(0, 1, (2, d))
    sigma = rng.uniform(0.5, 2)
    turns = [np.linalg.qr(rng.normal(0, 1, (d, d)))[0] for _ in range(3)]
    spread = np.sqrt(d) * sigma * np.vstack([*turns, *(-turn for turn in turns)])
    noise = rng.normal(0, 2, len(spread))
    columns = np.column_stack([np.ones(len(spread)), spread])
    noise = noise - columns @ np.linalg.lstsq(columns, noise, rcond=None)[0]
    return {
        "d": d,
        "mu": mean,
        "sigma": sigma,
        "v": v,
        "centred": spread,
        "targets": (mean + spread) @ v + noise,
        "square of the noise": float(np.mean(noise**2)),
    }


def loss_of_centred(data: Numbers, weights: Any) -> float:
    """Half the mean squared error of the centred model without bias."""
    return float(0.5 * np.mean((data["centred"] @ np.asarray(weights) - data["targets"]) ** 2))


def loss_at_the_truth(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The loss of the centred model at the true weights, which are orthogonal to the mean."""
    found = data(rng, point)
    v, mean = found["v"], found["mu"]
    noise = found["targets"] - (found["centred"] + mean) @ v
    v = v - (v @ mean) / (mean @ mean) * mean
    targets = (found["centred"] + mean) @ v + noise
    found = {**found, "v": v, "targets": targets}
    return loss_of_centred(found, v), found


def no_constraint(data: Numbers, weights: Any) -> float:
    """Every weight is feasible."""
    return 0.0


def weights(rng: np.random.Generator, data: Numbers, count: int) -> Any:
    """Random weights about the least-squares solution; shape (count, d)."""
    spread = 10.0 ** rng.uniform(-2, 1, (count, 1))
    return solve(data) + rng.normal(0, 1, (count, data["d"])) * spread


def solve(data: Numbers) -> Any:
    """Least squares on the centred inputs."""
    return np.linalg.lstsq(data["centred"], data["targets"], rcond=None)[0]


def error_after_a_step(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """‖w − w*‖ after one gradient step of 2/(λ₁ + λ_d), on a sample without noise; and before."""
    found = data(rng, point)
    inputs, error = found["centred"] + found["mu"], rng.normal(0, 1, point["d"])
    curvatures = np.linalg.eigvalsh(inputs.T @ inputs / len(inputs))
    gradient = inputs.T @ (inputs @ error) / len(inputs)
    step = 2 / (curvatures[0] + curvatures[-1])
    return float(np.linalg.norm(error - step * gradient)), {**found, "e": error}
