"""Polynomials of known sign: hypotheses at the index values that matter, and what is always so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from sympy import Basic

from verify import language as l
from verify.kernel import functions, integers, signs
from verify.kernel.polynomial import ONE, ZERO, Atom, Mono, Poly, atoms_of, index_var, of_atom
from verify.kernel.sign_sets import (
    ALLOWED,
    ANY,
    NEGATIVE,
    NONNEGATIVE,
    NONZERO,
    POSITIVE,
    ZERO_ONLY,
    Signs,
    of_number,
    times,
    to_power,
)

if TYPE_CHECKING:
    from verify.kernel.context import Context, Fact
    from verify.kernel.normal import Normalizer

_UNREAD: signs.Gaps = ([], {})


def facts_about(
    context: Context, n: Normalizer, p: Poly
) -> Iterator[tuple[Poly, Signs, Fact | None]]:
    """Polynomials of known sign that share a monomial with p, and the fact that says so."""
    for mono in p.terms:
        if not mono.binders and [e for _, e in mono.factors] in ([1], [2]):
            for gap, allowed in _intrinsic(context, n, mono.factors[0][0]):
                yield gap, allowed, None
        if len(mono.binders) == 1 and len(p.terms) > 1:
            yield from _of_sum(context, n, p, mono)
    for gap, allowed in context.branches:
        if not gap.terms.keys().isdisjoint(p.terms):
            yield gap, allowed, None
    search = context.search(n)
    known = search.about.get((p, search.plain))
    if known is None:
        whole = integers.is_integer(p)
        hints = frozenset(_indices(context, p, search.plain, whole))
        key = (whole, hints, _subjects(p), search.plain)
        if key not in search.gaps:
            search.gaps[key] = _UNREAD  # nothing, for questions asked while the facts are read
            search.gaps[key] = _read(context, n, *key[:3])
        gaps, places = search.gaps[key]
        found = {place for mono in p.terms for place in places.get(mono, ())}
        known = [gaps[place] for place in sorted(found)]
        if gaps is not _UNREAD[0]:
            search.about[p, search.plain] = known
    yield from known


def _of_sum(
    context: Context, n: Normalizer, p: Poly, mono: Mono
) -> Iterator[tuple[Poly, Signs, Fact | None]]:
    """Σ f ≥ f(k) for the indices k of p, and ≥ Σ f over a part of the range, where f ≥ 0
    throughout the range; and what is known of f for each index, summed.
    """
    m = context.opened_once(mono)
    (v, low, high), body = m.binders[0], Poly({Mono((), m.factors): 1})
    others = Poly({o: 1 for o in p.terms if o != mono})
    near = dict.fromkeys(_indices(context, others, True, False))
    values = [k for k in near if context.in_range(k, low, high)]
    parts = [o for o in others.terms if _is_part(context, o, mono)]
    if (values or parts) and signs.sign(context, n, body, 1, NONNEGATIVE) <= NONNEGATIVE:
        for less in [n.rebuilt(body, {v: k}) for k in values] + [Poly({o: 1}) for o in parts]:
            yield Poly({mono: 1}) - less, NONNEGATIVE, None
    empty = frozenset() if context.at_least_zero(high - low) else ZERO_ONLY
    for gap, allowed, fact in facts_about(context, n, body):
        if allowed <= NONNEGATIVE or allowed <= NEGATIVE | {0}:
            yield n.bind(m.binders, gap), allowed | empty, fact


def _is_part(context: Context, part: Mono, whole: Mono) -> bool:
    """Whether one sum is the other over a part of its range."""
    if len(part.binders) != 1 or part.factors != whole.factors:
        return False
    (v, *ends), (w, low, high) = part.binders[0], whole.binders[0]
    return v == w and all(map(context.at_least_zero, (ends[0] - low, high - ends[1])))


def _indices(context: Context, p: Poly, plain: bool, whole: bool) -> Iterator[Poly]:
    """The index values of known range that occur in p; in factors of facts, those not summed; in
    integers, those at which a family is read: so questions about ranges end.
    """
    for atom in atoms_of(p):
        found = atom.parts if atom.kind == "name" else ()
        found = (index_var(atom.head),) if atom.kind == "index" and not whole else found
        yield from (value for value in found if all(
            v in context.ranges and not (plain and isinstance(v, str)) for v in value.free
        ))  # fmt: skip


def _subjects(p: Poly) -> frozenset[frozenset[Basic]]:
    """For each monomial, the names of which a fact must speak to share it; integers within come
    from the index values at which a fact is read.
    """
    return frozenset(
        frozenset(
            a.head for a in atoms_of(Poly({mono: 1})) if a.kind == "call" or (
                a.kind == "name" and (a.head.sort == "real" or (a, 1) in mono.factors)
            )
        ) for mono in p.terms if mono.factors
    )  # fmt: skip


def _read(
    context: Context, n: Normalizer, whole: bool, hints: frozenset[Poly],
    subjects: frozenset[frozenset[Basic]],
) -> signs.Gaps:  # fmt: skip
    """The forms of the facts on the subjects (of those on integers, if p is `whole`) at the
    index values.
    """
    search = context.search(n)
    gaps: list[tuple[Poly, Signs, Fact]] = []
    places: dict[Mono, list[int]] = {}

    def speaks(statement: Basic) -> bool:
        return any(names <= l.spoken_of(statement) for names in subjects)

    for fact, env in context.instances(tuple(ALLOWED), hints, speaks):
        left, right = fact.statement.args
        if l.axes(left) or (whole and not l.of_integers(fact.statement)):
            continue
        key, allowed = (fact, tuple(env.items()), search.plain), ALLOWED[type(fact.statement)]
        if key not in search.forms:
            gap = n.of(left, env) - n.of(right, env)
            unfolded = n.theory.unfolded and allowed == ZERO_ONLY
            search.forms[key] = [] if unfolded else list(_forms(context, n, gap, allowed))
        for form, known in search.forms[key]:
            for mono in form.terms:
                places.setdefault(mono, []).append(len(gaps))
            gaps.append((form, known, fact))
    return gaps, places


def _forms(
    context: Context, n: Normalizer, gap: Poly, allowed: Signs
) -> Iterator[tuple[Poly, Signs]]:
    """A gap of known sign, what is under its root, and each of its factors."""
    yield gap, allowed
    inner = gap.atom()
    if inner is not None:
        if inner.kind in ("root", "abs", "poly") and 0 not in allowed:
            down = {"root": POSITIVE, "poly": allowed}.get(inner.kind, NONZERO)
            yield from _forms(context, n, inner.parts[0], down)
        return
    rational, factors = n.split(gap) if gap.terms else (0, [])
    for base, e in factors if factors != [(gap, 1)] else ():
        others = [(other, k) for other, k in factors if other != base]
        rest = times(of_number(rational), _of_factors(context, n, others))
        if 0 not in rest and e % 2:
            yield from _forms(context, n, base, times(allowed, rest))
        elif 0 not in allowed:
            yield from _forms(context, n, base, NONZERO)


def _of_factors(context: Context, n: Normalizer, factors: list[tuple[Poly, int]]) -> Signs:
    """Of the other factors of a fact: shapes, and facts as they stand."""
    search, found = context.search(n), POSITIVE
    if search.plain:
        return found if not factors else ANY
    search.plain = True
    try:
        for base, e in factors:
            found = times(found, to_power(signs.sign(context, n, base, 0), e))
    finally:
        search.plain = False
    return found


def _intrinsic(context: Context, n: Normalizer, atom: Atom) -> Iterator[tuple[Poly, Signs]]:
    """Ranges of indices and dimensions, tangents of log and exp, bounds of |x| and sigmoids."""
    itself = of_atom(atom)
    x = atom.parts[0] if atom.parts else ZERO
    if atom.kind == "index" and atom.head in context.ranges:
        low, high = context.ranges[atom.head]
        yield itself - low, NONNEGATIVE
        if high is not None:
            yield high - itself, NONNEGATIVE
    if atom.kind == "name" and atom.head.sort == "dimension":
        yield itself - ONE, NONNEGATIVE
    if atom.kind == "log":
        strict = POSITIVE if 0 not in signs.sign(context, n, x - ONE, 1) else NONNEGATIVE
        yield x - ONE - itself, strict
        yield itself - ONE + n.recip(x), strict
    if atom.kind == "exp":
        strict = POSITIVE if 0 not in signs.sign(context, n, x, 1) else NONNEGATIVE
        yield itself - ONE - x, strict
    if atom.kind in ("sign", "tanh", "sigmoid"):
        strict = NONNEGATIVE if atom.kind == "sign" else POSITIVE
        yield ONE - itself, strict
        yield ONE + itself, strict
        yield ONE - of_atom(atom, 2), strict
    if atom.kind in ("abs", "relu"):
        yield itself - x, NONNEGATIVE
        yield itself + x if atom.kind == "abs" else itself, NONNEGATIVE
    if atom.kind == "abs" and any(mono.binders for mono in x.terms):
        total = ZERO
        for m, c in ((context.opened_once(mono), c) for mono, c in x.terms.items()):
            total += n.bind(m.binders, functions.absolute(n, Poly({Mono((), m.factors): c})))
        yield total - itself, NONNEGATIVE
