"""Random exact finite laws, as lists of (weight, value): small, skewed, and not all dyadic."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random
from typing import TypeAlias

Row: TypeAlias = list[Fraction]
NumberLaw: TypeAlias = list[tuple[Fraction, Fraction]]
RowLaw: TypeAlias = list[tuple[Fraction, Row]]
MatrixLaw: TypeAlias = list[tuple[Fraction, list[Row]]]


def positive(random: Random) -> Fraction:
    """A positive fraction with a denominator of 1, 2, 3, 5 or 7."""
    return Fraction(random.randint(1, 9), random.choice([1, 2, 3, 5, 7]))


def row(random: Random, size: int) -> Row:
    """Fractions of either sign, 0 among them now and then."""
    return [positive(random) * random.choice([-1, 0, 1, 1]) for _ in range(size)]


def weights(random: Random, count: int) -> list[Fraction]:
    """`count` positive weights with sum 1."""
    parts = [random.randint(1, 5) for _ in range(count)]
    return [Fraction(part, sum(parts)) for part in parts]


def mean(law: NumberLaw) -> Fraction:
    """Σ weight · value."""
    return sum((weight * value for weight, value in law), Fraction(0))


def variance(law: NumberLaw) -> Fraction:
    """The mean of (value − mean)²."""
    centre = mean(law)
    return mean([(weight, (value - centre) ** 2) for weight, value in law])


def two_points(random: Random, spread: Fraction) -> NumberLaw:
    """A skewed law on α and −spread/α, with mean 0 and variance `spread`."""
    up = positive(random)
    down = spread / up
    return [(down / (up + down), up), (up / (up + down), -down)]


def uncorrelated_row(random: Random, size: int, centre: Fraction, spread: Fraction) -> RowLaw:
    """Pairwise uncorrelated entries with mean `centre` and variance `spread`.

    In half of the draws the first two are turned by the angle of the triangle 3, 4, 5, which
    keeps means of 0 and covariances and, the law not being normal, makes the two dependent.
    """
    joint: RowLaw = [(Fraction(1), [])]
    for _ in range(size):
        entry = two_points(random, spread)
        joint = [(w * part, [*values, new]) for w, values in joint for part, new in entry]
    if size > 1 and random.random() < 0.5:
        joint = [(w, [*_turned(values[0], values[1]), *values[2:]]) for w, values in joint]
    return [(w, [value + centre for value in values]) for w, values in joint]


def _turned(first: Fraction, second: Fraction) -> Row:
    return [(3 * first + 4 * second) / 5, (4 * first - 3 * second) / 5]


def some_row(random: Random, size: int) -> RowLaw:
    """Two rows, with any means, and with entries that depend on one another."""
    return [(weight, row(random, size)) for weight in weights(random, 2)]


def cyclic(law: RowLaw) -> RowLaw:
    """Each value and its cyclic shifts alike: the entries have one marginal law."""
    return [
        (weight / len(values), values[shift:] + values[:shift])
        for weight, values in law
        for shift in range(len(values))
    ]


def with_negatives(law: RowLaw) -> RowLaw:
    """Each value and its negative alike: the joint law is symmetric."""
    return [
        (weight / 2, [sign * value for value in values])
        for weight, values in law
        for sign in (1, -1)
    ]


def symmetric_rows(random: Random, rows: int, columns: int, *, alike: bool) -> MatrixLaw:
    """A matrix each row of which has a symmetric law; `alike`: all rows have the same one.

    The signs of the rows are independent, or the same for all.
    """
    first = [row(random, columns) for _ in range(rows)]
    shifts = range(rows) if alike else range(1)
    orders = [first[shift:] + first[:shift] for shift in shifts]
    signs = _sign_patterns(rows) if random.random() < 0.5 else [[1] * rows, [-1] * rows]
    weight = Fraction(1, len(orders) * len(signs))
    return [(weight, _signed(values, pattern)) for values in orders for pattern in signs]


def _sign_patterns(count: int) -> list[list[int]]:
    patterns: list[list[int]] = [[]]
    for _ in range(count):
        patterns = [[*pattern, sign] for pattern in patterns for sign in (1, -1)]
    return patterns


def _signed(rows: Sequence[Row], signs: Sequence[int]) -> list[Row]:
    return [[sign * value for value in values] for sign, values in zip(signs, rows, strict=True)]
