"""Two programs for the two sides, compared on random data."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from verify.claim import Claim
from verify.crosscheck.models import Comparison, Point
from verify.crosscheck.sampling import generator
from verify.crosscheck.targets import conclusion, premises_fail
from verify.guard import Guard
from verify.language import statements as st
from verify.results import CheckVerdict, PointResult
from verify.semantics.numeric import numeric


def compared_point(claim: Claim, number: int, point: Point, seed: int) -> PointResult:
    """Compute both sides `repeats` times; one violation of the relation contradicts."""
    model: Comparison = claim.model
    guard = Guard()
    verdict: CheckVerdict = "confirmed"
    reason, worst, done, strict = "", 0.0, 0, False
    with guard, np.errstate(all="ignore"):
        relation = conclusion(claim.states, st.Relation, model)
        strict = isinstance(relation, (st.Less, st.Greater))
        rng = generator(seed, claim.id, number, 0)
        for repeat in range(model.repeats):
            left, right, values = _sides(model, relation, rng, point)
            if premises_fail(claim.states, st.Relation, model, values):
                continue
            if strict and not np.array_equal(left, right):
                strict = False
            excess = _violation(type(relation), left, right)
            worst, done = max(worst, excess), done + 1
            if excess > model.tolerance:
                verdict = "contradicted"
                reason = f"data set {repeat + 1}: left {_shown(left)}, right {_shown(right)}"
                break
    if guard.reason:
        verdict, reason = "undecided", guard.reason
    elif done == 0:
        verdict, reason = "undecided", "the model gives no data sets at which the premise holds"
        if model.repeats == 0:
            reason = "the model asks for no data sets"
    elif strict and verdict == "confirmed":
        verdict, reason = "undecided", "the sides are equal in each data set, which < and > exclude"
    return PointResult(
        at=dict(point),
        claimed=0.0,
        observed=worst,
        samples=done,
        smallest_detectable=model.tolerance if verdict == "confirmed" else None,
        verdict=verdict,
        rung="numeric",
        reason=reason,
    )


def _sides(
    model: Comparison, relation: Any, rng: np.random.Generator, point: Point
) -> tuple[Any, Any, Mapping[Any, Any]]:
    left, right = model.sides(rng, point)
    values = dict(point)
    if isinstance(right, Mapping):
        values |= right
        right = numeric(relation.args[1], values)
    a, b = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    if a.shape != b.shape and a.ndim and b.ndim:
        raise ValueError(f"sides of the shapes {a.shape} and {b.shape}")
    if a.size == 0 or not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise ValueError("sides returned NaN, infinity or nothing")
    return a, b, values


def _violation(kind: type[Any], left: Any, right: Any) -> float:
    """By how much the relation fails, relative to the largest entry; <= 0 where it holds."""
    scale = max(_largest(abs(left)), _largest(abs(right)), sys.float_info.min)
    if issubclass(kind, st.Equation):
        return _largest(abs(left - right)) / scale
    if issubclass(kind, (st.AtMost, st.Less)):
        return _largest(left - right) / scale
    if issubclass(kind, (st.AtLeast, st.Greater)):
        return _largest(right - left) / scale
    raise TypeError(f"a comparison cannot test a statement of the kind {kind.__name__}")


def _largest(values: Any) -> float:
    return float(values.max() if np.ndim(values) else values)


def _shown(value: Any) -> str:
    return str(np.array2string(np.asarray(value), precision=6, threshold=6))
