"""Perturbations carried through small recurrent networks: exact ones, and tanh in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero, positive, proper
from verify import World, dimension, index, matrix, real

d = dimension("d")
W, v, s = matrix("W", d, d), real("v", (0, None), d), real("s", (0, None), d)
gamma, omega, delta = real("gamma"), real("omega"), real("delta")
T, x, y = index("T", 0, None), real("x"), real("y")

#: The last time of a world.
LAST = 2

Point = Mapping[str, Any]
Vector = list[Fraction]


def carried(weights: list[Vector], slopes: list[Vector], start: Vector) -> list[Vector]:
    """v₀, v₁, … with v_{t+1} = W·D_t·v_t."""
    found = [start]
    for at in slopes:
        scaled = [a * b for a, b in zip(at, found[-1], strict=True)]
        found.append(
            [sum((w * u for w, u in zip(row, scaled, strict=True)), Fraction(0)) for row in weights]
        )
    return found


def _network(random: Random, weights: list[Vector], steepest: Fraction) -> dict[Any, Any]:
    size = len(weights)
    slopes = [[steepest * (2 * proper(random) - 1) for _ in weights] for _ in range(LAST + 1)]
    if random.random() < 0.5:
        slopes = [[steepest] * size for _ in range(LAST + 1)]
    start = [nonzero(random) for _ in weights]
    return {
        d: size,
        W: weights,
        gamma: steepest,
        s: slopes,
        v: carried(weights, slopes, start),
    }


def _weights(random: Random) -> tuple[list[Vector], Fraction]:
    """Weights, and the sum of their sizes, which bounds how much they lengthen."""
    size = random.randint(1, 2)
    rows = [[nonzero(random) for _ in range(size)] for _ in range(size)]
    return rows, sum((abs(w) for row in rows for w in row), Fraction(0))


def any_network(random: Random) -> World:
    """One or two units, slopes in [−γ, γ]."""
    rows, most = _weights(random)
    return World({omega: most, **_network(random, rows, positive(random))}, horizon=LAST)


def small_network(random: Random) -> World:
    """Weights that lengthen by less than δ/γ, almost by that with one unit."""
    rows, most = _weights(random)
    decay, steepest = proper(random), positive(random)
    scale = decay / steepest / most * Fraction(12, 13)
    rows = [[w * scale for w in row] for row in rows]
    return World({delta: decay, **_network(random, rows, steepest)}, horizon=LAST)


def one_unit(weight: Any, slope: int, bound: Any, then: int) -> Callable[[Random], World]:
    """One unit, γ = 1, v₀ = 1, v₁ as given; the bound is ω and δ at once."""
    values = {d: 1, W: [[weight]], gamma: 1, omega: bound, delta: bound, s: [[slope]] * 2}
    path = [[1], [then], [weight * slope * then]]
    return lambda _: World({**values, v: path}, horizon=1)


# -- geometric decay --------------------------------------------------------------------------


def _decayed(random: Random, power: int) -> World:
    time, decay, first = random.randint(0, 4), proper(random), random.choice((0, positive(random)))
    left = random.choice((1, proper(random), -1))
    value = left * decay ** (power * time) * first
    return World({delta: decay, T: time, x: first, y: value})


def decaying(random: Random) -> World:
    """y ≤ δ^{2T}·x, equal half of the time."""
    return _decayed(random, 2)


def decaying_slowly(random: Random) -> World:
    """y ≤ δ^T·x."""
    return _decayed(random, 1)


def powers_of(value: int) -> Callable[[Random], World]:
    """δ of any size: κ is not positive for δ² ≥ 1."""
    return lambda _: World({delta: value, T: 1, x: 1, y: 1})


def negative_start(_: Random) -> World:
    """x = −1, δ = ½, κ = 3: −¼ after one step, and −¼·4 is not below −1 … but δ⁴·7 < 1 is."""
    return World({delta: Fraction(1, 2), T: 2, x: -1, y: Fraction(-1, 16)})


def staying(_: Random) -> World:
    """y = x."""
    return World({delta: Fraction(1, 2), T: 1, x: 1, y: 1})


# -- simulation -------------------------------------------------------------------------------


def powers(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """δ^{2T}·x·(1 + T·κ) and x."""
    decay, first = rng.uniform(0.1, 0.99, 1000), rng.uniform(0, 3, 1000)
    left = first.copy()
    for _ in range(point["T"]):
        left *= decay**2
    return left * (1 + point["T"] * (1 / decay**2 - 1)), first


def _through_time(rng: np.random.Generator, weights: Any, steps: int) -> Any:
    """A start v₀ and ∂h_t/∂h₀ applied to it, by a complex step; shape (steps + 1, d)."""
    size, width = len(weights), 1e-20
    start = rng.normal(0, 1, size)
    state = rng.normal(0, 1, size) + 1j * width * start
    found = [start]
    for _ in range(steps):
        state = weights @ np.tanh(state) + rng.normal(0, 0.3, size)
        found.append(state.imag / width)
    return np.asarray(found)


def tanh_network(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """‖∂h_t/∂h₀·v₀‖² of h_t = W·tanh(h_{t−1}) + x_t, and what the bound is made of."""
    size = point["d"]
    weights = rng.normal(0, 1.5 / np.sqrt(size), (size, size))
    path = _through_time(rng, weights, point["t"])
    return np.sum(path[-1] ** 2), {"omega": np.linalg.norm(weights, 2), "v": path}


def small_tanh_network(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """The same, with weights just small enough, times 1 + t·κ; and ‖v₀‖²."""
    size, decay = point["d"], point["delta"]
    weights = rng.normal(0, 1, (size, size))
    weights *= 0.999 * decay / np.linalg.norm(weights, 2)
    path = _through_time(rng, weights, point["u"])
    return np.sum(path[-1] ** 2) * (1 + point["u"] * (1 / decay**2 - 1)), np.sum(path[0] ** 2)
