"""`--format json`: schema 1, stable for tools."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from verify.claim import Claim
from verify.kernel.theorem import Refused, is_theorem
from verify.language.proofs import rows_of
from verify.notation import latex
from verify.report.run import Run
from verify.report.wording import proof_verdict, reasons
from verify.results import (
    ClaimResult,
    Evidence,
    HypothesisResult,
    PointResult,
    VariantResult,
)

SCHEMA = 1


def as_json(run: Run) -> str:
    """The whole run as one JSON document."""
    return json.dumps(document(run), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def document(run: Run) -> dict[str, Any]:
    """The run as plain data."""
    return {
        "schema": SCHEMA,
        "versions": run.versions,
        "seed": run.seed,
        "alpha": run.alpha,
        "detect": run.detect,
        "claims": [_claim(each) for each in run.results],
        "summary": {
            "claims": len(run.results),
            "ok": sum(each.ok for each in run.results),
            "seconds": round(run.seconds, 3),
        },
    }


def _claim(result: ClaimResult) -> dict[str, Any]:
    claim = result.claim
    return {
        "id": claim.id,
        "title": claim.title,
        "sources": list(claim.sources),
        "expected": claim.expected,
        "ok": result.ok,
        "undecided": result.undecided,
        "problems": list(result.problems),
        "corrected": claim.corrected,
        "awaits": claim.awaits,
        "proof": _proof(result),
        "crosscheck": None if result.evidence is None else _evidence(result.evidence),
        "hypotheses": [_hypothesis(claim, each) for each in result.hypotheses],
        "variants": [_variant(each) for each in result.variants],
        "seconds": round(result.seconds, 3),
    }


def _proof(result: ClaimResult) -> dict[str, Any]:
    proof = result.proof
    theorem = None
    if is_theorem(proof):
        theorem = {"states": latex(proof.states), "given": [latex(fact) for fact in proof.given]}
    rows = [
        {
            "where": accepted.where,
            "latex": _row(accepted.row),
            "rule": reasons(accepted.row.by),
            "verdict": "proved",
            "reason": "",
            "used": [latex(fact) for fact in accepted.used],
        }
        for accepted in (proof.rows if proof is not None else ())
    ]
    if isinstance(proof, Refused):
        rows.append(
            {
                "where": proof.where,
                "latex": "" if proof.after is None else latex(proof.after),
                "rule": proof.rule,
                "verdict": "undecided",
                "reason": proof.reason,
                "used": [],
            }
        )
    return {
        "verdict": proof_verdict(result),
        "theorem": theorem,
        "rows": rows,
        "lemmas": [_lemma(each) for each in proof.lemmas] if is_theorem(proof) else [],
        "seconds": round(result.extra.get("proof_seconds", 0.0), 3),
    }


def _row(row: Any) -> str:
    return f"{latex.relation_mark(row.relation)} {latex(row.term)}"


def _lemma(lemma: Any) -> str:
    if isinstance(lemma, Claim):
        return lemma.id
    return latex(lemma.states) if is_theorem(lemma) else str(lemma)


def _evidence(evidence: Evidence) -> dict[str, Any]:
    return {
        "verdict": evidence.verdict,
        "rung": evidence.rung,
        "points": [_point(each) for each in evidence.points],
        "seconds": round(evidence.seconds, 3),
        "reason": evidence.reason,
        "counterexample": evidence.counterexample,
    }


def _point(point: PointResult) -> dict[str, Any]:
    return {
        "at": plain(point.at),
        "claimed": plain(point.claimed),
        "observed": plain(point.observed),
        "samples": point.samples,
        "smallest_detectable": plain(point.smallest_detectable),
        "verdict": point.verdict,
        "rung": point.rung,
        "reason": point.reason,
    }


def _hypothesis(claim: Claim, found: HypothesisResult) -> dict[str, Any]:
    rows = {where: number for number, (where, _, _) in enumerate(rows_of(claim.proof), 1)}
    return {
        "latex": latex(found.statement),
        "weakened": None if found.weakened is None else latex(found.weakened),
        "verdict": found.verdict,
        "refused_at_row": rows.get(found.refused_at or ""),
        "refused_at": found.refused_at,
        "counterexample": found.counterexample,
    }


def _variant(found: VariantResult) -> dict[str, Any]:
    return {
        "what": found.what,
        "verdict": found.verdict,
        "counterexample": found.counterexample,
        "crosscheck": None if found.evidence is None else _evidence(found.evidence),
        "reason": found.reason,
    }


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
