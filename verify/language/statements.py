"""Statements: relations, laws, quantifiers, minima. They never evaluate to true or false."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from sympy import Basic, Tuple

from verify.language.arrays import binder
from verify.language.names import Name
from verify.language.terms import Illegal, lift, shared


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


class Every(Statement):
    """`Every(statement, (index, first, last) | name, ...)`."""

    def __new__(cls, statement: Any, *where: Any) -> Self:
        node: Self = shared(cls, lift(statement), *(_quantified(each) for each in where))
        return node


class Exists(Statement):
    """`Exists(statement, name, ...)`: some values of the declared names satisfy it."""

    def __new__(cls, statement: Any, *where: Any) -> Self:
        node: Self = shared(cls, lift(statement), *(_quantified(each) for each in where))
        return node


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


def _quantified(where: Any) -> Basic:
    if isinstance(where, Name):
        return where
    return binder(where)


def _maybe(value: Any) -> Tuple:
    if isinstance(value, Tuple):
        return value
    return Tuple() if value is None else Tuple(lift(value))


def equation(left: Any, right: Any) -> Equation:
    """left = right."""
    return Equation(left, right)


def every(where: Any, statement: Any) -> Every:
    """The statement for each value of an index in its range, or of a declared name.

    `where` is an index declared with its range, (index, first, last), a name, or a list of them.
    """
    return Every(statement, *(where if isinstance(where, list) else [where]))


def exists(where: Any, statement: Any) -> Exists:
    """The statement for some value of the declared name (or list of names)."""
    return Exists(statement, *(where if isinstance(where, list) else [where]))


def implies(premise: Any, conclusion: Any) -> Implies:
    """premise ⇒ conclusion."""
    return Implies(premise, conclusion)


def iff(left: Any, right: Any) -> Iff:
    """left ⇔ right."""
    return Iff(left, right)


def all_of(*statements: Any) -> AllOf:
    """Every one of the statements."""
    return AllOf(*statements)


def independent(*blocks: Any) -> Independent:
    """The blocks are mutually independent (entries within one block need not be)."""
    return Independent(*blocks)


def mutually_independent(block: Any) -> IndependentEntries:
    """All entries of the block are mutually independent."""
    return IndependentEntries(block)


def uncorrelated(block: Any, mean: Any = None, variance: Any = None) -> Uncorrelated:
    """Entries of the block are pairwise uncorrelated, with a common mean and variance if given."""
    return Uncorrelated(block, mean, variance)


def symmetric(block: Any) -> SameLaw:
    """The block and its negative have the same joint law."""
    return SameLaw(block, -block if not isinstance(block, Illegal) else block)


def differentiable(function: Any) -> Differentiable:
    """The unknown function is continuously differentiable."""
    return Differentiable(function)


def finite_moment(block: Any, order: int) -> FiniteMoment:
    """E|X|^order is finite for each entry X of the block."""
    return FiniteMoment(block, order)


def symmetric_matrix(matrix: Any) -> SymmetricMatrix:
    """The matrix equals its transpose."""
    return SymmetricMatrix(matrix)


def positive_definite(matrix: Any) -> PositiveDefinite:
    """z.T @ M @ z > 0 for every nonzero vector z."""
    return PositiveDefinite(matrix)


def minimum(
    objective: Any, *, over: Any, at: Any, value: Any, subject_to: Any = (), unique: bool = False
) -> GlobalMinimum:
    """`at` is a (the unique) global minimiser of the objective over the feasible set."""
    kind = UniqueMinimum if unique else GlobalMinimum
    return kind(objective, over, tuple(subject_to), at, value)
