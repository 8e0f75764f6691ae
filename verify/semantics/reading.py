"""Names, and the entries of names and other arrays, as functions of a frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from flint import fmpq
from sympy import Basic

from verify.language import arrays as a
from verify.language import terms as t
from verify.language.definitions import Call
from verify.language.names import Name
from verify.semantics.array_values import ArrayValue, Key, Value, indexed, scalar
from verify.semantics.faults import IllFormedError, UndefinedError, WorldError
from verify.semantics.frames import Code, EntryCode, Frame, IntegerCode
from verify.semantics.remembering import remembered, remembered_entry
from verify.semantics.scalars import Scalar
from verify.semantics.scopes import Later, Scope, fresh, inside_call, read, slot_of
from verify.semantics.tables import AxisRange, Table, axis_ranges, keys

if TYPE_CHECKING:
    from verify.semantics.evaluation import Terms

#: The ranges of a name's axes in a frame.
RangesCode = Callable[[Frame], AxisRange]
TableCode = Callable[[Frame], Table]
Shape = tuple[list[Key], tuple[range, ...] | None]


class Reader:
    """Reads one name in one scope, where no definition puts a term in its place."""

    def __init__(self, terms: Terms, name: Name, scope: Scope) -> None:
        self._terms, self.name, self._scope = terms, name, scope
        bound = scope.get(name)
        if isinstance(bound, Later):
            raise TypeError(f"{name.name} stands for a term")
        self.slot = slot_of(name) if bound is None else bound
        self._read = read(name, scope)
        self.ranges: RangesCode = ranges(terms, name, scope)
        ends = (end for _, *pair in name.axes for end in pair if end is not None)
        self._bounds = sorted(frozenset[int]().union(*(read(end, scope) for end in ends)))
        self._site = fresh()

    def table(self, frame: Frame) -> Table:
        """The values of the name; raises IllFormedError for a random one outside E, V and laws."""
        found = frame.slots.get(self.slot)
        if found is None:
            if self.name.random:
                raise IllFormedError(
                    f"{self.name.name} is random; it has a value only inside E, V or a law"
                )
            found = frame.slots[self.slot] = frame.world.table(self.name)
        return found

    def leaf(self, frame: Frame, table: Table, key: Key) -> Scalar:
        """One number; raises UndefinedError where the declaration has none."""
        found = table.get(key)
        if found is None:
            self.check(frame, key)
            raise WorldError(f"the world gives no value to {self.name.name}{list(key)}")
        if isinstance(found, t.Term):
            return scalar(self._closed(frame, found), self.name.name)
        return found

    def _closed(self, frame: Frame, term: t.Term) -> Value:
        """The value of a term that stands for a number of the world."""
        found = frame.memo.get(term)
        if found is None:
            found = frame.memo[term] = self._terms.alone(term)(frame)
        return found

    def check(self, frame: Frame, key: Key) -> None:
        """Raise UndefinedError unless the leading indices are within the ranges."""
        find = self.ranges(frame)
        for depth, position in enumerate(key):
            low, high = find(depth, key[:depth])
            if position < low or (high is not None and position > high):
                raise UndefinedError(f"{self.name.name}{list(key)}: {position} is out of range")

    def entry(self, count: int) -> EntryCode:
        """The number, or the slice, at `count` leading indices."""
        rank = len(self.name.axes) - count
        if self.name.sort == "function":
            message = f"{self.name.name} is a function; it has a value only at an argument"
            return lambda frame, where: _raise(IllFormedError(message))
        if rank < 0:
            message = f"{self.name.name} has {len(self.name.axes)} axes, not {count}"
            return lambda frame, where: _raise(IllFormedError(message))
        if rank == 0:
            return self._number
        return remembered_entry(self._slice, self._read)

    def _number(self, frame: Frame, where: Key) -> Scalar:
        table = frame.slots.get(self.slot) or self.table(frame)
        found = table.entries.get(where)
        return found if type(found) is fmpq else self.leaf(frame, table, where)

    def _slice(self, frame: Frame, where: Key) -> Value:
        table = self.table(frame)
        found, axes = self._shape(frame, where)
        start, leaf = len(where), self._number
        if not start and table.has_just(found):
            return ArrayValue(len(self.name.axes), table.entries, axes)
        entries = {key: leaf(frame, (*where, *key)) for key in found}
        return ArrayValue(len(self.name.axes) - start, entries, axes)

    def _shape(self, frame: Frame, where: Key) -> Shape:
        """The index tuples after some indices, and the ranges that they fill, if they do."""
        key = (self._site, where, *map(frame.slots.get, self._bounds))
        shape: Shape | None = frame.memo.get(key)
        if shape is None:
            self.check(frame, where)
            find, horizon = self.ranges(frame), frame.world.horizon
            found = keys(len(self.name.axes), find, horizon, where)
            if found is None:
                raise WorldError(f"{self.name.name} is unbounded and the world has no horizon")
            axes = axis_ranges(self.name, len(where), find, where, horizon)
            shape = frame.memo[key] = [each[len(where) :] for each in found], axes
        return shape


def _raise(problem: Exception) -> Any:
    raise problem


def ranges(terms: Terms, name: Name, scope: Scope) -> RangesCode:
    """The ranges of a name's axes, which may depend on what the scope binds."""
    inner, ends, places, slots = dict(scope), [], [], set[int]()
    for place, low, high in name.axes:
        for end in (low, high):
            slots |= frozenset() if end is None else read(end, inner)
        last = None if high is None else terms.integer(high, inner)
        ends.append((terms.integer(low, inner), last))
        places.append(None if place is None else fresh())
        if place is not None:
            inner = {**inner, place: places[-1]}
    if not slots:
        return remembered(lambda frame: _fixed_range([_values(each, frame) for each in ends]), ())

    def of(frame: Frame) -> AxisRange:
        def find(depth: int, before: Key) -> tuple[int, int | None]:
            for place, position in zip(places, before, strict=False):
                if place is not None:
                    frame.slots[place] = position
            return _values(ends[depth], frame)

        return find

    return of


def _values(ends: tuple[IntegerCode, IntegerCode | None], frame: Frame) -> tuple[int, int | None]:
    low, high = ends
    return low(frame), None if high is None else high(frame)


def _fixed_range(found: list[tuple[int, int | None]]) -> AxisRange:
    return lambda depth, before: found[depth]


def entry_of(terms: Terms, base: Basic, count: int, scope: Scope) -> tuple[EntryCode, bool]:
    """The entry of a term at `count` indices, and whether it is certainly a number."""
    if isinstance(base, Name):
        bound = scope.get(base)
        if isinstance(bound, Later):
            return entry_of(terms, bound.term, count, bound.scope)
        return terms.reader(base, scope).entry(count), len(base.axes) == count
    if isinstance(base, Call):
        inside = inside_call(base, scope)
        found, number = entry_of(terms, base.args[0].body, count, inside)
        return remembered_entry(found, read(base, scope)), number
    if isinstance(base, a.Array) and count <= len(base.args) - 1:
        return _of_array(terms, base, count, scope)
    whole = terms.value(base, scope)
    return lambda frame, where: indexed(whole.run(frame), where), False


def _of_array(terms: Terms, base: a.Array, count: int, scope: Scope) -> tuple[EntryCode, bool]:
    inner, places = dict(scope), []
    for binder in base.args[1 : count + 1]:
        ends, slot = terms.ends(binder, inner), fresh()
        places.append((slot, ends))
        inner = {**inner, binder.args[0]: slot}
    rest = base.args[count + 1 :]
    inside = terms.array(base.args[0], rest, inner)

    def entry(frame: Frame, where: Key) -> Value:
        for (slot, ends), position in zip(places, where, strict=True):
            low, high = ends(frame)
            if not low <= position <= high:
                raise UndefinedError(f"index {position} is outside {low}..{high}")
            frame.slots[slot] = position
        return inside.run(frame)

    return entry, inside.number


def entry(terms: Terms, term: Basic, scope: Scope) -> tuple[Code, bool]:
    """base[indices]."""
    found, number = entry_of(terms, term.args[0], len(term.args) - 1, scope)
    where = tuple(terms.integer(part, scope) for part in term.args[1:])
    if len(where) == 1:
        (only,) = where
        return lambda frame: found(frame, (only(frame),)), number
    if len(where) == 2:
        first, second = where
        return lambda frame: found(frame, (first(frame), second(frame))), number
    return lambda frame: found(frame, tuple(part(frame) for part in where)), number
