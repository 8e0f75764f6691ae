"""Building one monomial: exponents merged, roots squared, deltas and inverses contracted."""

from __future__ import annotations

from math import gcd, lcm
from typing import TYPE_CHECKING, Any

from verify.kernel import functions
from verify.kernel.polynomial import (
    ONE,
    ZERO,
    Atom,
    Binders,
    Factor,
    Mono,
    Number,
    Poly,
    arranged,
    index_var,
    of_atom,
    quotient,
    stable,
)  # fmt: skip

if TYPE_CHECKING:
    from verify.kernel.normal import Normalizer


_REDUCED = frozenset({"root", "exp", "poly", "delta", "power", "abs", "sign"})


def build(n: Normalizer, binders: Binders, factors: list[Factor]) -> Poly:
    """Σ over the binders of the product of the factors, reduced."""
    merged = _merged(factors)
    for atom, e in merged.items():
        value = functions.reduced(n, atom, e, merged) if atom.kind in _REDUCED else None
        if value is not None:
            used, replacement = value
            rest = [(b, k - used.get(b, 0)) for b, k in merged.items()]
            return n.bind(binders, n.mul(build(n, (), rest), replacement))
    kept = list(merged.items())
    for step in (_contract_delta, _contract_inverse, _count_unused):
        done = step(n, binders, kept) if binders else None
        if done is not None:
            return done
    if any(atom.kind == "delta" for atom, _ in kept):
        kept = _aligned(n, binders, kept)
    return Poly({arranged(binders, kept, n.oriented): 1})


def _merged(factors: list[Factor]) -> dict[Atom, int]:
    merged: dict[Atom, int] = {}
    for atom, e in factors:
        merged[atom] = merged.get(atom, 0) + e
    return {atom: e for atom, e in merged.items() if e}


def _without(binders: Binders, v: str) -> Binders | None:
    """The other binders, or None if the range of one of them mentions v."""
    rest = tuple(b for b in binders if b[0] != v)
    return None if any(v in low.free | high.free for _, low, high in rest) else rest


def solved(difference: Poly, v: str) -> Poly | None:
    """The e with v = e, from difference = 0, if v occurs linearly with coefficient ±1."""
    this = index_var(v)
    coefficient = difference.terms.get(next(iter(this.terms)), 0)
    rest = difference - this.scaled(coefficient)
    return None if v in rest.free or abs(coefficient) != 1 else rest.scaled(-coefficient)


def _contract_delta(n: Normalizer, binders: Binders, factors: list[Factor]) -> Poly | None:
    for atom, e in factors:
        for v, lo, hi in binders if atom.kind == "delta" else ():
            value, others = solved(atom.parts[0], v), _without(binders, v)
            if value is not None and others is not None and n.context.in_range(value, lo, hi):
                rest = [(b, k) for b, k in factors if b != atom] + [(atom, e - 1)]
                return n.bind(others, n.rebuilt(build(n, (), rest), {v: value}))
    return None


def _age(v: Any) -> tuple[int, int]:
    """Named indices before fresh ones, and these as they were made: so of two placeholders the
    first one is kept.
    """
    fresh = isinstance(v, str) and v.startswith("_")
    return (1, int(v[1:])) if fresh else (0, stable(v))


def _aligned(n: Normalizer, binders: Binders, factors: list[Factor]) -> list[Factor]:
    """Under δ(i, j) with free i and j of one range, j is written i in the other factors."""
    bound = {v for v, _, _ in binders}
    for delta, _ in factors:
        names = sorted(delta.free, key=_age) if delta.kind == "delta" else []
        if len(names) != 2 or bound & delta.free or not n.context.same_range(*names):
            continue
        if solved(delta.parts[0], names[1]) != index_var(names[0]):
            continue
        changed = [(b, k) for b, k in factors if b != delta and names[1] in b.free]
        values = {names[1]: index_var(names[0])}
        moved = n.times(*(n.power(n.rebuilt_atom(b, values), k) for b, k in changed)).single()
        if changed and moved and moved[1] == 1:
            kept = [pair for pair in factors if pair not in changed]
            return list(_merged(kept + list(moved[0].factors)).items())
    return factors


def _contract_inverse(n: Normalizer, binders: Binders, factors: list[Factor]) -> Poly | None:
    for v, lo, hi in binders if "inverse" in n.rules else ():
        touching = [pair for pair in factors if v in pair[0].free]
        others = _without(binders, v)
        if others is None or len(touching) != 2 or any(e != 1 for _, e in touching):
            continue
        for one, other in (touching, touching[::-1]):
            ends = _cancelled(n, one[0], other[0], v, (lo, hi))
            if ends is not None:
                rest = build(n, (), [pair for pair in factors if pair not in touching])
                return n.bind(others, n.mul(rest, n.delta(ends[0] - ends[1])))
    return None


def _cancelled(
    n: Normalizer, inverse: Atom, entry: Atom, v: str, ends: tuple[Poly, Poly]
) -> tuple[Poly, Poly] | None:
    """(i, j) if Σ_v inverse·entry is δ(i, j), for the inverse of the entry's matrix."""
    if inverse.kind != "inverse" or inverse.parts[1:3] != ends or len(entry.parts) < 2:
        return None
    (body, _, _, i, j), (row, column) = inverse.parts, inverse.bound[0]
    if v in body.free:
        return None  # another matrix for each value
    for outer, shared, at in ((i, j, 0), (j, i, 1)):
        for far in entry.parts[-2:]:
            place = {row: shared, column: far} if at == 0 else {row: far, column: shared}
            free = v not in outer.free | far.free and shared == index_var(v)
            # The entry may be of a larger matrix, of which a block is inverted.
            if free and n.context.in_range(far, *ends) and n.rebuilt(body, place) == n.atom(entry):
                return outer, far
    return None


def _count_unused(n: Normalizer, binders: Binders, factors: list[Factor]) -> Poly | None:
    for v, lo, hi in binders:
        others = _without(binders, v)
        if others is None or any(v in atom.free for atom, _ in factors):
            continue
        count = hi - lo + ONE
        known = n.context.sign(count)
        # Where there is nothing to sum, a divisor was not shown to differ from 0.
        if known <= {1} or (known <= {0, 1} and all(e > 0 or n.nonzero(a) for a, e in factors)):
            return n.bind(others, n.mul(build(n, (), factors), count))
    return None


def content(n: Normalizer, p: Poly) -> tuple[Number, list[Factor], Poly]:
    """(rational, factors, core) with p = rational · Π factors · core, the factors being those
    that all terms share.
    """
    only = p.single()
    if only:
        return only[1], list(only[0].factors), ONE
    common: dict[Atom, int] | None = None
    for mono in p.terms:
        here = {a: e for a, e in mono.factors if a.free <= mono.free and a.kind != "delta"}
        had = here if common is None else common
        common = {a: min(had.get(a, 0), here.get(a, 0)) for a in {**had, **here}}
    shared = {a: e for a, e in (common or {}).items() if e}
    numbers = list(p.terms.values())
    top, bottom = gcd(*(c.numerator for c in numbers)), lcm(*(c.denominator for c in numbers))
    rational = quotient(-top if sum(numbers) < 0 else top, bottom)
    core = ZERO if shared else p.scaled(quotient(1, rational))
    for mono, c in p.terms.items() if shared else ():
        m = n.context.opened(mono)
        left = dict.fromkeys((*dict(m.factors), *shared))
        have = dict(m.factors)
        rest = [(a, have.get(a, 0) - shared.get(a, 0)) for a in left]
        core = core + n.bind(m.binders, build(n, (), rest)).scaled(quotient(c, rational))
    return rational, list(shared.items()), core


def over_common_denominators(n: Normalizer, p: Poly) -> Poly:
    """p with summands under the same ranges put over one denominator inside the sums."""
    groups: dict[tuple[tuple[Poly, Poly], ...], list[tuple[Mono, Number]]] = {}
    for mono, c in p.terms.items():
        groups.setdefault(tuple((lo, hi) for _, lo, hi in mono.binders), []).append((mono, c))
    total = ZERO
    for group in groups.values():
        if not any(a.kind == "poly" and e < 0 for mono, _ in group for a, e in mono.factors):
            total = total + Poly(dict(group))
            continue
        first = n.context.opened(group[0][0])
        inner = ZERO
        for mono, c in group:
            pairs = zip(mono.binders, first.binders, strict=True)
            flat = Poly({Mono((), mono.factors): c})
            inner = inner + n.rebuilt(flat, {v: index_var(w) for (v, *_), (w, *_) in pairs})
        numerator, denominators = n.together(inner)
        over = [n.power(of_atom(atom), e) for atom, e in denominators]
        total = total + n.bind(first.binders, n.times(numerator, *over))
    return total
