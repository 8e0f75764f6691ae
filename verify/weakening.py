"""The ways to assume less of a hypothesis."""

from __future__ import annotations

from itertools import combinations

from sympy import Tuple

from verify.language import statements as s
from verify.language.statements import Statement


def weakenings(fact: Statement) -> list[Statement]:
    """Strictly weaker forms of a hypothesis, the hypothesis left out altogether not included."""
    if isinstance(fact, s.Every):
        return [s.Every(weaker, *fact.args[1:]) for weaker in weakenings(fact.args[0])]
    if isinstance(fact, s.AllOf):
        return [_all_but(fact, part) for part in fact.args] if len(fact.args) > 1 else []
    if isinstance(fact, s.Uncorrelated):
        return _less_known(fact)
    if isinstance(fact, s.Independent) and len(fact.args) > 2:
        return [s.AllOf(*(s.Independent(*pair) for pair in combinations(fact.args, 2)))]
    if isinstance(fact, s.Greater):
        return [s.Unequal(*fact.args), s.AtLeast(*fact.args)]
    if isinstance(fact, s.Less):
        return [s.Unequal(*fact.args), s.AtMost(*fact.args)]
    return []


def conjuncts(fact: Statement) -> tuple[Statement, ...]:
    """The hypotheses that a conjunction amounts to."""
    return tuple(fact.args) if isinstance(fact, s.AllOf) else (fact,)


def _all_but(fact: s.AllOf, dropped: Statement) -> s.AllOf:
    rest: s.AllOf = s.AllOf(*(part for part in fact.args if part != dropped))
    return rest


def _less_known(fact: s.Uncorrelated) -> list[Statement]:
    block, mean, variance = fact.args
    forms = [(Tuple(), variance), (mean, Tuple()), (Tuple(), Tuple())]
    weaker = [s.Uncorrelated(block, *form) for form in forms]
    return [form for form in dict.fromkeys(weaker) if form != fact]
