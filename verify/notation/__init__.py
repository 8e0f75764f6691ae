"""How terms, statements and claims look: one-line Unicode, LaTeX, and stock SymPy.

Importing this package teaches SymPy's own printers the author's notation, so that `str(term)`,
`sympy.latex(term)` and `sympy.pretty(term)` keep the order in which a term was written, and
gives claims, proofs and evidence their methods for notebooks. The language itself knows nothing
of printing.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import Any

from sympy.printing.pretty.stringpict import prettyForm

from verify.claim import Claim
from verify.kernel.theorem import Refused, Theorem
from verify.language.definitions import Definition
from verify.language.proofs import Proof
from verify.language.statements import Statement
from verify.language.terms import Term
from verify.notation.latex import latex
from verify.notation.text import text
from verify.results import ClaimResult, Evidence

__all__ = ["latex", "text"]


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


def _shown(function: str) -> Callable[..., Any]:
    """A method that hands itself on to `verify.report.notebook`, which is imported late."""

    def method(self: Any, *arguments: Any, **options: Any) -> Any:
        return getattr(import_module("verify.report.notebook"), function)(
            self, *arguments, **options
        )

    method.__name__ = function
    return method


#: What each class shows in a notebook.
_BUNDLES: dict[type, str] = {
    Claim: "claim_bundle",
    Theorem: "theorem_bundle",
    Refused: "refused_bundle",
    Proof: "proof_bundle",
    Evidence: "evidence_bundle",
    ClaimResult: "result_bundle",
}

for _shows, _bundle in _BUNDLES.items():
    _shows._repr_mimebundle_ = _shown(_bundle)  # type: ignore[attr-defined]
for _stepped in (Claim, Theorem, Proof):
    _stepped.show = _shown("show")  # type: ignore[union-attr]
    _stepped.steps = _shown("steps")  # type: ignore[union-attr]
for _stated in (Claim, Theorem):
    _stated.latex = _shown("statement_latex")  # type: ignore[union-attr]
