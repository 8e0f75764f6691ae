"""Signs: which of −1, 0, 1 the value of a term can have, from its shape and the hypotheses.

A sign is a set of possible values; every way of looking gives a valid set, so sets are
intersected. Terms are looked at as the author wrote them (squares and quadratic forms are
visible there), then as normal forms (hypotheses are matched there).
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from math import isqrt
from typing import TYPE_CHECKING

from sympy import Basic, Rational

from verify.kernel.monomials import content
from verify.kernel.polynomial import ONE, ZERO, Atom, Mono, Poly, atoms_of, index_var, of_atom
from verify.kernel.refusal import Refusal
from verify.kernel.theory import ALGEBRA, Theory
from verify.language import arrays as a
from verify.language import functions as f
from verify.language import probability as pr
from verify.language import statements as s
from verify.language import terms as t
from verify.language.definitions import Call, Definition, unfold
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
_NEVER_NEGATIVE = frozenset({"root", "abs", "relu", "exp", "sigmoid", "V", "delta"})
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
        context.known_signs[key] = ANY
        found = _search(context, n, p, depth, wanted)
        if found <= wanted and len(found) > 1:
            del context.known_signs[key]
            return found
        context.known_signs[key] = found
    return context.known_signs[key]


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
        return _at_once(context, unfold(base), env, wanted)
    if atom.kind in _NEVER_NEGATIVE and wanted >= NONNEGATIVE:
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


# -- terms --------------------------------------------------------------------------------------


def sign_of(
    context: Context, term: Basic, env: Env | None = None, wanted: Signs = frozenset()
) -> Signs:
    """The possible signs of a scalar term, from the author's tree and from its normal forms;
    the search ends when they are among those wanted.
    """
    env = env or {}
    unfolding = context.unfolding(term)
    deeper = [unfolding]
    if has_kinks(term):
        deeper.append(unfolding.having("cases").having("square_root"))
    found = _at_once(context, term, env, wanted)
    for theory in deeper:
        if len(found) == 1 or found <= wanted:
            break
        found &= _look(context, term, env, wanted, theory)
    return found


def _at_once(context: Context, term: Basic, env: Env, wanted: Signs) -> Signs:
    """What the tree and the plain normal form show, no definition of the whole unfolded."""
    compound = isinstance(term, (t.Plus, t.Times, t.Quotient, t.Power, a.Sum, a.MatMul))
    found = ANY
    for theory in (None, ALGEBRA) if compound else (ALGEBRA, None):
        if not (len(found) == 1 or found <= wanted):
            found &= _look(context, term, env, wanted, theory)
    return found


@lru_cache(maxsize=100_000)
def has_kinks(term: Basic) -> bool:
    """Whether |x|, sign, ReLU or a root occurs, through definitions as well."""
    if isinstance(term, (f.Abs, f.Sign, f.ReLU, f.Root)):
        return True
    if isinstance(term, Definition):
        return has_kinks(term.body)
    return any(has_kinks(part) for part in term.args)


def _look(context: Context, term: Basic, env: Env, wanted: Signs, theory: Theory | None) -> Signs:
    """One way of looking: at the author's tree (None), or at the normal form in a theory."""
    if theory is None:
        return _of_tree(context, term, env, wanted)
    n = context.normal(theory)
    try:
        return sign(context, n, n.of(term, env), wanted=wanted)
    except Refusal:
        return ANY


def _of_tree(context: Context, term: Basic, env: Env, wanted: Signs) -> Signs:
    if isinstance(term, Rational):
        return of_number(Fraction(int(term.p), int(term.q)))
    if isinstance(term, (t.Plus, t.Times)):
        found = ZERO_ONLY if isinstance(term, t.Plus) else POSITIVE
        join = plus if isinstance(term, t.Plus) else times
        down = wanted if wanted >= NONNEGATIVE or join is times else frozenset()
        for part in term.args:
            found = join(found, _at_once(context, part, env, down))
        return found
    if isinstance(term, t.Negative):
        return times(frozenset({-1}), _at_once(context, term.args[0], env, frozenset()))
    if isinstance(term, t.Quotient):
        below = to_power(_at_once(context, term.args[1], env, frozenset()), -1)
        return times(_at_once(context, term.args[0], env, wanted), below)
    if isinstance(term, t.Power):
        return _of_power(context, term, env, wanted)
    if isinstance(term, a.Sum):
        return _of_sum(context, term.args[0], list(term.args[1:]), env)
    if isinstance(term, Call) and not a.axes(term):
        return _at_once(context, unfold(term), env, wanted)
    if isinstance(term, (f.Function, f.Root, pr.Expectation, pr.Variance, a.Delta)):
        return _of_named(context, term, env, wanted)
    if isinstance(term, a.MatMul):
        return _of_quadratic(context, term, env)
    return ANY


def _of_named(context: Context, term: Basic, env: Env, wanted: Signs) -> Signs:
    kind = {"Expectation": "E", "Variance": "V"}.get(type(term).__name__)
    name = kind or type(term).__name__.lower()
    if name in _NEVER_NEGATIVE and wanted >= NONNEGATIVE:
        return NONNEGATIVE
    inner = _at_once(context, term.args[0], env, frozenset()) if kind != "V" else ANY
    return of_function(name, inner, lambda: _at_once(context, term.args[0] - 1, env, frozenset()))


def _of_power(context: Context, term: Basic, env: Env, wanted: Signs) -> Signs:
    base, exponent = term.args
    if wanted >= NONNEGATIVE and exponent.is_Integer and exponent > 0 and exponent % 2 == 0:
        return NONNEGATIVE
    known = _at_once(context, base, env, frozenset())
    if exponent.is_Integer:
        return to_power(known, int(exponent))
    if known == POSITIVE:
        return POSITIVE
    natural = context.is_natural(context.normal(ALGEBRA).of(exponent, env))
    return NONNEGATIVE if known <= NONNEGATIVE and natural else ANY


def _of_sum(context: Context, body: Basic, binders: list[Basic], env: Env) -> Signs:
    """A sum is rarely negative or positive for other reasons than its terms, so the search in
    the body ends at ≥ 0.
    """
    if not binders:
        return _at_once(context, body, env, NONNEGATIVE)
    index, low, high = binders[0]
    n = context.normal(ALGEBRA)
    lo, hi = n.of(low, env), n.of(high, env)
    inner = {**env, index: index_var(context.fresh(lo, hi))}
    found = _of_sum(context, body, binders[1:], inner)
    return summed(found, sign(context, n, hi - lo) <= NONNEGATIVE)


def quadratic(term: Basic) -> tuple[Basic, Basic | None] | None:
    """(z, M) if the term is z.T @ M @ z, (z, None) if it is z.T @ z."""
    if not isinstance(term, a.MatMul) or a.axes(term):
        return None
    left, right = term.args
    if left == a.Transpose(right):
        return right, None
    if isinstance(left, a.MatMul) and left.args[0] == a.Transpose(right):
        return right, left.args[1]
    if isinstance(right, a.MatMul) and left == a.Transpose(right.args[1]):
        return right.args[1], right.args[0]
    return None


def _of_quadratic(context: Context, term: Basic, env: Env) -> Signs:
    found = quadratic(term)
    if found is None:
        return ANY
    vector, matrix = found
    if matrix is None:
        return NONNEGATIVE
    if not is_positive_definite(context, matrix):
        return ANY
    length = sign_of(context, a.norm_squared(vector), env)
    return POSITIVE if 0 not in length else NONNEGATIVE


def is_positive_definite(context: Context, matrix: Basic) -> bool:
    """Whether a matrix, or the one that it is the inverse of, is positive definite."""
    inner = matrix.args[0] if isinstance(matrix, a.Inverse) else matrix
    for fact, _ in context.instances(s.PositiveDefinite, []):
        if fact.statement.args[0] == inner and not fact.binders:
            context.use(fact)
            return True
    return False


def of_difference(context: Context, left: Basic, right: Basic, wanted: Signs) -> Signs:
    """The signs of left − right, addends that cancel exactly being left out first."""
    parts = _addends(left, False) + _addends(right, True)
    n = context.normal(ALGEBRA)
    values = [(part, -n.of(part) if minus else n.of(part), minus) for part, minus in parts]
    kept: list[tuple[Basic, Poly, bool]] = []
    for part, value, minus in values:
        opposite = next((item for item in kept if not (item[1] + value).terms), None)
        if opposite is None:
            kept.append((part, value, minus))
        else:
            kept.remove(opposite)
    found = ZERO_ONLY
    for part, _, minus in kept:
        here = sign_of(context, part)
        found = plus(found, times(frozenset({-1}), here) if minus else here)
    if found <= wanted:
        return found
    return found & sign_of(context, t.Plus(left, t.Negative(right)), None, wanted)


def _addends(term: Basic, minus: bool) -> list[tuple[Basic, bool]]:
    if isinstance(term, t.Plus):
        return [item for part in term.args for item in _addends(part, minus)]
    if isinstance(term, t.Negative):
        return _addends(term.args[0], not minus)
    return [(term, minus)]


def by_cases(context: Context, n: Normalizer, p: Poly) -> Signs:
    """The union of the signs of p over the signs of its free |x|, sign(x), ReLU(x)."""
    split = next((x for x in _pointwise(p) if x.kind in ("abs", "sign")), None)
    if split is None or any(name.startswith(("#", "@", "_")) for name in split.free):
        return sign(context, context.normal(n.theory.structural()), p)
    found: Signs = frozenset()
    for value in (-1, 0, 1):
        found |= by_cases(context, n, _at_sign(n, p, split.parts[0], value))
    return found


def _pointwise(p: Poly) -> Iterator[Atom]:
    """The atoms whose value at one outcome is all that p depends on: none inside E or V."""
    for mono, _ in p.terms:
        for atom, _ in mono.factors:
            if atom.kind in ("E", "V", "call", "entry"):
                continue
            yield atom
            for part in atom.parts:
                yield from _pointwise(part)


def _at_sign(n: Normalizer, p: Poly, argument: Poly, value: int) -> Poly:
    """p where the argument has the given sign."""
    itself = argument.atom()

    def leaf(atom: Atom) -> Poly | None:
        if atom.kind in ("E", "V", "call"):
            return of_atom(atom)
        if atom.kind in ("abs", "sign") and atom.parts[0] == argument:
            return ONE.scaled(Fraction(value)) if atom.kind == "sign" else argument.scaled(
                Fraction(value))  # fmt: skip
        if value == 0 and itself is not None and atom == itself:
            return ZERO
        return None

    return n.rebuilt(p, {}, leaf)
