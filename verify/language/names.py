"""Declarations: what a name is. What could be false stands in `given`, never here."""

from __future__ import annotations

import re
from typing import Any, Self

from sympy.core.expr import AtomicExpr

from verify.language.terms import Leaf, Term, lift, shared

NAME = re.compile(r"[^\W\d_]+[0-9]*(_[^\W_]+)*'*\Z")

#: One axis of a name: the index its later axes may mention (or None), first and last value
#: (None: unbounded above).
Axis = tuple[Any, Any, Any]


class Index(Leaf, Term, AtomicExpr):  # type: ignore[misc]
    """An integer index, bound by a sum or a quantifier, or fixed within its declared range."""

    __slots__ = ("high", "low", "name")
    own = ("name", "low", "high")
    name: str
    low: Any
    high: Any

    def __new__(cls, name: str, low: Any = None, high: Any = None) -> Self:
        first, last = (None if end is None else lift(end) for end in (low, high))
        node: Self = shared(cls, name=name, low=first, high=last)
        return node


class Name(Leaf, Term, AtomicExpr):  # type: ignore[misc]
    """A declared name: `sort` is real, dimension (an integer >= 1), natural (>= 0), or function
    (an unknown real function of one argument, whose ranges are the axes).
    """

    __slots__ = ("axes", "name", "random", "sort")
    own = ("name", "sort", "axes", "random")
    name: str
    sort: str
    axes: tuple[Axis, ...]
    random: bool

    def __new__(cls, name: str, sort: str, axes: tuple[Axis, ...], random: bool) -> Self:
        node: Self = shared(cls, name=name, sort=sort, axes=axes, random=random)
        return node

    def __call__(self, argument: Any) -> Term:
        from verify.language.calculus import Applied

        return Applied(self, argument)
