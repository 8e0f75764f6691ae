"""What all claims of `derivations` show, for tests that look at every formula."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from sympy import Basic

from verify.claim import Claim
from verify.discovery import claims
from verify.notation import latex
from verify.report.outline import definitions, outline


@cache
def every_claim() -> tuple[Claim, ...]:
    return tuple(claims("derivations"))


def nodes() -> Iterator[Basic]:
    """Statements, hypotheses, definitions and rows."""
    for claim in every_claim():
        yield claim.states
        yield from claim.given
        yield from definitions(claim)
        yield from (step.term for step in outline(claim).steps if step.term is not None)


def formulas() -> Iterator[str]:
    """The same in LaTeX, each on one line."""
    for node in nodes():
        yield latex(node)
