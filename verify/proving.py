"""`prove`: the way from a claim to a theorem, for everyone outside the kernel."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from verify.claim import Claim
from verify.crosscheck import world_of_given
from verify.errors import ClaimError
from verify.faults import faults
from verify.kernel.prove import derive
from verify.kernel.theorem import Refused, Theorem
from verify.notation.differences import readable
from verify.suggestions import suggestion


def prove(claim: Claim, *, seed: int = 0) -> Theorem | Refused:
    """The theorem that the claim's proof proves, or the first row that is refused.

    Before the proof is read, one exact world shows that the hypotheses can hold together: from
    contradictory hypotheses anything would follow. `seed` chooses the worlds that are tried.
    Raises ClaimError for a malformed claim, with the place of each fault.
    """
    well_formed(claim)
    return prove_well_formed(claim, seed=seed)


def prove_well_formed(claim: Claim, *, seed: int = 0) -> Theorem | Refused:
    """As `prove`, for a claim that was found well formed."""
    try:
        world_of_given(claim, seed)
    except ClaimError as problem:
        reason = str(problem).removeprefix(f"{claim.id}: ")
        return Refused(where="given", rule="model", reason=reason)
    answer = derive(claim)
    if isinstance(answer, Refused):
        instead = suggestion(claim, answer)
        hint = f"; {instead} is accepted" if instead else ""
        return replace(answer, reason=readable(answer.reason) + hint)
    return answer


def well_formed(claim: Any) -> None:
    """Raises ClaimError, naming claim and place, if `claim` is not a well-formed claim."""
    if not isinstance(claim, Claim):
        raise ClaimError(f"{claim!r} is not a Claim")
    found = faults(claim)
    if found:
        raise ClaimError("\n".join(f"{claim.id}, {fault}" for fault in found))
