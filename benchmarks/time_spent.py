"""Where the time of the cross-check goes, and how near it comes to the bare draws.

The bare draws are the calls of the random generator and of BLAS (matrix products, einsum) that the
simulations make: they are timed one by one inside a run of the same draws. Seconds are of the
processor, so that other programs do not count.
"""

from __future__ import annotations

import resource
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from time import process_time
from typing import Any

import numpy as np

from verify.checking import count_checks
from verify.claim import Claim
from verify.crosscheck import crosscheck
from verify.crosscheck.means import plans_at
from verify.crosscheck.models import BoundedMean, Mean, SameDistribution
from verify.discovery import claims
from verify.errors import ClaimError

#: Runs of each simulation: a single one takes now fewer draws and now more.
SEEDS = 3

#: What BLAS computes, or einsum in its place.
_PRODUCTS = (np.dot, np.einsum, np.inner, np.tensordot, np.vdot)


class Stopwatch:
    """Adds up the processor time of the calls that it makes."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self, work: Callable[..., Any], *parts: Any, **named: Any) -> Any:
        started = process_time()
        try:
            return work(*parts, **named)
        finally:
            self.seconds += process_time() - started


class Watched(np.ndarray[Any, Any]):
    """An array whose matrix products are timed, and all that is computed from it."""

    watch: Stopwatch | None = None

    def __array_finalize__(self, other: Any) -> None:
        self.watch = getattr(other, "watch", None)

    def __array_ufunc__(self, ufunc: Any, method: str, *inputs: Any, **options: Any) -> Any:
        work = getattr(ufunc, method)
        plain = [_plain(each) for each in inputs]
        if options.get("out") is not None:
            options["out"] = tuple(_plain(each) for each in options["out"])
        timed = self.watch is not None and ufunc is np.matmul
        found = self.watch(work, *plain, **options) if timed else work(*plain, **options)  # type: ignore[misc]
        return watched(found, self.watch)

    def __array_function__(self, work: Any, types: Any, parts: Any, named: Any) -> Any:
        parts, named = _plain(parts), _plain(named)
        timed = self.watch is not None and work in _PRODUCTS
        found = self.watch(work, *parts, **named) if timed else work(*parts, **named)  # type: ignore[misc]
        return watched(found, self.watch)


def watched(value: Any, watch: Stopwatch | None) -> Any:
    """The value, as an array that is watched if it is an array."""
    if not isinstance(value, np.ndarray):
        return value
    found = value.view(Watched)
    found.watch = watch
    return found


def _plain(value: Any) -> Any:
    if isinstance(value, Watched):
        return value.view(np.ndarray)
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(each) for each in value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    return value


class WatchedGenerator:
    """A generator whose calls are timed, and whose arrays are watched."""

    def __init__(self, rng: np.random.Generator, watch: Stopwatch) -> None:
        self._rng, self._watch = rng, watch

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._rng, name)
        if not callable(found):
            return found
        return lambda *parts, **named: watched(
            self._watch(found, *_plain(parts), **_plain(named)), self._watch
        )


Model = Mean | BoundedMean | SameDistribution


def with_draws(model: Model, change: Callable[[Any], Any]) -> Model:
    """The model with each of its draws put through `change`."""
    if isinstance(model, SameDistribution):
        return replace(
            model, draw_left=change(model.draw_left), draw_right=change(model.draw_right)
        )
    return replace(model, draw=change(model.draw))


@dataclass(frozen=True)
class Spent:
    """Processor seconds of one claim's cross-check, on average over some seeds.

    exact: worlds, identities, inequalities. simulated: the rest; of that `model` in the claim's own
    draws, and `bare` in the generator and BLAS (None where nothing is sampled). draws: used;
    formula: what the design of the test predicts.
    """

    id: str
    exact: float
    simulated: float
    model: float | None = None
    bare: float | None = None
    draws: int = 0
    formula: float = 0.0


def time_spent(only: Sequence[Claim] | None = None, alpha: float = 1e-6) -> list[Spent]:
    """Each claim that is to be proved; α is shared by the simulations of all claims."""
    every = list(claims())
    checks = sum(count_checks(each) for each in every)
    chosen = every if only is None else only
    return [spent(each, alpha / checks) for each in chosen if each.expected == "proved"]


def spent(claim: Claim, alpha: float, beta: float = 1e-6) -> Spent:
    """One claim, its simulation at the level `alpha` a point, with several seeds."""
    watch = Stopwatch()
    if claim.worlds is not None:
        watch(crosscheck, replace(claim, model=None))
    if claim.model is None:
        return Spent(claim.id, watch.seconds, 0.0)
    alone = replace(claim, worlds=None)
    runs = [_simulated(alone, seed, alpha, beta) for seed in range(SEEDS)]
    simulated = sum(run.simulated for run in runs) / SEEDS
    if not isinstance(claim.model, (Mean, BoundedMean, SameDistribution)):
        return Spent(claim.id, watch.seconds, simulated)
    return Spent(
        id=claim.id,
        exact=watch.seconds,
        simulated=simulated,
        model=sum(run.model or 0.0 for run in runs) / SEEDS,
        bare=sum(run.bare or 0.0 for run in runs) / SEEDS,
        draws=round(sum(run.draws for run in runs) / SEEDS),
        formula=sum(run.formula for run in runs) / SEEDS,
    )


def _simulated(claim: Claim, seed: int, alpha: float, beta: float) -> Spent:
    """The simulation alone, once as it is and once with its bare draws timed."""
    simulated, model, bare = Stopwatch(), Stopwatch(), Stopwatch()
    if not isinstance(claim.model, (Mean, BoundedMean, SameDistribution)):
        simulated(crosscheck, claim, alpha=alpha, seed=seed)
        return Spent(claim.id, 0.0, simulated.seconds)

    def timed(draw: Any) -> Any:
        return lambda rng, point, size: model(draw, rng, point, size)

    def stripped(draw: Any) -> Any:
        return lambda rng, point, size: _plain(draw(WatchedGenerator(rng, bare), point, size))

    as_it_is = replace(claim, model=with_draws(claim.model, timed))
    found = simulated(crosscheck, as_it_is, alpha=alpha, seed=seed)
    watched_claim = replace(claim, model=with_draws(claim.model, stripped))
    if crosscheck(watched_claim, alpha=alpha, seed=seed).points != found.points:
        raise ClaimError(f"{claim.id}: the draws differ when they are timed")
    formula = sum(
        plans_at(claim, number, point, seed=seed, alpha=alpha, beta=beta)[0].expected
        for number, point in enumerate(claim.points or ({},))
    )
    draws = sum(point.samples for point in found.points)
    return Spent(claim.id, 0.0, simulated.seconds, model.seconds, bare.seconds, draws, formula)


def peak_memory() -> float:
    """The most memory that this process has held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
