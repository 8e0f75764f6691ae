"""What terms of a row show of order: differences, cases, and what vanishes with a sum."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from sympy import Basic

from verify import language as l
from verify.kernel.polynomial import (
    ONE,
    ZERO,
    Atom,
    Binders,
    Poly,
    Refusal,
    arranged,
    const,
    of_atom,
)  # fmt: skip
from verify.kernel.sign_sets import (
    ANY,
    NONNEGATIVE,
    NONZERO,
    ZERO_ONLY,
    Signs,
    plus,
    times,
)
from verify.kernel.signs import DEPTH, of_term, settled, sign
from verify.kernel.theory import ALGEBRA

if TYPE_CHECKING:
    from verify.kernel.context import Context
    from verify.kernel.normal import Env, Normalizer


def sign_of(
    context: Context, term: Basic, env: Env | None = None, wanted: Signs = frozenset()
) -> Signs:
    """The possible signs of a scalar term, from all ways of looking at it; the search ends when
    they are among those wanted.
    """
    unfolding, found = context.unfolding(term), ANY
    ways = [t.having(*more) for more in (("unexpanded",), ()) for t in (ALGEBRA, unfolding)]
    if l.contains(term, (l.Abs, l.Sign, l.ReLU, l.Root)):
        ways.append(unfolding.having("cases", "square_root"))
    for theory in dict.fromkeys(ways):
        n = context.normal(theory)
        try:
            found &= sign(context, n, n.of(term, env), wanted=wanted)
        except Refusal:
            continue
        if settled(found, wanted):
            break
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
    for way in (whole, _gathered(whole)):  # Σ f − Σ g has the sign that f − g has throughout
        found = found if found <= wanted else found & sign_of(context, way, None, wanted)
    factor, less, more = _shared(left, right)
    if factor is not None and not found <= wanted:  # u ≤ v, c ≥ 0 ⇒ c·u ≤ c·v
        known = sign_of(context, factor) & sign_of(context, factor, None, NONNEGATIVE)
        down = wanted if known <= NONNEGATIVE else frozenset(-i for i in wanted)
        found &= times(known, of_difference(context, less, more, down))
    pairs = _paired(left, right)
    if len(pairs) > 1 and not found <= wanted:  # a·u + b·v ≤ a·x + b·y
        total = ZERO_ONLY
        for one, other in pairs:
            total = plus(total, of_difference(context, one, other, weak))
        found &= total
    return found


def _paired(left: Basic, right: Basic) -> list[tuple[Basic, Basic]]:
    """The addends of two sums, each with one of the other that shares a factor; or none."""
    rest, pairs = [*l.addends(right)], []
    for part in l.addends(left):
        other = next((x for x in rest if x == part or _shared(part, x)[0] is not None), None)
        if other is None:
            return []
        rest.remove(other)
        pairs.append((part, other))
    return [] if rest else [(x, y) for x, y in pairs if x != y]


def _shared(left: Basic, right: Basic) -> tuple[Any, ...]:
    """A factor or divisor that both terms show, or None, and the terms without it."""
    if isinstance(left, l.Quotient) and isinstance(right, l.Quotient):
        same = left.args[1] == right.args[1]
        return (left.args[1], left.args[0], right.args[0]) if same else (None, left, right)
    first, second = ([*_factors(term)] for term in (left, right))
    common = next((each for each in first if each in second), None)
    if common is None or common in (left, right):
        return None, left, right
    first.remove(common)
    second.remove(common)
    return common, *(part[0] if len(part) == 1 else l.Times(*part) for part in (first, second))


def _factors(term: Basic) -> Iterator[Basic]:
    for part in term.args if isinstance(term, l.Times) else ():
        yield from _factors(part)
    if not isinstance(term, l.Times):
        yield term


def _gathered(term: Basic) -> Basic:
    """With sums over the same ranges as one sum."""
    bodies: dict[Any, list[Basic]] = {}
    for part in l.addends(term):
        inner = part.args[0] if isinstance(part, l.Negative) else part
        ranges = inner.args[1:] if isinstance(inner, l.Sum) else ()
        body = inner.args[0] if ranges else inner
        bodies.setdefault(ranges, []).append(body if part is inner else l.Negative(body))
    sums = [l.Sum(l.Plus(*found), *ranges) for ranges, found in bodies.items() if ranges]
    return l.Plus(*sums, *bodies.get((), ()))


def by_cases(context: Context, n: Normalizer, p: Poly) -> Signs:
    """The union of the signs of p over the signs of what stands in its free |x| and sign(x), inner
    ones first, then short ones, of which longer ones are made; in a branch this sign is known (but
    E speaks of other outcomes too).
    """
    kinks = [x.parts[0] for x in _pointwise(p) if x.kind in ("abs", "sign")
             and all(isinstance(v, l.Index) for v in x.free)]  # fmt: skip
    plain = context.normal(n.theory.structural())
    if not kinks:
        return sign(context, plain, p)
    argument = min(kinks, key=lambda a: (len([*_pointwise(a)]), len(a.terms)))
    itself, found = argument.atom(), ZERO_ONLY - {0}
    for value in sign(context, plain, argument):

        def leaf(atom: Atom, value: int = value) -> Poly | None:
            if atom.kind in ("E", "V", "call"):
                return of_atom(atom)
            if atom.kind in ("abs", "sign") and atom.parts[0] == argument:
                return const(value) if atom.kind == "sign" else argument.scaled(value)
            return ZERO if value == 0 and itself is not None and atom == itself else None

        branch = context.branch(argument, frozenset({value}))
        m = branch.normal(replace(n.theory, cited=()))  # p is what they made of it
        found |= by_cases(branch, m, m.rebuilt(p, {}, leaf))
    return found


def _pointwise(p: Poly) -> Iterator[Atom]:
    """The atoms whose value at one outcome is all that p depends on: none inside E or V."""
    for mono in p.terms:
        for atom, _ in mono.factors:
            if atom.kind not in ("E", "V", "call", "name", "derivative"):
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
    if all(of_term(context, n, m, c, DEPTH, NONNEGATIVE) <= NONNEGATIVE for m, c in terms):
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
