"""Drawing from a model in chunks: the same numbers for any number of workers."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Executor, Future
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from verify.claim import Claim
from verify.crosscheck.eprocess import Chunk, Floats, Plan, summarise
from verify.crosscheck.models import (
    AsymptoticMean,
    BoundedMean,
    Draws,
    Mean,
    Point,
    SameDistribution,
)
from verify.guard import Guard

#: Chunks asked for ahead of the one that is folded next.
_AHEAD = 8
#: Random numbers of one batch: 4 MB in float64, which a third-level cache holds. (Smaller ones
#: would fit the second level, and keep the interpreter busy instead.)
_NUMBERS = 2**19
#: A batch has at least so many draws, however many numbers one takes.
_SMALLEST_BATCH = 16
#: Draws from which the numbers that one draw needs are counted.
_PROBE = 64
#: The place of the pilot among the chunks: past the last.
_PILOT = 2**32 - 1
#: What a chunk comes back as: one summary a plan, or why there is none.
Answer = tuple[Chunk, ...] | str


@dataclass(frozen=True)
class Task:
    """One chunk: which claim, which point, which chunk, and what is tested there.

    batch: draws asked of the model at once; the figures depend on it.
    """

    claim: str
    seed: int
    point_number: int
    point: Point
    chunk: int
    plans: tuple[Plan, ...]
    batch: int


def generator(seed: int, claim: str, point: int, chunk: int) -> np.random.Generator:
    """The random numbers of one chunk, from the seed and stable names only."""
    sequence = np.random.SeedSequence(seed, spawn_key=(_number(claim), point, chunk))
    return np.random.Generator(np.random.SFC64(sequence))


@lru_cache(maxsize=10_000)
def _number(claim: str) -> int:
    return int.from_bytes(hashlib.sha256(claim.encode()).digest()[:8], "big")


def run(task: Task, model: Any) -> Answer:
    """Draw one chunk and fold it; a fault of the model is returned as its reason."""
    rng = generator(task.seed, task.claim, task.point_number, task.chunk)
    size, batch = task.plans[0].chunk_draws, task.batch
    guard = Guard()
    with guard, np.errstate(all="ignore"):
        if isinstance(model, SameDistribution):
            left = _drawn(model.draw_left, "draw_left", rng, task.point, size, batch)
            right = _drawn(model.draw_right, "draw_right", rng, task.point, size, batch)
            levels = thresholds(model, task.point)
            return tuple(
                summarise(np.subtract(left > t, right > t, dtype=np.float64), plan)
                for t, plan in zip(levels, task.plans, strict=True)
            )
        draws = _drawn(model.draw, "draw", rng, task.point, size, batch)
        _within(draws, model)
        return tuple(summarise(draws, plan) for plan in task.plans)
    return guard.reason


def batch_size(model: Any, point: Point) -> int:
    """How many draws to ask for at once, so that the arrays of a batch stay in the cache.

    SFC64 counts its outputs: a few draws on a generator of their own show how many random numbers
    one draw takes. The answer depends on the model and the point alone. Raises what the model
    raises.
    """
    rng = np.random.Generator(np.random.SFC64(0))
    before = _outputs(rng)
    with np.errstate(all="ignore"):
        draw = model.draw_left if isinstance(model, SameDistribution) else model.draw
        draw(rng, point, _PROBE)
    numbers = max(1, (_outputs(rng) - before) // _PROBE)
    # Not a power of two: rows that many bytes apart would share the same few lines of a cache.
    return max(_SMALLEST_BATCH, _NUMBERS // numbers) // 8 * 8 + 8


def pilot_variance(
    model: AsymptoticMean, claim: str, seed: int, number: int, point: Point
) -> float:
    """The variance of `pilot` draws, on random numbers that no chunk uses.

    Raises what the model raises, and ValueError for equal draws: they say nothing of a variance.
    """
    rng = generator(seed, claim, number, _PILOT)
    with np.errstate(all="ignore"):
        draws = _drawn(model.draw, "draw", rng, point, model.pilot, batch_size(model, point))
    if np.ptp(draws) == 0:
        raise ValueError(f"all {model.pilot} pilot draws are {draws[0]:g}: no variance to go by")
    return float(draws.var(ddof=1))


def _outputs(rng: np.random.Generator) -> int:
    """How many 64-bit numbers an SFC64 generator has made."""
    state: Any = rng.bit_generator.state
    return int(state["state"]["state"][3])


def thresholds(model: SameDistribution, point: Point) -> tuple[float, ...]:
    """The thresholds at a point."""
    found = model.thresholds(point) if callable(model.thresholds) else model.thresholds
    return tuple(float(t) for t in found)


def _drawn(
    draw: Draws, what: str, rng: np.random.Generator, point: Point, size: int, batch: int
) -> Floats:
    """`size` draws, one batch after the other."""
    if size <= batch:
        return _checked(draw(rng, point, size), size, what)
    found = np.empty(size)
    for start in range(0, size, batch):
        part = min(batch, size - start)
        found[start : start + part] = _checked(draw(rng, point, part), part, what)
    return found


def _checked(draws: Any, size: int, what: str) -> Floats:
    found = np.asarray(draws)
    if found.dtype.kind not in "fiub":
        raise TypeError(f"{what} returned values of type {found.dtype}, not real numbers")
    if found.shape != (size,):
        raise ValueError(f"{what} returned the shape {found.shape}, not ({size},)")
    found = found.astype(np.float64, copy=False)
    # A finite sum is quick to see; an infinite one may come of large numbers as well.
    if not np.isfinite(found.sum()) and not np.isfinite(found).all():
        raise ValueError(f"{what} returned NaN or infinity")
    return found


def _within(draws: Floats, model: Mean | BoundedMean | AsymptoticMean) -> None:
    if isinstance(model, BoundedMean) and (draws.min() < model.low or draws.max() > model.high):
        raise ValueError(
            f"draw returned values in [{draws.min():g}, {draws.max():g}], "
            f"outside [{model.low:g}, {model.high:g}]"
        )


@lru_cache
def _named(name: str) -> Claim:
    from verify.discovery import claim

    return claim(name)


def run_by_name(task: Task) -> Answer:
    """`run` for another process, which finds the model by the claim's id."""
    return run(task, _named(task.claim).model)


def is_discoverable(claim: Claim) -> bool:
    """Whether another process would find this very model under the claim's id."""
    guard = Guard()
    with guard:
        return bool(_named(claim.id).model is claim.model)
    return False


def answers(tasks: Iterator[Task], claim: Claim, executor: Executor | None) -> Iterator[Answer]:
    """The answers in the order of the tasks, computed here or by the executor.

    A chunk that a lost worker took with it is computed here, with the same result.
    """
    if executor is None or not is_discoverable(claim):
        yield from (run(task, claim.model) for task in tasks)
        return
    waiting: deque[tuple[Task, Future[Answer] | None]] = deque()
    try:
        for task in tasks:
            waiting.append((task, _submitted(executor, task)))
            if len(waiting) >= _AHEAD:
                yield _collected(*waiting.popleft(), claim.model)
        while waiting:
            yield _collected(*waiting.popleft(), claim.model)
    finally:
        for _, future in waiting:
            if future is not None:
                future.cancel()


def _submitted(executor: Executor, task: Task) -> Future[Answer] | None:
    with Guard():
        return executor.submit(run_by_name, task)
    return None


def _collected(task: Task, future: Future[Answer] | None, model: Any) -> Answer:
    if future is not None:
        with Guard():  # `run` returns a model's faults: what is raised is the executor's
            return future.result()
    return run(task, model)
