"""Chains and their rows; the verbs that are relations too when they relate two terms."""

from __future__ import annotations

from typing import Any

from verify.language import statements as s
from verify.language.proofs import Chain, Row
from verify.language.terms import lift


def chain(start: Any, *rows: Row) -> Chain:
    """A chain from `start` through the rows."""
    return Chain(lift(start), rows)


def equals(term: Any, *, by: Any) -> Row:
    """= term."""
    return Row(s.Equation, lift(term), by)


def _relation(kind: type[s.Relation]) -> Any:
    def relate(first: Any, second: Any = None, *, by: Any = None) -> Any:
        if by is None:
            return kind(first, second)
        return Row(kind, lift(first), by)

    relate.__name__ = kind.__name__
    relate.__doc__ = f"`f(x, y)` states x {kind.symbol} y; `f(term, by=rule)` is a row."
    return relate


at_most = _relation(s.AtMost)
less = _relation(s.Less)
at_least = _relation(s.AtLeast)
greater = _relation(s.Greater)
unequal = _relation(s.Unequal)
same_law = _relation(s.SameLaw)
