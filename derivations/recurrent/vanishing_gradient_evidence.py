"""Perturbations carried through small recurrent networks: exact ones, and tanh in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero, positive, proper
from verify import World, dimension, index, matrix, real, vector

d = dimension("d")
W, v, s = matrix("W", d, d), real("v", (0, None), d), real("s", (0, None), d)
gamma, delta = real("gamma"), real("delta")
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


def small_network(random: Random) -> World:
    """Weights that lengthen by less than δ/γ, almost by that with one unit."""
    rows, most = _weights(random)
    decay, steepest = proper(random), positive(random)
    scale = decay / steepest / most * Fraction(12, 13)
    rows = [[w * scale for w in row] for row in rows]
    return World({delta: decay, **_network(random, rows, steepest)}, horizon=LAST)


def one_unit(weight: Any, slope: int, bound: Any, then: int) -> Callable[[Random], World]:
    """One unit, γ = 1, v₀ = 1, v₁ as given; the bound is δ."""
    values = {d: 1, W: [[weight]], gamma: 1, delta: bound, s: [[slope]] * 2}
    path = [[1], [then], [weight * slope * then]]
    return lambda _: World({**values, v: path}, horizon=1)


# -- one step ---------------------------------------------------------------------------------

before, after, D = vector("b", d), vector("a", d), vector("D", d)
rate, next_rate, first = real("R"), real("R_next"), real("Z")


def small_step(random: Random) -> World:
    """One step of a `small_network`, with R = 1 and Z no less than the squared length."""
    found = small_network(random).values
    start, end = found[v][0], found[v][1]
    values = {name: found[name] for name in (d, W, gamma, delta)}
    values |= {before: start, after: end, D: found[s][0], rate: 1, next_rate: found[delta] ** 2}
    squared = sum((u * u for u in start), Fraction(0))
    return World({**values, first: squared + random.choice((0, proper(random)))})


def one_step(
    weight: Any, slope: Any, then: Any, bound: int = 1, following: Any = Fraction(1, 4)
) -> Callable[[Random], World]:
    """One unit with γ = 1, δ = 1/2 and length 1; R = bound and what it is said to become."""
    values = {d: 1, W: [[weight]], gamma: 1, delta: Fraction(1, 2), before: [1], after: [then]}
    becomes = following if bound else 0
    return lambda _: World({**values, D: [slope], rate: bound, next_rate: becomes, first: 1})


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


def small_tanh_network(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """‖∂h_t/∂h₀·v₀‖²·(1 + t·κ) of h_t = W·tanh(h_{t−1}) + x_t with ‖W‖ just below δ, and ‖v₀‖²."""
    size, decay = point["d"], point["delta"]
    weights = rng.normal(0, 1, (size, size))
    weights *= 0.999 * decay / np.linalg.norm(weights, 2)
    path = _through_time(rng, weights, point["t"])
    return np.sum(path[-1] ** 2) * (1 + point["t"] * (1 / decay**2 - 1)), np.sum(path[0] ** 2)
