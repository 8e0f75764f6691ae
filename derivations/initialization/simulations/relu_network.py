"""Worlds, counterexamples and simulations for ReLU networks of any depth."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from math import isqrt
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from derivations.copies import COPIES, sample_variances, variance_of_sample_variance
from derivations.initialization.simulations import random_laws as laws
from derivations.random_rationals import proper
from verify import (
    World,
    dimension,
    independent_product,
    index,
    random_array,
    random_vector,
    real,
)

# The names of relu_network.py: declared alike, they are the same names.
l, low = index("l", 1, None), index("h", 0, None)  # noqa: E741
n, v = dimension("n", (0, None)), real("v", (1, None))
W = random_array("W", l, n[l], n[l - 1])
z, a = random_array("z", l, n[l]), random_array("a", low, n[low])
c, s, rho = real("c", (1, None)), real("s"), real("rho")
d, w, x = dimension("d"), random_vector("w", dimension("d")), random_vector("x", dimension("d"))

Floats = NDArray[np.float64]
Point = Mapping[str, Any]
Values = Mapping[Any, Any]
Matrix = Sequence[Sequence[Any]]
#: (weight, the matrices of all layers, the input)
Outcome = tuple[Fraction, list[Matrix], list[Any]]


class Spoilt(NamedTuple):
    """What a network that is none does: it multiplies preactivations, or has no ReLU."""

    gains: tuple[int, ...]
    linear: bool


# -- random worlds ----------------------------------------------------------------------------


def row(random: Random, variance: Fraction, size: int) -> laws.RowLaw:
    """A symmetric law of uncorrelated entries of this variance: one entry is ±K, the rest is 0,
    or all are.
    """
    high = isqrt(int(size * variance)) + random.randint(1, 2)
    share = variance / high**2
    law = [(1 - size * share, [Fraction(0)] * size)]
    for at in range(size):
        for sign in (1, -1):
            law.append((share / 2, [Fraction(sign * high * (k == at)) for k in range(size)]))
    return [(weight, values) for weight, values in law if weight]


def layer(random: Random, variance: Fraction, rows: int, columns: int) -> laws.MatrixLaw:
    """Rows that are copies of one row or of its negative: nothing is asked of different units."""
    signs = [random.choice((1, -1)) for _ in range(rows)]
    return [
        (weight, [[sign * entry for entry in values] for sign in signs])
        for weight, values in row(random, variance, columns)
    ]


def inputs(random: Random, size: int, scale: Fraction) -> laws.RowLaw:
    """Dependent inputs that are not centred, with second moments scale²: ±2 or ±½, times scale."""
    signs = [random.choice((1, 1, -1)) for _ in range(size)]
    return [
        (Fraction(1, 5), [2 * sign * scale for sign in signs]),
        (Fraction(4, 5), [sign * scale / 2 for sign in signs]),
    ]


def run(matrices: list[Matrix], start: list[Any], spoilt: Spoilt) -> tuple[list[Any], list[Any]]:
    """The preactivations of all layers, and the activations, the input first."""
    before, after = [], [start]
    for number, matrix in enumerate(matrices):
        found = [sum(p * q for p, q in zip(each, after[-1], strict=True)) for each in matrix]
        before.append([spoilt.gains[number] * value for value in found])
        after.append([value if spoilt.linear else max(value, 0) for value in before[-1]])
    return before, after


def world(values: Values, outcomes: list[Outcome], spoilt: Spoilt | None = None) -> World:
    """A network that is run; the horizon is its depth."""
    depth = len(outcomes[0][1])
    how = spoilt or Spoilt((1,) * depth, linear=False)
    listed = []
    for weight, matrices, start in outcomes:
        before, after = run(matrices, start, how)
        listed.append((weight, {W: matrices, z: before, a: after}))
    return World(values, listed, horizon=depth)


def network(
    random: Random, variances: list[Fraction], widths: list[int], more: Values, scale: Fraction
) -> World:
    """Independent layers with rows of these variances, and inputs of second moment scale²."""
    joint: list[Outcome] = [
        (weight, [], start) for weight, start in inputs(random, widths[0], scale)
    ]
    for variance, (columns, rows) in zip(variances, pairwise(widths), strict=True):
        law = layer(random, variance, rows, columns)
        joint = [
            (weight * part, [*above, matrix], start)
            for weight, above, start in joint
            for part, matrix in law
        ]
    return world({n: widths, v: variances, **more}, joint)


def _widths(random: Random) -> list[int]:
    """Of two layers, or of three layers with one unit each."""
    two = [random.randint(1, 2) for _ in range(3)]
    return random.choice((two, two, [1] * 4))


def any_network(random: Random) -> World:
    """Any variances, and inputs of any second moment."""
    widths = _widths(random)
    variances = [laws.positive(random) for _ in widths[1:]]
    return network(random, variances, widths, {}, laws.positive(random))


def he_network(random: Random) -> World:
    """He's variances in every layer, and inputs of second moment 1."""
    widths = _widths(random)
    variances = [Fraction(2, width) for width in widths[:-1]]
    return network(random, variances, widths, {}, Fraction(1))


def growing_network(random: Random) -> World:
    """As `any_network`; s is the variance in the first layer, c what the others multiply it by."""
    widths, scale = _widths(random), laws.positive(random)
    variances = [laws.positive(random) for _ in widths[1:]]
    factors = [Fraction(1)]
    for variance, width in zip(variances[1:], widths[1:-1], strict=True):
        factors.append(factors[-1] * variance * width / 2)
    first = variances[0] * widths[0] * scale**2
    return network(random, variances, widths, {s: first, c: factors}, scale)


def scaled_network(random: Random) -> World:
    """As `any_network` behind the first layer, with ρ times He's variances there; s is the variance
    in the first layer. ρ is ½, 1 or 2 as often as anything else.
    """
    widths, scale = _widths(random), laws.positive(random)
    ratio = random.choice((HALF, Fraction(1), Fraction(2), proper(random), laws.positive(random)))
    variances = [laws.positive(random), *(2 * ratio / width for width in widths[1:-1])]
    first = variances[0] * widths[0] * scale**2
    return network(random, variances, widths, {s: first, rho: ratio}, scale)


def ratios(random: Random) -> World:
    """Any ρ ≥ 0, tried up to the 4th power."""
    value = random.choice((Fraction(0), Fraction(1), proper(random), laws.positive(random)))
    return World({rho: value}, horizon=4)


def ratio(value: int) -> Callable[[Random], World]:
    """One value of ρ, tried up to the 4th power."""
    return lambda _: World({rho: value}, horizon=4)


def one_row(random: Random) -> World:
    """One row of symmetric, uncorrelated weights and any inputs."""
    size, variance = random.randint(1, 3), laws.positive(random)
    weights = [(part, {w: values}) for part, values in row(random, variance, size)]
    starts = [(part, {x: values}) for part, values in laws.some_row(random, size)]
    return World({d: size, s: variance}, independent_product(weights, starts))


# -- counterexamples: two layers, at most two units, v = 2/n -----------------------------------

HALF, THIRD, QUARTER = Fraction(1, 2), Fraction(1, 3), Fraction(1, 4)
#: Symmetric, of variance 2.
THREE = ((QUARTER, 2), (QUARTER, -2), (HALF, 0))
SIGNS = ((HALF, 1), (HALF, -1))

Law = Sequence[tuple[Fraction, int]]


def _values(widths: list[int], variances: list[int], more: Values) -> Values:
    return {n: widths, v: variances, s: 2, c: [1, 1], rho: 1, **more}


def _two_layers(
    first: Law,
    second: Law,
    start: Law = ((Fraction(1), 1),),
    spoilt: Spoilt | None = None,
    variances: Sequence[int] = (2, 2),
    more: Values | None = None,
) -> World:
    """One unit a layer; v = 2, s = 2, c = 1 and ρ = 1 are stated."""
    outcomes: list[Outcome] = [
        (p * q * o, [[[u]], [[t]]], [y]) for p, u in first for q, t in second for o, y in start
    ]
    return world(_values([1, 1, 1], list(variances), more or {}), outcomes, spoilt)


def another_forward_pass(_: Random) -> World:
    """z² = 2·W²a¹: V[z²] = 8, not 2."""
    return _two_layers(THREE, THREE, spoilt=Spoilt((1, 2), linear=False))


def linear_network(_: Random) -> World:
    """a = z: V[z²] = 4, not 2."""
    return _two_layers(THREE, THREE, spoilt=Spoilt((1, 1), linear=True))


def equal_weights(_: Random) -> World:
    """Two equal units z¹ of variance 2, then W² = (ω, ω), ω = ±1: V[z²] = 4, not 2."""
    outcomes: list[Outcome] = [
        (p * q, [[[u], [u]], [[t, t]]], [1]) for p, u in THREE for q, t in SIGNS
    ]
    return world(_values([1, 2, 1], [2, 1], {}), outcomes)


def a_variance_that_is_not_stated(_: Random) -> World:
    """W² = ±1, where v is said to be 2: V[z²] = 1, not 2."""
    return _two_layers(THREE, SIGNS)


def centred_but_skewed(_: Random) -> World:
    """W¹ is 2 or −1, with mean 0 and variance 2: V[z²] = 8/3, not 2."""
    return _two_layers(((THIRD, 2), (2 * THIRD, -1)), THREE)


def weights_with_a_mean(_: Random) -> World:
    """W¹ is 3 or 0, with variance 2, and x = ±1: V[z¹] = 3, not 2."""
    return _two_layers(((THIRD, 3), (2 * THIRD, 0)), THREE, start=SIGNS)


def weights_that_see_the_layer_below(_: Random) -> World:
    """W² = ±2 exactly where a¹ = 2, besides ±2 elsewhere so often that V[W²] = 2: V[z²] = 4."""
    elsewhere = ((THIRD / 2, 2), (THIRD / 2, -2), (2 * THIRD, 0))
    outcomes: list[Outcome] = []
    for p, u in THREE:
        above = ((HALF, 2), (HALF, -2)) if u == 2 else elsewhere
        outcomes += [(p * q, [[[u]], [[t]]], [1]) for q, t in above]
    return world(_values([1, 1, 1], [2, 2], {}), outcomes)


def large_inputs(_: Random) -> World:
    """x = 2: V[z¹] = 8."""
    return _two_layers(THREE, THREE, start=((Fraction(1), 2),))


def small_weights(_: Random) -> World:
    """W = ±1 and v = 1, half of He's variance."""
    return _two_layers(SIGNS, SIGNS, variances=(1, 1))


def another_first_variance(_: Random) -> World:
    """V[z¹] = 2, said to be 5."""
    return _two_layers(THREE, THREE, more={s: 5})


def another_ratio(_: Random) -> World:
    """ρ = 3, where the variances are He's."""
    return _two_layers(THREE, THREE, more={rho: 3})


def no_signal_at_three_times_he(_: Random) -> World:
    """x = 0: the variance is 0 in both layers. W² is ±6 with probability 1/6, of variance 6."""
    wide = ((Fraction(1, 12), 6), (Fraction(1, 12), -6), (Fraction(5, 6), 0))
    nothing = ((Fraction(1), 0),)
    return _two_layers(THREE, wide, nothing, variances=(2, 6), more={s: 0, rho: 3})


def another_first_factor(_: Random) -> World:
    """c_1 = 3."""
    return _two_layers(THREE, THREE, more={c: [3, 3]})


def another_factor(_: Random) -> World:
    """c_2 = 3, not 1."""
    return _two_layers(THREE, THREE, more={c: [1, 3]})


def one_of(weights: Law, start: Law = ((Fraction(1), 1),), variance: int = 1) -> World:
    """One weight and one input."""
    outcomes = independent_product(
        [(p, {w: [u]}) for p, u in weights], [(p, {x: [y]}) for p, y in start]
    )
    return World({d: 1, s: variance}, outcomes)


def equal_pair(_: Random) -> World:
    """w = (ω, ω), ω = ±1, and x = (1, 1): V = 4, not 2."""
    return World({d: 2, s: 1}, [(HALF, {w: [t, t], x: [1, 1]}) for t in (1, -1)])


def unstated_variance(_: Random) -> World:
    """w = ±1, said to have variance 3."""
    return one_of(SIGNS, variance=3)


def one_with_a_mean(_: Random) -> World:
    """w = 0 or 2 and x = ±1: V = 2, not 1."""
    return one_of(((HALF, 0), (HALF, 2)), SIGNS)


def inputs_that_are_the_weights(_: Random) -> World:
    """w = x = ±1: V = 0, not 1."""
    return World({d: 1, s: 1}, [(HALF, {w: [t], x: [t]}) for t in (1, -1)])


# -- simulation -------------------------------------------------------------------------------


def preactivations(rng: np.random.Generator, point: Point, layers: int, size: int) -> Floats:
    """Draws of the first unit of the last of `layers` layers, with uniform weights.

    The input has length √n₀: it is (1, ..., 1) or √n₀·(1, 0, ..., 0), neither of them centred.
    """
    widths, variances = point["n"], point["v"]
    flat = rng.random(size) < 0.5
    values = np.empty((widths[0], size))
    values[:] = flat
    np.copyto(values[0], np.sqrt(widths[0]), where=~flat)
    for number in range(layers):
        rows = 1 if number == layers - 1 else widths[number + 1]
        weights = rng.random((rows, widths[number], size))
        weights -= 0.5
        values = np.einsum("rjs,js->rs", weights, values)
        values *= np.sqrt(12 * variances[number])
        if number < layers - 1:
            np.maximum(values, 0, out=values)
    return np.asarray(values[0])


def variances(rng: np.random.Generator, point: Point, size: int, layers: int) -> Floats:
    """Sample variances, the mean of which is V[z], whatever E[z] is."""
    return sample_variances(preactivations(rng, point, layers, COPIES * size))


def layer_variances(point: Point, layers: int) -> list[float]:
    """V[z] in each layer: the input has Σ x_j² = n₀, each ReLU keeps half of a second moment."""
    found = [point["v"][0] * point["n"][0]]
    for width, variance in zip(point["n"][1:layers], point["v"][1:layers], strict=True):
        found.append(variance * width * found[-1] / 2)
    return found


def variance_of_a_draw(point: Point, layers: int) -> float:
    """That of a sample variance. With Q = E[(Σ a_j²)²] and F = E[Σ a_j⁴] below, a sum with
    uniform weights has the fourth moment μ₄ = v²·(3Q − (6/5)·F); so for m units behind a ReLU
    F is m·μ₄/2, and Q is m·μ₄/2 + m(m − 1)·v²·Q/4.
    """
    inputs = point["n"][0]
    squares, fourths = float(inputs**2), (inputs + inputs**2) / 2
    for width, variance in zip(point["n"][1:layers], point["v"][: layers - 1], strict=True):
        fourths, pairs = (
            width * variance**2 * (3 * squares - 1.2 * fourths) / 2,
            width * (width - 1) * variance**2 * squares / 4,
        )
        squares = fourths + pairs
    fourth = point["v"][layers - 1] ** 2 * (3 * squares - 1.2 * fourths)
    return variance_of_sample_variance(layer_variances(point, layers)[-1], fourth)


def power(rng: np.random.Generator, point: Point) -> tuple[float, Values]:
    """ρ^t by repeated multiplication, ρ below or above 1; and the numbers."""
    base = rng.uniform(0, 2)
    found = float(np.prod(np.full(point["t"], base)))
    return found, {**point, "rho": base}


def power_times_loss(rng: np.random.Generator, point: Point) -> tuple[float, Values]:
    """ρ^t·(1 + t(1 − ρ)), likewise."""
    found, numbers = power(rng, point)
    return found * (1 + point["t"] * (1 - numbers["rho"])), numbers
