"""The report that a lecturer reads: one line a claim, and what failed in full."""

from __future__ import annotations

from itertools import groupby

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from verify import __version__
from verify.kernel.theorem import Refused, is_theorem
from verify.report.run import Run
from verify.report.wording import (
    evidence_lines,
    percent,
    proof_verdict,
    refusal_lines,
    seconds,
)
from verify.results import ClaimResult, PointResult

LEGEND = (
    "sees: the smallest relative error that would have shown · false: false neighbours rejected\n"
    "needed: hypotheses without which there is a counterexample"
)

_STYLES = {
    "proved": "green",
    "refuted": "magenta",
    "undecided": "yellow",
    "admitted": "yellow",
    "confirmed": "green",
    "contradicted": "red",
}


def print_run(run: Run, console: Console) -> None:
    """Prints the whole report."""
    console.print(report(run))


def report(run: Run) -> RenderableType:
    """Heading, one table, failures in full, and the summary."""
    parts: list[RenderableType] = [heading(run), "", table(run)]
    parts += [failure(result) for result in run.results if not result.ok]
    parts += ["", Text(LEGEND, style="dim"), "", _summary_text(run)]
    return Group(*parts)


def heading(run: Run) -> Text:
    """The settings on which the verdicts depend."""
    told = f"seed {run.seed} · suite α {run.alpha:g} · looks for errors of {percent(run.detect)}"
    return Text.assemble((f"chalkproof {__version__}", "bold"), ("  " + told, "dim"))


def table(run: Run) -> Table:
    """One line a claim, grouped by subject."""
    lines = Table(box=None, padding=(0, 1, 0, 0), header_style="dim", pad_edge=False)
    lines.add_column("", width=1)
    lines.add_column("", no_wrap=True, overflow="ellipsis")
    lines.add_column("proof", no_wrap=True)
    lines.add_column("rows", justify="right", no_wrap=True)
    lines.add_column("confirmed by", no_wrap=True)
    for name in ("draws", "sees", "needed", "false", "time"):
        lines.add_column(name, justify="right", no_wrap=True)
    for subject, results in groupby(run.results, key=lambda each: each.claim.subject):
        if lines.row_count:
            lines.add_row("")
        lines.add_row("", Text(subject, style="bold"))
        for result in results:
            lines.add_row(*_cells(result))
    return lines


def _cells(result: ClaimResult) -> list[Text]:
    verdict = proof_verdict(result)
    rows = len(result.proof.rows) if is_theorem(result.proof) else None
    return [
        _mark(result),
        Text(result.claim.id.partition(".")[2]),
        Text(verdict, style=_STYLES[verdict]),
        Text("" if rows is None else str(rows)),
        _rung(result),
        Text(_samples(result)),
        Text(percent(_worst_seen(_points(result)))),
        Text(_needed(result)),
        _rejected(result),
        Text(seconds(result.seconds), style="dim"),
    ]


def _mark(result: ClaimResult) -> Text:
    if result.ok:
        return Text("✓", style="bold green")
    return Text("?", style="bold yellow") if result.undecided else Text("✗", style="bold red")


def _rung(result: ClaimResult) -> Text:
    evidence = result.evidence
    if evidence is None:
        return Text("")
    if evidence.verdict == "confirmed":
        return Text(evidence.rung, style="green")
    if result.claim.expected == "refuted" and evidence.verdict == "contradicted":
        return Text("counterexample", style="magenta")
    return Text(evidence.verdict, style=_STYLES[evidence.verdict])


def _points(result: ClaimResult) -> tuple[PointResult, ...]:
    return () if result.evidence is None else result.evidence.points


def _samples(result: ClaimResult) -> str:
    total = sum(point.samples for point in _points(result))
    return short(total) if total else ""


def short(count: int) -> str:
    """A count in at most five characters: 980, 24.3k, 1.23M."""
    for size, unit in ((10**9, "G"), (10**6, "M"), (10**3, "k")):
        if count >= size:
            scaled = count / size
            places = 2 if scaled < 10 else 1 if scaled < 100 else 0
            return f"{scaled:.{places}f}{unit}"
    return str(count)


def _worst_seen(points: tuple[PointResult, ...]) -> float | None:
    """The largest of the smallest errors that the points would have seen."""
    return max(
        (p.smallest_detectable for p in points if p.smallest_detectable is not None), default=None
    )


def _needed(result: ClaimResult) -> str:
    whole = [each for each in result.hypotheses if each.weakened is None]
    needed = sum(each.verdict == "needed" for each in whole)
    return f"{needed}/{len(whole)}" if whole else ""


def _rejected(result: ClaimResult) -> Text:
    tried = result.variants
    if not tried:
        return Text("")
    rejected = sum(each.verdict == "refuted" for each in tried)
    return Text(f"{rejected}/{len(tried)}", style="" if rejected == len(tried) else "red")


def failure(result: ClaimResult) -> RenderableType:
    """Everything that is wrong with one claim."""
    style = "yellow" if result.undecided else "red"
    title = Text.assemble("\n", (result.claim.id, f"bold {style}"), ("  " + result.claim.title, ""))
    body = Text("\n".join(failure_lines(result)))
    return Group(title, Padding(body, (0, 0, 0, 2)))


def failure_lines(result: ClaimResult) -> list[str]:
    """What is wrong with one claim, as plain lines."""
    lines: list[str] = []
    if isinstance(result.proof, Refused):
        lines += refusal_lines(result.proof)
    expected = "contradicted" if result.claim.expected == "refuted" else "confirmed"
    if result.evidence is not None and result.evidence.verdict != expected:
        lines += evidence_lines(result.evidence)
    return lines + list(result.problems)


def summary(run: Run) -> str:
    """The run in one line."""
    results = run.results
    counts = [
        (len(results), "claims" if len(results) != 1 else "claim"),
        (sum(each.ok for each in results), "as expected"),
        (sum(is_theorem(each.proof) for each in results), "proved"),
        (len(run.undecided), "undecided"),
        (len(run.failed), "failed"),
    ]
    told = [f"{count} {what}" for count, what in counts[:2]]
    told += [f"{count} {what}" for count, what in counts[2:] if count]
    rejected = sum(v.verdict == "refuted" for each in results for v in each.variants)
    tried = sum(len(each.variants) for each in results)
    if tried:
        told.append(f"{rejected}/{tried} variants rejected")
    told.append(seconds(run.seconds))
    return " · ".join(told) + (" · interrupted" if run.interrupted else "")


def _summary_text(run: Run) -> Text:
    style = "bold red" if run.failed else "bold yellow" if run.undecided else "bold green"
    return Text(summary(run), style=style)
