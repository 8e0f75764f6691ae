"""Layers behind whitened inputs, and gradient steps orthogonal to the weights."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.random_rationals import nonzero, on_sphere, positive

Numbers = Mapping[str, Any]
Law = list[tuple[Fraction, list[Fraction]]]


class Layer(NamedTuple):
    """Weights of rational length, a batch norm, and the law of the inputs."""

    d: int
    u: list[Fraction]
    gamma: Fraction
    beta: Fraction
    inputs: Law


class Step(NamedTuple):
    """Weights of rational length, a gradient orthogonal to them, and two rates."""

    d: int
    u: list[Fraction]
    g: list[Fraction]
    eta: Fraction
    zeta: Fraction


def of_length(random: Random, size: int) -> list[Fraction]:
    """A vector whose length is rational, and neither 0 nor 1."""
    length = 1 + positive(random)
    return [length * entry for entry in on_sphere(random, size)]


def skewed(random: Random) -> list[tuple[Fraction, Fraction]]:
    """Two values with mean 0 and variance 1: α with weight 1/(1 + α²), and −1/α."""
    up = nonzero(random)
    return [(1 / (1 + up**2), up), (up**2 / (1 + up**2), -1 / up)]


def independent(entries: list[list[tuple[Fraction, Fraction]]]) -> Law:
    """The joint law of independent entries."""
    law: Law = [(Fraction(1), [])]
    for entry in entries:
        law = [(w * part, [*row, value]) for w, row in law for part, value in entry]
    return law


def whitened(random: Random) -> Layer:
    """Inputs with mean 0 and variance 1, independent or only uncorrelated."""
    d = random.randint(1, 3)
    law = independent([skewed(random) for _ in range(d)])
    if d > 1 and random.random() < 0.5:
        law = [(w, [*_turned(row[0], row[1]), *row[2:]]) for w, row in law]
    return Layer(d, of_length(random, d), nonzero(random), nonzero(random), law)


def _turned(first: Fraction, second: Fraction) -> list[Fraction]:
    """Turned by the angle of the triangle 3, 4, 5: uncorrelated still, and dependent."""
    return [(3 * first + 4 * second) / 5, (4 * first - 3 * second) / 5]


def signs(scale: int = 1, mean: int = 0, *, equal: bool = False) -> Layer:
    """Two inputs mean ± scale, independent or equal; u = (3, 4), γ = 1, β = 0."""
    half, one = Fraction(1, 2), Fraction(1)
    values = [Fraction(mean + scale), Fraction(mean - scale)]
    rows = [[a, b] for a, b in product(values, repeat=2) if a == b or not equal]
    law = [(half if equal else half**2, row) for row in rows]
    return Layer(2, [Fraction(3), Fraction(4)], one, Fraction(0), law)


def orthogonal(random: Random) -> Step:
    """A gradient that is now and then 0; rates 0 ≤ η < ζ."""
    d = random.randint(2, 3)
    u = of_length(random, d)
    g = [nonzero(random) for _ in u]
    along = sum((p * q for p, q in zip(u, g, strict=True)), Fraction(0))
    square = sum((p * p for p in u), Fraction(0))
    size = random.choice((0, 1, 1))
    g = [size * (q - along / square * p) for p, q in zip(u, g, strict=True)]
    eta = random.choice((Fraction(0), positive(random)))
    return Step(d, u, g, eta, eta + positive(random))


def moving(random: Random) -> Step:
    """As `orthogonal`, with a gradient that is not 0."""
    while True:
        found = orthogonal(random)
        if any(found.g):
            return found


def along_the_weights() -> Step:
    """u = 2, g = 1, η = 1, ζ = 2: steps to 1 and to 0."""
    return _one(2, 1, 1, 2)


def one_weight(eta: int, zeta: int) -> Step:
    """u = (1, 0), g = (0, 1)."""
    zero, one = Fraction(0), Fraction(1)
    return Step(2, [one, zero], [zero, one], Fraction(eta), Fraction(zeta))


def _one(u: int, g: int, eta: int, zeta: int) -> Step:
    return Step(1, [Fraction(u)], [Fraction(g)], Fraction(eta), Fraction(zeta))


def stationary() -> Step:
    """u = 1, g = 0, η = 0, ζ = 1."""
    return _one(1, 0, 0, 1)


# -- simulation --------------------------------------------------------------------------------


def batch_norm(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """Batch norm over a symmetric batch of inputs with mean 0 and covariance I, at one of them."""
    d = point["d"]
    spread = np.sqrt(d) * np.linalg.qr(rng.normal(0, 1, (d, d)))[0]
    batch = np.vstack([spread, -spread])
    u, gamma, beta = rng.normal(0, 2, d), rng.normal(0, 2), rng.normal(0, 2)
    values = batch @ u
    normalised = gamma * (values - values.mean()) / values.std() + beta
    at = int(rng.integers(len(batch)))
    return normalised[at], {"u": u, "gamma": gamma, "beta": beta, "x": batch[at]}


def gradient(rng: np.random.Generator, point: Numbers) -> Numbers:
    """Random weights, and the gradient of a loss that reads only their direction, by complex
    steps.
    """
    d, h = point["d"], 1e-20
    u, slope = rng.normal(0, 2, d), rng.normal(0, 1, d)

    def loss(weights: Any) -> Any:
        return np.sum(np.sin(slope * weights / np.sqrt(np.sum(weights**2))))

    g = np.array([loss(u + 1j * h * direction).imag / h for direction in np.eye(d)])
    eta = rng.uniform(0.1, 2)
    return {"u": u, "g": g, "eta": eta, "zeta": eta + rng.uniform(0.1, 2)}


def step(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """‖u − ηg‖², and the numbers it was computed from."""
    drawn = gradient(rng, point)
    return float(np.sum((drawn["u"] - drawn["eta"] * drawn["g"]) ** 2)), drawn
