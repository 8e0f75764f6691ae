"""One statement judged in one world: what it runs in, and how two values are compared."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

from sympy import Basic

from verify.language import statements as st
from verify.semantics.array_values import ArrayValue, Value, paired, show_value
from verify.semantics.faults import IllFormedError, UnresolvedError
from verify.semantics.frames import Frame
from verify.semantics.scalars import Scalar, is_ball, order, show
from verify.semantics.truth import TRUE, Truth, conjunction
from verify.semantics.worlds import PRECISIONS, World

ACCEPTED: dict[type[Basic], frozenset[int]] = {
    st.Equation: frozenset({0}),
    st.Unequal: frozenset({-1, 1}),
    st.AtMost: frozenset({-1, 0}),
    st.Less: frozenset({-1}),
    st.AtLeast: frozenset({0, 1}),
    st.Greater: frozenset({1}),
}


class Trial(Frame):
    """A frame in which statements are judged.

    last: no higher precision follows. unresolved: some comparison was left open.
    """

    __slots__ = ("last", "unresolved")
    world: World

    def __init__(self, world: World, last: bool) -> None:
        super().__init__(world)
        self.last, self.unresolved = last, False

    def undecided(self, note: str) -> Truth:
        """What interval arithmetic left open."""
        self.unresolved = True
        return Truth(None, "exact", note)


Verdict: TypeAlias = Callable[[Trial], Truth]

_BALL = Truth(True, "ball")


def meaningless(message: str) -> Verdict:
    """A statement that means nothing, which it says when it runs."""

    def verdict(trial: Trial) -> Truth:
        raise IllFormedError(message)

    return verdict


def compare_values(trial: Trial, kind: type[Basic], a: Value, b: Value) -> Truth:
    """How two numbers or arrays compare, entry by entry."""
    if kind is st.Unequal and (isinstance(a, ArrayValue) or isinstance(b, ArrayValue)):
        same = compare_all(trial, st.Equation, a, b)
        if same.value is None or same.rung == "ball":
            return Truth(None, "exact", "arrays equal to the last bit") if same.value else same
        return Truth(not same.value, same.rung, f"both are {show_value(a)}")
    return compare_all(trial, kind, a, b)


def compare_all(trial: Trial, kind: type[Basic], a: Value, b: Value) -> Truth:
    return conjunction(compare_numbers(trial, kind, x, y) for x, y in paired(a, b))


def compare_numbers(trial: Trial, kind: type[Basic], x: Scalar, y: Scalar) -> Truth:
    """How two numbers compare."""
    ball = is_ball(x) or is_ball(y)
    try:
        sign = order(x, y)
    except UnresolvedError:
        if 0 in ACCEPTED[kind] and trial.last and _close(x, y):
            return Truth(True, "ball", f"equal to 2^-{PRECISIONS[-1] // 2}")
        return trial.undecided(f"{show(x)} and {show(y)} are too close to compare")
    if sign in ACCEPTED[kind]:
        return _BALL if ball else TRUE
    symbol = getattr(kind, "symbol", "?")
    return Truth(False, "ball" if ball else "exact", f"not {show(x)} {symbol} {show(y)}")


def equal(trial: Trial, left: Scalar, right: Scalar) -> Truth:
    """left = right."""
    return compare_numbers(trial, st.Equation, left, right)


def _close(x: Scalar, y: Scalar) -> bool:
    gap = x - y
    size = abs(x) + abs(y) + 1
    radius = gap.rad() if is_ball(gap) else gap * 0
    return bool(radius < size / 2 ** (PRECISIONS[-1] // 2))


def located(part: Truth, where: str) -> Truth:
    """The same, with the place where it fails."""
    if part.value is True:
        return part
    return Truth(part.value, part.rung, f"{where}: {part.note}" if part.note else where, part.tried)
