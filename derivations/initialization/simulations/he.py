"""Worlds, counterexamples and simulations for two consecutive layers of a ReLU network."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.copies import COPIES, sample_variances, variance_of_sample_variance
from derivations.initialization.simulations import random_laws as laws
from verify import (
    World,
    dimension,
    independent_product,
    index,
    models,
    random_array,
    real,
    uniform_on,
)

# The names of he.py: declared alike, they are the same names.
layer, lower = index("l", 1, None), index("h", 0, None)
k = index("k", 2, None)
n = dimension("n", (0, None))
v, s = real("v", (1, None)), real("s")
W = random_array("W", layer, n[layer], n[layer - 1])
x = random_array("x", lower, n[lower])
r = index("r", n[k])

Floats = NDArray[np.float64]
Point = Mapping[str, Any]

# -- random worlds ----------------------------------------------------------------------------


def any_rows(random: Random) -> World:
    """Rows of layer k − 1 that are symmetric, each in its own way."""
    widths = _widths(random)
    below = laws.symmetric_rows(random, widths[1], widths[0], alike=False)
    return _network(random, widths, below, laws.positive(random))


def rows_alike(random: Random) -> World:
    """Rows of layer k − 1 that are symmetric with one law."""
    widths = _widths(random)
    below = laws.symmetric_rows(random, widths[1], widths[0], alike=True)
    return _network(random, widths, below, laws.positive(random))


def rows_alike_at_he_scale_or_not(random: Random) -> World:
    """As `rows_alike`; at 2/n_{k−1} in half of the draws, never with a signal of variance 0."""
    while True:
        widths = _widths(random)
        below = laws.symmetric_rows(random, widths[1], widths[0], alike=True)
        he = Fraction(2, widths[1])
        spread = he if random.random() < 0.5 else laws.positive(random)
        found = _network(random, widths, below, spread)
        if found.values[s] != 0:
            return found


def _widths(random: Random) -> list[int]:
    """n_{k−2}, n_{k−1}, n_k."""
    return [random.randint(1, 2) for _ in range(3)]


def _network(random: Random, widths: list[int], below: laws.MatrixLaw, spread: Fraction) -> World:
    """Layers k − 1 and k, with k = 2 or k = 3; whatever lies further below is fixed."""
    unit, others = random.randint(1, widths[2]), laws.row(random, widths[1])
    rows = laws.uncorrelated_row(random, widths[1], Fraction(0), spread)
    inputs = laws.some_row(random, widths[0])
    lead = random.randint(0, 1)
    further = [[laws.row(random, 1) for _ in range(widths[0])]] * lead
    start = [[Fraction(1)]] * lead
    joined: list[tuple[Fraction, Mapping[Any, Any]]] = []
    for weight, matrix in below:
        for part, row in rows:
            # the other rows of layer k may be anything that is independent of what lies below
            top = [row if i == unit else others for i in range(1, widths[2] + 1)]
            joined.append((weight * part, {W: [*further, matrix, top]}))
    outcomes = independent_product(joined, [(w, {x: [*start, each]}) for w, each in inputs])
    first = [
        (weight * part, _dot(matrix[0], values))
        for weight, matrix in below
        for part, values in inputs
    ]
    return World(
        {
            n: [1] * lead + widths,
            k: 2 + lead,
            r: unit,
            v: [laws.positive(random)] * (1 + lead) + [spread],
            s: laws.variance(first),
        },
        outcomes,
    )


def _dot(left: laws.Row, right: laws.Row) -> Fraction:
    return sum((p * q for p, q in zip(left, right, strict=True)), Fraction(0))


# -- counterexamples: one unit a layer, v_k = 2 = 2/n_{k−1} and V[a^{k−1}] = s ------------------

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
SIGNS = ((HALF, 1), (HALF, -1))
#: Centred, of variance 2.
SKEWED = ((THIRD, 2), (2 * THIRD, -1))


def _units(outcomes: list[tuple[Fraction, int, int, int]], signal: int = 1) -> World:
    """Outcomes (weight, W^k, W^{k−1}, x) of a network with one unit a layer."""
    return World(
        {n: [1, 1, 1], k: 2, r: 1, v: [1, 2], s: signal},
        [
            (weight, {W: [[[below]], [[above]]], x: [[value]]})
            for weight, above, below, value in outcomes
        ],
    )


def _independent_units(
    above: tuple[tuple[Fraction, int], ...],
    below: tuple[tuple[Fraction, int], ...],
    signal: int = 1,
) -> World:
    return _units([(p * q, w, u, 1) for p, w in above for q, u in below], signal)


def equal_weights(_: Random) -> World:
    """W^k = (ω, ω), ω = ±1, over two independent units b = ±1: V[a] = 3/2, not 1."""
    outcomes = [
        {W: [[[first], [second]], [[sign, sign]]], x: [[1]]}
        for sign in (1, -1)
        for first in (1, -1)
        for second in (1, -1)
    ]
    return World({n: [1, 2, 1], k: 2, r: 1, v: [1, 1], s: 1}, uniform_on(outcomes))


def a_mean_that_is_not_stated(_: Random) -> World:
    """W^k is 3 or 0, with mean 1 and variance 2; b = ±1: V[a] = 5/4, not 1."""
    return _independent_units(((THIRD, 3), (2 * THIRD, 0)), SIGNS)


def a_variance_that_is_not_stated(_: Random) -> World:
    """W^k = ±1, where v_k is said to be 2; b = ±1: V[a] = 1/2, not 1."""
    return _independent_units(SIGNS, SIGNS)


def centred_but_skewed_below(_: Random) -> World:
    """W^{k−1} is −1 or 2, with mean 0: V[b] = 2, E[ReLU(b)²] = 4/3, V[a] = 8/3."""
    return _independent_units(SKEWED, SKEWED, 2)


def symmetric_entries_below(_: Random) -> World:
    """W^{k−1} uniform on (1, 1), (−1, 0), (0, −1), x = (1, 1): b is 2, −1 or −1."""
    outcomes = [
        (weight * THIRD, {W: [[list(corner)], [[above]]], x: [[1, 1]]})
        for weight, above in SKEWED
        for corner in ((1, 1), (-1, 0), (0, -1))
    ]
    return World({n: [2, 1, 1], k: 2, r: 1, v: [1, 2], s: 2}, outcomes)


def independent_in_pairs(_: Random) -> World:
    """W^k = C·W^{k−1}·x with signs W^{k−1}, x, and C either 0 or 2: V[a] = 3/4, not 1."""
    return _units(
        [
            (Fraction(1, 8), size * below * value, below, value)
            for size in (0, 2)
            for below in (1, -1)
            for value in (1, -1)
        ]
    )


def another_variance_below(_: Random) -> World:
    """b = ±1 and V[a] = 1, where V[b] is said to be 5."""
    return _independent_units(SKEWED, SIGNS, 5)


def no_signal(_: Random) -> World:
    """b = 0: every scale keeps a variance of 0. Here v_k = 1, and 2/n_{k−1} = 2."""
    outcomes = [{W: [[[0]], [[sign]]], x: [[1]]} for sign in (1, -1)]
    return World({n: [1, 1, 1], k: 2, r: 1, v: [1, 1], s: 0}, uniform_on(outcomes))


# -- simulation -------------------------------------------------------------------------------


def variances_below(point: Point) -> Floats:
    """V[a^{k−1}_j] for k = 2: Σ_i W_ji x_i has variance v₁·|x|² for each x, and |x|² is n₀.

    point["row_scale"] (default: all 1) multiplies the weights of each row.
    """
    widths = point["n"]
    scale = np.asarray(point.get("row_scale", [1.0] * widths[1]))
    return np.asarray(point["v"][0] * scale**2 * widths[0])


def preactivations(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Draws of a^2_r with uniform weights.

    The input has length √n₀: it is (1, ..., 1) or √n₀·(1, 0, ..., 0), neither of them centred.
    """
    inputs, units = point["n"][0], point["n"][1]
    flat = rng.random(size) < 0.5
    x = np.empty((inputs, size))
    x[:] = flat
    np.copyto(x[0], np.sqrt(inputs), where=~flat)
    scale = np.asarray(point.get("row_scale", [1.0] * units))[:, None]
    first = rng.random((units, inputs, size))
    first -= 0.5
    below = np.einsum("jis,is->js", first, x)
    below *= np.sqrt(12 * point["v"][0]) * scale
    second = rng.random((units, size))
    second -= 0.5
    found = np.einsum("js,js->s", second, np.maximum(below, 0, out=below))
    found *= np.sqrt(12 * point["v"][1])
    return np.asarray(found)


def variances(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Sample variances, the mean of which is V[a], whatever E[a] is."""
    return sample_variances(preactivations(rng, point, COPIES * size))


def variance_of_a_draw(point: Point) -> float:
    """That of a sample variance, from the central moments of a.

    A sum Σ c_i U_i of independent uniforms with variances u has the fourth moment
    3u²(Σ c_i²)² − (6/5)u² Σ c_i⁴: for b_j = Σ_i W_ji x_i, and for a given h = ReLU(b). Given x,
    the b_j are independent, symmetric, with variances s_j: E[h_j²] = s_j/2, E[h_j⁴] = E[b_j⁴]/2.
    """
    inputs, (lower_spread, spread) = point["n"][0], point["v"]
    below = variances_below(point)
    scale = below / (lower_spread * inputs)  # the squares of the row scales
    of_inputs = (inputs + inputs**2) / 2  # E[Σ x_i⁴]
    fourth = float(np.sum(3 * below**2 - 1.2 * (lower_spread * scale) ** 2 * of_inputs)) / 2
    squares, total = float(np.sum(below**2)), float(np.sum(below))
    of_outputs = fourth + (total**2 - squares) / 4  # E[(Σ h_j²)²]
    return variance_of_sample_variance(
        float(spread * total / 2), float(spread**2 * (3 * of_outputs - 1.2 * fourth))
    )


model = models.Mean(
    variances,
    variance_of_a_draw,
    known=lambda point: {"s": float(variances_below(point)[0])},
)
