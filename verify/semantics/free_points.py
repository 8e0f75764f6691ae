"""Which names of a world may vary, and what an identity is worth when they do.

A name that the hypotheses bind by strict inequalities only (or not at all) can be moved a little
without breaking them. An identity between rational functions that holds for all such values holds
for all values, so it may be tested at any points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import chain
from random import Random
from typing import Any, TypeAlias

from sympy import Basic, Tuple

from verify.language import statements as st
from verify.language.definitions import Definition
from verify.language.names import Index, Name
from verify.language.substitution import free_names
from verify.semantics.array_values import paired
from verify.semantics.evaluation import Terms
from verify.semantics.faults import (
    IllFormedError,
    UndefinedError,
    UnresolvedError,
    WorldError,
)
from verify.semantics.frames import Frame, Law
from verify.semantics.joint_laws import names_of
from verify.semantics.judgement import judge
from verify.semantics.residues import PRIME, Residue
from verify.semantics.scalars import working_precision
from verify.semantics.scopes import ALONE, Scope, fresh
from verify.semantics.tables import Table
from verify.semantics.worlds import PRECISIONS, World

_STRICT: dict[type[Basic], type[st.Relation]] = {
    st.Less: st.Less,
    st.AtMost: st.Less,
    st.Greater: st.Greater,
    st.AtLeast: st.Greater,
    st.Unequal: st.Unequal,
}
_FAULTS = (UndefinedError, UnresolvedError, WorldError, IllFormedError)


def free_to_vary(statement: Basic, facts: Iterable[Basic], world: World) -> list[Name]:
    """The fixed real names of the statement that no fact holds fast in this world."""
    held: set[Basic] = set()
    for fact in facts:
        strict = _strict(fact)
        try:
            loose = strict is not None and judge(strict, world).value is True
        except _FAULTS:
            loose = False
        if not loose and not isinstance(fact, st.FiniteMoment):
            held |= free_names(fact)
    names = [
        name
        for name in free_names(statement) - held
        if isinstance(name, Name) and name.sort == "real" and not name.random
    ]
    return sorted((name for name in names if name in world.values), key=lambda name: name.name)


def depends_on(statement: Basic, names: Iterable[Basic], world: World) -> bool:
    """Whether the truth of a statement may change with values of the names, or with candidates."""
    if world.has_terms() or _asks_of_candidates(statement):
        return True
    mentioned = free_names(statement)
    values = [world.values.get(name) for name in mentioned]
    inside = [free_names(value) for value in values if isinstance(value, Definition)]
    return not mentioned.union(*inside).isdisjoint(names)


def _asks_of_candidates(statement: Basic) -> bool:
    bound = statement.args[1:] if isinstance(statement, (st.Every, st.Exists)) else ()
    return (
        isinstance(statement, st.GlobalMinimum)
        or any(isinstance(each, Name) for each in bound)
        or any(_asks_of_candidates(part) for part in statement.args)
    )


def _strict(fact: Basic) -> Basic | None:
    """The fact with strict inequalities; None when it is more than inequalities."""
    if isinstance(fact, st.Every) and all(isinstance(each, Tuple) for each in fact.args[1:]):
        inner = _strict(fact.args[0])
        return None if inner is None else st.Every(inner, *fact.args[1:])
    if isinstance(fact, st.AllOf):
        parts = [_strict(part) for part in fact.args]
        return None if None in parts else st.AllOf(*parts)
    kind = _STRICT.get(type(fact))
    return None if kind is None else kind(*fact.args)


def is_identity(statement: Basic) -> bool:
    """Whether the statement is made of equations, over finite index ranges."""
    if isinstance(statement, st.Every):
        bounded = all(isinstance(each, Tuple) and len(each) == 3 for each in statement.args[1:])
        return bounded and is_identity(statement.args[0])
    if isinstance(statement, st.AllOf):
        return all(is_identity(part) for part in statement.args)
    return isinstance(statement, st.Equation)


class FreeWorld:
    """A world in which the given names have residues drawn uniformly mod `PRIME`."""

    def __init__(self, world: World, names: Iterable[Name], rng: Random) -> None:
        self._world = world
        self._tables = {name: _drawn(world.table(name), rng) for name in names}
        self.horizon = world.horizon

    def table(self, name: Name) -> Table:
        found = self._tables.get(name)
        return self._world.table(name) if found is None else found

    def function(self, name: Name) -> Definition:
        return self._world.function(name)

    def position(self, index: Index) -> int:
        return self._world.position(index)

    def law(self, names: frozenset[Basic]) -> Law:
        return self._world.law(names)


def _drawn(table: Table, rng: Random) -> Table:
    drawn: dict[Any, Any] = {key: Residue(rng.randrange(PRIME)) for key in table.entries}

    def compute(key: Any) -> Any:
        """An entry of a table without end."""
        if key not in drawn and table.get(key) is not None:
            drawn[key] = Residue(rng.randrange(PRIME))
        return drawn.get(key)

    return Table(dict(drawn), compute)


def degree_where_it_vanishes(
    statement: Basic, world: World, names: Iterable[Name], rng: Random
) -> int | None:
    """Test an identity at one random point: the degree of left − right, None where it fails.

    Raises NotRationalError when it is no rational identity in the names, UndefinedError at a pole.
    """
    with working_precision(PRECISIONS[0]):
        degree = 0
        for left, right in _sides(statement)(Frame(FreeWorld(world, names, rng))):
            gap = left - right
            if gap != 0:
                return None
            degree = max(degree, gap.top if isinstance(gap, Residue) else 0)
    return degree


#: The two sides of every equation, entry by entry.
Sides: TypeAlias = Callable[[Frame], Iterator[tuple[Any, Any]]]


@lru_cache(maxsize=1_000)
def _sides(statement: Basic) -> Sides:
    return _sides_of(Terms(), statement, ALONE)


def _sides_of(terms: Terms, statement: Basic, scope: Scope) -> Sides:
    if isinstance(statement, st.AllOf):
        parts = [_sides_of(terms, part, scope) for part in statement.args]
        return lambda frame: chain.from_iterable(part(frame) for part in parts)
    if isinstance(statement, st.Every):
        return _sides_over(terms, statement.args[0], statement.args[1:], scope)
    left, right = (terms.value(side, scope).run for side in statement.args)
    names = names_of(statement.args, scope)

    def sides(frame: Frame) -> Iterator[tuple[Any, Any]]:
        law = frame.law(names)
        before = frame.enter(law)
        try:
            for _, outcome in law:
                frame.slots.update(outcome)
                yield from paired(left(frame), right(frame))
        finally:
            frame.leave(before)

    return sides


def _sides_over(terms: Terms, body: Basic, binders: tuple[Basic, ...], scope: Scope) -> Sides:
    if not binders:
        return _sides_of(terms, body, scope)
    ends, slot = terms.ends(binders[0], scope), fresh()
    inside = _sides_over(terms, body, binders[1:], {**scope, binders[0].args[0]: slot})

    def sides(frame: Frame) -> Iterator[tuple[Any, Any]]:
        low, high = ends(frame)
        for position in range(low, high + 1):
            frame.slots[slot] = position
            yield from inside(frame)

    return sides


def moved(world: World, names: Iterable[Name], rng: Random, reach: Fraction) -> World:
    """The world with each number of the names moved by a random rational of at most `reach`."""

    def step(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [step(part) for part in value]
        if isinstance(value, Mapping):
            return {key: step(part) for key, part in value.items()}
        if callable(value) and not isinstance(value, Basic):
            return value
        return value + reach * Fraction(rng.randint(-12, 12), 12)

    chosen = set(names)
    return world.varied({name: step(v) for name, v in world.values.items() if name in chosen})
