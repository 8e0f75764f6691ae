"""What makes a world a counterexample to a claim."""

from __future__ import annotations

from verify.claim import Claim
from verify.semantics import World, judge


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
