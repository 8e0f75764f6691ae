"""By how much the inequalities of a statement hold in a world, as a number to be made small."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

from flint import arb
from sympy import Basic

from verify.language import statements as st
from verify.language.names import Name
from verify.semantics.array_values import paired
from verify.semantics.environments import Environment
from verify.semantics.judgement import Judge
from verify.semantics.scalars import working_precision
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


def slack(statement: Basic, world: World) -> float:
    """The least (larger − smaller)/(1 + their sizes) of the statement's inequalities.

    Below 0 where one fails, ∞ where none is asked for. Bound names run over the world's
    candidates. A minimum asks objective − value >= 0 of every feasible candidate. Raises as
    `judge`.
    """
    with working_precision(_BITS):
        return _Slack(world).of(statement, {})


class _Slack:
    def __init__(self, world: World) -> None:
        self.world, self.judge = world, Judge(world, last=False)

    def of(self, statement: Basic, env: Environment) -> float:
        if isinstance(statement, st.Every):
            around = self.around(statement.args[1:], env)
            return min((self.of(statement.args[0], inner) for inner in around), default=math.inf)
        if isinstance(statement, st.AllOf):
            return min(self.of(part, env) for part in statement.args)
        if isinstance(statement, st.Implies):
            premise = self.judge.truth(statement.args[0], env).value
            return self.of(statement.args[1], env) if premise else math.inf
        if isinstance(statement, st.GlobalMinimum):
            return self.minimum(statement, env)
        larger = _LARGER.get(type(statement))
        if larger is None:
            return math.inf
        return self.relation(statement.args[1 - larger], statement.args[larger], env)

    def around(self, where: tuple[Basic, ...], env: Environment) -> Iterator[Environment]:
        """Every value of the quantified indices and names."""
        if not where:
            yield env
            return
        if isinstance(where[0], Name):
            inside: Iterator[Any] = (inner for inner, _ in self.judge.candidates(where[0], env))
        else:
            inside = self.judge.evaluator.assignments(where[:1], env)
        for inner in inside:
            yield from self.around(where[1:], inner)

    def minimum(self, statement: Basic, env: Environment) -> float:
        objective, variable, constraints, _, value = statement.args
        least = math.inf
        for inner, _ in self.judge.candidates(variable, env):
            if all(self.judge.truth(part, inner).value for part in constraints.args):
                least = min(least, self.relation(value, objective, inner))
        return least

    def relation(self, low: Basic, high: Basic, env: Environment) -> float:
        """low <= high in every outcome and entry."""
        least = math.inf
        evaluator = self.judge.evaluator
        for _, outcome in evaluator.law_of([low, high], env):
            with evaluator.at(outcome):
                pairs = paired(evaluator.value(low, env), evaluator.value(high, env))
            for x, y in pairs:
                gap, scale = float(arb(y - x)), 1 + abs(float(arb(x))) + abs(float(arb(y)))
                least = min(least, gap / scale)
        return least
