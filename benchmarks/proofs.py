"""The time to prove each claim, n a symbol, beside the notebook check at fixed n."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter

from benchmarks.notebook_checks import CHECKS
from benchmarks.timing import Timed, timed
from verify.discovery import claims
from verify.kernel.prove import derive
from verify.kernel.theorem import is_theorem

SIZES = (2, 3, 4, 6)


@dataclass(frozen=True)
class ProofTime:
    """Seconds for one proof, and for the notebook check at each size that was tried."""

    id: str
    seconds: float
    proved: bool
    checks: dict[int, Timed]


def prove_all() -> list[tuple[str, float, bool]]:
    """Id, seconds and success of each claim that has a proof."""
    found = []
    for claim in claims():
        if claim.proof is not None:
            started = perf_counter()
            proved = is_theorem(derive(claim))
            found.append((claim.id, perf_counter() - started, proved))
    return found


def proof_times(sizes: Sequence[int] = SIZES, limit: float = 20.0) -> list[ProofTime]:
    """Proofs in one fresh process, each notebook check in one of its own.

    Sizes after the first that exceeds the limit are not tried.
    """
    answer = timed(prove_all, limit=600).answer or []
    return [
        ProofTime(name, seconds, proved, notebook_times(name, sizes, limit))
        for name, seconds, proved in answer
    ]


def notebook_times(name: str, sizes: Sequence[int], limit: float) -> dict[int, Timed]:
    """The check of one claim at growing sizes; nothing where none is written."""
    if name not in CHECKS:
        return {}
    check, grows = CHECKS[name]
    found: dict[int, Timed] = {}
    for n in sizes if grows else sizes[:1]:
        found[n] = timed(check, n, limit=limit)
        if found[n].seconds is None:
            break
    return found
