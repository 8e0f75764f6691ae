"""Worlds, counterexamples and simulations for the variances of a layer's outputs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import pi
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.copies import COPIES, sample_variances, variance_of_sample_variance
from derivations.initialization.simulations import random_laws as laws
from derivations.initialization.simulations import relu as unit
from verify import E, V, World, dimension, independent_product, random_vector, real, relu

# The names of post_activation.py: declared alike, they are the same names.
n = dimension("n")
W, z = random_vector("W", n), random_vector("z", n)
v, kappa = real("v"), real("kappa")

Floats = NDArray[np.float64]
Point = Mapping[str, Any]
#: (weight, the values of a vector)
Law = Sequence[tuple[Fraction, Sequence[Any]]]

HALF, QUARTER = Fraction(1, 2), Fraction(1, 4)
ONE = Fraction(1)


def signs(size: int) -> list[tuple[Fraction, list[int]]]:
    """Independent signs, each as likely as the other."""
    return [(Fraction(1, 2**size), list(each)) for each in product((1, -1), repeat=size)]


def layer(weights: Law, below: Law, variance: Any, ratio: Any) -> World:
    """Weights that are independent of the preactivations below; v and κ as stated."""
    outcomes = independent_product([(p, {W: row}) for p, row in weights],
                                   [(p, {z: values}) for p, values in below])  # fmt: skip
    return World({n: len(weights[0][1]), v: variance, kappa: ratio}, outcomes)


def opposite_pair(random: Random) -> World:
    """z = (C, −C) or (−C, C) with C > 0, and weights ±ω: the sum is ±ω·C, so that both layers have
    κ = E[C]²/E[C²].
    """
    sizes = [laws.positive(random) for _ in range(random.randint(1, 3))]
    parts = laws.weights(random, len(sizes))
    below = [
        (part / 2, [sign * size, -sign * size])
        for part, size in zip(parts, sizes, strict=True)
        for sign in (1, -1)
    ]
    law = list(zip(parts, sizes, strict=True))
    scale = laws.positive(random)
    weights = [(part, [scale * sign for sign in each]) for part, each in signs(2)]
    ratio = laws.mean(law) ** 2 / laws.mean([(p, size**2) for p, size in law])
    return layer(weights, below, scale**2, ratio)


# -- counterexamples: z = (e, −e) or e, e = ±1, unless said otherwise ---------------------------

ONE_SIGN: Law = ((HALF, [1]), (HALF, [-1]))
OPPOSITE: Law = ((HALF, [1, -1]), (HALF, [-1, 1]))


def correlated_weights(_: Random) -> World:
    """z = (e, 3e, −2e) and W = (ω, −ω, ω'): the sum is ±2, V[ReLU(a)] = 1, not 7/4."""
    weights = [(p, [first, -first, third]) for p, (first, third) in signs(2)]
    return layer(weights, [(HALF, [1, 3, -2]), (HALF, [-1, -3, 2])], 1, 1)


def another_variance(_: Random) -> World:
    """W = ±1, said to have variance 3."""
    return layer(signs(2), OPPOSITE, 3, 1)


def constant_weights(_: Random) -> World:
    """W = (1, −1), of variance 0, and a = e: V[ReLU(a)] = ¼, not 0."""
    return layer([(ONE, [1, -1])], OPPOSITE, 0, 1)


def signs_that_see_the_weights(_: Random) -> World:
    """a = 1 whenever one of the two weights is 1: P(a = 1) = ¾, V[ReLU(a)] = 3/16, not ¼."""
    outcomes = []
    for p, (first, second) in signs(2):
        chosen = (1, -1) if first == second else (first,)
        for sign in chosen:
            values = {W: [first, second], z: [sign, -sign]}
            outcomes.append((p / len(chosen), values))
    return World({n: 2, v: 1, kappa: 1}, outcomes)


def constant_below(_: Random) -> World:
    """z = 1: V[ReLU(a)] = ¼, not 0."""
    return layer(ONE_SIGN, [(ONE, [1])], 1, 1)


def another_shape_below(_: Random) -> World:
    """a = W·ReLU(e), ±1 or 0: κ = ½ of a, 1 of z; V[ReLU(a)] = 3/16, not 1/8."""
    return layer(ONE_SIGN, ONE_SIGN, 1, HALF)


def another_shape_above(_: Random) -> World:
    """The same, and κ is that of z."""
    return layer(ONE_SIGN, ONE_SIGN, 1, 1)


# -- simulation -------------------------------------------------------------------------------


def outputs(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Draws of ReLU(a): z in independent normal pairs (g, −g), and weights ±√v.

    One of each pair passes its ReLU, and ω·|g| with a fair sign ω is normal again: both layers are.
    """
    pairs = np.asarray(point["spread"])[:, None] * rng.standard_normal((point["n"] // 2, size))
    signs = rng.random((2, *pairs.shape))
    signs -= 0.5
    weights = np.copysign(np.sqrt(point["v"]), signs, out=signs)
    above = np.einsum("ij,ij->j", weights[0], np.maximum(pairs, 0))
    above -= np.einsum("ij,ij->j", weights[1], np.minimum(pairs, 0, out=pairs))
    return np.asarray(np.maximum(above, 0, out=above))


def variances_of_outputs(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Sample variances of ReLU(a)."""
    return sample_variances(outputs(rng, point, COPIES * size))


def variance_of_a_draw(point: Point) -> float:
    """From the moments of ReLU(a), half of E|a|^k, for a normal a of variance v·Σ spread²."""
    spread = float(np.sqrt(point["v"] * np.sum(np.square(point["spread"]))))
    moments = (np.sqrt(2 / pi), 1.0, np.sqrt(8 / pi), 3.0)
    return _of_half([float(m) * spread**k for k, m in enumerate(moments, 1)])


def _of_half(moments: Sequence[float]) -> float:
    """The variance of a sample variance of ReLU(a), from E|a|, E[a²], E|a|³, E[a⁴]."""
    mean, square, cube, fourth = (moment / 2 for moment in moments)
    central = fourth - 4 * mean * cube + 6 * mean**2 * square - 3 * mean**4
    return variance_of_sample_variance(square - mean**2, central)


def variances_below(point: Point) -> dict[Any, float]:
    """V[ReLU(z)] = (½ − 1/(2π))·V[z] for a normal z."""
    spreads = [*point["spread"], *point["spread"]]
    share = 0.5 - 0.5 / pi
    return {V(relu(z[j])): share * spread**2 for j, spread in enumerate(spreads, 1)}


def variances_of_one(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """The same for one variable of a symmetric law, which the point names."""
    drawn = unit.LAWS[point["law"]].draw(rng, COPIES * size)
    return sample_variances(np.maximum(drawn, 0, out=drawn))


def moments_of_one(point: Point) -> dict[Any, float]:
    """E[a²] and E|a| of the law that is drawn."""
    size, square, _, _ = unit.LAWS[point["law"]].moments
    return {E(unit.a**2): square, E(abs(unit.a)): size, V(unit.a): square}


def variance_of_a_draw_of_one(point: Point) -> float:
    """That of a sample variance."""
    return _of_half(unit.LAWS[point["law"]].moments)


#: Not Laplace's law: the 1 % in its E[|a|]², so small a part of the whole, takes too many draws.
points_of_one = [point for point in unit.points if point["law"] != "Laplace"]
