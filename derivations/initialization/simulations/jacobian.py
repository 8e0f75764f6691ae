"""Worlds, counterexamples and simulations for the Jacobian of a ReLU network."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.initialization.simulations import random_laws as laws
from derivations.initialization.simulations.relu_network import (
    SIGNS,
    THREE,
    Law,
    Matrix,
    W,
    layer,
    n,
    v,
)
from verify import World, index, random_array, real

# The names of jacobian.py: declared alike, they are the same names.
l, low = index("l", 1, None), index("h", 0, None)  # noqa: E741
J, G = random_array("J", l, n[l], n[0]), random_array("G", low, n[low], n[0])
x = real("x", n[0])

Floats = NDArray[np.float64]
Point = Mapping[str, Any]
#: (weight, the matrices of all layers)
Outcome = tuple[Fraction, list[Matrix]]


def run(
    matrices: list[Matrix], inputs: Sequence[Any], start: int, gains: Sequence[int], linear: bool
) -> tuple[list[Any], list[Any]]:
    """The Jacobians of all preactivations, and of all outputs, those of the inputs first.

    start, gains: what the first one, and each layer's, is multiplied by; linear: no slopes.
    """
    size = len(inputs)
    before, after = [], [[[start * (i == j) for j in range(size)] for i in range(size)]]
    for gain, matrix in zip(gains, matrices, strict=True):
        columns = list(zip(*after[-1], strict=True))
        found = [
            [gain * sum(p * q for p, q in zip(row, column, strict=True)) for column in columns]
            for row in matrix
        ]
        moving = [sum(p * q for p, q in zip(row, inputs, strict=True)) > 0 for row in found]
        before.append(found)
        after.append(
            [
                [entry if linear or active else 0 * entry for entry in row]
                for row, active in zip(found, moving, strict=True)
            ]
        )
    return before, after


def world(
    widths: Sequence[int],
    variances: Sequence[Any],
    outcomes: list[Outcome],
    inputs: Sequence[Any] = (1,),
    start: int = 1,
    gains: Sequence[int] | None = None,
    linear: bool = False,
) -> World:
    """A network whose Jacobian is computed; the horizon is its depth."""
    listed = []
    for weight, matrices in outcomes:
        how = gains or [1] * len(matrices)
        before, after = run(matrices, inputs, start, how, linear)
        listed.append((weight, {W: matrices, J: before, G: after}))
    values = {n: list(widths), v: list(variances), x: list(inputs)}
    return World(values, listed, horizon=len(variances))


def he_network(random: Random) -> World:
    """Two layers of one or two units, or three of one; every input matters by itself."""
    two = [random.randint(1, 2) for _ in range(3)]
    widths = random.choice((two, two, [1] * 4))
    joint: list[Outcome] = [(Fraction(1), [])]
    variances = [Fraction(2, width) for width in widths[:-1]]
    for variance, (columns, rows) in zip(variances, pairwise(widths), strict=True):
        law = layer(random, variance, rows, columns)
        joint = [(p * q, [*below, matrix]) for p, below in joint for q, matrix in law]
    inputs = [laws.positive(random) * random.choice((1, -1)) for _ in range(widths[0])]
    return world(widths, variances, joint, inputs)


# -- counterexamples: two layers of one unit, x = 1, v = 2 --------------------------------------


def _two_layers(first: Law, second: Law, variances: Sequence[int] = (2, 2), **how: Any) -> World:
    outcomes: list[Outcome] = [(p * q, [[[a]], [[b]]]) for p, a in first for q, b in second]
    return world([1, 1, 1], variances, outcomes, **how)


def another_forward_pass(_: Random) -> World:
    """J² = 2·W²G¹: E[(J²)²] = 8, not 2."""
    return _two_layers(THREE, THREE, gains=(1, 2))


def linear_network(_: Random) -> World:
    """G = J: E[(J²)²] = 4."""
    return _two_layers(THREE, THREE, linear=True)


def at_the_kink(_: Random) -> World:
    """x = 0: every slope is 0, and so is J²."""
    return _two_layers(THREE, THREE, inputs=(0,))


def scaled_inputs(_: Random) -> World:
    """G⁰ = 3: E[(J¹)²] = 18."""
    return _two_layers(THREE, THREE, start=3)


def equal_weights(_: Random) -> World:
    """Two equal units, then W² = (ω, ω), ω = ±1: E[(J²)²] = 4."""
    outcomes: list[Outcome] = [(p * q, [[[a], [a]], [[b, b]]]) for p, a in THREE for q, b in SIGNS]
    return world([1, 2, 1], [2, 1], outcomes)


def a_variance_that_is_not_stated(_: Random) -> World:
    """W² = ±1, where v is said to be 2: E[(J²)²] = 1."""
    return _two_layers(THREE, SIGNS)


def centred_but_skewed(_: Random) -> World:
    """W¹ is 2 or −1, with mean 0 and variance 2: E[(J²)²] = 8/3."""
    return _two_layers(((Fraction(1, 3), 2), (Fraction(2, 3), -1)), THREE)


def weights_that_see_the_layer_below(_: Random) -> World:
    """W² = ±2 exactly where G¹ = 2, besides ±2 so often that V[W²] = 2: E[(J²)²] = 4."""
    sixth, half, quarter = Fraction(1, 6), Fraction(1, 2), Fraction(1, 4)
    elsewhere: Law = ((sixth, 2), (sixth, -2), (4 * sixth, 0))
    there: Law = ((half, 2), (half, -2))
    outcomes: list[Outcome] = [
        (p * q, [[[a]], [[b]]])
        for p, a in ((quarter, 2), (quarter, -2), (half, 0))
        for q, b in (there if a == 2 else elsewhere)
    ]
    return world([1, 1, 1], [2, 2], outcomes)


def small_weights(_: Random) -> World:
    """W = ±1 and v = 1, half of He's variance."""
    return _two_layers(SIGNS, SIGNS, variances=(1, 1))


# -- simulation -------------------------------------------------------------------------------


def squared_norms(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Draws of ‖∂z_L/∂x‖² with weights ±√(2/n), at inputs of which no signed sum is 0."""
    inputs = 1.0 / np.sqrt(np.arange(2, point["n"][0] + 2) ** 3)
    product = np.broadcast_to(np.eye(point["n"][0])[:, :, None], (*[point["n"][0]] * 2, size))
    for number, (below, above) in enumerate(pairwise(point["n"]), 1):
        weights = rng.random((above, below, size))
        weights -= 0.5
        np.copysign(np.sqrt(2 / below), weights, out=weights)
        product = np.einsum("abs,bis->ais", weights, product)
        if number < point["L"]:
            product *= np.einsum("ais,i->as", product, inputs)[:, None] > 0
    return np.asarray(np.einsum("ais,ais->s", product, product))


def largest(widths: Sequence[int]) -> float:
    """‖W_L D W_{L−1} ⋯‖² ≤ Π ‖W_l‖² = Π 2·n_l, with room for rounding."""
    return float(np.prod([2.0 * width for width in widths[1:]])) * (1 + 1e-12)
