"""A claimed minimum on random data: feasible points, a local search, an independent solver."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from verify.claim import Claim
from verify.crosscheck.models import Optimum, Point
from verify.crosscheck.sampling import generator
from verify.crosscheck.targets import conclusion
from verify.guard import Guard
from verify.language.statements import GlobalMinimum, UniqueMinimum
from verify.results import CheckVerdict, PointResult
from verify.semantics.numeric import numeric

#: Steps of the local search from the best point found.
_STEPS = 100
#: Another minimiser lies at least this far from the claimed one, relative to the feasible points.
_APART = 0.02


@dataclass(frozen=True)
class _Trial:
    """One data set with what the statement claims on it.

    size: what objective values are of, seen at the random feasible points: at most 1 or the
    claimed value, so that an objective of small values has small errors.
    """

    model: Optimum
    data: Mapping[str, Any]
    at: Any
    value: float
    size: float
    points: Any

    @property
    def slack(self) -> float:
        """The rounding allowed to an objective value."""
        return self.model.tolerance * self.size

    @property
    def leeway(self) -> float:
        """The rounding allowed to a constraint."""
        return self.model.tolerance * max(1.0, float(np.max(np.abs(self.at), initial=0.0)))

    def is_below(self, found: float, lowest: float, x: Any) -> bool:
        """Whether an objective is lower; clearly so, if its point is feasible up to slack only."""
        if found >= lowest - self.slack:
            return False
        rough = self.model.solver * self.size
        return self.is_feasible(x) or found < lowest - rough

    def objective(self, x: Any) -> float:
        found = float(self.model.objective(self.data, x))
        if not math.isfinite(found):
            raise ValueError(f"the objective is {found}")
        return found

    def is_feasible(self, x: Any, slack: float = 0.0) -> bool:
        return float(self.model.excess(self.data, x)) <= slack


def optimum_point(claim: Claim, number: int, point: Point, seed: int) -> PointResult:
    """Try the minimum on `repeats` random data sets; one lower feasible point contradicts."""
    model: Optimum = claim.model
    guard = Guard()
    done, claimed, observed, refuted, doubt = 0, None, None, "", ""
    with guard, np.errstate(all="ignore"):
        statement = conclusion(claim.states, GlobalMinimum, model)
        rng = generator(seed, claim.id, number, 0)
        for repeat in range(model.repeats):
            trial = _trial(model, statement, rng, point)
            claimed = trial.value
            observed, refuted, solver = _tried(trial, rng, isinstance(statement, UniqueMinimum))
            doubt = doubt or solver
            done = repeat + 1
            if refuted:
                break
    verdict: CheckVerdict = "confirmed"
    reason = guard.reason or (f"data set {done}: {refuted}" if refuted else doubt)
    if refuted and not guard.reason:
        verdict = "contradicted"
    elif reason or done == 0:
        verdict, reason = "undecided", reason or "the model asks for no data sets"
    return PointResult(
        at=dict(point),
        claimed=claimed,
        observed=observed,
        samples=done * model.candidates,
        smallest_detectable=model.solver if verdict == "confirmed" else None,
        verdict=verdict,
        rung="search",
        reason=reason,
    )


def _trial(model: Optimum, statement: Any, rng: np.random.Generator, point: Point) -> _Trial:
    data = {**point, **model.data(rng, point)}
    at, value = statement.args[3], statement.args[4]
    best, claimed = np.asarray(numeric(at, data)), float(numeric(value, data))
    points = np.asarray(model.feasible(rng, data, model.candidates), dtype=float)
    if points.shape != (model.candidates, *best.shape):
        raise ValueError(f"feasible returned the shape {points.shape}")
    largest = max((abs(float(model.objective(data, x))) for x in points), default=1.0)
    size = min(max(1.0, abs(claimed)), max(abs(claimed), largest, np.finfo(float).tiny))
    return _Trial(model, data, best, claimed, size, points)


def _tried(trial: _Trial, rng: np.random.Generator, unique: bool) -> tuple[float, str, str]:
    """The lowest objective seen, a refutation ("" if none), a doubt about the solver."""
    here = trial.objective(trial.at)
    if not trial.is_feasible(trial.at, trial.leeway):
        return here, f"the claimed minimiser {_shown(trial.at)} violates the constraints", ""
    if abs(here - trial.value) > trial.slack:
        return here, f"the objective is {here:.9g} there, claimed is {trial.value:.9g}", ""
    points = trial.points
    if not all(trial.is_feasible(x, trial.leeway) for x in points):
        raise ValueError("feasible returned a point that violates the constraints")
    size = max(float(np.max(np.abs(points - trial.at))), np.finfo(float).tiny)
    lowest, refuted = here, ""
    values = [trial.objective(x) for x in points]
    best = points[int(np.argmin(values))]
    solved = np.asarray(trial.model.solve(trial.data), dtype=float).reshape(trial.at.shape)
    solved_ok = trial.is_feasible(solved, trial.leeway)
    others = [*_neighbours(trial, points), _descended(trial, best, size, rng)]
    others += [solved] if solved_ok else []
    values += [trial.objective(x) for x in others]
    for x, found in zip([*points, *others], values, strict=True):
        if trial.is_below(found, lowest, x):
            lowest, refuted = found, f"{_shown(x)} is feasible and lower: {found:.9g} < {here:.9g}"
        elif unique and not refuted and _attains_apart(trial, x, found, _APART * size):
            refuted = f"{_shown(x)} attains the minimum as well"
    gap = trial.objective(solved) - here
    doubt = ""
    if not refuted and abs(gap) > trial.model.solver * trial.size:
        doubt = f"the solver's objective differs by {gap:.3g} from the claimed minimum"
    return lowest, refuted, doubt


def _attains_apart(trial: _Trial, x: Any, found: float, apart: float) -> bool:
    """Whether a point away from the claimed minimiser has the same objective."""
    attains = abs(found - trial.value) <= trial.slack
    return attains and float(np.max(np.abs(x - trial.at))) > apart


def _neighbours(trial: _Trial, points: Any) -> list[Any]:
    """Feasible points close to the claimed minimiser, towards the random ones."""
    found = []
    for step in (0.3, 1e-2, 1e-4):
        for x in points[:20]:
            near = trial.at + step * (x - trial.at)
            if trial.is_feasible(near):
                found.append(near)
    return found


def _descended(trial: _Trial, start: Any, size: float, rng: np.random.Generator) -> Any:
    """A random local search downwards from the best random point, within the constraints."""
    x, value, width = start, trial.objective(start), size / 4
    for _ in range(_STEPS):
        other = x + width * rng.standard_normal(np.shape(x))
        found = trial.objective(other) if trial.is_feasible(other) else np.inf
        if found < value:
            x, value = other, found
        else:
            width *= 0.9
    return x


def _shown(x: Any) -> str:
    return str(np.array2string(np.asarray(x), precision=6, threshold=6))
