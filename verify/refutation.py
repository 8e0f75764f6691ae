"""Looking for an exact finite world in which a statement fails although its hypotheses hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from verify.claim import Claim, WorldSource
from verify.crosscheck.guard import Guard
from verify.language.statements import Statement
from verify.semantics import (
    IllFormedError,
    UndefinedError,
    UnresolvedError,
    World,
    WorldError,
    describe,
    holds,
    judge,
    shrunk,
    size,
)

#: Worlds drawn in search of a counterexample.
DRAWS = 40


@dataclass(frozen=True)
class Search:
    """What a search found: the counterexample, or else why the last world was none."""

    counterexample: str | None
    reason: str


def refute(
    states: Statement,
    given: Iterable[Statement],
    source: WorldSource | None,
    *,
    seed: int,
    draws: int = DRAWS,
    smallest: bool = True,
) -> Search:
    """A world among `draws` that satisfies `given` and in which `states` is false.

    With `smallest`, the simplest of those found, made simpler still as long as it stays a
    counterexample (see verify.semantics.shrinking); else the first. The same seed gives the same
    world. Truth is decided exactly; a world in which it is undecided or undefined counts as none,
    and the search goes on.
    """
    if source is None:
        return Search(None, "no worlds are given")
    random, facts, reason = Random(seed), tuple(given), "no world was drawn"  # noqa: S311
    found: list[World] = []
    for _ in range(draws):
        guard, world = Guard(), None
        with guard:
            world = source(random)
        if not isinstance(world, World):
            return Search(None, f"a world is malformed: {guard.reason or repr(world)}")
        try:
            broken = next((fact for fact in facts if not _is(fact, world, True)), None)
            if broken is not None:
                reason = f"a world does not satisfy: {broken}"
            elif not _is(states, world, False):
                reason = "the statement is not false in the worlds drawn"
            else:
                found.append(world)
                if not smallest:
                    break
        except WorldError as problem:
            return Search(None, f"a world is malformed: {problem}")
        except IllFormedError as problem:
            return Search(None, f"the statement has no meaning: {problem}")
    if not found:
        return Search(None, reason)
    # A world that comes every time was written out by the author, who chose its numbers.
    written = len(found) == draws and len({describe(each) for each in found}) == 1
    chosen = smallest_of(found, states, facts) if smallest and not written else found[0]
    # Without a name of its own a world has nothing to say but where the statement fails.
    return Search(describe(chosen) or judge(states, chosen).note, "")


def smallest_of(found: Sequence[World], states: Statement, facts: Sequence[Statement]) -> World:
    """The simplest of some counterexamples, made simpler still."""

    def is_counterexample(world: World) -> bool:
        return _is(states, world, False) and all(_is(fact, world, True) for fact in facts)

    return shrunk(min(found, key=size), is_counterexample)


def facts_of(claim: Claim) -> tuple[Statement, ...]:
    """Everything that a world must satisfy to be a world of the claim."""
    return (*claim.well_formed, *claim.given)


def _is(statement: Statement, world: Any, value: bool) -> bool:
    try:
        return holds(statement, world) is value
    except (UndefinedError, UnresolvedError):
        return False
