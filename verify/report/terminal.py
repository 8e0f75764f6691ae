"""The report that a lecturer reads: one line a claim, and what failed in full."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from verify import __version__
from verify.records import ClaimRecord
from verify.report.run import Run
from verify.report.wording import (
    evidence_lines,
    percent,
    proof_verdict,
    refusal_lines,
    seconds,
)
from verify.results import RUNGS, Evidence, PointResult

LEGEND = (
    "sees: the smallest relative error that would have shown · needed: hypotheses without which "
    "there is a counterexample · false: false neighbours that are rejected"
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
    parts: list[RenderableType] = [heading(run), "", ClaimTable(run)]
    parts += [failure(result) for result in run.results if not result.ok]
    parts += ["", Text(LEGEND, style="dim"), "", _summary_text(run)]
    return Group(*parts)


def heading(run: Run) -> Text:
    """The settings on which the verdicts depend."""
    told = f"seed {run.seed} · suite α {run.alpha:g} · looks for errors of {percent(run.detect)}"
    return Text.assemble((f"chalkproof {__version__}", "bold"), ("  " + told, "dim"))


#: Heading and alignment of each column, after the mark.
_COLUMNS: tuple[tuple[str, Literal["left", "right"]], ...] = (
    ("", "left"),
    ("proof", "left"),
    ("cross-check", "left"),
    ("sees", "right"),
    ("rows", "right"),
    ("needed", "right"),
    ("false", "right"),
    ("time", "right"),
)


@dataclass(frozen=True)
class ClaimTable:
    """One line a claim, grouped by subject; on a narrow page long names take two lines."""

    run: Run

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield self.drawn(options.max_width)

    def drawn(self, width: int) -> Table:
        """The table for a page of `width` columns; a column without an entry is left out."""
        rows = [_cells(result) for result in self.run.results]
        kept = [n for n in range(len(_COLUMNS)) if n == 0 or any(row[n].plain for row in rows)]
        widths = [max(cell_len(text) for text in _texts(rows, n)) for n in kept[1:]]
        name = max((cell_len(text) for text in _texts(rows, 0)), default=0)
        gap = 2 if 2 + name + sum(widths) + 2 * len(widths) <= width else 1
        room = max(_NARROWEST, width - 2 - sum(widths) - gap * len(widths))
        table = Table(box=None, padding=(0, gap, 0, 0), header_style="dim", pad_edge=False)
        table.add_column("", width=1, no_wrap=True)
        for heading, side in (_COLUMNS[n] for n in kept):
            table.add_column(heading, justify=side, no_wrap=True)
        lines = iter(rows)
        for subject, results in groupby(self.run.results, key=lambda each: each.claim.subject):
            if table.row_count:
                table.add_row("")
            table.add_row("", Text(subject, style="bold"))
            for result in results:
                cells = next(lines)
                cells[0] = Text(folded(cells[0].plain, min(room, name)))
                table.add_row(_mark(result), *(cells[n] for n in kept))
        return table


#: Names are not folded to less than this.
_NARROWEST = 16


def _texts(rows: list[list[Text]], column: int) -> list[str]:
    return [_COLUMNS[column][0], *(row[column].plain for row in rows)]


def folded(name: str, room: int) -> str:
    """A name broken after underscores, where a line of `room` is full."""
    lines, line = [], ""
    for part in re.findall(r"[^_]+_?|_", name):
        if line.strip() and len(line) + len(part) > room:
            lines.append(line)
            line = "  "
        line += part
    return "\n".join([*lines, line])


def _cells(result: ClaimRecord) -> list[Text]:
    verdict = proof_verdict(result)
    return [
        Text(result.claim.id.partition(".")[2]),
        Text(verdict, style=_STYLES[verdict]),
        _checked(result),
        Text(percent(_worst_seen(_points(result)))),
        _rows(result),
        Text(_needed(result)),
        _rejected(result),
        Text("cached" if result.cached else seconds(result.seconds), style="dim"),
    ]


def _mark(result: ClaimRecord) -> Text:
    if result.ok:
        return Text("✓", style="bold green")
    return Text("?", style="bold yellow") if result.undecided else Text("✗", style="bold red")


def _checked(result: ClaimRecord) -> Text:
    evidence = result.evidence
    if evidence is None:
        return Text("")
    if evidence.verdict == "confirmed":
        return Text(confirmed_by(evidence), style="green")
    if result.claim.expected == "refuted" and evidence.verdict == "contradicted":
        return Text("counterexample", style="magenta")
    return Text(evidence.verdict, style=_STYLES[evidence.verdict])


def confirmed_by(evidence: Evidence) -> str:
    """What confirmed, strongest first: "exact, 2.3M draws"."""
    counts: dict[str, int] = {}
    for rung in RUNGS:
        for point in evidence.points:
            if point.rung == rung and point.verdict == "confirmed":
                what = _COUNTED.get(rung, rung)
                counts[what] = counts.get(what, 0) + point.samples
    told = [
        f"{short(n)} {what}" if what in _COUNTED.values() else what for what, n in counts.items()
    ]
    return ", ".join(told)


#: What the samples of a rung are; exact worlds and balls need no number.
_COUNTED = {
    "bounded": "draws",
    "variance-bounded": "draws",
    "numeric": "runs",
    "search": "points",
}


def _points(result: ClaimRecord) -> tuple[PointResult, ...]:
    return () if result.evidence is None else result.evidence.points


def short(count: int) -> str:
    """A count in four characters or so: 980, 2.3k, 240k, 2.3M."""
    for size, unit in ((10**12, "T"), (10**9, "G"), (10**6, "M"), (10**3, "k")):
        if count >= size:
            scaled = count / size
            return f"{scaled:.1f}{unit}" if scaled < 9.95 else f"{scaled:.0f}{unit}"
    return str(count)


def _worst_seen(points: tuple[PointResult, ...]) -> float | None:
    """The largest of the smallest errors that the points would have seen."""
    return max(
        (p.smallest_detectable for p in points if p.smallest_detectable is not None), default=None
    )


def _rows(result: ClaimRecord) -> Text:
    """How many rows of the proof hold in every world in which something was asked of them."""
    if not result.rows:
        return Text("")
    held = sum(each.verdict == "holds" for each in result.rows)
    failed = any(each.verdict == "fails" for each in result.rows)
    return Text(f"{held}/{len(result.rows)}", style="red" if failed else "")


def _needed(result: ClaimRecord) -> str:
    whole = [each for each in result.hypotheses if each.weakened is None]
    needed = sum(each.verdict == "needed" for each in whole)
    return f"{needed}/{len(whole)}" if whole else ""


def _rejected(result: ClaimRecord) -> Text:
    tried = result.variants
    if not tried:
        return Text("")
    rejected = sum(each.verdict == "refuted" for each in tried)
    return Text(f"{rejected}/{len(tried)}", style="" if rejected == len(tried) else "red")


def failure(result: ClaimRecord) -> RenderableType:
    """Everything that is wrong with one claim."""
    style = "yellow" if result.undecided else "red"
    title = Text.assemble("\n", (result.claim.id, f"bold {style}"), ("  " + result.claim.title, ""))
    body = Text("\n".join(failure_lines(result)))
    return Group(title, Padding(body, (0, 0, 0, 2)))


def failure_lines(result: ClaimRecord) -> list[str]:
    """What is wrong with one claim, as plain lines."""
    lines: list[str] = []
    if result.proof is not None and result.proof.refusal is not None:
        lines += refusal_lines(result.proof.refusal)
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
        (sum(each.proved for each in results), "proved"),
        (len(run.undecided), "undecided"),
        (len(run.failed), "failed"),
    ]
    told = [f"{count} {what}" for count, what in counts[:2]]
    told += [f"{count} {what}" for count, what in counts[2:] if count]
    rejected = sum(v.verdict == "refuted" for each in results for v in each.variants)
    tried = sum(len(each.variants) for each in results)
    if tried:
        told.append(f"{rejected}/{tried} variants rejected")
    if run.cached:
        told.append(f"{len(run.cached)} from the cache")
    told.append(seconds(run.seconds))
    return " · ".join(told) + (" · interrupted" if run.interrupted else "")


def _summary_text(run: Run) -> Text:
    style = "bold red" if run.failed else "bold yellow" if run.undecided else "bold green"
    return Text(summary(run), style=style)
