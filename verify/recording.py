"""From the result of a check to its record: the one place where a theorem becomes *proved*."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from sympy import Basic

from verify.claim import Claim
from verify.kernel.theorem import Refused, is_theorem
from verify.notation import latex, text
from verify.notation.reasons import reasons
from verify.proof_rows import rows_of
from verify.records import (
    ClaimRecord,
    Formula,
    Heading,
    HypothesisRecord,
    ProofRecord,
    RefusalRecord,
    RowRecord,
)
from verify.refutation import DRAWS
from verify.results import ClaimResult, Evidence, HypothesisResult, PointResult, VariantResult
from verify.semantics import World, describe, judge


def record(result: ClaimResult, seed: int = 0) -> ClaimRecord:
    """The record of a result; *proved* only for a theorem that the kernel of this process made.

    seed: the seed of the check, with which the world of a counterexample is found again.
    Raises TypeError for a proof that is neither such a theorem nor refused.
    """
    claim = result.claim
    return ClaimRecord(
        claim=heading(claim),
        states=formula(claim.states),
        given=tuple(formula(fact) for fact in claim.given),
        proof=_proof(result),
        evidence=None if result.evidence is None else _evidence(result.evidence),
        hypotheses=tuple(_hypothesis(claim, each) for each in result.hypotheses),
        variants=tuple(_variant(each) for each in result.variants),
        ok=result.ok,
        undecided=result.undecided,
        problems=result.problems,
        seconds=result.seconds,
        rows=result.rows,
        values=_values_there(claim, result.evidence, seed) if claim.expected == "refuted" else "",
    )


def malformed(claim: Claim, message: str) -> ClaimRecord:
    """The record of a claim that cannot be read: a failure, with what is wrong with it."""
    unread = RefusalRecord(where="claim", rule="", reason="the claim is malformed")
    return ClaimRecord(
        claim=heading(claim),
        states=formula(claim.states),
        given=(),
        proof=ProofRecord("undecided", (), unread, (), 0.0),
        evidence=None,
        hypotheses=(),
        variants=(),
        ok=False,
        undecided=False,
        problems=tuple(message.splitlines()),
        seconds=0.0,
    )


def heading(claim: Claim) -> Heading:
    """What identifies the claim, with parts of a wrong type as Python prints them."""
    sources = claim.source if isinstance(claim.source, list | tuple) else (claim.source,)
    return Heading(
        id=str(claim.id),
        title=str(claim.title),
        sources=tuple(str(source) for source in sources),
        expected="refuted" if claim.expected == "refuted" else "proved",
        corrected=None if claim.corrected is None else str(claim.corrected),
        awaits=None if claim.awaits is None else str(claim.awaits),
        notes=str(claim.notes),
    )


def formula(term: Any) -> Formula:
    """The term in both notations; what is no term, as Python prints it."""
    if not isinstance(term, Basic):
        return Formula(str(term), str(term))
    return Formula(text(term), latex(term))


def plain(value: Any) -> Any:
    """Any value as JSON: exact numbers as strings, numbers that JSON lacks as strings too."""
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, Fraction):
        return str(value)
    if isinstance(value, Mapping):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if hasattr(value, "tolist"):  # a NumPy scalar or array
        return plain(value.tolist())
    if isinstance(value, float):
        return value if math.isfinite(value) else str(value)
    return str(value)


def _proof(result: ClaimResult) -> ProofRecord | None:
    proof = result.proof
    if proof is None:
        return None
    if not (isinstance(proof, Refused) or is_theorem(proof)):
        raise TypeError(f"{result.claim.id}: {proof!r} is no theorem of this process")
    rows = tuple(
        RowRecord(
            where=accepted.where,
            formula=_relation(accepted.row),
            rule=reasons(accepted.row.by),
            used=tuple(formula(fact) for fact in accepted.used),
        )
        for accepted in proof.rows
    )
    refused = isinstance(proof, Refused)
    return ProofRecord(
        verdict="undecided" if refused else "proved",
        rows=rows,
        refusal=refusal(proof) if refused else None,
        lemmas=() if refused else tuple(str(name) for name in proof.lemmas),
        seconds=result.extra.get("proof_seconds", 0.0),
    )


def _relation(row: Any) -> Formula:
    return Formula(
        f"{text.relation_mark(row.relation)} {text(row.term)}",
        f"{latex.relation_mark(row.relation)} {latex(row.term)}",
    )


def refusal(refused: Refused) -> RefusalRecord:
    """What the kernel did not accept."""
    before, after = (
        None if side is None else formula(side) for side in (refused.before, refused.after)
    )
    return RefusalRecord(refused.where, refused.rule, refused.reason, before, after)


def _hypothesis(claim: Claim, found: HypothesisResult) -> HypothesisRecord:
    rows = {where: number for number, (where, _, _) in enumerate(rows_of(claim.proof), 1)}
    return HypothesisRecord(
        statement=formula(found.statement),
        verdict=found.verdict,
        refused_at=found.refused_at,
        refused_at_row=rows.get(found.refused_at or ""),
        counterexample=found.counterexample,
        weakened=None if found.weakened is None else formula(found.weakened),
        undefined=found.undefined,
    )


def _variant(found: VariantResult) -> VariantResult:
    return found if found.evidence is None else replace(found, evidence=_evidence(found.evidence))


def _evidence(evidence: Evidence) -> Evidence:
    """With every value of a point as plain data, whatever the claim's points hold."""
    return replace(evidence, points=tuple(_point(each) for each in evidence.points))


def _point(point: PointResult) -> PointResult:
    return replace(
        point,
        at=plain(point.at),
        claimed=plain(point.claimed),
        observed=plain(point.observed),
        samples=int(point.samples),
        smallest_detectable=_number(point.smallest_detectable),
    )


def _number(value: Any) -> float | None:
    return None if value is None else float(value)


def _values_there(claim: Claim, evidence: Evidence | None, seed: int) -> str:
    """What the statement says in the world of the counterexample: "not 1/4 = 1/2", or nothing."""
    if evidence is None or not evidence.counterexample or claim.worlds is None:
        return ""
    random = Random(seed)  # noqa: S311
    for _ in range(DRAWS):
        world = claim.worlds(random)
        if isinstance(world, World) and describe(world) == evidence.counterexample:
            return judge(claim.states, world).note
    return ""
