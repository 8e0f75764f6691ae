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


#: The methods that each class is given, by the functions of `verify.report.notebook`.
_METHODS: dict[type, dict[str, str]] = {
    Claim: {
        "_repr_mimebundle_": "claim_bundle", "latex": "statement_latex",
        "show": "show", "steps": "steps",
    },
    Theorem: {
        "_repr_mimebundle_": "theorem_bundle", "latex": "statement_latex",
        "show": "show", "steps": "steps",
    },
    Proof: {"_repr_mimebundle_": "proof_bundle", "show": "show", "steps": "steps"},
    Refused: {"_repr_mimebundle_": "refused_bundle"},
    Evidence: {"_repr_mimebundle_": "evidence_bundle"},
    ClaimResult: {"_repr_mimebundle_": "result_bundle"},
}  # fmt: skip

for _class, _methods in _METHODS.items():
    for _name, _function in _methods.items():
        setattr(_class, _name, _shown(_function))
