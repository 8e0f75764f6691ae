"""`verify show ID`: the statement, the hypotheses, and the proof line by line."""

from __future__ import annotations

from collections.abc import Iterator
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
from verify.report.wording import reasons

#: One printed line: (kind, path of the row or heading, relation mark, text, reasons).
Line = tuple[str, str, str, str, str]


def derivation(claim: Claim, answer: Theorem | Refused | None) -> RenderableType:
    """The whole page of one claim; `answer` is what the kernel said of it."""
    title = Text.assemble((claim.title, "bold"))
    cited = " · ".join((claim.id, *claim.sources))
    parts: list[RenderableType] = [title, Text(cited, style="dim"), "", _setting(claim)]
    if claim.proof is not None:
        parts += ["", _rows(claim, answer)]
    if isinstance(answer, Refused):
        parts += ["", Text(f"refused at {answer.where}: {answer.reason}", style="red")]
    elif answer is not None:
        parts += ["", Text("proved", style="bold green")]
    if claim.notes:
        parts += ["", claim.notes]
    return Group(*parts)


def _setting(claim: Claim) -> Table:
    """Statement, hypotheses and definitions."""
    page = Table.grid(padding=(0, 2))
    page.add_column(style="dim", no_wrap=True)
    page.add_column(overflow="fold")
    verb = "states" if claim.expected == "proved" else "states, falsely,"
    page.add_row(verb, Text(text(claim.states), style="bold"))
    for label, facts in (("given", claim.given), ("well-formed", claim.well_formed)):
        for number, fact in enumerate(facts, 1):
            mark = f"({number}) " if label == "given" else ""
            page.add_row(label if number == 1 else "", mark + text(fact))
    lines = [text.defined(each) for each in definitions(claim)]
    lines += [text(fact) for fact in claim.where]
    for number, line in enumerate(lines):
        page.add_row("where" if number == 0 else "", line)
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
    page = Table.grid(padding=(0, 1), expand=True)
    page.add_column(width=1)
    page.add_column(justify="right", no_wrap=True)
    page.add_column(overflow="fold", ratio=5)
    page.add_column(overflow="fold", ratio=2, style="cyan")
    page.add_column(overflow="fold", style="dim", justify="right")
    accepted = {row.where: row for row in answer.rows} if answer is not None else {}
    refused = answer.where if isinstance(answer, Refused) else None
    given = {fact: number for number, fact in enumerate(claim.given, 1)}
    for kind, path, mark, shown, why in lines(claim.proof):
        if kind == "heading":
            above = 1 if page.row_count else 0
            page.add_row("", "", Padding(Text(shown, style="italic"), (above, 0, 0, 0)), "", "")
            continue
        verdict, used = Text(""), ""
        if path in accepted:
            verdict = Text("✓", style="green")
            numbers = [given[fact] for fact in accepted[path].used if fact in given]
            used = " ".join(f"({number})" for number in sorted(numbers))
        elif path == refused:
            verdict = Text("✗", style="bold red")
        page.add_row(verdict, mark, shown, why, used)
    return page


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
