"""`verify show ID`: the statement, the hypotheses, and the proof line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text
from sympy import Basic

from verify.claim import Claim
from verify.kernel.theorem import Refused, Theorem
from verify.language import proofs as p
from verify.language.definitions import Definition
from verify.notation.text import text
from verify.report.page import WIDTH
from verify.report.wording import reasons
from verify.results import HypothesisResult

#: The most columns that reasons take before they are wrapped.
_REASONS = 30

#: Places before which a formula may be broken.
_BREAK = re.compile(r"(?= (?:[-+=≠≤<≥>~⇒⇔]|and) )")

#: One printed line: (kind, path of the row or heading, relation mark, text, reasons).
Line = tuple[str, str, str, str, str]


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


def _purposes(claim: Claim, found: Sequence[HypothesisResult]) -> Table:
    """What happens without each hypothesis."""
    numbers = {fact: number for number, fact in enumerate(claim.given, 1)}
    page = Table.grid(padding=(0, 2))
    page.add_column(style="dim", no_wrap=True)
    page.add_column(no_wrap=True)
    page.add_column(overflow="fold")
    for each in found:
        kept = "" if each.weakened is None else f", with only {text(each.weakened)}"
        without = f"without ({numbers[each.statement]})"
        seen = f"false for {each.counterexample}" if each.counterexample else ""
        if each.verdict == "used":
            seen = f"the proof stops at {each.refused_at}"
        page.add_row(without, each.verdict, f"{seen}{kept}")
    return page


def definitions(claim: Claim) -> list[Definition]:
    """The definitions that the claim mentions, each after those that it is made of."""
    found: dict[Definition, None] = {}
    for node in (claim.states, *claim.given):
        _collect(node, found)
    for _, before, row in p.rows_of(claim.proof):
        _collect(before, found)
        _collect(row.term, found)
    return list(found)


def _collect(node: Any, found: dict[Definition, None]) -> None:
    if not isinstance(node, Basic):
        return
    if isinstance(node, Definition):
        _collect(node.body, found)
        found.setdefault(node)
    for part in node.args:
        _collect(part, found)


def _rows(claim: Claim, answer: Theorem | Refused | None) -> Table:
    """The proof: a mark for each accepted row, and the hypotheses that it used."""
    printed = list(lines(claim.proof))
    accepted = {row.where: row for row in answer.rows} if answer is not None else {}
    numbers = {fact: f"({number})" for number, fact in enumerate(claim.given, 1)}
    used = {
        where: " ".join(sorted(numbers[fact] for fact in row.used if fact in numbers))
        for where, row in accepted.items()
    }
    side = min(_REASONS, max((len(why) for *_, why in printed), default=0))
    room = WIDTH - 8 - side - max((len(text) for text in used.values()), default=0)
    page = Table.grid(padding=(0, 1))
    page.add_column(width=1)
    page.add_column(justify="right", no_wrap=True)
    page.add_column(overflow="fold", width=room)
    page.add_column(overflow="fold", style="cyan", width=side)
    page.add_column(no_wrap=True, style="dim")
    refused = answer.where if isinstance(answer, Refused) else None
    for kind, path, mark, shown, why in printed:
        if kind == "heading":
            above = 1 if page.row_count else 0
            page.add_row("", "", Padding(Text(shown, style="italic"), (above, 0, 0, 0)), "", "")
            continue
        verdict = Text("")
        if path in accepted:
            verdict = Text("✓", style="green")
        elif path == refused:
            verdict = Text("✗", style="bold red")
        page.add_row(verdict, mark, wrapped(shown, room), why, used.get(path, ""))
    return page


def wrapped(formula: str, room: int) -> str:
    """The formula broken before operators and relations, where a line of `room` is full."""
    whole, line = [], ""
    for part in _BREAK.split(formula):
        if line and len(line) + len(part) > room:
            whole.append(line)
            line = "  " + part.lstrip()
        else:
            line += part
    return "\n".join([*whole, line])


def lines(proof: Any, path: str = "", depth: int = 0) -> Iterator[Line]:
    """A proof in reading order: headings for its shapes, then starts and rows."""
    if isinstance(proof, p.Chain):
        yield ("start", f"{path}start", "", text(proof.start), "")
        for number, row in enumerate(proof.rows, 1):
            mark = text.relation_mark(row.relation)
            yield ("row", f"{path}row {number}", mark, text(row.term), reasons(row.by))
    elif isinstance(proof, p.Apply):
        yield ("heading", path, "", _applied(proof), "")
    for number, (label, part) in enumerate(p.parts_of(proof)):
        yield ("heading", f"{path}{label}", "", "  " * depth + _heading(proof, label, number), "")
        yield from lines(part, f"{path}{label}, ", depth + 1)


def _heading(proof: Any, label: str, number: int) -> str:
    if isinstance(proof, p.Cases):
        return f"{label}: {text(proof.split[number])}"
    if isinstance(proof, p.Induction):
        return f"induction on {text(proof.on)}, {label}"
    if isinstance(proof, p.Obtain) and label == "fact":
        return f"fact: {text(proof.fact)}"
    if isinstance(proof, p.Exhibit):
        return "with " + _values(proof.witness)
    return label


def _applied(proof: p.Apply) -> str:
    name = proof.lemma.id if isinstance(proof.lemma, Claim) else str(proof.lemma)
    return f"by {name}" + (f" with {_values(proof.values)}" if proof.values else "")


def _values(values: Any) -> str:
    return ", ".join(f"{name} = {value}" for name, value in values.items())
