"""Assertions for test suites: `assert_proved(claim)`, `assert_confirmed(claim)`."""

from __future__ import annotations

from typing import Any

from verify.claim import Claim
from verify.crosscheck import crosscheck
from verify.kernel.theorem import Refused, Theorem
from verify.proving import prove, well_formed
from verify.recording import refusal
from verify.report.wording import evidence_lines, refusal_lines
from verify.results import Evidence


def assert_proved(claim: Claim) -> Theorem:
    """Returns the theorem; raises AssertionError that shows the refused row if there is none."""
    __tracebackhide__ = True  # the refused row says it all
    answer = prove(claim)
    if isinstance(answer, Refused):
        raise AssertionError(
            "\n".join([f"{claim.id} is not proved", *refusal_lines(refusal(answer))])
        )
    return answer


def assert_confirmed(claim: Claim, **options: Any) -> Evidence:
    """Returns the evidence; raises AssertionError that shows it if it does not confirm the claim.

    `options` are those of `verify.crosscheck`: seed, alpha, detect, checks, executor, progress.
    """
    __tracebackhide__ = True
    well_formed(claim)
    evidence = crosscheck(claim, **options)
    if evidence.verdict != "confirmed":
        raise AssertionError("\n".join([f"{claim.id} is not confirmed", *evidence_lines(evidence)]))
    return evidence
