r"""`--to markdown`: a page for MyST, Quarto or a notebook, with `aligned` blocks of the rows.

Only what MathJax and KaTeX both read is used.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from typing import Any

from sympy import Basic

from verify import __version__
from verify.notation import latex, text
from verify.notation.breaking import lines as broken
from verify.notation.measure import width
from verify.notation.reasons import cited, told
from verify.report.export.tex import row_lines
from verify.report.outline import Outline, Step, definitions, sections

#: The width of a page in em, the reasons not counted.
ROOM = 38.0

#: What reasons may use beside formulas, in em.
_MARGIN = 12.0

_SPECIAL = re.compile(r"([\\`*_\[\]<>$#|])")


def as_markdown(page: Outline) -> str:
    """A whole document with its title in the front matter."""
    claim = page.claim
    title = json.dumps(claim.title, ensure_ascii=False)
    foot = f"*{' · '.join((claim.id, *claim.sources))} · chalkproof {__version__}*"
    return f"---\ntitle: {title}\n---\n\n{body(page)}\n\n{_escaped_ids(foot)}\n"


def body(page: Outline, shown: Sequence[Step] | None = None) -> str:
    """The setting and the derivation, or only the `shown` steps of it."""
    parts = [setting(page), derivation(page.steps if shown is None else shown)]
    if shown is None:
        parts += [verdict(page), words(page.claim.notes)]
    return "\n\n".join(part for part in parts if part)


def setting(page: Outline) -> str:
    """Definitions, hypotheses and statement."""
    claim = page.claim
    parts = []
    defined = definitions(claim)
    if defined:
        parts += ["Let", block([f"& {line}" for each in defined for line in broken(each, ROOM)])]
    if claim.given:
        facts = [f"{number}. ${latex(fact)}$" for number, fact in enumerate(claim.given, 1)]
        parts += ["Given", "\n".join(facts)]
    parts.append("It is **false** that" if claim.expected == "refuted" else "Then")
    parts.append(block([f"& {line}" for line in broken(claim.states, ROOM)]))
    return "\n\n".join(parts)


def derivation(shown: Sequence[Step]) -> str:
    """The rows, each chain in a block, with the headings of the shapes between them."""
    parts = []
    for headings, rows in sections(shown):
        for each in headings:
            heading = told(each.says, words, formula, name).strip()
            parts.append(f"{'&emsp;' * each.depth}{heading}")
        if rows:
            parts.append(block(_rows(rows)))
    return "\n\n".join(parts)


def verdict(page: Outline) -> str:
    """What the kernel said of the whole."""
    if page.verdict == "refused":
        return f"**Refused at {page.refused_at}:** {words(page.reason)}"
    return "**Proved**" if page.verdict == "proved" else ""


def block(lines: Sequence[str]) -> str:
    """A display of aligned lines."""
    return "$$\n\\begin{aligned}\n" + " \\\\\n".join(lines) + "\n\\end{aligned}\n$$"


def _rows(rows: Sequence[Step]) -> list[str]:
    shown = []
    for step in rows:
        lines = [f"& {line}" for line in row_lines(step, ROOM)]
        why = reason(step)
        if step.verdict == "refused":
            why += r"\quad \textbf{refused}"
        if why and width(lines[-1].removeprefix("& ")) + width(why) <= ROOM + _MARGIN:
            lines[-1] += f" && {why}"
        elif why:
            lines.append(rf"& \qquad {why}")
        shown += lines
    return shown


def reason(step: Step) -> str:
    """The reasons of a row and the hypotheses that it used, as mathematics."""
    said: list[Any] = []
    for each in step.reasons:
        about = cited(each)
        said += [", " if said else "", each.name, *(["(", *about, ")"] if about else [])]
    said += [f" ({number})" for number in step.used]
    return told(_merged(said), upright, latex, latex.name)


def _merged(said: Sequence[Any]) -> tuple[Any, ...]:
    """Neighbouring words in one piece."""
    found: list[Any] = []
    for each in said:
        if found and type(each) is str and type(found[-1]) is str:
            found[-1] += each
        elif each != "":
            found.append(each)
    return tuple(found)


def upright(prose: str) -> str:
    """Words within mathematics; an underscore, which KaTeX refuses there, stands outside."""
    parts = [rf"\text{{{part}}}" if part else "" for part in prose.split("_")]
    return r"\_".join(parts)


def words(prose: str) -> str:
    """Prose that Markdown leaves as it is."""
    return _SPECIAL.sub(r"\\\1", prose)


def formula(node: Basic) -> str:
    """A formula within prose."""
    return f"${latex(node)}$"


def name(declared: str) -> str:
    """The name of a definition within prose."""
    return f"${latex.name(declared)}$"


def _escaped_ids(line: str) -> str:
    return line.replace("_", r"\_")


def plain_text(shown: Sequence[Step]) -> str:
    """The same steps as Unicode lines, for where nothing is rendered."""
    lines = []
    for step in shown:
        margin = "  " * step.depth
        if step.kind == "heading":
            lines.append(margin + told(step.says, str, text, text.name))
            continue
        mark = " " if step.relation is None else text.relation_mark(step.relation)
        lines.append(f"{margin}{mark} {text(step.term)}")
    return "\n".join(lines)
