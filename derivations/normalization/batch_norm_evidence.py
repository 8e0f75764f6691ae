"""Layers in front of a batch norm: exact ones, and random ones in NumPy.

Entries are named as on the page. An exact layer is made backwards, from the values that batch
norm is to see: the first column of the inputs is solved for, so that their standard deviation is
rational and not 0.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from derivations.random_rationals import nonzero, on_sphere, positive, proper

Floats = NDArray[np.float64]
Numbers = Mapping[str, Any]


class Batch(NamedTuple):
    """Values that are not all equal, with their mean and their rational standard deviation."""

    values: list[Fraction]
    mean: Fraction
    deviation: Fraction


class Layer(NamedTuple):
    """Inputs of shape (m, d), weights, a bias, a batch norm, a factor c, and a position."""

    m: int
    d: int
    x: list[list[Fraction]]
    w: list[Fraction]
    b: Fraction
    beta: Fraction
    gamma: Fraction
    c: Fraction
    eps: Fraction
    i: int


class Insertion(NamedTuple):
    """Activations v, and a batch norm that may or may not reproduce them."""

    m: int
    v: list[Fraction]
    beta: Fraction
    gamma: Fraction
    eps: Fraction


def batch(random: Random) -> Batch:
    """Two values, or four: a sum of three orthogonal sign patterns of length √4, so that the
    variance is the squared length of their coefficients.
    """
    mean, deviation = nonzero(random), positive(random)
    p, q, r = on_sphere(random, 3)
    four = [p + q + r, p - q - r, q - p - r, r - p - q]
    centred = random.choice(([Fraction(1), Fraction(-1)], four))
    return Batch([mean + deviation * z for z in centred], mean, deviation)


def epsilon_of(random: Random, deviation: Fraction) -> Fraction:
    """An ε > 0 for which √(σ² + ε) is rational."""
    more = proper(random)
    return more * (more + 2 * deviation)


def layer_of(
    random: Random, products: Sequence[Fraction], b: Fraction, c: Fraction, eps: Fraction
) -> Layer:
    """A layer whose products Wx are the given ones."""
    m, d = len(products), random.randint(1, 3)
    w = [nonzero(random) for _ in range(d)]
    x = []
    for product in products:
        rest = [nonzero(random) for _ in w[1:]]
        known = sum((p * q for p, q in zip(w[1:], rest, strict=True)), Fraction(0))
        x.append([(product - known) / w[0], *rest])
    beta, gamma, i = nonzero(random), nonzero(random), random.randint(1, m)
    return Layer(m, d, x, w, b, beta, gamma, c, eps, i)


def _layer(random: Random, c: Fraction) -> Layer:
    values, _, deviation = batch(random)
    b = nonzero(random)
    return layer_of(random, [value - b for value in values], b, c, epsilon_of(random, deviation))


def stretched(random: Random) -> Layer:
    """Any c > 0."""
    return _layer(random, positive(random))


def flipped(random: Random) -> Layer:
    """Any c < 0."""
    return _layer(random, -positive(random))


def stretched_or_flipped(random: Random) -> Layer:
    """Any c ≠ 0."""
    return _layer(random, nonzero(random))


def grown(random: Random) -> Layer:
    """Any c ≥ 1, often 1 itself, and now and then ε = 0."""
    more = random.choice((Fraction(0), positive(random), positive(random)))
    found = _layer(random, 1 + more)
    return found._replace(eps=random.choice((Fraction(0), found.eps, found.eps)))


def shrunk(random: Random) -> Layer:
    """Any c in (0, 1)."""
    return _layer(random, proper(random))


def two_inputs(c: Fraction, eps: Fraction) -> Layer:
    """The inputs −1 and 1 with weight 1 and bias 0: μ = 0 and σ = 1; β = 1, γ = 0."""
    zero, one = Fraction(0), Fraction(1)
    return Layer(2, 1, [[-one], [one]], [one], zero, one, zero, c, eps, 2)


def insertion(random: Random) -> Insertion:
    """β is σ or another number, γ is μ or another, in any combination; both fit most often."""
    values, mean, deviation = batch(random)
    return _insertion(random, values, deviation, mean, epsilon_of(random, deviation))


def insertion_epsilon(random: Random) -> Insertion:
    """As `insertion`, with √(σ² + ε) for σ."""
    values, mean, deviation = batch(random)
    more = proper(random)
    return _insertion(random, values, deviation + more, mean, more * (more + 2 * deviation))


def _insertion(
    random: Random, values: list[Fraction], beta: Fraction, gamma: Fraction, eps: Fraction
) -> Insertion:
    other = random.choice(((0, 0), (0, 0), (0, 1), (1, 0), (1, 1)))
    beta, gamma = (
        fits + different * nonzero(random)
        for fits, different in zip((beta, gamma), other, strict=True)
    )
    return Insertion(len(values), values, beta, gamma, eps)


def equal_activations() -> Insertion:
    """The activations 1 and 1, which β = 5, γ = 1 reproduce with ε = 1: so does any β."""
    one = Fraction(1)
    return Insertion(2, [one, one], Fraction(5), one, one)


def batch_norm(values: Floats, beta: float, gamma: float, eps: float = 0.0) -> Floats:
    """Values normalised over the batch, times β, plus γ."""
    normalised = (values - np.mean(values)) / np.sqrt(np.var(values) + eps)
    return np.asarray(normalised * beta + gamma)


def data(rng: np.random.Generator, point: Numbers) -> Numbers:
    """A random layer of the sizes m, d and with the factor c of the point."""
    m, d = point["m"], point["d"]
    return {
        **point,
        "x": rng.normal(0.5, 2, (m, d)),
        "w": rng.normal(0, 1, d),
        "b": rng.normal(0, 3),
        "beta": rng.uniform(0.5, 2),
        "gamma": rng.normal(0, 2),
        "eps": rng.uniform(0.05, 1),
        "i": int(rng.integers(1, m + 1)),
    }


def _outputs(drawn: Numbers, c: float, eps: float = 0.0) -> Floats:
    """Of batch norm, the weights multiplied by c."""
    values = drawn["x"] @ (c * drawn["w"]) + drawn["b"]
    return batch_norm(values, drawn["beta"], drawn["gamma"], eps)


def with_bias(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """One output, and the numbers it was computed from."""
    drawn = data(rng, point)
    return _outputs(drawn, 1)[drawn["i"] - 1], drawn


def scaled(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """One output with the weights multiplied by c."""
    drawn = data(rng, point)
    return _outputs(drawn, drawn["c"])[drawn["i"] - 1], drawn


def scaled_above_gamma(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """As `scaled`, less γ."""
    drawn = data(rng, point)
    return _outputs(drawn, drawn["c"])[drawn["i"] - 1] - drawn["gamma"], drawn


def scaled_with_epsilon(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """As `scaled`, with ε in the root."""
    drawn = data(rng, point)
    return _outputs(drawn, drawn["c"], drawn["eps"])[drawn["i"] - 1], drawn


def measured_growth(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """By what the output furthest from γ grows when the weights are multiplied by c."""
    drawn = data(rng, point)
    before = _outputs(drawn, 1, drawn["eps"]) - drawn["gamma"]
    after = _outputs(drawn, drawn["c"], drawn["eps"]) - drawn["gamma"]
    furthest = np.argmax(np.abs(before))
    return float(after[furthest] / before[furthest]), drawn


def inserted(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """One activation behind a batch norm with the deviation and the mean of its batch."""
    return _inserted(rng, point, 0.0)


def inserted_epsilon(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """As `inserted`, with ε in the root and in the deviation."""
    return _inserted(rng, point, rng.uniform(0.05, 1))


def _inserted(rng: np.random.Generator, point: Numbers, eps: float) -> tuple[float, Numbers]:
    v = np.asarray(rng.gamma(1.5, 2, point["m"]))
    i = int(rng.integers(1, point["m"] + 1))
    deviation, mean = float(np.sqrt(np.var(v) + eps)), float(np.mean(v))
    return float(batch_norm(v, deviation, mean, eps)[i - 1]), {"v": v, "i": i}
