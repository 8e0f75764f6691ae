"""Small recurrent nets with exact gradients, counterexamples, and bidirectional nets in NumPy."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.random_rationals import nonzero
from verify import (
    Rational,
    Sum,
    World,
    dimension,
    function,
    index,
    let,
    matrix,
    natural,
    real,
    vector,
)

# The names of bidirectional.py: declared alike, they are the same names.
d, e, c, T = dimension("d"), dimension("e"), dimension("c"), natural("T")
U, V, W = matrix("U", d, d), matrix("V", c, d), matrix("W", d, e)
M, N = matrix("M", d, e), matrix("N", d, d)
R, state, source = function("R", d), vector("a", d), vector("b", e)
other, target = vector("q", c), vector("p", c)
x, y, z = real("x", (1, None), e), real("y", (1, None), c), real("z", (1, None), c)
h, v, r = (real(name, (0, None), d) for name in ("h", "v", "r"))
s, g, delta = (real(name, (1, None), d) for name in ("s", "g", "delta"))

Point = Mapping[str, Any]
Floats = NDArray[np.float64]
Row = list[Fraction]

# -- exact worlds ----------------------------------------------------------------------------


def _row(random: Random, size: int) -> Row:
    return [nonzero(random) for _ in range(size)]


def _rows(random: Random, count: int, size: int) -> list[Row]:
    return [_row(random, size) for _ in range(count)]


def _dot(first: Sequence[Fraction], second: Sequence[Fraction]) -> Fraction:
    return sum((p * q for p, q in zip(first, second, strict=True)), Fraction(0))


def _transposed(rows: list[Row], values: Sequence[Fraction]) -> Row:
    return [_dot(column, values) for column in zip(*rows, strict=True)]


def one_state(random: Random) -> World:
    """One or two units; R(h) = α·(Σ i·h_i)² + β·Σ h_i³."""
    units, inputs, outputs = (random.randint(1, 2) for _ in range(3))
    after, i = vector("h", d), index("i", d)
    first, second = (Rational(n.numerator, n.denominator) for n in _row(random, 2))
    rest = first * Sum(i * after[i], i) ** 2 + second * Sum(after[i] ** 3, i)
    return World(
        {
            d: units,
            e: inputs,
            c: outputs,
            R: let("R", (after,), rest),
            U: _rows(random, units, units),
            V: _rows(random, outputs, units),
            W: _rows(random, units, inputs),
            state: _row(random, units),
            source: _row(random, inputs),
            other: _row(random, outputs),
            target: _row(random, outputs),
        }
    )


def through_time(random: Random) -> World:
    """One or two steps, states, inputs and outputs; and the gradients that come back."""
    steps, units, inputs, outputs = (random.randint(1, 2) for _ in range(4))
    values: dict[Any, Any] = {d: units, e: inputs, c: outputs, T: steps}
    for name, rows, columns in (
        (U, units, units), (V, outputs, units), (M, units, inputs), (N, units, units),
        (x, steps + 1, inputs), (y, steps + 1, outputs), (z, steps + 1, outputs),
        (h, steps + 2, units), (s, steps + 1, units),
    ):  # fmt: skip
        values[name] = _rows(random, rows, columns)
    moved = [[Fraction(0)] * units]
    for at in range(steps + 1):
        moved.append(
            [
                slope * (_dot(m, values[x][at]) + _dot(n, values[h][at]) + _dot(u, moved[-1]))
                for slope, m, n, u in zip(values[s][at], values[M], values[N], values[U],
                                          strict=True)
            ]
        )  # fmt: skip
    nothing = [Fraction(0)] * units
    coming, whole, scaled = [nothing, nothing], [nothing], [nothing]
    for at in reversed(range(steps)):
        gap = [2 * (p - q) for p, q in zip(values[y][at], values[z][at], strict=True)]
        back = _transposed(values[V], gap)
        whole.insert(0, [p + q for p, q in zip(coming[0], back, strict=True)])
        scaled.insert(0, [p * q for p, q in zip(values[s][at], whole[0], strict=True)])
        coming.insert(0, _transposed(values[U], scaled[0]))
    values |= {v: moved, r: coming, g: whole, delta: scaled}
    return World(values, horizon=steps)


def two_steps(
    moved: tuple[int, ...] = (0, 1, 2, 3),
    coming: tuple[int, ...] = (4, 2, 0, 0),
    whole: tuple[int, ...] = (4, 2, 0),
    scaled: tuple[int, ...] | None = None,
) -> Callable[[Random], World]:
    """T = 2 and one unit; U, V, M, x, σ' and y − z are 1, N is 0: L' = 2·1 + 2·2 = 6 = 4 + 2.

    moved, coming, whole, scaled: v₀ to v₃, r₀ to r₃, g₁ to g₃ and δ₁ to δ₃ (as g, unless given).
    """
    ones, many = [[1]], [[1]] * 4
    values = {
        d: 1, e: 1, c: 1, T: 2, U: ones, V: ones, M: ones, N: [[0]],
        x: many, y: [[2]] * 4, z: many, h: many, s: many,
        v: [[n] for n in moved], r: [[n] for n in coming],
        g: [[n] for n in whole], delta: [[n] for n in scaled or whole],
    }  # fmt: skip
    return lambda _: World(values, horizon=2)


# -- simulation -------------------------------------------------------------------------------

STEP = 1e-20


class Net:
    """A random bidirectional net of the point's sizes, with inputs and targets for T steps."""

    def __init__(self, rng: np.random.Generator, point: Point) -> None:
        units, inputs, outputs = (point[name] for name in "dec")
        self.steps: int = point["T"]
        shapes = {
            "W": (units, inputs), "U": (units, units), "V": (outputs, units),
            "Wb": (units, inputs), "Ub": (units, units), "Vb": (outputs, units),
            "x": (self.steps, inputs), "z": (self.steps, outputs), "start": (2, units),
        }  # fmt: skip
        self.given: dict[str, Any] = {
            name: rng.normal(0, 1, shape) for name, shape in shapes.items()
        }

    def states(self, given: Mapping[str, Any]) -> tuple[list[Any], list[Any]]:
        """h₀ to h_T of the forward net, and h₁ to h_{T+1} of the backward net."""
        forward, backward = [given["start"][0]], [given["start"][1]]
        for at in range(self.steps):
            forward.append(_sigmoid(given["W"] @ given["x"][at] + given["U"] @ forward[-1]))
        for at in reversed(range(self.steps)):
            backward.insert(0, _sigmoid(given["Wb"] @ given["x"][at] + given["Ub"] @ backward[0]))
        return forward, backward

    def loss(self, **changed: Any) -> Any:
        """Σ_t ‖y_t − z_t‖², with some of the net's numbers replaced."""
        given = {**self.given, **changed}
        forward, backward = self.states(given)
        outputs = [
            given["V"] @ forward[at + 1] + given["Vb"] @ backward[at] for at in range(self.steps)
        ]
        return ((np.asarray(outputs) - given["z"]) ** 2).sum()

    def deltas(self) -> list[Floats]:
        """δ₁ to δ_T of the forward net, by going back through time."""
        forward, backward = self.states(self.given)
        coming, found = np.zeros(len(forward[0])), list[Floats]()
        for at in reversed(range(self.steps)):
            output = self.given["V"] @ forward[at + 1] + self.given["Vb"] @ backward[at]
            whole = coming + 2 * self.given["V"].T @ (output - self.given["z"][at])
            found.insert(0, forward[at + 1] * (1 - forward[at + 1]) * whole)
            coming = self.given["U"].T @ found[0]
        return found


def _sigmoid(values: Any) -> Any:
    return 1 / (1 + np.exp(-values))


def weights_moved(rng: np.random.Generator, point: Point) -> tuple[float, float]:
    """L' along random directions of W and U by a complex step; and Σ_t δ_tᵀ(M·x_t + N·h_{t−1})."""
    net = Net(rng, point)
    first, second = (rng.normal(0, 1, net.given[name].shape) for name in "WU")
    moved = {"W": net.given["W"] + 1j * STEP * first, "U": net.given["U"] + 1j * STEP * second}
    states, _ = net.states(net.given)
    steps = zip(net.deltas(), net.given["x"], states[:-1], strict=True)
    by_hand = sum(float(a @ (first @ b + second @ before)) for a, b, before in steps)
    return float(np.imag(net.loss(**moved)) / STEP), by_hand


def _rest(values: Any) -> Any:
    """A loss of later steps that is not a sum over the units."""
    return np.sin(values).sum() + values.sum() ** 2 / 2


def _gradient(value: Callable[[Any], Any], at: Floats) -> Floats:
    """The gradient of an analytic function of a vector, by complex steps."""
    turned = at + 1j * STEP * np.eye(len(at))
    return np.array([np.imag(value(row)) / STEP for row in turned])


def state_moved(rng: np.random.Generator, point: Point) -> tuple[Floats, Floats]:
    """The gradients in a state that another follows and in a last one, by complex steps through
    the next state and the output; and the two formulas.
    """
    given = Net(rng, point).given
    now, offset = rng.standard_normal((2, point["d"]))
    other_part = given["Vb"] @ offset - given["z"][0]

    def own(values: Any) -> Any:
        return ((given["V"] @ values + other_part) ** 2).sum()

    def following(values: Any) -> Any:
        return _sigmoid(given["W"] @ given["x"][0] + given["U"] @ values)

    there = following(now)
    later = given["U"].T @ (there * (1 - there) * _gradient(_rest, there))
    last = 2 * given["V"].T @ (given["V"] @ now + other_part)
    found = _gradient(lambda values: _rest(following(values)) + own(values), now)
    return np.concatenate((found, _gradient(own, now))), np.concatenate((later + last, last))
