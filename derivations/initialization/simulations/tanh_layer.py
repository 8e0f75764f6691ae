"""One unit behind a layer of tanhs: exact worlds, counterexamples and draws."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.initialization.simulations import product_laws as products
from derivations.initialization.simulations import random_laws as laws
from derivations.random_rationals import positive
from verify import Sum, V, World, dimension, independent_product, index, random_vector, real, tanh

# The names of tanh_layer.py: declared alike, they are the same names.
n = dimension("n")
j = index("j", n)
W, z = random_vector("W", n), random_vector("z", n)
v, q, r = real("v"), real("q"), real("r")

Point = Mapping[str, Any]
Floats = NDArray[np.float64]
Outcomes = Iterable[tuple[Fraction, Any]]
Rows = Iterable[tuple[Fraction, Sequence[Any]]]

# -- random worlds ----------------------------------------------------------------------------


def _world(values: dict[Any, Any], weights: Rows, inputs: Rows) -> World:
    return World(
        values,
        independent_product(
            [(p, {W: each}) for p, each in weights], [(p, {z: each}) for p, each in inputs]
        ),
    )


def tame_layer(random: Random) -> World:
    """Dependent preactivations of one second moment q > 0 and fourth moments up to 3q²."""
    size, scale = random.randint(1, 2), random.choice([Fraction(1), Fraction(1, 5)])
    law = laws.cyclic(laws.some_row(random, size))
    inputs = [(p, [scale * value for value in values]) for p, values in law]
    second, fourth = (laws.mean([(p, row[0] ** k) for p, row in inputs]) for k in (2, 4))
    if second == 0 or fourth > 3 * second**2:
        return tame_layer(random)
    spread = random.choice([Fraction(1, size), laws.positive(random)])
    weights = laws.uncorrelated_row(random, size, Fraction(0), spread)
    return _world({n: size, v: spread, q: second}, weights, inputs)


def any_layer(random: Random) -> World:
    """All preactivations ±a, with dependent signs; the scale 1, 1 + ⅔q, another, or q/r."""
    size, height = random.randint(1, 2), positive(random)
    if random.random() < 0.25:
        gain = height / tanh(height)
        law = [(HALF, [gain]), (HALF, [-gain])]
        known = {n: 1, v: gain**2, q: height**2, r: tanh(height) ** 2}
        return _world(known, law, [(Fraction(1), [height])])
    signs = [[random.choice([-1, 1]) for _ in range(size)] for _ in range(2)]
    inputs = [
        (p, [sign * height for sign in row])
        for p, row in zip(laws.weights(random, 2), signs, strict=True)
    ]
    scale = random.choice([Fraction(1), 1 + 2 * height**2 / 3, laws.positive(random)])
    weights = laws.uncorrelated_row(random, size, Fraction(0), scale / size)
    return _world({n: size, v: scale / size, q: height**2, r: tanh(height) ** 2}, weights, inputs)


# -- counterexamples: one unit, or four -----------------------------------------------------------

HALF = Fraction(1, 2)
SIGNS = ((HALF, 1), (HALF, -1))


def _one(weights: Outcomes, inputs: Outcomes, signal: Any = 1, spread: Any = 1) -> World:
    return _world(
        {n: 1, v: spread, q: signal, r: tanh(1) ** 2},
        [(p, [value]) for p, value in weights],
        [(p, [value]) for p, value in inputs],
    )


def equal_weights(_: Random) -> World:
    """Four weights, all ½ or all −½, on equal inputs ±1, at the scale ¼: V = 4 without tanh."""
    return _world(
        {n: 4, v: Fraction(1, 4), q: 1, r: tanh(1) ** 2},
        [(p, [HALF * sign] * 4) for p, sign in SIGNS],
        [(p, [Fraction(sign)] * 4) for p, sign in SIGNS],
    )


def a_mean_that_is_not_stated(_: Random) -> World:
    """A weight 2 or 0, with mean 1 and variance 1: without tanh V = 2, not 1."""
    return _one(((HALF, 2), (HALF, 0)), SIGNS)


def a_variance_that_is_not_stated(_: Random) -> World:
    """A weight ±2, where v is said to be 1."""
    return _one(((HALF, 2), (HALF, -2)), SIGNS)


def weights_that_are_the_inputs(_: Random) -> World:
    """3/2 with probability 4/13, −⅔ with 9/13, as the weight and as the input: V = 25/36, not 1."""
    law = ((Fraction(4, 13), Fraction(3, 2)), (Fraction(9, 13), -Fraction(2, 3)))
    return World({n: 1, v: 1, q: 1}, [(p, {W: [value], z: [value]}) for p, value in law])


def another_signal(_: Random) -> World:
    """±1, where the second moment is said to be 5."""
    return _one(SIGNS, SIGNS, 5)


def heavy_tails(_: Random) -> World:
    """±3 with probability 1/27: q = ⅓, and the tanh keeps 0.037, not a third of it."""
    part = Fraction(1, 54)
    return _one(SIGNS, ((part, 3), (part, -3), (1 - 2 * part, 0)), Fraction(1, 3))


def no_signal(_: Random) -> World:
    """The preactivation is 0: every scale keeps its variance, 4 as well."""
    return _one(((HALF, 2), (HALF, -2)), ((Fraction(1), 0),), 0, 4)


#: q/r of a preactivation ±1: the scale that keeps its second moment.
GAIN = 1 / tanh(1) ** 2


def inputs_at_the_scale(_: Random) -> World:
    """A weight ±1/tanh(1) of the sign of its input ±1: their product is 1, and V = 0."""
    values = {n: 1, v: GAIN, q: 1, r: tanh(1) ** 2}
    return World(values, [(p, {W: [sign / tanh(1)], z: [sign]}) for p, sign in SIGNS])


def a_variance_at_the_scale(_: Random) -> World:
    """A weight ±2, where V[W] is said to be 1/tanh(1)²."""
    return _one(((HALF, 2), (HALF, -2)), SIGNS, 1, GAIN)


def less_than_there_is(_: Random) -> World:
    """±1, where the second moment is said to be 1/9, less than tanh(1)²."""
    return _one(SIGNS, SIGNS, Fraction(1, 9))


def more_than_is_kept(_: Random) -> World:
    """±1, where the tanh is said to keep 5 of 1."""
    values = {n: 1, v: 1, q: 1, r: 5}
    return _world(values, [(p, [s]) for p, s in SIGNS], [(p, [s]) for p, s in SIGNS])


# -- simulation -------------------------------------------------------------------------------


def layer_of_a_sample(rng: np.random.Generator, point: Point) -> tuple[float, dict[Any, float]]:
    """V[Σ W_j tanh(z_j)] and V[Σ W_j z_j] for weights of either sign and the law that puts the
    same weight on each of 500 draws, normal ones or signs, scaled to one second moment.
    """
    size, signal = point["n"], float(10 ** rng.uniform(-2, 0.5))
    drawn = rng.normal(0, 1, (500, size)) + rng.normal(0, 1, (500, 1))
    drawn = drawn if rng.random() < 0.5 else np.sign(drawn)
    drawn *= np.sqrt(signal / np.mean(drawn**2, axis=0))
    signs = np.array(list(itertools.product((-1.0, 1.0), repeat=size)))
    weights = signs * float(rng.uniform(0.1, 2))
    known = {"q": signal, V(Sum(W[j] * z[j], j)): float(np.var(drawn @ weights.T))}
    return float(np.var(np.tanh(drawn) @ weights.T)), known


def _at(size: int, height: float) -> dict[str, Any]:
    """Preactivations ±height, at the scale that keeps their second moment."""
    kept = float(np.tanh(height) ** 2)
    return {"n": size, "v": height**2 / kept / size, "q": height**2, "r": kept}


points = [_at(2, 1.0), _at(3, 0.4)]


def _square(point: Point, drawn: Floats) -> Floats:
    """(Σ W_j tanh(z_j))²; the columns are the weights, then the preactivations."""
    size = point["n"]
    found = products.dot(drawn[:, :size], np.tanh(drawn[:, size:]))
    return found * found


#: Weights ±√v and preactivations ±√q.
gain_model = products.mean_model(
    lambda at: (
        [products.signs(float(np.sqrt(at["v"])))] * at["n"]
        + [products.signs(float(np.sqrt(at["q"])))] * at["n"]
    ),
    _square,
)
