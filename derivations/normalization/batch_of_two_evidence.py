"""Batches that are hard on batch norm: of two values, and with one outlier."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.normalization.batch_norm_evidence import batch, batch_norm
from derivations.random_functions import gradient, polynomial, wave
from derivations.random_rationals import nonzero, positive

Numbers = Mapping[str, Any]


class Batch(NamedTuple):
    """m values, a position, and the value c + s there and c elsewhere."""

    m: int
    v: list[Fraction]
    i: int
    c: Fraction
    s: Fraction


class Standardised(NamedTuple):
    """m values and a position."""

    m: int
    a: list[Fraction]
    i: int


def pair(random: Random) -> list[Fraction]:
    """Two different values."""
    first = nonzero(random)
    return [first, first + nonzero(random)]


def loss(random: Random) -> Any:
    """A loss of two values."""
    return polynomial(random, "L", 2, 2)


def some_batch(random: Random) -> Batch:
    """Values with a rational standard deviation, or one outlier among equal values."""
    if random.random() < 0.5:
        return outlier(random)
    values = batch(random).values
    return Batch(len(values), values, random.randint(1, len(values)), nonzero(random), Fraction(1))


def standardised(random: Random) -> Standardised:
    """Values with mean 0 and mean square 1; now and then one of them is √(m − 1)."""
    found = batch(random)
    values = [(value - found.mean) / found.deviation for value in found.values]
    if random.random() < 0.5:
        values = [Fraction(2), *[Fraction(-1, 2)] * 4]
    return Standardised(len(values), values, random.randint(1, len(values)))


def one_value(value: int) -> Standardised:
    """A single value."""
    return Standardised(1, [Fraction(value)], 1)


def stretched(_: Random) -> Standardised:
    """±2: the mean is 0, the mean square 4."""
    return Standardised(2, [Fraction(2), Fraction(-2)], 1)


def outlier(random: Random) -> Batch:
    """One value s > 0 above all the others, which are equal; √(m − 1) is rational."""
    return _outlier(random, positive(random))


def _outlier(random: Random, above: Fraction) -> Batch:
    m, centre = random.choice((2, 5)), nonzero(random)
    i = random.randint(1, m)
    return Batch(m, [centre + above * (k == i) for k in range(1, m + 1)], i, centre, above)


def low_outlier(random: Random) -> Batch:
    """One value below all the others."""
    return _outlier(random, -positive(random))


def two_outliers(_: Random) -> Batch:
    """1, 1 and three times 0, whose first value is said to be the only outlier."""
    values = [Fraction(value) for value in (1, 1, 0, 0, 0)]
    return Batch(5, values, 1, Fraction(0), Fraction(1))


# -- simulation --------------------------------------------------------------------------------


def second_of_two(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The second value of a batch of two, normalised; and the batch."""
    values = rng.normal(1, 1) + point["spread"] * rng.normal(0, 1, 2)
    return float(batch_norm(values, 1, 0)[1]), {"p": values}


def gradient_of_two(rng: np.random.Generator, point: Numbers) -> tuple[Any, Any]:
    """The gradient of a loss through batch norm of two values by complex steps, plus 1; and 1: an
    error of 0 has no scale.
    """
    apart = point["spread"] * rng.uniform(0.5, 2) * rng.choice((-1, 1))
    values, outer = rng.normal(1, 1) + np.array([0, apart]), wave(rng, 2)

    def normalised(pair: Any) -> Any:
        centred = pair - np.mean(pair)
        return centred / np.sqrt(np.mean(centred**2))

    return gradient(lambda pair: outer(normalised(pair)), values) + 1, np.ones(2)


def largest_standardised(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The largest |a_i| of values with outliers, standardised by NumPy; and where it is."""
    drawn = np.asarray(rng.standard_t(0.5, point["m"]))
    values = (drawn - drawn.mean()) / drawn.std()
    at = int(np.argmax(np.abs(values)))
    return float(np.abs(values[at])), {"a": values, "i": at + 1}


def heavy_tails(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The largest |â_i| of a batch with outliers, and where it is."""
    values = np.asarray(rng.standard_t(0.5, point["m"]))
    sizes = np.abs(batch_norm(values, 1, 0))
    at = int(np.argmax(sizes))
    return float(sizes[at]), {"v": values, "i": at + 1}


def one_outlier(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The outlier of a batch, normalised."""
    at, centre, above = int(rng.integers(point["m"])), rng.normal(0, 1), rng.uniform(0.5, 2)
    values = np.full(point["m"], centre)
    values[at] += above
    return float(batch_norm(values, 1, 0)[at]), {"v": values, "i": at + 1, "c": centre, "s": above}
