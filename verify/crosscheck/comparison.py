"""Two programs for the two sides, compared on random data."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from verify.claim import Claim
from verify.crosscheck.models import Comparison, Point
from verify.crosscheck.sampling import generator
from verify.crosscheck.targets import conclusion
from verify.guard import Guard
from verify.language import statements as st
from verify.results import CheckVerdict, PointResult
from verify.semantics.numeric import numeric


def compared_point(claim: Claim, number: int, point: Point, seed: int) -> PointResult:
    """Compute both sides `repeats` times; one violation of the relation contradicts."""
    model: Comparison = claim.model
    guard = Guard()
    verdict: CheckVerdict = "confirmed"
    reason, worst, done = "", 0.0, 0
    with guard, np.errstate(all="ignore"):
        relation = conclusion(claim.states, st.Relation, model)
        rng = generator(seed, claim.id, number, 0)
        for repeat in range(model.repeats):
            left, right = _sides(model, relation, rng, point)
            excess = _violation(type(relation), left, right)
            worst, done = max(worst, excess), repeat + 1
            if excess > model.tolerance:
                verdict = "contradicted"
                reason = f"data set {done}: left {_shown(left)}, right {_shown(right)}"
                break
    if guard.reason:
        verdict, reason = "undecided", guard.reason
    elif done == 0:
        verdict, reason = "undecided", "the model asks for no data sets"
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
) -> tuple[Any, Any]:
    left, right = model.sides(rng, point)
    if isinstance(right, Mapping):
        right = numeric(relation.args[1], {**point, **right})
    a, b = np.asarray(left, dtype=float), np.asarray(right, dtype=float)
    if a.shape != b.shape and a.ndim and b.ndim:
        raise ValueError(f"sides of the shapes {a.shape} and {b.shape}")
    if a.size == 0 or not (np.isfinite(a).all() and np.isfinite(b).all()):
        raise ValueError("sides returned NaN, infinity or nothing")
    return a, b


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
