"""What a report says of a claim: plain data, which processes and caches can hand on.

A theorem cannot leave the process whose kernel made it, so a report never holds one. It holds a
record of it, and the record says who vouches for it: this process, a worker, or the cache.
Nothing here imports SymPy: a run that is read from the cache is shown without it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from verify.results import Evidence, RowCheck, VariantResult


@dataclass(frozen=True)
class Formula:
    """A term or statement in the notation of the terminal, and in LaTeX."""

    text: str
    latex: str


@dataclass(frozen=True)
class Heading:
    """What identifies a claim, and what is expected of it; the fields of `Claim` of that name."""

    id: str
    title: str
    sources: tuple[str, ...]
    expected: Literal["proved", "refuted"]
    corrected: str | None = None
    awaits: str | None = None
    notes: str = ""

    @property
    def subject(self) -> str:
        """The part of the id before the dot."""
        return self.id.split(".", 1)[0]


@dataclass(frozen=True)
class RowRecord:
    """A row that the kernel accepted: its relation and term, its reasons, the hypotheses used."""

    where: str
    formula: Formula
    rule: str
    used: tuple[Formula, ...]


@dataclass(frozen=True)
class RefusalRecord:
    """The first row that the kernel did not accept, and why; see `Refused`."""

    where: str
    rule: str
    reason: str
    before: Formula | None = None
    after: Formula | None = None


@dataclass(frozen=True)
class ProofRecord:
    """What the kernel said of a proof. `refusal` is None exactly when it is proved."""

    verdict: Literal["proved", "undecided"]
    rows: tuple[RowRecord, ...]
    refusal: RefusalRecord | None
    lemmas: tuple[str, ...]
    seconds: float


@dataclass(frozen=True)
class HypothesisRecord:
    """What a hypothesis is for; see `HypothesisResult`. `refused_at_row` counts from 1."""

    statement: Formula
    verdict: Literal["needed", "used", "unneeded"]
    refused_at: str | None
    refused_at_row: int | None
    counterexample: str | None
    weakened: Formula | None
    undefined: bool = False


@dataclass(frozen=True)
class ClaimRecord:
    """Everything `check` found of one claim, rendered.

    rows: the rows of the proof in exact worlds, where that was asked for.
    values: for an erratum, what its statement says in the world of the counterexample.
    checked_by: the process that checked it, "this process" or "worker process 4711";
    cached: it did so in an earlier run. complete: nothing outside the claim (a time limit, a lost
    worker) cut the check short, so that the same claim would give the same record.
    """

    claim: Heading
    states: Formula
    given: tuple[Formula, ...]
    proof: ProofRecord | None
    evidence: Evidence | None
    hypotheses: tuple[HypothesisRecord, ...]
    variants: tuple[VariantResult, ...]
    ok: bool
    undecided: bool
    problems: tuple[str, ...]
    seconds: float
    rows: tuple[RowCheck, ...] = ()
    values: str = ""
    checked_by: str = "this process"
    cached: bool = False
    complete: bool = True

    @property
    def proved(self) -> bool:
        """Whether the kernel of the process that checked the claim made a theorem of it."""
        return self.proof is not None and self.proof.verdict == "proved"
