"""The page of a rule: what it says, when, where it is from, and what it makes of examples."""

from __future__ import annotations

import inspect
import re
from dataclasses import dataclass
from textwrap import fill

from verify.claim import Claim
from verify.kernel.prove import derive
from verify.kernel.rules import RULES
from verify.kernel.theorem import Refused
from verify.notation.differences import readable
from verify.notation.reasons import reasons
from verify.proof_rows import rows_of
from verify.recording import formula
from verify.records import Formula
from verify.rule_examples import EXAMPLES, Examples

#: A part of a rule's docstring begins with one of these words and a colon.
_PART = re.compile(r"^(Figure|Side conditions|Covers|Shapes|Source):\s*", re.MULTILINE)

WIDTH = 100


@dataclass(frozen=True)
class Example:
    """One row, and what the kernel says of it; `refusal` is empty for an accepted one."""

    statement: Formula
    by: str
    given: tuple[Formula, ...]
    refusal: str


@dataclass(frozen=True)
class RulePage:
    """A rule. `parts` are the named parts of its docstring, such as Figure and Source."""

    name: str
    title: str
    parts: dict[str, str]
    accepted: tuple[Example, ...]
    refused: tuple[Example, ...]


def rule_page(name: str) -> RulePage:
    """The page of a rule; each example is put to the kernel. Raises KeyError for no such rule."""
    first, *rest = _PART.split(inspect.getdoc(RULES[name]) or "")
    parts = {head: " ".join(body.split()) for head, body in zip(rest[::2], rest[1::2], strict=True)}
    shown = [_example(each) for each in _claims(EXAMPLES.get(name, Examples((), ())))]
    return RulePage(
        name,
        " ".join(first.split()),
        parts,
        tuple(each for each in shown if not each.refusal),
        tuple(each for each in shown if each.refusal),
    )


def rule_text(page: RulePage) -> str:
    """The page for a terminal."""
    lines = [f"{page.name} · {page.title}", ""]
    width = max((len(head) for head in page.parts), default=0) + 2
    for head, body in page.parts.items():
        indent = " " * width
        lines.append(fill(f"{head:<{width}}{body}", WIDTH, subsequent_indent=indent))
    for title, mark, examples in (
        ("accepted", "✓", page.accepted),
        ("refused", "✗", page.refused),
    ):
        if examples:
            lines += ["", title]
        for each in examples:
            lines.append(f"  {mark} {each.statement.text}   by {each.by}")
            if each.given:
                told = "given " + ", ".join(fact.text for fact in each.given)
                lines.append(_indented(told))
            if each.refusal:
                lines.append(_indented(each.refusal))
    return "\n".join(lines) + "\n"


def _indented(told: str) -> str:
    return fill(told, WIDTH, initial_indent=" " * 6, subsequent_indent=" " * 6)


def rules_text() -> str:
    """Every rule with its title."""
    width = max(map(len, RULES))
    lines = []
    for name, rule in sorted(RULES.items()):
        title = _PART.split(inspect.getdoc(rule) or "")[0]
        lines.append(f"{name:<{width}}  {' '.join(title.split())}")
    return "\n".join([*lines, "", "`verify explain RULE` prints one with examples."]) + "\n"


def _claims(examples: Examples) -> list[Claim]:
    return [*examples.accepted, *examples.refused]


def _example(claim: Claim) -> Example:
    answer = derive(claim)
    (_, _, row), *_ = rows_of(claim.proof)
    refusal = readable(answer.reason) if isinstance(answer, Refused) else ""
    facts = tuple(formula(fact) for fact in (*claim.given, *claim.well_formed))
    return Example(formula(claim.states), reasons(row.by), facts, refusal)
