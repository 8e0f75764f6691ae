"""Visible signs: of a term as the author wrote it, and of differences of terms.

Squares, quadratic forms and sums of terms ≥ 0 are visible in the tree and lost by expanding, so
the tree is looked at beside the normal forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from functools import lru_cache
from typing import TYPE_CHECKING

from sympy import Basic, Rational

from verify.kernel.polynomial import ONE, ZERO, Atom, Poly, index_var, of_atom
from verify.kernel.refusal import Refusal
from verify.kernel.signs import (
    ANY,
    NEVER_NEGATIVE,
    NONNEGATIVE,
    POSITIVE,
    ZERO_ONLY,
    Env,
    Signs,
    of_function,
    of_number,
    plus,
    sign,
    summed,
    times,
    to_power,
)
from verify.kernel.theory import ALGEBRA, Theory
from verify.language import arrays as a
from verify.language import functions as f
from verify.language import probability as pr
from verify.language import statements as s
from verify.language import terms as t
from verify.language.definitions import Call, Definition, unfold

if TYPE_CHECKING:
    from verify.kernel.context import Context
    from verify.kernel.normal import Normalizer


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
    found = at_once(context, term, env, wanted)
    for theory in deeper:
        if len(found) == 1 or found <= wanted:
            break
        found &= _look(context, term, env, wanted, theory)
    return found


def at_once(context: Context, term: Basic, env: Env, wanted: Signs) -> Signs:
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
            found = join(found, at_once(context, part, env, down))
        return found
    if isinstance(term, t.Negative):
        return times(frozenset({-1}), at_once(context, term.args[0], env, frozenset()))
    if isinstance(term, t.Quotient):
        below = to_power(at_once(context, term.args[1], env, frozenset()), -1)
        return times(at_once(context, term.args[0], env, wanted), below)
    if isinstance(term, t.Power):
        return _of_power(context, term, env, wanted)
    if isinstance(term, a.Sum):
        return _of_sum(context, term.args[0], list(term.args[1:]), env)
    if isinstance(term, Call) and not a.axes(term):
        return at_once(context, unfold(term), env, wanted)
    if isinstance(term, (f.Function, f.Root, pr.Expectation, pr.Variance, a.Delta)):
        return _of_named(context, term, env, wanted)
    if isinstance(term, a.MatMul):
        return _of_quadratic(context, term, env)
    return ANY


def _of_named(context: Context, term: Basic, env: Env, wanted: Signs) -> Signs:
    kind = {"Expectation": "E", "Variance": "V"}.get(type(term).__name__)
    name = kind or type(term).__name__.lower()
    if name in NEVER_NEGATIVE and wanted >= NONNEGATIVE:
        return NONNEGATIVE
    inner = at_once(context, term.args[0], env, frozenset()) if kind != "V" else ANY
    return of_function(name, inner, lambda: at_once(context, term.args[0] - 1, env, frozenset()))


def _of_power(context: Context, term: Basic, env: Env, wanted: Signs) -> Signs:
    base, exponent = term.args
    if wanted >= NONNEGATIVE and exponent.is_Integer and exponent > 0 and exponent % 2 == 0:
        return NONNEGATIVE
    known = at_once(context, base, env, frozenset())
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
        return at_once(context, body, env, NONNEGATIVE)
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
