"""What the templates show, as plain data: one view a claim, one a rule."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from verify.claim import Claim
from verify.language.proofs import Apply, parts_of
from verify.notation import latex, text
from verify.points import in_words
from verify.proof_rows import rows_of
from verify.records import ClaimRecord, HypothesisRecord
from verify.report.errata import balls_rounded
from verify.report.outline import Outline, Step, definitions, sections
from verify.report.rule_page import rule_page
from verify.report.web import html
from verify.report.web.chart import Chart, charts
from verify.report.web.html import Link
from verify.report.wording import number, percent
from verify.results import PointResult


@dataclass(frozen=True)
class Row:
    """One line of a derivation."""

    anchor: str
    kind: str
    verdict: str
    mark: Markup
    term: Markup
    reasons: tuple[Markup, ...]
    used: tuple[int, ...]


@dataclass(frozen=True)
class Section:
    """The headings that lead to a chain (depth, words), and its rows."""

    headings: tuple[tuple[int, Markup], ...]
    depth: int
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Hypothesis:
    """A hypothesis, and what happens without it or with less of it: (label, verdict, words)."""

    number: int
    fact: Markup
    without: tuple[tuple[Markup, str, str], ...] = ()


@dataclass(frozen=True)
class Point:
    """One place where the cross-check looked."""

    at: str
    claimed: str
    observed: str
    samples: str
    sees: str
    rung: str
    verdict: str
    reason: str


@dataclass(frozen=True)
class ClaimView:
    """Everything that the page of one claim shows."""

    id: str
    title: str
    subject: str
    sources: tuple[str, ...]
    expected: str
    verdict: str
    checked: str
    ok: bool
    states: Markup
    words: str
    given: tuple[Hypothesis, ...]
    well_formed: tuple[Markup, ...]
    defined: tuple[Markup, ...]
    sections: tuple[Section, ...]
    refused_at: str
    refusal: str
    problems: tuple[str, ...]
    points: tuple[Point, ...]
    counterexample: str
    values: str
    variants: tuple[tuple[str, str, str], ...]
    corrected: str
    awaits: str
    notes: str
    errata: tuple[tuple[str, str], ...] = ()
    used_by: tuple[tuple[str, str], ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True)
class ExampleView:
    """A row that the kernel was asked about, and why it refused it ("" if it did not)."""

    statement: Markup
    by: str
    given: tuple[Markup, ...]
    refusal: str


@dataclass(frozen=True)
class RuleView:
    """The page of one rule: its parts, rows put to the kernel, and the claims that cite it."""

    name: str
    says: str
    parts: tuple[tuple[str, str], ...]
    examples: tuple[ExampleView, ...]
    rows: tuple[tuple[str, str, int], ...] = ()


#: Verdicts on a hypothesis in the words of a page.
WITHOUT = {"needed": "false", "used": "the proof stops", "unneeded": "still proved"}


def claim_view(page: Outline, link: Link, result: ClaimRecord | None = None) -> ClaimView:
    """The view of a claim; `result` is all that a run found of it."""
    claim = page.claim
    evidence = None if result is None else result.evidence
    verdict = page.verdict or ("refuted" if _refuted(result) else "")
    return ClaimView(
        id=claim.id,
        title=claim.title,
        subject=claim.subject,
        sources=claim.sources,
        expected=claim.expected,
        verdict=verdict,
        checked="" if evidence is None or claim.expected == "refuted" else evidence.verdict,
        ok=result.ok if result is not None else page.verdict != "refused",
        states=html.formula(claim.states),
        words=text(claim.states),
        given=_hypotheses(claim, () if result is None else result.hypotheses),
        well_formed=tuple(html.formula(fact) for fact in claim.well_formed),
        defined=tuple(html.pieces([latex.defined(each)]) for each in definitions(claim)),
        sections=tuple(_sections(page, link)),
        refused_at=page.refused_at,
        refusal=page.reason,
        problems=() if result is None else result.problems,
        points=tuple(_point(each) for each in (() if evidence is None else evidence.points)),
        counterexample="" if evidence is None else evidence.counterexample or "",
        values="" if result is None else balls_rounded(result.values),
        variants=tuple(
            (each.what, each.verdict, each.counterexample or each.reason)
            for each in (() if result is None else result.variants)
        ),
        corrected=claim.corrected or "",
        awaits=claim.awaits or "",
        notes=claim.notes,
        charts=charts(() if evidence is None else evidence.points),
    )


def _refuted(result: ClaimRecord | None) -> bool:
    evidence = None if result is None else result.evidence
    return evidence is not None and evidence.verdict == "contradicted"


def _sections(page: Outline, link: Link) -> list[Section]:
    found = []
    for headings, rows in sections(page.steps):
        depth = max((each.depth for each in (*headings, *rows)), default=0)
        found.append(
            Section(
                headings=tuple((each.depth, html.said(each.says)) for each in headings),
                depth=depth,
                rows=tuple(row_view(step, link) for step in rows),
            )
        )
    return found


def row_view(step: Step, link: Link) -> Row:
    """One step as a template shows it."""
    return Row(
        anchor=re.sub(r"[^a-z0-9]+", "-", step.where.lower()).strip("-"),
        kind=step.kind,
        verdict=step.verdict,
        mark=html.relation(step),
        term=html.formula(step.term),
        reasons=tuple(html.reason(each, link) for each in step.reasons),
        used=step.used,
    )


def _hypotheses(claim: Claim, found: Sequence[HypothesisRecord]) -> tuple[Hypothesis, ...]:
    shown = []
    for number_of, fact in enumerate(claim.given, 1):
        own = [each for each in found if each.statement.latex == latex(fact)]
        shown.append(Hypothesis(number_of, html.formula(fact), tuple(_without(own))))
    return tuple(shown)


def _without(found: Sequence[HypothesisRecord]) -> list[tuple[Markup, str, str]]:
    lines: list[tuple[Markup, str, str]] = []
    for each in found:
        label = Markup("without it")
        if each.weakened is not None:
            label = Markup("with only ") + html.pieces([each.weakened.latex])
        told = "no value" if each.undefined else WITHOUT[each.verdict]
        if each.counterexample is not None:
            told += f" for {each.counterexample}"
        elif each.verdict == "used":
            told += f" at {each.refused_at}"
        lines.append((label, each.verdict, told))
    return lines


def _point(point: PointResult) -> Point:
    return Point(
        at=in_words(point.at),
        claimed="" if point.claimed is None else number(point.claimed),
        observed="" if point.observed is None else number(point.observed),
        samples=f"{point.samples:,}",
        sees=percent(point.smallest_detectable),
        rung=point.rung,
        verdict=point.verdict,
        reason=point.reason,
    )


def rule_view(name: str) -> RuleView:
    """The page of a rule; its examples are put to the kernel."""
    page = rule_page(name)
    examples = tuple(
        ExampleView(
            html.pieces([each.statement.latex]),
            each.by,
            tuple(html.pieces([fact.latex]) for fact in each.given),
            each.refusal,
        )
        for each in (*page.accepted, *page.refused)
    )
    return RuleView(name, page.title, tuple(page.parts.items()), examples)


def rules_cited(claim: Claim) -> dict[str, int]:
    """How many rows of the claim's proof cite each rule."""
    counts: dict[str, int] = {}
    for _, _, row in rows_of(claim.proof):
        by = row.by if isinstance(row.by, (tuple, list)) else (row.by,)
        for each in {getattr(reason, "name", "") for reason in by}:
            counts[each] = counts.get(each, 0) + 1
    return counts


def lemmas_cited(claim: Claim) -> set[str]:
    """The ids of the claims that the proof cites, as a reason or as a whole proof."""
    found = set()
    for each in _reasons_of(claim):
        if getattr(each, "name", "") == "lemma" and isinstance(each.about[0], Claim):
            found.add(each.about[0].id)
    return found | set(_applied(claim.proof))


def _reasons_of(claim: Claim) -> list[Any]:
    rows = [row.by for _, _, row in rows_of(claim.proof)]
    return [each for by in rows for each in (by if isinstance(by, (tuple, list)) else (by,))]


def _applied(proof: Any) -> list[str]:
    if isinstance(proof, Apply):
        return [proof.lemma.id] if isinstance(proof.lemma, Claim) else []
    return [name for _, part in parts_of(proof) for name in _applied(part)]
