"""What the tools found out about a claim. Plain frozen data, for every report."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from verify.claim import Claim

ProofVerdict = Literal["proved", "refuted", "undecided", "admitted"]
CheckVerdict = Literal["confirmed", "contradicted", "undecided"]

#: What a cross-check rests on, strongest first. exact: rationals; enumerated: the same with every
#: outcome of discrete laws; modular: an identity at random points of a prime field; ball: intervals
#: with a proved radius; bounded, variance-bounded: sequential tests; asymptotic: one whose variance
#: is only estimated; numeric: floating point; search: points tried.
RUNGS = (
    "exact",
    "enumerated",
    "modular",
    "ball",
    "bounded",
    "variance-bounded",
    "asymptotic",
    "numeric",
    "search",
    "none",
)


@dataclass(frozen=True)
class Wealth:
    """How the e-processes of a point went: log₁₀ of their wealth after so many draws.

    against: that the claimed mean c is wrong. above, below: that the mean is not c + Δ or more, not
    c − Δ or less. contradicts, confirms: log₁₀ of the wealth that decides.
    """

    draws: tuple[int, ...]
    against: tuple[float, ...]
    above: tuple[float, ...]
    below: tuple[float, ...]
    contradicts: float
    confirms: float


@dataclass(frozen=True)
class PointResult:
    """One place where the cross-check looked.

    `smallest_detectable` is the smallest relative error that this check would have seen;
    `wealth` is that of the test, of several the one that took longest.
    """

    at: dict[str, Any]
    claimed: Any
    observed: Any
    samples: int
    smallest_detectable: float | None
    verdict: CheckVerdict
    rung: str
    reason: str = ""
    wealth: Wealth | None = None


@dataclass(frozen=True)
class Evidence:
    """The cross-check of one claim; `rung` is the strongest that reached a verdict.

    seems_to_fail: undecided because the statement was seen to fail, and no exact world shows it.
    """

    verdict: CheckVerdict
    rung: str
    points: tuple[PointResult, ...]
    seconds: float
    reason: str = ""
    counterexample: str | None = None
    seems_to_fail: bool = False


@dataclass(frozen=True)
class HypothesisResult:
    """What a hypothesis is for: needed (counterexample without it), used (by the proof).

    undefined: in the counterexample the claim is not false, but has no value.
    """

    statement: Any
    verdict: Literal["needed", "used", "unneeded"]
    refused_at: str | None = None
    counterexample: str | None = None
    weakened: Any = None
    undefined: bool = False


@dataclass(frozen=True)
class RowCheck:
    """What became of one row of a proof in exact worlds.

    worlds: how many of them, those in which something was asked of it.

    fails: it is false, or has no value, in a world that satisfies the hypotheses; `counterexample`
    is that world. not reached: in no world were its assumptions met. undecided: `reason` says why.
    """

    where: str
    verdict: Literal["holds", "fails", "not reached", "undecided"]
    worlds: int
    counterexample: str | None = None
    reason: str = ""


@dataclass(frozen=True)
class VariantResult:
    """Whether a false neighbour was rejected, and how."""

    what: str
    verdict: Literal["refuted", "survived"]
    counterexample: str | None = None
    evidence: Evidence | None = None
    reason: str = ""


@dataclass(frozen=True)
class ClaimResult:
    """Everything `check` found; `ok` when all of it is as the claim expects."""

    claim: Claim
    proof: Any
    evidence: Evidence | None
    hypotheses: tuple[HypothesisResult, ...]
    variants: tuple[VariantResult, ...]
    ok: bool
    undecided: bool
    problems: tuple[str, ...] = ()
    seconds: float = 0.0
    extra: dict[str, Any] = field(default_factory=dict)
    rows: tuple[RowCheck, ...] = ()
