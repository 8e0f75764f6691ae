"""What is wrong with a claim before any rule is tried: parts of the wrong kind, names that clash.

The kernel refuses all of this too; here it gets a message that names the claim and the row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sympy import Basic

from verify.claim import Claim
from verify.language.definitions import Definition
from verify.language.names import Name
from verify.language.proofs import Chain, Proof, Reason, Row, parts_of
from verify.language.statements import Statement
from verify.language.terms import Illegal


def faults(claim: Claim) -> list[str]:
    """Every fault, as "place: what is wrong"; an empty list for a well-formed claim."""
    found = list(_of_kind(claim))
    declared: dict[str, Name] = {}
    for place, node in _nodes(claim):
        for part in _parts(node):
            if isinstance(part, Illegal):
                found.append(f"{place}: {part.what}")
            elif isinstance(part, Name) and declared.setdefault(part.name, part) != part:
                found.append(f"{place}: two different names print as {part.name}")
    return list(dict.fromkeys(found))


def _of_kind(claim: Claim) -> Iterator[str]:
    if not isinstance(claim.id, str) or claim.id.count(".") != 1:
        yield f"id: {claim.id!r} is not of the form subject.name"
    if not isinstance(claim.states, Statement):
        yield f"statement: {_kind(claim.states)} is not a statement"
    for part in ("given", "well_formed"):
        facts = getattr(claim, part)
        if not isinstance(facts, Sequence) or isinstance(facts, str):
            yield f"{part}: {_kind(facts)} is not a list of statements"
            continue
        for number, fact in enumerate(facts, 1):
            if not isinstance(fact, Statement):
                yield f"{part} {number}: {_kind(fact)} is not a statement"
    if claim.expected not in ("proved", "refuted"):
        yield f"expected: {claim.expected!r} is neither 'proved' nor 'refuted'"
    if claim.proof is not None and not isinstance(claim.proof, Proof):
        yield f"proof: {_kind(claim.proof)} is not a proof"
        return
    for place, row in _rows(claim.proof):
        yield from (f"{place}: {what}" for what in _row_faults(row))


def _rows(proof: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(proof, Chain):
        yield from ((f"{path}row {number}", row) for number, row in enumerate(proof.rows, 1))
    for label, part in parts_of(proof):
        yield from _rows(part, f"{path}{label}, ")


def _starts(proof: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(proof, Chain):
        yield f"{path}start", proof.start
    for label, part in parts_of(proof):
        yield from _starts(part, f"{path}{label}, ")


def _row_faults(row: Any) -> Iterator[str]:
    if not isinstance(row, Row):
        yield f"{_kind(row)} is not a row; write equals(term, by=reason)"
        return
    reasons = row.by if isinstance(row.by, (tuple, list)) else (row.by,)
    for reason in reasons:
        if not isinstance(reason, Reason):
            yield f"by={reason!r} is not a reason; the reasons are names such as verify.algebra"
    if not reasons:
        yield "the row gives no reason"


def _kind(value: Any) -> str:
    return f"{value!r} (of type {type(value).__name__})"


def _nodes(claim: Claim) -> Iterator[tuple[str, Basic]]:
    named: list[tuple[str, Any]] = [("statement", claim.states)]
    for part in ("given", "well_formed"):
        facts = getattr(claim, part)
        if isinstance(facts, Sequence):
            named += [(f"{part} {number}", fact) for number, fact in enumerate(facts, 1)]
    if isinstance(claim.proof, Proof):
        named += _starts(claim.proof)
        named += [(place, row.term) for place, row in _rows(claim.proof) if isinstance(row, Row)]
    yield from ((place, node) for place, node in named if isinstance(node, Basic))


def _parts(node: Any) -> Iterator[Basic]:
    """The node and everything in it, through definitions and the ranges of names."""
    if not isinstance(node, Basic):
        return
    yield node
    inside: list[Any] = list(node.args)
    if isinstance(node, Definition):
        inside += [node.body, *node.parameters]
    elif isinstance(node, Name):
        inside += [end for axis in node.axes for end in axis[1:]]
    for part in inside:
        yield from _parts(part)
