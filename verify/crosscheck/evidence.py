"""`crosscheck`: the exact rung, then the claim's model at each of its points."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import replace
from time import perf_counter

from verify.claim import Claim
from verify.crosscheck.comparison import compared_point
from verify.crosscheck.exact import exact_check
from verify.crosscheck.means import sampled_point
from verify.crosscheck.memory import keep_freed_memory
from verify.crosscheck.models import (
    AsymptoticMean,
    BoundedMean,
    Comparison,
    Mean,
    Optimum,
    Point,
    SameDistribution,
)
from verify.crosscheck.optimum import optimum_point
from verify.crosscheck.seeding import seed_fault
from verify.crosscheck.targets import has_unspoken_parts
from verify.errors import ClaimError
from verify.points import in_words
from verify.results import RUNGS, CheckVerdict, Evidence, PointResult

_MODELS = (Mean, BoundedMean, AsymptoticMean, SameDistribution, Comparison, Optimum)


def crosscheck(
    claim: Claim,
    *,
    seed: int = 0,
    alpha: float = 1e-6,
    detect: float = 0.01,
    power: float = 1 - 1e-6,
    checks: int = 1,
    executor: Executor | None = None,
    progress: Callable[[str], None] | None = None,
) -> Evidence:
    """Whether the claim survives its exact worlds and its simulation.

    A true claim is contradicted with probability at most `alpha` / `checks` a point (alpha is
    shared by all `checks` of a suite, Bonferroni); a claim wrong by `detect` (relative) or more
    at a point is confirmed there with probability at most 1 - `power`. The same `seed` gives
    the same evidence, whatever the `executor` (None: this process). `progress` is told what is
    looked at. A model that fails is reported as undecided, with the reason.
    Raises ClaimError when the claim's worlds violate its hypotheses, when the statement has no
    value in one of them, or when the model is none of verify.crosscheck.models; ValueError for
    an alpha, detect or power outside (0, 1) or checks below 1.
    """
    if not (0 < alpha < 1 and 0 < detect < 1 and 0 < power < 1 and checks >= 1):
        raise ValueError("alpha, detect and power lie strictly between 0 and 1, checks is >= 1")
    started = perf_counter()
    tell = progress or (lambda what: None)
    found: list[Evidence] = []
    if claim.worlds is not None:
        tell("exact worlds")
        found.append(exact_check(claim, seed))
    if claim.model is not None and not any(each.verdict == "contradicted" for each in found):
        found.append(_simulated(claim, seed, alpha / checks, detect, 1 - power, executor, tell))
    joined = _joined(found, perf_counter() - started)
    if claim.worlds is None and joined.verdict == "confirmed" and has_unspoken_parts(claim.states):
        reason = "the model speaks of one part of the statement only; `worlds` would of them all"
        return replace(joined, verdict="undecided", reason=f"{claim.id}: {reason}")
    return joined


def _simulated(
    claim: Claim,
    seed: int,
    alpha: float,
    detect: float,
    beta: float,
    executor: Executor | None,
    tell: Callable[[str], None],
) -> Evidence:
    started = perf_counter()
    keep_freed_memory()
    if not isinstance(claim.model, _MODELS):
        raise ClaimError(f"{claim.id}, model: {claim.model!r} is none of verify's models")
    results = []
    for number, point in enumerate(claim.points or ({},)):
        tell(f"point {_shown(point)}")
        result = _at(claim, number, point, seed, alpha, detect, beta, executor)
        results.append(result)
        if result.verdict == "contradicted":
            break
    verdict = _verdict(results)
    at = next((each for each in results if each.verdict == verdict), results[0])
    reason = ""
    if at.reason:
        reason = f"{claim.id}, point {_shown(at.at)}: {at.reason}"
    shown = reason if verdict == "contradicted" else None
    seconds = perf_counter() - started
    return Evidence(verdict, results[0].rung, tuple(results), seconds, reason, shown)


def _at(
    claim: Claim,
    number: int,
    point: Point,
    seed: int,
    alpha: float,
    detect: float,
    beta: float,
    executor: Executor | None,
) -> PointResult:
    fault = seed_fault(claim, number, point, seed)
    if fault:
        return PointResult(dict(point), None, None, 0, None, "undecided", "none", fault)
    if isinstance(claim.model, Comparison):
        return compared_point(claim, number, point, seed)
    if isinstance(claim.model, Optimum):
        return optimum_point(claim, number, point, seed)
    return sampled_point(
        claim,
        number,
        point,
        seed=seed,
        alpha=alpha,
        detect=detect,
        beta=beta,
        executor=executor,
    )


def _verdict(results: list[PointResult]) -> CheckVerdict:
    verdicts = {each.verdict for each in results}
    if "contradicted" in verdicts:
        return "contradicted"
    return "confirmed" if verdicts == {"confirmed"} else "undecided"


def _joined(found: list[Evidence], seconds: float) -> Evidence:
    """One verdict: a contradiction counts; what is undecided by the worlds the model may settle,
    but a model that fails is never outvoted, nor is a point beyond the worlds at which the
    statement seems to fail.
    """
    points = tuple(point for each in found for point in each.points)
    if not found:
        return Evidence("undecided", "none", (), seconds, "the claim has no worlds and no model")
    worst = next((each for each in found if each.verdict == "contradicted"), found[-1])
    confirmed = [each for each in found if each.verdict == "confirmed"]
    if worst.verdict == "confirmed":
        worst = next((each for each in found if each.seems_to_fail), worst)
    if worst.verdict != "confirmed":
        return Evidence(
            worst.verdict, worst.rung, points, seconds, worst.reason, worst.counterexample
        )
    best = min(confirmed, key=lambda each: RUNGS.index(each.rung))
    return Evidence("confirmed", best.rung, points, seconds, best.reason)


def _shown(point: Point) -> str:
    return in_words(point, "=") or "(none)"
