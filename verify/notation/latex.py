r"""LaTeX as in a textbook: `\mathbb{E}\left[x_{j}^{2}\right]`, `\sum_{j=1}^{n} W_{j} x_{j}`."""

from __future__ import annotations

import re
from typing import ClassVar

from sympy import Basic, Tuple

from verify.language import arrays as a
from verify.language import functions as f
from verify.language import statements as s
from verify.language.definitions import Call
from verify.language.names import Index, Name
from verify.language.terms import Illegal
from verify.notation.greek import command
from verify.notation.style import Strength, Style

_FUNCTIONS = {
    "ReLU": r"\operatorname{ReLU}",
    "Sign": r"\operatorname{sign}",
    "Log": r"\log",
    "Tanh": r"\tanh",
    "Sigmoid": r"\operatorname{sigmoid}",
}

_RELATIONS: dict[type[Basic], str] = {
    s.Equation: "=",
    s.Unequal: r"\neq",
    s.AtMost: r"\le",
    s.Less: "<",
    s.AtLeast: r"\ge",
    s.Greater: ">",
    s.SameLaw: r"\overset{d}{=}",
    s.Implies: r"\Rightarrow",
    s.Iff: r"\Leftrightarrow",
}

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{mark: "\\" + mark for mark in "#$%&_{}"},
}
_PART = re.compile(r"([^\W\d_]+)([0-9]*)\Z")


class Latex(Style):
    """LaTeX mathematics, without the surrounding dollars."""

    bar: ClassVar[bool] = True
    assigned: ClassVar[str] = r" := "
    colon: ClassVar[str] = r"\colon\; "

    def parentheses(self, text: str) -> str:
        return rf"\left({text}\right)"

    def words(self, text: str) -> str:
        return rf"\text{{{text}}}" if text else ""

    def name(self, name: str) -> str:
        stem = name.rstrip("'")
        head, *tail = stem.split("_")
        matched = _PART.match(head)
        letters, digits = matched.groups() if matched else (head, "")
        below = [digits] if digits else []
        below += [part if part.isdigit() else self._letters(part) for part in tail]
        shown = self._letters(letters) + "'" * (len(name) - len(stem))
        return f"{shown}_{{{','.join(below)}}}" if below else shown

    def _letters(self, word: str) -> str:
        known = command(word)
        if known is not None:
            return known
        return word if len(word) == 1 else rf"\mathrm{{{word}}}"

    def juxtapose(self, parts: list[str], factors: list[Basic]) -> str:
        text = parts[0]
        for before, part in zip(factors, parts[1:], strict=False):
            # A name before a parenthesis would read as a function of what is inside.
            applied = part.startswith(r"\left(") and isinstance(before, (Name, Index, Call))
            text += (r" \cdot " if part[0].isdigit() or applied else " ") + part
        return text

    def juxtapose_matrices(self, parts: list[str], factors: list[Basic]) -> str:
        applied = parts[1].startswith(r"\left(") and isinstance(factors[0], (Name, Call))
        return (r" \cdot " if applied else " ").join(parts)

    def ratio(self, top: str, bottom: str) -> str:
        return rf"\frac{{{top}}}{{{bottom}}}"

    def power(self, node: Basic) -> tuple[str, Strength]:
        base, exponent = node.args
        shown = self.at(base, Strength.ATOM)
        if isinstance(base, f.Exp):  # e^{x} is itself a power
            shown = self.parentheses(shown)
        return self.raised(shown, exponent), Strength.POWER

    def raised(self, base: str, exponent: Basic) -> str:
        return f"{base}^{{{self(exponent)}}}"

    def transposed(self, base: str) -> str:
        return base + r"^{\top}"

    def big_mark(self, node: a.Binding, where: Tuple) -> str:
        bound, low, *high = where
        mark = r"\sum" if isinstance(node, a.Sum) else r"\prod"
        end = self(high[0]) if high else r"\infty"
        return f"{mark}_{{{self(bound)}={self(low)}}}^{{{end}}} "

    def partial_mark(self, indices: list[Basic]) -> str:
        below = ",".join(self(each) for each in indices)
        return rf"\partial_{{{below}}} " if indices else r"\partial "

    def derivative_mark(self, along: str) -> str:
        return rf"\frac{{\partial}}{{\partial {along}}} "

    def operator(self, name: str, inside: str) -> str:
        return rf"\mathbb{{{name}}}\left[{inside}\right]"

    def applied(self, kind: str, inside: str) -> str:
        if kind == "Abs":
            return rf"\left|{inside}\right|"
        if kind == "Exp":
            return f"e^{{{inside}}}"
        return _FUNCTIONS.get(kind, rf"\operatorname{{{kind}}}") + self.parentheses(inside)

    def root(self, node: f.Root) -> tuple[str, Strength]:
        return rf"\sqrt{{{self(node.args[0])}}}", Strength.ATOM

    def subscripted(self, base: str, indices: list[Basic], node: Basic) -> str:
        below = ",".join(self(each) for each in indices)
        named = isinstance(node, (Name, Call)) and len(node.args) < 2
        if named and "_{" in base:  # the name has a subscript of its own: W_{1;j}
            return f"{base[:-1]};{below}}}"
        return f"{base}_{{{below}}}"

    def delta(self, node: a.Delta) -> tuple[str, Strength]:
        parts = [self(each) for each in node.args]
        short = all(isinstance(each, Index) and len(each.name) == 1 for each in node.args)
        return rf"\delta_{{{('' if short else ',').join(parts)}}}", Strength.ATOM

    def array(self, node: a.Array) -> tuple[str, Strength]:
        ranges = ", ".join(self.ranged(*where) for where in node.args[1:])
        return rf"\left({self(node.args[0])}\right)_{{{ranges}}}", Strength.ATOM

    def column(self, node: a.Vector) -> tuple[str, Strength]:
        entries = r" \\ ".join(self(each) for each in node.args)
        return rf"\begin{{pmatrix}} {entries} \end{{pmatrix}}", Strength.ATOM

    def illegal(self, node: Illegal) -> tuple[str, Strength]:
        shown = "".join(_SPECIAL.get(each, each) for each in node.what)
        return rf"\langle\text{{{shown}}}\rangle", Strength.ATOM

    def relation_mark(self, kind: type[Basic]) -> str:
        return _RELATIONS[kind]

    def ranged(self, index: Basic, low: Basic, high: Basic | None = None) -> str:
        if high is None:
            return rf"{self(index)} \ge {self(low)}"
        return rf"{self(index)} = {self(low)}, \dots, {self(high)}"

    def element(self, name: Name) -> str:
        if not name.axes:
            return self.name(name.name)
        sizes = r" \times ".join(
            r"\infty" if high is None else self(high) if low == 1 else self.ranged_size(low, high)
            for _, low, high in name.axes
        )
        return rf"{self.name(name.name)} \in \mathbb{{R}}^{{{sizes}}}"

    def ranged_size(self, low: Basic, high: Basic) -> str:
        """The index set low..high as an exponent."""
        return rf"\{{{self(low)}, \dots, {self(high)}\}}"


latex = Latex()
