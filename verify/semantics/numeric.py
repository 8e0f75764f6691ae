"""Right-hand sides in floating point, at the points where a claim is sampled.

A term is made into a function once, and runs on every data set: bound indices stand in numbered
slots (verify.semantics.scopes), and what a part's slots decide is computed once a run.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from sympy import Basic, Integer, Rational

from verify.language import arrays as a
from verify.language import functions as f
from verify.language import terms as t
from verify.language.calculus import Applied, Derivative, Partial
from verify.language.definitions import Call
from verify.language.names import Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.substitution import free_names, substitute
from verify.semantics.faults import IllFormedError, UndefinedError, WorldError
from verify.semantics.remembering import remembered, remembered_entry
from verify.semantics.scopes import ALONE, Later, Scope, bindings, fresh, inside_call, read, slot_of

#: Numbers or arrays by printed name; a term (say E(x[j]**2)) may stand for itself.
Values = Mapping[Any, Any]


def numeric(term: Basic, values: Values) -> Any:
    """The float (or ndarray) value of a term; names are looked up by their printed name.

    Position 0 of an array's axis is the first index of its declared range. E, V, derivatives and
    unknown functions are not computed: their value is looked up under the term itself.
    Raises WorldError for a missing value, UndefinedError where the term has none.
    """
    with np.errstate(all="ignore"):
        found = _code(term)(_Run(values))
    finite = np.isfinite(found)
    if not (finite.all() if np.ndim(found) else finite):
        raise UndefinedError("the term has no finite value at this point")
    return found if np.ndim(found) else float(found)


@lru_cache(maxsize=2048)
def _code(term: Basic) -> Code:
    return _Terms().value(term, ALONE)


class _Run:
    """One data set. slots: the values of bound indices; memo: what was found before."""

    __slots__ = ("memo", "slots", "values")

    def __init__(self, values: Values) -> None:
        self.values = values
        self.slots: dict[int, int] = {}
        self.memo: dict[Any, Any] = {}


Code: TypeAlias = Callable[[_Run], Any]
IntegerCode: TypeAlias = Callable[[_Run], int]
EntryCode: TypeAlias = Callable[[_Run, tuple[int, ...]], Any]
#: The slot of a bound index, and its range.
Binder: TypeAlias = tuple[int, IntegerCode, IntegerCode]


class _Terms:
    """Makes terms into functions; equal parts in equal scopes become the same one."""

    def __init__(self) -> None:
        self._made: dict[Any, Code] = {}

    def value(self, term: Basic, scope: Scope) -> Code:
        """A float or an ndarray."""
        if isinstance(term, Rational):
            constant = int(term) if isinstance(term, Integer) else float(term)
            return lambda run: constant
        key = (term, bindings(term, scope))
        if key not in self._made:
            self._made[key] = self._new(term, scope)
        return self._made[key]

    def _new(self, term: Basic, scope: Scope) -> Code:
        rule = _RULES.get(type(term))
        if rule is None:
            what = getattr(term, "what", type(term).__name__)
            return _raising(IllFormedError(f"the term contains {what}"))
        return rule(self, term, scope)

    def parts(self, term: Basic, scope: Scope) -> list[Code]:
        """The arguments."""
        return [self.value(part, scope) for part in term.args]

    def integer(self, term: Basic, scope: Scope) -> IntegerCode:
        """A bound or an index."""
        work = self.value(term, scope)
        if isinstance(term, Integer) or isinstance(scope.get(term), int):
            return work  # a bound index is one

        def integer(run: _Run) -> int:
            found = work(run)
            if found != int(found):
                raise UndefinedError(f"the bound or index {found} is not an integer")
            return int(found)

        return integer

    def name(self, term: Name, scope: Scope) -> Code:
        bound = scope.get(term)
        if isinstance(bound, Later):
            return self.value(bound.term, bound.scope)

        def name(run: _Run) -> Any:
            if term in run.values:
                return run.values[term]
            if term.name not in run.values:
                raise WorldError(f"the point gives no value to {term.name}")
            found = run.values[term.name]
            return np.asarray(found, dtype=float) if term.axes else found

        return remembered(name, (), slot_of(term))

    def index(self, term: Index, scope: Scope) -> Code:
        bound = scope.get(term)
        if isinstance(bound, Later):
            return self.value(bound.term, bound.scope)
        if bound is not None:
            return lambda run: run.slots[bound]

        def index(run: _Run) -> Any:
            if term.name not in run.values:
                raise WorldError(f"the point gives no value to the index {term.name}")
            return run.values[term.name]

        return index

    def looked_up(self, term: Basic, scope: Scope) -> Code:
        known = free_names(term)
        held = [
            (index, slot)
            for index, slot in scope.items()
            if not isinstance(slot, Later) and index in known
        ]

        def looked_up(run: _Run) -> Any:
            if term in run.values:
                return run.values[term]
            at = _at_indices(term, frozenset((index, run.slots[slot]) for index, slot in held))
            if at in run.values:
                return run.values[at]
            raise WorldError(f"no value of an {type(term).__name__} is known at the point")

        return looked_up

    # -- entries ------------------------------------------------------------------------------

    def entry(self, term: Basic, scope: Scope) -> Code:
        base, *rest = term.args
        places = [self.integer(part, scope) for part in rest]
        work = self.entry_of(base, len(places), scope)
        if len(places) == 1:
            (only,) = places
            return lambda run: work(run, (only(run),))
        return lambda run: work(run, tuple([place(run) for place in places]))

    def entry_of(self, base: Any, count: int, scope: Scope) -> EntryCode:
        """The entry of a term at the values of its `count` indices."""
        bound = scope.get(base)
        if isinstance(bound, Later):
            return self.entry_of(bound.term, count, bound.scope)
        if isinstance(base, a.Array) and count == len(base.args) - 1:
            return self._entry_of_array(base, scope)
        if isinstance(base, Call):
            inside = self.entry_of(base.args[0].body, count, inside_call(base, scope))
            return remembered_entry(inside, read(base, scope))
        return self._entry_of_value(base, scope)

    def _entry_of_array(self, base: Any, scope: Scope) -> EntryCode:
        slots = [fresh() for _ in base.args[1:]]
        names = (binder.args[0] for binder in base.args[1:])
        body = self.value(base.args[0], {**scope, **dict(zip(names, slots, strict=True))})

        def entry(run: _Run, where: tuple[int, ...]) -> Any:
            run.slots.update(zip(slots, where, strict=True))
            return body(run)

        return entry

    def _entry_of_value(self, base: Any, scope: Scope) -> EntryCode:
        work = self.value(base, scope)
        lows = [self.integer(low, scope) for low, _ in a.axes(base)]

        def entry(run: _Run, where: tuple[int, ...]) -> Any:
            found = np.asarray(work(run))
            for i, low in zip(where, lows, strict=False):
                offset = i - low(run)
                if not (found.ndim and 0 <= offset < len(found)):
                    raise UndefinedError(f"index {list(where)} is out of range")
                found = found[offset]
            return found

        return entry

    # -- what binds an index ------------------------------------------------------------------

    def bound(self, term: Basic, scope: Scope) -> tuple[Code, list[Binder]]:
        """The body of a sum, a product or an array, and its binders."""
        binders: list[Binder] = []
        for binder in term.args[1:]:
            index, low, high = binder.args
            slot = fresh()
            binders.append((slot, self.integer(low, scope), self.integer(high, scope)))
            scope = {**scope, index: slot}
        return self.value(term.args[0], scope), binders

    def sum(self, term: Basic, scope: Scope) -> Code:
        body, binders = self.bound(term, scope)

        def added(run: _Run) -> Any:
            parts = _flat(_each(run, body, binders), len(binders))
            try:
                return math.fsum(parts)
            except TypeError:  # arrays
                return sum(parts)

        return remembered(added, read(term, scope))

    def product(self, term: Basic, scope: Scope) -> Code:
        body, binders = self.bound(term, scope)

        def multiplied(run: _Run) -> Any:
            found: Any = 1
            for part in _flat(_each(run, body, binders), len(binders)):
                found = found * part
            return found

        return multiplied

    def array(self, term: Basic, scope: Scope) -> Code:
        body, binders = self.bound(term, scope)
        return lambda run: np.array(_each(run, body, binders), dtype=float)

    def call(self, term: Call, scope: Scope) -> Code:
        inside = self.value(term.args[0].body, inside_call(term, scope))
        return remembered(inside, read(term, scope))

    # -- arithmetic ---------------------------------------------------------------------------

    def plus(self, term: Basic, scope: Scope) -> Code:
        first, *rest = self.parts(term, scope)

        def plus(run: _Run) -> Any:
            found = first(run)
            for part in rest:
                found = found + part(run)
            return found

        return plus

    def times(self, term: Basic, scope: Scope) -> Code:
        first, *rest = self.parts(term, scope)

        def times(run: _Run) -> Any:
            found = first(run)
            for part in rest:
                found = found * part(run)
            return found

        return times

    def quotient(self, term: Basic, scope: Scope) -> Code:
        above, below = self.parts(term, scope)

        def quotient(run: _Run) -> Any:
            top, bottom = above(run), below(run)
            if bottom == 0 if isinstance(bottom, float | int) else np.any(bottom == 0):
                raise UndefinedError("division by zero")
            return top / bottom

        return quotient

    def power(self, term: Basic, scope: Scope) -> Code:
        parts = self.parts(term, scope)

        def power(run: _Run) -> Any:
            base, exponent = (float(part(run)) for part in parts)
            try:
                found = base**exponent
            except (ZeroDivisionError, OverflowError) as problem:
                raise UndefinedError(f"{base} to the power {exponent}") from problem
            if isinstance(found, complex):
                raise UndefinedError(f"{base} to the power {exponent}")
            return found

        return power

    def matmul(self, term: Basic, scope: Scope) -> Code:
        first, second = self.parts(term, scope)
        row = a.is_row(term.args[0])

        def matmul(run: _Run) -> Any:
            left, right = first(run), second(run)
            if np.ndim(left) == 1 and np.ndim(right) == 1 and not row:
                return np.outer(left, right)
            return left @ right

        return matmul

    def vector(self, term: Basic, scope: Scope) -> Code:
        parts = self.parts(term, scope)
        return lambda run: np.array([part(run) for part in parts], dtype=float)

    def delta(self, term: Basic, scope: Scope) -> Code:
        first, second = self.parts(term, scope)
        return lambda run: int(first(run) == second(run))


def _each(run: _Run, body: Code, binders: list[Binder]) -> list[Any]:
    """The values of the body for all indices, as nested lists."""
    (slot, low, high), *further = binders
    found, slots = [], run.slots
    for position in range(low(run), high(run) + 1):
        slots[slot] = position
        found.append(_each(run, body, further) if further else body(run))
    return found


def _flat(nested: list[Any], depth: int) -> list[Any]:
    for _ in range(depth - 1):
        nested = [each for part in nested for each in part]
    return nested


def _raising(problem: Exception) -> Code:
    def failing(run: _Run) -> Any:
        raise problem

    return failing


@lru_cache(maxsize=10_000)
def _at_indices(term: Basic, bound: frozenset[tuple[Basic, int]]) -> Basic:
    return substitute(term, {index: Integer(at) for index, at in bound})


def _applied(work: Callable[[Any], Any]) -> Callable[[_Terms, Any, Scope], Code]:
    def rule(terms: _Terms, term: Any, scope: Scope) -> Code:
        inner = terms.value(term.args[0], scope)
        return lambda run: work(inner(run))

    return rule


_RULES: dict[type[Basic], Callable[[_Terms, Any, Scope], Code]] = {
    Name: _Terms.name,
    Index: _Terms.index,
    t.Plus: _Terms.plus,
    t.Times: _Terms.times,
    t.Negative: _applied(lambda x: -x),
    t.Quotient: _Terms.quotient,
    t.Power: _Terms.power,
    a.Sum: _Terms.sum,
    a.Product: _Terms.product,
    a.Array: _Terms.array,
    a.Vector: _Terms.vector,
    a.Entry: _Terms.entry,
    a.Delta: _Terms.delta,
    a.Transpose: _applied(np.transpose),
    a.MatMul: _Terms.matmul,
    a.Inverse: _applied(lambda x: np.linalg.inv(np.atleast_2d(x))),
    Call: _Terms.call,
    Expectation: _Terms.looked_up,
    Variance: _Terms.looked_up,
    Derivative: _Terms.looked_up,
    Applied: _Terms.looked_up,
    Partial: _Terms.looked_up,
    f.Root: _applied(np.sqrt),
    f.Abs: _applied(np.abs),
    f.Sign: _applied(np.sign),
    f.ReLU: _applied(lambda x: np.maximum(x, 0)),
    f.Exp: _applied(np.exp),
    f.Log: _applied(np.log),
    f.Tanh: _applied(np.tanh),
    f.Sigmoid: _applied(lambda x: 0.5 * (1 + np.tanh(x / 2))),
}
