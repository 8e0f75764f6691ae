"""Small recurrent networks, exact ones with a leaky ReLU and random ones in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero
from verify import World, dimension, function, let, matrix, real, relu, vector

d, e = dimension("d"), dimension("e")
W, U, b = matrix("W", d, d), matrix("U", d, e), vector("b", d)
x, h, g = real("x", (1, None), e), real("h", (0, None), d), real("g", (0, None), d)
sigma, u, first = function("sigma"), real("u"), real("g_first")

#: Steps of a world.
STEPS = 3

Point = Mapping[str, Any]
Vectors = list[list[Fraction]]


def leaky(c: Sequence[Any], y: Any) -> Any:
    """c₁·y + c₂·max(y, 0)."""
    return c[0] * y + c[1] * max(y, 0)


def _activation(c: Sequence[Any]) -> Any:
    """The same as a definition."""
    return let("s", (u,), c[0] * u + c[1] * relu(u))


def _affine(rows: Vectors, state: list[Fraction], drive: list[Fraction]) -> list[Fraction]:
    return [
        sum((w * y for w, y in zip(row, state, strict=True)), more)
        for row, more in zip(rows, drive, strict=True)
    ]


def _world(c: Any, rows: Any, into: Any, shift: Any, seen: Any, outer: Any, inner: Any) -> World:
    return World(
        {d: len(rows), e: len(into[0]), sigma: _activation(c), W: rows, U: into, b: shift, x: seen}
        | {h: outer, g: inner},
        horizon=max(len(seen) - 1, 0),
    )


def two_networks(random: Random) -> World:
    """Two leaky ReLU networks of one or two units."""
    size, inputs = random.randint(1, 2), random.randint(1, 2)
    c = [nonzero(random), nonzero(random)]
    rows = [[nonzero(random) for _ in range(size)] for _ in range(size)]
    into = [[nonzero(random) for _ in range(inputs)] for _ in range(size)]
    shift = [nonzero(random) for _ in range(size)]
    seen = [[nonzero(random) for _ in range(inputs)] for _ in range(STEPS)]
    outer = [[nonzero(random) for _ in range(size)]]
    inner = [[leaky(c, y) for y in outer[0]]]
    for signal in seen:
        drive = _affine(into, signal, shift)
        outer.append(_affine(rows, [leaky(c, y) for y in outer[-1]], drive))
        inner.append([leaky(c, y) for y in _affine(rows, inner[-1], drive)])
    return _world(c, rows, into, shift, seen, outer, inner)


def _one_unit(outer: list[int], inner: list[int]) -> World:
    """One ReLU with W = 1, b = 1 and without input."""
    states = ([[y] for y in outer], [[y] for y in inner])
    values = {d: 1, e: 1, sigma: let("s", (u,), relu(u)), W: [[1]], U: [[0]], b: [1]}
    steps = len(outer) - 1
    values |= {x: [[0]] * steps, h: states[0], g: states[1]}
    return World(values, horizon=steps)


def same_start(_: Random) -> World:
    """g₀ = h₀ = −1, outside the range of a ReLU; then h is 1, g is 0."""
    return _one_unit([-1, 1], [-1, 0])


def same_start_applied(_: Random) -> World:
    """g₀ = h₀ = −1, and h₁ = g₀ + 1 = 0 is not σ(h₀) + 1 = 1."""
    return _one_unit([-1, 0], [-1, 0])


def outside_stands_still(_: Random) -> World:
    """h stays 1, g goes from 1 to 2."""
    return _one_unit([1, 1], [1, 2])


def inside_stands_still(_: Random) -> World:
    """h goes from 1 to 2, g stays 1."""
    return _one_unit([1, 2], [1, 1])


def inside_jumps(_: Random) -> World:
    """g goes from 1 to 5, so that h₂ = 6 is not σ(h₁) + 1 = 3."""
    return _one_unit([1, 2, 6], [1, 5, 6])


def first_states(random: Random) -> World:
    """A first state of 1 or more; numbers around it are tried."""
    value = 1 + random.choice((0, abs(nonzero(random))))
    tried = [value * Fraction(k, 6) for k in range(-6, 12)]
    return World({first: value}, candidates={u: tried})


def one_half(_: Random) -> World:
    """½ is the sigmoid of 0."""
    return World({first: Fraction(1, 2)}, candidates={u: [0]})


# -- simulation -------------------------------------------------------------------------------

ACTIVATIONS: tuple[Callable[[Any], Any], ...] = (
    np.tanh,
    lambda u: 1 / (1 + np.exp(-u)),
    lambda u: np.maximum(u, 0),
    lambda u: u / (1 + np.exp(-u)),
)


def both_recurrences(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """g_t and σ(h_t) after t steps, for one of four activations."""
    size, inputs = point["d"], point["e"]
    activation = ACTIVATIONS[rng.integers(len(ACTIVATIONS))]
    weights = rng.normal(0, 1 / np.sqrt(size), (size, size))
    into, shift = rng.normal(0, 1, (size, inputs)), rng.normal(0, 1, size)
    above = rng.normal(0, 1, size)
    below = activation(above)
    for _ in range(point["t"]):
        signal = rng.normal(0, 1, inputs)
        above = weights @ activation(above) + into @ signal + shift
        below = activation(weights @ below + into @ signal + shift)
    return below, activation(above)


def applied_to(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """What σ is applied to at step t of the second recurrence, and h_t of the first."""
    size, inputs = point["d"], point["e"]
    activation = ACTIVATIONS[rng.integers(len(ACTIVATIONS))]
    weights = rng.normal(0, 1 / np.sqrt(size), (size, size))
    into, shift = rng.normal(0, 1, (size, inputs)), rng.normal(0, 1, size)
    above = rng.normal(0, 1, size)
    below, argument = activation(above), above
    for _ in range(point["t"]):
        drive = into @ rng.normal(0, 1, inputs) + shift
        argument = weights @ below + drive
        below = activation(argument)
        above = weights @ activation(above) + drive
    return argument, above
