"""First derivatives with the values: numbers a + b·ε with ε² = 0.

Forward-mode differentiation (Wengert, A simple automatic derivative evaluation program, 1964): what
a program computes at x + ε is its value at x plus its derivative times ε. A derivative within a
derivative has an ε of its own, told apart by its level (Siskind and Pearlmutter, Perturbation
confusion and referential transparency, 2005); the parts of a `Dual` may have lower levels.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from verify.semantics.faults import UndefinedError, UnresolvedError


@dataclass(frozen=True, eq=False)
class Dual:
    """value + slope·ε, the parts being exact scalars, residues, or duals of lower levels."""

    level: int
    value: Any
    slope: Any

    def through(self, work: Callable[[Any], Any], slope: Callable[[Any], Any]) -> Dual:
        """A function of one variable here: `work`, whose derivative is `slope`."""
        return Dual(self.level, work(self.value), slope(self.value) * self.slope)

    def __add__(self, other: Any) -> Dual:
        level, (a, b), (c, d) = _aligned(self, other)
        return Dual(level, a + c, b + d)

    def __sub__(self, other: Any) -> Dual:
        level, (a, b), (c, d) = _aligned(self, other)
        return Dual(level, a - c, b - d)

    def __rsub__(self, other: Any) -> Dual:
        return self.__neg__().__add__(other)

    def __mul__(self, other: Any) -> Dual:
        level, (a, b), (c, d) = _aligned(self, other)
        return Dual(level, a * c, a * d + b * c)

    def __truediv__(self, other: Any) -> Dual:
        level, (a, b), (c, d) = _aligned(self, other)
        ratio = a / c
        return Dual(level, ratio, (b - ratio * d) / c)

    def __rtruediv__(self, other: Any) -> Dual:
        ratio = other / self.value
        return Dual(self.level, ratio, -(ratio * self.slope) / self.value)

    __radd__, __rmul__ = __add__, __mul__

    def __neg__(self) -> Dual:
        return Dual(self.level, -self.value, -self.slope)

    def __abs__(self) -> Dual:
        return self if self > 0 else -self

    def __gt__(self, other: Any) -> bool:
        return self.__sub__(other)._sign() > 0

    def __lt__(self, other: Any) -> bool:
        return self.__sub__(other)._sign() < 0

    def _sign(self) -> int:
        """The sign here and nearby: none at 0, where it may change."""
        if self.value > 0:
            return 1
        if self.value < 0:
            return -1
        if self.value == 0:
            raise UndefinedError("no derivative: the place of a kink, a jump or an edge")
        raise UnresolvedError(f"the sign of {self.value}")

    def __eq__(self, other: object) -> bool:
        """Equal in all parts, and so in whatever is computed from them."""
        _, (a, b), (c, d) = _aligned(self, other)
        return bool(a == c and b == d)

    __hash__ = None  # type: ignore[assignment]

    def __str__(self) -> str:
        return f"{self.value} + ({self.slope})·ε"


def _aligned(left: Dual, right: Any) -> tuple[int, tuple[Any, Any], tuple[Any, Any]]:
    """The parts of both at the higher of their levels; what is below it is constant there."""
    level = max(left.level, right.level) if isinstance(right, Dual) else left.level
    return level, _parts(left, level), _parts(right, level)


def _parts(number: Any, level: int) -> tuple[Any, Any]:
    if isinstance(number, Dual) and number.level == level:
        return number.value, number.slope
    return number, 0


def slope(number: Any, level: int) -> Any:
    """The factor of ε of one level."""
    return _parts(number, level)[1]
