"""Worlds, counterexamples and simulations for the fourth moment in a deep ReLU network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.copies import COPIES
from derivations.initialization.simulations import fourth_moments as one
from derivations.initialization.simulations import random_laws as laws
from derivations.initialization.simulations.fourth_moments import (
    FIVE,
    THREE,
    Law,
    moment_of_squares,
    scaled,
)
from derivations.initialization.simulations.relu_network import (
    Matrix,
    Outcome,
    Spoilt,
    W,
    a,
    layer_variances,
    n,
    v,
    world,
    z,
)
from verify import World

Floats = NDArray[np.float64]
Point = Mapping[str, Any]

ONE = Fraction(1)

# -- random worlds ----------------------------------------------------------------------------


def joined(layers: Sequence[laws.MatrixLaw], inputs: laws.RowLaw) -> list[Outcome]:
    """Independent layers and inputs."""
    joint: list[Outcome] = [(weight, [], start) for weight, start in inputs]
    for each in layers:
        joint = [(p * q, [*below, matrix], y) for p, below, y in joint for q, matrix in each]
    return joint


def network(random: Random) -> World:
    """Two layers of one or two units, or three of one, and two inputs of the same length."""
    widths = random.choice(([1, 1, 1, 1], [1, 2, 1], [2, 1, 1], [1, 1, 2]))
    scales = [laws.positive(random) for _ in widths[1:]]
    # Two values more for each weight are too many where there are four weights.
    entries = (THREE, FIVE) if len(widths) > 3 else (THREE,)
    layers = []
    for scale, (columns, rows) in zip(scales, pairwise(widths), strict=True):
        drawn = [[random.choice(entries) for _ in range(columns)] for _ in range(rows)]
        layers.append(
            one.stacked([one.independent([scaled(law, scale) for law in row]) for row in drawn])
        )
    length = laws.positive(random)
    zero = Fraction(0)
    one_unit = [[length], [-length]]
    starts = one_unit if widths[0] == 1 else [[3 * length, 4 * length], [5 * length, zero]]
    share = Fraction(1, random.randint(2, 4))
    inputs = list(zip((share, 1 - share), starts, strict=True))
    return world({n: widths, v: [3 * scale**2 for scale in scales]}, joined(layers, inputs))


# -- counterexamples --------------------------------------------------------------------------


def first_layer(law: laws.RowLaw, variance: Any) -> World:
    """One layer of one unit; the input is (1, ..., 1)."""
    size = len(law[0][1])
    outcomes = joined([one.stacked([law])], [(ONE, [ONE] * size)])
    return world({n: [size, 1], v: [variance]}, outcomes)


def layers_of_one(laws_of_weights: Sequence[Law], variance: Any = 3, linear: bool = False) -> World:
    """One unit in every layer, and the input 1."""
    rows = [one.stacked([one.independent([law])]) for law in laws_of_weights]
    depth = len(rows)
    values = {n: [1] * (depth + 1), v: [variance] * depth}
    return world(values, joined(rows, [(ONE, [ONE])]), Spoilt((1,) * depth, linear))


def a_bias(_: Random) -> World:
    """z¹ = W¹ + 1: E[z⁴]/E[z²]² = 23/8, not 3."""
    outcomes = [(p, {W: [[[value]]], z: [[value + 1]], a: [[1], [max(value + 1, 0)]]})
                for p, value in THREE]  # fmt: skip
    return World({n: [1, 1], v: [3]}, outcomes, horizon=1)


def linear_network(_: Random) -> World:
    """a = z: 9 in the second layer, not 18."""
    return layers_of_one([THREE, THREE], linear=True)


def entries_independent_in_pairs(_: Random) -> World:
    """Three weights of the first layer: 279/81, not 3."""
    return first_layer(one.three_that_are_independent_in_pairs(), 3)


def a_skewed_first_layer(_: Random) -> World:
    """W¹ is centred, not symmetric: E[ReLU(W¹)⁴]/E[ReLU(W¹)²]² = 2610/529, not 6."""
    rows = [one.stacked([one.independent([law])]) for law in (one.SKEWED, THREE)]
    return world({n: [1, 1, 1], v: [1, 3]}, joined(rows, [(ONE, [ONE])]))


def another_second_moment(_: Random) -> World:
    """E[W²] = 3/4, said to be 1/2: 4/3 in the first layer, not 3."""
    return layers_of_one([one.ANOTHER_SQUARE], Fraction(1, 2))


def signs_for_weights(_: Random) -> World:
    """W = ±1: 1 in the first layer, not 3."""
    return layers_of_one([one.SIGNS], 1)


def weights_that_see_the_layer_below(_: Random) -> World:
    """W² = ±3 always where a¹ = 3, and elsewhere so rarely that its law is `THREE`: 6, not 18."""
    half, tenth = Fraction(1, 2), Fraction(1, 10)
    there: Law = ((half, 3), (half, -3))
    elsewhere: Law = ((tenth, 3), (tenth, -3), (8 * tenth, 0))
    outcomes: list[Outcome] = [
        (p * q, [[[below]], [[above]]], [1])
        for p, below in THREE
        for q, above in (there if below == 3 else elsewhere)
    ]
    return world({n: [1, 1, 1], v: [3, 3]}, outcomes)


def _two_below(pairs: Sequence[tuple[Fraction, Matrix, Sequence[Any]]]) -> World:
    """Two units with these rows and inputs, then one with weights of the law `THREE`."""
    second = one.independent([THREE] * 2)
    outcomes: list[Outcome] = [
        (p * q, [matrix, [row]], list(inputs)) for p, matrix, inputs in pairs for q, row in second
    ]
    return world({n: [len(pairs[0][2]), 2, 1], v: [3, 3]}, outcomes)


def two_equal_units(_: Random) -> World:
    """Two units with one weight in the first layer: 18 in the second, not 21/2."""
    return _two_below([(p, [[value], [value]], [1]) for p, value in THREE])


def an_input_that_sees_both_rows(_: Random) -> World:
    """Any two of the two rows of the first layer and the input are independent."""
    return _two_below(one.a_choice_that_sees_both_rows())


def inputs_of_two_lengths(_: Random) -> World:
    """x is 1 or 2: 102/25 in the first layer, not 3."""
    outcomes = joined(
        [one.stacked([one.independent([THREE])])], [(ONE / 2, [ONE]), (ONE / 2, [2 * ONE])]
    )
    return world({n: [1, 1], v: [3]}, outcomes)


# -- simulation -------------------------------------------------------------------------------


def _every_weight(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """v_L²·(Σ_j a_j²)² in layer L − 1, every normal weight drawn; the input is (1, ..., 1)."""
    values = np.ones((point["n"][0], size))
    for layer in range(point["L"] - 1):
        shape = (point["n"][layer + 1], point["n"][layer], size)
        weights = np.sqrt(point["v"][layer]) * rng.standard_normal(shape)
        values = np.maximum(np.einsum("rjs,js->rs", weights, values), 0)
    return np.asarray((point["v"][point["L"] - 1] * (values**2).sum(axis=0)) ** 2)


def _lengths(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """The same, by a product over the layers of averages of 16 copies.

    Given the layer below, the squares of a layer's units add up to v·Σ_j a_j² times a variable that
    is independent of all layers below: for K active units a chi-square variable with K degrees.
    """
    found = np.full(size, float(point["v"][point["L"] - 1] * point["n"][0]) ** 2)
    for width, variance in zip(point["n"][1 : point["L"]], point["v"], strict=False):
        active = np.bitwise_count(rng.integers(0, 1 << width, (COPIES, size), dtype=np.int64))
        squares = 2 * variance * rng.standard_gamma(active / 2.0)
        found *= (squares**2).mean(axis=0)
    return found


def _copies(point: Point) -> int:
    return COPIES if point.get("drawn") == "lengths" else 1


def _second_moment(point: Point) -> float:
    """E[z²] in layer L: the input has Σ x_j² = n₀, each ReLU keeps half."""
    return layer_variances(point, point["L"])[-1]


def draw(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Draws with the mean E[z_L⁴]/E[z_L²]²: given the layers below z_L is normal, with the fourth
    moment 3·(v_L·Σ_j a_j²)².
    """
    method: Callable[..., Floats] = _lengths if point.get("drawn") == "lengths" else _every_weight
    return 3 * method(rng, point, size) / _second_moment(point) ** 2


def variance_of_a_draw(point: Point) -> float:
    """The second moment and the mean are products over the layers, of fourth powers and squares."""
    mean, square, copies = 3.0, 9.0, _copies(point)
    for width in point["n"][1 : point["L"]]:
        first, second, fourth = (moment_of_squares(width, power) for power in (1, 2, 4))
        mean *= second / first**2
        square *= (second**2 + (fourth - second**2) / copies) / first**4
    return square - mean**2


points: list[dict[str, Any]] = [
    {"n": [2, 6, 1], "v": [0.8, 0.5], "L": 2, "q": 1},
    {"n": [3, *[20] * 5, 1], "v": [2 / 3, *[1 / 10] * 5], "L": 6, "q": 1, "drawn": "lengths"},
]
