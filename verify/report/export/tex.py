"""What the LaTeX formats share: words, reasons, and formulas on lines that fit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Any

from pylatexenc.latexencode import (
    RULE_REGEX,
    UnicodeToLatexConversionRule,
    UnicodeToLatexEncoder,
)
from sympy import Basic

from verify.notation import latex
from verify.notation.breaking import lines
from verify.notation.indices import indexed
from verify.notation.measure import width, words_width
from verify.notation.reasons import Label, cited, told
from verify.report.outline import Step


def _fraction(found: re.Match[str]) -> str:
    """A fraction in one character, such as ⅔."""
    top, bottom = unicodedata.normalize("NFKC", found[0]).split("\N{FRACTION SLASH}")
    return rf"\ensuremath{{\frac{{{top}}}{{{bottom}}}}}"


#: Marks that the encoder does not know, or makes too little of.
_OWN = [
    (re.compile("[¼-¾⅐-⅞]"), _fraction),
    (re.compile("√"), r"\\ensuremath{\\surd}"),
    (re.compile("ᵀ"), r"\\textsuperscript{T}"),
    (re.compile("(.)\u0302"), r"\\ensuremath{\\hat{\1}}"),
    (re.compile("→"), r"\\ensuremath{\\to}"),
    (re.compile("·"), r"\\ensuremath{\\cdot}"),
]

_ENCODER = UnicodeToLatexEncoder(
    conversion_rules=[UnicodeToLatexConversionRule(RULE_REGEX, _OWN), "defaults"],
    replacement_latex_protection="braces-after-macro",
    unknown_char_policy="replace",
    unknown_char_warning=False,
)


#: Marks that stay with what is before them are no wider, in em.
_MARK = 1.5


@cache
def words(text: str) -> str:
    """Prose as LaTeX text that pdfTeX can set; an index of a letter stands below the line."""
    return indexed(text, _encoded, lambda inner: rf"\textsubscript{{{inner}}}")


def _encoded(text: str) -> str:
    return str(_ENCODER.unicode_to_latex(unicodedata.normalize("NFC", text)))


def formula(node: Basic) -> str:
    """A formula within prose."""
    return f"${latex(node)}$"


def name(declared: str) -> str:
    """The name of a definition within prose."""
    return f"${latex.name(declared)}$"


def said(pieces: Sequence[Any]) -> str:
    """Words and formulas in one line of text."""
    return told(tuple(pieces), words, formula, name)


def heading(step: Step, room: float) -> list[str]:
    """A heading as lines of text of `room` em: a wide formula is set off below the words."""
    return prose(step.says, room, room / 2)


def prose(pieces: Sequence[Any], room: float, inline: float) -> list[str]:
    """Words and formulas on lines of `room` em; formulas wider than `inline` on their own."""
    shown, taken = [""], 0.0
    for each in pieces:
        wide = _prose_width(each)
        if isinstance(each, Basic) and width(latex(each)) > inline:
            shown += [*(rf"$\displaystyle {line}$" for line in lines(each, room)), ""]
            taken = 0.0
        elif shown[-1] == "" and len(shown) > 1 and each == ", ":
            continue
        elif taken and taken + wide > room and wide > _MARK:
            shown.append(said([each]))
            taken = wide
        else:
            shown[-1] += said([each])
            taken += wide
    return [line.strip() for line in shown if line.strip()]


def reasons(step: Step) -> str:
    """Why a row follows, and the numbers of the hypotheses that it used."""
    return said(_why(step))


def reason_lines(step: Step, room: float) -> list[str]:
    """The same on lines of `room` em, where it is too long for one."""
    return prose(_why(step), room, room)


def reason_width(step: Step) -> float:
    """How wide the reasons are on one line, in em of their own size."""
    return sum(_prose_width(each) for each in _why(step))


def _why(step: Step) -> tuple[Any, ...]:
    found: list[Any] = []
    for number, each in enumerate(step.reasons):
        about = cited(each)
        found += [", "] if number else []
        found += [each.name, *((" (", *about, ")") if about else ())]
    return (*found, *(f" ({number})" for number in step.used))


def _prose_width(piece: Any) -> float:
    if isinstance(piece, Basic):
        return width(latex(piece), display=False)
    return width(latex.name(piece)) if isinstance(piece, Label) else words_width(piece)


def row_lines(step: Step, room: float) -> list[str]:
    """A step after its relation, on lines of `room` em."""
    mark = "" if step.relation is None else latex.relation_mark(step.relation) + " "
    return lines(step.term, room, mark)


def numbered(facts: Sequence[Basic], room: float) -> list[list[str]]:
    """Hypotheses, each on lines of `room` em."""
    return [lines(fact, room) for fact in facts]
