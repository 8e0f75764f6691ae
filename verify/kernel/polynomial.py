"""Polynomials in indexed atoms under bound sums: the data of the normal form.

A polynomial is Σ coefficient · (Σ over binders) Π atom^exponent. Atoms, monomials and polynomials
are immutable and equal when they are written alike; bound indices are named by the height of their
binder, so that an outer index can never capture an inner one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from hashlib import blake2b
from itertools import permutations, product
from math import factorial, prod
from typing import Any

Number = int | Fraction
_MOST_ARRANGEMENTS = 5040
_LONGEST = 1_000_000


def quotient(x: Number, y: Number) -> Number:
    """x/y; integers stay integers, which are much faster."""
    exact = Fraction(x) / y if y not in (1, -1) else x * y
    return exact.numerator if exact.denominator == 1 else exact


def to_power(x: Number, k: int) -> Number:
    """x ** k; raises `Refusal` where it has too many digits to be written out."""
    size = max(x.numerator.bit_length(), x.denominator.bit_length())
    if abs(x) != 1 and size * abs(k) > _LONGEST:
        raise Refusal(f"the power {k} of a number is too large to be computed here")
    return x**k if k >= 0 else quotient(1, x**-k)


class Refusal(Exception):
    """A step is not justified; the message says what is missing or what differs."""


@lru_cache(maxsize=100_000)
def stable(head: Any) -> int:
    """A hash of a name that is the same in every process, so that canonical forms are too."""
    text = str(getattr(head, "name", head))
    return int.from_bytes(blake2b(text.encode(), digest_size=7).digest())


class Atom:
    """An indivisible factor: `kind` and `head` say what, `parts` are polynomials inside.

    `bound` names, for each part, the placeholders that range over the entries of an array.
    """

    __slots__ = ("bound", "free", "hash", "head", "height", "key", "kind", "parts")
    kind: str
    head: Any
    parts: tuple[Poly, ...]
    bound: tuple[tuple[str, ...], ...]
    key: Any
    hash: int
    free: frozenset[Any]
    height: int

    def __new__(
        cls,
        kind: str,
        head: Any,
        parts: tuple[Poly, ...] = (),
        bound: tuple[tuple[str, ...], ...] = (),
    ) -> Atom:
        """The atom; equal ones are made once, so that they are compared at a glance."""
        key = (kind, head, parts, bound or ((),) * len(parts))
        known = _ATOMS.get(key)
        if known is None:
            if len(_ATOMS) >= _MOST_ATOMS:
                _ATOMS.clear()
            known = _ATOMS[key] = object.__new__(cls)
            known._fill(*key)
        return known

    def _fill(self, kind: str, head: Any, parts: Any, bound: Any) -> None:
        self.kind, self.head, self.parts, self.bound = kind, head, parts, bound
        self.key = (kind, head, parts, self.bound)
        marks = tuple(stable(b) for each in self.bound for b in each)
        self.hash = hash((stable(kind), stable(head), tuple(p.hash for p in parts), marks))
        own = frozenset({head}) if kind == "index" else frozenset()
        pairs = tuple(zip(parts, self.bound, strict=True))
        self.free = own.union(*(p.free.difference(b) for p, b in pairs))
        self.height = max((p.height + bool(b) for p, b in pairs), default=0)

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Atom) and self.hash == other.hash and self.key == other.key
        )

    def __hash__(self) -> int:
        return self.hash

    def __str__(self) -> str:
        parts = [str(part) for part in self.parts]
        if self.kind == "poly":
            return f"({parts[0]})"
        if self.kind == "name":
            return f"{self.head.name}[{', '.join(parts)}]" if parts else str(self.head.name)
        head = getattr(self.head, "name", self.head)
        return f"{head}({', '.join(parts)})" if parts else str(head)


_ATOMS: dict[Any, Atom] = {}
_MOST_ATOMS = 200_000
Factor = tuple[Atom, int]
Binders = tuple[tuple[Any, "Poly", "Poly"], ...]


class Mono:
    """Σ over `binders` of the product of `factors`; the rest is found when it is asked for."""

    __slots__ = ("_free", "_height", "binders", "factors", "hash")

    def __init__(self, binders: Binders, factors: Iterable[Factor]) -> None:
        given = tuple(factors)
        self.binders = binders
        self.factors: tuple[Factor, ...] = (
            given if len(given) < 2 else tuple(sorted(given, key=_by_hash))
        )
        self._free: frozenset[Any] | None = None
        self._height: int | None = None
        own = tuple([(atom.hash, e) for atom, e in self.factors])
        if binders:
            self.hash = hash((tuple((stable(v), lo.hash, hi.hash) for v, lo, hi in binders), own))
        else:
            self.hash = hash(own)

    @property
    def free(self) -> frozenset[Any]:
        """The index variables that are not bound here."""
        if self._free is None:
            names = frozenset().union(*(atom.free for atom, _ in self.factors))
            if self.binders:
                names = names.union(*(lo.free | hi.free for _, lo, hi in self.binders))
                names = names.difference(v for v, _, _ in self.binders)
            self._free = names
        return self._free

    @property
    def height(self) -> int:
        """How deep binders are nested."""
        if self._height is None:
            inner = [atom.height for atom, _ in self.factors]
            inner += [max(lo.height, hi.height) for _, lo, hi in self.binders]
            self._height = max(inner, default=0) + bool(self.binders)
        return self._height

    def __eq__(self, other: object) -> bool:
        return self is other or (
            isinstance(other, Mono)
            and self.hash == other.hash
            and (self.binders, self.factors) == (other.binders, other.factors)
        )

    def __hash__(self) -> int:
        return self.hash

    def __str__(self) -> str:
        shown = sorted(str(a) if e == 1 else f"{a}^{e}" for a, e in self.factors)
        sums = "".join(f"Σ[{v}={lo}..{hi}] " for v, lo, hi in self.binders)
        return sums + ("·".join(shown) or "1")


def _by_hash(factor: Factor) -> int:
    return factor[0].hash


class Poly:
    """A sum of canonical monomials with rational coefficients."""

    __slots__ = ("_free", "_hash", "_height", "terms")

    def __init__(self, terms: dict[Mono, Number], whole: bool = False) -> None:
        """`whole`: no coefficient is 0, and the terms are no one else's."""
        self.terms = terms if whole else {m: c for m, c in terms.items() if c}
        self._hash: int | None = None
        self._free: frozenset[Any] | None = None
        self._height: int | None = None

    @property
    def hash(self) -> int:
        """What equal polynomials share."""
        if self._hash is None:
            self._hash = hash(frozenset((m.hash, c) for m, c in self.terms.items()))
        return self._hash

    @property
    def free(self) -> frozenset[Any]:
        """The index variables that are not bound."""
        if self._free is None:
            self._free = frozenset().union(*(m.free for m in self.terms))
        return self._free

    @property
    def height(self) -> int:
        """How deep binders are nested."""
        if self._height is None:
            self._height = max((m.height for m in self.terms), default=0)
        return self._height

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Poly) and self.terms == other.terms)

    def __hash__(self) -> int:
        return self._hash if self._hash is not None else self.hash

    def __add__(self, other: Poly) -> Poly:
        return self.plus(other, 1)

    def __sub__(self, other: Poly) -> Poly:
        return self.plus(other, -1)

    def __neg__(self) -> Poly:
        return self.scaled(-1)

    def plus(self, other: Poly, factor: Number) -> Poly:
        """The sum with a multiple of another."""
        if not other.terms or not factor:
            return self
        terms = dict(self.terms)
        for mono, c in other.terms.items():
            value = terms.get(mono, 0) + c * factor
            if value:
                terms[mono] = value
            else:
                del terms[mono]
        return Poly(terms, whole=True)

    def scaled(self, factor: Number) -> Poly:
        """The polynomial times a rational."""
        if factor == 1:
            return self
        terms = {mono: c * factor for mono, c in self.terms.items()} if factor else {}
        return Poly(terms, whole=True)

    @property
    def constant(self) -> Number | None:
        """The value if the polynomial is a rational constant."""
        if not self.terms:
            return 0
        return self.terms.get(_UNIT) if len(self.terms) == 1 else None

    def single(self) -> tuple[Mono, Number] | None:
        """The only term, if there is exactly one, and it is not under a sum."""
        pair = next(iter(self.terms.items())) if len(self.terms) == 1 else None
        return pair if pair and not pair[0].binders else None

    def atom(self) -> Atom | None:
        """The atom, if the polynomial is one atom to the power 1."""
        only = self.single()
        if only and only[1] == 1 and [e for _, e in only[0].factors] == [1]:
            return only[0].factors[0][0]
        return None

    def __str__(self) -> str:
        shown = [str(m) if c == 1 else str(c) if m == _UNIT else f"{c}·{m}"
                 for m, c in self.terms.items()]  # fmt: skip
        return " + ".join(sorted(shown)) or "0"


_UNIT = Mono((), ())


@lru_cache(maxsize=10_000)
def const(value: Number) -> Poly:
    """A rational constant."""
    return Poly({_UNIT: value})


@lru_cache(maxsize=100_000)
def of_atom(atom: Atom, exponent: int = 1) -> Poly:
    """atom ** exponent, not reduced."""
    return Poly({Mono((), ((atom, exponent),)): 1}, whole=True)


@lru_cache(maxsize=100_000)
def index_var(name: Any) -> Poly:
    """An index as a scalar."""
    return of_atom(Atom("index", name))


ZERO, ONE = Poly({}), const(1)


def rename(poly: Poly, names: Mapping[Any, Any]) -> Poly:
    """Free indices renamed; nothing is computed, but the canonical order is restored."""
    if poly.free.isdisjoint(names):
        return poly
    if len(poly.free) == 1 and poly == index_var(*poly.free):  # most often
        return index_var(names[next(iter(poly.free))])
    total: dict[Mono, Number] = {}
    for mono, coefficient in poly.terms.items():
        if mono.free.isdisjoint(names):
            total[mono] = total.get(mono, 0) + coefficient
            continue
        bound = {v for v, *_ in mono.binders}
        inner = {old: new for old, new in names.items() if old not in bound}
        new = arranged(
            tuple((v, rename(lo, inner), rename(hi, inner)) for v, lo, hi in mono.binders),
            [(rename_atom(atom, inner), e) for atom, e in mono.factors],
        )
        total[new] = total.get(new, 0) + coefficient
    return Poly(total)


def marks(poly: Poly, bound: Iterable[Any] = ()) -> frozenset[Any]:
    """The free indices named as canonical forms name bound ones, those of an array aside."""
    named = (v for v in poly.free if isinstance(v, str) and v[0] in "#@")
    return frozenset(named).difference(bound)


def rename_atom(atom: Atom, names: Mapping[Any, Any]) -> Atom:
    """`rename` for one atom."""
    if atom.free.isdisjoint(names):
        return atom
    if atom.kind == "index":
        return Atom("index", names[atom.head])
    parts = tuple(rename(part, names) for part in atom.parts)
    return delta_atom(parts[0]) if atom.kind == "delta" else Atom(atom.kind, atom.head, parts,
                                                                  atom.bound)  # fmt: skip


def delta_atom(difference: Poly) -> Atom:
    """Kronecker's delta of a difference of indices, which is an even function of it."""
    return Atom("delta", "δ", (min(difference, -difference, key=lambda p: p.hash),))


def arranged(
    binders: Binders, factors: list[Factor], turned: Callable[[Atom], Atom] = lambda atom: atom
) -> Mono:
    """The monomial with its bound indices named canonically: sums that share no index each by the
    least of all orders, and then these by their hashes.

    `turned` brings an atom into its preferred form once its indices have their names.
    """
    if not binders:
        return Mono((), factors)
    inner = [a.height for a, _ in factors] + [max(lo.height, hi.height) for _, lo, hi in binders]
    height = max(inner, default=0) + 1
    groups = _connected(binders, factors)
    named: list[Any] = []
    rest = [pair for pair in factors if all(pair[0].free.isdisjoint(group) for group in groups)]
    alone = [
        _arranged(tuple(b for b in binders if b[0] in group),
                  [pair for pair in factors if not pair[0].free.isdisjoint(group)], height, turned)
        for group in groups
    ]  # fmt: skip
    for mono in sorted(alone, key=lambda mono: mono.hash):
        first = len(named)
        names = {v: f"#{height}.{first + k}" for k, (v, *_) in enumerate(mono.binders)}
        if not first:
            named, rest = list(mono.binders), [*rest, *mono.factors]
            continue
        named += [(names[v], rename(lo, names), rename(hi, names)) for v, lo, hi in mono.binders]
        rest += [(turned(rename_atom(a, names)), e) for a, e in mono.factors]
    return Mono(tuple(named), rest)


def _connected(binders: Binders, factors: list[Factor]) -> list[set[Any]]:
    """The bound indices in groups that no factor and no range links."""
    bound = {v for v, _, _ in binders}
    groups: list[set[Any]] = []
    links = [{v} | (bound & (lo.free | hi.free)) for v, lo, hi in binders]
    for linked in links + [bound & a.free for a, _ in factors] if len(bound) > 1 else [bound]:
        touching = [group for group in groups if not group.isdisjoint(linked)]
        if linked and touching != [linked]:
            groups = [group for group in groups if group not in touching]
            groups.append(linked.union(*touching))
    return groups


def _arranged(
    binders: Binders, factors: list[Factor], height: int, turned: Callable[[Atom], Atom]
) -> Mono:
    bound = [v for v, _, _ in binders]
    classes: dict[Any, list[Any]] = {"only": bound} if len(bound) == 1 else {}
    for v, lo, hi in binders if not classes else ():
        mask = {other: ("*" if other == v else "_") for other in bound}
        seen = sorted(hash((rename_atom(a, mask).hash, e)) for a, e in factors)
        key = (rename(lo, mask).hash, rename(hi, mask).hash, *seen)
        classes.setdefault(key, []).append(v)
    groups = [classes[key] for key in sorted(classes)]
    if prod(factorial(len(group)) for group in groups) > _MOST_ARRANGEMENTS:
        raise Refusal("too many interchangeable sums for the normal form")
    found = []
    for orders in product(*(permutations(group) for group in groups)):
        names = {v: f"#{height}.{n}" for n, v in enumerate(v for group in orders for v in group)}
        renamed = [(names[v], rename(lo, names), rename(hi, names)) for v, lo, hi in binders]
        renamed.sort(key=lambda binder: binder[0])
        found.append(Mono(tuple(renamed), [(turned(rename_atom(a, names)), e) for a, e in factors]))
    return min(found, key=lambda mono: mono.hash)


def atoms_of(poly: Poly) -> Iterator[Atom]:
    """Every atom of the polynomial, outermost first, those inside atoms included."""
    for mono in poly.terms:
        for _, low, high in mono.binders:
            yield from atoms_of(low)
            yield from atoms_of(high)
        for atom, _ in mono.factors:
            yield atom
            for part in atom.parts:
                yield from atoms_of(part)


def hints(p: Poly) -> list[Poly]:
    """The index values that occur in a polynomial."""
    found = []
    for atom in atoms_of(p):
        if atom.kind in ("name", "inverse", "call"):
            found += list(atom.parts[{"inverse": 3}.get(atom.kind, 0) :])
        if atom.kind == "index":
            found.append(index_var(atom.head))
    return list(dict.fromkeys(found))
