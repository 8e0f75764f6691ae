"""The value of a term in a finite world, written from the meaning of each node.

Nothing here is shared with the proof rules: definitions are evaluated by name in their own
scope (not by substitution), sums by adding up, expectations by enumerating outcomes, derivatives
by computing at x + ε.

A claim is evaluated in many worlds, so each node is made into a function of a frame first, once.
That asks nothing of a world and raises nothing: a part that means nothing says so when it runs.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from operator import add as plain_add
from operator import mul as plain_multiply
from typing import Any

from flint import fmpq
from sympy import Basic, Integer, Rational

from verify.language import arrays as a
from verify.language import terms as t
from verify.language.calculus import Applied, Derivative, Partial, variable
from verify.language.definitions import Call, Definition
from verify.language.names import Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.substitution import free_names
from verify.semantics import arithmetic
from verify.semantics import scalars as s
from verify.semantics.array_values import (
    ArrayValue,
    Key,
    Value,
    add,
    multiply,
)
from verify.semantics.duals import Dual, slope
from verify.semantics.faults import IllFormedError
from verify.semantics.frames import Code, Frame, IntegerCode, Made, NumberCode
from verify.semantics.reading import RangesCode, Reader, TableCode, entry, ranges
from verify.semantics.remembering import remembered
from verify.semantics.scalars import ONE, ZERO, Scalar
from verify.semantics.scopes import (
    ALONE,
    Later,
    Scope,
    bindings,
    fresh,
    inside_call,
    random_names,
    read,
    slot_of,
)
from verify.semantics.tables import Table, as_table

Ends = Callable[[Frame], tuple[int, int]]


class Terms:
    """Makes terms into functions; parts that are equal, in equal scopes, become the same one."""

    def __init__(self) -> None:
        self._made: dict[Any, Made] = {}
        self._readers: dict[Any, Reader] = {}

    # -- values -------------------------------------------------------------------------------

    def value(self, term: Basic, scope: Scope) -> Made:
        """The value of a term: a number or an array."""
        key = (term, bindings(term, scope))
        found = self._made.get(key)
        if found is None:
            found = self._made[key] = self._new(term, scope)
        return found

    def _new(self, term: Basic, scope: Scope) -> Made:
        rule = _RULES.get(type(term))
        if rule is not None:
            return rule(self, term, scope)
        if isinstance(term, Rational):
            constant = s.rational(term)
            return Made(lambda frame: constant, True)
        return failing(_complaint(term))

    def alone(self, term: Basic) -> Code:
        """A term that mentions nothing bound."""
        return self.value(term, ALONE).run

    def number(self, term: Basic, scope: Scope) -> NumberCode:
        """The value of a term that must be a number."""
        made = self.value(term, scope)
        run: NumberCode = made.run
        if made.number:
            return run

        def checked(frame: Frame) -> Scalar:
            found = run(frame)
            if type(found) is ArrayValue:
                raise IllFormedError("an array stands where a number belongs")
            return found

        return checked

    def integer(self, term: Basic, scope: Scope) -> IntegerCode:
        """The value of a term that must be an integer."""
        if isinstance(term, Integer):
            constant = int(term)
            return lambda frame: constant
        if isinstance(term, Index):
            return self._position(term, scope)
        if isinstance(term, (t.Plus, t.Negative)) and self.is_of_integers(term, scope):
            parts = [self.integer(part, scope) for part in term.args]
            if isinstance(term, t.Negative):
                return lambda frame: -parts[0](frame)
            return lambda frame: sum([part(frame) for part in parts])
        found = self.number(term, scope)
        work: IntegerCode = lambda frame: s.integer(found(frame), "a bound or an index")  # noqa: E731
        return remembered(work, ()) if not read(term, scope) else work

    def is_of_integers(self, term: Basic, scope: Scope) -> bool:
        """Whether a term is put together from integers by + and - alone."""
        if isinstance(term, (t.Plus, t.Negative)):
            return all(self.is_of_integers(part, scope) for part in term.args)
        bound = scope.get(term)
        if isinstance(bound, Later):
            return self.is_of_integers(bound.term, bound.scope)
        if isinstance(term, Name):
            return term.sort in ("dimension", "natural") and not term.axes
        return isinstance(term, (Integer, Index))

    def _position(self, index: Index, scope: Scope) -> IntegerCode:
        bound = scope.get(index)
        if isinstance(bound, Later):
            return self.integer(bound.term, bound.scope)
        if bound is not None:
            return lambda frame: frame.slots[bound]
        slot = slot_of(index)

        def position(frame: Frame) -> int:
            found = frame.slots.get(slot)
            if found is None:
                found = frame.slots[slot] = frame.world.position(index)
            return found

        return position

    def entries(self, term: Basic, scope: Scope) -> Callable[[Frame], list[Scalar]]:
        """All entries of a term in index order; a number is its only entry."""
        run = self.value(term, scope).run

        def entries(frame: Frame) -> list[Scalar]:
            found = run(frame)
            if type(found) is ArrayValue:
                return [found.entries[key] for key in sorted(found.entries)]
            return [found]

        return entries

    def reader(self, name: Name, scope: Scope) -> Reader:
        """What reads a name that stands for itself or is bound to values."""
        key = (name, bindings(name, scope))
        found = self._readers.get(key)
        if found is None:
            found = self._readers[key] = Reader(self, name, scope)
        return found

    def _name(self, name: Any, scope: Scope) -> Made:
        bound = scope.get(name)
        if isinstance(bound, Later):
            return self.value(bound.term, bound.scope)
        whole = self.reader(name, scope).entry(0)
        return Made(lambda frame: whole(frame, ()), not name.axes)

    def _index(self, term: Basic, scope: Scope) -> Made:
        found = self.integer(term, scope)
        return Made(lambda frame: fmpq(found(frame)), True)

    def _entry(self, term: Basic, scope: Scope) -> Made:
        return Made(*entry(self, term, scope))

    # -- binders ------------------------------------------------------------------------------

    def ends(self, binder: Basic, scope: Scope) -> Ends:
        """The first and the last value of a bound index."""
        if len(binder.args) == 2:
            return _fail("a sum, product or array over a range without end")
        if len(binder.args) != 3:
            return _fail(_complaint(binder))
        low, high = (self.integer(end, scope) for end in binder.args[1:])
        return lambda frame: (low(frame), high(frame))

    def _folded(self, term: Basic, scope: Scope, start: Scalar, join: Any, general: Any) -> Made:
        """The body over all ranges, put together from the left."""
        inner, places = dict(scope), []
        for binder in term.args[1:]:
            ends, slot = self.ends(binder, inner), fresh()
            places.append((slot, ends))
            inner = {**inner, binder.args[0]: slot}
        made = self.value(term.args[0], inner)
        run, put = made.run, join if made.number else general
        for slot, ends in reversed(places):
            run = _fold(run, slot, ends, start, put)
        return Made(run, made.number or not places)

    def _sum(self, term: Basic, scope: Scope) -> Made:
        made = self._folded(term, scope, ZERO, plain_add, add)
        return Made(remembered(made.run, read(term, scope)), made.number)

    def _product(self, term: Basic, scope: Scope) -> Made:
        made = self._folded(term, scope, ONE, plain_multiply, multiply)
        return Made(remembered(made.run, read(term, scope)), made.number)

    def _array(self, term: Basic, scope: Scope) -> Made:
        return self.array(term.args[0], term.args[1:], scope)

    def array(self, body: Basic, binders: tuple[Basic, ...], scope: Scope) -> Made:
        """The array of the body's values over some ranges."""
        if not binders:
            return self.value(body, scope)
        inner, places, earlier, ragged = dict(scope), [], set[Basic](), False
        for binder in binders:
            ends, slot = self.ends(binder, inner), fresh()
            ragged |= any(earlier & free_names(end) for end in binder.args[1:])
            earlier.add(binder.args[0])
            places.append((slot, ends))
            inner = {**inner, binder.args[0]: slot}
        number = self.number(body, inner)

        def fill(frame: Frame, depth: int, key: Key, entries: dict[Key, Scalar]) -> None:
            if depth == len(places):
                entries[key] = number(frame)
                return
            slot, ends = places[depth]
            low, high = ends(frame)
            for position in range(low, high + 1):
                frame.slots[slot] = position
                fill(frame, depth + 1, (*key, position), entries)

        def run(frame: Frame) -> Value:
            entries: dict[Key, Scalar] = {}
            fill(frame, 0, (), entries)
            if ragged:
                return ArrayValue(len(places), entries, None)
            found = [ends(frame) for _, ends in places]
            axes = tuple(range(low, high + 1) for low, high in found)
            return ArrayValue(len(places), entries, axes)

        return Made(run, False)

    # -- definitions and probability ----------------------------------------------------------

    def _call(self, call: Basic, scope: Scope) -> Made:
        made = self.value(call.args[0].body, inside_call(call, scope))
        return Made(remembered(made.run, read(call, scope)), made.number)

    def _expectation(self, term: Basic, scope: Scope) -> Made:
        (body,) = term.args
        names, number = random_names(body, scope), self.number(body, scope)
        return Made(remembered(lambda frame: frame.mean(names, number), read(term, scope)), True)

    def _variance(self, term: Basic, scope: Scope) -> Made:
        (body,) = term.args
        names, number = random_names(body, scope), self.number(body, scope)

        def run(frame: Frame) -> Scalar:
            centre = frame.mean(names, number)
            return frame.mean(names, lambda inner: s.power(number(inner) - centre, s.TWO))

        return Made(remembered(run, read(term, scope)), True)

    # -- derivatives and unknown functions ----------------------------------------------------

    def _derivative(self, term: Basic, scope: Scope) -> Made:
        body, along = term.args
        name = variable(term)
        if not isinstance(name, Name):
            return failing("a derivative along something that is not a declared name")
        indices = () if along == name else along.args[1:]
        where = [self.integer(part, scope) for part in indices]
        values, slot = self._values(name, scope), fresh()
        inner = {**scope, name: slot}
        leaf, number = self.reader(name, inner).leaf, self.number(body, inner)

        def run(frame: Frame) -> Scalar:
            place = tuple(part(frame) for part in where)
            return _slope(frame, number, slot, leaf, place, values(frame))

        return Made(remembered(run, read(term, scope)), True)

    def _values(self, name: Name, scope: Scope) -> TableCode:
        """The values of a name as a table, be it bound to a term or not."""
        bound = scope.get(name)
        if isinstance(bound, Later):
            run = self.value(bound.term, bound.scope).run
            return lambda frame: as_table(run(frame))
        return self.reader(name, scope).table

    def function(self, name: Name, scope: Scope) -> Callable[[Frame], Definition]:
        """The value of an unknown function."""
        bound = scope.get(name)
        slot = bound if isinstance(bound, int) else slot_of(name)

        def function(frame: Frame) -> Definition:
            found = frame.slots.get(slot)
            if found is None:
                found = frame.slots[slot] = frame.world.function(name)
            return found

        return function

    def _applied(self, term: Basic, scope: Scope) -> Made:
        function = self.function(term.args[0], scope)
        argument = self.value(term.args[1], scope).run

        def run(frame: Frame) -> Scalar:
            body = _body_of(function(frame))
            return body.at(frame, as_table(argument(frame)))

        return Made(remembered(run, read(term, scope)), True)

    def _partial(self, term: Basic, scope: Scope) -> Made:
        name, point, *indices = term.args
        function, argument = self.function(name, scope), self.value(point, scope).run
        where = [self.integer(part, scope) for part in indices]

        def run(frame: Frame) -> Scalar:
            body = _body_of(function(frame))
            place = tuple(part(frame) for part in where)
            table = as_table(argument(frame))
            return body.slope(frame, table, place)

        return Made(remembered(run, read(term, scope)), True)


def failing(message: str) -> Made:
    """A part that means nothing, which it says when it runs."""
    return Made(_fail(message), True)


def _fail(message: str) -> Callable[[Frame], Any]:
    def fail(frame: Frame) -> Any:
        raise IllFormedError(message)

    return fail


def _complaint(term: Basic) -> str:
    if isinstance(term, t.Illegal):
        return f"the term contains {term.what}"
    illegal = next((part for part in term.args if isinstance(part, t.Illegal)), None)
    return (
        _complaint(illegal)
        if illegal is not None
        else f"{type(term).__name__} is not a term with a value"
    )


def _fold(run: Code, slot: int, ends: Ends, start: Scalar, put: Any) -> Code:
    def fold(frame: Frame) -> Value:
        total, slots = start, frame.slots
        low, high = ends(frame)
        for position in range(low, high + 1):
            slots[slot] = position
            total = put(total, run(frame))
        return total

    return fold


def _slope(
    frame: Frame, number: NumberCode, slot: int, leaf: Any, where: Key, table: Table
) -> Scalar:
    """How a number changes with one entry of the table that it reads in a slot."""
    level, before = next(frame.levels), frame.slots.get(slot)
    here = Dual(level, leaf(frame, table, where), ONE)
    frame.slots[slot] = table.changed(where, here)
    try:
        found = slope(number(frame), level)
    finally:
        frame.slots[slot] = before
    return s.rational(found) if isinstance(found, int) else found


class _Body:
    """The value of an unknown function: a definition with one parameter."""

    def __init__(self, definition: Definition) -> None:
        terms, (parameter,) = Terms(), definition.parameters
        self._slot = fresh()
        scope: Scope = {parameter: self._slot}
        self._number = terms.number(definition.body, scope)
        self._leaf = terms.reader(parameter, scope).leaf

    def at(self, frame: Frame, argument: Table) -> Scalar:
        """The value at an argument."""
        before = frame.slots.get(self._slot)
        frame.slots[self._slot] = argument
        try:
            return self._number(frame)
        finally:
            frame.slots[self._slot] = before

    def slope(self, frame: Frame, argument: Table, where: Key) -> Scalar:
        """The partial derivative along one entry of the argument."""
        return _slope(frame, self._number, self._slot, self._leaf, where, argument)


@lru_cache(maxsize=1_000)
def _body_of(definition: Definition) -> _Body:
    return _Body(definition)


_RULES: dict[type[Basic], Callable[[Terms, Any, Scope], Made]] = {
    Name: Terms._name,
    Index: Terms._index,
    a.Sum: Terms._sum,
    a.Product: Terms._product,
    a.Array: Terms._array,
    a.Entry: Terms._entry,
    Call: Terms._call,
    Expectation: Terms._expectation,
    Variance: Terms._variance,
    Derivative: Terms._derivative,
    Applied: Terms._applied,
    Partial: Terms._partial,
    **arithmetic.RULES,
}


@lru_cache(maxsize=1_000)
def _compiled(term: Basic, bound: frozenset[Basic]) -> Code:
    return Terms().value(term, {name: slot_of(name) for name in bound}).run


@lru_cache(maxsize=1_000)
def ranges_of(name: Name) -> RangesCode:
    """The ranges of a declared name that stands alone."""
    return ranges(Terms(), name, ALONE)


@lru_cache(maxsize=1_000)
def ends_of(index: Index) -> tuple[IntegerCode | None, IntegerCode | None]:
    """The first and the last value of an index that nothing binds, where they are declared."""
    ends = (None if end is None else Terms().integer(end, ALONE) for end in (index.low, index.high))
    low, high = ends
    return low, high


def value(term: Basic, frame: Frame, positions: dict[Basic, int]) -> Value:
    """The value of a term in a frame, at values of its free indices."""
    frame.slots.update({slot_of(index): at for index, at in positions.items()})
    return _compiled(term, frozenset(positions))(frame)
