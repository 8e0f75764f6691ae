"""Regressions in two systems of units: exact ones, and random ones in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.random_rationals import nonzero, positive, proper
from derivations.regularization.simulations import dropout, ridge

Numbers = Mapping[str, Any]


class Change(NamedTuple):
    """Inputs, the factors of their columns, the chance to keep one, the penalty of ridge; the
    column t has the factor s.
    """

    n: int
    d: int
    X: list[list[Fraction]]
    c: list[Fraction]
    p: Fraction
    strength: Fraction
    t: int
    s: Fraction


def change(random: Random) -> Change:
    """Factors of either sign for all columns, no input being 0."""
    n, d = random.randint(1, 3), random.randint(1, 2)
    inputs = [[nonzero(random) for _ in range(d)] for _ in range(n)]
    factors = [nonzero(random) for _ in range(d)]
    return Change(n, d, inputs, factors, proper(random), positive(random), 1, factors[0])


def one_column(random: Random) -> Change:
    """One column has a factor, which is 1 or −1 as often as not."""
    found = change(random)
    at = random.randint(1, found.d)
    factor = random.choice((Fraction(1), Fraction(-1), nonzero(random), nonzero(random)))
    factors = [factor if j == at else Fraction(1) for j in range(1, found.d + 1)]
    return found._replace(c=factors, t=at, s=factor)


def one_input(x: int, strength: int, s: int | Fraction) -> Change:
    """One example with one input, which is multiplied by s."""
    half, factor = Fraction(1, 2), Fraction(s)
    return Change(1, 1, [[Fraction(x)]], [factor], half, Fraction(strength), 1, factor)


def another_column() -> Change:
    """X = [1, 1] and λ = 1; the second column is doubled, the first is said to have s = 1."""
    half, one = Fraction(1, 2), Fraction(1)
    return Change(1, 2, [[one, one]], [one, 2 * one], half, one, 1, one)


# -- simulation --------------------------------------------------------------------------------


def _drawn(rng: np.random.Generator, point: Numbers) -> dict[str, Any]:
    n, d = point["n"], point["d"]
    i, h = (int(k) for k in rng.integers(n, size=2))
    return {
        **point,
        "X": rng.normal(0, 1, (n, d)) * rng.uniform(0.5, 2, d),
        "y": np.eye(n)[h],
        "c": rng.uniform(0.2, 5, d) * rng.choice([-1, 1], d),
        "i": i + 1,
        "h": h + 1,
    }


def fit_of_dropout(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """What dropout predicts for example i from rescaled inputs when the target of example h is 1
    and the others are 0, by least squares over all masks; and the numbers.
    """
    drawn = _drawn(rng, point)
    rescaled = {**drawn, "X": drawn["X"] * drawn["c"]}
    predictions = drawn["p"] * rescaled["X"] @ dropout.fit_all_masks(rescaled)
    return float(predictions[drawn["i"] - 1]), drawn


def fit_of_ridge(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The same for ridge, one column having changed its sign."""
    drawn = _drawn(rng, point)
    column = int(rng.integers(point["d"]))
    signs = np.ones(point["d"])
    signs[column] = -1
    rescaled = {**drawn, "X": drawn["X"] * signs}
    predictions = rescaled["X"] @ ridge.solve(rescaled)
    return float(predictions[drawn["i"] - 1]), {**drawn, "c": signs, "t": column + 1, "s": -1}
