"""Rational functions at random points of a prime field: the Schwartz-Zippel test.

A rational function that is not 0 vanishes at a point drawn uniformly from F_p^k with probability at
most d/p, d the degree of its numerator (Schwartz 1980, Zippel 1979). A `Residue` is the value of a
rational function there, with bounds of the degrees of its numerator and denominator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from flint import fmpq

from verify.semantics.duals import Dual
from verify.semantics.faults import NotRationalError, UndefinedError

#: A Mersenne prime: degrees of a million still give an error of 10⁻¹².
PRIME = 2**61 - 1


@dataclass(frozen=True, eq=False)
class Residue:
    """The value mod `PRIME` of a rational function with degrees at most `top` and `bottom`."""

    value: int
    top: int = 1
    bottom: int = 0

    def __add__(self, other: Any) -> Residue:
        if (right := _residue(other)) is None:
            return NotImplemented
        top = max(self.top + right.bottom, right.top + self.bottom)
        return Residue((self.value + right.value) % PRIME, top, self.bottom + right.bottom)

    def __mul__(self, other: Any) -> Residue:
        if (right := _residue(other)) is None:
            return NotImplemented
        value = self.value * right.value % PRIME
        return Residue(value, self.top + right.top, self.bottom + right.bottom)

    def __truediv__(self, other: Any) -> Residue:
        right = _residue(other)
        return NotImplemented if right is None else self * right.inverse()

    def __rtruediv__(self, other: Any) -> Residue:
        left = _residue(other)
        return NotImplemented if left is None else left * self.inverse()

    def __neg__(self) -> Residue:
        return Residue(-self.value % PRIME, self.top, self.bottom)

    def __sub__(self, other: Any) -> Residue:
        right = _residue(other)
        return NotImplemented if right is None else self + -right

    def __rsub__(self, other: Any) -> Residue:
        left = _residue(other)
        return NotImplemented if left is None else left + -self

    __radd__, __rmul__ = __add__, __mul__

    def inverse(self) -> Residue:
        """1/self; raises UndefinedError at a pole."""
        if self.value == 0:
            raise UndefinedError("division by zero modulo a prime")
        return Residue(pow(self.value, -1, PRIME), self.bottom, self.top)

    def __eq__(self, other: object) -> bool:
        found = _residue(other)
        return found is not None and found.value == self.value

    __hash__ = None  # type: ignore[assignment]

    def _unordered(self, *_: Any) -> Any:
        raise NotRationalError("an order, a root or a function of a free name")

    __lt__ = __le__ = __gt__ = __ge__ = __abs__ = _unordered


def _residue(value: Any) -> Residue | None:
    """A rational constant or a residue, None for a dual; raises NotRationalError for a ball."""
    if isinstance(value, Dual):
        return None
    if isinstance(value, Residue):
        return value
    if isinstance(value, int):
        return Residue(value % PRIME, 0)
    if isinstance(value, fmpq):
        if value.q % PRIME == 0:
            raise UndefinedError("a denominator that the prime divides")
        return Residue(int(value.p) * pow(int(value.q), -1, PRIME) % PRIME, 0)
    raise NotRationalError("an irrational number meets a free name")
