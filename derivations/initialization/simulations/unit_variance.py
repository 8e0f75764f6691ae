"""Worlds, counterexamples and simulations for preactivations of mean 0 and variance 1."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.initialization.simulations import product_laws as products
from derivations.initialization.simulations import random_laws as laws
from verify import (
    World,
    dimension,
    independent_product,
    random_vector,
    real,
)

# The names of unit_variance.py: declared alike, they are the same names.
d = dimension("d")
W, R, h = (random_vector(name, d) for name in ("W", "R", "h"))
c = real("c")

Source = Callable[[Random], World]
#: The variance of the weights for a number of inputs.
Spread = Callable[[int], Fraction]
Values = Mapping[Any, Any]

# -- random worlds ----------------------------------------------------------------------------


def _world(values: Values, weights: laws.RowLaw, inputs: laws.RowLaw) -> World:
    """The weights are W, or R, whichever a claim has."""
    return World(
        values,
        independent_product(
            [(w, {W: each, R: each}) for w, each in weights], [(w, {h: each}) for w, each in inputs]
        ),
    )


def _unit_second_moments(random: Random, size: int) -> laws.RowLaw:
    """Dependent inputs that are not centred: ±2 with weight 1/5, ±½ with 4/5."""
    signs = [Fraction(random.choice([1, 1, -1])) for _ in range(size)]
    return [
        (Fraction(1, 5), [2 * sign for sign in signs]),
        (Fraction(4, 5), [sign / 2 for sign in signs]),
    ]


def over_width(factor: int, power: int = 1) -> Spread:
    """Weights of variance factor/d^power."""
    return lambda size: Fraction(factor, size**power)


def third(size: int) -> Fraction:
    """The variance of a uniform law on (−1, 1), for any number of inputs."""
    return Fraction(1, 3)


def design(spread: Spread, *, flip: bool) -> Source:
    """Centred weights of this variance; no bias; inputs of second moment 1.

    flip: each input is symmetric.
    """

    def world(random: Random) -> World:
        size = random.randint(1, 3)
        inputs = _unit_second_moments(random, size)
        return _world(
            {d: size, c: 0},
            laws.uncorrelated_row(random, size, Fraction(0), spread(size)),
            laws.with_negatives(inputs) if flip else inputs,
        )

    return world


# -- counterexamples: one input ±1, or what else is said ----------------------------------------

HALF, ONE = Fraction(1, 2), Fraction(1)
SIGNS: laws.RowLaw = [(HALF, [ONE]), (HALF, [-ONE])]


def three_values(variance: Fraction) -> laws.NumberLaw:
    """±K with equal probabilities, and 0: of mean 0 and this variance."""
    high = Fraction(2 if variance > 1 else 1)
    share = variance / (2 * high**2)
    return [(share, high), (share, -high), (1 - 2 * share, Fraction(0))]


def _one(weights: laws.NumberLaw, inputs: laws.RowLaw, bias: int = 0) -> World:
    return _world({d: 1, c: bias}, [(p, [w]) for p, w in weights if p], inputs)


def with_bias(spread: Spread) -> Source:
    """A bias of 3 with no more to it: the mean is 3."""
    return lambda _: _one(three_values(spread(1)), SIGNS, bias=3)


def large_inputs(spread: Spread) -> Source:
    """The input ±5."""
    return lambda _: _one(three_values(spread(1)), [(p, [5 * y for y in row]) for p, row in SIGNS])


def skewed_inputs(spread: Spread) -> Source:
    """h = 2 or −1/2, with mean 0 and second moment 1: E[ReLU(h)²] = 4/5, not ½."""
    skewed = [(Fraction(1, 5), [Fraction(2)]), (Fraction(4, 5), [-HALF])]
    return lambda _: _one(three_values(spread(1)), skewed)


def equal_weights(spread: Spread) -> Source:
    """Two equal weights, and two equal inputs ±1: twice the variance."""
    return lambda _: _world(
        {d: 2, c: 0},
        [(p, [w, w]) for p, w in three_values(spread(2)) if p],
        [(p, row * 2) for p, row in SIGNS],
    )


def weights_with_a_mean(spread: Spread) -> Source:
    """Weights of this variance and of mean 1."""
    low = spread(1) / HALF
    law = [(low / (HALF + low), ONE + HALF), (HALF / (HALF + low), ONE - low)]
    return lambda _: _one(law, SIGNS)


def wide_weights(_: Random) -> World:
    """W = ±2, of variance 4, whatever is said."""
    return _one([(HALF, 2 * ONE), (HALF, -2 * ONE)], SIGNS)


def weights_with_the_sign_of_the_input(spread: Spread) -> Source:
    """W is 0, or has the sign of h = ±1: W·h ≥ 0."""

    def world(_: Random) -> World:
        outcomes = []
        for p, w in three_values(spread(1)):
            for part, y in SIGNS:
                if w == 0 or (w > 0) == (y[0] > 0):
                    outcomes.append((p * part if w == 0 else p, {W: [w], R: [w], h: y}))
        return World({d: 1, c: 0}, [each for each in outcomes if each[0]])

    return world


# -- simulation -------------------------------------------------------------------------------


def _sum(point: products.Point, drawn: products.Floats) -> products.Floats:
    """The columns are the weights, then the inputs, which a ReLU cuts where the point says so."""
    size = point["d"]
    inputs = np.maximum(drawn[:, size:], 0) if point.get("relu") else drawn[:, size:]
    return np.asarray(products.dot(drawn[:, :size], inputs) + point["c"])


model = products.variance_model(
    lambda at: (
        [products.skewed(at["mu"], at["sigma"] ** 2)] * at["d"] + [products.symmetric(1)] * at["d"]
    ),
    _sum,
)


def _uniform_weight(point: products.Point) -> products.Law:
    """Uniform on ±√(3/d), or ±√(6/d) behind a ReLU."""
    factor = 6 if point["relu"] else 3
    return products.uniform(float(np.sqrt(factor / point["d"])), smooth=True)


uniform_model = products.variance_model(
    lambda at: [_uniform_weight(at)] * at["d"] + [products.symmetric(1)] * at["d"], _sum
)


def points(factor: int) -> list[dict[str, Any]]:
    """Weights of mean 0 and variance factor/d; behind a ReLU for a factor of 2."""
    return [
        {"d": size, "c": 0, "mu": 0, "sigma": float(np.sqrt(factor / size)), "relu": factor == 2}
        for size in (2, 3)
    ]
