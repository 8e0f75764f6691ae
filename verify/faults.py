"""What is wrong with a claim before any rule is tried, in messages that name the place.

Whether a part is written in the language is the kernel's to say (verify.kernel.validation); here
it is asked for the claim and for each of its variants. What the kernel never reads (the id, what
is expected, the simulation's data) is looked at as well.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from math import isclose
from operator import ge, gt, le, lt, ne
from typing import Any

from verify.authoring.rows import chain
from verify.claim import Claim, Variant, Without
from verify.kernel.validation import Malformed, validate
from verify.language.statements import (
    AtLeast,
    AtMost,
    Equation,
    Greater,
    Less,
    Statement,
    Unequal,
)
from verify.notation.text import text
from verify.semantics.faults import IllFormedError, UndefinedError, WorldError
from verify.semantics.numeric import numeric
from verify.variants import varied

#: Stands for the proof of a claim that has none: an erratum, a variant.
_NO_PROOF = chain(0)

#: The parts that are lists, and what they list.
_LISTS = {
    "given": (Statement, "statement"),
    "well_formed": (Statement, "statement"),
    "points": (Mapping, "mapping from names to values"),
    "variants": (Variant, "Variant"),
    "without": (Without, "Without"),
}


def faults(claim: Claim) -> list[str]:
    """The faults found, as "place: what is wrong"; an empty list for a well-formed claim."""
    found = list(_of_form(claim))
    if found:
        return found
    proof = _NO_PROOF if claim.proof is None else claim.proof
    found += _of_language(replace(claim, proof=proof))
    if not found:
        found += _of_points(claim)
    for number, variant in enumerate(claim.variants, 1):
        place = f"variant {number} ({variant.what}), "
        neighbour = varied(claim, variant)
        wrong = [*_of_form(neighbour)] or _of_language(replace(neighbour, proof=_NO_PROOF))
        found += [place + fault for fault in wrong if fault not in found]
    return found


def _of_form(claim: Claim) -> Iterator[str]:
    if not isinstance(claim.id, str) or claim.id.count(".") != 1:
        yield f"id: {claim.id!r} is not of the form subject.name"
    if claim.expected not in ("proved", "refuted"):
        yield f"expected: {claim.expected!r} is neither 'proved' nor 'refuted'"
    for part, (kind, word) in _LISTS.items():
        listed = getattr(claim, part)
        if not isinstance(listed, Sequence) or isinstance(listed, str):
            yield f"{part}: {_kind(listed)} is not a list of {word}s"
            continue
        for number, each in enumerate(listed, 1):
            if not isinstance(each, kind):
                yield f"{part} {number}: {_kind(each)} is not a {word}"


def _of_language(claim: Claim) -> list[str]:
    try:
        validate(claim)
    except Malformed as fault:
        return [f"{fault.where}: {fault}"]
    return []


def _of_points(claim: Claim) -> Iterator[str]:
    """Comparisons among the hypotheses that fail at a point which fixes all their names."""
    facts = [(fact, "given", n) for n, fact in enumerate(claim.given, 1)]
    facts += [(fact, "well_formed", n) for n, fact in enumerate(claim.well_formed, 1)]
    for number, point in enumerate(claim.points, 1):
        for fact, part, which in facts:
            if type(fact) in _HOLDS and _violated(fact, point):
                yield f"points {number}: {dict(point)} violates {part} {which} ({text(fact)})"


def _violated(fact: Statement, point: Mapping[Any, Any]) -> bool:
    try:
        left, right = (float(numeric(side, point)) for side in fact.args)
    except (IllFormedError, UndefinedError, WorldError, TypeError, ValueError):
        return False  # it mentions something that the model draws
    return not _HOLDS[type(fact)](left, right)


_HOLDS: dict[type[Statement], Callable[[float, float], bool]] = {
    Equation: lambda left, right: isclose(left, right, rel_tol=1e-9, abs_tol=1e-12),
    Unequal: ne,
    AtMost: le,
    Less: lt,
    AtLeast: ge,
    Greater: gt,
}


def _kind(value: Any) -> str:
    return f"{value!r} (of type {type(value).__name__})"
