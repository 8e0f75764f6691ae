"""Where parentheses stand. The two notations (LaTeX, Unicode) fill in the marks.

A term is rendered together with its `Strength`: how tightly its outermost mark binds. A part
whose strength is less than its place asks for is put in parentheses, so that no two terms
with different meanings look alike, and the author's order is kept.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any, ClassVar

from sympy import Basic, Integer, Rational, Tuple

from verify.language import arrays as a
from verify.language import functions as f
from verify.language import statements as s
from verify.language.calculus import Applied, Derivative, Partial
from verify.language.definitions import Call, Definition
from verify.language.names import Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.terms import Illegal, Negative, Plus, Power, Quotient, Times
from verify.notation.tables import cuts, statements, terms


class Strength(IntEnum):
    """How tightly the outermost mark of an expression binds."""

    QUANTIFIED = 0
    IMPLICATION = 1
    CONJUNCTION = 2
    RELATION = 3
    SUM = 10
    NEGATIVE = 11
    BIG = 12  # a Σ, Π or ∂/∂x, open to the right
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

    def parts(self, node: Basic) -> list[str]:
        """The line cut before its outermost marks, where it may be broken; joined, it is whole."""
        for kind in type(node).__mro__:
            cut = self._cuts().get(kind)
            if cut is not None:
                return cut(node)
        return [self(node)]

    def parts_at(self, node: Basic, needed: Strength) -> list[str]:
        """As `parts`, in one piece if the node is put in parentheses."""
        text, strength = self.render(node)
        return self.parts(node) if strength >= needed else [self.parentheses(text)]

    def _methods(self) -> dict[type, Callable[[Any], tuple[str, Strength]]]:
        known = self.__dict__.get("_known")
        if known is None:
            known = self._known = {**terms(self), **statements(self)}
        return known

    def _cuts(self) -> dict[type, Callable[[Any], list[str]]]:
        known = self.__dict__.get("_known_cuts")
        if known is None:
            known = self._known_cuts = cuts(self)
        return known

    _known: dict[type, Callable[[Any], tuple[str, Strength]]]
    _known_cuts: dict[type, Callable[[Any], list[str]]]

    # -- terms -------------------------------------------------------------------------------

    def plus(self, node: Plus) -> tuple[str, Strength]:
        return "".join(self.summands(node)), Strength.SUM

    def summands(self, node: Plus) -> list[str]:
        """The summands, each with its sign before it."""
        first, *rest = node.args
        parts = [self.at(first, Strength.NEGATIVE)]
        for part in rest:
            sign, shown = (" - ", part.args[0]) if isinstance(part, Negative) else (" + ", part)
            parts.append(sign + self.at(shown, Strength.BIG))
        return parts

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

    def value_at(self, node: Applied) -> tuple[str, Strength]:
        function, argument = node.args
        return self.name(function.name) + self.parentheses(self(argument)), Strength.ATOM

    def partial(self, node: Partial) -> tuple[str, Strength]:
        function, argument, *indices = node.args
        mark = self.partial_mark(indices)
        return mark + self.value_at(Applied(function, argument))[0], Strength.PREFIX

    def derivative(self, node: Derivative) -> tuple[str, Strength]:
        body, along = node.args
        return self.derivative_mark(self(along)) + self.at(body, Strength.BIG), Strength.BIG

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
        return "".join(self.sides(node)), Strength.RELATION

    def sides(self, node: Basic) -> list[str]:
        """Left and right side, the mark before the right one."""
        needed = Strength.SUM if isinstance(node, s.Relation) else Strength.CONJUNCTION
        left, right = (self.parts_at(part, needed) for part in node.args)
        return [*left, f" {self.relation_mark(type(node))} {right[0]}", *right[1:]]

    def implication(self, node: Basic) -> tuple[str, Strength]:
        return "".join(self.sides(node)), Strength.IMPLICATION

    def conjunction(self, node: s.AllOf) -> tuple[str, Strength]:
        return "".join(self.listed(list(node.args))), Strength.CONJUNCTION

    def listed(self, facts: Sequence[Basic]) -> list[str]:
        """Facts, an "and" before each but the first; a short fact is not cut."""
        parts: list[str] = []
        for number, fact in enumerate(facts):
            cut = self.parts_at(fact, Strength.RELATION)
            first, *rest = cut if len(cut) > 2 else ["".join(cut)]
            parts += [self.words(" and ") + first if number else first, *rest]
        return parts

    def quantified(self, node: Basic) -> tuple[str, Strength]:
        return "".join(self.quantifier_and_body(node)), Strength.QUANTIFIED

    def quantifier_and_body(self, node: Basic) -> list[str]:
        """The quantifier with its ranges, and what is said of them."""
        word = "for every " if isinstance(node, s.Every) else "for some "
        ranges = ", ".join(self.quantifier(where) for where in node.args[1:])
        return [self.words(word) + ranges + self.colon, *self.parts(node.args[0])]

    def quantifier(self, where: Basic) -> str:
        """The range of a quantified index, or the sort of a quantified name."""
        if isinstance(where, Tuple):
            return self.ranged(*where)
        if not isinstance(where, Name):
            return self(where)  # what does not belong there is still shown
        if where.sort == "function":
            return self.words("function ") + self.name(where.name)
        kind = {"dimension": "dimension ", "natural": "natural number "}.get(where.sort, "")
        if where.random:
            kind = "random "
        return self.words(kind) + self.element(where)

    def independent(self, node: s.Independent) -> tuple[str, Strength]:
        blocks = ", ".join(self(block) for block in node.args)
        mutually = " mutually" if len(node.args) > 2 else ""
        return blocks + self.words(f"{mutually} independent"), Strength.RELATION

    def independent_entries(self, node: s.IndependentEntries) -> tuple[str, Strength]:
        block = self(node.args[0])
        text = self.words("entries of ") + block + self.words(" mutually independent")
        return text, Strength.RELATION

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

    def differentiable(self, node: s.Differentiable) -> tuple[str, Strength]:
        return self(node.args[0]) + self.words(" is continuously differentiable"), Strength.RELATION

    def symmetric_matrix(self, node: s.SymmetricMatrix) -> tuple[str, Strength]:
        return self(node.args[0]) + self.words(" is symmetric"), Strength.RELATION

    def positive_definite(self, node: s.PositiveDefinite) -> tuple[str, Strength]:
        return self(node.args[0]) + self.words(" is positive definite"), Strength.RELATION

    def minimum(self, node: s.GlobalMinimum) -> tuple[str, Strength]:
        return "".join(self.minimum_parts(node)), Strength.QUANTIFIED

    def minimum_parts(self, node: s.GlobalMinimum) -> list[str]:
        """Objective, variable and constraints, value, place."""
        objective, variable, constraints, at, value = node.args
        first, *rest = self.parts(objective)
        parts = [self.words("the minimum of ") + first, *rest]
        parts.append(self.words(" over ") + self(variable))
        if constraints:
            held = self.listed(list(constraints))
            parts += [self.words(" subject to ") + held[0], *held[1:]]
        parts.append(self.words(" is ") + self(value) + ",")
        where = " only at " if isinstance(node, s.UniqueMinimum) else " at "
        return [*parts, self.words(where) + f"{self(variable)} = {self(at)}"]

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
    def partial_mark(self, indices: list[Basic]) -> str:
        """∂ with the coordinate along which an unknown function is differentiated."""

    @abstractmethod
    def derivative_mark(self, along: str) -> str:
        """∂/∂along."""

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
    """Whether the rendering ends in the body of a Σ, Π or ∂/∂x, which a slash would seem to
    join.
    """
    if isinstance(node, (a.Sum, a.Product, Derivative)):
        return True
    if isinstance(node, (Negative, Times)):
        return opens_right(node.args[-1])
    return False
