"""Three steps of small bidirectional nets, swept exactly; and random ones, swept and composed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero
from derivations.recurrent.bidirectional_evidence import Net
from derivations.recurrent.bidirectional_net import (
    STEPS,
    TIMES,
    U_b,
    U_f,
    V_b,
    V_f,
    W_b,
    W_f,
    backward,
    c,
    d,
    e,
    forward,
    x,
    z,
)
from verify import Rational, World, sigmoid, vector

Point = Mapping[str, Any]

# -- exact worlds ----------------------------------------------------------------------------


def _number(random: Random) -> Any:
    value = nonzero(random)
    return Rational(value.numerator, value.denominator)


def _row(random: Random, size: int) -> list[Any]:
    return [_number(random) for _ in range(size)]


def _times(rows: Sequence[Sequence[Any]], column: Sequence[Any]) -> list[Any]:
    products = [[p * q for p, q in zip(row, column, strict=True)] for row in rows]
    return [sum(rest, first) for first, *rest in products]


def _stepped(weights: Any, recurrent: Any, before: Any, source: Any) -> list[Any]:
    sums = zip(_times(weights, source), _times(recurrent, before), strict=True)
    return [sigmoid(p + q) for p, q in sums]


def swept(random: Random) -> World:
    """A net of one or two units; every node has the value that its parents give it."""
    units, inputs, outputs = (random.randint(1, 2) for _ in range(3))
    shapes = {
        W_f: (units, inputs), U_f: (units, units), V_f: (outputs, units),
        W_b: (units, inputs), U_b: (units, units), V_b: (outputs, units),
    }  # fmt: skip
    values: dict[Any, Any] = {
        name: [_row(random, columns) for _ in range(rows)]
        for name, (rows, columns) in shapes.items()
    }
    values |= {x[t]: _row(random, inputs) for t in TIMES}
    values |= {z[t]: _row(random, outputs) for t in TIMES}
    values |= {name: _row(random, units) for name in (forward[0], backward[STEPS + 1])}
    states, ahead = values[forward[0]], {}
    for t in TIMES:
        states = _stepped(values[W_f], values[U_f], states, values[x[t]])
        ahead[t] = values[vector(f"u_{t}", d)] = states
    states = values[backward[STEPS + 1]]
    for t in reversed(TIMES):
        states = _stepped(values[W_b], values[U_b], states, values[x[t]])
        values[vector(f"v_{t}", d)] = states
        parts = zip(_times(values[V_f], ahead[t]), _times(values[V_b], states), strict=True)
        values[vector(f"w_{t}", c)] = [p + q for p, q in parts]
    return World(values | {d: units, e: inputs, c: outputs})


def without(name: str, t: int) -> Callable[[Random], World]:
    """One unit without input and memory, of state σ(0) = ½; name_t is 1 more than its equation
    says, and so the loss of step t is not (½ + ½)².
    """
    half = Fraction(1, 2)
    value = {key: half + (key == (name, t)) for key in product("uv", TIMES)}
    value |= {("w", s): value["u", s] + value["v", s] + ((name, t) == ("w", s)) for s in TIMES}
    values: dict[Any, Any] = {
        W_f: [[0]],
        U_f: [[0]],
        V_f: [[1]],
        W_b: [[0]],
        U_b: [[0]],
        V_b: [[1]],
    }
    values |= {each: [0] for each in (*x.values(), *z.values(), forward[0], backward[STEPS + 1])}
    for (key, s), its in value.items():
        values[vector(f"{key}_{s}", c if key == "w" else d)] = [its]
    return lambda _: World(values | {d: 1, e: 1, c: 1})


# -- simulation -------------------------------------------------------------------------------


def graph_and_sweep(rng: np.random.Generator, point: Point) -> tuple[float, float]:
    """The loss composed from its root down, each node asking its parents; and the loss swept."""
    net = Net(rng, point)
    given = net.given

    def ahead(t: int) -> Any:
        if t == 0:
            return given["start"][0]
        return _activated(given["W"] @ given["x"][t - 1] + given["U"] @ ahead(t - 1))

    def behind(t: int) -> Any:
        if t == net.steps + 1:
            return given["start"][1]
        return _activated(given["Wb"] @ given["x"][t - 1] + given["Ub"] @ behind(t + 1))

    def missed(t: int) -> Any:
        return given["V"] @ ahead(t) + given["Vb"] @ behind(t) - given["z"][t - 1]

    composed = sum(float(missed(t) @ missed(t)) for t in range(1, net.steps + 1))
    return composed, float(net.loss())


def _activated(values: Any) -> Any:
    return (1 + np.tanh(values / 2)) / 2
