"""What a term that was made into a function runs in: one world, and what is bound meanwhile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from itertools import count
from typing import Any, NamedTuple, Protocol, TypeAlias

from sympy import Basic

from verify.language.definitions import Definition
from verify.language.names import Index, Name
from verify.semantics.array_values import Key, Value
from verify.semantics.scalars import ONE, ZERO, Scalar
from verify.semantics.tables import Table

#: The values of some random names, by the slots of the names.
Outcome: TypeAlias = Mapping[int, Table]
Law: TypeAlias = tuple[tuple[Scalar, Outcome], ...]
#: The law of nothing random.
SURE: Law = ((ONE, {}),)


class Source(Protocol):
    """What a frame asks of a world."""

    @property
    def horizon(self) -> int | None:
        """The last index tried on an unbounded axis."""

    def table(self, name: Name) -> Table:
        """The values of a fixed name."""

    def function(self, name: Name) -> Definition:
        """The value of an unknown function."""

    def position(self, index: Index) -> int:
        """The value of a fixed index."""

    def law(self, names: frozenset[Basic]) -> Law:
        """The joint law of the random names."""


class Frame:
    """Runs terms in one world at the precision in force.

    slots: the values of names, by their slots (see verify.semantics.scopes). memo: values found
    before, by the place in a term and what stands in the slots that it reads.
    """

    __slots__ = ("levels", "memo", "slots", "world")

    def __init__(self, world: Source) -> None:
        self.world = world
        self.slots: dict[int, Any] = {}
        self.memo: dict[Any, Any] = {}
        self.levels = count()  # an ε within another has the higher level

    def law(self, names: frozenset[Basic]) -> Law:
        """The joint law of the names."""
        return self.world.law(names) if names else SURE

    def enter(self, law: Law) -> dict[int, Any]:
        """What the slots of the law's names hold before its outcomes do; for `leave`."""
        return {slot: self.slots.get(slot) for slot in law[0][1]}

    def leave(self, before: Mapping[int, Any]) -> None:
        """Put it back."""
        self.slots.update(before)

    def mean(self, names: frozenset[Basic], work: Callable[[Frame], Scalar]) -> Scalar:
        """Σ weight · work over the outcomes of the names."""
        law, total = self.law(names), ZERO
        before = self.enter(law)
        try:
            for weight, outcome in law:
                self.slots.update(outcome)
                total = total + weight * work(self)
        finally:
            self.leave(before)
        return total


Code: TypeAlias = Callable[[Frame], Value]
NumberCode: TypeAlias = Callable[[Frame], Scalar]
IntegerCode: TypeAlias = Callable[[Frame], int]
#: The entry, or slice, at leading indices.
EntryCode: TypeAlias = Callable[[Frame, Key], Value]


class Made(NamedTuple):
    """A term as a function, and whether its value is certainly a number."""

    run: Code
    number: bool
