"""Worlds, counterexamples and simulations for a layer behind leaky ReLUs."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.initialization.simulations import product_laws as products
from derivations.initialization.simulations import random_laws as laws
from derivations.initialization.simulations import relu as unit
from verify import V, World, dimension, independent_product, random_variable, random_vector, real

# The names of leaky_relu.py: declared alike, they are the same names.
n = dimension("n")
W, b, a = random_vector("W", n), random_vector("b", n), random_variable("a")
v, q, s = real("v"), real("q"), real("s")

# -- random worlds ----------------------------------------------------------------------------


def _slope(random: Random) -> Fraction:
    """Of either sign, sometimes 0 or 1."""
    return random.choice([Fraction(0), Fraction(1), *laws.row(random, 3)])


def symmetric_variable(random: Random) -> World:
    """A symmetric variable and a slope."""
    return World({s: _slope(random)}, unit.symmetric_variable(random).outcomes)


def layer(random: Random) -> World:
    """Units with one symmetric marginal law, dependent on one another; uncorrelated weights.

    In half of the draws the weights have the scale that keeps the variance. It is never 0.
    """
    size, slope = random.randint(1, 3), _slope(random)
    spread = Fraction(2) / ((1 + slope**2) * size)
    if random.random() < 0.5:
        spread = laws.positive(random)
    units = laws.cyclic(laws.with_negatives(laws.some_row(random, size)))
    signal = laws.variance([(weight, values[0]) for weight, values in units])
    if signal == 0:
        return layer(random)
    return World(
        {n: size, s: slope, v: spread, q: signal},
        independent_product(
            [
                (w, {W: each})
                for w, each in laws.uncorrelated_row(random, size, Fraction(0), spread)
            ],
            [(w, {b: each}) for w, each in units],
        ),
    )


# -- counterexamples: slope 0, v = 2/n ----------------------------------------------------------

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
SIGNS = ((HALF, 1), (HALF, -1))
#: Centred, of variance 2.
SKEWED = ((THIRD, 2), (2 * THIRD, -1))
Outcomes = Iterable[tuple[Fraction, int]]


def centred_but_skewed(random: Random) -> World:
    """P(a = −1) = 2/3, P(a = 2) = 1/3, slope 0: 4/3, not 1."""
    return World({s: 0}, unit.centred_but_skewed(random).outcomes)


def symmetric_about_one(random: Random) -> World:
    """a is 0 or 2, slope 0: E[a²] = 2 and ½·V[a] = ½."""
    return World({s: 0}, unit.symmetric_about_one(random).outcomes)


def _one_unit(weights: Outcomes, units: Outcomes, signal: int = 1) -> World:
    """A weight independent of the one unit; v = 2."""
    return World(
        {n: 1, s: 0, v: 2, q: signal},
        independent_product(
            [(p, {W: [value]}) for p, value in weights], [(p, {b: [value]}) for p, value in units]
        ),
    )


def equal_weights(_: Random) -> World:
    """W₁ = W₂ = ±1, b₁ = b₂ = ±1: V[z] = 2, not 1."""
    return World(
        {n: 2, s: 0, v: 1, q: 1},
        independent_product(
            [(p, {W: [sign, sign]}) for p, sign in SIGNS],
            [(p, {b: [sign, sign]}) for p, sign in SIGNS],
        ),
    )


def a_mean_that_is_not_stated(_: Random) -> World:
    """W is 3 or 0, with mean 1 and variance 2; b = ±1: V[z] = 5/4, not 1."""
    return _one_unit(((THIRD, 3), (2 * THIRD, 0)), SIGNS)


def a_variance_that_is_not_stated(_: Random) -> World:
    """W = ±1, where v is said to be 2: V[z] = 1/2, not 1."""
    return _one_unit(SIGNS, SIGNS)


def weights_that_follow_the_units(_: Random) -> World:
    """W = C·b with C either 0 or 2, b = ±1: V[z] = 3/4, not 1."""
    outcomes = [
        (Fraction(1, 4), {W: [size * sign], b: [sign]}) for size in (0, 2) for sign in (1, -1)
    ]
    return World({n: 1, s: 0, v: 2, q: 1}, outcomes)


def skewed_units(_: Random) -> World:
    """b is −1 or 2, with mean 0 and variance 2: V[z] = 8/3, not 2."""
    return _one_unit(SKEWED, SKEWED, 2)


def another_variance(_: Random) -> World:
    """b = ±1 and V[z] = 1, where V[b] is said to be 5."""
    return _one_unit(SKEWED, SIGNS, 5)


def no_signal(_: Random) -> World:
    """b = 0 and v = 1: the variance stays 0, although 2/n = 2."""
    return World({n: 1, s: 0, v: 1, q: 0}, [(p, {W: [sign], b: [0]}) for p, sign in SIGNS])


# -- simulation -------------------------------------------------------------------------------


def leaky(slope: float, x: products.Floats) -> products.Floats:
    """x above 0, slope·x below."""
    return np.asarray(np.maximum(x, 0) + slope * np.minimum(x, 0))


def _known(point: products.Point) -> dict[Any, float]:
    return {V(a): point["q"]}


unit_model = products.mean_model(
    lambda at: [products.symmetric(at["q"])],
    lambda at, drawn: leaky(at["s"], drawn[:, 0]) ** 2,
    known=_known,
)
unit_points = [{"s": 0.3, "q": 1.7}, {"s": -0.6, "q": 0.4}]


def preactivations(point: products.Point, drawn: products.Floats) -> products.Floats:
    """Σ_j W_j f(b_j): the columns are the weights, then the units."""
    size = point["n"]
    return products.dot(drawn[:, :size], leaky(point["s"], drawn[:, size:]))


layer_model = products.variance_model(
    lambda at: [products.skewed(0, at["v"])] * at["n"] + [products.symmetric(at["q"])] * at["n"],
    preactivations,
)
layer_points = [
    {"n": 2, "s": 0.3, "v": 0.7, "q": 1.7},
    {"n": 3, "s": -0.6, "v": 1.1, "q": 0.4},
]
kept_points = [
    {"n": 2, "s": 0.3, "v": 2 / (1.09 * 2), "q": 1.7},
    {"n": 3, "s": -0.6, "v": 2 / (1.36 * 3), "q": 0.4},
]
