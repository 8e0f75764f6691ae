"""Sampled points: the e-process of one mean, or of one probability a threshold."""

from __future__ import annotations

import math
from collections.abc import Iterator
from concurrent.futures import Executor
from typing import Any

from verify.claim import Claim
from verify.crosscheck.eprocess import MOST_DRAWS, Chunk, Plan, Test
from verify.crosscheck.models import AsymptoticMean, BoundedMean, Mean, Point, SameDistribution
from verify.crosscheck.sampling import Task, answers, batch_size, pilot_variance, thresholds
from verify.crosscheck.targets import check_conditions, claimed_mean, conclusion, values_at
from verify.guard import Guard
from verify.language.statements import Equation, SameLaw
from verify.results import CheckVerdict, PointResult, Wealth

Sampled = Mean | BoundedMean | AsymptoticMean | SameDistribution
#: An estimated variance is taken so much larger.
_MARGIN = 1.25
_RUNGS: dict[type[Any], str] = {
    Mean: "variance-bounded",
    BoundedMean: "bounded",
    AsymptoticMean: "asymptotic",
    SameDistribution: "bounded",
}


def sampled_point(
    claim: Claim,
    number: int,
    point: Point,
    *,
    seed: int,
    alpha: float,
    detect: float,
    beta: float,
    executor: Executor | None,
) -> PointResult:
    """Sample one point until every test there has decided, or the sample bound is reached.

    alpha, beta: the error levels of this point, as in `Plan`.
    """
    model = claim.model
    guard = Guard()
    plans: tuple[Plan, ...] = ()
    batch = 0
    with guard:
        plans = plans_at(claim, number, point, seed=seed, alpha=alpha, beta=beta, detect=detect)
        batch = batch_size(model, point)
    if guard.reason:
        return _result(model, point, None, None, 0, None, "undecided", guard.reason)
    if plans[0].draws > MOST_DRAWS:
        reason = f"{plans[0].draws:.2g} draws would be needed: the variance is too large"
        return _result(model, point, plans[0].claimed, None, 0, None, "undecided", reason)
    tests = [Test(plan) for plan in plans]
    tasks: Iterator[Task] = (
        Task(claim.id, seed, number, point, chunk, plans, batch) for chunk in range(plans[0].chunks)
    )
    for answer in answers(tasks, claim, executor):
        if isinstance(answer, str):
            drawn = max(test.draws for test in tests)
            return _result(model, point, _claimed(plans), None, drawn, None, "undecided", answer)
        _feed(tests, answer)
        decisions = {test.decision for test in tests}
        if "undecided" not in decisions or decisions & {"contradicted", "bound exceeded"}:
            break
    return _decided(model, point, tests, detect)


def _feed(tests: list[Test], summaries: tuple[Chunk, ...]) -> None:
    for test, summary in zip(tests, summaries, strict=True):
        if test.decision == "undecided":
            test.feed(summary)


def plans_at(
    claim: Claim,
    number: int,
    point: Point,
    *,
    seed: int,
    alpha: float,
    beta: float,
    detect: float = 0.01,
) -> tuple[Plan, ...]:
    """What is tested at a point: one mean, or one difference of probabilities a threshold.

    Raises what the model raises, and ValueError where nothing can be tested.
    """
    model = claim.model
    if isinstance(model, SameDistribution):
        conclusion(claim.states, SameLaw, model)
        levels = thresholds(model, point)
        if not levels:
            raise ValueError("no thresholds")
        # Independent indicators: each has a variance of at most 1/4, the difference 1/2.
        plan = Plan(0.0, detect, 0.5, alpha / len(levels), beta, model.chunk, certain=True)
        return (plan,) * len(levels)
    equation = conclusion(claim.states, Equation, model)
    values = values_at(point, model.known)
    check_conditions(claim.states, Equation, model, values)
    claimed, relative = claimed_mean(equation, values, detect)
    if isinstance(model, AsymptoticMean):
        bound = _MARGIN * pilot_variance(model, claim.id, seed, number, point)
    else:
        bound = _variance(model, point, claimed)
    if claimed != 0:
        gap = relative * abs(claimed)
    else:
        gap = detect * (math.sqrt(bound) if model.scale is None else float(model.scale(point)))
    if not gap > 0:
        raise ValueError("the claimed mean and its scale are both 0: nothing can be detected")
    if isinstance(model, BoundedMean):
        bound = max(_variance(model, point, claimed + side * gap) for side in (-1, 0, 1))
    certain = isinstance(model, BoundedMean)
    return (Plan(claimed, gap, bound, alpha, beta, model.chunk, certain),)


def _variance(model: Mean | BoundedMean, point: Point, mean: float) -> float:
    """A bound of the variance of one draw, if it has this mean."""
    if isinstance(model, BoundedMean):
        low, high = model.low, model.high
        # Bhatia and Davis; Popoviciu where no variable has the mean.
        return (high - mean) * (mean - low) if low < mean < high else (high - low) ** 2 / 4
    bound = float(model.variance(point))
    if not 0 <= bound < math.inf:
        raise ValueError(f"the variance bound is {bound}")
    return bound


def _claimed(plans: tuple[Plan, ...]) -> float:
    return plans[0].claimed


def _decided(model: Sampled, point: Point, tests: list[Test], detect: float) -> PointResult:
    drawn = max(test.draws for test in tests)
    for verdict in ("contradicted", "bound exceeded", "undecided"):
        found = next((test for test in tests if test.decision == verdict), None)
        if found is not None:
            return _failed(model, point, found, drawn)
    alike = _alike(model, tests)
    if alike:
        first = tests[0]
        claimed, mean = first.plan.claimed, first.mean
        return _result(model, point, claimed, mean, drawn, None, "undecided", alike, first.wealth)
    worst = max(tests, key=lambda test: abs(test.mean - test.plan.claimed))
    plan = worst.plan
    relative = plan.gap / abs(plan.claimed) if plan.claimed != 0 else detect
    wealth = max(tests, key=lambda test: test.draws).wealth
    return _result(model, point, plan.claimed, worst.mean, drawn, relative, "confirmed", "", wealth)


def _alike(model: Sampled, tests: list[Test]) -> str:
    """Why draws that never differ test nothing, "" where they do."""
    if isinstance(model, SameDistribution) and not any(test.strayed for test in tests):
        return "no threshold ever had draws on both of its sides: give others"
    (test, *_) = tests
    if isinstance(model, Mean) and test.plan.bound > 0 and test.variance == 0:
        return (
            f"all {test.draws} draws are alike, though the model states a variance of up to "
            f"{test.plan.bound:.4g}: it states 0 where nothing is random"
        )
    return ""


def _failed(model: Sampled, point: Point, test: Test, drawn: int) -> PointResult:
    plan = test.plan
    if test.decision == "contradicted":
        verdict: CheckVerdict = "contradicted"
        reason = f"the mean of {test.draws} draws is {test.mean:.6g}, claimed is {plan.claimed:.6g}"
    elif test.decision == "bound exceeded":
        verdict = "undecided"
        reason = (
            f"the draws have variance {test.variance:.4g}, more than the bound {plan.bound:.4g} "
            "that the model states"
        )
    else:
        verdict, reason = "undecided", f"no decision within {test.draws} draws"
    return _result(model, point, plan.claimed, test.mean, drawn, None, verdict, reason, test.wealth)


def _result(
    model: Sampled,
    point: Point,
    claimed: float | None,
    observed: float | None,
    samples: int,
    smallest: float | None,
    verdict: CheckVerdict,
    reason: str,
    wealth: Wealth | None = None,
) -> PointResult:
    return PointResult(
        at=dict(point),
        claimed=claimed,
        observed=observed,
        samples=samples,
        smallest_detectable=smallest,
        verdict=verdict,
        rung=_RUNGS[type(model)],
        reason=reason,
        wealth=wealth,
    )
