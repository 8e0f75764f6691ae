"""Polynomials in indexed atoms under bound sums: the data of the normal form.

A polynomial is Σ coefficient · (Σ over binders) Π atom^exponent. Atoms, monomials and polynomials
are immutable and identified by their canonical text, in which bound indices are named by the
height of their binder, so that an outer index can never capture an inner one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from fractions import Fraction
from itertools import permutations, product
from math import factorial, prod
from typing import Any

from verify.kernel.refusal import Refusal

_MOST_ARRANGEMENTS = 5040


class Atom:
    """An indivisible factor: `kind` and `head` say what, `parts` are polynomials inside.

    `bound` names the placeholders that range over the entries of array parts; `payload` is the
    language node behind the atom and not part of its identity beyond `head`.
    """

    __slots__ = ("bound", "free", "head", "height", "kind", "parts", "payload", "text")

    def __init__(
        self,
        kind: str,
        head: str,
        parts: tuple[Poly, ...] = (),
        payload: Any = None,
        bound: tuple[str, ...] = (),
    ) -> None:
        self.kind, self.head, self.parts, self.payload = kind, head, parts, payload
        self.bound = bound
        inside = ", ".join(part.text for part in parts)
        marks = "".join(f"{b}." for b in bound)
        self.text = head if not (parts or bound) else f"{head}({marks}{inside})"
        if kind == "entry":
            base = head or parts[0].text
            self.text = f"{base}[{', '.join(part.text for part in parts[0 if head else 1 :])}]"
        own = frozenset({head}) if kind == "index" else frozenset()
        self.free: frozenset[str] = own.union(*(p.free for p in parts)) - frozenset(bound)
        self.height: int = max((p.height for p in parts), default=0) + bool(bound)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Atom) and self.text == other.text and self.kind == other.kind

    def __hash__(self) -> int:
        return hash(self.text)


Factors = tuple[tuple[Atom, int], ...]
Binders = tuple[tuple[str, "Poly", "Poly"], ...]


class Mono:
    """Σ over `binders` of the product of `factors`."""

    __slots__ = ("binders", "factors", "free", "height", "text")

    def __init__(self, binders: Binders, factors: Iterable[tuple[Atom, int]]) -> None:
        self.binders = binders
        self.factors: Factors = tuple(sorted(factors, key=lambda f: f[0].text))
        shown = "·".join(a.text if e == 1 else f"{a.text}^{e}" for a, e in self.factors) or "1"
        sums = "".join(f"Σ[{v}={lo.text}..{hi.text}] " for v, lo, hi in binders)
        self.text = sums + shown
        names = frozenset().union(
            *(a.free for a, _ in self.factors), *(lo.free | hi.free for _, lo, hi in binders)
        )
        self.free: frozenset[str] = names - {v for v, _, _ in binders}
        inner = [a.height for a, _ in self.factors]
        inner += [max(lo.height, hi.height) for _, lo, hi in binders]
        self.height: int = max(inner, default=0) + bool(binders)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Mono) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)


class Poly:
    """A sum of canonical monomials with rational coefficients."""

    __slots__ = ("free", "height", "terms", "text")

    def __init__(self, terms: Mapping[Mono, Fraction]) -> None:
        kept = sorted(((m, c) for m, c in terms.items() if c), key=lambda item: item[0].text)
        self.terms: tuple[tuple[Mono, Fraction], ...] = tuple(kept)
        self.text = " + ".join(_term_text(m, c) for m, c in self.terms) or "0"
        self.free: frozenset[str] = frozenset().union(*(m.free for m, _ in self.terms))
        self.height: int = max((m.height for m, _ in self.terms), default=0)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Poly) and self.text == other.text

    def __hash__(self) -> int:
        return hash(self.text)

    def __add__(self, other: Poly) -> Poly:
        if not (self.terms and other.terms):
            return self if self.terms else other
        terms = dict(self.terms)
        for mono, coefficient in other.terms:
            terms[mono] = terms.get(mono, Fraction(0)) + coefficient
        return Poly(terms)

    def __neg__(self) -> Poly:
        return self.scaled(Fraction(-1))

    def __sub__(self, other: Poly) -> Poly:
        return self + -other

    def scaled(self, factor: Fraction) -> Poly:
        """The polynomial times a rational."""
        if factor == 1:
            return self
        return Poly({mono: coefficient * factor for mono, coefficient in self.terms})

    @property
    def constant(self) -> Fraction | None:
        """The value if the polynomial is a rational constant."""
        if not self.terms:
            return Fraction(0)
        if len(self.terms) == 1 and self.terms[0][0].text == "1":
            return self.terms[0][1]
        return None

    def single(self) -> tuple[Mono, Fraction] | None:
        """The only term, if there is exactly one."""
        return self.terms[0] if len(self.terms) == 1 else None

    def atom(self) -> Atom | None:
        """The atom, if the polynomial is one atom to the power 1."""
        only = self.single()
        if only and only[1] == 1 and not only[0].binders and len(only[0].factors) == 1:
            atom, exponent = only[0].factors[0]
            return atom if exponent == 1 else None
        return None


def _term_text(mono: Mono, coefficient: Fraction) -> str:
    if mono.text == "1":
        return str(coefficient)
    return mono.text if coefficient == 1 else f"{coefficient}·{mono.text}"


def const(value: int | Fraction) -> Poly:
    """A rational constant."""
    return Poly({Mono((), ()): Fraction(value)})


def of_atom(atom: Atom, exponent: int = 1) -> Poly:
    """atom ** exponent, not reduced."""
    return Poly({Mono((), ((atom, exponent),)): Fraction(1)})


def index_var(name: str) -> Poly:
    """An index as a scalar."""
    return of_atom(Atom("index", name))


ZERO, ONE = Poly({}), const(1)


def rename(poly: Poly, names: Mapping[str, str]) -> Poly:
    """Free indices renamed; nothing is computed, but the canonical order is restored."""
    if not poly.free & names.keys():
        return poly
    terms: dict[Mono, Fraction] = {}
    for mono, coefficient in poly.terms:
        new = rename_mono(mono, names)
        terms[new] = terms.get(new, Fraction(0)) + coefficient
    return Poly(terms)


def rename_mono(mono: Mono, names: Mapping[str, str]) -> Mono:
    """`rename` for one monomial."""
    if not mono.free & names.keys():
        return mono
    inner = {old: new for old, new in names.items() if old not in {v for v, _, _ in mono.binders}}
    return arranged(
        tuple((v, rename(lo, inner), rename(hi, inner)) for v, lo, hi in mono.binders),
        [(rename_atom(atom, inner), e) for atom, e in mono.factors],
    )


def rename_atom(atom: Atom, names: Mapping[str, str]) -> Atom:
    """`rename` for one atom."""
    if not atom.free & names.keys():
        return atom
    if atom.kind == "index":
        return Atom("index", names[atom.head])
    parts = tuple(rename(part, names) for part in atom.parts)
    if atom.kind == "delta":
        return delta_atom(parts[0])
    return Atom(atom.kind, atom.head, parts, atom.payload, atom.bound)


def delta_atom(difference: Poly) -> Atom:
    """Kronecker's delta of a difference of indices, which is an even function of it."""
    return Atom("delta", "δ", (min(difference, -difference, key=lambda p: p.text),))


def arranged(binders: Binders, factors: list[tuple[Atom, int]]) -> Mono:
    """The monomial with its bound indices named canonically: the least text of all orders."""
    if not binders:
        return Mono((), factors)
    bound = [v for v, _, _ in binders]
    inner = [a.height for a, _ in factors] + [max(lo.height, hi.height) for _, lo, hi in binders]
    height = max(inner, default=0) + 1
    classes: dict[str, list[str]] = {}
    for v in bound:
        mask = {other: ("*" if other == v else "_") for other in bound}
        classes.setdefault(_masked(binders, factors, v, mask), []).append(v)
    groups = [classes[key] for key in sorted(classes)]
    if prod(factorial(len(group)) for group in groups) > _MOST_ARRANGEMENTS:
        raise Refusal("too many interchangeable sums for the normal form")
    found = []
    for orders in product(*(permutations(group) for group in groups)):
        names = {v: f"#{height}.{n}" for n, v in enumerate(v for group in orders for v in group)}
        renamed = sorted(
            ((names[v], rename(lo, names), rename(hi, names)) for v, lo, hi in binders),
            key=lambda binder: binder[0],
        )
        found.append(Mono(tuple(renamed), [(rename_atom(a, names), e) for a, e in factors]))
    return min(found, key=lambda mono: mono.text)


def _masked(
    binders: Binders, factors: list[tuple[Atom, int]], v: str, mask: Mapping[str, str]
) -> str:
    low, high = next((lo, hi) for name, lo, hi in binders if name == v)
    seen = sorted(f"{rename_atom(atom, mask).text}^{e}" for atom, e in factors)
    return f"{rename(low, mask).text}..{rename(high, mask).text}|" + "·".join(seen)


def atoms_of(poly: Poly) -> Iterable[Atom]:
    """Every atom of the polynomial, outermost first, those inside atoms included."""
    for mono, _ in poly.terms:
        for _, low, high in mono.binders:
            yield from atoms_of(low)
            yield from atoms_of(high)
        for atom, _ in mono.factors:
            yield atom
            for part in atom.parts:
                yield from atoms_of(part)
