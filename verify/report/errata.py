"""The false lines of published sheets: source, the line, a counterexample, what is true instead."""

from __future__ import annotations

import json
import re
from typing import Any

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from verify.records import ClaimRecord
from verify.report.run import Run

SCHEMA = 1

#: An irrational number as it is computed: its middle and its radius.
_BALL = re.compile(r"\[(-?[0-9.]+(?:e[+-]?[0-9]+)?) \+/- [^\]]*\]")


def errata_table(run: Run) -> RenderableType:
    """One row an erratum, in the order of the sheets."""
    table = Table(box=None, padding=(0, 2, 1, 0), header_style="dim", pad_edge=False)
    table.add_column("source", no_wrap=True)
    table.add_column("published, and false", ratio=5)
    table.add_column("counterexample", ratio=4)
    table.add_column("true instead", no_wrap=True)
    for result in _by_source(run):
        claim = result.claim
        table.add_row(
            Text("\n".join(claim.sources)),
            Text.assemble((claim.title, "bold"), "\n", result.states.text),
            _shown(result),
            _correction(result),
        )
    return table


def errata_json(run: Run) -> str:
    """The same as one JSON document."""
    rows = [_row(result) for result in _by_source(run)]
    document = {"schema": SCHEMA, "seed": run.seed, "errata": rows}
    return json.dumps(document, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def balls_rounded(values: str) -> str:
    """Irrational numbers to six digits."""
    return _BALL.sub(lambda ball: f"{float(ball[1]):.6g}", values)


def _by_source(run: Run) -> list[ClaimRecord]:
    return sorted(run.results, key=lambda each: (each.claim.sources, each.claim.id))


def _shown(result: ClaimRecord) -> Text:
    evidence = result.evidence
    if evidence is None or evidence.verdict != "contradicted":
        return Text("none found", style="bold red")
    if not evidence.counterexample:
        return Text("contradicted by simulation")
    told = [evidence.counterexample, balls_rounded(result.values)]
    return Text("\n".join(part for part in told if part))


def _correction(result: ClaimRecord) -> Text:
    """The id of the true claim, broken at the dot."""
    told = Text((result.claim.corrected or result.claim.awaits or "not said").replace(".", ".\n"))
    if result.claim.awaits:
        told.append("\nnot proved yet")
    if any(problem.startswith("corrected: ") for problem in result.problems):
        told.append("\nis not there", style="bold red")
    return told


def _row(result: ClaimRecord) -> dict[str, Any]:
    claim, evidence = result.claim, result.evidence
    return {
        "id": claim.id,
        "title": claim.title,
        "sources": list(claim.sources),
        "published": {"text": result.states.text, "latex": result.states.latex},
        "assumed": [fact.latex for fact in result.given],
        "refuted": evidence is not None and evidence.verdict == "contradicted",
        "rung": None if evidence is None else evidence.rung,
        "counterexample": None if evidence is None else evidence.counterexample,
        "values": result.values,
        "corrected": claim.corrected,
        "awaits": claim.awaits,
        "ok": result.ok,
        "problems": list(result.problems),
        "notes": claim.notes,
    }
