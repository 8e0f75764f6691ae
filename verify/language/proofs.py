"""Proofs: chains of rows and the shapes that hold them together. Frozen data, no computing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from verify.language import statements as s
from verify.language.terms import lift


@dataclass(frozen=True)
class Reason:
    """Why a row follows: the name of a rule, and what it is about.

    `about` holds the instances cited; `times` the multiplier of a cited equation.
    """

    name: str
    about: tuple[Any, ...] = ()
    times: Any = None

    def __call__(self, *about: Any, times: Any = None) -> Reason:
        return Reason(self.name, about, None if times is None else lift(times))


@dataclass(frozen=True)
class Row:
    """One line of a derivation: the relation to the line before, the new term, the reasons."""

    relation: type[s.Relation]
    term: Any
    by: Any


class Proof:
    """A chain of rows, or a shape made of proofs."""


@dataclass(frozen=True)
class Chain(Proof):
    """start R₁ term₁ R₂ term₂ …; proves start R last, R the weakest relation met."""

    start: Any
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Both(Proof):
    """Of "A iff B": `forward` proves B from A, `backward` proves A from B."""

    forward: Proof
    backward: Proof


@dataclass(frozen=True)
class Parts(Proof):
    """Of a conjunction: one proof a part."""

    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Cases(Proof):
    """One proof a case; the kernel checks that the cases exhaust all possibilities."""

    split: tuple[Any, ...]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True)
class Induction(Proof):
    """Over a natural number: `base` at its first value, `step` from `on` to `on` + 1."""

    on: Any
    base: Proof
    step: Proof


@dataclass(frozen=True)
class Minimum(Proof):
    """Of a minimum: the constraints at the point, the value there, the gap, uniqueness.

    `feasible`: a proof of each constraint at the point. `attains`: objective(at) = value.
    `gap`: objective − value = a term that is visibly ≥ 0 when the constraints hold.
    `unique`: from that term = 0, a proof that the variable equals the point (entry by entry).
    """

    feasible: tuple[Proof, ...]
    attains: Proof
    gap: Chain
    unique: Proof | None = None


@dataclass(frozen=True)
class Exhibit(Proof):
    """Of an existence: values for the names, and a proof for these values."""

    witness: Mapping[Any, Any]
    proof: Proof

    def __hash__(self) -> int:
        return hash((tuple(self.witness.items()), self.proof))


@dataclass(frozen=True)
class Obtain(Proof):
    """An intermediate fact with its proof, which `then` may cite as given(fact)."""

    fact: Any
    proof: Proof
    then: Proof


@dataclass(frozen=True)
class Definite(Proof):
    """Of a positive definite M: z.T @ M @ z > 0 for every `vector` z with z.T @ z ≠ 0."""

    vector: Any
    proof: Proof


@dataclass(frozen=True)
class MeanValue(Proof):
    """Of f ≤ g (f < g) for every number x ≥ a (x > a): `base` proves f ≤ g at a, `slope` the
    relation of the derivatives from a on.
    """

    base: Proof
    slope: Proof


@dataclass(frozen=True)
class Apply(Proof):
    """The goal is a proved claim's statement, at these values of its names; or what a known
    statement, every(names, ...), says of these values.
    """

    lemma: Any
    values: Mapping[Any, Any] = field(default_factory=dict)

    def __hash__(self) -> int:
        return hash((id(self.lemma), tuple(self.values.items())))


def parts_of(proof: Any) -> list[tuple[str, Any]]:
    """The named sub-proofs of a shape."""
    if isinstance(proof, Both):
        return [("forward", proof.forward), ("backward", proof.backward)]
    if isinstance(proof, (Parts, Cases)):
        kind = "part" if isinstance(proof, Parts) else "case"
        return [(f"{kind} {n}", part) for n, part in enumerate(proof.proofs, 1)]
    if isinstance(proof, Induction):
        return [("base", proof.base), ("step", proof.step)]
    if isinstance(proof, Minimum):
        held = [(f"constraint {n}", part) for n, part in enumerate(proof.feasible, 1)]
        rest = [("value", proof.attains), ("gap", proof.gap)]
        return held + rest + ([("uniqueness", proof.unique)] if proof.unique else [])
    if isinstance(proof, Definite):
        return [("definite", proof.proof)]
    if isinstance(proof, MeanValue):
        return [("base", proof.base), ("slope", proof.slope)]
    if isinstance(proof, Exhibit):
        return [("witness", proof.proof)]
    if isinstance(proof, Obtain):
        return [("fact", proof.proof), ("then", proof.then)]
    return []
