"""Whether a point is the minimiser of an objective in a world."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sympy import Basic

from verify.language import statements as st
from verify.semantics.array_values import ArrayValue, Key, Value
from verify.semantics.faults import IllFormedError, UndefinedError, UnresolvedError, WorldError
from verify.semantics.reading import ranges
from verify.semantics.scalars import Scalar, order, show
from verify.semantics.scopes import Scope, fresh
from verify.semantics.tables import Table, keys
from verify.semantics.trials import Trial, compare_all, equal, located
from verify.semantics.truth import Truth, conjunction

if TYPE_CHECKING:
    from verify.semantics.judgement import Statements


class Minimum:
    """A minimum: the objective and the constraints at values of the variable, in its slot."""

    def __init__(self, statements: Statements, statement: Basic, scope: Scope) -> None:
        objective, self.variable, constraints, at, value = statement.args
        terms, self.slot = statements.terms, fresh()
        inner = {**scope, self.variable: self.slot}
        self.unique = isinstance(statement, st.UniqueMinimum)
        self.at, self.claimed = terms.value(at, scope).run, terms.number(value, scope)
        self.objective = terms.number(objective, inner)
        self.point = terms.value(self.variable, inner).run
        self.constraints = statements.verdicts(constraints.args, inner)
        self.candidates = statements.candidates(self.variable, self.slot, scope)
        self.ranges = ranges(terms, self.variable, scope)

    def verdict(self, trial: Trial) -> Truth:
        here = self._here(trial)
        trial.slots[self.slot] = here
        claimed = self.claimed(trial)

        def each() -> Iterator[Truth]:
            yield located(self._meets(trial), "the minimiser is infeasible")
            yield located(equal(trial, self.objective(trial), claimed), "value at `at`")

        certain = conjunction(list(each()))
        if certain.value is not True:
            return certain
        point, tried = self.point(trial), 0
        for value in self.candidates(trial):
            beaten = self._beats(trial, point, claimed)
            if beaten:
                return Truth(False, "exact", f"{self.variable.name} = {value} {beaten}")
            tried += beaten is not None
        note = f"no lower feasible point among {tried} candidates"
        return Truth(True, "search", note, tried) if tried else Truth(None, "exact", note)

    def _here(self, trial: Trial) -> Table:
        found, name = self.at(trial), self.variable
        entries: dict[Key, Any] = {(): found}
        if isinstance(found, ArrayValue):
            entries = dict(found.entries)
        wanted = keys(len(name.axes), self.ranges(trial), trial.world.horizon)
        if wanted is None:
            raise WorldError(f"{name.name} is unbounded and the world has no horizon")
        if set(wanted) != set(entries):
            raise IllFormedError(f"the minimiser does not have the shape of {name.name}")
        return Table(entries)

    def _meets(self, trial: Trial) -> Truth:
        return conjunction(part(trial) for part in self.constraints)

    def _beats(self, trial: Trial, point: Value, claimed: Scalar) -> str | None:
        """How a candidate refutes the minimum, "" if it does not; None: it says nothing."""
        try:
            feasible = self._meets(trial)
            if feasible.value is not True or feasible.rung == "search":
                return None
            found = self.objective(trial)
            sign = order(found, claimed)
        except (UndefinedError, UnresolvedError):
            return None
        if sign < 0:
            return f"is feasible and lower: {show(found)} < {show(claimed)}"
        if sign == 0 and self.unique:
            same = compare_all(trial, st.Equation, self.point(trial), point)
            if same.value is False:
                return f"attains the same value {show(found)}"
        return ""
