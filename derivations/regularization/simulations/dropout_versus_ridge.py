"""Regressions whose columns have one length, or several: exact ones, and random ones in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.random_rationals import on_sphere, positive, proper
from derivations.regularization.simulations import dropout

Numbers = Mapping[str, Any]


class Regression(NamedTuple):
    """Inputs, the chance to keep one, and the strength of the ridge."""

    n: int
    d: int
    X: list[list[Fraction]]
    p: Fraction
    strength: Fraction


def regression(random: Random) -> Regression:
    """All columns have the length that makes dropout ridge, or one of them, or none."""
    n, d, p = random.randint(2, 3), random.randint(1, 2), proper(random)
    length, strength = positive(random), (1 - p) / p
    lengths = [length] * d
    kind = random.choice(("all", "all", "one", "none"))
    if kind != "all":
        lengths[-1] += positive(random)
    if kind == "none":
        lengths[0] += positive(random)
    columns = [[size * entry for entry in on_sphere(random, n)] for size in lengths]
    rows = [list(row) for row in zip(*columns, strict=True)]
    return Regression(n, d, rows, p, strength * length**2)


def one_input(x: int, strength: int) -> Regression:
    """One example with one input x, and p = 1/2."""
    return Regression(1, 1, [[Fraction(x)]], Fraction(1, 2), Fraction(strength))


def weights_for_one_target(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """p·w_k of dropout when the target of example i is 1 and the others are 0, by least squares
    over all masks, for columns of the length that makes it ridge; and the numbers.
    """
    n, d, p = point["n"], point["d"], point["p"]
    strength = rng.uniform(0.3, 3)
    inputs = rng.normal(0, 1, (n, d))
    inputs *= np.sqrt(strength * p / (1 - p)) / np.linalg.norm(inputs, axis=0)
    i, k = int(rng.integers(n)), int(rng.integers(d))
    drawn = {**point, "X": inputs, "y": np.eye(n)[i], "lambda": strength, "i": i + 1, "k": k + 1}
    return float(p * dropout.fit_all_masks(drawn)[k]), drawn
