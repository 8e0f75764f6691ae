"""Formulas, reasons and words as HTML; a long formula may be broken before its outermost marks."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from markupsafe import Markup, escape
from sympy import Basic

from verify.claim import Claim
from verify.kernel.rules import RULES
from verify.language.proofs import Reason
from verify.notation import latex
from verify.notation.breaking import pieces as broken
from verify.notation.mathml import mathml
from verify.notation.measure import width
from verify.notation.reasons import cited, told
from verify.report.outline import Step

#: The width of a page and of the reasons beside a row, in em.
ROOM, BESIDE = 36.0, 13.0

#: Where the page of a rule or of a claim is, None if there is none.
Link = Callable[[str], str | None]


def formula(node: Basic, room: float = ROOM) -> Markup:
    """A term or statement, in pieces between which a line may end.

    What is wider than `room` is cut within its brackets too.
    """
    parts = latex.parts(node)
    if max(map(width, parts)) > room:
        parts = [piece.text for piece in broken(node, room)]
    return pieces(parts)


def pieces(parts: Sequence[str]) -> Markup:
    """LaTeX pieces of one formula."""
    shown = [mathml(part.strip(), continued=n > 0) for n, part in enumerate(parts)]
    return Markup("<wbr>").join(Markup(each) for each in shown)  # noqa: S704 - mathml escapes


def inline(node: Basic) -> Markup:
    """A formula in one piece."""
    return Markup(mathml(latex(node)))  # noqa: S704 - mathml escapes


def relation(step: Step) -> Markup:
    """The mark between a row and the one before."""
    if step.relation is None:
        return Markup("")
    return Markup(mathml(latex.relation_mark(step.relation)))  # noqa: S704


def said(pieces: Sequence[Any], room: float = ROOM) -> Markup:
    """Words and formulas."""
    shown = told(
        tuple(pieces),
        lambda words: str(escape(words)),
        lambda node: str(formula(node, room)),
        lambda name: mathml(latex.name(name)),
    )
    return Markup(shown)  # noqa: S704 - each piece is escaped


def reason(by: Any, link: Link) -> Markup:
    """The name of a rule as a link to its page, and what is cited."""
    if not isinstance(by, Reason):
        return escape(repr(by))
    to = link(by.name) if by.name in RULES else None
    shown = linked(by.name.replace("_", " "), to)
    about = cited(by)
    if not about:
        return shown
    first = by.about[0] if by.name == "lemma" and by.about else None
    if isinstance(first, Claim):
        about = (linked(first.id, link(first.id)), *about[1:])
    parts = [each if isinstance(each, Markup) else said([each], BESIDE) for each in about]
    return shown + Markup(" (") + Markup("").join(parts) + Markup(")")


def linked(words: str, to: str | None) -> Markup:
    """Words that lead somewhere, if there is somewhere."""
    if to is None:
        return escape(words)
    return Markup('<a href="{}">{}</a>').format(to, words)
