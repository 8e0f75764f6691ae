"""What makes a world a counterexample to a claim."""

from __future__ import annotations

from verify.claim import Claim
from verify.semantics import World, judge


def is_counterexample(claim: Claim, world: World) -> bool:
    """Whether the statement is false in the world and all hypotheses hold. Raises as `judge`."""
    return judge(claim.states, world).value is False and satisfies(claim, world)


def satisfies(claim: Claim, world: World) -> bool:
    """Whether all hypotheses hold in the world, decidedly. Raises as `judge`."""
    return all(judge(fact, world).value is True for fact in (*claim.well_formed, *claim.given))
