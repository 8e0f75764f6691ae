"""Finite worlds: exact values for the fixed names, weighted outcomes for the random ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import Any

from flint import fmpq
from sympy import Basic, Rational

from verify.language.definitions import Definition
from verify.language.names import Index, Name
from verify.language.substitution import free_names
from verify.semantics import evaluation
from verify.semantics.array_values import ArrayValue, Value, mapped
from verify.semantics.faults import IllFormedError, UndefinedError, UnresolvedError, WorldError
from verify.semantics.frames import Frame, Law, Outcome
from verify.semantics.scalars import public, rational, working_precision
from verify.semantics.scopes import slot_of
from verify.semantics.tables import AxisRange, Table, build_table, keys

#: Bits tried in turn; what the last cannot decide stays undecided.
PRECISIONS = (128, 512)


@dataclass(frozen=True, eq=False)
class World:
    """One finite instance of the declared names, checked when it is made.

    values: for each fixed name (or fixed free index) its value: an int, a `Fraction` or a closed
    real term; for an array a nested list (position i is index i - low), a dict by index tuple, or
    a callable of the indices. A sequence with an unbounded axis takes any length. An unknown
    function has a definition as its value, `let("L", (y,), body)` with y of the same ranges.
    outcomes: (weight, {random name: value}); the weights are positive and sum to 1.
    candidates: values to try for names bound by a quantifier or a minimum.
    horizon: the last index tried on an unbounded axis.

    Raises WorldError, which names the name and what is wrong with it.
    """

    values: Mapping[Any, Any] = field(default_factory=dict)
    outcomes: Sequence[tuple[Any, Mapping[Any, Any]]] = ()
    candidates: Mapping[Any, Sequence[Any]] = field(default_factory=dict)
    horizon: int | None = None
    _tables: dict[Basic, Table] = field(init=False, repr=False, default_factory=dict)
    _candidates: dict[tuple[Name, int], Table | WorldError] = field(
        init=False, repr=False, default_factory=dict
    )
    _functions: dict[tuple[Name, Any], Definition] = field(
        init=False, repr=False, default_factory=dict
    )
    _outcomes: list[tuple[fmpq, Outcome]] = field(init=False, repr=False, default_factory=list)
    _laws: dict[frozenset[Basic], Law] = field(init=False, repr=False, default_factory=dict)
    _frame: Frame = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_frame", Frame(self))
        if not isinstance(self.candidates, Mapping):
            raise WorldError("`candidates` is a dict, {name: [values to try]}")
        for name in self.values:
            self._check_key(name, random=False)
        with working_precision(PRECISIONS[-1]):
            for name in self.values:
                self._read(name)
            self._read_outcomes()

    def _read(self, name: Any) -> None:
        if not isinstance(name, Name):
            self.position(name)
        elif name.sort == "function":
            self.function(name)
        else:
            self.table(name)

    def varied(
        self,
        values: Mapping[Any, Any] = MappingProxyType({}),
        candidates: Mapping[Any, Sequence[Any]] | None = None,
        horizon: int | None = None,
    ) -> World:
        """The world with other values for some fixed real names, other candidates, or a horizon.

        Raises WorldError as for a new world; what does not change is not read again.
        """
        found = copy(self)
        kept = {name: table for name, table in self._tables.items() if name not in values}
        changes: dict[str, Any] = {
            "values": {**self.values, **values},
            "candidates": self.candidates if candidates is None else candidates,
            "horizon": self.horizon if horizon is None else horizon,
            "_tables": kept,
            "_candidates": {},
            "_functions": dict(self._functions),
            "_frame": Frame(found),
        }
        for part, value in changes.items():
            object.__setattr__(found, part, value)
        for name in values:
            found._check_key(name, random=False)
            found._read(name)
        return found

    def has_terms(self) -> bool:
        """Whether a value may be a term that stands for a number."""
        drawn = (table for _, outcome in self._outcomes for table in outcome.values())
        return any(table.has_terms() for table in (*self._tables.values(), *drawn))

    def _check_key(self, name: Any, random: bool) -> None:
        if isinstance(name, Index) and not random:
            return
        if not isinstance(name, Name):
            shown = type(name).__name__ if isinstance(name, Basic) else repr(name)
            raise WorldError(f"{shown} is not a declared name")
        if name.random != random:
            place = "the outcomes" if name.random else "`values`"
            raise WorldError(f"{name.name}: its value belongs in {place}")

    def table(self, name: Name) -> Table:
        """The values of a fixed name; raises WorldError when there are none."""
        found = self._tables.get(name)
        if found is None:
            if name not in self.values:
                raise WorldError(self._missing(name))
            found = self._tables[name] = self.built(name, self.values[name])
        return found

    def axis_range(self, name: Name) -> AxisRange:
        """The ranges of the axes of a name that stands alone."""
        return evaluation.ranges_of(name)(self._frame)

    def _missing(self, name: Name) -> str:
        alike = any(isinstance(k, Name) and k.name == name.name for k in self.values)
        note = " (a name that prints alike is declared differently)" if alike else ""
        return f"the world gives no value to {name.name}{note}"

    def built(self, name: Name, value: Any, find: AxisRange | None = None) -> Table:
        """The table of a value for a name; raises WorldError when they do not fit."""
        try:
            return build_table(name, value, find or self.axis_range(name))
        except (UndefinedError, IllFormedError, UnresolvedError) as problem:
            raise WorldError(f"{name.name}: its range has no value ({problem})") from problem

    def candidate(self, name: Name, number: int) -> Table:
        """The table of one of the values to try for a name; raises as `built`."""
        key = (name, number)
        found = self._candidates.get(key)
        if found is None:
            try:
                found = self.built(name, self.candidates[name][number])
            except WorldError as problem:
                found = problem
            self._candidates[key] = found
        if isinstance(found, WorldError):
            raise found
        return found

    def function(self, name: Name) -> Definition:
        """The value of an unknown function; raises WorldError when there is none that fits."""
        if name not in self.values:
            raise WorldError(self._missing(name))
        return self.checked_function(name, self.values[name])

    def checked_function(self, name: Name, value: Any) -> Definition:
        """A definition, if it may stand for the function; raises WorldError otherwise."""
        if isinstance(value, Definition) and (name, value) in self._functions:
            return value
        if not isinstance(value, Definition) or len(value.parameters) != 1:
            raise WorldError(f'{name.name}: its value is a let("{name.name}", (y,), body)')
        parameter = value.parameters[0]
        if not isinstance(parameter, Name) or parameter.sort != "real" or parameter.random:
            raise WorldError(f"{name.name}: its parameter {parameter} is no fixed real name")
        for other in free_names(value):
            loose = isinstance(other, Index) or other.random or other.sort == "function"
            if loose:
                raise WorldError(f"{name.name}: its value depends on {other.name}")
        shapes = [keys(len(each.axes), self.axis_range(each), None) for each in (name, parameter)]
        if shapes[0] is None or shapes[0] != shapes[1]:
            raise WorldError(f"{name.name}: {parameter.name} has other ranges than its argument")
        self._functions[name, value] = value
        return value

    def position(self, index: Index) -> int:
        """The value of a fixed index; raises WorldError when it is missing or out of range."""
        if index not in self.values:
            raise WorldError(f"the world gives no value to the index {index.name}")
        value = self.values[index]
        if isinstance(value, bool) or not isinstance(value, int):
            raise WorldError(f"{index.name}: {value!r} is not an integer")
        frame, (first, last) = self._frame, evaluation.ends_of(index)
        low = value if first is None else first(frame)
        high = value if last is None else last(frame)
        if not low <= value <= high:
            raise WorldError(f"{index.name}: {value} is outside {low}..{high}")
        return value

    def _read_outcomes(self) -> None:
        shared: dict[tuple[int, int], Table] = {}
        total, named = fmpq(0), self.outcomes[0][1].keys() if self.outcomes else ()
        for name in named:
            self._check_key(name, random=True)
        slots = {name: (slot_of(name), self.axis_range(name)) for name in named}
        for position, (weight, values) in enumerate(self.outcomes, 1):
            exact = self._weight(position, weight)
            if values.keys() != named:
                raise WorldError(f"outcome {position} names other random names than the first")
            tables: dict[int, Table] = {}
            for name, value in values.items():
                slot, find = slots[name]
                key = (slot, id(value))
                if key not in shared:
                    shared[key] = self.built(name, value, find)
                tables[slot] = shared[key]
            total += exact
            self._outcomes.append((exact, tables))
        if self.outcomes and total != 1:
            raise WorldError(f"the weights of the outcomes sum to {total}, not to 1")

    def _weight(self, position: int, weight: Any) -> fmpq:
        if isinstance(weight, (bool, float)) or not isinstance(weight, (int, Fraction, Rational)):
            raise WorldError(f"outcome {position}: the weight {weight!r} is not exact")
        if weight <= 0:
            raise WorldError(f"outcome {position}: the weight {weight} is not positive")
        return rational(weight)

    def law(self, names: frozenset[Basic]) -> Law:
        """The joint law of the given random names; equal outcomes are put together."""
        found = self._laws.get(names)
        if found is None:
            found = self._laws[names] = tuple(self._marginal(names))
        return found

    def _marginal(self, names: frozenset[Basic]) -> list[tuple[fmpq, Outcome]]:
        if not self._outcomes:
            missing = min(str(getattr(name, "name", name)) for name in names)
            raise WorldError(f"the world has no outcomes for the random name {missing}")
        own = sorted(slot_of(name) for name in names)
        lacking = [name for name in names if slot_of(name) not in self._outcomes[0][1]]
        if lacking:
            missing = min(str(getattr(name, "name", name)) for name in lacking)
            raise WorldError(f"the outcomes give no value to {missing}")
        weights: dict[tuple[Table, ...], fmpq] = {}
        first: dict[Any, Table] = {}  # of tables with the same values one will do
        same: dict[Table, Table] = {}
        for weight, outcome in self._outcomes:
            found = [outcome[slot] for slot in own]
            for table in found:
                if table not in same:
                    same[table] = first.setdefault(table.content(), table)
            values = tuple([same[table] for table in found])
            weights[values] = weights[values] + weight if values in weights else weight
        return [(weight, dict(zip(own, each, strict=True))) for each, weight in weights.items()]


def evaluate(term: Basic, world: World, env: Mapping[Any, int] | None = None) -> Any:
    """The value of a term in a world: `Fraction`, a ball (`flint.arb`), or an `ArrayValue`.

    `env` gives values to free indices. Raises UndefinedError where the term has no value,
    IllFormedError where it means nothing, UnresolvedError where 512 bits do not decide which.
    """
    for bits in PRECISIONS:
        with working_precision(bits):
            try:
                return _public(evaluation.value(term, Frame(world), dict(env or {})))
            except UnresolvedError:
                if bits == PRECISIONS[-1]:
                    raise
    raise AssertionError("no precision was tried")


def _public(value: Value) -> Any:
    if isinstance(value, ArrayValue):
        change: Any = public
        return mapped(value, change)
    return public(value)
