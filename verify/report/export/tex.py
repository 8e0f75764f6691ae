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
from verify.notation.mathml import width
from verify.notation.reasons import cited, told
from verify.report.outline import Step

#: Marks that the encoder does not know, or makes too little of.
_OWN = [
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

#: How much a continued line is indented, in characters.
_INDENT = 3.0


@cache
def words(text: str) -> str:
    """Prose as LaTeX text that pdfTeX can set."""
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
    """A heading as lines of text: formulas that would not fit beside the words stand below."""
    lines = [""]
    for each in step.says:
        wide = isinstance(each, Basic) and width(latex(each)) > room / 2
        if wide:
            first, *rest = broken(latex.parts(each), room)
            lines += [f"${first}$", *(rf"$\quad {line}$" for line in rest), ""]
        elif not (lines[-1] == "" and each == ", "):
            lines[-1] += said([each])
    return [line.strip() for line in lines if line.strip()]


def reasons(step: Step) -> str:
    """Why a row follows, and the numbers of the hypotheses that it used."""
    listed = []
    for each in step.reasons:
        about = said(cited(each))
        listed.append(words(each.name) + (f" ({about})" if about else ""))
    return " ".join([", ".join(listed), *(f"({number})" for number in step.used)])


def broken(parts: Sequence[str], room: float) -> list[str]:
    """The parts of a formula on lines of about `room` characters each."""
    lines: list[str] = []
    for part in parts:
        margin = 0.0 if len(lines) < 2 else _INDENT
        if lines and width(lines[-1]) + width(part) <= room - margin:
            lines[-1] += part
        else:
            lines.append(part)
    return [line.strip() for line in lines]


def row_lines(step: Step, room: float) -> list[str]:
    """A step after its relation, on lines of about `room` characters."""
    mark = "" if step.relation is None else latex.relation_mark(step.relation) + " "
    first, *rest = broken(latex.parts(step.term), room - 2)
    return [mark + first, *(rf"\quad {line}" for line in rest)]


def numbered(facts: Sequence[Basic], room: float) -> list[list[str]]:
    """Hypotheses, each on lines of about `room` characters."""
    return [broken(latex.parts(fact), room) for fact in facts]
