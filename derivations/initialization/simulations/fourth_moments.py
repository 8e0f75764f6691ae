"""Worlds, counterexamples and simulations for fourth moments of layers with random weights."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import comb
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

from derivations.copies import COPIES, averages
from derivations.initialization.simulations import random_laws as laws
from derivations.initialization.simulations import relu, relu_network
from verify import (
    E,
    Sum,
    World,
    dimension,
    independent_product,
    index,
    models,
    random_matrix,
    random_variable,
    random_vector,
    real,
)

# The names of fourth_moments.py: declared alike, they are the same names.
d, m, s = dimension("d"), dimension("m"), real("s")
w, u, x = (random_vector(name, d) for name in "wux")
M, a, i = random_matrix("M", m, d), random_variable("a"), index("i", d)

Floats = NDArray[np.float64]
Point = Mapping[str, Any]
Law = Sequence[tuple[Fraction, int | Fraction]]

HALF, THIRD, SIXTH = Fraction(1, 2), Fraction(1, 3), Fraction(1, 6)
#: Symmetric, with E[w²] = 3 and E[w⁴] = 27, as for a normal law of variance 3.
THREE: Law = ((SIXTH, 3), (SIXTH, -3), (2 * THIRD, 0))
FIVE: Law = (
    *((Fraction(5, 128), value) for value in (4, -4)),
    *((Fraction(7, 32), value) for value in (2, -2)),
    (Fraction(31, 64), 0),
)
#: With E[w] = 0, E[w²] = 1 and E[w⁴] = 3, but E[w³] = 4/3.
SKEWED: Law = (
    (Fraction(1, 18), 1),
    (Fraction(1, 18), -1),
    (Fraction(8, 45), 2),
    (Fraction(32, 45), -HALF),
)
SIGNS: Law = ((HALF, 1), (HALF, -1))
ONE: Law = ((Fraction(1), 1),)
#: E[w²] = 3/4, where E[w⁴] = 3/4 is that of a normal law of variance 1/2.
ANOTHER_SQUARE: Law = ((Fraction(3, 8), 1), (Fraction(3, 8), -1), (Fraction(1, 4), 0))
#: E[w²] = 3 and E[w⁴] = 27, and a mean of 1.
POSITIVE: Law = ((THIRD, 3), (2 * THIRD, 0))


def scaled(law: Law, scale: Fraction | int) -> Law:
    """The law of a multiple."""
    return [(weight, scale * value) for weight, value in law]


def independent(entries: Sequence[Law]) -> laws.RowLaw:
    """A row with independent entries of these laws."""
    joint: laws.RowLaw = [(Fraction(1), [])]
    for entry in entries:
        joint = [(p * q, [*values, Fraction(v)]) for p, values in joint for q, v in entry]
    return joint


def row(random: Random, size: int, scale: Fraction | int) -> laws.RowLaw:
    """Independent symmetric entries with E[w²] = 3c² and E[w⁴] = 27c⁴, c the scale."""
    return independent([scaled(random.choice((THREE, THREE, FIVE)), scale) for _ in range(size)])


# -- random worlds ----------------------------------------------------------------------------


def one_sum(random: Random) -> World:
    """Independent weights with the moments of a normal law, skewed ones in half of the worlds."""
    size, scale = random.randint(1, 3), laws.positive(random)
    if random.random() < HALF:
        weights, variance = independent([scaled(SKEWED, scale)] * size), scale**2
    else:
        weights, variance = row(random, size, scale), 3 * scale**2
    return _one(weights, laws.some_row(random, size), variance)


def _one(weights: laws.RowLaw, inputs: laws.RowLaw, variance: Any) -> World:
    joint = independent_product(
        [(p, {w: values}) for p, values in weights], [(p, {x: values}) for p, values in inputs]
    )
    return World({d: len(weights[0][1]), s: variance}, joint)


def two_sums(random: Random) -> World:
    """Two rows with symmetric laws and uncorrelated entries, which are not independent."""
    size, variance = random.randint(1, 2), laws.positive(random)
    rows = [relu_network.row(random, variance, size) for _ in range(2)]
    inputs = laws.some_row(random, size)
    named = zip((w, u, x), (*rows, inputs), strict=True)
    joint = independent_product(*([(p, {name: value}) for p, value in law] for name, law in named))
    return World({d: size, s: variance}, joint)


def one_layer(random: Random) -> World:
    """One or two independent rows of one or two weights; or three rows, independent in pairs."""
    scale, size = laws.positive(random), random.randint(1, 2)
    if random.random() < THIRD:
        size, rows = 1, independent_in_pairs(scale)
    else:
        rows = stacked([row(random, size, scale) for _ in range(random.randint(1, 2))])
    return _layer(rows, laws.some_row(random, size), 3 * scale**2)


def stacked(rows: Sequence[laws.RowLaw]) -> laws.MatrixLaw:
    """A matrix with independent rows."""
    joint: laws.MatrixLaw = [(Fraction(1), [])]
    for each in rows:
        joint = [(p * q, [*above, values]) for p, above in joint for q, values in each]
    return joint


def independent_in_pairs(scale: Fraction) -> laws.MatrixLaw:
    """Three rows of one weight of the law `THREE`; the third sign is the product of the others."""
    sizes = independent([scaled(POSITIVE, scale)] * 3)
    signs = ((1, 1, 1), (1, -1, -1), (-1, 1, -1), (-1, -1, 1))
    return [
        (weight / 4, [[sign * value] for sign, value in zip(pattern, values, strict=True)])
        for weight, values in sizes
        for pattern in signs
    ]


def _layer(rows: laws.MatrixLaw, inputs: laws.RowLaw, variance: Any) -> World:
    joint = independent_product(
        [(p, {M: values}) for p, values in rows], [(p, {x: values}) for p, values in inputs]
    )
    matrix = rows[0][1]
    return World({m: len(matrix), d: len(matrix[0]), s: variance}, joint)


# -- counterexamples: laws --------------------------------------------------------------------


def three_that_are_independent_in_pairs() -> laws.RowLaw:
    """Weights of the law `THREE`: the last two have equal signs where the first one is not 0, and
    elsewhere so rarely that their signs are independent. E[w₁²w₂w₃] = 3.
    """
    found = []
    for weight, values in independent([THREE] * 3):
        alike = values[1] * values[2]
        likelier = 2 if values[0] else HALF
        share = likelier if alike > 0 else 2 - likelier if alike else 1
        found.append((weight * share, values))
    return [(weight, values) for weight, values in found if weight]


def a_choice_that_sees_both_rows() -> list[tuple[Fraction, list[laws.Row], laws.Row]]:
    """(weight, two rows, the input) for rows (w₁, w₂) of the law `THREE`; the input, (1, 0) or
    (0, 1), is independent of each row, and not of both: (1, 0) is likelier where both w₁ are 0 or
    none is.
    """
    found = []
    for weight, (first, second) in stacked([independent([THREE] * 2)] * 2):
        lean = (1 if first[0] else -HALF) * (1 if second[0] else -HALF)
        for share, chosen in ((1 + lean, [1, 0]), (1 - lean, [0, 1])):
            if share:
                inputs = [Fraction(value) for value in chosen]
                found.append((weight * share / 2, [first, second], inputs))
    return found


# -- counterexamples: one row -----------------------------------------------------------------


def entries_independent_in_pairs(_: Random) -> World:
    """x = (1, 1, 1): E[y⁴] exceeds 243 by 12·E[w₁²w₂w₃] = 36."""
    return _one(three_that_are_independent_in_pairs(), [(Fraction(1), [Fraction(1)] * 3)], 3)


def _pair(law: Law, variance: Any) -> World:
    """Two independent weights and x = (1, 1)."""
    return _one(independent([law] * 2), [(Fraction(1), [Fraction(1)] * 2)], variance)


def weights_with_a_mean(_: Random) -> World:
    """w is 3 or 0, with mean 1: E[y⁴] = 180, not 108."""
    return _pair(POSITIVE, 3)


def another_second_moment(_: Random) -> World:
    """E[w²] = 3/4, said to be 1/2: E[y⁴] = 39/8, not 3."""
    return _pair(ANOTHER_SQUARE, HALF)


def signs_for_weights(_: Random) -> World:
    """w = ±1, with E[w⁴] = 1: E[y⁴] = 8, not 12."""
    return _pair(SIGNS, 1)


def inputs_that_see_the_weight(_: Random) -> World:
    """x is 1 where w = ±3, and 2 where w = 0: E[y⁴] = 27, not 27·11."""
    outcomes = [(p, {w: [value], x: [1 if value else 2]}) for p, value in THREE]
    return World({d: 1, s: 3}, outcomes)


# -- counterexamples: two rows of one weight, x = 1 -------------------------------------------


def _two(first: Law, second: Law, variance: Any = 1) -> World:
    joint = independent_product(
        [(p, {w: [value], x: [1]}) for p, value in first],
        [(p, {u: [value]}) for p, value in second],
    )
    return World({d: 1, s: variance}, joint)


def a_skewed_first_row(_: Random) -> World:
    """w is centred, not symmetric: E[ReLU(w)²] = 23/30, not 1/2."""
    return _two(SKEWED, SIGNS)


def a_skewed_second_row(_: Random) -> World:
    """u is centred, not symmetric."""
    return _two(SIGNS, SKEWED)


def one_row_twice(_: Random) -> World:
    """w = u = ±1: 1/2, not 1/4."""
    return World({d: 1, s: 1}, [(p, {w: [value], u: [value], x: [1]}) for p, value in SIGNS])


def an_input_that_sees_both_rows(_: Random) -> World:
    """Independent in pairs: 27/8, not 9/4."""
    outcomes = [
        (p, {w: first, u: second, x: inputs})
        for p, (first, second), inputs in a_choice_that_sees_both_rows()
    ]
    return World({d: 2, s: 3}, outcomes)


def a_larger_first_row(_: Random) -> World:
    """w = ±2, said to have E[w²] = 1."""
    return _two(scaled(SIGNS, 2), SIGNS)


def a_larger_second_row(_: Random) -> World:
    """u = ±2, said to have E[u²] = 1."""
    return _two(SIGNS, scaled(SIGNS, 2))


# -- counterexamples: one layer ---------------------------------------------------------------


def _one_unit(law: laws.RowLaw, variance: Any) -> World:
    """One unit and x = (1, ..., 1)."""
    inputs = [(Fraction(1), [Fraction(1)] * len(law[0][1]))]
    return _layer(stacked([law]), inputs, variance)


def unit_with_entries_independent_in_pairs(_: Random) -> World:
    """One unit, x = (1, 1, 1): half of 279, not of 243."""
    return _one_unit(three_that_are_independent_in_pairs(), 3)


def unit_with_a_skewed_row(_: Random) -> World:
    """One unit, x = 1: E[ReLU(w)⁴] = 29/10, not 3/2."""
    return _one_unit(independent([SKEWED]), 1)


def unit_with_another_second_moment(_: Random) -> World:
    """One unit, x = (1, 1): half of 39/8, not of 3."""
    return _one_unit(independent([ANOTHER_SQUARE] * 2), HALF)


def unit_with_signs_for_weights(_: Random) -> World:
    """One unit, x = (1, 1): half of 8, not of 12."""
    return _one_unit(independent([SIGNS] * 2), 1)


def unit_that_the_input_sees(_: Random) -> World:
    """One unit; x is 1 where w = ±3, and 2 where w = 0."""
    outcomes = [(p, {M: [[value]], x: [1 if value else 2]}) for p, value in THREE]
    return World({m: 1, d: 1, s: 3}, outcomes)


def two_equal_units(_: Random) -> World:
    """Two units with one weight, x = 1: 54, not 63/2."""
    outcomes = [(p, {M: [[value], [value]], x: [1]}) for p, value in THREE]
    return World({m: 2, d: 1, s: 3}, outcomes)


def two_units_and_an_input_that_sees_both(_: Random) -> World:
    """Any two of the two rows and the input are independent."""
    outcomes = [(p, {M: matrix, x: inputs}) for p, matrix, inputs in a_choice_that_sees_both_rows()]
    return World({m: 2, d: 2, s: 3}, outcomes)


# -- simulation -------------------------------------------------------------------------------

#: E[a⁸] of the laws that relu.py draws.
EIGHTH = {"uniform": 256 / 9, "discrete, with an atom at 0": 257 / 3}
relu_points = [{"law": name} for name in EIGHTH]


def _outputs(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Averages of ReLU(a)⁴."""
    found = relu.LAWS[point["law"]].draw(rng, COPIES * size)
    np.maximum(found, 0, out=found)
    found **= 4
    return averages(found)


def _variance_of_an_output(point: Point) -> float:
    """(E[ReLU(a)⁸] − E[ReLU(a)⁴]²)/16, the means being half of those of a⁸ and a⁴."""
    fourth = relu.LAWS[point["law"]].moments[3]
    return (EIGHTH[point["law"]] / 2 - (fourth / 2) ** 2) / COPIES


relu_model = models.Mean(
    _outputs,
    _variance_of_an_output,
    known=lambda point: {
        E(a**4): relu.LAWS[point["law"]].moments[3],
        E(a**2): relu.LAWS[point["law"]].moments[1],
    },
)


SPIKE = 1.5


def inputs(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """(1, ..., 1) or (3/2, 0, ..., 0), a fair coin says which; shape (d, size)."""
    flat = rng.random(size) < 0.5
    found = np.zeros((point["d"], size))
    found[:] = flat
    np.copyto(found[0], SPIKE, where=~flat)
    return found


def mean_length(point: Point, power: int) -> float:
    """E[(Σ x_i²)^power] of these inputs, the squared length of which is d or 9/4."""
    return float(point["d"] ** power + SPIKE ** (2 * power)) / 2


def sums(rng: np.random.Generator, point: Point, drawn: Floats, count: int) -> Floats:
    """Σ_i w_i·x_i for `count` rows of independent normal weights; shape (count, size)."""
    weights = rng.standard_normal((count, *drawn.shape))
    return np.asarray(np.sqrt(point["s"]) * np.einsum("ris,is->rs", weights, drawn))


def _known(point: Point) -> dict[Any, float]:
    """Moments of the length of the input."""
    square = Sum(x[i] ** 2, i)
    return {
        E(square**2): mean_length(point, 2),
        E(square): mean_length(point, 1),
        Sum(E(x[i] ** 4), i): (point["d"] + SPIKE**4) / 2,
    }


def _fourth_powers(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """Averages of the fourth powers of 16 sums of one input."""
    drawn = sums(rng, point, inputs(rng, point, size), COPIES)
    drawn *= drawn
    drawn *= drawn
    return np.asarray(drawn.mean(axis=0))


def _variance_of_fourth_powers(point: Point) -> float:
    """Given the input a sum is normal, with E[y⁴] = 3·q² and E[y⁸] = 105·q⁴ for q = s·Σ x_i²."""
    second = point["s"] ** 4 * mean_length(point, 4) * (9 + 96 / COPIES)
    return float(second - (3 * point["s"] ** 2 * mean_length(point, 2)) ** 2)


sum_model = models.Mean(_fourth_powers, _variance_of_fourth_powers, known=_known)


def _products(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """For one input, the average of ReLU(p)² over 16 rows times that of ReLU(q)² over 16 others."""
    drawn = inputs(rng, point, size)
    squares = [np.maximum(sums(rng, point, drawn, COPIES), 0) ** 2 for _ in range(2)]
    return np.asarray(squares[0].mean(axis=0) * squares[1].mean(axis=0))


def _variance_of_products(point: Point) -> float:
    """Given the input ReLU(p)² has the mean q/2 and the second moment 3q²/2, q = s·Σ x_i²."""
    square = 1 / 4 + (3 / 2 - 1 / 4) / COPIES
    mean = point["s"] ** 2 * mean_length(point, 2) / 4
    return float(point["s"] ** 4 * mean_length(point, 4) * square**2 - mean**2)


pair_model = models.Mean(_products, _variance_of_products, known=_known)


def _lengths(rng: np.random.Generator, point: Point, size: int) -> Floats:
    """For one input, the average of (Σ_r ReLU(z_r)²)² over 16 layers, every weight drawn."""
    drawn = sums(rng, point, inputs(rng, point, size), COPIES * point["m"])
    np.maximum(drawn, 0, out=drawn)
    drawn *= drawn
    lengths = drawn.reshape(COPIES, point["m"], size).sum(axis=1)
    return np.asarray((lengths**2).mean(axis=0))


def moment_of_squares(units: int, power: int) -> float:
    """E[(Σ ReLU(g_r)²)^power] for independent standard normal g_r.

    K of them are positive, K binomial; their squares add up to a chi-square variable with K
    degrees, the moments of which are K·(K + 2)·(K + 4)···.
    """
    found = 0
    for active in range(units + 1):
        rising = 1
        for step in range(power):
            rising *= active + 2 * step
        found += comb(units, active) * rising
    return float(Fraction(found, 2**units))


def mean_of_squares(units: int) -> tuple[float, float]:
    """Mean and second moment of the average of 16 draws of (Σ ReLU(g_r)²)²."""
    mean, fourth = (moment_of_squares(units, power) for power in (2, 4))
    return mean, mean**2 + (fourth - mean**2) / COPIES


def _variance_of_lengths(point: Point) -> float:
    mean, square = mean_of_squares(point["m"])
    first, second = (mean_length(point, power) for power in (2, 4))
    return float(point["s"] ** 4 * (square * second - (mean * first) ** 2))


layer_model = models.Mean(_lengths, _variance_of_lengths, known=_known)
sum_points = [{"d": 3, "s": 0.7}]
layer_points = [{"m": 2, "d": 2, "s": 0.7}]
