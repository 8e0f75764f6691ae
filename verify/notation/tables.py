"""Which method of a notation renders which kind of node: one line a kind.

A kind that is not listed is rendered as the nearest of its base classes that is.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from sympy import Rational

from verify.language import arrays as a
from verify.language import functions as f
from verify.language import statements as s
from verify.language.calculus import Applied, Derivative, Partial
from verify.language.definitions import Call, Definition
from verify.language.names import Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.terms import Illegal, Negative, Plus, Power, Quotient, Times

if TYPE_CHECKING:
    from verify.notation.style import Strength, Style


def terms(style: Style) -> dict[type, Callable[[Any], tuple[str, Strength]]]:
    """Terms, names and definitions."""
    return {
        Plus: style.plus,
        Negative: style.negative,
        Times: style.times,
        Quotient: style.quotient,
        Power: style.power,
        Rational: style.number,
        Name: style.declared,
        Index: style.declared,
        Call: style.call,
        Definition: style.definition,
        Illegal: style.illegal,
        a.Sum: style.big,
        a.Product: style.big,
        a.Array: style.array,
        a.Vector: style.column,
        a.Entry: style.indexed,
        a.Delta: style.delta,
        a.Transpose: style.transpose,
        a.MatMul: style.matrix_product,
        a.Inverse: style.inverse,
        f.Root: style.root,
        f.Function: style.function,
        Expectation: style.expectation,
        Variance: style.variance,
        Applied: style.value_at,
        Partial: style.partial,
        Derivative: style.derivative,
    }


def statements(style: Style) -> dict[type, Callable[[Any], tuple[str, Strength]]]:
    """What is assumed or claimed."""
    return {
        s.Relation: style.relation,
        s.Every: style.quantified,
        s.Exists: style.quantified,
        s.Implies: style.implication,
        s.Iff: style.implication,
        s.AllOf: style.conjunction,
        s.Independent: style.independent,
        s.IndependentEntries: style.independent_entries,
        s.Uncorrelated: style.uncorrelated,
        s.FiniteMoment: style.finite_moment,
        s.Differentiable: style.differentiable,
        s.SymmetricMatrix: style.symmetric_matrix,
        s.PositiveDefinite: style.positive_definite,
        s.GlobalMinimum: style.minimum,
    }


def cuts(style: Style) -> dict[type, Callable[[Any], list[str]]]:
    """How the kinds of node that may be broken are cut; any other stands in one piece."""
    return {
        Plus: style.summands,
        s.Relation: style.sides,
        s.Implies: style.sides,
        s.Iff: style.sides,
        s.AllOf: lambda node: style.listed(node.args),
        s.Every: style.quantifier_and_body,
        s.Exists: style.quantifier_and_body,
        s.GlobalMinimum: style.minimum_parts,
    }
