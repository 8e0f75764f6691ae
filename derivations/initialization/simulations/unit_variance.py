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


def design(*, spread: Fraction | None = None, factor: int = 1, flip: bool = False) -> Source:
    """Centred weights of variance factor/d, or `spread`; no bias; inputs of second moment 1.

    flip: each input is symmetric.
    """

    def world(random: Random) -> World:
        size = random.randint(1, 3)
        of_weights = Fraction(factor, size) if spread is None else spread
        inputs = _unit_second_moments(random, size)
        return _world(
            {d: size, c: 0},
            laws.uncorrelated_row(random, size, Fraction(0), of_weights),
            laws.with_negatives(inputs) if flip else inputs,
        )

    return world


def with_bias(factor: int) -> Source:
    """A bias of 3 with no more to it: the mean is 3."""

    def world(random: Random) -> World:
        found = design(factor=factor, flip=True)(random)
        return World({**found.values, c: 3}, found.outcomes)

    return world


def large_inputs(factor: int) -> Source:
    """One weight of variance `factor`, the input ±5: the variance is not 1."""
    return lambda random: _world(
        {d: 1, c: 0},
        laws.uncorrelated_row(random, 1, Fraction(0), Fraction(factor)),
        [(Fraction(1, 2), [Fraction(5)]), (Fraction(1, 2), [Fraction(-5)])],
    )


# -- simulation -------------------------------------------------------------------------------


def _sum(point: products.Point, drawn: products.Floats) -> products.Floats:
    """The columns are the weights, then the inputs, which a ReLU cuts where the point says so."""
    size = point["d"]
    inputs = np.maximum(drawn[:, size:], 0) if point.get("relu") else drawn[:, size:]
    return np.asarray(np.sum(drawn[:, :size] * inputs, axis=1) + point["c"])


model = products.variance_model(
    lambda at: (
        [products.skewed(at["mu"], at["sigma"] ** 2)] * at["d"] + [products.symmetric(1)] * at["d"]
    ),
    _sum,
)


def points(factor: int) -> list[dict[str, Any]]:
    """Weights of mean 0 and variance factor/d; behind a ReLU for a factor of 2."""
    return [
        {"d": size, "c": 0, "mu": 0, "sigma": float(np.sqrt(factor / size)), "relu": factor == 2}
        for size in (2, 3)
    ]
