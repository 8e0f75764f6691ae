"""Variables before a tanh: of any law, and discrete ones with the moments of a normal law."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import cache
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.initialization.simulations import random_laws as laws
from derivations.random_rationals import nonzero
from verify import E, V, World, random_variable, real, uniform_on

z, Z = random_variable("z"), random_variable("Z")
q, c, M = real("q"), real("c"), real("M")

Point = Mapping[str, Any]
Floats = NDArray[np.float64]
Outcomes = list[tuple[Fraction, dict[Any, Fraction]]]


def any_variable(random: Random) -> World:
    """One to three values, of either sign, large ones or (in half of the draws) small ones."""
    size = random.randint(1, 3)
    scale = random.choice((Fraction(1), Fraction(1, 7)))
    law = [(w, nonzero(random) * scale) for w in laws.weights(random, size)]
    return World(
        {q: laws.mean([(w, value**2) for w, value in law])}, [(w, {z: value}) for w, value in law]
    )


def more_than_is_said(_: Random) -> World:
    """z = ±1, where the second moment is said to be 1/9: tanh(1)² = 0.58."""
    return World({q: Fraction(1, 9)}, uniform_on([{z: 1}, {z: -1}]))


def centred_variable(random: Random) -> World:
    """Two values, with mean 0."""
    drawn = laws.two_points(
        random, laws.positive(random) * random.choice([Fraction(1), Fraction(1, 9)])
    )
    return World({}, [(weight, {z: value}) for weight, value in drawn])


def zero(_: Random) -> World:
    """z = 0."""
    return World({q: 0}, [(1, {z: 0})])


def fair_sign(_: Random) -> World:
    """z = ±1: V[z] = 1, and V[tanh(z)] = tanh(1)² = 0.58."""
    return World({}, uniform_on([{z: 1}, {z: -1}]))


# -- the first six moments of a normal law ------------------------------------------------------

#: Values of z/√q, taken with either sign, that can have the moments 1, 3, 15 (one: and 9).
VALUES = (
    (Fraction(1), Fraction(2), Fraction(3)),
    (Fraction(1), Fraction(3, 2), Fraction(5, 2)),
    (Fraction(2, 3), Fraction(3, 2), Fraction(5, 2)),
    (Fraction(1, 2), Fraction(3, 2), Fraction(3)),
)


def pairs(sizes: Mapping[Fraction, Fraction], scale: Fraction) -> Outcomes:
    """±scale·size with the probability of the size, and 0 with what is left."""
    sides = [(p / 2, {z: sign * scale * a}) for a, p in sizes.items() for sign in (1, -1)]
    left = 1 - sum(sizes.values(), Fraction(0))
    return [*sides, (left, {z: Fraction(0)})] if left else sides


def three_sizes(values: tuple[Fraction, Fraction, Fraction]) -> dict[Fraction, Fraction]:
    """Probabilities that give E[z²] = 1, E[z⁴] = 3, E[z⁶] = 15: by a polynomial that is 0 at the
    squares of the other two.
    """
    found = {}
    for a in values:
        first, second = (b**2 for b in values if b != a)
        mean = 15 - 3 * (first + second) + first * second
        found[a] = mean / (a**2 * (a**2 - first) * (a**2 - second))
    return found


def moments_of_a_normal_law(random: Random) -> World:
    """Three sizes; in a fifth of the draws one, ±√(3q) with probability ⅓, of E[z⁶] = 9q³."""
    root = Fraction(random.randint(1, 9), random.choice([7, 11, 30]))
    if random.random() < 0.2:
        return World({q: 3 * root**2}, pairs({Fraction(3): Fraction(1, 3)}, root))
    return World({q: root**2}, pairs(three_sizes(random.choice(VALUES)), root))


def another_variance(_: Random) -> World:
    """q = 1/16, and ±½ with probability 3/16: E[z²] = 3/64, E[z⁴] = 3q², E[z⁶] = 12q³."""
    return World({q: Fraction(1, 16)}, pairs({Fraction(1): Fraction(3, 16)}, Fraction(1, 2)))


def lighter_tails(_: Random) -> World:
    """±⅓, q = 1/9: E[z⁴] = q², E[tanh(z)²] = 0.103, and 0.094 is claimed at most."""
    return World({q: Fraction(1, 9)}, pairs({Fraction(1): Fraction(1)}, Fraction(1, 3)))


def heavier_tails(_: Random) -> World:
    """±19/60 with probability 100/361, q = 1/36: E[z⁴] = 3.61q², E[tanh(z)²] is too small."""
    return World({q: Fraction(1, 36)}, pairs({Fraction(1): Fraction(100, 361)}, Fraction(19, 60)))


def far_outliers(_: Random) -> World:
    """q = 1/16: ±¼ with probability 61/63, ±2 with 1/2016, so that E[z⁶] is about 135q³."""
    sizes = {Fraction(1): Fraction(61, 63), Fraction(8): Fraction(1, 2016)}
    return World({q: Fraction(1, 16)}, pairs(sizes, Fraction(1, 4)))


# -- a scale, and small variances ---------------------------------------------------------------


def scaled_variable(random: Random) -> World:
    """c·Z of any law but 0, often small."""
    law = [(w, nonzero(random)) for w in laws.weights(random, random.randint(1, 3))]
    scale = nonzero(random) * random.choice([Fraction(1), Fraction(1, 9)])
    return World({c: scale}, [(weight, {Z: value}) for weight, value in law])


def rare_and_large_factor(_: Random) -> World:
    """c = 1, Z is ±3 with probability 1/27: E[Z²] = 1/3, E[tanh(Z)²] = 0.037."""
    part = Fraction(1, 54)
    return World({c: 1}, [(part, {Z: 3}), (part, {Z: -3}), (1 - 2 * part, {Z: 0})])


def rare_and_large(random: Random) -> World:
    """±M with probability M⁻³ for some M > 1."""
    size = 1 + Fraction(random.randint(3, 20), random.choice([1, 3, 5]))
    return World({M: size}, pairs({Fraction(1): 1 / size**3}, size))


def smaller_than_is_said(power: int) -> Callable[[Random], World]:
    """Mostly ½, now and then 3, with E[z^power] = M^(power − 2)·E[z²] for M = 2 alone."""
    small, large, size = Fraction(1, 2), Fraction(3), 2
    excess = large**power - size ** (power - 2) * large**2
    lack = size ** (power - 2) * small**2 - small**power
    part = lack / (lack + excess)
    return lambda _: World({M: size}, [(part, {z: large}), (1 - part, {z: small})])


# -- simulation -------------------------------------------------------------------------------


def _drawn(rng: np.random.Generator) -> Floats:
    """1000 draws of a normal or a uniform law, or of one with heavy tails, of some scale."""
    scale = float(10 ** rng.uniform(-1.5, 0.5))
    kind = rng.integers(3)
    if kind == 0:
        return rng.normal(rng.normal() * scale, scale, 1000)
    if kind == 1:
        return rng.uniform(-scale, scale, 1000)
    return scale * rng.standard_t(3, 1000)


def _moments(drawn: Floats) -> dict[Any, float]:
    """Of the law that puts the same weight on each of the draws."""
    powers = {E(z**k): float(np.mean(drawn**k)) for k in (2, 4, 6)}
    return {**powers, V(z): float(np.var(drawn)), q: float(np.mean(drawn**2))}


def second_moment(rng: np.random.Generator, _: Point) -> tuple[float, dict[Any, float]]:
    """E[tanh(z)²] and moments of z."""
    drawn = _drawn(rng)
    return float(np.mean(np.tanh(drawn) ** 2)), _moments(drawn)


def variance(rng: np.random.Generator, _: Point) -> tuple[float, dict[Any, float]]:
    """V[tanh(z)] and moments of z, the draws being centred."""
    drawn = _drawn(rng)
    drawn -= np.mean(drawn)
    return float(np.var(np.tanh(drawn))), _moments(drawn)


@cache
def _gauss_hermite() -> tuple[Floats, Floats]:
    """150 nodes and weights."""
    nodes, weights = np.polynomial.hermite.hermgauss(150)
    return nodes, weights


def normal_by_quadrature(rng: np.random.Generator, _: Point) -> tuple[float, dict[Any, float]]:
    """E[tanh(z)²] of N(0, q) by the rule of Gauss and Hermite, for q between 0.01 and 0.5."""
    variance = float(10 ** rng.uniform(-2, np.log10(0.5)))
    nodes, weights = _gauss_hermite()
    mean = float(weights @ np.tanh(np.sqrt(2 * variance) * nodes) ** 2 / np.sqrt(np.pi))
    return mean, {q: variance, E(z): 0.0}


def ratio_of_a_scaled_sample(rng: np.random.Generator, _: Point) -> tuple[float, dict[Any, float]]:
    """E[tanh(cZ)²]/(c²·E[Z²]) for a random scale c, and moments of Z."""
    drawn, scale = _drawn(rng), float(10 ** rng.uniform(-2, 1))
    squared = float(np.mean(drawn**2))
    kept = float(np.mean(np.tanh(scale * drawn) ** 2))
    known = {c: scale, E(Z**2): squared, E(Z**4): float(np.mean(drawn**4))}
    return kept / (scale**2 * squared), known


def rare_and_large_sample(rng: np.random.Generator, _: Point) -> tuple[float, dict[Any, float]]:
    """E[tanh(z)²] of ±M with a random probability, and E[z²]."""
    size, part = float(10 ** rng.uniform(-1, 2)), float(rng.uniform(0, 1))
    return part * float(np.tanh(size) ** 2), {M: size, E(z**2): part * size**2}
