"""ReLU networks with the weights r·1ᵀ: exact ones, their broken neighbours, and one in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero, positive
from verify import World, dimension, real, vector

d = dimension("d")
r, a = vector("r", d), real("a")
h, s = real("h", (0, None), d), real("s", (0, None), d)
v, f = real("v", (0, None), d), real("f", (0, None), d)

#: Times of a world: the last that the statement speaks of, and those that it needs.
LAST, TIMES = 2, 5

Point = Mapping[str, Any]
Vector = list[Any]


def _world(
    weights: Vector,
    scale: Any,
    start: Vector,
    at_kink: Any = 0,
    changed: Mapping[Any, Any] | None = None,
) -> World:
    """The network with v₀ = f₀ = start; `at_kink` is the slope of ReLU at 0."""
    state: list[Vector] = [[scale * x for x in weights]]
    slopes: list[Vector] = []
    paths: dict[Any, list[Vector]] = {v: [start], f: [start]}
    for _ in range(TIMES):
        slopes.append([at_kink if x == 0 else int(x > 0) for x in state[-1]])
        passed = sum(x * y for x, y in zip(slopes[-1], paths[v][-1], strict=True))
        whole = sum(paths[f][-1])
        state.append([x * sum(max(y, 0) for y in state[-1]) for x in weights])
        paths[v].append([x * passed for x in weights])
        paths[f].append([x * whole for x in weights])
    values = {d: len(weights), r: weights, a: scale, h: state, s: slopes, **paths}
    return World({**values, **(changed or {})}, horizon=LAST)


def networks(random: Random) -> World:
    """Two or three units without a kink, centred."""
    weights = [nonzero(random) for _ in range(random.randint(1, 2))]
    last = -sum(weights, Fraction(0))
    if last == 0:
        return networks(random)
    weights.append(last)
    return _world(weights, positive(random), [nonzero(random) for _ in weights])


# -- counterexamples: r = (1, −1), a = 1, h_t = r ----------------------------------------------


def broken(name: Any, *rows: Vector) -> Callable[[Random], World]:
    """One sequence starts with other rows, then goes on with the last of them."""
    changed = {name: [*rows, *[rows[-1]] * (TIMES + 1 - len(rows))]}
    return lambda _: _world([1, -1], 1, [1, 0], changed=changed)


def another_slope(_: Random) -> World:
    """s = 0 everywhere, and v₁ = 0."""
    changed = {s: [[0, 0]] * TIMES, v: [[1, 0], *[[0, 0]] * TIMES]}
    return _world([1, -1], 1, [1, 0], changed=changed)


def not_centred(_: Random) -> World:
    """r = 1: the linear network keeps f = 1."""
    return _world([1], 1, [1])


def at_a_kink(_: Random) -> World:
    """r = (1, −1, 0), and the slope of ReLU at 0 is said to be 1: v₁ = r, not r/2."""
    return _world([1, -1, 0], 1, [0, 0, 1], at_kink=1)


def backwards(_: Random) -> World:
    """a = −1: h₀ = −r and h₁ = r."""
    return _world([1, -1], -1, [1, 0])


def at_zero(_: Random) -> World:
    """a = 0: h = 0, where the slope is said to be 0, and v₁ = 0."""
    return _world([1, -1], 0, [1, 0])


# -- simulation -------------------------------------------------------------------------------


def relu_network(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """‖∂h_n/∂h₀·v₀‖² by a central difference, which is exact for ReLU away from its kinks."""
    size = point["d"]
    weights: Any = rng.choice((-1.0, 1.0), size) * rng.uniform(0.5, 2, size)
    weights -= np.mean(weights)
    if np.min(np.abs(weights)) < 0.05:
        return relu_network(rng, point)
    start: Any = rng.normal(0, 1, size)
    first, width = 0.7 * weights, 1e-3

    def run(state: Any) -> Any:
        for _ in range(point["n"]):
            state = np.outer(weights, np.ones(size)) @ np.maximum(state, 0)
        return state

    change = (run(first + width * start) - run(first - width * start)) / (2 * width)
    return np.sum(change**2), {"r": weights, "v": np.array([start])}
