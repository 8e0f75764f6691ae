"""Worlds, counterexamples and simulations for a gradient that passes weights and a ReLU."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from random import Random

import numpy as np

from derivations.initialization.simulations import product_laws as products
from derivations.initialization.simulations import random_laws as laws
from verify import World, dimension, independent_product, random_variable, random_vector, real

# The names of kaiming.py: declared alike, they are the same names.
n, m = dimension("n"), dimension("m")
U, delta = random_vector("U", m), random_vector("delta", m)
z = random_variable("z")
v, s = real("v"), real("s")

HALF = Fraction(1, 2)
Outcomes = Iterable[tuple[Fraction, int]]
SIGNS = ((HALF, 1), (HALF, -1))

# -- random worlds ----------------------------------------------------------------------------


def _no_atom(random: Random) -> laws.NumberLaw:
    """One or two values with their negatives, none of them 0."""
    values = [laws.positive(random) for _ in range(random.randint(1, 2))]
    parts = laws.weights(random, len(values))
    pairs = zip(parts, values, strict=True)
    return [(part / 2, sign * value) for part, value in pairs for sign in (1, -1)]


def preactivation(random: Random) -> World:
    """A symmetric preactivation that is never 0."""
    return World({}, [(weight, {z: value}) for weight, value in _no_atom(random)])


def backward(random: Random) -> World:
    """Uncorrelated weights, dependent gradients of one second moment, a symmetric preactivation.

    In half of the draws V[U] = 2/m.
    """
    size = random.randint(1, 2)
    spread = Fraction(2, size) if random.random() < 0.5 else laws.positive(random)
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
            [(w, {z: each}) for w, each in _no_atom(random)],
        ),
    )


# -- counterexamples ----------------------------------------------------------------------------


def sometimes_zero(_: Random) -> World:
    """z is 0, 1 or −1, each with probability 1/3: the slope's second moment is 1/3."""
    return World({}, [(Fraction(1, 3), {z: value}) for value in (0, 1, -1)])


def mostly_negative(_: Random) -> World:
    """P(z = −1) = 2/3, P(z = 2) = 1/3, of mean 0: 1/3."""
    return World({}, [(Fraction(2, 3), {z: -1}), (Fraction(1, 3), {z: 2})])


def _one(
    weights: Outcomes, gradients: Outcomes, below: Outcomes, spread: int = 2, signal: int = 1
) -> World:
    """One unit above."""
    return World(
        {n: 1, m: 1, v: spread, s: signal},
        independent_product(
            [(p, {U: [value]}) for p, value in weights],
            [(p, {delta: [value]}) for p, value in gradients],
            [(p, {z: value}) for p, value in below],
        ),
    )


#: Centred, of variance 2.
SKEWED = ((Fraction(1, 3), 2), (Fraction(2, 3), -1))


def equal_weights(_: Random) -> World:
    """Two equal weights ±1 at the scale 2/2, equal gradients: E[g²] = 2, not 1."""
    return World(
        {n: 1, m: 2, v: 1, s: 1},
        independent_product(
            [(p, {U: [sign, sign]}) for p, sign in SIGNS],
            [(p, {delta: [sign, sign]}) for p, sign in SIGNS],
            [(p, {z: sign}) for p, sign in SIGNS],
        ),
    )


def a_mean_that_is_not_stated(_: Random) -> World:
    """A weight of 3 or 0, mean 1 and variance 2: E[g²] = 3/2, not 1."""
    return _one(((Fraction(1, 3), 3), (Fraction(2, 3), 0)), SIGNS, SIGNS)


def a_variance_that_is_not_stated(_: Random) -> World:
    """A weight ±1, where v is said to be 2."""
    return _one(SIGNS, SIGNS, SIGNS)


def independent_in_pairs(_: Random) -> World:
    """U = ±2A and δ = B with fair bits A, B, and z > 0 exactly when A = B: E[g²] = 1, not ½."""
    outcomes = [
        (Fraction(1, 8), {U: [2 * sign * first], delta: [second], z: 1 if first == second else -1})
        for sign in (1, -1)
        for first in (0, 1)
        for second in (0, 1)
    ]
    return World({n: 1, m: 1, v: 2, s: HALF}, outcomes)


def another_signal(_: Random) -> World:
    """δ = ±1 where its second moment is said to be 5."""
    return _one(SKEWED, SIGNS, SIGNS, 2, 5)


def skewed_below(_: Random) -> World:
    """z is −1 with probability 2/3, else 2: a third of the gradients passes."""
    return _one(SKEWED, SIGNS, ((Fraction(2, 3), -1), (Fraction(1, 3), 2)))


def zero_below(_: Random) -> World:
    """z is 0 with probability 1/3, else ±1: a third passes."""
    third = Fraction(1, 3)
    return _one(SKEWED, SIGNS, ((third, 0), (third, 1), (third, -1)))


def no_signal(_: Random) -> World:
    """δ = 0: every scale keeps 0, V[U] = 1 as well."""
    return _one(SIGNS, ((Fraction(1), 0),), SIGNS, 1, 0)


# -- simulation -------------------------------------------------------------------------------


slope_model = products.mean_model(
    lambda at: [products.symmetric(at["spread"])],
    lambda at, drawn: np.where(drawn[:, 0] > 0, 1.0, 0.0) ** 2,
)
slope_points = [{"spread": 0.7}, {"spread": 3.0}]


def received(point: products.Point, drawn: products.Floats) -> products.Floats:
    """The columns are the weights, the gradients above, and the preactivation below."""
    size = point["m"]
    passed = products.dot(drawn[:, :size], drawn[:, size : 2 * size])
    passed *= drawn[:, -1] > 0
    return passed * passed


backward_model = products.mean_model(
    lambda at: [
        *[products.skewed(0, at["v"])] * at["m"],
        *[products.skewed(0.3, at["s"] - 0.09)] * at["m"],
        products.symmetric(1),
    ],
    received,
)
backward_points = [{"m": 2, "v": 1.0, "s": 1.7}, {"m": 3, "v": 2 / 3, "s": 0.4}]
