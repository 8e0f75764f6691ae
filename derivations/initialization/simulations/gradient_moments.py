"""Gradients that travel down a network, layers counted from the output: worlds, a simulation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.initialization.simulations import product_laws as products
from derivations.initialization.simulations import random_laws as laws
from verify import World, dimension, independent_product, index, random_array, real

t, k = index("t", 0, None), index("k", 1, None)
n = dimension("n", (0, None))
W, D = random_array("W", k, n[k], n[k - 1]), random_array("D", k, n[k])
delta, x = random_array("delta", t, n[t]), random_array("x", (1, None))
v, m = real("v", (1, None)), real("m", (1, None))
q, mu = real("q", (0, None)), real("mu", (1, None))

Values = dict[Any, Any]

#: Layers below the output in a random network.
DEPTH = 2

# -- random networks --------------------------------------------------------------------------


def _received(slopes: Sequence[Any], rows: Sequence[Any], above: Sequence[Any]) -> list[Any]:
    """D·W·δ: one layer down."""
    return [
        slope * sum(weight * value for weight, value in zip(row, above, strict=True))
        for slope, row in zip(slopes, rows, strict=True)
    ]


def networks(random: Random) -> World:
    """Two layers of one or two units below the output.

    The units of a layer have the same weights, which are uncorrelated and not independent; their
    slopes take turns, and have a mean.
    """
    widths = [random.randint(1, 2) for _ in range(DEPTH + 1)]
    spreads = [laws.positive(random) for _ in range(DEPTH)]
    top = laws.cyclic([(Fraction(1), laws.row(random, widths[0]))])
    slopes = [laws.cyclic([(Fraction(1), laws.row(random, size))]) for size in widths[1:]]
    rows = [
        laws.uncorrelated_row(random, size, Fraction(0), spread)
        for size, spread in zip(widths, spreads, strict=False)
    ]
    signals = [laws.some_row(random, 1) for _ in range(DEPTH)]
    drawn_apart = [top, *slopes, *rows, *signals]
    parts = independent_product(
        *([(w, {place: part}) for w, part in law] for place, law in enumerate(drawn_apart))
    )
    outcomes = []
    for weight, drawn in parts:
        gains, weights, seen = (
            [drawn[1 + DEPTH * kind + layer] for layer in range(DEPTH)] for kind in range(3)
        )
        matrices = [[row] * size for row, size in zip(weights, widths[1:], strict=True)]
        path = [drawn[0]]
        for gain, matrix in zip(gains, matrices, strict=True):
            path.append(_received(gain, matrix, path[-1]))
        values = {delta: path, D: gains, W: matrices, x: [signal[0] for signal in seen]}
        outcomes.append((weight, values))
    squares = [_second_moment(law) for law in slopes]
    sizes = [_second_moment(top)]
    for layer in range(DEPTH):
        sizes.append(widths[layer] * squares[layer] * spreads[layer] * sizes[-1])
    fixed: Values = {n: widths, v: spreads, m: squares, q: sizes}
    fixed[mu] = [_second_moment(law) for law in signals]
    return World(fixed, outcomes, horizon=DEPTH)


def _second_moment(law: laws.RowLaw) -> Fraction:
    """E[y²] of the first entry."""
    return sum((weight * values[0] ** 2 for weight, values in law), Fraction(0))


# -- counterexamples: one layer of one unit, D = 1, W = ±1, δ₀ = 1, x = 1 -----------------------

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
FIXED: Values = {n: [1, 1], v: [1], m: [1], q: [1, 1], mu: [1]}


def _layer(weights: Any, above: Any = 1, slope: Any = 1, signal: Any = 1) -> Values:
    """One outcome; the weights and what arrives from above are numbers or lists."""
    row = weights if isinstance(weights, list) else [weights]
    top = above if isinstance(above, list) else [above]
    below = _received([slope], [row], top)
    return {delta: [top, below], D: [[slope]], W: [[row]], x: [signal]}


def _signs(outcome: Callable[[int], Values], **fixed: Any) -> World:
    """Both signs alike; `fixed` by printed name."""
    changed = {name: fixed[name.name] for name in FIXED if name.name in fixed}
    return World({**FIXED, **changed}, [(HALF, outcome(s)) for s in (1, -1)], horizon=1)


def another_gradient(_: Random) -> World:
    """δ₁ = ±5."""
    return _signs(lambda s: {**_layer(s), delta: [[1], [5 * s]]})


def a_mean_that_is_not_stated(_: Random) -> World:
    """W is 3 or 0, with mean 1 and variance 2: E[δ₁²] = 3, not 2."""
    outcomes = [(THIRD, _layer(3)), (2 * THIRD, _layer(0))]
    return World({**FIXED, v: [2], q: [1, 2]}, outcomes, horizon=1)


def a_variance_that_is_not_stated(_: Random) -> World:
    """W = ±1, where v is said to be 2."""
    return _signs(_layer, v=[2], q=[1, 2])


def equal_weights(_: Random) -> World:
    """Two units above, W₁ = W₂ = ±1: E[δ₁²] = 4, not 2."""
    return _signs(lambda s: _layer([s, s], [1, 1]), n=[2, 1], q=[1, 2])


def independent_in_pairs(_: Random) -> World:
    """W and δ₀ are independent signs and D is their product: δ₁ = 1 has mean 1."""
    outcomes = [
        (HALF * HALF, _layer(weight, above, weight * above))
        for weight in (1, -1)
        for above in (1, -1)
    ]
    return World(FIXED, outcomes, horizon=1)


def another_slope(_: Random) -> World:
    """D = 1, where E[D²] is said to be 4."""
    return _signs(_layer, m=[4], q=[1, 4])


def another_output(_: Random) -> World:
    """δ₀ = 1, where E[δ₀²] is said to be 4."""
    return _signs(_layer, q=[4, 4])


def another_product(_: Random) -> World:
    """q₁ = 7."""
    return _signs(_layer, q=[1, 7])


def signal_that_is_the_gradient(_: Random) -> World:
    """x₁ = δ₁ = ±1: their product has mean 1."""
    return _signs(lambda s: _layer(s, signal=s))


def another_signal(_: Random) -> World:
    """x₁ = 1, where E[x₁²] is said to be 4."""
    return _signs(_layer, mu=[4])


# -- simulation -------------------------------------------------------------------------------


#: Two values alike: the fourth moments, and with them the number of draws, stay small.
OUTPUT, SLOPE, SIGNAL = (
    products.Law(values, (0.5, 0.5)) for values in ((0.7, 1.3), (0.4, 1.0), (-1.2, 0.8))
)


def _laws(point: products.Point) -> list[products.Law]:
    """δ₀; then for each layer the slopes and the rows of weights; the signal."""
    widths = point["n"]
    found: list[products.Law] = [OUTPUT] * widths[0]
    for layer, size in enumerate(widths[1:]):
        found += [SLOPE] * size
        found += [products.signs(np.sqrt(point["v"][layer]))] * (size * widths[layer])
    return [*found, SIGNAL]


def _entry(point: products.Point, drawn: products.Floats) -> products.Floats:
    """δ_k·x_k for the first unit of layer k, from the definition; shape (draws,)."""
    widths = point["n"]
    parts = np.split(drawn.T, np.cumsum(_sizes(widths))[:-1])
    arrived = parts[0]
    for layer, size in enumerate(widths[1:]):
        weights = parts[2 + 2 * layer].reshape(size, widths[layer], -1)
        arrived = parts[1 + 2 * layer] * np.einsum("ijd,jd->id", weights, arrived)
    return np.asarray(arrived[0] * drawn[:, -1])


def _sizes(widths: Sequence[int]) -> list[int]:
    found = [widths[0]]
    for layer, size in enumerate(widths[1:]):
        found += [size, size * widths[layer]]
    return [*found, 1]


def _known(point: products.Point) -> dict[str, Any]:
    """q by its recursion, from the second moments of the laws above."""
    sizes = [OUTPUT.moment(2)]
    for above, spread in zip(point["n"], point["v"], strict=False):
        sizes.append(above * SLOPE.moment(2) * spread * sizes[-1])
    return {"q": sizes, "mu": [SIGNAL.moment(2)] * len(point["v"])}


model = products.variance_model(_laws, _entry, known=_known)
points = [
    {"k": 1, "i": 1, "n": [3, 1], "v": [0.4]},
    {"k": 2, "i": 1, "n": [2, 2, 1], "v": [0.7, 0.6]},
]
