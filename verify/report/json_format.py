"""`--format json`: schema 1, stable for tools."""

from __future__ import annotations

import json
from typing import Any

from verify.records import ClaimRecord, HypothesisRecord
from verify.report.run import Run
from verify.report.wording import proof_verdict
from verify.results import Evidence, PointResult, VariantResult

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
            "cached": len(run.cached),
            "interrupted": run.interrupted,
            "seconds": round(run.seconds, 3),
        },
    }


def _claim(result: ClaimRecord) -> dict[str, Any]:
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
        "hypotheses": [_hypothesis(each) for each in result.hypotheses],
        "variants": [_variant(each) for each in result.variants],
        "seconds": round(result.seconds, 3),
        "checked_by": result.checked_by,
        "cached": result.cached,
    }


def _proof(result: ClaimRecord) -> dict[str, Any]:
    proof = result.proof
    rows = [
        {
            "where": accepted.where,
            "latex": accepted.formula.latex,
            "rule": accepted.rule,
            "verdict": "proved",
            "reason": "",
            "used": [fact.latex for fact in accepted.used],
            "worlds": _worlds(result, accepted.where),
        }
        for accepted in (proof.rows if proof is not None else ())
    ]
    refused = None if proof is None else proof.refusal
    if refused is not None:
        rows.append(
            {
                "where": refused.where,
                "latex": "" if refused.after is None else refused.after.latex,
                "rule": refused.rule,
                "verdict": "undecided",
                "reason": refused.reason,
                "used": [],
                "worlds": None,
            }
        )
    theorem = {"states": result.states.latex, "given": [fact.latex for fact in result.given]}
    return {
        "verdict": proof_verdict(result),
        "theorem": theorem if result.proved else None,
        "rows": rows,
        "lemmas": [] if proof is None else list(proof.lemmas),
        "seconds": 0.0 if proof is None else round(proof.seconds, 3),
    }


def _worlds(result: ClaimRecord, where: str) -> dict[str, Any] | None:
    """What became of a row in exact worlds, where that was asked for."""
    for each in result.rows:
        if each.where == where:
            return {
                "verdict": each.verdict,
                "count": each.worlds,
                "counterexample": each.counterexample,
                "reason": each.reason,
            }
    return None


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
        "at": point.at,
        "claimed": point.claimed,
        "observed": point.observed,
        "samples": point.samples,
        "smallest_detectable": point.smallest_detectable,
        "verdict": point.verdict,
        "rung": point.rung,
        "reason": point.reason,
    }


def _hypothesis(found: HypothesisRecord) -> dict[str, Any]:
    return {
        "latex": found.statement.latex,
        "weakened": None if found.weakened is None else found.weakened.latex,
        "verdict": found.verdict,
        "refused_at_row": found.refused_at_row,
        "refused_at": found.refused_at,
        "counterexample": found.counterexample,
        "undefined": found.undefined,
    }


def _variant(found: VariantResult) -> dict[str, Any]:
    return {
        "what": found.what,
        "verdict": found.verdict,
        "counterexample": found.counterexample,
        "crosscheck": None if found.evidence is None else _evidence(found.evidence),
        "reason": found.reason,
    }
