"""Signs: which of −1, 0, 1 the value of a term can have, from its shape and the hypotheses.

A sign is a set of possible values; every way of looking gives a valid set, so sets are
intersected. A term is looked at as its normal form, where hypotheses are matched, and as the form
in which the author's factors stay as they stand, where squares and quadratic forms are visible.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING, Any

from verify.kernel import integers
from verify.kernel.gaps import facts_about
from verify.kernel.polynomial import (
    ONE,
    Atom,
    Mono,
    Poly,
    of_atom,
    quotient,
    rename,
)  # fmt: skip
from verify.kernel.sign_sets import (
    ANY,
    NEGATIVE,
    NONNEGATIVE,
    NONZERO,
    POSITIVE,
    ZERO_ONLY,
    Signs,
    of_number,
    plus,
    times,
    to_power,
)

if TYPE_CHECKING:
    from verify.kernel.context import Context, Fact
    from verify.kernel.normal import Normalizer

#: Signs, and the facts that say so.
Known = tuple[Signs, frozenset["Fact"]]
Gaps = tuple[list[tuple[Poly, Signs, "Fact"]], dict[Mono, list[int]]]
_NOTHING: Known = (ANY, frozenset())
DEPTH = 2
_SURD_SCALE = 2**200


@dataclass
class Search:
    """What was found out in one theory: each answer is valid, and kept.

    best: what is known of a polynomial, from all questions; gaps: polynomials of known sign, by
    the indices at which facts were read, with the places of those that have a monomial; about:
    those that share one with a polynomial; plain: whether factors of facts are being judged, and
    so facts are read without their factors.
    """

    answers: dict[Any, Known] = field(default_factory=dict)
    best: dict[Poly, Known] = field(default_factory=dict)
    gaps: dict[Any, Gaps] = field(default_factory=dict)
    about: dict[Any, list[tuple[Poly, Signs, Fact]]] = field(default_factory=dict)
    forms: dict[Any, list[tuple[Poly, Signs]]] = field(default_factory=dict)
    plain: bool = False

    def kept(self) -> Search:
        """What stays true when hypotheses are added."""
        return Search(best=dict(self.best), forms=dict(self.forms))


def sign(
    context: Context, n: Normalizer, p: Poly, depth: int = DEPTH, wanted: Signs = frozenset()
) -> Signs:
    """The possible signs of a normal form, hypotheses read in the theory of `n`."""
    if p.constant is not None:
        return of_number(p.constant)
    search = context.search(n)
    found, facts = best = search.best.get(p, _NOTHING)
    key = (p, depth, wanted, search.plain)
    if not settled(found, wanted) and key not in search.answers:
        search.answers[key] = best
        with context.using() as relied:
            found &= _found(context, n, p, depth, wanted)
        search.answers[key] = found, facts | relied
        before, others = search.best.get(p, _NOTHING)
        search.best[p] = before & found, others | facts | relied
    found, facts = search.best.get(p, _NOTHING)
    context.used |= facts
    return found


def settled(found: Signs, wanted: Signs) -> bool:
    """Whether more cannot be hoped for, or is not asked for."""
    return len(found) == 1 or found <= wanted or (bool(wanted) and not found & wanted)


def _found(context: Context, n: Normalizer, p: Poly, depth: int, wanted: Signs) -> Signs:
    whole = integers.is_integer(p) and integers.is_affine(p)
    known = _of_integer(context, p, depth) if whole else ANY
    if settled(known, wanted):
        return known
    one_way = len(p.terms) == 1 or wanted <= NONNEGATIVE or wanted <= {-1, 0}
    down = wanted if one_way else frozenset()
    terms = {m: of_term(context, n, m, c, depth, down, p) for m, c in p.terms.items()}
    found = known & _of_shape(context, n, p, depth, wanted, terms)
    for gap, allowed, fact in () if settled(found, wanted) else facts_about(context, n, p):
        narrowed = found & _from_gap(context, n, p, (gap, allowed), depth, wanted)
        if narrowed != found and fact is not None:
            context.used.add(fact)
        found = narrowed
        if settled(found, wanted):
            break
    return found


def _of_integer(context: Context, p: Poly, depth: int) -> Signs:
    """From the bounds of indices and dimensions, and hypotheses on integers."""
    signs = ANY
    for q, sense in ((p, 1), (-p, -1)):
        if integers.at_least_zero(context, q, depth):
            signs -= {-sense}
            signs -= {0} if integers.at_least_zero(context, q - ONE, depth) else set()
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


def of_term(
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
    first = atom.parts[0]
    if atom.kind == "product":  # hypotheses speak of factors in the range; an empty one is 1
        first = rename(first, {atom.bound[0][0]: context.fresh(*atom.parts[1:])})
    if atom.kind == "E" and context.unbranched is not None:
        context = context.unbranched
        n = context.normal(n.theory)
    inner = sign(context, n, first, depth, want)
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
            # An empty product, and 0^0, is 1.
            known = inner | {1} if inner <= NONNEGATIVE else NONNEGATIVE if even else ANY
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


def _from_gap(
    context: Context, n: Normalizer, p: Poly, gap: tuple[Poly, Signs], depth: int, wanted: Signs,
) -> Signs:  # fmt: skip
    """From p = ratio·gap + rest, for a ratio that makes a term vanish."""
    found, (q, allowed) = ANY, gap
    shared = [(p.terms[m], c) for m, c in q.terms.items() if m in p.terms and m.factors]
    for ratio in dict.fromkeys(quotient(*pair) for pair in shared):
        scaled = times(of_number(ratio), allowed)
        helps = NONNEGATIVE if scaled <= NONNEGATIVE else NEGATIVE | {0}
        if not scaled <= helps and len(p.terms) != len(q.terms):
            continue
        rest = p.plus(q, -ratio)
        if not rest.terms:
            found &= scaled
        elif (depth > 0 or rest.constant is not None) and scaled <= helps:
            aim = helps if wanted >= helps else helps - {0}
            found &= plus(scaled, sign(context, n, rest, depth - 1, aim))
    return found
