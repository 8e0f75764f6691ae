"""Using a proved claim: its hypotheses are discharged here, its conclusion becomes a fact."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sympy import Basic

from verify import language as l
from verify.kernel import definedness, matching
from verify.kernel.context import Context
from verify.kernel.integers import is_integer
from verify.kernel.polynomial import Refusal
from verify.kernel.sign_sets import NONNEGATIVE, POSITIVE
from verify.kernel.theory import ALGEBRA

Said = dict[int, tuple[Basic, ...]]


def instances(context: Context, reasons: tuple[l.Reason, ...]) -> Said:
    """What each lemma among the reasons says here, as stated and with definitions unfolded."""
    found = {}
    for reason in reasons:
        if reason.name == "lemma":
            claim, values = reason.about
            fact = generalised(context, claim, dict(values))
            found[id(reason)] = tuple(dict.fromkeys((fact, expanded(fact))))
    return found


def resolved(
    context: Context, reasons: tuple[l.Reason, ...], said: Said
) -> tuple[Context, tuple[l.Reason, ...]]:
    """The lemmas among the reasons as facts of a child context, and reasons that cite them."""
    if not any(id(reason) in said for reason in reasons):
        return context, reasons
    inner = context.child()
    for reason in reasons:
        for form in said.get(id(reason), ()):
            inner.add(form, "lemma")
    return inner, tuple(
        l.Reason("given", said[id(reason)]) if id(reason) in said else reason for reason in reasons
    )


def generalised(context: Context, claim: Any, values: Mapping[Any, Any]) -> Basic:
    """An instance, for every value of the declared indices that its values mention and that
    nothing here has fixed.
    """
    mentioned = frozenset().union(*(l.free_names(l.lift(value)) for value in values.values()))
    kept = _names(context.prove_lemma(claim)) - values.keys()
    said = (l.free_names(fact.origin) for fact in context.facts)
    spoken = context.bounds.union(l.bounds_of(kept), *said)
    free = mentioned - spoken - context.scope
    ranged = [name for name in free if isinstance(name, l.Index) and name.low is not None]
    loose = sorted(ranged, key=lambda name: (len(l.free_names(name)), str(name)))
    inner = context
    for name in loose:
        inner = inner.bound_to(name, [end for end in (name.low, name.high) if end is not None])
    fact = instance(inner, claim, values)
    return l.Every(fact, *loose) if loose else fact


def _names(theorem: Any) -> frozenset[Any]:
    parts = (*theorem.given, *theorem.well_formed, theorem.states)
    return frozenset().union(*(l.free_names(part) for part in parts))


def instance(context: Context, claim: Any, values: Mapping[Any, Any]) -> Basic:
    """The statement of a proved claim at values of its names, its hypotheses discharged."""
    theorem = context.prove_lemma(claim)
    lifted = {name: l.lift(value) for name, value in values.items()}
    names, states = _names(theorem), theorem.states
    bound = states.args[1:] if isinstance(states, l.Every) else ()
    inner = {name: lifted.pop(name) for name in bound if name in lifted}
    for unknown in lifted.keys() - names:
        raise Refusal(f"the lemma {claim.id} has no name {unknown}")
    for name in sorted(names, key=str):
        suits(context, name, lifted, f"the lemma {claim.id}")
    for hypothesis in theorem.given:
        _discharge(context, l.substitute(hypothesis, lifted), claim.id)
    with context.defining():
        for hypothesis in theorem.well_formed:
            _discharge(context, l.substitute(hypothesis, lifted), claim.id)
    said = l.substitute(states, lifted)
    if isinstance(said, l.Implies) and matching.holds(context, said.args[0]):
        said = said.args[1]
    return specialised(context, said, inner) if inner else said


def specialised(context: Context, fact: Any, values: Mapping[Any, Basic]) -> Basic:
    """What a fact for every value of some numbers says of these; random ones are put in outcome
    by outcome, so that the fact may then speak of no expectation and no law.
    """
    if set(fact.args[1:]) != set(values) or any(not isinstance(x, l.Name) for x in values):
        raise Refusal(f"{fact} needs a value for each of its names")
    body: Any = fact.args[0]
    for name, value in values.items():
        random = l.is_random(value) and l.pointwise(body, name) and not l.is_random(body)
        number = name.sort == "real" and not (name.random or name.axes)
        if not (random and number and isinstance(value, l.Term) and not l.axes(value)):
            suits(context, name, values, "the fact")
        definedness.check(context, value)
    body = l.substitute(body, values)
    if isinstance(body, l.Implies):
        if not matching.holds(context, body.args[0]):
            raise Refusal(f"nothing here gives {body.args[0]}")
        body = body.args[1]
    return body


def _discharge(context: Context, hypothesis: Basic, lemma: str) -> None:
    definedness.check(context, hypothesis)
    if not matching.holds(context, hypothesis):
        raise Refusal(f"the lemma {lemma} needs, and nothing here gives: {hypothesis}")


def expanded(node: Basic) -> Basic:
    """A statement with every definition unfolded."""
    if isinstance(node, l.Call):
        return expanded(l.unfold(node))
    return node.func(*(expanded(part) for part in node.args)) if node.args else node


def suits(context: Context, name: Any, values: Mapping[Basic, Basic], of: str) -> None:
    """Raise unless the value for a name of a lemma or a witness is of the declared kind."""
    value: Any = values.get(name, name)
    n, sort = context.normal(ALGEBRA), getattr(name, "sort", "index")
    if isinstance(value, (l.Definition, l.Statement)) or (
        getattr(value, "sort", sort) == "function" != sort
    ):
        raise Refusal(f"{value} for {name} of {of} is not a number")
    definedness.check(context, value)

    declared = l.substitute(name, {k: v for k, v in values.items() if k != name})
    alike = isinstance(value, l.Name) and value.axes == getattr(declared, "axes", None)

    def ends(axis: Any) -> list[Any]:
        return [None if end is None else n.of(l.substitute(end, values)) for end in axis]

    if sort == "function":
        if not alike or value.sort != "function":
            raise Refusal(f"{value} for {name} of {of} is not a function of such arguments")
        return
    if sort != "real":
        p, index = n.entries(value).body, isinstance(name, l.Index)
        low = POSITIVE if sort == "dimension" else NONNEGATIVE
        fits = is_integer(p) and (
            not l.axes(value) if index else context.sign(p, wanted=low) <= low
        )
        if index and name.low is not None:
            fits = fits and context.in_range(p, *ends((name.low, name.high)))
        if not fits:
            raise Refusal(f"{value} for {name} of {of} is not shown to fit")
        if index:
            return
    if not name.random and l.is_random(value):
        raise Refusal(f"{name} of {of} is fixed, {value} is random")
    fits = alike or [ends(axis[1:]) for axis in name.axes] == [
        list(axis) for axis in matching.shape(n, value)
    ]
    if not fits or l.is_row(value):
        raise Refusal(f"{value} has not the shape of {name} of {of}")
