"""Arithmetic modulo a prime, with the degree that bounds the chance of an accident."""

from collections.abc import Callable
from fractions import Fraction

import pytest
from flint import arb, fmpq

from verify.semantics.faults import NotRationalError, UndefinedError
from verify.semantics.residues import PRIME, Residue

x, y = Residue(1234567), Residue(7654321)


def test_arithmetic_agrees_with_that_of_rationals_modulo_the_prime() -> None:
    a, b = 1234567, 7654321
    found = (x * y - 3) / (y + fmpq(1, 2)) + fmpq(5, 7) / x
    exact = Fraction(a * b - 3) / (b + Fraction(1, 2)) + Fraction(5, 7) / a
    assert found.value == exact.numerator * pow(exact.denominator, -1, PRIME) % PRIME
    assert (3 - x).value == (-(x - 3)).value == (3 - a) % PRIME


def test_an_identity_vanishes_and_a_non_identity_does_not() -> None:
    assert (x + y) * (x - y) - x * x + y * y == 0
    assert (x + y) * (x + y) - x * x + y * y != 0
    assert x / y * y == x


def test_degrees_bound_numerator_and_denominator() -> None:
    assert (x.top, x.bottom) == (1, 0)
    assert ((x * y).top, (x + y).top, (x / y).bottom) == (2, 1, 1)
    total = 1 / x + 1 / y
    assert (total.top, total.bottom) == (1, 2)
    assert ((x + 1) * (x + 1) * 5).top == 2


def test_a_pole_has_no_value() -> None:
    with pytest.raises(UndefinedError):
        1 / (x - x)
    with pytest.raises(UndefinedError):
        x + fmpq(1, PRIME)


@pytest.mark.parametrize(
    "ask",
    [
        lambda: x > 0,
        lambda: fmpq(1) <= x,
        lambda: abs(x),
        lambda: arb(2) * x,
        lambda: x - arb(2),
    ],
)
def test_what_is_not_rational_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises(NotRationalError):
        ask()
