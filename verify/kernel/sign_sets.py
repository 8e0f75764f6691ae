"""Sets of signs: which of −1, 0, 1 a value can have, and what follows for sums and products."""

from __future__ import annotations

from fractions import Fraction

from sympy import Basic

from verify import language as l

Signs = frozenset[int]
ANY, NONNEGATIVE, POSITIVE = frozenset({-1, 0, 1}), frozenset({0, 1}), frozenset({1})
NONZERO, ZERO_ONLY, NEGATIVE = frozenset({-1, 1}), frozenset({0}), frozenset({-1})
ALLOWED: dict[type[Basic], Signs] = {
    l.Equation: ZERO_ONLY, l.Unequal: NONZERO, l.AtMost: NEGATIVE | {0}, l.Less: NEGATIVE,
    l.AtLeast: NONNEGATIVE, l.Greater: POSITIVE,
}  # fmt: skip


def plus(x: Signs, y: Signs) -> Signs:
    """The signs of a sum."""
    return frozenset(k for i in x for j in y for k in (ANY if i * j < 0 else {i or j}))


def times(x: Signs, y: Signs) -> Signs:
    """The signs of a product."""
    return frozenset(i * j for i in x for j in y)


def to_power(x: Signs, exponent: int) -> Signs:
    """The signs of a nonzero integer power; a negative power of 0 does not occur."""
    base = x if exponent > 0 else x - {0}
    return frozenset(i**2 if exponent % 2 == 0 else i for i in base)


def of_number(value: int | Fraction) -> Signs:
    """The sign of a rational."""
    return frozenset({(value > 0) - (value < 0)})
