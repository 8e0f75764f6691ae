"""Statements as an author says them."""

from __future__ import annotations

from typing import Any

from verify.language.statements import (
    AllOf,
    Differentiable,
    Equation,
    Every,
    Exists,
    FiniteMoment,
    GlobalMinimum,
    Iff,
    Implies,
    Independent,
    IndependentEntries,
    PositiveDefinite,
    SameLaw,
    SymmetricMatrix,
    Uncorrelated,
    UniqueMinimum,
)
from verify.language.terms import Illegal


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
