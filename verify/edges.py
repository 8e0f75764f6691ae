"""Worlds at the edge of an inequality and past it, made from worlds of a claim.

A hypothesis like c > 0 is needed where the claim fails for c = 0 or for some c < 0. Such worlds
need no author: a world of the claim becomes one when the name that is bounded is moved.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from sympy import Basic

from verify.language import statements as st
from verify.language.arrays import Entry
from verify.language.names import Name
from verify.language.substitution import free_names
from verify.semantics import (
    IllFormedError,
    UndefinedError,
    UnresolvedError,
    World,
    WorldError,
    evaluate,
)

_INEQUALITIES = (st.Greater, st.Less, st.AtLeast, st.AtMost, st.Unequal)
_FAULTS = (IllFormedError, UndefinedError, UnresolvedError, WorldError)


def edges(fact: Basic, world: World) -> Iterator[World]:
    """The world with a bounded real name at its bound, then as far beyond it as it was before.

    The fact is an inequality on one side of which a fixed real name stands alone, or for every
    index an entry of one: then all its entries are moved. Nothing for any other fact.
    """
    inside = fact.args[0] if isinstance(fact, st.Every) else fact
    if not isinstance(inside, _INEQUALITIES):
        return
    for side, other in (inside.args, inside.args[::-1]):
        name = side.args[0] if isinstance(side, Entry) else side
        if not isinstance(name, Name) or name not in world.values or name in free_names(other):
            continue
        for factor in (0, -1):
            try:
                bound = evaluate(other, world)
                yield world.varied({name: _moved(world.values[name], bound, factor)})
            except _FAULTS:
                continue


def _moved(value: Any, bound: Any, factor: int) -> Any:
    if isinstance(value, (list, tuple)):
        return [_moved(part, bound, factor) for part in value]
    if not isinstance(value, (int, Fraction)) or not isinstance(bound, Fraction):
        raise WorldError("only rationals are moved")
    return bound + factor * (value - bound)
