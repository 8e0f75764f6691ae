"""Looking for an exact finite world in which a statement fails although its hypotheses hold."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Literal, TypeAlias

from sympy import Basic

from verify.claim import Claim, WorldSource
from verify.guard import Guard
from verify.language.calculus import Derivative, Partial
from verify.language.definitions import Definition
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

#: Whether a statement holds in a world: None where that is undecided.
Answer: TypeAlias = bool | Literal["no value"] | None

#: Worlds drawn in search of a counterexample.
DRAWS = 40


@dataclass(frozen=True)
class Search:
    """What a search found: the counterexample, or else why the last world was none.

    undefined: in the counterexample the statement is not false, but has no value.
    """

    counterexample: str | None
    reason: str
    undefined: bool = False


class Drawn:
    """The worlds of a source for one seed, each drawn once and judged once by each statement."""

    def __init__(self, source: WorldSource, seed: int) -> None:
        self._source, self._random = source, Random(seed)  # noqa: S311
        self._worlds: list[World] = []
        self._known: dict[tuple[int, Statement], Answer] = {}

    def world(self, number: int) -> World:
        """One world, in the order of the source; raises WorldError for what is none."""
        while number >= len(self._worlds):
            guard, world = Guard(), None
            with guard:
                world = self._source(self._random)
            if not isinstance(world, World):
                raise WorldError(guard.reason or repr(world))
            self._worlds.append(world)
        return self._worlds[number]

    def holds(self, statement: Statement, number: int) -> Answer:
        """Whether the statement holds in it; None where that is undecided."""
        key = (number, statement)
        if key not in self._known:
            self._known[key] = _holds(statement, self.world(number))
        return self._known[key]


def refute(
    states: Statement,
    given: Iterable[Statement],
    source: WorldSource | Drawn | None,
    *,
    seed: int,
    draws: int = DRAWS,
    smallest: bool = True,
    undefined: bool = False,
) -> Search:
    """A world among `draws` that satisfies `given` and in which `states` is false.

    With `smallest`, the simplest of those found, made simpler still as long as it stays a
    counterexample (see verify.semantics.shrinking); else the first. The same seed gives the same
    world. Truth is decided exactly; a world in which it is undecided or undefined counts as none,
    and the search goes on. With `undefined`, one in which `states` has no value will do where none
    is found in which it is false.
    """
    if source is None:
        return Search(None, "no worlds are given")
    drawn = source if isinstance(source, Drawn) else Drawn(source, seed)
    facts, reason = tuple(given), "no world was drawn"
    found: list[World] = []
    senseless: World | None = None
    for number in range(draws):
        try:
            world = drawn.world(number)
            broken = next((fact for fact in facts if drawn.holds(fact, number) is not True), None)
            if broken is not None:
                known = drawn.holds(broken, number) is False
                verb = "does not satisfy" if known else "is not known to satisfy"
                reason = f"a world {verb}: {broken}"
                continue
            answer = drawn.holds(states, number)
            if answer is False:
                found.append(world)
                if not smallest:
                    break
            else:
                reason = "the statement is not false in the worlds drawn"
                senseless = senseless or (world if answer == "no value" else None)
        except WorldError as problem:
            return Search(None, f"a world is malformed: {problem}")
        except IllFormedError as problem:
            return Search(None, f"the statement has no meaning: {problem}")
    if not found:
        if undefined and senseless is not None:
            return Search(describe(senseless), "", undefined=True)
        return Search(None, reason)
    # A world that comes every time was written out by the author, who chose its numbers.
    written = len(found) == draws and len({describe(each) for each in found}) == 1
    chosen = smallest_of(found, states, facts) if smallest and not written else found[0]
    # Without a name of its own a world has nothing to say but where the statement fails.
    return Search(describe(chosen) or judge(states, chosen).note, "")


def smallest_of(found: Sequence[World], states: Statement, facts: Sequence[Statement]) -> World:
    """The simplest of some counterexamples, made simpler still."""

    def is_counterexample(world: World) -> bool:
        return _holds(states, world) is False and all(_holds(fact, world) is True for fact in facts)

    return shrunk(min(found, key=size), is_counterexample)


def facts_of(claim: Claim) -> tuple[Statement, ...]:
    """Everything that a world must satisfy to be a world of the claim."""
    return (*claim.well_formed, *claim.given)


def _holds(statement: Statement, world: World) -> Answer:
    try:
        return holds(statement, world)
    except UndefinedError:
        # Duals stop at every kink, also where what is computed has a derivative: |x|·x at 0.
        return None if _takes_derivatives(statement) else "no value"
    except UnresolvedError:
        return None


def _takes_derivatives(part: Basic) -> bool:
    inside = (part.body,) if isinstance(part, Definition) else part.args
    return isinstance(part, (Derivative, Partial)) or any(map(_takes_derivatives, inside))
