"""Laws that no hypothesis speaks of, with other weights.

Where the hypotheses are silent on all random names of a statement, it is claimed for every law of
them; worlds in which they happen to be independent, say, are too kind to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from random import Random

from sympy import Basic

from verify.claim import Claim
from verify.crosscheck.counterexamples import holds_at
from verify.language.names import Name
from verify.language.statements import FiniteMoment
from verify.language.substitution import free_names
from verify.results import PointResult
from verify.semantics import World

#: Worlds that are given other weights, how often each, and the most outcomes of such a world.
_WORLDS, _TIMES, _OUTCOMES = 2, 3, 64


def reweighted_point(
    claim: Claim, worlds: Sequence[World], seed: int
) -> tuple[PointResult, World | None] | None:
    """The statement under other laws on the same outcomes, with a counterexample if there is one.

    None where the laws are not free, or none with other weights has been decided.
    """
    names = _random(claim.states)
    facts = (*claim.well_formed, *claim.given)
    if not names or any(names & _random(fact) for fact in facts if type(fact) is not FiniteMoment):
        return None
    rng, tried = Random(f"{seed} {claim.id} laws"), 0  # noqa: S311
    shown = ", ".join(sorted(name.name for name in names))
    for world in worlds[:_WORLDS]:
        for _ in range(_TIMES if 1 < len(world.outcomes) <= _OUTCOMES else 0):
            other = _reweighted(world, rng)
            held = holds_at(claim, other)
            tried += held is not None
            if held is False:
                return _result(shown, tried, failed=True), other
    return (_result(shown, tried, failed=False), None) if tried else None


def _random(part: Basic) -> set[Name]:
    return {name for name in free_names(part) if isinstance(name, Name) and name.random}


def _reweighted(world: World, rng: Random) -> World:
    shares = [rng.randint(1, 12) for _ in world.outcomes]
    outcomes = [
        (Fraction(share, sum(shares)), outcome)
        for share, (_, outcome) in zip(shares, world.outcomes, strict=True)
    ]
    return World(world.values, outcomes, world.candidates, world.horizon)


def _result(names: str, tried: int, failed: bool) -> PointResult:
    return PointResult(
        at={"moved": f"the law of {names}"},
        claimed="holds",
        observed="violated" if failed else f"holds for {tried} other laws",
        samples=tried,
        smallest_detectable=None,
        verdict="contradicted" if failed else "confirmed",
        rung="search",
    )
