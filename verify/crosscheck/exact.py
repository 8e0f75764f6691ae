"""The exact rung: the statement in random finite worlds that satisfy the hypotheses."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from random import Random
from time import perf_counter

from sympy import Basic

from verify.claim import Claim
from verify.crosscheck.adversary import attacked_point
from verify.crosscheck.counterexamples import is_counterexample
from verify.crosscheck.free_laws import reweighted_point
from verify.crosscheck.identities import identity_point
from verify.errors import ClaimError
from verify.guard import Guard
from verify.language.names import Name
from verify.language.statements import AllOf, Statement
from verify.language.substitution import free_names
from verify.notation.text import text
from verify.results import CheckVerdict, Evidence, PointResult
from verify.semantics import Truth, World, describe, judge, shrunk, size
from verify.semantics.faults import (
    IllFormedError,
    UndefinedError,
    UnresolvedError,
    WorldError,
)
from verify.semantics.truth import conjunction

#: Worlds tried, and further ones among which a simpler counterexample is looked for.
WORLDS = 12
_SIMPLER = 12
#: Worlds drawn on where nothing was asked of a part of the statement.
_FURTHER = 100
#: Candidates that a mere search must have tried before it counts for anything.
_FEWEST_CANDIDATES = 100


def worlds(claim: Claim, seed: int) -> Iterator[World]:
    """Random worlds of the claim, each checked against its hypotheses.

    Raises ClaimError when the claim's source fails or a world violates a hypothesis.
    """
    if claim.worlds is None:
        raise ClaimError(f"{claim.id}: the claim has no `worlds`")
    name = hashlib.sha256(claim.id.encode()).digest()[:8]
    rng = Random(seed * 2**64 + int.from_bytes(name, "big"))  # noqa: S311
    while True:
        guard, world = Guard(), None
        with guard:
            world = claim.worlds(rng)
        if not isinstance(world, World):
            raise ClaimError(f"{claim.id}, worlds: {guard.reason or f'{world!r} is not a World'}")
        _check_hypotheses(claim, world)
        yield world


def _check_hypotheses(claim: Claim, world: World) -> None:
    for part in ("well_formed", "given"):
        for number, fact in enumerate(getattr(claim, part), 1):
            problem = _violated(fact, world)
            if problem:
                raise ClaimError(f"{claim.id}, worlds: {part} {number} ({text(fact)}) {problem}")


def _violated(fact: Statement, world: World) -> str:
    """What is wrong with a world in which a hypothesis does not hold for certain, "" if it does."""
    try:
        found = judge(fact, world)
    except (UndefinedError, UnresolvedError, WorldError, IllFormedError) as problem:
        return f"has no value: {problem} in the world {describe(world)}"
    if found.value is False:
        note = f": {found.note}" if found.note else ""
        return f"is violated by the world {describe(world)}{note}"
    if found.value is None:
        return f"is undecided in the world {describe(world)}: {found.note}"
    return ""


def world_of_given(claim: Claim, seed: int = 0) -> World:
    """One exact world that satisfies the hypotheses; raises ClaimError when none is found."""
    return next(worlds(claim, seed))


def model_of_given(claim: Claim, seed: int = 0) -> World | None:
    """As `world_of_given`, with None for a claim that has none."""
    try:
        return world_of_given(claim, seed)
    except ClaimError:
        return None


def exact_check(claim: Claim, seed: int) -> Evidence:
    """The statement in `WORLDS` random worlds, in rationals or balls.

    Identities are tried modulo a prime as well, inequalities where they hold least, and laws of
    which no hypothesis speaks with other weights.
    Contradicted by one false instance (the smallest found is shown); undecided where something is
    never asked for. Raises ClaimError when a
    world violates a hypothesis or the statement has no value in a world.
    """
    started = perf_counter()
    source = worlds(claim, seed)
    drawn = [next(source) for _ in range(WORLDS)]
    seen = [_judged(claim, world) for world in drawn]
    idle = None
    if all(truth.value is not False for truth in seen):
        idle = _idle_part(claim, source, drawn, seen)
    failing = [world for world, truth in zip(drawn, seen, strict=True) if truth.value is False]
    if failing and not any(is_counterexample(claim, world) for world in failing):
        reason = (
            f"the statement fails in the world {describe(failing[0])}, where a hypothesis holds "
            "at the values tried, and perhaps not at others"
        )
        seconds = perf_counter() - started
        return _evidence("undecided", "exact", len(seen), "perhaps violated", reason, seconds)
    if failing:
        return _contradicted(claim, source, failing, perf_counter() - started)
    if idle is not None:
        reason = (
            f"no world asks anything of {text(idle)}: in each its premise fails, or its range is "
            "empty; let `worlds` draw others"
        )
        seconds = perf_counter() - started
        return _evidence("undecided", "exact", len(seen), "nothing asked", reason, seconds)
    evidence = _held(claim, drawn, seen, perf_counter() - started)
    if evidence.verdict != "confirmed":
        return evidence
    points = list(evidence.points)
    for further in (
        identity_point(claim, drawn, seed),
        attacked_point(claim, drawn),
        reweighted_point(claim, drawn, seed),
    ):
        if further is None:
            continue
        point, counterexample = further
        if counterexample is not None:
            return _contradicted(claim, source, [counterexample], perf_counter() - started)
        points.append(point)
    seconds = perf_counter() - started
    open_point = next((point for point in points if point.verdict != "confirmed"), None)
    if open_point is not None:
        reason = open_point.reason
        return Evidence(
            "undecided", evidence.rung, tuple(points), seconds, reason, seems_to_fail=True
        )
    return replace(evidence, points=tuple(points), seconds=seconds)


def _judged(claim: Claim, world: World) -> Truth:
    try:
        return judge(claim.states, world)
    except (UndefinedError, UnresolvedError, WorldError, IllFormedError) as problem:
        raise ClaimError(
            f"{claim.id}, statement: {problem} in the world {describe(world)}"
        ) from problem


def _contradicted(
    claim: Claim, source: Iterator[World], failing: list[World], seconds: float
) -> Evidence:
    for _ in range(_SIMPLER):
        world = next(source)
        if _judged(claim, world).value is False:
            failing.append(world)
    count = WORLDS + _SIMPLER
    certain = [world for world in failing if is_counterexample(claim, world)]
    smallest = shrunk(min(certain, key=size), lambda world: is_counterexample(claim, world))
    note = _judged(claim, smallest).note
    shown = describe(smallest) + (f": {note}" if note else "")
    return _evidence("contradicted", "exact", count, f"{len(failing)} fail", "", seconds, shown)


def _held(claim: Claim, drawn: list[World], seen: list[Truth], seconds: float) -> Evidence:
    found = conjunction(seen)
    count = len(seen)
    if found.value is None:
        return _evidence("undecided", "exact", count, "undecided", found.note, seconds)
    if found.rung == "search":
        enough = found.tried >= _FEWEST_CANDIDATES
        reason = f"no violation among {found.tried} candidates in {count} worlds"
        if not enough:
            reason += f"; {_FEWEST_CANDIDATES} are needed: give each world more `candidates`"
        verdict: CheckVerdict = "confirmed" if enough else "undecided"
        return _evidence(verdict, "search", found.tried, "no violation", reason, seconds)
    if found.rung == "ball":
        reason = "equal to the last of 256 bits"
        return _evidence("confirmed", "ball", count, "holds in each", reason, seconds)
    random = any(isinstance(n, Name) and n.random for n in free_names(claim.states))
    outcomes = sum(len(world.outcomes) for world in drawn)
    if random and outcomes:
        observed = f"holds in each, {outcomes:,} outcomes enumerated"
        return _evidence("confirmed", "enumerated", count, observed, "", seconds)
    return _evidence("confirmed", "exact", count, "holds in each", "", seconds)


def _idle_part(
    claim: Claim, source: Iterator[World], drawn: list[World], seen: list[Truth]
) -> Basic | None:
    """A part of the statement of which no world asks anything, if there is one.

    Worlds are drawn on until each part is asked for in one: premises may hold but rarely.
    """
    whole = not isinstance(claim.states, AllOf)
    idle: list[Basic] = [claim.states] if whole else list(claim.states.args)
    for number in range(WORLDS + _FURTHER):
        if number == len(drawn):
            drawn.append(next(source))
            seen.append(_judged(claim, drawn[number]))
            if seen[number].value is False:
                return None
        truths = [seen[number] if whole else judge(part, drawn[number]) for part in idle]
        idle = [part for part, truth in zip(idle, truths, strict=True) if truth.idle]
        if not idle:
            return None
    return idle[0]


def _evidence(
    verdict: CheckVerdict,
    rung: str,
    samples: int,
    observed: str,
    reason: str,
    seconds: float,
    counterexample: str | None = None,
) -> Evidence:
    point = PointResult(
        at={"worlds": samples},
        claimed="holds",
        observed=observed,
        samples=samples,
        smallest_detectable=None,
        verdict=verdict,
        rung=rung,
        reason=reason,
    )
    return Evidence(verdict, rung, (point,), seconds, reason, counterexample)
