"""Worlds, counterexamples and simulations for dead ReLU units and layers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.initialization.simulations import random_laws as laws
from derivations.initialization.simulations import relu
from derivations.initialization.simulations.fourth_moments import Law, independent, stacked
from verify import World, dimension, random_matrix, random_vector

# The names of dead_units.py: declared alike, they are the same names.
d, m = dimension("d"), dimension("m")
M, x, z = random_matrix("M", m, d), random_vector("x", d), random_vector("z", m)

Floats = NDArray[np.float64]
Point = Mapping[str, Any]

ONE, HALF, THIRD = Fraction(1), Fraction(1, 2), Fraction(1, 3)
SIGNS: Law = ((HALF, 1), (HALF, -1))
symmetric_variable = relu.symmetric_variable

# -- one unit ---------------------------------------------------------------------------------

unit_points = relu.points


def passes(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """1 where a > 0."""
    return np.asarray(relu.LAWS[point["law"]].draw(rng, size) > 0, dtype=float)


def not_zero(point: Point) -> float:
    """P(a ≠ 0)."""
    return 2 / 3 if point["law"] == "discrete, with an atom at 0" else 1


# -- one layer --------------------------------------------------------------------------------


def of_sizes(sizes: Sequence[Fraction], parts: Sequence[Fraction]) -> Law:
    """A symmetric law of a weight that is never 0."""
    pairs = list(zip(parts, sizes, strict=True))
    return [(part / 2, sign * size) for part, size in pairs for sign in (1, -1)]


def weight(random: Random) -> Law:
    """One or two sizes, either sign alike."""
    parts = laws.weights(random, random.randint(1, 2))
    return of_sizes([laws.positive(random) for _ in parts], parts)


def layer(random: Random) -> World:
    """One or two units with one or two independent weights, or three with one; the input is 0 in
    half of the worlds now and then. Drawn again where weights that are not 0 add up to 0, which
    laws without atoms never do.
    """
    rows, columns = random.choice(((1, 1), (2, 1), (3, 1), (1, 2), (2, 2)))
    while True:
        matrices = stacked(
            [independent([weight(random) for _ in range(columns)]) for _ in range(rows)]
        )
        inputs = [(part, laws.row(random, columns)) for part in laws.weights(random, 2)]
        if random.random() < HALF:
            inputs[0] = (inputs[0][0], [Fraction(0)] * columns)
        found = _outcomes(matrices, inputs)
        if all(all(at[z]) == any(at[z]) == any(at[x]) for _, at in found):
            return World({m: rows, d: columns}, found)


def _outcomes(matrices: laws.MatrixLaw, inputs: laws.RowLaw) -> list[tuple[Fraction, Any]]:
    return [
        (p * q, {M: matrix, x: start, z: _sums(matrix, start)})
        for p, matrix in matrices
        for q, start in inputs
    ]


def _sums(matrix: Sequence[Sequence[Any]], start: Sequence[Any]) -> list[Any]:
    return [sum(w * y for w, y in zip(row, start, strict=True)) for row in matrix]


# -- counterexamples: one weight a unit, x = 1 ------------------------------------------------


def _units(matrices: laws.MatrixLaw) -> World:
    return World({m: len(matrices[0][1]), d: 1}, _outcomes(matrices, [(ONE, [ONE])]))


def another_forward_pass(_: Random) -> World:
    """z = M² = 1 is never dead."""
    return World({m: 1, d: 1}, [(p, {M: [[w]], x: [1], z: [1]}) for p, w in SIGNS])


def two_equal_units(_: Random) -> World:
    """Both alive or both dead: ½, not ¾."""
    return _units([(p, [[Fraction(w)], [Fraction(w)]]) for p, w in SIGNS])


#: Three signs, any two of which are independent: never all −1.
IN_PAIRS = ((1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1))


def three_that_are_independent_in_pairs(_: Random) -> World:
    """One is always alive: 1, not ⅞."""
    return _units([(ONE / 4, [[Fraction(w)] for w in signs]) for signs in IN_PAIRS])


def a_skewed_row(_: Random) -> World:
    """M is 2 or −1, with mean 0: alive with probability ⅓."""
    return _units(stacked([independent([((THIRD, 2), (2 * THIRD, -1))])]))


def an_input_that_sees_the_weight(_: Random) -> World:
    """x = M = ±1: never dead."""
    return World({m: 1, d: 1}, [(p, {M: [[w]], x: [w], z: [1]}) for p, w in SIGNS])


def a_unit_without_weights(_: Random) -> World:
    """The second unit is always 0: ½, not ¾."""
    return _units([(p, [[Fraction(w)], [Fraction(0)]]) for p, w in SIGNS])


# -- simulation -------------------------------------------------------------------------------


def some_alive(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """1 where a unit is > 0; the input is 0 or not, with normal or uniform weights."""
    inputs = rng.standard_normal((point["d"], size)) * (rng.random(size) < point["signal"])
    shape = (point["m"], point["d"], size)
    weights = rng.standard_normal(shape) if point["d"] > 2 else rng.random(shape) - 0.5
    return np.asarray((np.einsum("rjs,js->rs", weights, inputs) > 0).any(axis=0), dtype=float)


layer_points: list[dict[str, Any]] = [
    {"m": 1, "d": 3, "signal": 1},
    {"m": 3, "d": 2, "signal": 0.75},
]
