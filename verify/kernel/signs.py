"""Signs: which of −1, 0, 1 the value of a term can have, from its shape and the hypotheses.

A sign is a set of possible values; every way of looking gives a valid set, so sets are
intersected. A term is looked at as its normal form, where hypotheses are matched, and as the form
in which the author's factors stay as they stand, where squares and quadratic forms are visible.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING, Any

from sympy import Basic

from verify import language as l
from verify.kernel import integers
from verify.kernel.polynomial import (
    ONE,
    ZERO,
    Atom,
    Binders,
    Mono,
    Poly,
    Refusal,
    arranged,
    atoms_of,
    const,
    index_var,
    of_atom,
    quotient,
)  # fmt: skip
from verify.kernel.theory import ALGEBRA

if TYPE_CHECKING:
    from verify.kernel.context import Context, Fact
    from verify.kernel.normal import Env, Normalizer

Signs = frozenset[int]
ANY, NONNEGATIVE, POSITIVE = frozenset({-1, 0, 1}), frozenset({0, 1}), frozenset({1})
NONZERO, ZERO_ONLY, NEGATIVE = frozenset({-1, 1}), frozenset({0}), frozenset({-1})
ALLOWED: dict[type[Basic], Signs] = {
    l.Equation: ZERO_ONLY, l.Unequal: NONZERO, l.AtMost: NEGATIVE | {0}, l.Less: NEGATIVE,
    l.AtLeast: NONNEGATIVE, l.Greater: POSITIVE,
}  # fmt: skip
#: Signs, and the facts that say so.
Known = tuple[Signs, frozenset["Fact"]]
Gaps = tuple[list[tuple[Poly, Signs, "Fact"]], dict[Mono, list[int]]]
_NOTHING: Known = (ANY, frozenset())
_DEPTH = 2
_SURD_SCALE = 2**200


def plus(x: Signs, y: Signs) -> Signs:
    """The signs of a sum."""
    return frozenset(k for i in x for j in y for k in (ANY if i * j < 0 else {i or j}))


def times(x: Signs, y: Signs) -> Signs:
    """The signs of a product."""
    return frozenset(i * j for i in x for j in y)


def to_power(x: Signs, exponent: int) -> Signs:
    """The signs of a nonzero integer power; a negative power of 0 does not occur."""
    base = x if exponent > 0 else x - {0}
    return frozenset(i**2 if exponent % 2 == 0 else i for i in base)


def of_number(value: int | Fraction) -> Signs:
    """The sign of a rational."""
    return frozenset({(value > 0) - (value < 0)})


def sign_of(
    context: Context, term: Basic, env: Env | None = None, wanted: Signs = frozenset()
) -> Signs:
    """The possible signs of a scalar term, from all ways of looking at it; the search ends when
    they are among those wanted.
    """
    unfolding, found = context.unfolding(term), ANY
    ways = [t.having(*more) for more in (("unexpanded",), ()) for t in (ALGEBRA, unfolding)]
    if l.has_kinks(term):
        ways.append(unfolding.having("cases", "square_root"))
    for theory in dict.fromkeys(ways):
        n = context.normal(theory)
        try:
            found &= sign(context, n, n.of(term, env), wanted=wanted)
        except Refusal:
            continue
        if len(found) == 1 or found <= wanted:
            break
    return found


@dataclass
class Search:
    """What was found out in one theory: each answer is valid, and kept.

    best: what is known of a polynomial, from all questions; gaps: polynomials of known sign, by
    the indices at which facts were read, with the places of those that have a monomial; plain:
    whether factors of facts are being judged, and so facts are read without their factors.
    """

    answers: dict[Any, Known] = field(default_factory=dict)
    best: dict[Poly, Known] = field(default_factory=dict)
    gaps: dict[Any, Gaps] = field(default_factory=dict)
    forms: dict[Any, list[tuple[Poly, Signs]]] = field(default_factory=dict)
    plain: bool = False

    def kept(self) -> Search:
        """What stays true when hypotheses are added."""
        return Search(best=dict(self.best), forms=dict(self.forms))


def sign(
    context: Context, n: Normalizer, p: Poly, depth: int = _DEPTH, wanted: Signs = frozenset()
) -> Signs:
    """The possible signs of a normal form, hypotheses read in the theory of `n`."""
    if p.constant is not None:
        return of_number(p.constant)
    search = context.search(n)
    found, facts = best = search.best.get(p, _NOTHING)
    key = (p, depth, wanted, search.plain)
    if not _settled(found, wanted) and key not in search.answers:
        search.answers[key] = best
        with context.using() as relied:
            found &= _found(context, n, p, depth, wanted)
        search.answers[key] = found, facts | relied
        before, others = search.best.get(p, _NOTHING)
        search.best[p] = before & found, others | facts | relied
    found, facts = search.best.get(p, _NOTHING)
    context.used |= facts
    return found


def _settled(found: Signs, wanted: Signs) -> bool:
    return len(found) == 1 or found <= wanted


def _found(context: Context, n: Normalizer, p: Poly, depth: int, wanted: Signs) -> Signs:
    if integers.is_integer(p) and integers.is_affine(p):
        known = _of_integer(context, p)
        if _settled(known, wanted) or not context.integer_gaps()[1]:
            return known
    one_way = len(p.terms) == 1 or wanted <= NONNEGATIVE or wanted <= {-1, 0}
    down = wanted if one_way else frozenset()
    terms = {m: _of_term(context, n, m, c, depth, down, p) for m, c in p.terms.items()}
    found = _of_shape(context, n, p, depth, wanted, terms)
    for gap, allowed, fact in () if _settled(found, wanted) else _gaps(context, n, p):
        narrowed = found & _from_gap(context, n, p, (gap, allowed), depth, wanted)
        if narrowed != found and fact is not None:
            context.used.add(fact)
        found = narrowed
        if _settled(found, wanted):
            break
    return found


def _of_integer(context: Context, p: Poly) -> Signs:
    """From the bounds of indices and dimensions, and hypotheses on integers."""
    signs = ANY
    for q, sense in ((p, 1), (-p, -1)):
        if integers.at_least_zero(context, q):
            signs -= {-sense}
            signs -= {0} if integers.at_least_zero(context, q - ONE) else set()
    return signs


def _of_shape(
    context: Context, n: Normalizer, p: Poly, depth: int, wanted: Signs, terms: dict[Mono, Signs]
) -> Signs:
    """From the terms, or from the visible factors."""
    total = ZERO_ONLY
    for known in terms.values():
        total = plus(total, known)
    if len(terms) == 1 or len(total) == 1 or total <= wanted:
        return total
    rational, factors = n.split(p)
    if factors == [(p, 1)]:
        for helps in (NONNEGATIVE, NEGATIVE | {0}) if depth > 0 else ():
            good = [known for known in terms.values() if known <= helps]
            rest = Poly({m: c for m, c in p.terms.items() if not terms[m] <= helps})
            if good and rest.terms:
                aim = helps if wanted >= helps else helps - {0}
                known = sign(context, n, rest, depth - 1, aim)
                for each in good:
                    known = plus(known, each)
                total &= known
        return total if total != ANY else _of_surds(p)
    found = of_number(rational)
    for base, e in factors:
        even = e % 2 == 0 and wanted >= NONNEGATIVE
        known = NONNEGATIVE if even else to_power(sign(context, n, base, depth, wanted), e)
        found = times(found, known)
    return found & total


def _of_term(
    context: Context, n: Normalizer, mono: Mono, c: int | Fraction, depth: int, wanted: Signs,
    whole: Poly | None = None,
) -> Signs:  # fmt: skip
    """Of one term; if it is all of `whole`, whose sign is being asked for, from its shape alone."""
    m = context.opened_once(mono)
    found, down = of_number(c), wanted if c > 0 else frozenset(-i for i in wanted)
    for atom, e in m.factors:
        alone = whole is not None and whole.atom() == atom
        if e % 2 == 0 and down >= NONNEGATIVE:
            known = NONNEGATIVE
        elif alone:
            known = _of_atom(context, n, atom, depth, down)
        else:
            want = NONZERO if e % 2 == 0 else down
            known = sign(context, n, of_atom(atom), max(depth - bool(m.binders), 0), want)
        found = times(found, to_power(known, e))
    if not m.binders or (found in (POSITIVE, NEGATIVE) and all(
        sign(context, n, hi - lo, depth, NONNEGATIVE) <= NONNEGATIVE for _, lo, hi in m.binders
    )):  # fmt: skip
        return found
    return found | {0} if found <= NONNEGATIVE or found <= {-1, 0} else ANY


def _of_atom(context: Context, n: Normalizer, atom: Atom, depth: int, wanted: Signs) -> Signs:
    if atom.kind == "name":
        return {"dimension": POSITIVE, "natural": NONNEGATIVE}.get(atom.head.sort, ANY)
    if atom.kind == "call":
        return sign(context, n, n.unfolded(atom), depth, wanted)
    if atom.kind in ("exp", "sigmoid"):
        return POSITIVE
    never = atom.kind in ("root", "abs", "relu", "V", "delta", "quadratic")
    if not atom.parts or atom.kind in ("V", "delta") or (never and wanted >= NONNEGATIVE):
        return NONNEGATIVE if never else ANY
    want = POSITIVE if atom.kind == "root" else NONZERO if atom.kind == "abs" else wanted
    inner = sign(context, n, atom.parts[0], depth, want)
    match atom.kind:
        case "sign" | "tanh" | "poly":
            return inner
        case "root" | "abs":
            return frozenset(i * i for i in inner)
        case "relu":
            return frozenset(max(i, 0) for i in inner)
        case "log":
            return sign(context, n, atom.parts[0] - ONE, depth, wanted)
        case "quadratic":
            lengths = (sign(context, n, part, depth, POSITIVE) for part in atom.parts[1:])
            return POSITIVE if POSITIVE in lengths else NONNEGATIVE
        case "E":
            return inner if inner in (POSITIVE, NEGATIVE, NONNEGATIVE, NEGATIVE | {0}) else ANY
        case "power" | "product":
            even = atom.kind == "power" and context.is_natural(
                atom.parts[1].scaled(Fraction(1, 2)))  # fmt: skip
            known = inner if inner <= NONNEGATIVE else NONNEGATIVE if even else ANY
            return known if 0 in inner else known - {0}
    return ANY


def _of_surds(p: Poly) -> Signs:
    """The sign of a sum of rational multiples of square roots of rationals, by enclosure."""
    low = high = Fraction(0)
    for mono, c in p.terms.items():
        under = Fraction(1)
        for atom, e in mono.factors:
            value = atom.parts[0].constant if atom.kind == "root" and e == 1 else None
            if value is None or mono.binders:
                return ANY
            under *= value
        floor = isqrt(under.numerator * _SURD_SCALE**2 // under.denominator)
        ends = sorted(c * Fraction(floor + step, _SURD_SCALE) for step in (0, 1))
        low, high = low + ends[0], high + ends[1]
    return POSITIVE if low > 0 else NEGATIVE if high < 0 else ANY


def _gaps(context: Context, n: Normalizer, p: Poly) -> Iterator[tuple[Poly, Signs, Fact | None]]:
    """Polynomials of known sign that share a monomial with p, and the fact that says so."""
    for mono in p.terms:
        if not mono.binders and [e for _, e in mono.factors] in ([1], [2]):
            for gap, allowed in _intrinsic(context, n, mono.factors[0][0]):
                yield gap, allowed, None
    search, whole = context.search(n), integers.is_integer(p)
    hints = frozenset() if whole else frozenset(_indices(context, p, search.plain))
    key = (whole, hints, _subjects(p), search.plain)
    if key not in search.gaps:
        search.gaps[key] = [], {}  # nothing, for questions asked while the facts are read
        search.gaps[key] = _read(context, n, *key[:3])
    gaps, places = search.gaps[key]
    for place in sorted({place for mono in p.terms for place in places.get(mono, ())}):
        yield gaps[place]


def _indices(context: Context, p: Poly, plain: bool) -> Iterator[Poly]:
    """The index values of known range that occur in p; in factors of facts, those not summed."""
    for atom in atoms_of(p):
        found = atom.parts if atom.kind == "name" else ()
        found = (index_var(atom.head),) if atom.kind == "index" else found
        yield from (value for value in found if all(
            v in context.ranges and not (plain and isinstance(v, str)) for v in value.free
        ))  # fmt: skip


def _subjects(p: Poly) -> frozenset[frozenset[Basic]]:
    """For each monomial, the names of which a fact must speak to share it."""
    alone = (Poly({mono: 1}) for mono in p.terms if mono.factors)
    return frozenset(
        frozenset(a.head for a in atoms_of(one) if a.kind in ("name", "call")) for one in alone
    )


def _read(
    context: Context, n: Normalizer, whole: bool, hints: frozenset[Poly],
    subjects: frozenset[frozenset[Basic]],
) -> Gaps:  # fmt: skip
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
            down = (
                POSITIVE if inner.kind == "root" else allowed if inner.kind == "poly" else NONZERO
            )
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
            found = times(found, to_power(sign(context, n, base, 0), e))
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
        strict = POSITIVE if 0 not in sign(context, n, x - ONE, 1) else NONNEGATIVE
        yield x - ONE - itself, strict
        yield itself - ONE + n.recip(x), strict
    if atom.kind == "exp":
        yield itself - ONE - x, POSITIVE if 0 not in sign(context, n, x, 1) else NONNEGATIVE
    if atom.kind in ("sign", "tanh", "sigmoid"):
        strict = NONNEGATIVE if atom.kind == "sign" else POSITIVE
        yield ONE - itself, strict
        yield ONE + itself, strict
        yield ONE - of_atom(atom, 2), strict
    if atom.kind in ("abs", "relu"):
        yield itself - x, NONNEGATIVE
        yield itself + x if atom.kind == "abs" else itself, NONNEGATIVE


def _from_gap(
    context: Context, n: Normalizer, p: Poly, gap: tuple[Poly, Signs], depth: int, wanted: Signs,
) -> Signs:  # fmt: skip
    """From p = ratio·gap + rest, for a ratio that makes a term vanish."""
    found = ANY
    for mono, c in gap[0].terms.items():
        if mono not in p.terms or not mono.factors:
            continue
        ratio = quotient(p.terms[mono], c)
        rest, scaled = p.plus(gap[0], -ratio), times(of_number(ratio), gap[1])
        helps = NONNEGATIVE if scaled <= NONNEGATIVE else NEGATIVE | {0}
        if not rest.terms:
            found &= scaled
        elif (depth > 0 or rest.constant is not None) and scaled <= helps:
            aim = helps if wanted >= helps else helps - {0}
            found &= plus(scaled, sign(context, n, rest, depth - 1, aim))
    return found


def of_difference(context: Context, left: Basic, right: Basic, wanted: Signs) -> Signs:
    """The signs of left − right, addends that cancel exactly being left out first."""
    kept: list[tuple[Basic, Poly]] = []
    for part in l.addends(l.Plus(left, l.Negative(right))):
        value = context.normal(ALGEBRA).of(part)
        opposite = next((item for item in kept if not (item[1] + value).terms), None)
        if opposite is None:
            kept.append((part, value))
        else:
            kept.remove(opposite)
    found, weak = ZERO_ONLY, wanted | {0}
    for part, _ in kept:
        found = plus(found, sign_of(context, part, None, wanted))
        if not found <= weak:
            found = ANY  # no sum with it is one-sided, as far as one sees addend by addend
            break
    whole: Basic = l.Plus(left, l.Negative(right))
    return found if found <= wanted else found & sign_of(context, whole, None, wanted)


def by_cases(context: Context, n: Normalizer, p: Poly) -> Signs:
    """The union of the signs of p over the signs of what stands in its free |x| and sign(x)."""
    kinks = (x for x in _pointwise(p) if x.kind in ("abs", "sign"))
    split = next((x for x in kinks if all(isinstance(v, l.Index) for v in x.free)), None)
    if split is None:
        return sign(context, context.normal(n.theory.structural()), p)
    argument, found = split.parts[0], ZERO_ONLY - {0}
    itself = argument.atom()

    for value in (-1, 0, 1):

        def leaf(atom: Atom, value: int = value) -> Poly | None:
            if atom.kind in ("E", "V", "call"):
                return of_atom(atom)
            if atom.kind in ("abs", "sign") and atom.parts[0] == argument:
                return const(value) if atom.kind == "sign" else argument.scaled(value)
            return ZERO if value == 0 and itself is not None and atom == itself else None

        found |= by_cases(context, n, n.rebuilt(p, {}, leaf))
    return found


def _pointwise(p: Poly) -> Iterator[Atom]:
    """The atoms whose value at one outcome is all that p depends on: none inside E or V."""
    for mono in p.terms:
        for atom, _ in mono.factors:
            if atom.kind not in ("E", "V", "call", "name"):
                yield atom
                for part in atom.parts:
                    yield from _pointwise(part)


def zeros(
    context: Context, n: Normalizer, p: Poly, binders: Binders = ()
) -> Iterator[tuple[Binders, Poly]]:
    """What must vanish, for all values of bound indices, when p, a visible sum of terms ≥ 0, does
    (almost surely, under E).

    Also x − 1 for p = x − 1 − log x.
    """
    terms = list(p.terms.items())
    if all(_of_term(context, n, m, c, _DEPTH, NONNEGATIVE) <= NONNEGATIVE for m, c in terms):
        for mono, _ in terms:
            m = context.opened(mono)
            left = [
                a for a, e in m.factors if e > 0 and 0 in sign(context, n, of_atom(a), 0, NONZERO)
            ]
            if len(left) != 1:
                continue
            part = {"root": 0, "abs": 0, "poly": 0, "E": 0, "quadratic": 1}.get(left[0].kind)
            if left[0].kind == "E" and not sign(context, n, left[0].parts[0]) <= NONNEGATIVE:
                part = None  # only a mean is 0
            called = left[0].kind == "call"
            under = n.unfolded(left[0]) if called else (
                of_atom(left[0]) if part is None else left[0].parts[part])  # fmt: skip
            yield (*binders, *m.binders), under
            if called or part is not None:
                yield from zeros(context, n, under, (*binders, *m.binders))
    for mono, c in terms:
        for atom, _ in mono.factors:
            x = atom.parts[0] if atom.kind == "log" and c == -1 else None
            if x is not None and p == x - ONE - of_atom(atom):
                yield binders, x - ONE


def vanishing(binders: Binders, p: Poly) -> Poly:
    """The fact that p = 0 for all values of bound indices, as a canonical term up to sign."""
    ways = (Atom("poly", "", (each,)) for each in (p, -p))
    return min((Poly({arranged(binders, [(a, 1)]): 1}) for a in ways), key=lambda q: q.hash)
