"""Integers: whether an affine combination of indices and dimensions is ≥ 0.

Indices are put at the ends of their ranges, innermost first, dimensions at the least value that
they can have, and hypotheses on integers are subtracted. Of integers, a < b gives a ≤ b − 1.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from verify import language as l
from verify.kernel.polynomial import ONE, ZERO, Poly, const
from verify.kernel.sign_sets import ALLOWED, NONZERO

if TYPE_CHECKING:
    from verify.kernel.context import Context, Fact

_LEAST = {"dimension": 1, "natural": 0}
_DEPTH = 2
#: Polynomials that a hypothesis shows to be ≥ 0.
Gaps = list[tuple[Poly, "Fact"]]


def is_integer(p: Poly) -> bool:
    """Whether a polynomial is integer-valued: integer combinations of indices and dimensions."""
    return all(c.denominator == 1 for c in p.terms.values()) and all(
        e > 0 and (a.kind in ("index", "delta") or (a.kind == "name" and a.head.sort != "real"))
        for mono in p.terms for a, e in mono.factors
    )  # fmt: skip


def is_affine(p: Poly) -> bool:
    """Whether an integer-valued polynomial is a combination of single indices and dimensions."""
    return all(
        not m.binders and (not m.factors or [(a.kind == "delta", e) for a, e in m.factors]
                           == [(False, 1)]) for m in p.terms
    )  # fmt: skip


def at_least_zero(context: Context, p: Poly, depth: int = _DEPTH) -> bool:
    """Whether an integer is ≥ 0, by its bounds after up to `depth` hypotheses are subtracted."""
    least = _lowered(context, p).constant
    if least is not None and least >= 0:
        return True
    for gap, fact in context.integer_gaps()[0] if depth else ():
        for mono, c in gap.terms.items():
            most = p.terms.get(mono, 0) // c if mono.factors else 0
            for times in {1, most} if most > 0 else ():
                if at_least_zero(context, p.plus(gap, -times), depth - 1):
                    context.used.add(fact)
                    return True
    return False


def _lowered(context: Context, p: Poly) -> Poly:
    """A polynomial that is nowhere larger, without indices and dimensions as far as they go."""
    while (lower := _at_an_end(context, p)) is not None:
        p = lower
    total = ZERO
    for mono, c in p.terms.items():
        sorts = {a.head.sort if a.kind == "name" and e > 0 else "" for a, e in mono.factors}
        low = c > 0 and mono.factors and not mono.binders and sorts <= _LEAST.keys()
        least = const(min(_LEAST[sort] for sort in sorts)) if low else Poly({mono: 1})
        total = total + least.scaled(c)
    return total


def _at_an_end(context: Context, p: Poly) -> Poly | None:
    """p with one index at that end of its range where p is least."""
    ends = {}
    for mono, c in p.terms.items():
        plain = not mono.binders and [a.kind for a, _ in mono.factors] == ["index"]
        v = mono.factors[0][0].head if plain else None
        end = context.ranges[v][c < 0] if v in context.ranges else None
        alone = all(v not in other.free for other in p.terms if other is not mono)
        if end is not None and mono.factors[0][1] == 1 and alone:
            ends[v] = (Poly({mono: -c}) + end.scaled(c), end)
    for v, (change, _) in ends.items():
        if not any(v in end.free for _, end in ends.values()):
            return p + change
    return None


def gaps_of(context: Context) -> tuple[Gaps, bool]:
    """What the hypotheses say of integers, and whether they say more: for every value of an index,
    or of other numbers than integers.
    """
    found: Gaps = []
    more = False
    for fact in context.facts:
        statement = fact.statement
        compares = type(statement) in ALLOWED and not l.axes(statement.args[0])
        if not (compares and context.usable(fact) and l.of_integers(statement)):
            continue
        gap = ZERO if fact.binders else context.difference(statement)
        if fact.binders or not is_integer(gap):
            more = True
            continue
        allowed = ALLOWED[type(statement)]
        for way, sense in ((gap, 1), (-gap, -1)):
            # Of an integer that is not 0, one end of its range can say which sign it has.
            told = allowed == NONZERO and at_least_zero(context, way)
            if told or -sense not in allowed:
                found.append((way if 0 in allowed else way - ONE, fact))
    return found, more
