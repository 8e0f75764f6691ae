"""Worlds, counterexamples and simulations for signals through a linear layer, either way."""

from __future__ import annotations

import statistics
from collections.abc import Iterable
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.initialization.simulations import product_laws as products
from derivations.initialization.simulations import random_laws as laws
from verify import World, dimension, independent_product, random_vector, real

# The names of xavier.py: declared alike, they are the same names.
n, m = dimension("n"), dimension("m")
W, x = random_vector("W", n), random_vector("x", n)
U, delta = random_vector("U", m), random_vector("delta", m)
v, s = real("v"), real("s")

# -- random worlds ----------------------------------------------------------------------------


def _scale(random: Random, size: int) -> Fraction:
    """1/size in half of the draws."""
    return Fraction(1, size) if random.random() < 0.5 else laws.positive(random)


def forward(random: Random) -> World:
    """Uncorrelated weights; centred, dependent inputs of one variance that is not 0."""
    size = random.randint(1, 3)
    spread = _scale(random, size)
    inputs = laws.cyclic(laws.with_negatives(laws.some_row(random, size)))
    signal = laws.variance([(weight, values[0]) for weight, values in inputs])
    if signal == 0:
        return forward(random)
    return World(
        {n: size, m: random.randint(1, 3), v: spread, s: signal},
        independent_product(
            [
                (w, {W: each})
                for w, each in laws.uncorrelated_row(random, size, Fraction(0), spread)
            ],
            [(w, {x: each}) for w, each in inputs],
        ),
    )


def backward(random: Random) -> World:
    """Uncorrelated weights; dependent gradients with one second moment that is not 0."""
    size = random.randint(1, 3)
    spread = _scale(random, size)
    gradients = laws.cyclic(laws.some_row(random, size))
    signal = laws.mean([(weight, values[0] ** 2) for weight, values in gradients])
    if signal == 0:
        return backward(random)
    return World(
        {n: random.randint(1, 3), m: size, v: spread, s: signal},
        independent_product(
            [
                (w, {U: each})
                for w, each in laws.uncorrelated_row(random, size, Fraction(0), spread)
            ],
            [(w, {delta: each}) for w, each in gradients],
        ),
    )


def widths(random: Random) -> World:
    """Two widths, equal in half of the draws, and a variance, often Xavier's or Kaiming's."""
    above, below = random.randint(1, 6), random.randint(1, 6)
    if random.random() < 0.5:
        above = below
    between = Fraction(2, above + below)
    spread = random.choice([between, 2 * between, Fraction(1, above), laws.positive(random)])
    return World({m: above, n: below, v: spread})


# -- counterexamples: one unit, or two -----------------------------------------------------------

HALF = Fraction(1, 2)
SIGNS = ((HALF, 1), (HALF, -1))
Outcomes = Iterable[tuple[Fraction, int]]


def _one(weights: Outcomes, inputs: Outcomes, spread: int = 1, signal: int = 1) -> World:
    """One weight and one input, independent; forward and backward alike."""
    return World(
        {n: 1, m: 1, v: spread, s: signal},
        independent_product(
            [(p, {W: [value], U: [value]}) for p, value in weights],
            [(p, {x: [value], delta: [value]}) for p, value in inputs],
        ),
    )


def equal_weights(_: Random) -> World:
    """Four weights, all ½ or all −½, on equal inputs ±1, at the scale ¼: V[z] = 4, not 1."""
    return World(
        {n: 4, m: 4, v: Fraction(1, 4), s: 1},
        independent_product(
            [(p, {W: [HALF * sign] * 4, U: [HALF * sign] * 4}) for p, sign in SIGNS],
            [(p, {x: [sign] * 4, delta: [sign] * 4}) for p, sign in SIGNS],
        ),
    )


def a_mean_that_is_not_stated(_: Random) -> World:
    """A weight 2 or 0, with mean 1 and variance 1, at the scale 1: the signal is doubled."""
    return _one(((HALF, 2), (HALF, 0)), SIGNS)


def a_variance_that_is_not_stated(_: Random) -> World:
    """A weight ±2, where v is said to be 1."""
    return _one(((HALF, 2), (HALF, -2)), SIGNS)


def weights_that_are_the_inputs(_: Random) -> World:
    """2 with probability 1/5, −½ with 4/5, as the weight and as the input: V[z] = 9/4, not 1."""
    return World(
        {n: 1, m: 1, v: 1, s: 1},
        [
            (Fraction(part, 5), {W: [value], U: [value], x: [value], delta: [value]})
            for part, value in ((1, Fraction(2)), (4, -HALF))
        ],
    )


def another_signal(_: Random) -> World:
    """The input is ±1 and has variance 1, where 5 is said."""
    return _one(SIGNS, SIGNS, 1, 5)


def inputs_with_a_mean(_: Random) -> World:
    """The input is 2 or 0: its variance is 1, and its second moment 2."""
    return _one(SIGNS, ((HALF, 2), (HALF, 0)))


def no_signal(_: Random) -> World:
    """The input is 0: every scale keeps its variance, 2 as well."""
    return World(
        {n: 1, m: 1, v: 4, s: 0},
        [(p, {W: [2 * w], U: [2 * w], x: [0], delta: [0]}) for p, w in SIGNS],
    )


# -- simulation -------------------------------------------------------------------------------


def _dot(point: products.Point, drawn: products.Floats) -> products.Floats:
    """The columns are the weights, then what they multiply."""
    half = drawn.shape[1] // 2
    return products.dot(drawn[:, :half], drawn[:, half:])


forward_model = products.variance_model(
    lambda at: [products.skewed(0, at["v"])] * at["n"] + [products.skewed(0, at["s"])] * at["n"],
    _dot,
)
forward_points = [{"n": 2, "v": 1 / 2, "s": 1.7}, {"n": 3, "v": 1 / 3, "s": 0.4}]

backward_model = products.mean_model(
    lambda at: (
        [products.skewed(0, at["v"])] * at["m"] + [products.skewed(0.3, at["s"] - 0.09)] * at["m"]
    ),
    lambda at, drawn: _dot(at, drawn) ** 2,
)
backward_points = [{"m": 2, "v": 1 / 2, "s": 1.7}, {"m": 3, "v": 1 / 3, "s": 0.4}]


def harmonic_mean(rng: np.random.Generator, point: products.Point) -> tuple[float, dict[str, Any]]:
    """Python's harmonic mean of 1/n and 1/m for random widths, times the point's `factor`."""
    below, above = (int(width) for width in rng.integers(1, 2000, 2))
    return float(point["factor"] * statistics.harmonic_mean([1 / below, 1 / above])), {
        "n": below,
        "m": above,
    }
