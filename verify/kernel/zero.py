"""Whether a normal form is zero: numerators over common denominators."""

from __future__ import annotations

from fractions import Fraction

from verify.kernel.normal import Normalizer
from verify.kernel.polynomial import Atom, Mono, Poly, const, of_atom


def is_zero(n: Normalizer, p: Poly) -> bool:
    """Whether p is identically zero; every denominator in it has been shown nonzero."""
    numerator, _ = n.together(p)
    if not numerator.terms:
        return True
    return _zero_under_sums(n, numerator)


def _denominators(mono: Mono) -> dict[Atom, int]:
    return {atom: -e for atom, e in mono.factors if atom.kind == "poly" and e < 0}


def _zero_under_sums(n: Normalizer, p: Poly) -> bool:
    """Summands under the same ranges are put over one denominator before the sums are taken."""
    groups: dict[str, list[tuple[Mono, Fraction]]] = {}
    for mono, c in p.terms:
        ranges = "|".join(f"{lo.text}..{hi.text}" for _, lo, hi in mono.binders)
        groups.setdefault(ranges, []).append((mono, c))
    total = const(0)
    for group in groups.values():
        if not any(_denominators(mono) for mono, _ in group):
            total = total + Poly(dict(group))
            continue
        total = total + _over_one_denominator(n, group)
    return not n.together(total)[0].terms


def _over_one_denominator(n: Normalizer, group: list[tuple[Mono, Fraction]]) -> Poly:
    """Σ (Σ_k numerators) over the common denominator, or the group as it is if not zero."""
    first = n.context.opened(group[0][0])
    common: dict[Atom, int] = {}
    bodies = []
    for mono, c in group:
        names = zip((v for v, _, _ in mono.binders), (v for v, _, _ in first.binders), strict=True)
        renaming = dict(names)
        flat = n.rebuilt(
            Poly({Mono((), mono.factors): c}), {v: _var(w) for v, w in renaming.items()}
        )
        bodies.append(flat)
        for m, _ in flat.terms:
            for atom, k in _denominators(m).items():
                common[atom] = max(k, common.get(atom, 0))
    numerator = const(0)
    for flat in bodies:
        for m, c in flat.terms:
            rest = [(atom, e) for atom, e in m.factors if atom not in common]
            part = Poly({Mono((), rest): c})
            have = dict(m.factors)
            for atom, k in common.items():
                part = n.mul(part, n.power(atom.parts[0], k + have.get(atom, 0)))
            numerator = numerator + part
    over = n.times(numerator, *(n.power(of_atom(atom), -k) for atom, k in common.items()))
    return n.bind(first.binders, over)


def _var(name: str) -> Poly:
    return of_atom(Atom("index", name))
