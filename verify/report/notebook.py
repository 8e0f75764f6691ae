"""What a notebook shows: claims, proofs, refusals, evidence, and proofs line by line.

Each object has a MIME bundle of Markdown, LaTeX and plain text, which Jupyter and marimo choose
from. `verify.notation` gives the methods to the classes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from markupsafe import Markup

from verify.claim import Claim
from verify.kernel.theorem import Refused, Theorem
from verify.language.proofs import Proof
from verify.language.statements import AllOf
from verify.notation import latex, text
from verify.points import in_words
from verify.report.export import latex as latex_format
from verify.report.export import markdown
from verify.report.outline import Outline, Step, outline
from verify.report.web import html
from verify.report.web.rendering import environment
from verify.report.web.views import Row, row_view
from verify.report.wording import number, percent
from verify.results import ClaimResult, Evidence, PointResult

Bundle = dict[str, str]


class Source(str):
    """LaTeX that a notebook shows as it is, ready to be copied."""

    def __repr__(self) -> str:
        return str(self)


class Shown:
    """A part of a proof on a page."""

    def __init__(self, page: Outline, steps: Sequence[Step]) -> None:
        self._page, self._steps = page, tuple(steps)

    def __str__(self) -> str:
        return markdown.plain_text(self._steps)

    __repr__ = __str__

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        blocks = latex_format.derivation(self._page, self._steps)
        return {
            "text/markdown": markdown.derivation(self._steps),
            "text/latex": "\n".join(blocks),
            "text/plain": str(self),
        }


class Steps(Iterator[Shown]):
    """A proof that is revealed line by line: `next(steps)` shows one row more.

    On a page of its own it unfolds by clicks, which needs no running kernel.
    """

    def __init__(self, page: Outline) -> None:
        self._page, self._row = page, -1

    def __next__(self) -> Shown:
        if self._row >= self._page.rows:
            raise StopIteration
        self._row += 1
        return Shown(self._page, self._page.until(self._row))

    def __repr__(self) -> str:
        return f"{self._page.rows} rows, {max(self._row, 0)} shown"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> Bundle:
        page = environment().get_template("unfolding.html")
        shown = page.render(rows=unfolding(self._page.steps))
        return {"text/html": shown, "text/plain": repr(self)}


def unfolding(steps: Sequence[Step]) -> list[tuple[Markup, Row | None]]:
    """Headings (words, None) and rows ("", row) in reading order."""
    return [
        (html.said(step.says), None)
        if step.kind == "heading"
        else (Markup(""), row_view(step, lambda name: None))
        for step in steps
    ]


def page_of(shown: Any) -> Outline:
    """The outline of a claim, of a theorem, or of a proof alone."""
    if isinstance(shown, Claim):
        return outline(shown)
    if isinstance(shown, Theorem):
        given = tuple(shown.given)
        claim = Claim(id="", title="", states=shown.states, given=given, proof=shown.proof)
        return outline(claim, shown)
    return outline(Claim(id="", title="", states=AllOf(), proof=shown))


def show(self: Theorem | Proof | Claim, until: int | None = None) -> Shown:
    """The proof up to row `until`, all of it by default.

    Raises ValueError if there is no such row.
    """
    page = page_of(self)
    if until is not None and not 0 <= until <= page.rows:
        raise ValueError(f"the proof has {page.rows} rows; until={until} is none of them")
    return Shown(page, page.steps if until is None else page.until(until))


def steps(self: Theorem | Proof | Claim) -> Steps:
    """The proof line by line."""
    return Steps(page_of(self))


def statement_latex(self: Claim | Theorem) -> Source:
    """The statement in LaTeX, in the author's order, without dollars."""
    return Source(latex(self.states))


def claim_bundle(self: Claim, include: Any = None, exclude: Any = None) -> Bundle:
    """Title, hypotheses, statement and the author's rows."""
    return _page_bundle(outline(self), f"**{markdown.words(self.title)}** (`{self.id}`)")


def theorem_bundle(self: Theorem, include: Any = None, exclude: Any = None) -> Bundle:
    """Hypotheses, statement and the rows that the kernel accepted."""
    return _page_bundle(page_of(self), "")


def proof_bundle(self: Proof, include: Any = None, exclude: Any = None) -> Bundle:
    """The author's rows."""
    return show(self)._repr_mimebundle_()


def _page_bundle(page: Outline, title: str) -> Bundle:
    parts = [title, markdown.body(page)]
    facts = [f"({n}) {text(fact)}" for n, fact in enumerate(page.claim.given, 1)]
    lines = [page.claim.title, *facts, text(page.claim.states), markdown.plain_text(page.steps)]
    return {
        "text/markdown": "\n\n".join(part for part in parts if part),
        "text/latex": latex_format.as_latex(page),
        "text/plain": "\n".join(line for line in [*lines, page.verdict] if line),
    }


def refused_bundle(self: Refused, include: Any = None, exclude: Any = None) -> Bundle:
    """Where the proof stops, both sides of the row, and what is missing."""
    rule = f", by *{markdown.words(self.rule)}*" if self.rule else ""
    told = f"**Refused at {self.where}**{rule}: {markdown.words(self.reason)}"
    sides = [
        (word, side)
        for word, side in (("from", self.before), ("to", self.after))
        if side is not None
    ]
    rows = [rf"\text{{{word}}}\quad & {latex(side)}" for word, side in sides]
    plain = [f"refused at {self.where}: {self.reason}"]
    plain += [f"  {word:<4}  {text(side)}" for word, side in sides]
    block = markdown.block(rows) if rows else ""
    return {
        "text/markdown": "\n\n".join(part for part in (told, block) if part),
        "text/latex": block,
        "text/plain": "\n".join(plain),
    }


def evidence_bundle(self: Evidence, include: Any = None, exclude: Any = None) -> Bundle:
    """The verdict, a counterexample, and a table of the places where it looked."""
    reason = f": {self.reason}" if self.reason else ""
    plain = [f"{self.verdict} ({self.rung}){reason}"]
    parts = [f"**{self.verdict.capitalize()}** ({self.rung}){markdown.words(reason)}"]
    if self.counterexample:
        plain.append(f"counterexample: {self.counterexample}")
        parts.append(f"Counterexample: {markdown.words(self.counterexample)}")
    if self.points:
        rows = [[markdown.words(cell) for cell in _cells(point)] for point in self.points]
        table = [_POINT, ["---"] * len(_POINT), *rows]
        parts.append("\n".join(f"| {' | '.join(row)} |" for row in table))
        plain += ["  ".join(cell for cell in _cells(point) if cell) for point in self.points]
    return {"text/markdown": "\n\n".join(parts), "text/plain": "\n".join(plain)}


#: The columns of the table of points.
_POINT = ["at", "claimed", "observed", "samples", "sees", "how", "verdict"]


def _cells(point: PointResult) -> list[str]:
    return [
        in_words(point.at),
        "" if point.claimed is None else number(point.claimed),
        "" if point.observed is None else number(point.observed),
        f"{point.samples:,}",
        percent(point.smallest_detectable),
        point.rung,
        point.verdict,
    ]


def result_bundle(self: ClaimResult, include: Any = None, exclude: Any = None) -> Bundle:
    """The claim with the kernel's answer, the evidence and the variants."""
    claim = self.claim
    title = f"**{markdown.words(claim.title)}** (`{claim.id}`)"
    shown = _page_bundle(outline(claim, self.proof), title)
    parts, plain = [shown["text/markdown"]], [shown["text/plain"]]
    if self.evidence is not None:
        found = evidence_bundle(self.evidence)
        parts.append(found["text/markdown"])
        plain.append(found["text/plain"])
    rejected = sum(each.verdict == "refuted" for each in self.variants)
    if self.variants:
        told = f"{rejected} of {len(self.variants)} false neighbours rejected"
        parts.append(told)
        plain.append(told)
    parts += [f"- {markdown.words(problem)}" for problem in self.problems]
    return {"text/markdown": "\n\n".join(parts), "text/plain": "\n".join([*plain, *self.problems])}
