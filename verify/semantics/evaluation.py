"""The value of a term in a finite world, written from the meaning of each node.

Nothing here is shared with the proof rules: definitions are evaluated by name in their own
environment (not by substitution), sums by adding up, expectations by enumerating outcomes,
derivatives by computing at x + ε.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any

from sympy import Basic, Rational

from verify.language import arrays as a
from verify.language import functions as f
from verify.language import terms as t
from verify.language.calculus import Applied, Derivative, Partial, variable
from verify.language.definitions import Call, Definition
from verify.language.names import Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.substitution import free_names
from verify.semantics import scalars as s
from verify.semantics.array_values import (
    ArrayValue,
    Key,
    Value,
    add,
    entrywise,
    indexed,
    inverse,
    matrix_product,
    multiply,
    scalar,
    transpose,
)
from verify.semantics.duals import Dual, slope
from verify.semantics.environments import (
    Closure,
    Environment,
    Outcome,
    Source,
    bindings,
    inside_call,
    may_be_random,
    random_names,
)
from verify.semantics.faults import IllFormedError, UndefinedError, WorldError
from verify.semantics.scalars import ONE, ZERO, Scalar
from verify.semantics.tables import Table, as_table, axis_ranges, keys


class Evaluator:
    """Evaluates terms in one world at the precision in force when its methods are called."""

    def __init__(self, world: Source) -> None:
        self.world = world
        self._outcome: Outcome | None = None
        self._outcomes: dict[int, Outcome] = {}  # by identity: kept, lest an identity come again
        self._known: dict[Any, Value] = {}
        self._levels = count()  # an ε within another has the higher level

    # -- environments -------------------------------------------------------------------------

    @contextmanager
    def at(self, outcome: Outcome | None) -> Iterator[None]:
        """Random names take their values from this outcome inside the block."""
        before, self._outcome = self._outcome, outcome
        if outcome is not None:
            self._outcomes[id(outcome)] = outcome
        try:
            yield
        finally:
            self._outcome = before

    def _remembered(self, term: Basic, env: Environment, work: Callable[[], Value]) -> Value:
        """The value of a term on which outcomes have no say."""
        key = (term, bindings(term, env))
        if key not in self._known:
            self._known[key] = work()
        return self._known[key]

    def _shared(
        self, term: Basic, env: Environment, work: Callable[[], Value], entry: Key = ()
    ) -> Value:
        """The value of a term, or of its entry, which the outcome may decide as well."""
        outcome = id(self._outcome) if may_be_random(term, env) else None
        key = (term, bindings(term, env), outcome, entry)
        if key not in self._known:
            self._known[key] = work()
        return self._known[key]

    # -- values -------------------------------------------------------------------------------

    def value(self, term: Basic, env: Environment) -> Value:
        """The value of a term: a scalar or an array."""
        work = _RULES.get(type(term))
        if work is None:
            if isinstance(term, Rational):
                return s.rational(term)
            raise IllFormedError(_complaint(term))
        return work(self, term, env)

    def number(self, term: Basic, env: Environment) -> Scalar:
        """The value of a term that must be a number."""
        found = self.value(term, env)
        if isinstance(found, ArrayValue):
            raise IllFormedError("an array stands where a number belongs")
        return found

    def integer(self, term: Basic, env: Environment) -> int:
        """The value of a term that must be an integer."""
        if isinstance(term, Index):
            return self._index_value(term, env)
        return s.integer(self.number(term, env), "a bound or an index")

    def entries(self, term: Basic, env: Environment) -> list[Scalar]:
        """All entries of a term in index order; a number is its only entry."""
        found = self.value(term, env)
        if isinstance(found, ArrayValue):
            return [found.entries[key] for key in sorted(found.entries)]
        return [found]

    def _index_value(self, term: Any, env: Environment) -> int:
        bound = env.get(term)
        if isinstance(bound, int):
            return bound
        if isinstance(bound, Closure):
            return self.integer(bound.term, bound.env)
        return self.world.position(term)

    def _index(self, term: Basic, env: Environment) -> Value:
        return s.rational(self._index_value(term, env))

    # -- names and entries --------------------------------------------------------------------

    def axis_range(self, name: Name, env: Environment) -> Callable[[int, Key], Any]:
        """The range of each axis of a name, given the indices before it."""

        def find(depth: int, before: Key) -> tuple[int, int | None]:
            inner = dict(env)
            for axis, position in zip(name.axes, before, strict=False):
                if axis[0] is not None:
                    inner[axis[0]] = position
            _, low, high = name.axes[depth]
            last = None if high is None else self.integer(high, inner)
            return self.integer(low, inner), last

        return find

    def _table(self, name: Name, env: Environment) -> Table:
        bound = env.get(name)
        if isinstance(bound, Table):
            return bound
        if not name.random:
            return self.world.table(name)
        if self._outcome is None:
            raise IllFormedError(f"{name.name} is random; it has a value only inside E, V or a law")
        found = self._outcome.get(name)
        if found is None:
            raise WorldError(f"the outcomes give no value to {name.name}")
        return found

    def _leaf(self, name: Name, table: Table, key: Key, env: Environment) -> Scalar:
        found = table.get(key)
        if found is None:
            find = self.axis_range(name, env)
            for depth, position in enumerate(key):
                low, high = find(depth, key[:depth])
                if position < low or (high is not None and position > high):
                    raise UndefinedError(f"{name.name}{list(key)}: {position} is out of range")
            raise WorldError(f"the world gives no value to {name.name}{list(key)}")
        if isinstance(found, t.Term):
            return scalar(self._remembered(found, {}, lambda: self.value(found, {})), name.name)
        return found

    def _name(self, name: Name, env: Environment) -> Value:
        return self._slice(name, (), env)

    def _slice(self, name: Name, prefix: Key, env: Environment) -> Value:
        bound = env.get(name)
        if isinstance(bound, Closure):
            return indexed(self.value(bound.term, bound.env), prefix)
        table = self._table(name, env)
        rank = len(name.axes) - len(prefix)
        if rank < 0:
            raise IllFormedError(f"{name.name} has {len(name.axes)} axes, not {len(prefix)}")
        if rank == 0:
            return self._leaf(name, table, prefix, env)
        return self._shared(name, env, lambda: self._whole(name, table, prefix, env), prefix)

    def _whole(self, name: Name, table: Table, prefix: Key, env: Environment) -> Value:
        find = self.axis_range(name, env)
        self._check_prefix(name, prefix, find)
        found = keys(len(name.axes), find, self.world.horizon, prefix)
        if found is None:
            raise WorldError(f"{name.name} is unbounded and the world has no horizon")
        start = len(prefix)
        entries = {key[start:]: self._leaf(name, table, key, env) for key in found}
        return ArrayValue(
            len(name.axes) - start,
            entries,
            axis_ranges(name, start, find, prefix, self.world.horizon),
        )

    def _check_prefix(self, name: Name, prefix: Key, find: Callable[[int, Key], Any]) -> None:
        for depth, position in enumerate(prefix):
            low, high = find(depth, prefix[:depth])
            if position < low or (high is not None and position > high):
                raise UndefinedError(f"{name.name}{list(prefix)}: {position} is out of range")

    def _entry(self, term: Basic, env: Environment) -> Value:
        base = term.args[0]
        where = tuple(self.integer(part, env) for part in term.args[1:])
        return self._entry_of(base, where, env)

    def _entry_of(self, base: Basic, where: Key, env: Environment) -> Value:
        if isinstance(base, Name):
            bound = env.get(base)
            if isinstance(bound, Closure):
                return self._entry_of(bound.term, where, bound.env)
            return self._slice(base, where, env)
        if isinstance(base, Call):
            inside = inside_call(base, env)
            return self._shared(
                base, env, lambda: self._entry_of(base.args[0].body, where, inside), where
            )
        if isinstance(base, a.Array) and len(where) <= len(base.args) - 1:
            return self._array_entry(base, where, env)
        return indexed(self.value(base, env), where)

    def _array_entry(self, base: a.Array, where: Key, env: Environment) -> Value:
        inner = dict(env)
        for binder, position in zip(base.args[1:], where, strict=False):
            low, high = self._ends(binder, inner)
            if not low <= position <= high:
                raise UndefinedError(f"index {position} is outside {low}..{high}")
            inner[binder.args[0]] = position
        rest = base.args[1 + len(where) :]
        return self._array_over(base.args[0], rest, inner)

    # -- binders ------------------------------------------------------------------------------

    def _ends(self, binder: Basic, env: Environment) -> tuple[int, int]:
        if len(binder.args) == 2:
            raise IllFormedError("a sum, product or array over a range without end")
        if len(binder.args) != 3:
            raise IllFormedError(_complaint(binder))
        return self.integer(binder.args[1], env), self.integer(binder.args[2], env)

    def assignments(self, binders: tuple[Basic, ...], env: Environment) -> Iterator[Environment]:
        """Every assignment of the bound indices, first range outermost."""
        if not binders:
            yield env
            return
        low, high = self._ends(binders[0], env)
        for position in range(low, high + 1):
            inner = {**env, binders[0].args[0]: position}
            yield from self.assignments(binders[1:], inner)

    def _sum(self, term: Basic, env: Environment) -> Value:
        def work() -> Value:
            total: Value = ZERO
            for inner in self.assignments(term.args[1:], env):
                total = add(total, self.value(term.args[0], inner))
            return total

        return self._shared(term, env, work)

    def _product(self, term: Basic, env: Environment) -> Value:
        total: Value = ONE
        for inner in self.assignments(term.args[1:], env):
            total = multiply(total, self.value(term.args[0], inner))
        return total

    def _array(self, term: Basic, env: Environment) -> Value:
        return self._array_over(term.args[0], term.args[1:], env)

    def _array_over(self, body: Basic, binders: tuple[Basic, ...], env: Environment) -> Value:
        if not binders:
            return self.value(body, env)
        indices = [binder.args[0] for binder in binders]
        entries: dict[Key, Scalar] = {}
        for inner in self.assignments(binders, env):
            key = tuple(self._index_value(index, inner) for index in indices)
            entries[key] = self.number(body, inner)
        return ArrayValue(len(binders), entries, self._axes_of(binders, env))

    def _axes_of(self, binders: tuple[Basic, ...], env: Environment) -> tuple[range, ...] | None:
        found = []
        earlier: set[Basic] = set()
        for binder in binders:
            if earlier & (free_names(binder.args[1]) | free_names(binder.args[2])):
                return None
            low, high = self._ends(binder, env)
            found.append(range(low, high + 1))
            earlier.add(binder.args[0])
        return tuple(found)

    # -- definitions and probability ----------------------------------------------------------

    def _call(self, call: Basic, env: Environment) -> Value:
        return self._shared(
            call, env, lambda: self.value(call.args[0].body, inside_call(call, env))
        )

    def law_of(self, terms: list[Basic], env: Environment) -> list[tuple[Scalar, Outcome]]:
        """The joint law of the random names in the terms, as weighted outcomes."""
        names: frozenset[Basic] = frozenset()
        for term in terms:
            names |= random_names(term, env)
        return list(self.world.law(names)) if names else [(ONE, {})]

    def mean(self, work: Callable[[], Scalar], terms: list[Basic], env: Environment) -> Scalar:
        """Σ weight · work() over the outcomes of the random names in the terms."""
        total: Scalar = ZERO
        for weight, outcome in self.law_of(terms, env):
            with self.at(outcome):
                total = total + weight * work()
        return total

    def _expectation(self, term: Basic, env: Environment) -> Value:
        body = term.args[0]
        return self._remembered(
            term, env, lambda: self.mean(lambda: self.number(body, env), [body], env)
        )

    def _variance(self, term: Basic, env: Environment) -> Value:
        body = term.args[0]

        def work() -> Value:
            centre = self.mean(lambda: self.number(body, env), [body], env)
            return self.mean(lambda: s.power(self.number(body, env) - centre, s.TWO), [body], env)

        return self._remembered(term, env, work)

    # -- derivatives and unknown functions ----------------------------------------------------

    def _derivative(self, term: Basic, env: Environment) -> Value:
        body, along = term.args
        name = variable(term)
        where = () if along == name else tuple(self.integer(part, env) for part in along.args[1:])
        return self._slope(body, name, where, self._present(name, env), env)

    def _present(self, name: Name, env: Environment) -> Table:
        """The values of a name as a table, be it bound to a term or not."""
        bound = env.get(name)
        if isinstance(bound, Closure):
            return as_table(self.value(bound.term, bound.env))
        return self._table(name, env)

    def _slope(self, body: Basic, name: Name, where: Key, table: Table, env: Environment) -> Scalar:
        """How the body changes with one entry of a name, which has these values."""
        level = next(self._levels)
        here = Dual(level, self._leaf(name, table, where, env), ONE)
        found = slope(self.number(body, {**env, name: table.changed(where, here)}), level)
        return s.rational(found) if isinstance(found, int) else found

    def function(self, name: Name, env: Environment) -> Definition:
        """The value of an unknown function."""
        bound = env.get(name)
        return bound if isinstance(bound, Definition) else self.world.function(name)

    def _applied(self, term: Basic, env: Environment) -> Value:
        def work() -> Value:
            definition = self.function(term.args[0], env)
            argument = as_table(self.value(term.args[1], env))
            return self.number(definition.body, {definition.parameters[0]: argument})

        return self._shared(term, env, work)

    def _partial(self, term: Basic, env: Environment) -> Value:
        function, argument, *indices = term.args
        definition = self.function(function, env)
        where = tuple(self.integer(part, env) for part in indices)
        table = as_table(self.value(argument, env))
        return self._slope(definition.body, definition.parameters[0], where, table, {})

    # -- arithmetic ---------------------------------------------------------------------------

    def _plus(self, term: Basic, env: Environment) -> Value:
        total = self.value(term.args[0], env)
        for part in term.args[1:]:
            total = add(total, self.value(part, env))
        return total

    def _times(self, term: Basic, env: Environment) -> Value:
        total = self.value(term.args[0], env)
        for part in term.args[1:]:
            total = multiply(total, self.value(part, env))
        return total

    def _negative(self, term: Basic, env: Environment) -> Value:
        return entrywise(self.value(term.args[0], env), ZERO, lambda x, _: -x)

    def _quotient(self, term: Basic, env: Environment) -> Value:
        top, bottom = self.value(term.args[0], env), self.number(term.args[1], env)
        return entrywise(top, bottom, s.divide)

    def _power(self, term: Basic, env: Environment) -> Value:
        return s.power(self.number(term.args[0], env), self.number(term.args[1], env))

    def _delta(self, term: Basic, env: Environment) -> Value:
        left, right = (self.number(part, env) for part in term.args)
        return ONE if s.order(left, right) == 0 else ZERO

    def _matmul(self, term: Basic, env: Environment) -> Value:
        found = self.value(term.args[0], env)
        for part in term.args[1:]:
            found = matrix_product(found, self.value(part, env))
        return found

    def _transpose(self, term: Basic, env: Environment) -> Value:
        found = self.value(term.args[0], env)
        return transpose(found) if isinstance(found, ArrayValue) else found

    def _inverse(self, term: Basic, env: Environment) -> Value:
        def work() -> Value:
            found = self.value(term.args[0], env)
            if not isinstance(found, ArrayValue):
                return s.divide(ONE, found)
            return inverse(found)

        if random_names(term, env):
            return work()
        return self._remembered(term, env, work)

    def _vector(self, term: Basic, env: Environment) -> Value:
        entries: dict[Key, Scalar] = {
            (i,): self.number(part, env) for i, part in enumerate(term.args, 1)
        }
        return ArrayValue(1, entries, (range(1, len(term.args) + 1),))


def _complaint(term: Basic) -> str:
    if isinstance(term, t.Illegal):
        return f"the term contains {term.what}"
    illegal = next((part for part in term.args if isinstance(part, t.Illegal)), None)
    return (
        _complaint(illegal)
        if illegal is not None
        else f"{type(term).__name__} is not a term with a value"
    )


def _function(work: s.ScalarFunction) -> Callable[[Evaluator, Basic, Environment], Value]:
    def apply(evaluator: Evaluator, term: Basic, env: Environment) -> Value:
        return work(evaluator.number(term.args[0], env))

    return apply


_RULES: dict[type[Basic], Callable[[Evaluator, Any, Environment], Value]] = {
    Name: Evaluator._name,
    Index: Evaluator._index,
    t.Plus: Evaluator._plus,
    t.Times: Evaluator._times,
    t.Negative: Evaluator._negative,
    t.Quotient: Evaluator._quotient,
    t.Power: Evaluator._power,
    a.Sum: Evaluator._sum,
    a.Product: Evaluator._product,
    a.Array: Evaluator._array,
    a.Vector: Evaluator._vector,
    a.Entry: Evaluator._entry,
    a.Delta: Evaluator._delta,
    a.Transpose: Evaluator._transpose,
    a.MatMul: Evaluator._matmul,
    a.Inverse: Evaluator._inverse,
    Call: Evaluator._call,
    Expectation: Evaluator._expectation,
    Variance: Evaluator._variance,
    Derivative: Evaluator._derivative,
    Applied: Evaluator._applied,
    Partial: Evaluator._partial,
    f.Root: _function(s.root),
    f.Abs: _function(s.absolute),
    f.Sign: _function(s.sign),
    f.ReLU: _function(s.positive_part),
    f.Exp: _function(s.exponential),
    f.Log: _function(s.logarithm),
    f.Tanh: _function(s.hyperbolic_tangent),
    f.Sigmoid: _function(s.logistic),
}
