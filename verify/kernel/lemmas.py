"""Using a proved claim: its hypotheses are discharged here, its conclusion becomes a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Basic

from verify.kernel import definedness, laws
from verify.kernel.context import Context
from verify.kernel.matching import entries, holds
from verify.kernel.refusal import Refusal
from verify.kernel.signs import NONNEGATIVE, POSITIVE, is_integer
from verify.kernel.theory import ALGEBRA
from verify.language import arrays as a
from verify.language.definitions import Call, unfold
from verify.language.names import Index
from verify.language.proofs import Reason
from verify.language.statements import Every
from verify.language.substitution import free_names, substitute
from verify.language.terms import Illegal, lift


def instances(context: Context, reasons: tuple[Reason, ...]) -> dict[int, tuple[Basic, ...]]:
    """What each lemma among the reasons says here, as stated and with definitions unfolded."""
    found = {}
    for reason in reasons:
        if reason.name == "lemma":
            claim, values = reason.about
            fact = generalised(context, claim, dict(values))
            found[id(reason)] = tuple(dict.fromkeys((fact, expanded(fact))))
    return found


def resolved(
    context: Context, reasons: tuple[Reason, ...], said: Mapping[int, tuple[Basic, ...]]
) -> tuple[Context, tuple[Reason, ...]]:
    """The lemmas among the reasons as facts of a child context, and reasons that cite them."""
    if not any(id(reason) in said for reason in reasons):
        return context, reasons
    inner, changed = context.child(), []
    for reason in reasons:
        for form in said.get(id(reason), ()):
            inner.add(form, "lemma")
        changed.append(Reason("given", said[id(reason)]) if id(reason) in said else reason)
    return inner, tuple(changed)


def generalised(context: Context, claim: Any, values: Mapping[Any, Any]) -> Basic:
    """An instance, for every value of the declared indices that its values mention and that
    nothing here has fixed.
    """
    mentioned = frozenset().union(*(free_names(lift(value)) for value in values.values()))
    spoken = frozenset().union(*(free_names(fact.origin) for fact in context.facts))
    loose = [
        name
        for name in sorted(mentioned - spoken - context.scope, key=str)
        if isinstance(name, Index) and name.low is not None
    ]
    loose.sort(key=lambda name: len(free_names(name)))
    inner = context
    for name in loose:
        inner = inner.bound_to(name, [end for end in (name.low, name.high) if end is not None])
    fact = instance(inner, claim, values)
    return Every(fact, *loose) if loose else fact


def instance(context: Context, claim: Any, values: Mapping[Any, Any]) -> Basic:
    """The statement of a proved claim at values of its names, its hypotheses discharged."""
    theorem = context.prove_lemma(claim)
    lifted = {name: lift(value) for name, value in values.items()}
    hypotheses = theorem.given + theorem.well_formed
    conclusion = theorem.states
    names = frozenset().union(*(free_names(x) for x in (*hypotheses, conclusion)))
    for unknown in lifted.keys() - names:
        raise Refusal(f"the lemma {claim.id} has no name {unknown}")
    for name in sorted(names, key=str):
        suits(context, name, lifted, claim.id)
    for hypothesis in theorem.given:
        _discharge(context, substitute(hypothesis, lifted), claim.id)
    with context.defining():
        for hypothesis in theorem.well_formed:
            _discharge(context, substitute(hypothesis, lifted), claim.id)
    return substitute(conclusion, lifted)


def _discharge(context: Context, hypothesis: Basic, lemma: str) -> None:
    definedness.check(context, hypothesis)
    if not holds(context, hypothesis):
        raise Refusal(f"the lemma {lemma} needs, and nothing here gives: {hypothesis}")


def expanded(node: Basic) -> Basic:
    """A statement with every definition unfolded."""
    if isinstance(node, Call):
        return expanded(unfold(node))
    if not node.args:
        return node
    return node.func(*(expanded(part) for part in node.args))


def suits(context: Context, name: Basic, values: Mapping[Basic, Basic], lemma: str) -> None:
    """Raise unless the value for a lemma's name is of the declared kind."""
    value = values.get(name, name)
    if isinstance(value, Illegal):
        raise Refusal(f"the lemma {lemma} is given {value.what} for {name}")
    n = context.normal(ALGEBRA)
    if isinstance(name, Index) or name.sort != "real":
        p = n.of(value) if not a.axes(value) else entries(n, value)[0]
        low = NONNEGATIVE if isinstance(name, Index) or name.sort == "natural" else POSITIVE
        fits = is_integer(p) and (isinstance(name, Index) or context.sign(p) <= low)
        if isinstance(name, Index) and name.low is not None:
            high = None if name.high is None else n.of(substitute(name.high, values))
            fits = fits and context.in_range(p, n.of(substitute(name.low, values)), high)
        if not fits:
            raise Refusal(f"{value} for {name} of the lemma {lemma} is not shown to fit")
        return
    if not name.random and laws.is_random(value):
        raise Refusal(f"{name} of the lemma {lemma} is fixed, {value} is random")
    shape = [[n.of(substitute(end, values)) for end in axis[1:] if end is not None]
             for axis in name.axes]  # fmt: skip
    there = [[n.of(end) for end in axis if end is not None] for axis in a.axes(value)]
    if shape != there:
        raise Refusal(f"{value} has not the shape of {name} of the lemma {lemma}")
    definedness.check(context, value)
