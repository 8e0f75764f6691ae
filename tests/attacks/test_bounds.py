"""Work without end, and theorems from the kernel's drawers."""

from typing import Any

import pytest
from sympy import Rational

import verify.kernel.prove as door
from tests.attacks.declarations import assert_accepted, assert_refused, c, d, equal, t
from verify import log, logarithm, sqrt, square_root
from verify.kernel import theorem
from verify.language.terms import Power

HUGE = 10**40 + 121


def test_a_number_too_large_to_factor_is_refused() -> None:
    refusal = assert_refused(equal(log(HUGE) + 0, log(HUGE - 1), by=logarithm))
    assert "too large" in refusal.reason
    refusal = assert_refused(equal(sqrt(HUGE) + 0, sqrt(HUGE - 1), by=square_root))
    assert "too large" in refusal.reason


def test_a_power_too_large_to_expand_is_refused() -> None:
    assert "too large" in assert_refused(equal((c + d) ** 100_000, c**100_000)).reason
    assert "too large" in assert_refused(equal((c + d) ** 10**12, c**100_000)).reason
    assert_accepted(equal((-c) ** (10**12) * c, c ** (10**12 + 1)))


@pytest.mark.parametrize("number", [2, Rational(1, 3), Rational(10**30 + 1, 10**30)])
@pytest.mark.parametrize("exponent", [10**12, -(10**12), t + 10**12])
def test_a_number_with_too_many_digits_is_refused(number: Any, exponent: Any) -> None:
    assert "too large" in assert_refused(equal(Power(number, exponent) + 0, c)).reason


def test_the_maker_of_theorems_is_given_out_once() -> None:
    with pytest.raises(RuntimeError, match="kernel only"):
        theorem.take_mint()
    assert not hasattr(door, "_mint")
    assert not hasattr(door, "_PROVED")
