"""The words of the reports: verdicts, reasons, refused rows and evidence as plain text."""

from __future__ import annotations

from typing import Any

from sympy import Basic

from verify.claim import Claim
from verify.kernel.theorem import Refused, is_theorem
from verify.language.definitions import Definition
from verify.language.proofs import Reason
from verify.notation import text
from verify.results import ClaimResult, Evidence, PointResult


def proof_verdict(result: ClaimResult) -> str:
    """Proved: a theorem made in this process. Refuted: an exact counterexample; samples do not."""
    if is_theorem(result.proof):
        return "proved"
    found = result.evidence
    exact = found is not None and found.verdict == "contradicted" and found.rung == "exact"
    return "refuted" if exact else "undecided"


def reasons(by: Any) -> str:
    """The reasons of a row, as they were written."""
    listed = by if isinstance(by, (tuple, list)) else (by,)
    return ", ".join(reason(each) for each in listed)


def reason(by: Any) -> str:
    """One reason with what it cites: `definition(h)`, `given(b = 1)`, `lemma(algebra.sum)`."""
    if not isinstance(by, Reason):
        return repr(by)
    cited = [_cited(each) for each in by.about]
    if by.name == "lemma":
        claim, values = by.about
        cited = [_cited(claim), *(f"{text(name)} = {_cited(value)}" for name, value in values)]
    if by.times is not None:
        cited.append(f"times {text(by.times)}")
    return f"{by.name}({', '.join(cited)})" if cited else by.name


def _cited(what: Any) -> str:
    """A definition by its name, a claim by its id, anything else as it is written."""
    if isinstance(what, Claim):
        return what.id
    if isinstance(what, Definition):
        return text.name(what.name)
    return text(what) if isinstance(what, Basic) else str(what)


def refusal_lines(refused: Refused) -> list[str]:
    """Where the proof stops, with both sides of the row and what is missing."""
    rule = f", by {refused.rule}" if refused.rule else ""
    lines = [f"refused at {refused.where}{rule}: {refused.reason}"]
    if refused.before is not None:
        lines.append(f"  from  {text(refused.before)}")
    if refused.after is not None:
        lines.append(f"  to    {text(refused.after)}")
    return lines


def evidence_lines(evidence: Evidence) -> list[str]:
    """The verdict, a counterexample if there is one, and the points that did not confirm."""
    reason = f": {evidence.reason}" if evidence.reason else ""
    lines = [f"cross-check {evidence.verdict} ({evidence.rung}){reason}"]
    if evidence.counterexample:
        lines.append(f"  counterexample: {evidence.counterexample}")
    lines += [f"  {point_line(p)}" for p in evidence.points if p.verdict != "confirmed"]
    return lines


def point_line(point: PointResult) -> str:
    """Where, what was claimed, what was seen."""
    at = ", ".join(f"{name} = {value}" for name, value in point.at.items())
    reason = f" ({point.reason})" if point.reason else ""
    return (
        f"at {at}: claimed {number(point.claimed)}, observed {number(point.observed)}, "
        f"{point.samples:,} samples, {point.verdict}{reason}"
    )


def number(value: Any) -> str:
    """A measured number to six digits, anything else as it is."""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def percent(value: float | None) -> str:
    """A relative error."""
    return "" if value is None else "exact" if value == 0 else f"{100 * value:.2g}%"


def seconds(value: float) -> str:
    """A duration: 0.53s, 2.1s, 130s."""
    return (
        f"{value:.2f}s" if value < 0.995 else f"{value:.1f}s" if value < 99.5 else f"{value:.0f}s"
    )
