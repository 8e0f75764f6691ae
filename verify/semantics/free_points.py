"""Which names of a world may vary, and what an identity is worth when they do.

A name that the hypotheses bind by strict inequalities only (or not at all) can be moved a little
without breaking them. An identity between rational functions that holds for all such values holds
for all values, so it may be tested at any points.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from random import Random
from typing import Any

from sympy import Basic, Tuple

from verify.language import statements as st
from verify.language.definitions import Definition
from verify.language.names import Index, Name
from verify.language.substitution import free_names
from verify.semantics.array_values import paired
from verify.semantics.environments import Environment, Outcome
from verify.semantics.evaluation import Evaluator
from verify.semantics.faults import (
    IllFormedError,
    UndefinedError,
    UnresolvedError,
    WorldError,
)
from verify.semantics.judgement import judge
from verify.semantics.residues import PRIME, Residue
from verify.semantics.scalars import Scalar, working_precision
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

    def law(self, names: frozenset[Basic]) -> tuple[tuple[Scalar, Outcome], ...]:
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
        evaluator = Evaluator(FreeWorld(world, names, rng))
        degree = 0
        for left, right in _sides(statement, evaluator, {}):
            gap = left - right
            if gap != 0:
                return None
            degree = max(degree, gap.top if isinstance(gap, Residue) else 0)
    return degree


def _sides(statement: Basic, evaluator: Evaluator, env: Environment) -> Iterator[tuple[Any, Any]]:
    if isinstance(statement, st.AllOf):
        for part in statement.args:
            yield from _sides(part, evaluator, env)
    elif isinstance(statement, st.Every):
        for inner in evaluator.assignments(statement.args[1:], env):
            yield from _sides(statement.args[0], evaluator, inner)
    else:
        left, right = statement.args
        for _, outcome in evaluator.law_of([left, right], env):
            with evaluator.at(outcome):
                yield from paired(evaluator.value(left, env), evaluator.value(right, env))


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

    values = {name: step(v) if name in names else v for name, v in world.values.items()}
    return World(values, world.outcomes, world.candidates, world.horizon)
