"""Worlds, counterexamples and simulations for the claims about a preactivation.

Worlds are exact: outcomes (weight, values) of the weights W and the inputs x. Simulations draw
a = Σ_j W_j x_j itself. No formula of the claims is used in either.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.copies import COPIES, sample_variances, variance_of_sample_variance
from derivations.initialization.simulations import random_laws as laws
from verify import (
    E,
    Sum,
    V,
    World,
    dimension,
    independent_product,
    index,
    models,
    random_matrix,
    random_vector,
    real,
    uniform_on,
)

# The names of preactivation.py: declared alike, they are the same names.
n, m = dimension("n"), dimension("m")
W, x, M = random_vector("W", n), random_vector("x", n), random_matrix("M", m, n)
v, q, mu = real("v"), real("q"), real("mu")
j = index("j", n)

Floats = NDArray[np.float64]
Point = Mapping[str, Any]

# -- random worlds ----------------------------------------------------------------------------


def centred_weights(random: Random) -> World:
    """Uncorrelated centred weights; inputs with equal second moments, dependent, not centred."""
    size = random.randint(1, 3)
    spread = laws.positive(random)
    inputs = laws.cyclic(laws.some_row(random, size))
    return _world(
        {n: size, v: spread, q: laws.mean([(w, values[0] ** 2) for w, values in inputs])},
        laws.uncorrelated_row(random, size, Fraction(0), spread),
        inputs,
    )


def weights_with_a_mean(random: Random) -> World:
    """Uncorrelated weights with any mean, and any inputs."""
    size = random.randint(1, 3)
    spread, centre = laws.positive(random), laws.row(random, 1)[0]
    return _world(
        {n: size, v: spread, mu: centre},
        laws.uncorrelated_row(random, size, centre, spread),
        laws.some_row(random, size),
    )


def symmetric_weights(random: Random) -> World:
    """Weights with a symmetric joint law, dependent on one another, and any inputs."""
    size = random.randint(1, 3)
    rows = laws.with_negatives(laws.some_row(random, size))
    return _world({n: size}, rows, laws.some_row(random, size))


def symmetric_layer(random: Random) -> World:
    """A symmetric law of all weights of a layer together, and any inputs."""
    units, size = random.randint(1, 2), random.randint(1, 2)
    flat = laws.with_negatives(laws.some_row(random, units * size))
    matrices = [
        (weight, {M: [values[i * size : (i + 1) * size] for i in range(units)]})
        for weight, values in flat
    ]
    inputs = [(weight, {x: values}) for weight, values in laws.some_row(random, size)]
    return World({m: units, n: size}, independent_product(matrices, inputs))


def _world(values: Mapping[Any, Any], rows: laws.RowLaw, inputs: laws.RowLaw) -> World:
    return World(
        values,
        independent_product(
            [(weight, {W: each}) for weight, each in rows],
            [(weight, {x: each}) for weight, each in inputs],
        ),
    )


# -- counterexamples --------------------------------------------------------------------------


def equal_weights(_: Random) -> World:
    """W₁ = W₂ = ±1, x = (1, 1): V[a] = 4, not 2."""
    return World({n: 2, v: 1, q: 1, mu: 0}, uniform_on([{W: [s, s], x: [1, 1]} for s in (1, -1)]))


def a_mean_that_is_not_stated(_: Random) -> World:
    """W = 1 ± 1 and x = ±1, independent: V[a] = 2, where the variance of W is 1."""
    outcomes = [{W: [w], x: [s]} for w in (0, 2) for s in (1, -1)]
    return World({n: 1, v: 1, q: 1, mu: 0}, uniform_on(outcomes))


def a_variance_that_is_not_stated(_: Random) -> World:
    """W = ±2, x = 1: V[a] = 4, whatever v is said to be."""
    return World({n: 1, v: 1, q: 1, mu: 0}, uniform_on([{W: [w], x: [1]} for w in (2, -2)]))


def weights_that_are_the_inputs(_: Random) -> World:
    """x = W = ±1: a = 1 always."""
    return World({n: 1, v: 1, q: 1, mu: 0}, uniform_on([{W: [s], x: [s]} for s in (1, -1)]))


def another_second_moment(_: Random) -> World:
    """W = ±1, x = 2: E[x²] = 4, not q = 1."""
    return World({n: 1, v: 1, q: 1}, uniform_on([{W: [s], x: [2]} for s in (1, -1)]))


TRIANGLE = ((1, 1), (-1, 0), (0, -1))


def symmetric_marginals_only(_: Random) -> World:
    """W uniform on (1, 1), (−1, 0), (0, −1), x = (1, 1): a takes 2, −1, −1."""
    return World({n: 2}, uniform_on([{W: list(corner), x: [1, 1]} for corner in TRIANGLE]))


def centred_but_skewed(_: Random) -> World:
    """P(W = −1) = 2/3, P(W = 2) = 1/3, x = 1."""
    skewed = [(Fraction(2, 3), {W: [-1], x: [1]}), (Fraction(1, 3), {W: [2], x: [1]})]
    return World({n: 1}, skewed)


def a_row_that_is_its_inputs(_: Random) -> World:
    """x = W = ±1: a = 1 always."""
    return World({n: 1}, uniform_on([{W: [s], x: [s]} for s in (1, -1)]))


def layer_with_symmetric_rows_only(_: Random) -> World:
    """Two units with one weight each, together uniform on (1, 1), (−1, 0), (0, −1); x = 1."""
    corners = [{M: [[first], [second]], x: [1]} for first, second in TRIANGLE]
    return World({m: 2, n: 1}, uniform_on(corners))


def layer_that_is_centred_but_skewed(_: Random) -> World:
    """P(M = −1) = 2/3, P(M = 2) = 1/3, x = 1."""
    skewed = [(Fraction(2, 3), {M: [[-1]], x: [1]}), (Fraction(1, 3), {M: [[2]], x: [1]})]
    return World({m: 1, n: 1}, skewed)


def layer_that_is_its_input(_: Random) -> World:
    """x = M = ±1: the preactivation is 1 always."""
    return World({m: 1, n: 1}, uniform_on([{M: [[s]], x: [s]} for s in (1, -1)]))


# -- simulation of the variance ---------------------------------------------------------------


def preactivations(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Draws of a: W_j uniform with mean mu and variance v; x_j = scale · B · U_j.

    U_j is uniform on (0, 1), and B, common to all inputs, is 1/2 or 1: the inputs are
    correlated and positive, as the outputs of a ReLU are.
    """
    width = math.sqrt(12 * point["v"])
    rows = rng.random((point["n"], size))
    rows *= width
    rows += point.get("mu", 0) - width / 2
    sums = np.einsum("ji,ji->i", rows, rng.random((point["n"], size)))
    sums *= np.where(rng.random(size) < 0.5, _scale(point) / 2, _scale(point))
    return np.asarray(sums)


def _scale(point: Point) -> float:
    """Such that E[x_j²] = q: E[B²] · E[U²] = 5/8 · 1/3."""
    return math.sqrt(24 * point["q"] / 5)


def variances(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Sample variances, the mean of which is V[a], whatever E[a] is."""
    return sample_variances(preactivations(rng, point, COPIES * size))


def variance_of_a_draw(point: Point) -> float:
    """A bound for that of a sample variance, from the central moments of a.

    Given x, with S = Σ x_j and Q = Σ x_j², a − E[a] = mu·(S − E S) + G, where G is symmetric
    with variance v·Q, and E[G⁴] = 3v²Q² − (6/5)v²·Σ x_j⁴, as for any sum of uniforms; for
    E[(S − E S)² Q] Cauchy–Schwarz.
    """
    size, scale, centre = point["n"], _scale(point), point.get("mu", 0)
    first, second, third, fourth = _moments_of_input_sum(point)
    of_sum = fourth - 4 * third * first + 6 * second * first**2 - 3 * first**4
    of_squares = scale**4 * (17 / 32) * (size / 5 + size * (size - 1) / 9)
    mixed = 6 * centre**2 * point["v"] * math.sqrt(of_sum * of_squares)
    of_fourths = scale**4 * (17 / 32) * size / 5
    of_rows = point["v"] ** 2 * (3 * of_squares - 1.2 * of_fourths)
    own = centre**2 * (second - first**2) + point["v"] * size * point["q"]
    return variance_of_sample_variance(own, centre**4 * of_sum + mixed + of_rows)


def _moments_of_input_sum(point: Point) -> tuple[float, float, float, float]:
    """E[S^k], k = 1..4: S = scale · B · T, T a sum of n uniforms (cumulants n/2, n/12, 0, −n/120).

    E[B^k] = (1 + 2^−k)/2.
    """
    size, scale = point["n"], _scale(point)
    centre, spread = size / 2, size / 12
    raw = (
        centre,
        spread + centre**2,
        3 * spread * centre + centre**3,
        -size / 120 + 3 * spread**2 + 6 * spread * centre**2 + centre**4,
    )
    first, second, third, fourth = (
        scale**k * (1 + 0.5**k) / 2 * moment for k, moment in enumerate(raw, 1)
    )
    return first, second, third, fourth


def moments_of_inputs(point: Point) -> dict[Any, float]:
    """E[x_j²] and V[Σ x_j] of the law that is drawn."""
    first, second, _, _ = _moments_of_input_sum(point)
    return {E(x[j] ** 2): point["q"], V(Sum(x[j], j)): second - first**2}


variance_model = models.Mean(variances, variance_of_a_draw, known=moments_of_inputs)

# -- simulation of the symmetry ---------------------------------------------------------------


def heavy_tailed(rng: np.random.Generator, point: Point, size: int, count: int) -> Floats:
    """`count` weights ε·(1 + T_j), T_j Student with point["freedom"] degrees (1: Cauchy).

    The sign ε is common to all: the joint law is symmetric, the weights are dependent.
    """
    signs = np.where(rng.random((size, 1)) < 0.5, -1.0, 1.0)
    return np.asarray(signs * (1 + rng.standard_t(point["freedom"], (size, count))))


def skewed_inputs(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Sums of exponentials: skewed, and dependent on one another."""
    return np.cumsum(rng.standard_exponential((size, point["n"])), axis=1)


def symmetric_preactivations(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Draws of a with heavy-tailed weights and skewed inputs."""
    rows = heavy_tailed(rng, point, size, point["n"])
    return np.asarray(np.einsum("ij,ij->i", rows, skewed_inputs(rng, point, size)))


def projected_layer(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Draws of Σ_i u_i a_i in the direction u of the point.

    Two joint laws agree when those of all projections do (Cramér and Wold).
    """
    units, inputs = point["m"], point["n"]
    entries = heavy_tailed(rng, point, size, units * inputs).reshape(size, units, inputs)
    layer = np.einsum("sij,sj->si", entries, skewed_inputs(rng, point, size))
    return np.asarray(layer @ np.asarray(point["direction"], dtype=float))


THRESHOLDS = (-8.0, -2.0, 0.0, 1.0, 4.0, 20.0)

symmetry_model = models.SameDistribution(
    symmetric_preactivations,
    lambda rng, point, size: -symmetric_preactivations(rng, point, size),
    THRESHOLDS,
)
layer_symmetry_model = models.SameDistribution(
    projected_layer, lambda rng, point, size: -projected_layer(rng, point, size), THRESHOLDS
)
