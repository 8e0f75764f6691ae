"""The modular rung: identities between rational functions, at random points of a prime field.

In an exact world the names that no hypothesis holds fast are replaced by random residues: where
small rationals could meet a false identity's zeros by accident, residues cannot. What fails here is
confirmed by an exact counterexample near the world.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

from verify.claim import Claim
from verify.crosscheck.counterexamples import holds_at, is_counterexample
from verify.language.names import Name
from verify.results import CheckVerdict, PointResult
from verify.semantics import World
from verify.semantics.faults import (
    IllFormedError,
    NotRationalError,
    UndefinedError,
    UnresolvedError,
    WorldError,
)
from verify.semantics.free_points import (
    degree_where_it_vanishes,
    free_to_vary,
    is_identity,
    moved,
)
from verify.semantics.residues import PRIME

#: Worlds in which names vary, and points in each.
_WORLDS, _POINTS = 3, 2
#: How far from a world an exact counterexample is looked for, and how often at each distance.
_REACHES = (Fraction(2), Fraction(1, 4), Fraction(1, 64))
_TRIES = 8
#: The same for an identity that is not rational.
_FURTHER = (Fraction(12), Fraction(12), Fraction(2), Fraction(1, 4))


def identity_point(
    claim: Claim,
    worlds: Sequence[World],
    seed: int,
) -> tuple[PointResult, World | None] | None:
    """The modular rung in the first worlds, with a counterexample if there is one.

    An identity that is not rational is searched instead. None where there is nothing to say: the
    statement is no identity, or no name in it is free to vary.
    """
    if not is_identity(claim.states):
        return None
    facts = (*claim.well_formed, *claim.given)
    rng = Random(hashlib.sha256(f"{seed} {claim.id}".encode()).digest())  # noqa: S311
    degree, points, varied = 0, 0, dict[str, None]()
    for world in worlds[:_WORLDS]:
        names = free_to_vary(claim.states, facts, world)
        if not names:
            continue
        for _ in range(_POINTS):
            try:
                found = degree_where_it_vanishes(claim.states, world, names, rng)
            except (NotRationalError, UnresolvedError):
                return _searched(claim, worlds, rng)
            except UndefinedError:
                continue  # a pole
            if found is None:
                shown = ", ".join(name.name for name in names)
                near = _near(claim, world, names, rng)
                reason = (
                    "" if near else f"no identity in {shown}, and no exact counterexample found"
                )
                return _result(
                    shown, "not 0", 1, "contradicted" if near else "undecided", reason
                ), near
            degree, points = max(degree, found), points + 1
            varied.update(dict.fromkeys(name.name for name in names))
    if not points:
        return None
    reason = f"a false identity passes with probability at most {_bound(degree)}"
    return _result(", ".join(varied), "0 modulo 2^61 - 1", points, "confirmed", reason), None


def _bound(degree: int) -> str:
    return f"{(degree / PRIME) ** _POINTS:.0e}"


def _searched(
    claim: Claim, worlds: Sequence[World], rng: Random
) -> tuple[PointResult, World | None] | None:
    """An identity that is not rational (a root, |x|), in worlds moved beyond where it was drawn.

    There a world whose numbers are all positive says nothing of negative ones.
    """
    facts, tried, shown = (*claim.well_formed, *claim.given), 0, ""
    for world in worlds[:_WORLDS]:
        names = free_to_vary(claim.states, facts, world)
        shown = shown or ", ".join(name.name for name in names)
        for make in _elsewhere(world, names, rng):
            try:
                other = make()
            except WorldError:
                continue
            held = holds_at(claim, other)
            tried += held is not None
            if held is False:
                return _result(shown, "not 0", tried, "contradicted", "", "search"), other
    if not tried:
        return None
    return _result(shown, f"holds at {tried} points", tried, "confirmed", "", "search"), None


def _elsewhere(world: World, names: Sequence[Name], rng: Random) -> Iterator[Callable[[], World]]:
    """The world with all of the names moved, near and far, and with one of them put at 0."""
    for reach in _FURTHER if names else ():
        yield partial(moved, world, names, rng, reach)
    for name in names:
        yield partial(lambda name: world.varied({name: _zero(world.values[name])}), name)


def _zero(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_zero(part) for part in value]
    if isinstance(value, Mapping):
        return {key: _zero(part) for key, part in value.items()}
    return value if callable(value) else 0


def _near(claim: Claim, world: World, names: Sequence[Name], rng: Random) -> World | None:
    for reach in _REACHES:
        for _ in range(_TRIES):
            try:
                other = moved(world, names, rng, reach)
                if is_counterexample(claim, other):
                    return other
            except (UndefinedError, UnresolvedError, WorldError, IllFormedError):
                continue
    return None


def _result(
    free: str,
    observed: str,
    samples: int,
    verdict: CheckVerdict,
    reason: str,
    rung: str = "modular",
) -> PointResult:
    return PointResult(
        at={"free": free},
        claimed="left - right = 0",
        observed=observed,
        samples=samples,
        smallest_detectable=None,
        verdict=verdict,
        rung=rung,
        reason=reason,
    )
