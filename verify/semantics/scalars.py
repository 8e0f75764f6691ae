"""Exact scalars: rationals while possible, else balls (an interval with a proved radius).

Balls are FLINT's `arb` (Johansson, Arb: efficient arbitrary-precision midpoint-radius interval
arithmetic, 2017): the true value lies in the ball, so a comparison that the ball decides is a
proof, and one that it does not decide raises `UnresolvedError`. Where a derivative is taken, they
are the parts of a `Dual`, and what has no derivative there raises `UndefinedError`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from fractions import Fraction
from typing import Any, Literal, TypeAlias

import flint
from flint import arb, fmpq
from sympy import Rational

from verify.semantics.duals import Dual
from verify.semantics.faults import NotRationalError, UndefinedError, UnresolvedError

Scalar: TypeAlias = fmpq | arb
Order = Literal[-1, 0, 1]

ZERO, ONE, TWO, HALF = fmpq(0), fmpq(1), fmpq(2), fmpq(1, 2)


@contextmanager
def working_precision(bits: int) -> Iterator[None]:
    """Balls are computed with this many bits inside the block."""
    before = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = before


def rational(value: int | Fraction | Rational | fmpq) -> fmpq:
    """An exact rational as FLINT's type."""
    kind = type(value)
    if kind is fmpq:
        return value
    if kind is int:
        return fmpq(value)
    if isinstance(value, (int, Fraction)):
        return fmpq(value.numerator, value.denominator)
    return fmpq(int(value.p), int(value.q))


def public(value: Scalar) -> Fraction | arb:
    """The scalar as the caller sees it: `Fraction`, or the ball."""
    return Fraction(int(value.p), int(value.q)) if isinstance(value, fmpq) else value


def hashable(value: Any) -> Any:
    """Equal for equal rationals, and quick to look up, which a rational is not."""
    return (value.numerator, value.denominator) if isinstance(value, fmpq) else value


def is_ball(value: Any) -> bool:
    """Whether the value is known only up to a radius."""
    return isinstance(value, arb)


def order(left: Scalar, right: Scalar) -> Order:
    """The sign of left - right; raises UnresolvedError when the balls overlap."""
    return signum(left - right)


def signum(value: Scalar) -> Order:
    """-1, 0 or 1; raises UnresolvedError when a ball contains 0."""
    if value > 0:
        return 1
    if value < 0:
        return -1
    if value == 0:
        return 0
    raise UnresolvedError(f"the sign of {value}")


def integer(value: Any, what: str) -> int:
    """An exact integer; raises UndefinedError for any other number."""
    if isinstance(value, fmpq) and value.q == 1:
        return int(value.p)
    raise UndefinedError(f"{what} is {show(value)}, not an integer")


def is_zero(value: Scalar) -> bool:
    """Whether the value is 0; raises UnresolvedError when a ball contains 0 and more."""
    if isinstance(value, Dual):
        return is_zero(value.value)
    return signum(value) == 0 if isinstance(value, arb) else bool(value == 0)


def divide(left: Scalar, right: Scalar) -> Scalar:
    """left / right."""
    if is_zero(right):
        raise UndefinedError(f"division of {show(left)} by zero")
    return left / right


def power(base: Scalar, exponent: Scalar) -> Scalar:
    """base ** exponent with 0 ** 0 = 1; a negative base needs an integer exponent."""
    if isinstance(exponent, fmpq) and exponent.q == 1:
        return _integer_power(base, int(exponent.p))
    sign = signum(base)
    if sign < 0:
        raise UndefinedError(f"the negative number {show(base)} to the power {show(exponent)}")
    if sign == 0:
        if signum(exponent) < 0:
            raise UndefinedError(f"0 to the negative power {show(exponent)}")
        return ZERO
    if exponent == HALF:
        return root(base)
    if isinstance(base, Dual) or isinstance(exponent, Dual):
        return exponential(exponent * logarithm(base))
    return (_ball(exponent) * _ball(base).log()).exp()


def _integer_power(base: Scalar, exponent: int) -> Scalar:
    if exponent == 0:
        return ONE
    if exponent < 0 and is_zero(base):
        raise UndefinedError(f"0 to the negative power {exponent}")
    return base**exponent if isinstance(base, fmpq) else _squarings(base, exponent)


def _squarings(base: Scalar, exponent: int) -> Scalar:
    """A power of a ball: FLINT takes a logarithm, which a ball around 0 does not have."""
    if exponent < 0:
        return ONE / _squarings(base, -exponent)
    found: Scalar = ONE
    while exponent:
        if exponent % 2:
            found *= base
        base, exponent = base * base, exponent // 2
    return found


def root(value: Scalar) -> Scalar:
    """The nonnegative square root, exact for squares of rationals."""
    if isinstance(value, Dual):
        return value.through(root, lambda x: divide(HALF, root(x)))
    if signum(value) < 0:
        raise UndefinedError(f"the square root of the negative number {show(value)}")
    if isinstance(value, fmpq):
        top, bottom = value.p.isqrt(), value.q.isqrt()
        if top * top == value.p and bottom * bottom == value.q:
            return fmpq(top, bottom)
    return _ball(value).sqrt()


def absolute(value: Scalar) -> Scalar:
    """|value|."""
    return abs(value)


def positive_part(value: Scalar) -> Scalar:
    """max(value, 0); a ball that contains 0 gives the ball of the possible values."""
    if isinstance(value, fmpq):
        return value if value > 0 else ZERO
    return (value + abs(value)) / 2


def sign(value: Scalar) -> Scalar:
    """-1, 0 or 1 as a rational."""
    return fmpq(signum(value))


def exponential(value: Scalar) -> Scalar:
    """e^value, exactly 1 at 0."""
    if isinstance(value, Dual):
        return value.through(exponential, exponential)
    return ONE if value == 0 else _ball(value).exp()


def logarithm(value: Scalar) -> Scalar:
    """The natural logarithm, exactly 0 at 1."""
    if isinstance(value, Dual):
        return value.through(logarithm, lambda x: divide(ONE, x))
    if signum(value) <= 0:
        raise UndefinedError(f"the logarithm of {show(value)}")
    return ZERO if value == 1 else _ball(value).log()


def hyperbolic_tangent(value: Scalar) -> Scalar:
    """tanh, exactly 0 at 0."""
    if isinstance(value, Dual):
        return value.through(hyperbolic_tangent, lambda x: divide(ONE, _squarings(_cosh(x), 2)))
    return ZERO if value == 0 else _ball(value).tanh()


def logistic(value: Scalar) -> Scalar:
    """1/(1 + e^-value), exactly 1/2 at 0."""
    if isinstance(value, Dual):
        return value.through(logistic, lambda x: divide(ONE, _squarings(2 * _cosh(x / 2), 2)))
    return HALF if value == 0 else 1 / (1 + (-_ball(value)).exp())


def _cosh(value: Scalar) -> Scalar:
    return (exponential(value) + exponential(-value)) / 2


def _ball(value: Scalar) -> arb:
    if not isinstance(value, (fmpq, arb)):
        raise NotRationalError("a function of a free name")
    return arb(value)


def show(value: Any) -> str:
    """A short printable form."""
    return str(value.str(12)) if isinstance(value, arb) else str(value)


ScalarFunction = Callable[[Scalar], Scalar]
