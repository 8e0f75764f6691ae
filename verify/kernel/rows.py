"""One row of a chain: does the new term follow from the one before, for the reasons given?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from sympy import Basic

from verify import language as l
from verify.kernel import definedness, laws, lemmas, matching, order, signs
from verify.kernel.context import Context
from verify.kernel.polynomial import ZERO, Poly, Refusal, rename
from verify.kernel.rules import RULES, Use, cited_facts
from verify.kernel.sign_sets import ALLOWED, NONNEGATIVE, NONZERO, ZERO_ONLY, Signs
from verify.kernel.theory import ALGEBRA, Theory

Reasons = tuple[l.Reason, ...]
#: What is usually missing when a row by one of these rules does not follow.
_MISSING = {
    "independence": "no stated law makes what stands inside E independent",
    "moments": "no stated law gives these moments",
    "symmetry": "no stated law allows this change of sign",
}


def check_row(context: Context, before: Basic, row: l.Row) -> None:
    """Raise `Refusal` unless `before` relates to the row's term by its reasons, all needed."""
    reasons: Reasons = row.by if isinstance(row.by, tuple) else (row.by,)
    for reason in reasons:
        name = reason.name if isinstance(reason, l.Reason) else reason
        if not isinstance(reason, l.Reason) or name not in RULES:
            raise Refusal(f"unknown rule {name!r}; the rules are {', '.join(sorted(RULES))}")
    if not reasons:
        raise Refusal("the row has no reason")
    definedness.check(context, row.term)
    said = lemmas.instances(context, reasons)
    if before == row.term:
        raise Refusal("the row repeats the term before it")
    n = context.normal(ALGEBRA)
    same = l.same_axes(l.axes(before), l.axes(row.term))
    if not same and matching.shape(n, before) != matching.shape(n, row.term):
        raise Refusal(f"the shapes of {before} and {row.term} differ")
    if l.is_row(before) != l.is_row(row.term):
        raise Refusal("one side is a row, the other a column")
    _follow(*lemmas.resolved(context, reasons, said), before, row)
    relied = set(context.used)
    for reason in reasons:
        rest = tuple(r for r in reasons if r is not reason)
        try:
            if reason.name != "algebra":
                _follow(*lemmas.resolved(context, rest, said), before, row)
        except Refusal:
            continue
        if reason.name != "algebra":
            raise Refusal(f"the row holds without {reason.name}: that is not the reason")
    context.used.clear()
    context.used.update(relied)


def _follow(context: Context, reasons: Reasons, before: Basic, row: l.Row) -> None:
    """Raise `Refusal` with what is missing, or by what the sides differ, unless the row follows."""
    names, kind = {reason.name for reason in reasons}, row.relation
    if kind is l.SameLaw:
        _same_law(context, before, row.term, reasons)
    elif kind is not l.Equation and "order" in names:
        _ordered(context, before, row.term, kind, reasons)
    elif kind is not l.Equation and "monotone" in names <= {"monotone", "given"}:
        _monotone(context, before, row.term, kind)
    elif kind is not l.Equation:
        cited = any(reason.name == "lemma" for reason in reasons)
        beside = ", beside the lemma: by=(lemma(...), order), or Apply" if cited else ""
        raise Refusal("an inequality needs the rule order or monotone" + beside)
    elif names & {"order", "monotone"}:
        raise Refusal("the rules order and monotone give an inequality, not an equality")
    else:
        failure = "there is no definition to unfold in either term"
        for chosen in _openings(reasons, before, row.term):
            told = _difference(context, before, row.term, chosen)
            if told is None:
                return
            failure = told
        raise Refusal(failure)


def _openings(reasons: Reasons, before: Basic, after: Basic) -> Iterator[Reasons]:
    """Bare `definition` tried with each single definition of the two terms."""
    bare = [r for r in reasons if r.name == "definition" and not r.about]
    rest = tuple(r for r in reasons if r not in bare)
    if not bare:
        yield reasons
    for target in _unfoldable(before) | _unfoldable(after) if bare else ():
        yield (*rest, bare[0](target))


def _unfoldable(term: Basic) -> frozenset[Any]:
    own = isinstance(term, (l.Call, l.Sigmoid, l.Tanh, l.Variance))
    here = frozenset({term}) if own else frozenset()
    return here.union(*(_unfoldable(part) for part in term.args))


def theory_of(
    context: Context, before: Basic, after: Basic, reasons: Reasons
) -> tuple[Theory, Poly]:
    """The theory of the reasons, and the multiples of cited equations to subtract."""
    theory, extra, weighted = ALGEBRA, ZERO, []
    for reason in reasons:
        use = Use(reason, context, before, after)
        if reason.name == "given" and reason.times is not None:
            weighted += [(reason.times, fact) for fact in cited_facts(use)]
        else:
            theory = RULES[reason.name](use, theory)
    for times, fact in weighted:
        if not isinstance(fact.statement, l.Equation):
            raise Refusal(f"{fact.statement} is not an equation; it cannot be multiplied")
        if any(len(where) < 3 for where in fact.binders):
            raise Refusal("an equation for an unbounded index cannot be summed")
        definedness.check(context, times, fact.binders)
        context.used.add(fact)
        left, right = fact.statement.args
        body = l.Times(times, l.Plus(left, l.Negative(right)))
        whole = l.Sum(body, *fact.binders) if fact.binders else body
        extra = extra + context.normal(theory).of(whole)
    return theory, extra


def _difference(context: Context, before: Basic, after: Basic, reasons: Reasons) -> str | None:
    """None if the two terms are equal, else by what they differ."""
    theory, extra = theory_of(context, before, after, reasons)
    n = context.normal(theory)
    gap = matching.gap(n, before, after)
    if n.is_zero(gap) or (extra.terms and (n.is_zero(gap - extra) or n.is_zero(gap + extra))):
        return None
    if theory.cited:  # a recurrence is read on one side only: h(t+2) = a·h(t+1), h(t+1) stays
        plain = context.normal(replace(theory, cited=()))
        gaps = (matching.gap(x, before, after, y) for x, y in ((n, plain), (plain, n)))
        if any(plain.is_zero(each) for each in gaps):
            return None
        n = context.normal(theory.having("written"))
        if n.is_zero(matching.gap(n, before, after)):
            return None
    hints = [_MISSING[reason.name] for reason in reasons if reason.name in _MISSING]
    return "; ".join([f"the two sides differ by {gap}", *hints])


def _ordered(
    context: Context, before: Basic, after: Basic, kind: type[Basic], reasons: Reasons
) -> None:
    if l.axes(before):
        raise Refusal("an inequality is between numbers, not arrays")
    theory, _ = theory_of(context, before, after, reasons)
    n, wanted = context.normal(theory), ALLOWED[kind]
    difference = n.of(before) - n.of(after)
    if n.is_zero(difference):
        raise Refusal("the two sides are equal; say so with equals")
    found = order.of_difference(context, before, after, wanted)
    if not found <= wanted:
        found &= signs.sign(context, context.normal(theory.structural()), difference)
    if "cases" in theory.rules and not found <= wanted:
        found &= order.by_cases(context, n, difference)
    _decide(found, wanted)


def _monotone(context: Context, before: Any, after: Any, kind: type[Basic]) -> None:
    """f(x) and f(y) stand as x and y do, for an increasing f."""
    increasing = (l.Root, l.Exp, l.Log, l.Tanh, l.Sigmoid, l.ReLU, l.Power, l.Expectation)
    if type(before) is not type(after) or not isinstance(before, increasing):
        raise Refusal("both sides must be one increasing function, of two terms")
    n, (x, y) = context.normal(ALGEBRA), (before.args[0], after.args[0])
    if isinstance(before, l.Power):
        k, other = before.args[1], after.args[1]
        bases = (order.sign_of(context, base) <= NONNEGATIVE for base in (x, y))
        if k != other or not k.is_Integer or k <= 0 or not all(bases):
            raise Refusal("x^k increases for one positive integer k and x ≥ 0")
    if n.is_zero(n.of(before) - n.of(after)):
        raise Refusal("the two sides are equal; say so with equals")
    found = order.of_difference(context, x, y, ALLOWED[kind])
    flat = ZERO_ONLY if isinstance(before, l.ReLU) else frozenset()
    if isinstance(before, l.Expectation) and found >= NONZERO:
        flat = ZERO_ONLY  # X ≠ Y does not give E[X] ≠ E[Y]
    _decide(found | flat, ALLOWED[kind])


def _decide(found: Signs, wanted: Signs) -> None:
    if not found <= wanted:
        words = {-1: "negative", 0: "zero", 1: "positive"}
        possible = ", ".join(words[i] for i in sorted(found))
        raise Refusal(f"left − right may be {possible}, as far as the hypotheses show")


def _same_law(context: Context, before: Basic, after: Basic, reasons: Reasons) -> None:
    """f(W, Y) ~ f(−W, Y): the new term is the old one with a symmetric block negated."""
    if any(reason.name not in ("symmetry", "algebra") for reason in reasons):
        raise Refusal("equality in law follows from the rule symmetry")
    theory, _ = theory_of(context, before, after, reasons)
    n = context.normal(ALGEBRA)
    _, env = context.ranged(
        l.binder((l.Index(f"•{k}"), *axis)) for k, axis in enumerate(l.axes(before))
    )
    at = tuple(value.body for value in env.values())
    # All entries at once: of their indices nothing is known, so that no law of one entry is read.
    loose = {v: context.unknown() for value in at for v in value.free}
    x, y = (rename(n.of(side, None, at), loose) for side in (before, after))
    for block in theory.flips:
        image = laws.flipped(n, x, block)
        if image is not None and n.is_zero(image - y):
            return
    raise Refusal("the new term is not the old one with a cited symmetric block negated")
