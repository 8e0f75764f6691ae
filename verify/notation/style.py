"""Where parentheses stand. The two notations (LaTeX, Unicode) fill in the marks.

A term is rendered together with its `Strength`: how tightly its outermost mark binds. A part
whose strength is less than its place asks for is put in parentheses, so that no two terms
with different meanings look alike, and the author's order is kept.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable
from enum import IntEnum
from typing import Any, ClassVar

from sympy import Basic, Integer, Rational, Tuple

from verify.language import arrays as a
from verify.language import functions as f
from verify.language import statements as s
from verify.language.definitions import Call, Definition
from verify.language.names import Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.terms import Illegal, Negative, Plus, Power, Quotient, Times


class Strength(IntEnum):
    """How tightly the outermost mark of an expression binds."""

    QUANTIFIED = 0
    IMPLICATION = 1
    CONJUNCTION = 2
    RELATION = 3
    SUM = 10
    NEGATIVE = 11
    BIG = 12  # a Σ or Π, open to the right
    PRODUCT = 13
    RATIO = 14
    MATRIX_PRODUCT = 15
    PREFIX = 16  # √x
    POWER = 17
    ATOM = 18


class Style(ABC):
    """One notation. Subclasses say what each mark looks like."""

    #: Whether a quotient is a bar (which needs no parentheses) and not a slash.
    bar: ClassVar[bool]

    def __call__(self, node: Basic) -> str:
        """The term or statement on one line."""
        return self.render(node)[0]

    def at(self, node: Basic, needed: Strength) -> str:
        """The node, in parentheses if it binds less tightly than `needed`."""
        text, strength = self.render(node)
        return text if strength >= needed else self.parentheses(text)

    def render(self, node: Basic) -> tuple[str, Strength]:
        """The node and the strength of its outermost mark."""
        for kind in type(node).__mro__:
            method = self._methods().get(kind)
            if method is not None:
                return method(node)
        return self.words(str(type(node).__name__)), Strength.ATOM

    def _methods(self) -> dict[type, Callable[[Any], tuple[str, Strength]]]:
        known = self.__dict__.get("_known")
        if known is None:
            known = self._known = {**_terms(self), **_statements(self)}
        return known

    _known: dict[type, Callable[[Any], tuple[str, Strength]]]

    # -- terms -------------------------------------------------------------------------------

    def plus(self, node: Plus) -> tuple[str, Strength]:
        first, *rest = node.args
        text = self.at(first, Strength.NEGATIVE)
        for part in rest:
            sign, shown = (" - ", part.args[0]) if isinstance(part, Negative) else (" + ", part)
            text += sign + self.at(shown, Strength.BIG)
        return text, Strength.SUM

    def negative(self, node: Negative) -> tuple[str, Strength]:
        return "-" + self.at(node.args[0], Strength.BIG), Strength.NEGATIVE

    def times(self, node: Times) -> tuple[str, Strength]:
        *front, last = node.args
        factor = Strength.RATIO if self.bar else Strength.PREFIX
        shown = [self.at(part, factor) for part in front]
        last_text, last_strength = self.render(last)
        if last_strength != Strength.BIG and last_strength < factor:
            last_text = self.parentheses(last_text)
        return self.juxtapose([*shown, last_text], list(node.args)), Strength.PRODUCT

    def number(self, node: Rational) -> tuple[str, Strength]:
        if node.q == 1:
            return str(node.p), Strength.NEGATIVE if node.p < 0 else Strength.ATOM
        ratio = self.ratio(str(abs(node.p)), str(node.q))
        return ("-" + ratio, Strength.NEGATIVE) if node.p < 0 else (ratio, Strength.RATIO)

    def quotient(self, node: Quotient) -> tuple[str, Strength]:
        top, bottom = node.args
        if self.bar:
            return self.ratio(self(top), self(bottom)), Strength.RATIO
        above, strength = self.render(top)
        if strength < Strength.PRODUCT or strength == Strength.RATIO or opens_right(top):
            above = self.parentheses(above)
        return self.ratio(above, self.at(bottom, Strength.PREFIX)), Strength.RATIO

    def power(self, node: Power) -> tuple[str, Strength]:
        base, exponent = node.args
        return self.raised(self.at(base, Strength.ATOM), exponent), Strength.POWER

    def big(self, node: a.Binding) -> tuple[str, Strength]:
        mark = "".join(self.big_mark(node, where) for where in node.args[1:])
        return mark + self.at(node.args[0], Strength.BIG), Strength.BIG

    def matrix_product(self, node: a.MatMul) -> tuple[str, Strength]:
        left, right = node.args
        parts = [self.at(left, Strength.MATRIX_PRODUCT), self.at(right, Strength.PREFIX)]
        return self.juxtapose_matrices(parts, [left, right]), Strength.MATRIX_PRODUCT

    def transpose(self, node: a.Transpose) -> tuple[str, Strength]:
        return self.transposed(self.at(node.args[0], Strength.ATOM)), Strength.POWER

    def inverse(self, node: a.Inverse) -> tuple[str, Strength]:
        return self.raised(self.at(node.args[0], Strength.ATOM), Integer(-1)), Strength.POWER

    def expectation(self, node: Expectation) -> tuple[str, Strength]:
        return self.operator("E", self(node.args[0])), Strength.ATOM

    def variance(self, node: Variance) -> tuple[str, Strength]:
        return self.operator("V", self(node.args[0])), Strength.ATOM

    def function(self, node: f.Function) -> tuple[str, Strength]:
        return self.applied(type(node).__name__, self(node.args[0])), Strength.ATOM

    def call(self, node: Call) -> tuple[str, Strength]:
        name = self.name(node.args[0].name)
        if len(node.args) == 1:
            return name, Strength.ATOM
        arguments = ", ".join(self(part) for part in node.args[1:])
        return name + self.parentheses(arguments), Strength.ATOM

    def definition(self, node: Definition) -> tuple[str, Strength]:
        parameters = ", ".join(self(part) for part in node.parameters)
        name = self.name(node.name)
        return (name + self.parentheses(parameters) if parameters else name), Strength.ATOM

    def defined(self, node: Definition) -> str:
        """A definition as a line, `name(parameters) := body`."""
        return self(node) + self.assigned + self(node.body)

    def declared(self, node: Name | Index) -> tuple[str, Strength]:
        return self.name(node.name), Strength.ATOM

    def indexed(self, node: a.Entry) -> tuple[str, Strength]:
        base, *indices = node.args
        text, _ = self.render(base)
        plain = isinstance(base, (Name, Call))
        return (
            self.subscripted(text if plain else self.parentheses(text), indices, base),
            Strength.ATOM,
        )

    # -- statements --------------------------------------------------------------------------

    def relation(self, node: s.Relation) -> tuple[str, Strength]:
        left, right = (self.at(part, Strength.SUM) for part in node.args)
        return f"{left} {self.relation_mark(type(node))} {right}", Strength.RELATION

    def implication(self, node: Basic) -> tuple[str, Strength]:
        left, right = (self.at(part, Strength.CONJUNCTION) for part in node.args)
        mark = self.relation_mark(type(node))
        return f"{left} {mark} {right}", Strength.IMPLICATION

    def conjunction(self, node: s.AllOf) -> tuple[str, Strength]:
        parts = [self.at(part, Strength.RELATION) for part in node.args]
        return self.words(" and ").join(parts), Strength.CONJUNCTION

    def quantified(self, node: Basic) -> tuple[str, Strength]:
        word = "for every " if isinstance(node, s.Every) else "for some "
        ranges = ", ".join(self.quantifier(where) for where in node.args[1:])
        return self.words(word) + ranges + self.colon + self(node.args[0]), Strength.QUANTIFIED

    def quantifier(self, where: Basic) -> str:
        """The range of a quantified index, or the sort of a quantified name."""
        if isinstance(where, Tuple):
            return self.ranged(*where)
        kind = {"dimension": "dimension ", "natural": "natural number "}.get(where.sort, "")
        if where.random:
            kind = "random "
        return self.words(kind) + self.element(where)

    def independent(self, node: s.Independent) -> tuple[str, Strength]:
        blocks = ", ".join(self(block) for block in node.args)
        mutually = " mutually" if len(node.args) > 2 else ""
        return blocks + self.words(f"{mutually} independent"), Strength.RELATION

    def uncorrelated(self, node: s.Uncorrelated) -> tuple[str, Strength]:
        block, mean, variance = node.args
        text = self.words("entries of ") + self(block) + self.words(" uncorrelated")
        said = [
            self.words(f"{word} ") + self(pair[0])
            for word, pair in (("mean", mean), ("variance", variance))
            if pair
        ]
        if said:
            text += self.words(" with ") + self.words(" and ").join(said)
        return text, Strength.RELATION

    def finite_moment(self, node: s.FiniteMoment) -> tuple[str, Strength]:
        block, order = node.args
        text = self(block) + self.words(" has finite moments of order ") + self(order)
        return text, Strength.RELATION

    def symmetric_matrix(self, node: s.SymmetricMatrix) -> tuple[str, Strength]:
        return self(node.args[0]) + self.words(" is symmetric"), Strength.RELATION

    def positive_definite(self, node: s.PositiveDefinite) -> tuple[str, Strength]:
        return self(node.args[0]) + self.words(" is positive definite"), Strength.RELATION

    def minimum(self, node: s.GlobalMinimum) -> tuple[str, Strength]:
        objective, variable, constraints, at, value = node.args
        text = self.words("the minimum of ") + self(objective) + self.words(" over ")
        text += self(variable)
        if constraints:
            listed = self.words(" and ").join(
                self.at(each, Strength.RELATION) for each in constraints
            )
            text += self.words(" subject to ") + listed
        where = ", only at " if isinstance(node, s.UniqueMinimum) else ", at "
        text += self.words(" is ") + self(value) + self.words(where)
        return text + f"{self(variable)} = {self(at)}", Strength.QUANTIFIED

    # -- marks -------------------------------------------------------------------------------

    assigned: ClassVar[str] = " := "
    colon: ClassVar[str] = ": "

    @abstractmethod
    def parentheses(self, text: str) -> str:
        """(text)."""

    @abstractmethod
    def words(self, text: str) -> str:
        """Prose within a formula."""

    @abstractmethod
    def name(self, name: str) -> str:
        """A declared name."""

    @abstractmethod
    def juxtapose(self, parts: list[str], factors: list[Basic]) -> str:
        """A product of scalars."""

    @abstractmethod
    def juxtapose_matrices(self, parts: list[str], factors: list[Basic]) -> str:
        """A matrix product."""

    @abstractmethod
    def ratio(self, top: str, bottom: str) -> str:
        """Top over bottom."""

    @abstractmethod
    def raised(self, base: str, exponent: Basic) -> str:
        """Base to the exponent."""

    @abstractmethod
    def transposed(self, base: str) -> str:
        """The transpose."""

    @abstractmethod
    def big_mark(self, node: a.Binding, where: Tuple) -> str:
        """Σ or Π with its range."""

    @abstractmethod
    def operator(self, name: str, inside: str) -> str:
        """E[inside] or V[inside]."""

    @abstractmethod
    def applied(self, kind: str, inside: str) -> str:
        """A function of one variable, `kind` being the name of its node."""

    @abstractmethod
    def root(self, node: f.Root) -> tuple[str, Strength]:
        """The square root."""

    @abstractmethod
    def subscripted(self, base: str, indices: list[Basic], node: Basic) -> str:
        """An entry of an array."""

    @abstractmethod
    def delta(self, node: a.Delta) -> tuple[str, Strength]:
        """Kronecker's delta."""

    @abstractmethod
    def array(self, node: a.Array) -> tuple[str, Strength]:
        """An array given by its entries."""

    @abstractmethod
    def column(self, node: a.Vector) -> tuple[str, Strength]:
        """A vector written out."""

    @abstractmethod
    def illegal(self, node: Illegal) -> tuple[str, Strength]:
        """What does not belong in a term."""

    @abstractmethod
    def relation_mark(self, kind: type[Basic]) -> str:
        """=, ≤, ⇒, ..."""

    @abstractmethod
    def ranged(self, index: Basic, low: Basic, high: Basic | None = None) -> str:
        """index = low..high."""

    @abstractmethod
    def element(self, name: Name) -> str:
        """A name with the space that it ranges over."""


def opens_right(node: Basic) -> bool:
    """Whether the rendering ends in the body of a Σ or Π, which a slash would seem to join."""
    if isinstance(node, (a.Sum, a.Product)):
        return True
    if isinstance(node, (Negative, Times)):
        return opens_right(node.args[-1])
    return False


def _terms(style: Style) -> dict[type, Callable[[Any], tuple[str, Strength]]]:
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
    }


def _statements(style: Style) -> dict[type, Callable[[Any], tuple[str, Strength]]]:
    return {
        s.Relation: style.relation,
        s.Every: style.quantified,
        s.Exists: style.quantified,
        s.Implies: style.implication,
        s.Iff: style.implication,
        s.AllOf: style.conjunction,
        s.Independent: style.independent,
        s.Uncorrelated: style.uncorrelated,
        s.FiniteMoment: style.finite_moment,
        s.SymmetricMatrix: style.symmetric_matrix,
        s.PositiveDefinite: style.positive_definite,
        s.GlobalMinimum: style.minimum,
    }
