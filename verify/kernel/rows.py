"""One row of a chain: does the new term follow from the one before, for the reasons given?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sympy import Basic

from verify.kernel import definedness, lemmas, signs, visible
from verify.kernel.context import Context
from verify.kernel.matching import entries
from verify.kernel.polynomial import Poly
from verify.kernel.refusal import Refusal
from verify.kernel.rules import RULES, Use, cited_facts
from verify.kernel.theory import ALGEBRA, Theory
from verify.kernel.zero import is_zero
from verify.language import arrays as a
from verify.language import functions as f
from verify.language import statements as s
from verify.language import terms as t
from verify.language.proofs import Reason, Row

if TYPE_CHECKING:
    from verify.kernel.context import Fact
    from verify.kernel.normal import Normalizer

#: What is usually missing when a row by one of these rules does not follow.
_MISSING = {
    "independence": "no stated law makes what stands inside E independent",
    "moments": "no stated law gives these moments",
    "symmetry": "no stated law allows this change of sign",
}
_INEQUALITIES = (s.AtMost, s.Less, s.AtLeast, s.Greater, s.Unequal)


def reasons_of(row: Row) -> tuple[Reason, ...]:
    """The reasons of a row, each a known rule."""
    reasons = row.by if isinstance(row.by, tuple) else (row.by,)
    for reason in reasons:
        if not isinstance(reason, Reason):
            raise Refusal(f"{reason!r} is not a rule; the rules are {', '.join(sorted(RULES))}")
        if reason.name not in RULES:
            raise Refusal(f"unknown rule {reason.name!r}; the rules are {', '.join(sorted(RULES))}")
    if not reasons:
        raise Refusal("the row has no reason")
    return reasons


def check_row(context: Context, before: Basic, row: Row) -> None:
    """Raise `Refusal` unless `before` relates to the row's term by its reasons, all needed."""
    reasons = reasons_of(row)
    definedness.check(context, row.term)
    said = lemmas.instances(context, reasons)
    if before == row.term:
        raise Refusal("the row repeats the term before it")
    if a.is_row(before) != a.is_row(row.term):
        raise Refusal("one side is a row, the other a column")
    if not a.same_axes(a.axes(before), a.axes(row.term)) and not _same_shape(
        context, before, row.term
    ):
        raise Refusal(f"the shapes of {before} and {row.term} differ")
    kind = row.relation
    failure = _follows(*lemmas.resolved(context, reasons, said), before, row.term, kind)
    if failure is not None:
        raise Refusal(failure)
    relied = set(context.used)
    for reason in reasons:
        rest = tuple(r for r in reasons if r is not reason)
        there = lemmas.resolved(context, rest, said)
        if reason.name != "algebra" and _withheld(*there, before, row.term, kind) is None:
            raise Refusal(f"the row holds without {reason.name}: that is not the reason")
    context.used.clear()
    context.used.update(relied)


def _same_shape(context: Context, x: Basic, y: Basic) -> bool:
    return entries(context.normal(ALGEBRA), x)[1] == entries(context.normal(ALGEBRA), y)[1]


def _withheld(
    context: Context, rest: tuple[Reason, ...], before: Basic, after: Basic, kind: type[Basic]
) -> str | None:
    try:
        return _follows(context, rest, before, after, kind)
    except Refusal as refusal:
        return str(refusal)


def _follows(
    context: Context, reasons: tuple[Reason, ...], before: Basic, after: Basic, kind: type[Basic]
) -> str | None:
    """None if the relation follows, else what is missing or by what the sides differ."""
    if kind is s.SameLaw:
        return _same_law(context, before, after, reasons)
    names = {reason.name for reason in reasons}
    if kind in _INEQUALITIES:
        if "order" in names:
            return _ordered(context, before, after, kind, reasons)
        if names == {"monotone"}:
            return _monotone(context, before, after, kind)
        return "an inequality needs the rule order or monotone"
    if kind is not s.Equation:
        return f"a row cannot be related by {kind.__name__}"
    if names & {"order", "monotone"}:
        return "the rules order and monotone give an inequality, not an equality"
    failure: str | None = "there is no definition to unfold in either term"
    bare = any(reason.name == "definition" and not reason.about for reason in reasons)
    for chosen in _openings(reasons, before, after):
        failure = _equal(context, before, after, chosen)
        if failure is None:
            return None
    return f"{failure} (several definitions are each named)" if bare else failure


def _openings(
    reasons: tuple[Reason, ...], before: Basic, after: Basic
) -> Iterable[tuple[Reason, ...]]:
    """Bare `definition` tried with each single definition of the two terms."""
    bare = [r for r in reasons if r.name == "definition" and not r.about]
    if not bare:
        return [reasons]
    rest = tuple(r for r in reasons if r not in bare)
    return [(*rest, bare[0](target)) for target in _unfoldable(before) | _unfoldable(after)]


def _unfoldable(term: Basic) -> frozenset[Any]:
    from verify.language.definitions import Call
    from verify.language.functions import Sigmoid, Tanh
    from verify.language.probability import Variance

    here = frozenset({term}) if isinstance(term, (Call, Sigmoid, Tanh, Variance)) else frozenset()
    return here.union(*(_unfoldable(part) for part in term.args))


def theory_of(
    context: Context, before: Basic, after: Basic, reasons: Iterable[Reason]
) -> tuple[Theory, Poly]:
    """The theory of the reasons, and the multiples of cited equations to subtract."""
    theory, extra = ALGEBRA, Poly({})
    weighted = []
    for reason in reasons:
        use = Use(reason, context, before, after)
        if reason.name == "given" and reason.times is not None:
            weighted.append((reason, cited_facts(use)))
        else:
            theory = RULES[reason.name](use, theory)
    n = context.normal(theory)
    for reason, facts in weighted:
        for fact in facts:
            extra = extra + _multiple(context, n, fact, reason.times)
    return theory, extra


def _multiple(context: Context, n: Normalizer, fact: Fact, times: Basic) -> Poly:
    """Σ over the fact's indices that occur in `times` of times·(left − right)."""
    if not isinstance(fact.statement, s.Equation):
        raise Refusal(f"{fact.statement} is not an equation; it cannot be multiplied")
    definedness.check_under(context, times, fact.binders)
    left, right = fact.statement.args
    context.use(fact)
    body = t.Times(times, t.Plus(left, t.Negative(right)))
    if not fact.binders:
        return n.of(body)
    if any(len(where) < 3 for where in fact.binders):
        raise Refusal("an equation for an unbounded index cannot be summed")
    return n.of(a.Sum(body, *fact.binders))


def _equal(
    context: Context, before: Basic, after: Basic, reasons: tuple[Reason, ...]
) -> str | None:
    theory, extra = theory_of(context, before, after, reasons)
    n = context.normal(theory)
    (x, _), (y, _) = entries(n, before), entries(n, after)
    difference = x - y
    if is_zero(n, difference) or (
        extra.terms and (is_zero(n, difference - extra) or is_zero(n, difference + extra))
    ):
        return None
    told = f"the two sides differ by {difference.text}"
    hints = [_MISSING[reason.name] for reason in reasons if reason.name in _MISSING]
    return "; ".join([told, *hints])


def _ordered(
    context: Context, before: Basic, after: Basic, kind: type[Basic], reasons: tuple[Reason, ...]
) -> str | None:
    if a.axes(before):
        return "an inequality is between numbers, not arrays"
    theory, _ = theory_of(context, before, after, reasons)
    n = context.normal(theory)
    difference = n.of(before) - n.of(after)
    if is_zero(n, difference):
        return "the two sides are equal; say so with equals"
    wanted = signs.ALLOWED[kind]
    found = visible.of_difference(context, before, after, wanted)
    if not found <= wanted:
        found &= signs.sign(context, context.normal(theory.structural()), difference)
    if "cases" in theory and not found <= wanted:
        found &= visible.by_cases(context, n, difference)
    return None if found <= wanted else _undecided(found)


def _monotone(context: Context, before: Any, after: Any, kind: type[Basic]) -> str | None:
    """f(x) and f(y) stand as x and y do, for an increasing f."""
    strict: tuple[type[Basic], ...] = (f.Root, f.Exp, f.Log, f.Tanh, f.Sigmoid)
    if _same_power(context, before, after):
        strict = (*strict, t.Power)
    one, other = before, after
    if type(before) is not type(after) or not isinstance(before, (*strict, f.ReLU)):
        return "both sides must be one increasing function, of two terms"
    x, y = one.args[0], other.args[0]
    if is_zero(context.normal(ALGEBRA), _difference(context, before, after)):
        return "the two sides are equal; say so with equals"
    found = visible.of_difference(context, x, y, signs.ALLOWED[kind])
    if isinstance(before, f.ReLU):
        found |= signs.ZERO_ONLY
    return None if found <= signs.ALLOWED[kind] else _undecided(found)


def _same_power(context: Context, before: Any, after: Any) -> bool:
    """x^k and y^k for one positive integer k and x, y ≥ 0."""
    if not (isinstance(before, t.Power) and isinstance(after, t.Power)):
        return False
    (x, k), (y, other) = before.args, after.args
    if k != other or not k.is_Integer or k <= 0:
        return False
    return all(visible.sign_of(context, base) <= signs.NONNEGATIVE for base in (x, y))


def _difference(context: Context, before: Basic, after: Basic) -> Poly:
    n = context.normal(ALGEBRA)
    return n.of(before) - n.of(after)


def _undecided(found: signs.Signs) -> str:
    possible = ", ".join({-1: "negative", 0: "zero", 1: "positive"}[i] for i in sorted(found))
    return f"left − right may be {possible}, as far as the hypotheses show"


def _same_law(
    context: Context, before: Basic, after: Basic, reasons: tuple[Reason, ...]
) -> str | None:
    """f(W, Y) ~ f(−W, Y): the new term is the old one with a symmetric block negated."""
    from verify.kernel.laws import flipped

    if any(reason.name not in ("symmetry", "algebra") for reason in reasons):
        return "equality in law follows from the rule symmetry"
    theory, _ = theory_of(context, before, after, reasons)
    if not theory.flips:
        return "no symmetric block is cited"
    n = context.normal(ALGEBRA)
    (x, _), (y, _) = entries(n, before), entries(n, after)
    for block in theory.flips:
        image = flipped(n, x, block)
        if image is not None and is_zero(n, image - y):
            return None
    return "the new term is not the old one with the symmetric block negated"
