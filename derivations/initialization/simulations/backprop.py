"""Small networks with exact gradients, counterexamples, and random networks in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.random_rationals import nonzero
from verify import Rational, Sum, World, dimension, function, index, let, matrix, real, vector

# The names of backprop.py: declared alike, they are the same names.
m, d = dimension("m"), dimension("d")
Q, sigma = function("Q", m), function("sigma")
u, A, b = vector("u", d), matrix("A", m, d), vector("b", m)
k, o = index("k", 0, None), index("o", 1, None)
n = dimension("n", (0, None))
W, F = real("W", o, n[o], n[o - 1]), real("F", k, n[k], n[0])
s, r, delta = (real(name, k, n[k]) for name in ("s", "r", "delta"))

#: The last layer tried.
LAST = 2

Point = Mapping[str, Any]
Vector = list[Fraction]
Floats = NDArray[np.float64]

# -- exact worlds ----------------------------------------------------------------------------


def _number(random: Random) -> Any:
    value = nonzero(random)
    return Rational(value.numerator, value.denominator)


def one_layer(random: Random) -> World:
    """One or two units a layer; Q(y) = α·(Σ i·y_i)² + β·Σ y_i³ and σ(t) = α'·t² + β'·t."""
    above, below = random.randint(1, 2), random.randint(1, 2)
    y, t, i = vector("y", m), real("t"), index("i", m)
    rest = _number(random) * Sum(i * y[i], i) ** 2 + _number(random) * Sum(y[i] ** 3, i)
    return World(
        {
            m: above,
            d: below,
            Q: let("Q", (y,), rest),
            sigma: let("sigma", (t,), _number(random) * t**2 + _number(random) * t),
            u: [nonzero(random) for _ in range(below)],
            A: [[nonzero(random) for _ in range(below)] for _ in range(above)],
            b: [nonzero(random) for _ in range(above)],
        }
    )


def products(weights: Sequence[Sequence[Vector]], slopes: Sequence[Vector]) -> list[list[Vector]]:
    """I, W₁D₀, W₂D₁W₁D₀, …"""
    size = len(slopes[0])
    found = [[[Fraction(i == j) for j in range(size)] for i in range(size)]]
    for matrix_here, at in zip(weights, slopes, strict=False):
        found.append(
            [
                [
                    sum(
                        (w * p * row[j] for w, p, row in zip(ws, at, found[-1], strict=True)),
                        Fraction(0),
                    )
                    for j in range(size)
                ]
                for ws in matrix_here
            ]
        )
    return found


def network(random: Random) -> World:
    """Layers of one or two units with any slopes, and the gradients that come back."""
    widths = [random.randint(1, 2) for _ in range(LAST + 2)]
    weights = [
        [[nonzero(random) for _ in range(below)] for _ in range(above)]
        for below, above in pairwise(widths)
    ]
    slopes = [[nonzero(random) for _ in range(width)] for width in widths]
    arriving = [[nonzero(random) for _ in range(widths[-1])]]
    found = [[p * q for p, q in zip(slopes[-1], arriving[0], strict=True)]]
    for matrix_here, at in zip(reversed(weights), reversed(slopes[:-1]), strict=True):
        back = [
            sum((row[j] * g for row, g in zip(matrix_here, found[0], strict=True)), Fraction(0))
            for j in range(len(at))
        ]
        arriving.insert(0, back)
        found.insert(0, [p * q for p, q in zip(at, back, strict=True)])
    values = {n: widths, W: weights, s: slopes, r: arriving, delta: found}
    return World({**values, F: products(weights, slopes)}, horizon=LAST)


def one_unit(
    first: int = 1, arriving: int = 1, start: int = 1, product: int = 1
) -> Callable[[Random], World]:
    """One unit in each of three layers, all numbers 1 but those given: δ₀, r₀, F₀, F₁ and F₂."""
    ones = [[1]] * 3
    values = {
        n: [1, 1, 1],
        W: [[[1]], [[1]]],
        s: ones,
        r: [[arriving], [1], [1]],
        delta: [[first], [1], [1]],
        F: [[[start]], [[product]], [[product]]],
    }
    return lambda _: World(values, horizon=1)


# -- simulation -------------------------------------------------------------------------------

STEP = 1e-20


def complex_step(value: Callable[[Any], Any], at: Floats) -> Floats:
    """The gradient of an analytic function of an array, entry by entry, without cancellation."""
    found = np.empty(at.shape)
    for entry in np.ndindex(at.shape):
        moved = at.astype(complex)
        moved[entry] += 1j * STEP
        found[entry] = np.imag(value(moved)) / STEP
    return found


def _loss(values: Any) -> Any:
    """A loss that is not a sum over the units."""
    return np.sin(values).sum() + values.sum() ** 2 / 2


def layer_gradients(rng: np.random.Generator, point: Point) -> tuple[Floats, Floats]:
    """The gradients in z and W of a loss of W·tanh(z) + b, by complex steps and by hand."""
    below, above = rng.standard_normal((point["d"],)), rng.standard_normal((point["m"],))
    weights = rng.normal(0, 1, (point["m"], point["d"]))
    outputs = np.tanh(below)
    arriving = complex_step(_loss, weights @ outputs + above)
    inner = complex_step(lambda z: _loss(weights @ np.tanh(z) + above), below)
    outer = complex_step(lambda w: _loss(w @ outputs + above), weights)
    by_hand = (1 - outputs**2) * (weights.T @ arriving)
    return (
        np.concatenate((inner, outer.ravel())),
        np.concatenate((by_hand, np.outer(arriving, outputs).ravel())),
    )


def network_gradients(rng: np.random.Generator, point: Point) -> tuple[Floats, Floats]:
    """The gradient of a tanh network's loss in its preactivations z₀, by complex steps through all
    layers; and F_kᵀδ_k, with δ_k by complex steps through the layers above layer k only.
    """
    weights = [
        rng.normal(0, 1 / np.sqrt(below), (above, below)) for below, above in pairwise(point["n"])
    ]

    def from_layer(number: int, values: Any) -> Any:
        for each in weights[number:]:
            values = each @ np.tanh(values)
        return _loss(np.tanh(values))

    first = rng.normal(0, 1, point["n"][0])
    values, product = first, np.eye(len(first))
    for each in weights[: point["k"]]:
        product = each @ np.diag(1 - np.tanh(values) ** 2) @ product
        values = each @ np.tanh(values)
    there = complex_step(lambda z: from_layer(point["k"], z), np.asarray(values))
    return complex_step(lambda z: from_layer(0, z), first), product.T @ there
