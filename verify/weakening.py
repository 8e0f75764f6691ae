"""The ways to assume less of a hypothesis."""

from __future__ import annotations

from itertools import combinations
from typing import Any

from sympy import Tuple

from verify.language import statements as s
from verify.language.arrays import axes
from verify.language.names import Index
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
    if isinstance(fact, s.IndependentEntries):
        return _pairwise(fact.args[0])
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


def _pairwise(block: Any) -> list[Statement]:
    """Any two entries are independent: one stands before the other, in the order of the indices."""
    try:
        ends = axes(block)
    except ValueError:  # a range that another index decides
        return []
    if any(high is None for _, high in ends):
        return []
    pairs: list[Statement] = []
    for depth in range(len(ends)):
        later, ranges = [], []
        earlier: list[Index] = []
        for place, (low, high) in enumerate(ends):
            one, other = Index(f"first_{place + 1}"), Index(f"second_{place + 1}")
            last = one - 1 if place == depth else high
            ranges.append((one, low, high))
            if place >= depth:
                ranges.append((other, low, last))
            later.append(one)
            earlier.append(other if place >= depth else one)
        pairs.append(s.Every(s.Independent(block[tuple(later)], block[tuple(earlier)]), *ranges))
    return [pairs[0] if len(pairs) == 1 else s.AllOf(*pairs)]


def _less_known(fact: s.Uncorrelated) -> list[Statement]:
    block, mean, variance = fact.args
    forms = [(Tuple(), variance), (mean, Tuple()), (Tuple(), Tuple())]
    weaker = [s.Uncorrelated(block, *form) for form in forms]
    return [form for form in dict.fromkeys(weaker) if form != fact]
