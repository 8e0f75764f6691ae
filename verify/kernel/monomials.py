"""Building one monomial: exponents merged, roots squared, deltas and inverses contracted."""

from __future__ import annotations

from fractions import Fraction
from math import gcd, lcm
from typing import TYPE_CHECKING

from verify.kernel import functions
from verify.kernel.polynomial import (
    ONE,
    Atom,
    Binders,
    Mono,
    Poly,
    arranged,
    const,
    index_var,
    of_atom,
)
from verify.language.names import Name

if TYPE_CHECKING:
    from verify.kernel.normal import Normalizer

Factor = tuple[Atom, int]


def build(n: Normalizer, binders: Binders, factors: list[Factor]) -> Poly:
    """Σ over the binders of the product of the factors, reduced."""
    merged = _merged(factors)
    for atom, e in merged.items():
        value = functions.reduced(n, atom, e, merged)
        if value is not None:
            used, replacement = value
            rest = [(b, k - used.get(b, 0)) for b, k in merged.items()]
            return n.bind(binders, n.mul(build(n, (), rest), replacement))
    kept = list(merged.items())
    for step in (_contract_delta, _contract_inverse, _count_unused):
        done = step(n, binders, kept)
        if done is not None:
            return done
    return Poly({arranged(binders, _aligned(n, binders, kept)): Fraction(1)})


def _merged(factors: list[Factor]) -> dict[Atom, int]:
    merged: dict[Atom, int] = {}
    for atom, e in factors:
        merged[atom] = merged.get(atom, 0) + e
    return {atom: e for atom, e in merged.items() if e}


def solved(difference: Poly, v: str) -> Poly | None:
    """The e with v = e, from difference = 0, if v occurs linearly with coefficient ±1."""
    coefficient, rest = Fraction(0), {}
    for mono, c in difference.terms:
        if mono.text == v and not mono.binders:
            coefficient = c
        elif v in mono.free:
            return None
        else:
            rest[mono] = c
    return Poly(rest).scaled(-1 / coefficient) if abs(coefficient) == 1 else None


def _contract_delta(n: Normalizer, binders: Binders, factors: list[Factor]) -> Poly | None:
    for atom, e in factors:
        if atom.kind != "delta":
            continue
        for v, lo, hi in binders:
            value = solved(atom.parts[0], v)
            if value is None or not n.context.in_range(value, lo, hi):
                continue
            rest = [(b, k) for b, k in factors if b != atom] + [(atom, e - 1)]
            body = build(n, (), rest)
            others = tuple(b for b in binders if b[0] != v)
            if any(v in (low.free | high.free) for _, low, high in others):
                continue
            return n.bind(others, n.rebuilt(body, {v: value}))
    return None


def _aligned(n: Normalizer, binders: Binders, factors: list[Factor]) -> list[Factor]:
    """Under δ(i, j) with free i and j of one range, j is written i in the other factors."""
    bound = {v for v, _, _ in binders}
    for delta, _ in factors:
        names = sorted(delta.free - bound) if delta.kind == "delta" else []
        if len(names) != 2 or delta.free & bound:
            continue
        small, large = names
        value = solved(delta.parts[0], large)
        if value != index_var(small) or not n.context.same_range(small, large):
            continue
        changed = [(b, k) for b, k in factors if b != delta and large in b.free]
        if changed:
            kept = [(b, k) for b, k in factors if (b, k) not in changed]
            moved = n.times(*(n.power(n.rebuilt_atom(b, {large: value}), k) for b, k in changed))
            only = moved.single()
            if only and not only[0].binders and only[1] == 1:
                return list(_merged(kept + list(only[0].factors)).items())
    return factors


def _contract_inverse(n: Normalizer, binders: Binders, factors: list[Factor]) -> Poly | None:
    if "inverse" not in n.theory:
        return None
    for v, lo, hi in binders:
        touching = [(atom, e) for atom, e in factors if v in atom.free]
        if len(touching) != 2 or any(e != 1 for _, e in touching):
            continue
        if any(v in (low.free | high.free) for _, low, high in binders):
            continue
        for one, other in (touching, touching[::-1]):
            ends = _cancelled(n, one[0], other[0], v, lo, hi)
            if ends is not None:
                rest = build(n, (), [pair for pair in factors if pair not in touching])
                left = tuple(b for b in binders if b[0] != v)
                return n.bind(left, n.mul(rest, n.delta(*ends)))
    return None


def _cancelled(
    n: Normalizer, inverse: Atom, entry: Atom, v: str, lo: Poly, hi: Poly
) -> tuple[Poly, Poly] | None:
    """(i, j) if Σ_v inverse·entry is δ(i, j), for the inverse of the entry's matrix."""
    if inverse.kind != "inverse" or entry.kind != "entry":
        return None
    matrix, i, j, low, high = inverse.parts
    inner = matrix.atom()
    at = entry.parts if isinstance(entry.payload, Name) else entry.parts[1:]
    if inner is None or (low, high) != (lo, hi) or len(at) != 2:
        return None
    body, (row, column) = inner.parts[0], inner.bound
    pairs = [(i, at[1], j, True), (j, at[0], i, False), (i, at[0], j, True), (j, at[1], i, False)]
    for outer, far, shared, leads in pairs:
        if shared != index_var(v) or v in outer.free | far.free:
            continue
        place = {row: shared, column: far} if leads else {row: far, column: shared}
        if n.rebuilt(body, place) == of_atom(entry):
            return outer, far
    return None


def _count_unused(n: Normalizer, binders: Binders, factors: list[Factor]) -> Poly | None:
    for v, lo, hi in binders:
        used = any(v in atom.free for atom, _ in factors)
        if used or any(v in low.free | high.free for _, low, high in binders):
            continue
        count = hi - lo + ONE
        if n.context.sign(count) <= {0, 1}:
            others = tuple(b for b in binders if b[0] != v)
            return n.bind(others, n.mul(build(n, (), factors), count))
    return None


def content(n: Normalizer, p: Poly) -> tuple[tuple[Mono, Fraction], Poly]:
    """(monomial, rational) and core with p = rational · monomial · core, the monomial and the
    rational being common to all terms.
    """
    only = p.single()
    if only and not only[0].binders:
        return only, ONE
    common: dict[Atom, int] | None = None
    for mono, _ in p.terms:
        here = {a: e for a, e in mono.factors if a.free <= mono.free and a.kind != "delta"}
        common = here if common is None else {
            a: min(e, here.get(a, 0)) for a, e in common.items()
        } | {a: min(e, 0) for a, e in here.items() if a not in common}  # fmt: skip
    shared = Mono((), [(a, e) for a, e in (common or {}).items() if e])
    numbers = [c for _, c in p.terms]
    rational = Fraction(
        gcd(*(c.numerator for c in numbers)), lcm(*(c.denominator for c in numbers))
    )
    if sum(numbers) < 0:
        rational = -rational
    inverse = Poly({Mono((), [(a, -e) for a, e in shared.factors]): 1 / rational})
    core = n.mul(p, inverse) if shared.factors else p.scaled(1 / rational)
    if any(a.kind == "root" for a, _ in shared.factors):
        core = _without_roots(n, p, shared).scaled(1 / rational)
    return (shared, rational), core


def _without_roots(n: Normalizer, p: Poly, shared: Mono) -> Poly:
    """p divided by a monomial of its own factors, exponent by exponent."""
    total = const(0)
    for mono, c in p.terms:
        m = n.context.opened(mono)
        less = dict(shared.factors)
        kept = [(a, e - less.get(a, 0)) for a, e in m.factors]
        missing = [(a, -e) for a, e in less.items() if a not in dict(m.factors)]
        total = total + n.bind(m.binders, build(n, (), kept + missing)).scaled(c)
    return total
