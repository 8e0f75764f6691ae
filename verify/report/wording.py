"""The words of the reports: verdicts, refused rows and evidence as plain text."""

from __future__ import annotations

from typing import Any

from verify.points import in_words
from verify.records import ClaimRecord, RefusalRecord
from verify.results import Evidence, PointResult


def proof_verdict(result: ClaimRecord) -> str:
    """Proved: by the kernel. Refuted: by an exact counterexample; samples do neither."""
    if result.proved:
        return "proved"
    found = result.evidence
    exact = found is not None and found.verdict == "contradicted" and found.rung == "exact"
    return "refuted" if exact else "undecided"


def refusal_lines(refused: RefusalRecord) -> list[str]:
    """Where the proof stops, with both sides of the row and what is missing."""
    rule = f", by {refused.rule}" if refused.rule else ""
    lines = [f"refused at {refused.where}{rule}: {refused.reason}"]
    if refused.before is not None:
        lines.append(f"  from  {refused.before.text}")
    if refused.after is not None:
        lines.append(f"  to    {refused.after.text}")
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
    at = in_words(point.at)
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
