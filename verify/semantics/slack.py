"""By how much the inequalities of a statement hold in a world, as a number to be made small."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import lru_cache
from typing import NamedTuple, TypeAlias

from flint import arb
from sympy import Basic

from verify.language import statements as st
from verify.language.names import Name
from verify.semantics.array_values import paired
from verify.semantics.joint_laws import names_of
from verify.semantics.judgement import Statements
from verify.semantics.scalars import Scalar, working_precision
from verify.semantics.scopes import ALONE, Scope, fresh
from verify.semantics.trials import Trial
from verify.semantics.worlds import World

_BITS = 64
#: Which side is the larger, by kind of inequality.
_LARGER = {st.AtMost: 1, st.Less: 1, st.AtLeast: 0, st.Greater: 0}


def has_inequality(statement: Basic) -> bool:
    """Whether the statement claims an inequality or a minimum, under whatever stands around it."""
    if isinstance(statement, st.Every):
        return has_inequality(statement.args[0])
    if isinstance(statement, st.Implies):
        return has_inequality(statement.args[1])
    if isinstance(statement, st.AllOf):
        return any(has_inequality(part) for part in statement.args)
    return isinstance(statement, st.GlobalMinimum) or type(statement) in _LARGER


def bound_names(statement: Basic) -> list[Name]:
    """The names that quantifiers and minima on the way to the inequalities bind."""
    if isinstance(statement, st.Every):
        own = [where for where in statement.args[1:] if isinstance(where, Name)]
        return own + bound_names(statement.args[0])
    if isinstance(statement, st.Implies):
        return bound_names(statement.args[1])
    if isinstance(statement, st.AllOf):
        return [name for part in statement.args for name in bound_names(part)]
    return [statement.args[1]] if isinstance(statement, st.GlobalMinimum) else []


class Slack(NamedTuple):
    """How an inequality holds, ordered by `least`; both are ∞ where none is asked for.

    least: the lower end of (larger − smaller)/(1 + their sizes), so that whatever may fail is
    below 0 or 0. relative: the middle of (larger − smaller)/(their sizes), whose rounding is that
    of the sides, however small they are.
    """

    least: float
    relative: float


_NOTHING_ASKED = Slack(math.inf, math.inf)


def slack(statement: Basic, world: World) -> Slack:
    """The least slack of the statement's inequalities.

    Bound names run over the world's candidates. A minimum asks objective − value >= 0 of every
    feasible candidate. Raises as `judge`.
    """
    with working_precision(_BITS):
        return _measured(statement)(Trial(world, last=False))


Measure: TypeAlias = Callable[[Trial], Slack]


@lru_cache(maxsize=1_000)
def _measured(statement: Basic) -> Measure:
    return _Slack().of(statement, ALONE)


class _Slack:
    """Makes statements into functions of a trial that measure their slack."""

    def __init__(self) -> None:
        self.statements = Statements()
        self.terms = self.statements.terms

    def of(self, statement: Basic, scope: Scope) -> Measure:
        if isinstance(statement, st.Every):
            return self.around(statement.args[0], statement.args[1:], scope)
        if isinstance(statement, st.AllOf):
            parts = [self.of(part, scope) for part in statement.args]
            return lambda trial: min(part(trial) for part in parts)
        if isinstance(statement, st.Implies):
            premise = self.statements.verdict(statement.args[0], scope)
            inside = self.of(statement.args[1], scope)
            return lambda trial: inside(trial) if premise(trial).value else _NOTHING_ASKED
        if isinstance(statement, st.GlobalMinimum):
            return self.minimum(statement, scope)
        larger = _LARGER.get(type(statement))
        if larger is None:
            return lambda trial: _NOTHING_ASKED
        return self.relation(statement.args[1 - larger], statement.args[larger], scope)

    def around(self, body: Basic, where: tuple[Basic, ...], scope: Scope) -> Measure:
        """The least over every value of the quantified indices and names."""
        if not where:
            return self.of(body, scope)
        first, slot = where[0], fresh()
        if isinstance(first, Name):
            inside = self.around(body, where[1:], {**scope, first: slot})
            candidates = self.statements.candidates(first, slot, scope)
            return lambda trial: min(
                (inside(trial) for _ in candidates(trial)), default=_NOTHING_ASKED
            )
        ends = self.terms.ends(first, scope)
        inside = self.around(body, where[1:], {**scope, first.args[0]: slot})

        def least(trial: Trial) -> Slack:
            found, (low, high) = _NOTHING_ASKED, ends(trial)
            for position in range(low, high + 1):
                trial.slots[slot] = position
                found = min(found, inside(trial))
            return found

        return least

    def minimum(self, statement: Basic, scope: Scope) -> Measure:
        objective, variable, constraints, _, value = statement.args
        slot = fresh()
        inner = {**scope, variable: slot}
        candidates = self.statements.candidates(variable, slot, scope)
        meets = self.statements.verdicts(constraints.args, inner)
        gap = self.relation(value, objective, inner)

        def least(trial: Trial) -> Slack:
            feasible = (all(part(trial).value for part in meets) for _ in candidates(trial))
            return min((gap(trial) for holds in feasible if holds), default=_NOTHING_ASKED)

        return least

    def relation(self, low: Basic, high: Basic, scope: Scope) -> Measure:
        """low <= high in every outcome and entry."""
        names = names_of((low, high), scope)
        left, right = (self.terms.value(side, scope).run for side in (low, high))

        def least(trial: Trial) -> Slack:
            found, law = _NOTHING_ASKED, trial.law(names)
            before = trial.enter(law)
            try:
                for _, outcome in law:
                    trial.slots.update(outcome)
                    for x, y in paired(left(trial), right(trial)):
                        found = min(found, _between(x, y))
            finally:
                trial.leave(before)
            return found

        return least


def _between(low: Scalar, high: Scalar) -> Slack:
    """The slack of low <= high. Ratios of balls: the sides may be too large for a float."""
    gap, sizes = arb(high - low), abs(arb(low)) + abs(arb(high))
    relative = float((gap / sizes).mid()) if sizes > 0 else 0.0
    return Slack(float((gap / (1 + sizes)).lower()), relative)
