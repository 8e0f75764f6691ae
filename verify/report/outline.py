"""What every page of a derivation shows, in reading order and in no format yet.

Words and formulas alternate in a `Said`; a format decides how each of them looks. Of what the
kernel answered only this is used: the accepted rows (`where`, `used`), and of a refusal `where`
and `reason`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from sympy import Basic

from verify.claim import Claim
from verify.kernel.theorem import Refused, is_theorem
from verify.language import proofs as p
from verify.language import statements as s
from verify.language.definitions import Definition
from verify.language.proofs import Reason
from verify.language.terms import lift
from verify.notation import latex, text
from verify.notation.reasons import Said
from verify.proof_rows import rows_of
from verify.records import Formula, ProofRecord, RefusalRecord

#: Whether the kernel accepted a row, refused it, or never came to it.
Verdict = Literal["accepted", "refused", "unread"]


@dataclass(frozen=True)
class Step:
    """A heading, the first term of a chain, or a row; `depth` counts the shapes around it."""

    kind: Literal["heading", "start", "row"]
    where: str
    depth: int
    says: Said = ()
    term: Any = None
    relation: type[s.Relation] | None = None
    reasons: tuple[Reason, ...] = ()
    used: tuple[int, ...] = ()
    verdict: Verdict = "unread"


@dataclass(frozen=True)
class Outline:
    """The proof of a claim with the kernel's answer to each row.

    verdict: "proved", "refused", or "" where nobody asked the kernel.
    """

    claim: Claim
    steps: tuple[Step, ...]
    verdict: Literal["proved", "refused", ""]
    refused_at: str = ""
    reason: str = ""

    @property
    def rows(self) -> int:
        """How many rows there are."""
        return sum(step.kind == "row" for step in self.steps)

    def until(self, row: int) -> tuple[Step, ...]:
        """The steps up to the row of that number (from 1), with no heading left hanging."""
        shown: list[Step] = []
        seen = 0
        for step in self.steps:
            if seen == row and (step.kind == "row" or seen):
                break
            seen += step.kind == "row"
            shown.append(step)
        return tuple(shown)


def outline(claim: Claim, answer: Any = None) -> Outline:
    """The outline of a claim.

    answer: what `prove` said of it, or the record of that (None: the kernel was not asked).
    """
    numbers = _numbers(claim)
    used = {
        row.where: tuple(sorted({numbers[fact] for fact in row.used if fact in numbers}))
        for row in getattr(answer, "rows", ())
    }
    refused = _refusal(answer)
    where = "" if refused is None else refused.where
    return Outline(
        claim=claim,
        steps=tuple(
            replace(step, used=used.get(step.where, ()), verdict=_verdict(step, used.keys(), where))
            for step in steps(claim.proof)
        ),
        verdict="" if answer is None else "proved" if refused is None else "refused",
        refused_at=where,
        reason="" if refused is None else refused.reason,
    )


def _numbers(claim: Claim) -> Mapping[Any, int]:
    """The number of each hypothesis, by the statement and by its record."""
    found: dict[Any, int] = {}
    for number, fact in enumerate(claim.given, 1):
        found[fact] = found[Formula(text(fact), latex(fact))] = number
    return found


def _refusal(answer: Any) -> Refused | RefusalRecord | None:
    """What was refused, None for a theorem or where nobody was asked. Raises TypeError."""
    if isinstance(answer, Refused):
        return answer
    if isinstance(answer, ProofRecord):
        return answer.refusal
    if answer is None or is_theorem(answer):
        return None
    raise TypeError(f"{answer!r} is no answer of the kernel")


def _verdict(step: Step, accepted: Collection[str], refused: str) -> Verdict:
    if step.kind != "row":
        return "unread"
    if step.where in accepted:
        return "accepted"
    return "refused" if step.where == refused else "unread"


def steps(proof: Any, path: str = "", depth: int = 0) -> Iterator[Step]:
    """A proof in reading order: headings for its shapes, then first terms and rows."""
    if isinstance(proof, p.Chain):
        yield Step("start", f"{path}start", depth, term=proof.start)
        for number, row in enumerate(proof.rows, 1):
            where = f"{path}row {number}"
            yield Step("row", where, depth, (), row.term, row.relation, _reasons(row.by))
    elif isinstance(proof, p.Apply):
        yield Step("heading", path, depth, _applied(proof))
    for number, (label, part) in enumerate(p.parts_of(proof)):
        yield Step("heading", f"{path}{label}", depth, _heading(proof, label, number))
        yield from steps(part, f"{path}{label}, ", depth + 1)


def _reasons(by: Any) -> tuple[Any, ...]:
    return tuple(by) if isinstance(by, (tuple, list)) else (by,)


def _heading(proof: Any, label: str, number: int) -> Said:
    if isinstance(proof, p.Cases):
        return (f"{label}: ", proof.split[number])
    if isinstance(proof, p.Induction):
        return ("induction on ", proof.on, f", {label}")
    if isinstance(proof, p.Obtain) and label == "fact":
        return ("fact: ", proof.fact)
    if isinstance(proof, p.Definite):
        return ("for every vector ", proof.vector, " ≠ 0")
    if isinstance(proof, p.Exhibit):
        return ("with ", *_values(proof.witness))
    return (label,)


def _applied(proof: p.Apply) -> Said:
    lemma = proof.lemma
    cited = lemma.id if isinstance(lemma, Claim) else lemma
    by = ("by ", cited) if isinstance(cited, Basic) else (f"by {cited}",)
    return (*by, *((" with ", *_values(proof.values)) if proof.values else ()))


def _values(values: Any) -> Said:
    said: list[Any] = []
    for name, value in values.items():
        said += [", " if said else "", s.Equation(name, lift(value))]
    return tuple(each for each in said if each != "")


def definitions(claim: Claim) -> list[Definition]:
    """The definitions that the claim mentions, each after those that it is made of."""
    found: dict[Definition, None] = {}
    for node in (claim.states, *claim.given):
        _collect(node, found)
    for _, before, row in rows_of(claim.proof):
        _collect(before, found)
        _collect(row.term, found)
    return list(found)


def _collect(node: Any, found: dict[Definition, None]) -> None:
    if not isinstance(node, Basic):
        return
    if isinstance(node, Definition):
        _collect(node.body, found)
        found.setdefault(node)
    for part in node.args:
        _collect(part, found)


def sections(shown: Sequence[Step]) -> list[tuple[tuple[Step, ...], tuple[Step, ...]]]:
    """The steps as (headings, rows) pairs: each chain with the headings that lead to it."""
    found: list[tuple[list[Step], list[Step]]] = []
    for step in shown:
        if step.kind == "heading" and (not found or found[-1][1]):
            found.append(([], []))
        if step.kind == "start" and (not found or found[-1][1]):
            found.append(([], []))
        found[-1][0 if step.kind == "heading" else 1].append(step)
    return [(tuple(heads), tuple(rows)) for heads, rows in found]
