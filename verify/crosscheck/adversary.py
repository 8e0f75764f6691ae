"""Inequalities attacked: a search for the point at which they hold least.

The names that no hypothesis holds fast, and those that the statement binds, are moved by a
derivative-free optimiser (Nelder and Mead 1965) so as to make the slack of the statement small. A
violation is a world like any other: it must be a counterexample exactly.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from sympy import Basic

from verify.claim import Claim
from verify.crosscheck.counterexamples import satisfies
from verify.results import CheckVerdict, PointResult
from verify.semantics import World, judge
from verify.semantics.faults import (
    IllFormedError,
    UndefinedError,
    UnresolvedError,
    WorldError,
)
from verify.semantics.free_points import depends_on, free_to_vary
from verify.semantics.slack import bound_names, has_inequality, slack

#: Worlds from which a search starts, and evaluations from each.
_WORLDS, _EVALUATIONS = 2, 50
#: Numbers tried are multiples of this, so that every point is exact.
_GRID = 2**16
#: Numbers that all names are given at once, and grids to which the lowest point is rounded.
_ALIKE, _GRIDS = (0.0, 1.0, -1.0), (1, 4, 32)
#: The slack, at most 1, of a point that violates a hypothesis.
_OUTSIDE = 10.0
#: What a gap may be below 0 by rounding, relative to the two sides, where no exact value decides.
_ROUNDING = 2.0**-30
_FAULTS = (UndefinedError, UnresolvedError, WorldError, IllFormedError)


class _FoundError(Exception):
    """Ends a search: this world is a counterexample."""

    def __init__(self, world: World) -> None:
        super().__init__("a counterexample")
        self.world = world


def attacked_point(
    claim: Claim,
    worlds: Sequence[World],
) -> tuple[PointResult, World | None] | None:
    """The search from the first worlds, with a counterexample if there is one.

    None where it has nothing to do: the statement claims no inequality, or nothing in it may move.
    """
    if not has_inequality(claim.states):
        return None
    facts, moved = (*claim.well_formed, *claim.given), dict[str, None]()
    least, tried, open_ = math.inf, 0, 0.0
    for world in worlds[:_WORLDS]:
        place = _Place(claim.states, facts, world)
        if not place.start:
            continue
        moved.update(dict.fromkeys(place.names))
        search = _Search(claim, place)
        try:
            search.run()
        except _FoundError as found:
            return _result(moved, None, tried + search.tried), found.world
        least, tried = min(least, search.least), tried + search.tried
        open_ = min(open_, search.open)
    if least == math.inf:
        return None
    return _result(moved, least, tried, open_), None


class _Place:
    """The numbers of a world that may move, as a list."""

    def __init__(self, statement: Basic, facts: Sequence[Basic], world: World) -> None:
        self.world = world
        free = free_to_vary(statement, facts, world)
        self.values: dict[Any, Any] = {name: world.values[name] for name in free}
        self.tried: dict[Any, Any] = {}
        for name in bound_names(statement):
            candidates = world.candidates.get(name, ())
            if candidates and not callable(candidates[0]):
                self.tried[name] = candidates[len(candidates) // 2]
        #: The hypotheses that may come to fail: the others hold as they did.
        self.facts = [fact for fact in facts if depends_on(fact, self.values, world)]
        self.names = [name.name for name in (*self.values, *self.tried)]
        self.start: list[float] = []
        self._through(lambda number: self._note(number))

    def _note(self, number: Any) -> Any:
        self.start.append(float(number))
        return number

    def _through(self, change: Callable[[Any], Any]) -> tuple[dict[Any, Any], dict[Any, Any]]:
        values = {name: _each(value, change) for name, value in self.values.items()}
        return values, {name: _each(value, change) for name, value in self.tried.items()}

    def at(self, numbers: Sequence[float]) -> World:
        """The world with these numbers, rounded to the grid."""
        following = iter(numbers)
        values, tried = self._through(
            lambda _: Fraction(round(float(next(following)) * _GRID), _GRID)
        )
        candidates = {**self.world.candidates, **{name: [value] for name, value in tried.items()}}
        return self.world.varied(values, candidates)


def _each(value: Any, change: Callable[[Any], Any]) -> Any:
    if isinstance(value, (list, tuple)):
        return [_each(part, change) for part in value]
    if isinstance(value, Mapping):
        return {key: _each(part, change) for key, part in value.items()}
    if isinstance(value, (int, Fraction)):
        return change(value)
    return value


class _Search:
    def __init__(self, claim: Claim, place: _Place) -> None:
        self.claim, self.place = claim, place
        self.least, self.tried, self.open = math.inf, 0, 0.0

    def run(self) -> None:
        """Raises _FoundError at a counterexample.

        Bounds are often tight, and strict ones false, where names are equal or 0: such points are
        looked at by themselves, and the lowest one found is rounded to simple numbers.
        """
        from scipy.optimize import minimize  # a library that is slow to import

        size = len(self.place.start)
        for number in (*_ALIKE, sum(self.place.start) / size):
            self.slack([number] * size)
        lowest = minimize(
            self.slack,
            self.place.start,
            method="Nelder-Mead",
            options={"maxfev": _EVALUATIONS, "adaptive": True},
        ).x
        for grid in _GRIDS:
            self.slack([round(float(number) * grid) / grid for number in lowest])

    def slack(self, numbers: Any) -> float:
        """What is made small."""
        try:
            world = self.place.at(numbers)
            if not all(judge(fact, world).value is True for fact in self.place.facts):
                return _OUTSIDE
            found, relative = slack(self.claim.states, world)
            if found <= 0:
                found = self._exactly(world, relative)
        except _FAULTS:
            return _OUTSIDE
        if found == math.inf:  # nothing is asked here
            return _OUTSIDE
        self.tried += 1
        self.least = min(self.least, found)
        return found

    def _exactly(self, world: World, relative: float) -> float:
        """The slack where it may be below 0: exact values decide, however small the gap is.

        Where they leave it open (two sides closer than balls can tell), a gap that is tiny beside
        the sides is rounding; another one leaves the search open.
        """
        truth = judge(self.claim.states, world).value
        if truth is False and satisfies(self.claim, world, certainly=True):
            raise _FoundError(world)
        if truth is False:  # a hypothesis holds at the values tried, and perhaps not at others
            self.open = min(self.open, relative)
            return relative
        if truth is None and relative < -_ROUNDING:
            self.open = min(self.open, relative)
            return relative
        return 0.0


def _result(
    moved: Mapping[str, None], least: float | None, tried: int, open_: float = 0.0
) -> PointResult:
    """Of the least slack; None says that a counterexample was found.

    open_: the least relative gap below 0 that exact values do not decide.
    """
    decided = least is None or open_ == 0
    confirmed: CheckVerdict = "confirmed" if decided else "undecided"
    return PointResult(
        at={"moved": ", ".join(moved)},
        claimed="holds",
        observed="violated" if least is None else f"least slack {max(least, 0.0):.2g}",
        samples=tried,
        smallest_detectable=None,
        verdict="contradicted" if least is None else confirmed,
        rung="search",
        reason="" if decided else f"a gap of {open_:.2g} of the sides that no exact value confirms",
    )
