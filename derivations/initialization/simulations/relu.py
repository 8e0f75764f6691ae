"""Worlds, counterexamples and simulations for the second moment that passes a ReLU."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
    """A law that is drawn, with E[a²] and E[ReLU(a)⁴] found by integrating its density."""

    draw: Callable[[np.random.Generator, int], Floats]
    second_moment: float
    fourth_moment_above_zero: float


def _with_an_atom(rng: np.random.Generator, size: int) -> Floats:
    """0 with probability 1/2, ±1 with 1/5 each, ±3 with 1/20 each."""
    return rng.choice([0.0, 1.0, -1.0, 3.0, -3.0], size, p=[0.5, 0.2, 0.2, 0.05, 0.05])


#: By the name that a point gives. Spreads: σ = 3/2; (−2, 2); density e^(−|a|/b)/2b with b = 1/2.
LAWS = {
    "normal": SymmetricLaw(lambda rng, k: rng.normal(0, 1.5, k), 2.25, 1.5 * 1.5**4),
    "uniform": SymmetricLaw(lambda rng, k: rng.uniform(-2, 2, k), 4 / 3, 8 / 5),
    "Laplace": SymmetricLaw(lambda rng, k: rng.laplace(0, 0.5, k), 0.5, 12 / 16),
    "discrete, with an atom at 0": SymmetricLaw(_with_an_atom, 1.3, 0.2 + 81 * 0.05),
}


def squared_outputs(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Draws of ReLU(a)²."""
    return np.maximum(LAWS[point["law"]].draw(rng, size), 0) ** 2


def second_moments(point: Point) -> dict[Any, float]:
    """E[a²] and V[a] of the law that is drawn (the means are 0)."""
    found = LAWS[point["law"]].second_moment
    return {E(a**2): found, V(a): found}


model = models.Mean(
    squared_outputs,
    lambda point: LAWS[point["law"]].fourth_moment_above_zero,
    known=second_moments,
)
points = [{"law": name} for name in LAWS]
