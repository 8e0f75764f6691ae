"""Signs: which of −1, 0, 1 the value of a term can have, from its shape and the hypotheses.

A sign is a set of possible values; every way of looking gives a valid set, so sets are
intersected. Terms are looked at as the author wrote them (squares and quadratic forms are
visible there), then as normal forms (hypotheses are matched there).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING

from sympy import Basic

from verify.kernel.monomials import content
from verify.kernel.polynomial import ONE, Atom, Mono, Poly, atoms_of, index_var, of_atom
from verify.language import arrays as a
from verify.language import functions as f
from verify.language import statements as s
from verify.language.definitions import unfold
from verify.language.names import Name

if TYPE_CHECKING:
    from verify.kernel.context import Context, Fact
    from verify.kernel.normal import Normalizer

Signs = frozenset[int]
ANY, NONNEGATIVE, POSITIVE, ZERO_ONLY = (
    frozenset({-1, 0, 1}),
    frozenset({0, 1}),
    frozenset({1}),
    frozenset({0}),
)
NONZERO: Signs = frozenset({-1, 1})
_DEPTH = 2
_SURD_BITS = 200
NEVER_NEGATIVE = frozenset({"root", "abs", "relu", "exp", "sigmoid", "V", "delta"})
ALLOWED: dict[type[Basic], Signs] = {
    s.Equation: ZERO_ONLY,
    s.Unequal: frozenset({-1, 1}),
    s.AtMost: frozenset({-1, 0}),
    s.Less: frozenset({-1}),
    s.AtLeast: NONNEGATIVE,
    s.Greater: POSITIVE,
}
Env = dict[Basic, Poly]


def plus(x: Signs, y: Signs) -> Signs:
    """The signs of a sum."""
    found: set[int] = set()
    for i in x:
        for j in y:
            found |= ANY if i * j < 0 else {i or j}
    return frozenset(found)


def times(x: Signs, y: Signs) -> Signs:
    """The signs of a product."""
    return frozenset(i * j for i in x for j in y)


def to_power(x: Signs, exponent: int) -> Signs:
    """The signs of an integer power; a negative power of 0 does not occur."""
    if exponent == 0:
        return POSITIVE
    base = x if exponent > 0 else x - {0}
    return frozenset(i**2 if exponent % 2 == 0 else i for i in base)


def of_number(value: Fraction) -> Signs:
    """The sign of a rational."""
    return frozenset({(value > 0) - (value < 0)})


def summed(body: Signs, nonempty: bool) -> Signs:
    """The signs of a sum of terms of these signs; an empty sum is 0."""
    if body in (POSITIVE, frozenset({-1})) and nonempty:
        return body
    if body <= NONNEGATIVE or body <= {-1, 0}:
        return body | {0}
    return ANY


# -- normal forms -------------------------------------------------------------------------------


def sign(
    context: Context, n: Normalizer, p: Poly, depth: int = _DEPTH, wanted: Signs = frozenset()
) -> Signs:
    """The possible signs of a normal form, hypotheses read in the theory of `n`; the search
    ends when they are among those wanted.
    """
    value = p.constant
    if value is not None:
        return of_number(value)
    key = (n.theory, p.text, depth, context.meaning[0], frozenset(context.reading))
    if key not in context.known_signs:
        context.known_signs[key] = (ANY, frozenset())
        with context.using() as relied:
            found = _search(context, n, p, depth, wanted)
        if found <= wanted and len(found) > 1:
            del context.known_signs[key]
            return found
        context.known_signs[key] = (found, frozenset(relied))
    found, facts = context.known_signs[key]
    context.used |= facts
    return found


def _search(context: Context, n: Normalizer, p: Poly, depth: int, wanted: Signs) -> Signs:
    found = ANY
    for gap, allowed, fact in _gaps(context, n, p):
        narrowed = found & _from_gap(context, n, p, gap, allowed, depth)
        if narrowed != found and fact is not None:
            context.use(fact)
        found = narrowed
        if len(found) == 1 or found <= wanted:
            return found
    if found <= NONZERO and p.atom() is not None:
        return found & _at_a_glance(p)
    return found & _of_shape(context, n, p, depth, wanted)


def _at_a_glance(p: Poly) -> Signs:
    """The sign of a definition whose body is a root or an absolute value."""
    atom = p.atom()
    if atom is None or atom.kind != "call":
        return NONNEGATIVE if atom is not None and atom.kind in ("root", "abs", "V") else ANY
    return NONNEGATIVE if isinstance(unfold(atom.payload[0]), (f.Root, f.Abs)) else ANY


def _of_shape(
    context: Context, n: Normalizer, p: Poly, depth: int, wanted: Signs = frozenset()
) -> Signs:
    numerator, denominators = n.together(p)
    if denominators:
        found = sign(context, n, numerator, depth)
        for atom, e in denominators:
            found = times(found, _of_power_of(context, n, atom.parts[0], e, depth, wanted))
        return found
    number = _of_surd(p)
    if number is not None:
        return number
    (shared, rational), core = content(n, p)
    if shared.factors and core != ONE:
        found = times(of_number(rational), sign(context, n, core, depth, wanted))
        for atom, e in shared.factors:
            found = times(found, _of_power_of(context, n, of_atom(atom), e, depth, wanted))
        return found
    total = ZERO_ONLY
    down = wanted if len(p.terms) == 1 and p.terms[0][1] > 0 else frozenset()
    for mono, c in p.terms:
        total = plus(total, times(of_number(c), _of_mono(context, n, mono, p, depth, down)))
    return total


def _of_power_of(
    context: Context, n: Normalizer, base: Poly, exponent: int, depth: int, wanted: Signs
) -> Signs:
    """The signs of a factor; an even power is only looked into if 0 matters."""
    if exponent % 2 == 0 and wanted >= NONNEGATIVE:
        return NONNEGATIVE
    down = NONZERO if exponent % 2 == 0 and wanted >= POSITIVE else wanted
    return to_power(sign(context, n, base, depth, down), exponent)


def _of_surd(p: Poly) -> Signs | None:
    """The sign of a sum of rational multiples of square roots of rationals, by enclosure."""
    parts: list[tuple[Fraction, Fraction]] = []
    for mono, c in p.terms:
        under = Fraction(1)
        if mono.binders:
            return None
        for atom, e in mono.factors:
            value = atom.parts[0].constant if atom.kind == "root" and e == 1 else None
            if value is None:
                return None
            under *= value
        parts.append((c, under))
    scale = 2**_SURD_BITS
    low = high = Fraction(0)
    for c, under in parts:
        floor = isqrt(under.numerator * scale * scale // under.denominator)
        ends = sorted((c * floor / scale, c * (floor + 1) / scale))
        low, high = low + ends[0], high + ends[1]
    return POSITIVE if low > 0 else frozenset({-1}) if high < 0 else None


def _of_mono(
    context: Context, n: Normalizer, mono: Mono, whole: Poly, depth: int, wanted: Signs
) -> Signs:
    m = context.opened(mono)
    found = POSITIVE
    for atom, e in m.factors:
        alone = of_atom(atom)
        if alone == whole:
            found = times(found, to_power(_of_atom(context, n, atom, wanted), e))
        else:
            found = times(found, _of_power_of(context, n, alone, e, depth, wanted))
    if m.binders:
        nonempty = all(sign(context, n, hi - lo, depth) <= NONNEGATIVE for _, lo, hi in m.binders)
        found = summed(found, nonempty)
    return found


def _of_atom(context: Context, n: Normalizer, atom: Atom, wanted: Signs) -> Signs:
    if atom.kind in ("name", "entry") and isinstance(atom.payload, Name):
        return {"dimension": POSITIVE, "natural": NONNEGATIVE}.get(atom.payload.sort, ANY)
    if atom.kind == "call":
        base, env = atom.payload
        from verify.kernel.visible import at_once

        return at_once(context, unfold(base), env, wanted)
    if atom.kind in NEVER_NEGATIVE and wanted >= NONNEGATIVE:
        return NONNEGATIVE
    inner = sign(context, n, atom.parts[0]) if atom.parts else ANY
    return of_function(atom.kind, inner, lambda: sign(context, n, atom.parts[0] - ONE))


def of_function(kind: str, inner: Signs, less_one: object) -> Signs:
    """The sign of a function from the sign of its argument."""
    if kind in ("sign", "tanh", "poly"):
        return inner
    if kind in ("root", "abs"):
        return frozenset(i * i for i in inner)
    if kind == "relu":
        return frozenset(max(i, 0) for i in inner)
    if kind in ("exp", "sigmoid"):
        return POSITIVE
    if kind == "log" and callable(less_one):
        found: Signs = less_one()
        return found
    if kind == "E":
        return inner if len(inner) == 1 else summed(inner, True) if inner != ANY else ANY
    if kind == "power":
        return POSITIVE if inner == POSITIVE else ANY
    if kind == "product":
        return POSITIVE if inner == POSITIVE else NONNEGATIVE if inner <= NONNEGATIVE else ANY
    return NONNEGATIVE if kind in ("V", "delta") else ANY


def _gaps(context: Context, n: Normalizer, p: Poly) -> Iterator[tuple[Poly, Signs, Fact | None]]:
    """Polynomials of known sign that share something with p, and the fact that says so."""
    seen = list(dict.fromkeys(atoms_of(p)))
    own = {mono.text for mono, _ in p.terms}
    for atom in seen:
        if atom.text in own:
            for gap, allowed in _intrinsic(context, n, atom):
                yield gap, allowed, None
    hints = [part for x in seen if isinstance(x.payload, Name) for part in x.parts]
    hints += [index_var(x.head) for x in seen if x.kind == "index"]
    texts = {x.text for x in seen}
    plain = is_integer(p)
    for fact, env in context.instances(tuple(ALLOWED), [] if plain else hints):
        if not context.usable(fact) or fact.statement in context.reading:
            continue
        if n.theory.unfolded and isinstance(fact.statement, s.Equation):
            continue
        context.reading.add(fact.statement)
        try:
            left, right = fact.statement.args
            value = n.of(left, env) - n.of(right, env) if not a.axes(left) else None
        finally:
            context.reading.discard(fact.statement)
        if value is not None and any(x.text in texts for x in atoms_of(value)):
            for form, allowed in _forms(context, n, value, ALLOWED[type(fact.statement)]):
                yield form, allowed, fact


def _forms(
    context: Context, n: Normalizer, gap: Poly, allowed: Signs
) -> Iterator[tuple[Poly, Signs]]:
    """A gap of known sign, what is under its root, and both without their common factors."""
    yield gap, allowed
    only = gap.single()
    if only and not only[0].binders and 0 not in allowed and len(only[0].factors) > 1:
        for atom, _ in only[0].factors:
            yield from _forms(context, n, of_atom(atom), NONZERO)
        return
    (shared, rational), core = content(n, gap)
    inner = core.atom() or gap.atom()
    if shared.factors and core != ONE:
        factor = of_number(rational)
        for atom, e in shared.factors:
            factor = times(factor, to_power(sign(context, n, of_atom(atom), 1), e))
        if 0 not in factor:
            yield core, times(allowed, factor)
    if inner is not None and inner.kind in ("root", "abs") and 0 not in allowed:
        yield from _forms(context, n, inner.parts[0], POSITIVE if inner.kind == "root" else NONZERO)


def _intrinsic(context: Context, n: Normalizer, atom: Atom) -> Iterator[tuple[Poly, Signs]]:
    """Ranges of indices and dimensions, and the tangents of log and exp."""
    itself = of_atom(atom)
    if atom.kind == "index" and atom.head in context.ranges:
        low, high = context.ranges[atom.head]
        yield itself - low, NONNEGATIVE
        if high is not None:
            yield high - itself, NONNEGATIVE
    if isinstance(atom.payload, Name) and atom.payload.sort == "dimension":
        yield itself - ONE, NONNEGATIVE
    if atom.kind == "log":
        x = atom.parts[0]
        strict = POSITIVE if 0 not in sign(context, n, x - ONE, 1) else NONNEGATIVE
        yield x - ONE - itself, strict
        yield itself - ONE + n.recip(x), strict
    if atom.kind == "exp":
        x = atom.parts[0]
        yield itself - ONE - x, POSITIVE if 0 not in sign(context, n, x, 1) else NONNEGATIVE
    if atom.kind in ("sign", "tanh", "sigmoid"):
        strict = NONNEGATIVE if atom.kind == "sign" else POSITIVE
        yield ONE - itself, strict
        yield ONE + itself, strict
    if atom.kind == "abs":
        yield itself - atom.parts[0], NONNEGATIVE
        yield itself + atom.parts[0], NONNEGATIVE


def _from_gap(
    context: Context, n: Normalizer, p: Poly, gap: Poly, allowed: Signs, depth: int
) -> Signs:
    found = ANY
    own = dict(p.terms)
    for mono, c in gap.terms:
        if mono not in own or mono.text == "1":
            continue
        ratio = own[mono] / c
        rest = p - Poly(dict(gap.terms)).scaled(ratio)
        scaled = times(of_number(ratio), allowed)
        if not rest.terms:
            found &= scaled
        elif depth > 0:
            found &= plus(scaled, sign(context, n, rest, depth - 1))
    return found


def is_integer(p: Poly) -> bool:
    """Whether a polynomial is integer-valued: integer combinations of indices and dimensions."""
    for mono, c in p.terms:
        if c.denominator != 1:
            return False
        for atom, e in mono.factors:
            named = isinstance(atom.payload, Name) and atom.payload.sort != "real"
            if e < 0 or not (atom.kind == "index" or named or atom.kind == "delta"):
                return False
    return True
