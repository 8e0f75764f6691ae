"""Statements: relations, laws, quantifiers, minima. They never evaluate to true or false."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from sympy import Basic, Tuple

from verify.language.arrays import binder
from verify.language.names import Name
from verify.language.terms import lift, shared


class Statement(Basic):  # type: ignore[misc]
    """Something that can be true or false."""

    __slots__ = ()

    def __new__(cls, *args: Any) -> Self:
        node: Self = shared(cls, *[lift(argument) for argument in args])
        return node

    def __bool__(self) -> bool:
        raise TypeError("a statement is not a truth value; prove it, or evaluate it in a world")


class Relation(Statement):
    """left R right."""

    symbol: ClassVar[str] = "?"


class Equation(Relation):
    symbol = "="


class Unequal(Relation):
    symbol = "≠"


class AtMost(Relation):
    symbol = "≤"


class Less(Relation):
    symbol = "<"


class AtLeast(Relation):
    symbol = "≥"


class Greater(Relation):
    symbol = ">"


class SameLaw(Relation):
    """The two random terms (scalars or arrays, jointly) have the same distribution."""

    symbol = "~"


class Quantified(Statement):
    """A statement about what it binds: ranges (index, first, last), declared names."""

    def __new__(cls, statement: Any, *where: Any) -> Self:
        bound = (each if isinstance(each, Name) else binder(each) for each in where)
        node: Self = shared(cls, lift(statement), *bound)
        return node


class Every(Quantified):
    """`Every(statement, (index, first, last) | name, ...)`."""


class Exists(Quantified):
    """`Exists(statement, name, ...)`: some values of the declared names satisfy it."""


class Implies(Statement):
    """Whenever the first holds, the second does."""


class Iff(Statement):
    """Each of the two implies the other."""


class AllOf(Statement):
    """All of the statements hold."""


class Law(Statement):
    """A property of the joint law of random names."""


class Independent(Law):
    """The blocks (random names, or slices of them) are mutually independent."""


class Uncorrelated(Law):
    """`Uncorrelated(block, (mean,), (variance,))`: any two distinct entries are uncorrelated, and
    all have the given mean and variance; an empty pair says nothing. Entries are in L².
    """

    def __new__(cls, block: Any, mean: Any, variance: Any) -> Self:
        node: Self = shared(cls, lift(block), _maybe(mean), _maybe(variance))
        return node


class IndependentEntries(Law):
    """All entries of the block (a random name, or a slice of one) are mutually independent."""


class Differentiable(Statement):
    """The unknown function has continuous partial derivatives everywhere."""


class FiniteMoment(Law):
    """`FiniteMoment(block, k)`: each entry X has E|X|^k < ∞."""


class SymmetricMatrix(Statement):
    """M[i, j] = M[j, i]."""


class PositiveDefinite(Statement):
    """z.T @ M @ z > 0 for every vector z ≠ 0 (M need not be symmetric)."""


class GlobalMinimum(Statement):
    """`GlobalMinimum(objective, variable, constraints, at, value)`: `at` satisfies the
    constraints, the objective is `value` there, and no feasible point has less.
    """

    def __new__(cls, objective: Any, variable: Any, constraints: Any, at: Any, value: Any) -> Self:
        listed = Tuple(*(lift(each) for each in constraints))
        parts = (lift(objective), lift(variable), listed, lift(at), lift(value))
        node: Self = Basic.__new__(cls, *parts)
        return node


class UniqueMinimum(GlobalMinimum):
    """A `GlobalMinimum` that no other feasible point attains."""


def _maybe(value: Any) -> Tuple:
    if isinstance(value, Tuple):
        return value
    return Tuple() if value is None else Tuple(lift(value))
