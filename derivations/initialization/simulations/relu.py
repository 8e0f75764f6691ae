"""Worlds, counterexamples and simulations for the second moment that passes a ReLU."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import pi, sqrt
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.copies import COPIES, averages
from derivations.initialization.simulations import random_laws as laws
from verify import E, V, World, models, random_variable, uniform_on

a = random_variable("a")  # as relu.py declares it

Floats = NDArray[np.float64]
Point = Mapping[str, Any]


def symmetric_variable(random: Random) -> World:
    """One to three values with their negatives; now and then an atom at 0."""
    values = [laws.positive(random) for _ in range(random.randint(1, 3))]
    parts = laws.weights(random, len(values) + 1)
    if random.random() < 0.5:
        parts, atom = laws.weights(random, len(values)), []
    else:
        atom = [(parts.pop(), {a: 0})]
    pairs = zip(parts, values, strict=True)
    sides = [(part / 2, {a: s * value}) for part, value in pairs for s in (1, -1)]
    return World({}, [*sides, *atom])


def centred_but_skewed(_: Random) -> World:
    """P(a = −1) = 2/3, P(a = 2) = 1/3: E[a] = 0, V[a] = 2, E[ReLU(a)²] = 4/3."""
    return World({}, [(Fraction(2, 3), {a: -1}), (Fraction(1, 3), {a: 2})])


def symmetric_about_one(_: Random) -> World:
    """a is 0 or 2: nothing is cut off."""
    return World({}, uniform_on([{a: 0}, {a: 2}]))


@dataclass(frozen=True)
class SymmetricLaw:
    """A law that is drawn, with E|a|, E[a²], E|a|³ and E[a⁴] found by integrating its density."""

    draw: Callable[[np.random.Generator, int], Floats]
    moments: tuple[float, float, float, float]


def _normal(rng: np.random.Generator, size: int) -> Floats:
    """With σ = 3/2."""
    return 1.5 * rng.standard_normal(size)


def _uniform(rng: np.random.Generator, size: int) -> Floats:
    """On (−2, 2)."""
    return np.asarray(4 * rng.random(size) - 2)


def _laplace(rng: np.random.Generator, size: int) -> Floats:
    """With the density e^(−2|a|), as half the difference of two exponential variables."""
    first, second = rng.standard_exponential((2, size))
    return np.asarray((first - second) / 2)


def _with_an_atom(rng: np.random.Generator, size: int) -> Floats:
    """0 with probability 1/3, ±1 and ±2 with 1/6 each: uniform on (−3, 3), rounded towards 0."""
    return np.trunc(6 * rng.random(size) - 3)


#: By the name that a point gives.
LAWS = {
    "normal": SymmetricLaw(
        _normal, (1.5 * sqrt(2 / pi), 1.5**2, 1.5**3 * sqrt(8 / pi), 3 * 1.5**4)
    ),
    "uniform": SymmetricLaw(_uniform, (1, 4 / 3, 2, 16 / 5)),
    "Laplace": SymmetricLaw(_laplace, (1 / 2, 1 / 2, 3 / 4, 3 / 2)),
    "discrete, with an atom at 0": SymmetricLaw(_with_an_atom, (1, 5 / 3, 3, 17 / 3)),
}


def squared_outputs(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Averages of ReLU(a)²."""
    found = LAWS[point["law"]].draw(rng, COPIES * size)
    np.maximum(found, 0, out=found)
    found *= found
    return averages(found)


def variance_of_a_square(point: Point) -> float:
    """E[ReLU(a)⁴] − E[ReLU(a)²]², the means being half of those of a⁴ and a²; of an average."""
    _, second, _, fourth = LAWS[point["law"]].moments
    return (fourth / 2 - (second / 2) ** 2) / COPIES


def second_moments(point: Point) -> dict[Any, float]:
    """E[a²] and V[a] of the law that is drawn (the means are 0)."""
    found = LAWS[point["law"]].moments[1]
    return {E(a**2): found, V(a): found}


model = models.Mean(squared_outputs, variance_of_a_square, known=second_moments)
points = [{"law": name} for name in LAWS]
