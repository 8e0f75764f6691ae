r"""How wide TeX will set a formula, without TeX: the widths of Computer Modern, and TeX's spacing.

Reads the LaTeX that `verify.notation` writes, whole or in parts (braces balance, brackets need
not). Widths are in em of the text, 10 pt in an article; those of letters are the fonts', the
spaces between marks are those of the TeXbook, chapter 18. Within a few per cent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Literal

#: What a mark is, for the space around it: a name, an operator, a binary mark, a relation, a
#: bracket, punctuation, or a bracketed part.
Kind = Literal["ord", "op", "bin", "rel", "open", "close", "punct", "inner", "space"]

_SIGN = re.compile(r"\\[A-Za-z]+\*?|\\.|\s+|[^\s\\]", re.DOTALL)


def _table(told: str) -> dict[str, float]:
    """Names with widths in hundredths of an em."""
    words = told.split()
    return {name: int(width) / 100 for name, width in zip(words[::2], words[1::2], strict=True)}


_ITALIC = _table(
    "a 53 b 43 c 43 d 52 e 47 f 60 g 51 h 58 i 34 j 47 k 55 l 32 m 88 n 60 o 48 p 50 q 48 r 48 "
    "s 47 t 36 u 57 v 52 w 74 x 57 y 53 z 51 A 75 B 81 C 79 D 86 E 80 F 78 G 79 H 91 I 52 J 65 "
    "K 92 L 68 M 108 N 91 O 79 P 78 Q 79 R 77 S 67 T 72 U 79 V 81 W 108 X 91 Y 80 Z 75"
)
_ROMAN = _table(
    "a 50 b 56 c 44 d 56 e 44 f 38 g 51 h 56 i 28 j 31 k 53 l 28 m 83 n 56 o 50 p 56 q 53 r 39 "
    "s 39 t 39 u 56 v 54 w 74 x 53 y 54 z 44 A 75 B 71 C 72 D 76 E 68 F 65 G 78 H 75 I 36 J 51 "
    "K 78 L 63 M 92 N 75 O 78 P 68 Q 78 R 74 S 56 T 72 U 75 V 76 W 104 X 75 Y 78 Z 61"
)
_COMMANDS = _table(
    r"\alpha 64 \beta 62 \gamma 57 \delta 48 \epsilon 41 \varepsilon 47 \zeta 51 \eta 53 "
    r"\theta 50 \iota 35 \kappa 58 \lambda 58 \mu 60 \nu 56 \xi 48 \pi 61 \rho 52 \sigma 61 "
    r"\tau 55 \upsilon 58 \phi 60 \chi 63 \psi 69 \omega 66 \Gamma 63 \Delta 83 \Theta 78 "
    r"\Lambda 69 \Xi 67 \Pi 75 \Sigma 72 \Upsilon 78 \Phi 72 \Psi 78 \Omega 72 \partial 59 "
    r"\infty 100 \top 78 \langle 39 \rangle 39 \{ 50 \} 50"
)
_MARKS: dict[str, tuple[Kind, float]] = {
    "+": ("bin", 0.78), "-": ("bin", 0.78), r"\cdot": ("bin", 0.28), r"\times": ("bin", 0.78),
    "=": ("rel", 0.78), "<": ("rel", 0.78), ">": ("rel", 0.78), r"\le": ("rel", 0.78),
    r"\ge": ("rel", 0.78), r"\neq": ("rel", 0.78), r"\in": ("rel", 0.67), ":": ("rel", 0.28),
    r"\Rightarrow": ("rel", 1.0), r"\Leftrightarrow": ("rel", 1.0),
    "(": ("open", 0.39), "[": ("open", 0.28), ")": ("close", 0.39), "]": ("close", 0.28),
    ",": ("punct", 0.28), ";": ("punct", 0.28), r"\colon": ("punct", 0.56), "|": ("ord", 0.28),
    r"\dots": ("inner", 1.33), r"\sum": ("op", 1.44), r"\prod": ("op", 1.28),
    r"\quad": ("space", 1.0), r"\qquad": ("space", 2.0), r"\;": ("space", 0.28),
    r"\,": ("space", 0.17), r"\ ": ("space", 0.33), "'": ("ord", 0.28),
}  # fmt: skip

_THIN, _MEDIUM, _THICK = 1 / 6, 2 / 9, 5 / 18

#: Widths of brackets by what they hold: a line, something with indices, a fraction, a sum.
_BRACKETS = {
    "(": (0.39, 0.46, 0.74, 0.77), ")": (0.39, 0.46, 0.74, 0.77), "[": (0.28, 0.42, 0.53, 0.55),
    "]": (0.28, 0.42, 0.53, 0.55), "|": (0.28, 0.28, 0.33, 0.33),
}  # fmt: skip
_OTHER = (0.4, 0.5, 0.6, 0.7)
_SIZES = {r"\big": 1, r"\Big": 2, r"\bigg": 3, r"\Bigg": 3}

#: How wide letters are in the styles of a line, of indices, and of their indices.
_SCALES = (1.0, 0.8, 0.68)


@dataclass
class _Atom:
    kind: Kind
    width: float
    height: int = 0
    limits: bool = False
    base: float = 0.0
    below: float = 0.0
    above: float = 0.0


@cache
def width(latex: str, *, display: bool = True) -> float:
    """The width of a formula, or of a part of one, in display style or within a line of text."""
    atoms = _Reader(latex, 0, display=display).atoms()
    # A part that begins with a mark goes on from another.
    leads = bool(atoms) and atoms[0].kind in ("bin", "rel")
    return _total([_Atom("ord", 0.0), *atoms] if leads else atoms, 0)


class _Reader:
    """Reads signs into atoms; `level` 0 is the line, 1 its indices, 2 theirs."""

    def __init__(self, latex: str, level: int, *, display: bool) -> None:
        self.signs = _SIGN.findall(latex)
        self.at = 0
        self.level = level
        self.display = display

    def atoms(self, *ends: str) -> list[_Atom]:
        """Up to one of the ends, which is read too, or to the end of all."""
        found: list[_Atom] = []
        while self.at < len(self.signs):
            sign = self._next()
            if sign in ends:
                break
            if sign in ("^", "_"):
                self._script(found, sign)
            elif not sign.isspace() and sign != "&":
                found.append(self._atom(sign))
        return found

    def _next(self) -> str:
        sign: str = self.signs[self.at]
        self.at += 1
        return sign

    def _argument(self) -> str:
        """A braced argument as it is written, or a single mark."""
        while self.signs[self.at].isspace():
            self.at += 1
        if self._next() != "{":
            return str(self.signs[self.at - 1])
        start, depth = self.at, 1
        while depth:
            sign = self._next()
            depth += (sign == "{") - (sign == "}")
        return "".join(self.signs[start : self.at - 1])

    def _within(self, latex: str, level: int, *, display: bool = False) -> _Atom:
        inner = _Reader(latex, level, display=display).atoms()
        height = max((each.height for each in inner), default=0)
        return _Atom("ord", _total(inner, level), height)

    def _script(self, found: list[_Atom], mark: str) -> None:
        script = self._within(self._argument(), min(self.level + 1, 2)).width
        last = found[-1] if found else _Atom("ord", 0.0)
        if not found:
            found.append(last)
        last.base = last.base or last.width
        last.above, last.below = (script, last.below) if mark == "^" else (last.above, script)
        most = max(last.above, last.below)
        last.width = max(last.base, most) if last.limits else last.base + most + 0.05
        last.height = 3 if last.limits else max(last.height, 1)

    def _atom(self, sign: str) -> _Atom:
        scale = _SCALES[self.level]
        if sign == "{":
            self.at -= 1
            return self._within(self._argument(), self.level, display=self.display)
        if sign in _MARKS:
            kind, wide = _MARKS[sign]
            limits = sign in (r"\sum", r"\prod") and self.display
            return _Atom(kind, wide * scale, 3 * limits, limits)
        if sign in _COMMANDS:
            return _Atom("ord", _COMMANDS[sign] * scale)
        if sign.startswith("\\"):
            return self._command(sign, scale)
        return _Atom("ord", _ITALIC.get(sign, 0.5) * scale)

    def _command(self, sign: str, scale: float) -> _Atom:
        if sign in (r"\text", r"\mathrm"):
            return _Atom("ord", words_width(self._argument()) * scale)
        if sign == r"\mathbb":
            return _Atom("ord", 0.7 * scale * len(self._argument()))
        if sign == r"\operatorname":
            return _Atom("op", words_width(self._argument()) * scale)
        if sign == r"\frac":
            return self._fraction()
        if sign == r"\sqrt":
            inside = self._within(self._argument(), self.level, display=self.display)
            return _Atom("ord", inside.width + (1.0 if inside.height else 0.84), inside.height)
        if sign == r"\overset":
            above, mark = self._argument(), self._argument()
            wide = self._within(above, min(self.level + 1, 2)).width
            return _Atom("rel", max(wide, self._within(mark, self.level).width))
        if sign == r"\left":
            return self._fenced()
        if sign == r"\begin":
            return self._table(self._argument())
        if sign[:-1] in _SIZES and sign[-1] in "lr":
            size = _SIZES[sign[:-1]]
            kind: Kind = "open" if sign[-1] == "l" else "close"
            return _Atom(kind, _BRACKETS.get(self._next(), _OTHER)[size], size)
        return _Atom("op", words_width(sign[1:]) * scale)

    def _fraction(self) -> _Atom:
        level = self.level if self.display else min(self.level + 1, 2)
        parts = [self._within(self._argument(), level) for _ in "ab"]
        height = max(2 if self.display else 1, *(part.height for part in parts))
        return _Atom("inner", max(part.width for part in parts) + 0.24, height)

    def _fenced(self) -> _Atom:
        opened = self._next()
        inside = self.atoms(r"\right")
        closed = self._next()
        height = max((each.height for each in inside), default=0)
        fences = sum(_BRACKETS.get(mark, _OTHER)[height] for mark in (opened, closed))
        wide = _total(inside, self.level) + fences * _SCALES[self.level]
        return _Atom("inner", wide, height)

    def _table(self, name: str) -> _Atom:
        rows, display = [], name == "aligned"
        start, depth = self.at, 1
        while depth:
            sign = self._next()
            depth += (sign == r"\begin") - (sign == r"\end")
        body = self.signs[start : self.at - 1]
        self._argument()
        for row in _split(body):
            rows.append(self._within(row, self.level, display=display).width)
        fences = 0.0 if display else 1.9
        return _Atom("ord" if display else "inner", max(rows, default=0.0) + fences, 3)


def _split(signs: list[str]) -> list[str]:
    """The rows of a table that holds no other."""
    rows = [""]
    for sign in signs:
        if sign == r"\\":
            rows.append("")
        else:
            rows[-1] += sign
    return rows


def words_width(words: str) -> float:
    """The width of roman text."""
    plain = re.sub(r"\\textbackslash\{\}|\\[#$%&_{}]", "m", words)
    return sum(_ROMAN.get(mark, 0.33 if mark == " " else 0.5) for mark in plain)


def _total(atoms: list[_Atom], level: int) -> float:
    """The atoms beside each other, with TeX's spaces between them."""
    kinds: list[Kind] = []
    for each in atoms:
        before = kinds[-1] if kinds else "open"
        unary = each.kind == "bin" and before in ("bin", "op", "rel", "open", "punct")
        kinds.append("ord" if unary else each.kind)
    total = sum(each.width for each in atoms)
    if level:
        return total
    return total + sum(_space(*pair) for pair in pairwise(kinds))


def _space(before: Kind, after: Kind) -> float:
    """Between two kinds of atom on a line."""
    if "space" in (before, after):
        return 0.0
    if "rel" in (before, after):
        closed = (before in ("open", "rel") and after == "rel") or after in ("close", "punct")
        return 0.0 if closed or before == "open" else _THIN if before == "punct" else _THICK
    if "bin" in (before, after):
        return 0.0 if before == "open" or after in ("close", "punct") else _MEDIUM
    if before == "punct":
        return _THIN
    if "op" in (before, after):
        return 0.0 if before == "open" or after in ("open", "close", "punct") else _THIN
    if "inner" in (before, after):
        return 0.0 if before == "open" or after in ("close",) else _THIN
    return 0.0
