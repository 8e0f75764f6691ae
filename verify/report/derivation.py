"""`verify show ID`: the statement, the hypotheses, and the proof line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from textwrap import fill
from typing import Any, Literal, NamedTuple

from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from verify.claim import Claim
from verify.kernel.theorem import Refused, Theorem
from verify.notation.reasons import reasons, told
from verify.notation.text import text
from verify.report.outline import definitions, steps
from verify.report.page import WIDTH
from verify.results import HypothesisResult

#: The most columns that reasons take beside a formula; longer ones stand below it.
_REASONS = 36

#: Places before which a formula may be broken.
_BREAK = re.compile(r" (?=(?:[-+=≠≤<≥>~⇒⇔]|and|is|only at|subject to|with) )|(?<=,) ")


class Line(NamedTuple):
    """One line of a proof; `depth` counts the shapes around it."""

    kind: Literal["heading", "start", "row"]
    where: str
    mark: str
    text: str
    reasons: str
    depth: int


def derivation(
    claim: Claim, answer: Theorem | Refused | None, found: Sequence[HypothesisResult] = ()
) -> RenderableType:
    """The whole page of one claim; `answer` is what the kernel said of it, `found` what each of
    its hypotheses is for.
    """
    title = Text.assemble((claim.title, "bold"))
    cited = " · ".join((claim.id, *claim.sources))
    parts: list[RenderableType] = [title, Text(cited, style="dim"), "", _setting(claim)]
    if claim.proof is not None:
        parts += ["", _rows(claim, answer)]
    if isinstance(answer, Refused):
        parts += ["", Text(f"refused at {answer.where}: {answer.reason}", style="red")]
    elif answer is not None:
        parts += ["", Text("proved", style="bold green")]
    if found:
        parts += ["", _purposes(claim, found)]
    if claim.notes:
        parts += ["", claim.notes]
    return Group(*parts)


def _setting(claim: Claim) -> Table:
    """Statement, hypotheses and definitions."""
    page = Table.grid(padding=(0, 2))
    page.add_column(style="dim", no_wrap=True)
    page.add_column(overflow="fold")
    verb = "states" if claim.expected == "proved" else "states, falsely,"
    room = WIDTH - 14
    page.add_row(verb, Text(wrapped(text(claim.states), room), style="bold"))
    for label, facts in (("given", claim.given), ("well-formed", claim.well_formed)):
        for number, fact in enumerate(facts, 1):
            mark = f"({number}) " if label == "given" else ""
            page.add_row(label if number == 1 else "", wrapped(mark + text(fact), room))
    lines = [text.defined(each) for each in definitions(claim)]
    for number, line in enumerate(lines):
        page.add_row("where" if number == 0 else "", wrapped(line, room))
    return page


def _purposes(claim: Claim, found: Sequence[HypothesisResult]) -> RenderableType:
    """What happens without each hypothesis, and with less of it."""
    numbers = {fact: number for number, fact in enumerate(claim.given, 1)}
    lines: list[RenderableType] = []
    seen: dict[str, str] = {}
    for each in found:
        name = f"without ({numbers[each.statement]})"
        if each.weakened is not None:
            name = f"with only {text(each.weakened)}"
        told = {"needed": "false", "used": "the proof stops", "unneeded": "still proved"}
        line = f"{name}: {'no value' if each.undefined else told[each.verdict]}"
        if each.counterexample is not None:
            again = seen.setdefault(each.counterexample, name) != name
            line += f" for {'the same numbers' if again else each.counterexample}"
        elif each.verdict == "used":
            line += f" at {each.refused_at}"
        margin = "" if each.weakened is None else "  "
        broken = fill(line, WIDTH, initial_indent=margin, subsequent_indent="      ")
        shown = Text(broken, style="red" if each.verdict == "unneeded" else "")
        if each.weakened is None:
            shown.stylize("bold", 0, len(name))
        lines.append(shown)
    return Group(*lines)


def _rows(claim: Claim, answer: Theorem | Refused | None) -> RenderableType:
    """The proof: a mark for each accepted row, its reasons, and the hypotheses that it used."""
    printed = list(lines(claim.proof))
    accepted = {row.where: row for row in answer.rows} if answer is not None else {}
    refused = answer.where if isinstance(answer, Refused) else None
    numbers = {fact: f"({number})" for number, fact in enumerate(claim.given, 1)}
    tails: dict[str, Text] = {}
    for line in printed:
        row = accepted.get(line.where)
        used = sorted(numbers[fact] for fact in row.used if fact in numbers) if row else []
        tails[line.where] = Text.assemble((line.reasons, "cyan"), ("  " + " ".join(used), "dim"))
        tails[line.where].rstrip()
    beside = [tail.cell_len for tail in tails.values() if tail.cell_len <= _REASONS]
    column = WIDTH - max(beside, default=0)
    shown: list[RenderableType] = []
    for line in printed:
        indent = "  " * line.depth
        if line.kind == "heading":
            if line.depth == 0 and shown:
                shown.append("")
            room = WIDTH - 2 - len(indent)
            label = wrapped(line.text, room).replace("\n", f"\n  {indent}")
            shown.append(Text(f"  {indent}{label}", style="italic"))
            continue
        verdict = Text(" ")
        if line.where in accepted:
            verdict = Text("✓", style="green")
        elif line.where == refused:
            verdict = Text("✗", style="bold red")
        shown.append(
            _set(verdict, f" {indent}{line.mark:>1} ", line.text, tails[line.where], column)
        )
    return Group(*shown)


def _set(verdict: Text, margin: str, formula: str, tail: Text, column: int) -> Text:
    """One row: the formula, and its reasons beside it or, where there is no room, below."""
    whole = wrapped(formula, WIDTH - 1 - len(margin))
    broken = whole.replace("\n", "\n" + " " * (1 + len(margin)))
    line = Text.assemble(verdict, margin, broken)
    if not tail.plain:
        return line
    last = cell_len(line.plain.rpartition("\n")[2])
    if tail.cell_len <= WIDTH - column and last + 2 <= column:
        return line.append(" " * (column - last)).append_text(tail)
    if last + 2 + tail.cell_len <= WIDTH:
        return line.append(" " * (WIDTH - last - tail.cell_len)).append_text(tail)
    below = wrapped(tail.plain, WIDTH - 12)
    if "\n" in below:
        return line.append("\n" + " " * 8).append(below.replace("\n", "\n" + " " * 8), "cyan")
    start = column if tail.cell_len <= WIDTH - column else WIDTH - tail.cell_len
    return line.append("\n" + " " * start).append_text(tail)


def wrapped(formula: str, room: int) -> str:
    """The formula on lines of at most `room`, broken at the outermost mark that a line holds."""
    lines, rest, first = [], formula, True
    while len(rest) > room:
        at = _best_break(rest, room)
        if at is None:
            break
        lines.append(("" if first else "  ") + rest[:at].rstrip())
        rest = rest[at:].lstrip()
        if first:
            room, first = room - 2, False
    return "\n".join([*lines, ("" if first else "  ") + rest])


def _best_break(line: str, room: int) -> int | None:
    """Where to break: the last of the outermost places, the first third being too early."""
    depths, depth = [], 0
    for mark in line:
        depth += (mark in "([{") - (mark in ")]}")
        depths.append(depth)
    places = [found.start() for found in _BREAK.finditer(line) if 0 < found.start() <= room]
    late = [place for place in places if place >= room // 3] or places
    return min(late, key=lambda place: (depths[place], -place), default=None)


def lines(proof: Any) -> Iterator[Line]:
    """A proof in reading order: headings for its shapes, then starts and rows."""
    for step in steps(proof):
        if step.kind == "heading":
            shown = told(step.says, str, text, text.name)
            yield Line(step.kind, step.where, "", shown, "", step.depth)
            continue
        mark = "" if step.relation is None else text.relation_mark(step.relation)
        whys = reasons(step.reasons)
        yield Line(step.kind, step.where, mark, text(step.term), whys, step.depth)
