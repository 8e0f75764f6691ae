"""Worlds at the edge of an inequality and past it, made from worlds of a claim.

A hypothesis like c > 0 is needed where the claim fails for c = 0 or for some c < 0. Such worlds
need no author: a world of the claim becomes one when the name that is bounded is moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import Any

from sympy import Basic

from verify.language import statements as st
from verify.language.arrays import Entry
from verify.language.names import Name
from verify.language.substitution import free_names
from verify.language.terms import lift
from verify.semantics import (
    IllFormedError,
    UndefinedError,
    UnresolvedError,
    World,
    WorldError,
    evaluate,
)

_INEQUALITIES = (st.Greater, st.Less, st.AtLeast, st.AtMost, st.Unequal)
_ZERO = lift(0)
_FAULTS = (IllFormedError, UndefinedError, UnresolvedError, WorldError)


def edges(fact: Basic, world: World) -> Iterator[World]:
    """Worlds in which a fixed real name that an inequality mentions has another value.

    Where the name stands alone on one side: its bound, then as far beyond it as it was before. In
    any other place, and in a matrix that is positive definite: 0. An array is moved as a whole, be
    it the fact for every index that speaks of its entries. Nothing for other kinds of facts.
    """
    inside = fact.args[0] if isinstance(fact, st.Every) else fact
    if not isinstance(inside, (*_INEQUALITIES, st.PositiveDefinite)):
        return
    alone = set[Basic]()
    if isinstance(inside, _INEQUALITIES):
        for side, other in (inside.args, inside.args[::-1]):
            name = side.args[0] if isinstance(side, Entry) else side
            if isinstance(name, Name) and name not in free_names(other):
                alone.add(name)
                yield from _varied(world, name, other, (0, -1))
    for name in sorted(free_names(inside) - alone, key=str):
        yield from _varied(world, name, _ZERO, (0,))


def _varied(world: World, name: Any, bound: Basic, factors: Iterable[int]) -> Iterator[World]:
    """The name put at the bound, and the other way by these multiples of its distance."""
    if getattr(name, "sort", "") != "real" or name not in world.values:
        return
    for factor in factors:
        try:
            value = _moved(world.values[name], evaluate(bound, world), factor)
            yield world.varied({name: value})
        except _FAULTS:
            continue


def _moved(value: Any, bound: Any, factor: int) -> Any:
    if isinstance(value, (list, tuple)):
        return [_moved(part, bound, factor) for part in value]
    if not isinstance(value, (int, Fraction)) or not isinstance(bound, Fraction):
        raise WorldError("only rationals are moved")
    return bound + factor * (value - bound)
