"""One-line Unicode: `V[a] = n·v·q`, `Σ_{j=1..n} W[j]·x[j]`."""

from __future__ import annotations

from typing import ClassVar

from sympy import Basic, Integer, Rational, Tuple

from verify.language import arrays as a
from verify.language import functions as f
from verify.language import statements as s
from verify.language.names import Name
from verify.language.terms import Illegal, Negative
from verify.notation.greek import letter
from verify.notation.style import Strength, Style

_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")

_FRACTIONS = {(1, 2): "½", (1, 3): "⅓", (2, 3): "⅔", (1, 4): "¼", (3, 4): "¾"}

_FUNCTIONS = {
    "ReLU": "ReLU",
    "Sign": "sign",
    "Exp": "exp",
    "Log": "log",
    "Tanh": "tanh",
    "Sigmoid": "sigmoid",
}


class Text(Style):
    """Unicode on one line, with brackets for indices."""

    bar: ClassVar[bool] = False

    def parentheses(self, text: str) -> str:
        return f"({text})"

    def words(self, text: str) -> str:
        return text

    def name(self, name: str) -> str:
        stem = name.rstrip("'")
        shown = "_".join(letter(part) for part in stem.split("_"))
        return shown + "′" * (len(name) - len(stem))

    def juxtapose(self, parts: list[str], factors: list[Basic]) -> str:
        return "·".join(parts)

    def juxtapose_matrices(self, parts: list[str], factors: list[Basic]) -> str:
        return " @ ".join(parts)

    def number(self, node: Rational) -> tuple[str, Strength]:
        shown = _FRACTIONS.get((node.p, node.q))
        return (shown, Strength.POWER) if shown else super().number(node)

    def ratio(self, top: str, bottom: str) -> str:
        return f"{top}/{bottom}"

    def raised(self, base: str, exponent: Basic) -> str:
        if isinstance(exponent, Integer):
            return base + str(exponent).translate(_SUPERSCRIPTS)
        return f"{base}^{self.at(exponent, Strength.ATOM)}"

    def transposed(self, base: str) -> str:
        return base + "ᵀ"

    def big_mark(self, node: a.Binding, where: Tuple) -> str:
        return ("Σ" if isinstance(node, a.Sum) else "Π") + self._range(where) + " "

    def _range(self, where: Tuple) -> str:
        return "_{" + self.ranged(*where) + "}"

    def partial_mark(self, indices: list[Basic]) -> str:
        below = ", ".join(self(each) for each in indices)
        return f"∂_{below if len(below) == 1 else '{' + below + '}'} " if indices else "∂"

    def derivative_mark(self, along: str) -> str:
        return f"∂/∂{along} "

    def operator(self, name: str, inside: str) -> str:
        return f"{name}[{inside}]"

    def applied(self, kind: str, inside: str) -> str:
        return f"|{inside}|" if kind == "Abs" else f"{_FUNCTIONS.get(kind, kind)}({inside})"

    def root(self, node: f.Root) -> tuple[str, Strength]:
        return "√" + self.at(node.args[0], Strength.ATOM), Strength.PREFIX

    def subscripted(self, base: str, indices: list[Basic], node: Basic) -> str:
        return f"{base}[{', '.join(self(each) for each in indices)}]"

    def delta(self, node: a.Delta) -> tuple[str, Strength]:
        return "δ_{" + ", ".join(self(each) for each in node.args) + "}", Strength.ATOM

    def array(self, node: a.Array) -> tuple[str, Strength]:
        ranges = ", ".join(self.ranged(*where) for where in node.args[1:])
        return f"({self(node.args[0])})_{{{ranges}}}", Strength.ATOM

    def column(self, node: a.Vector) -> tuple[str, Strength]:
        entries = ", ".join(self(each) for each in node.args)
        return f"({entries},)" if len(node.args) == 1 else f"({entries})", Strength.ATOM

    def illegal(self, node: Illegal) -> tuple[str, Strength]:
        return f"⟨{node.what}⟩", Strength.ATOM

    def sides(self, node: Basic) -> list[str]:
        parts = super().sides(node)
        if isinstance(node, s.SameLaw):
            left, right = node.args
            parts[-1] += " (symmetric)" if right == Negative(left) else " (same law)"
        return parts

    def relation_mark(self, kind: type[Basic]) -> str:
        if issubclass(kind, s.Relation):
            return str(kind.symbol)
        return "⇔" if issubclass(kind, s.Iff) else "⇒"

    def ranged(self, index: Basic, low: Basic, high: Basic | None = None) -> str:
        if high is None:
            return f"{self(index)} ≥ {self(low)}"
        return f"{self(index)}={self(low)}..{self(high)}"

    def element(self, name: Name) -> str:
        if not name.axes:
            return self.name(name.name)
        sizes = "×".join(
            "∞" if high is None else self(high) if low == 1 else f"{self(low)}..{self(high)}"
            for _, low, high in name.axes
        )
        return f"{self.name(name.name)} ∈ ℝ^{sizes if len(sizes) == 1 else '{' + sizes + '}'}"


text = Text()
