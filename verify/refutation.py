"""Looking for an exact finite world in which a statement fails although its hypotheses hold."""

from __future__ import annotations

from collections.abc import Iterable
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
)


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
    draws: int = 40,
) -> Search:
    """The first of `draws` worlds that satisfies `given` and in which `states` is false.

    Truth is decided exactly; a world in which it is undecided or undefined counts as none, and
    the search goes on.
    """
    if source is None:
        return Search(None, "no worlds are given")
    random, facts, reason = Random(seed), tuple(given), "no world was drawn"  # noqa: S311
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
            elif _is(states, world, False):
                return Search(describe(world), "")
            else:
                reason = "the statement is not false in the worlds drawn"
        except WorldError as problem:
            return Search(None, f"a world is malformed: {problem}")
        except IllFormedError as problem:
            return Search(None, f"the statement has no meaning: {problem}")
    return Search(None, reason)


def facts_of(claim: Claim) -> tuple[Statement, ...]:
    """Everything that a world must satisfy to be a world of the claim."""
    return (*claim.well_formed, *claim.given)


def _is(statement: Statement, world: Any, value: bool) -> bool:
    try:
        return holds(statement, world) is value
    except (UndefinedError, UnresolvedError):
        return False
