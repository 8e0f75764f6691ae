"""Worlds, counterexamples and simulations for deep ReLU networks that die."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.initialization.simulations import random_laws as laws
from derivations.initialization.simulations.dead_units import IN_PAIRS, SIGNS, of_sizes
from derivations.initialization.simulations.fourth_moments import Law, independent, stacked
from derivations.initialization.simulations.he_fluctuation import joined
from derivations.initialization.simulations.relu_network import (
    THREE,
    Outcome,
    Spoilt,
    W,
    a,
    inputs,
    n,
    run,
    v,
    world,
    z,
)
from verify import World

Floats = NDArray[np.float64]
Point = Mapping[str, Any]

ONE, HALF, THIRD = Fraction(1), Fraction(1, 2), Fraction(1, 3)


def two_sizes(variance: Fraction, small: Fraction, large: Fraction) -> Law:
    """A symmetric law of this variance on ±small and ±large, small² < variance < large²."""
    share = (variance - small**2) / (large**2 - small**2)
    return of_sizes([small, large], [1 - share, share])


#: Symmetric, of variance 2, 1 and 2/3, never 0; nor is a sum of those of one variance, of which
#: some may be left out or doubled.
FOUR = two_sizes(Fraction(2), ONE, 2 * ONE)
UNIT, ANOTHER_UNIT = (two_sizes(ONE, 1 / each, each) for each in (Fraction(2), Fraction(3)))
TRIPLE = [two_sizes(2 * THIRD, Fraction(1, each), Fraction(each + 1, each)) for each in (2, 3, 5)]

# -- random worlds ----------------------------------------------------------------------------


def network(random: Random) -> World:
    """Two layers, the first of one or two units, or three of one unit, with He's variances and
    weights that are never 0. Drawn again where such weights add up to 0, which laws without atoms
    never do.
    """
    widths = random.choice(([1, 1, 1], [1, 1, 1, 1], [1, 2, 1], [2, 1, 1]))
    while True:
        layers = [_layer(random, *sizes) for sizes in pairwise(widths)]
        outcomes = joined(layers, inputs(random, widths[0], ONE))
        if all(_without_ties(matrices, start) for _, matrices, start in outcomes):
            return world(_he(widths), outcomes)


def _layer(random: Random, below: int, units: int) -> laws.MatrixLaw:
    """Independent weights of variance 2/below: ±1 in some of the draws where that is allowed."""
    return stacked(
        [independent([_weight(random, below) for _ in range(below)]) for _ in range(units)]
    )


def _weight(random: Random, below: int) -> Law:
    if below == 2 and random.random() < 2 * THIRD:
        return SIGNS
    small, large = Fraction(random.randint(1, 9), 10), Fraction(random.randint(15, 30), 10)
    return two_sizes(Fraction(2, below), small, large)


def _without_ties(matrices: Sequence[Any], start: list[Any]) -> bool:
    """Whether a preactivation is 0 only where all units below are dead."""
    before, after = run(list(matrices), start, Spoilt((1,) * len(matrices), linear=False))
    return all(
        all(found) if any(below) else not any(found)
        for found, below in zip(before, after[:-1], strict=True)
    )


def _he(widths: list[int]) -> dict[Any, Any]:
    return {n: widths, v: [Fraction(2, width) for width in widths[:-1]]}


# -- counterexamples: one unit in each of two layers, x = 1 ------------------------------------


def _two_layers(first: Law, second: Law, variance: int = 2, gain: int = 1, start: int = 1) -> World:
    outcomes: list[Outcome] = [
        (p * q, [[[s]], [[t]]], [start]) for p, s in first for q, t in second
    ]
    values = {n: [1, 1, 1], v: [variance] * 2}
    return world(values, outcomes, Spoilt((1, gain), linear=False))


def another_forward_pass(_: Random) -> World:
    """z² = 2·W²a¹: V[z²] = 8."""
    return _two_layers(FOUR, FOUR, gain=2)


def another_activation(_: Random) -> World:
    """a¹ = 2·ReLU(z¹): V[z²] = 8."""
    found = []
    for p, first in FOUR:
        passed = 2 * max(first, 0)
        for q, second in FOUR:
            value = second * passed
            named = {W: [[[first]], [[second]]], z: [[first], [value]]}
            found.append((p * q, {**named, a: [[1], [passed], [2 * max(value, 0)]]}))
    return World(_he([1, 1, 1]), found, horizon=2)


def a_variance_that_is_not_stated(_: Random) -> World:
    """W² = ±1, where v is said to be 2: V[z²] = 1."""
    return _two_layers(FOUR, SIGNS)


def centred_but_skewed(_: Random) -> World:
    """W¹ is 2 or −1, with mean 0 and variance 2: alive with probability ⅓."""
    return _two_layers(((THIRD, 2), (2 * THIRD, -1)), FOUR)


def weights_that_see_the_layer_below(_: Random) -> World:
    """W² = ±2 where a¹ = 2, and elsewhere ±2 so rarely that V[W²] = 2: V[z²] = 16/5."""
    there = of_sizes([2 * ONE], [ONE])
    elsewhere = two_sizes(Fraction(8, 5), ONE, 2 * ONE)
    outcomes: list[Outcome] = [
        (p * q, [[[s]], [[t]]], [1]) for p, s in FOUR for q, t in (there if s == 2 else elsewhere)
    ]
    return world(_he([1, 1, 1]), outcomes)


def two_equal_units(_: Random) -> World:
    """Two equal units in the first layer: alive with probability ½, not ¾."""
    outcomes: list[Outcome] = [
        (p * q, [[[s], [s]], [row]], [1])
        for p, s in FOUR
        for q, row in independent([UNIT, ANOTHER_UNIT])
    ]
    return world(_he([1, 2, 1]), outcomes)


def three_units_independent_in_pairs(_: Random) -> World:
    """One of the three units of the first layer is always alive: z² is never 0."""
    sizes = independent([((2 * THIRD, 1), (THIRD, 2))] * 3)
    first = [
        (p / 4, [[sign * size] for sign, size in zip(signs, found, strict=True)])
        for signs in IN_PAIRS
        for p, found in sizes
    ]
    outcomes: list[Outcome] = [
        (p * q, [matrix, [row]], [1]) for p, matrix in first for q, row in independent(TRIPLE)
    ]
    return world(_he([1, 3, 1]), outcomes)


def an_input_that_may_be_zero(_: Random) -> World:
    """x is 2 or, with probability ¾, 0: z¹ ≠ 0 with probability ¼."""
    starts = [(ONE / 4, [2 * ONE]), (3 * ONE / 4, [0 * ONE])]
    return world(_he([1, 1]), joined([stacked([independent([FOUR])])], starts))


def a_first_layer_with_an_atom(_: Random) -> World:
    """W¹ = 0 with probability ½."""
    return _two_layers(THREE, FOUR)


def a_second_layer_with_an_atom(_: Random) -> World:
    """W² = 0 with probability ½: z² ≠ 0 with probability ¼."""
    return _two_layers(FOUR, THREE)


def large_inputs(_: Random) -> World:
    """x = 2: V[z¹] = 8."""
    return _two_layers(FOUR, FOUR, start=2)


def small_weights(_: Random) -> World:
    """W = ±1 and v = 1, half of He's variance."""
    return _two_layers(SIGNS, SIGNS, variance=1)


# -- simulation -------------------------------------------------------------------------------


def lives(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """1 where z_L ≠ 0, every normal weight of the layers below drawn; the input is (1, ..., 1)."""
    values = np.ones((point["n"][0], size))
    for below, units in pairwise(point["n"][: point["L"]]):
        weights = rng.standard_normal((units, below, size))
        values = np.maximum(np.einsum("rjs,js->rs", weights, values), 0)
    return np.asarray(values.any(axis=0), dtype=float)


points: list[dict[str, Any]] = [
    {"n": [2, 3, 2, 1], "L": 3, "q": 1},
    {"n": [3, *[2] * 4, 1], "L": 5, "q": 1},
]
