"""How terms, statements and claims look: one-line Unicode, LaTeX, and stock SymPy.

Importing this package teaches SymPy's own printers the author's notation, so that `str(term)`,
`sympy.latex(term)` and `sympy.pretty(term)` keep the order in which a term was written, and
gives claims a LaTeX form for notebooks. The language itself knows nothing of printing.
"""

from __future__ import annotations

from typing import Any

from sympy.printing.pretty.stringpict import prettyForm

from verify.claim import Claim
from verify.language.definitions import Definition
from verify.language.statements import Statement
from verify.language.terms import Term
from verify.notation.claims import claim_latex, claim_markdown
from verify.notation.latex import latex
from verify.notation.text import text

__all__ = ["claim_latex", "claim_markdown", "latex", "text"]


def _latex(self: Any, printer: Any, **settings: Any) -> str:
    return latex(self)


def _sympystr(self: Any, printer: Any, **settings: Any) -> str:
    return text(self)


def _pretty(self: Any, printer: Any, **settings: Any) -> Any:
    return prettyForm(text(self))


for _kind in (Term, Statement, Definition):
    _kind._latex = _latex
    _kind._sympystr = _sympystr
    _kind._pretty = _pretty

Claim._repr_latex_ = claim_latex  # type: ignore[attr-defined]
Claim._repr_markdown_ = claim_markdown  # type: ignore[attr-defined]
