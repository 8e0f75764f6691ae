"""Means and deviations of inputs with vectors to try, eigenpairs of H, and random ones in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.random_rationals import nonzero, positive

Numbers = Mapping[str, Any]
Row = list[Fraction]


class Shape(NamedTuple):
    """d, the mean, the deviation, a number c, vectors to try, the first of them orthogonal to μ."""

    d: int
    mean: Row
    deviation: Fraction
    c: Fraction
    vectors: list[Row]


class Eigenpairs(NamedTuple):
    """The mean, the deviation, and two pairs of eigenvector and eigenvalue of H."""

    d: int
    mean: Row
    deviation: Fraction
    v: Row
    alpha: Fraction
    u: Row
    beta: Fraction


def dot(left: Row, right: Row) -> Fraction:
    """⟨left, right⟩."""
    return sum((p * q for p, q in zip(left, right, strict=True)), Fraction(0))


def orthogonal(random: Random, mean: Row) -> Row:
    """A vector ≠ 0 that is orthogonal to the mean."""
    size, rest = nonzero(random), [Fraction(0)] * (len(mean) - 2)
    if not any(mean[:2]):
        return [size, nonzero(random), *rest]
    return [size * mean[1], -size * mean[0], *rest]


def shape(random: Random) -> Shape:
    """At least two inputs, each with a mean that is not 0."""
    return _shape(random, [nonzero(random) for _ in range(random.randint(2, 3))])


def any_shape(random: Random) -> Shape:
    """As `shape`; now and then the first mean is 0, or all are."""
    mean = shape(random).mean
    zeros = random.choice((0, 0, 1, len(mean)))
    return _shape(random, [Fraction(0)] * zeros + mean[zeros:])


def _shape(random: Random, mean: Row) -> Shape:
    """c is below, between or above the curvatures."""
    d, deviation = len(mean), positive(random)
    low, high = deviation**2, deviation**2 + dot(mean, mean)
    c = random.choice((low / 2, (low + high) / 2, (low + 9 * high) / 10, high + low / 9, 2 * high))
    others = [[nonzero(random) for _ in range(d)] for _ in range(4)]
    return Shape(d, mean, deviation, c, [orthogonal(random, mean), mean, *others])


def one_input() -> Shape:
    """d = 1, μ = σ = 1: the only curvature is 2. Here c = 3/2."""
    one = Fraction(1)
    return Shape(1, [one], one, Fraction(3, 2), [[one]])


def eigenpairs(random: Random) -> Eigenpairs:
    """The large eigenvalue, then the small one."""
    found = shape(random)
    mean, square = found.mean, found.deviation**2
    scale = nonzero(random)
    along = [scale * entry for entry in mean]
    high = square + dot(mean, mean)
    return Eigenpairs(found.d, mean, found.deviation, along, high, found.vectors[0], square)


def one_pair(random: Random) -> Eigenpairs:
    """Either eigenvalue with an eigenvector, twice."""
    found = eigenpairs(random)
    if random.random() < 0.5:
        return found._replace(u=found.v, beta=found.alpha)
    return found._replace(v=found.u, alpha=found.beta)


def exchanged(random: Random) -> Eigenpairs:
    """The small eigenvalue, then the large one."""
    found = eigenpairs(random)
    return found._replace(v=found.u, alpha=found.beta, u=found.v, beta=found.alpha)


def plane() -> Eigenpairs:
    """μ = (1, 0) and σ = 1: 2 along μ, 1 across it."""
    zero, one = Fraction(0), Fraction(1)
    return Eigenpairs(2, [one, zero], one, [one, zero], Fraction(2), [zero, one], one)


# -- simulation --------------------------------------------------------------------------------


def hessian(rng: np.random.Generator, point: Numbers) -> tuple[Any, Numbers]:
    """The mean of xxᵀ over a symmetric sample of mean μ and covariance σ²I, and μ, σ."""
    d = point["d"]
    mean, sigma = rng.normal(0, 1, d), rng.uniform(0.5, 2)
    spread = np.sqrt(d) * sigma * np.linalg.qr(rng.normal(0, 1, (d, d)))[0]
    inputs = np.vstack([mean + spread, mean - spread])
    return inputs.T @ inputs / len(inputs), {"mu": mean, "sigma": sigma}


def extreme_eigenvalues(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The largest eigenvalue that LAPACK finds, and the smallest among the numbers."""
    matrix, numbers = hessian(rng, point)
    found = np.linalg.eigvalsh(matrix)
    return float(found[-1]), {**numbers, "beta": found[0]}


def rayleigh(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """vᵀHv for an eigenvector v of the largest eigenvalue, which LAPACK finds."""
    matrix, numbers = hessian(rng, point)
    v = np.linalg.eigh(matrix)[1][:, -1]
    return float(v @ matrix @ v), {**numbers, "v": v}


def product_across_the_mean(rng: np.random.Generator, point: Numbers) -> tuple[Any, Numbers]:
    """An entry of Hv for a random v orthogonal to the mean."""
    matrix, numbers = hessian(rng, point)
    mean = numbers["mu"]
    v = rng.normal(0, 1, point["d"])
    v = v - (v @ mean) / (mean @ mean) * mean
    k = int(rng.integers(point["d"]))
    return float((matrix @ v)[k]), {**numbers, "v": v, "k": k + 1}
