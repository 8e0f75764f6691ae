"""What makes a world a counterexample to a claim."""

from __future__ import annotations

from verify.claim import Claim
from verify.semantics import World, judge
from verify.semantics.faults import (
    IllFormedError,
    UndefinedError,
    UnresolvedError,
    WorldError,
)


def is_counterexample(claim: Claim, world: World) -> bool:
    """Whether the statement is false in the world and all hypotheses hold. Raises as `judge`.

    A hypothesis about every value of a name, no violation of which is among the candidates, may
    yet fail at another value: such a world refutes nothing.
    """
    return judge(claim.states, world).value is False and satisfies(claim, world, certainly=True)


def satisfies(claim: Claim, world: World, *, certainly: bool = False) -> bool:
    """Whether all hypotheses hold in the world, decidedly. Raises as `judge`.

    certainly: not only at the candidates of the world.
    """
    truths = (judge(fact, world) for fact in (*claim.well_formed, *claim.given))
    return all(
        truth.value is True and not (certainly and truth.rung == "search") for truth in truths
    )


def holds_at(claim: Claim, world: World) -> bool | None:
    """Whether the statement holds in a world; None where that is open or without a value, or where
    a hypothesis fails: such a world says nothing.
    """
    try:
        held = judge(claim.states, world).value
        if held is None or not satisfies(claim, world, certainly=not held):
            return None
    except (UndefinedError, UnresolvedError, WorldError, IllFormedError):
        return None
    return held
