"""The normal form does not depend on the names of bound indices or on the order of writing."""

from typing import Any

from hypothesis import given as drawn
from hypothesis import settings
from hypothesis import strategies as some
from sympy import Basic, Tuple

from tests.fuzz.grammar import mutated, rearranged, scalar
from tests.fuzz.setting import SIGNS, random_world
from verify import equation
from verify.kernel.context import Context
from verify.kernel.normal import Normalizer
from verify.kernel.polynomial import Refusal
from verify.kernel.prove import derive
from verify.kernel.theory import ALGEBRA
from verify.language.arrays import Binding
from verify.language.names import Index
from verify.language.terms import Plus, Times, lift
from verify.semantics import UndefinedError, WorldError, judge

seeds = some.randoms(use_true_random=False)
moderate = settings(max_examples=80, deadline=None)


def normalizer() -> Normalizer:
    context = Context(derive)
    for statement in SIGNS:
        context.add(statement, "given")
    return context.normal(ALGEBRA)


def renamed(rng: Any, term: Basic, names: dict[Any, Any]) -> Basic:
    """The term with every bound index renamed, each binder otherwise."""
    if isinstance(term, Index):
        return names.get(term, term)
    if isinstance(term, Binding):
        inner, binders = dict(names), []
        for index, *ends in term.args[1:]:
            fresh = Index(f"b{rng.randrange(10**9)}")
            binders.append(Tuple(fresh, *(renamed(rng, end, inner) for end in ends)))
            inner[index] = fresh
        return term.func(renamed(rng, term.args[0], inner), *binders)
    return term.func(*(renamed(rng, part, names) for part in term.args)) if term.args else term


def permuted(rng: Any, term: Basic) -> Basic:
    """Addends and factors in another order, and grouped otherwise; nothing is distributed."""
    parts = [permuted(rng, part) for part in term.args]
    if not isinstance(term, (Plus, Times)):
        return term.func(*parts) if parts else term
    rng.shuffle(parts)
    cut = rng.randrange(1, len(parts)) if len(parts) > 1 else 0
    if cut > 1:
        parts = [term.func(*parts[:cut]), *parts[cut:]]
    return term.func(*parts)


@moderate
@drawn(seeds)
def test_bound_indices_may_bear_any_name(rng: Any) -> None:
    n, term = normalizer(), lift(scalar(rng, 3))
    assert n.of(term) == n.of(renamed(rng, term, {}))


@moderate
@drawn(seeds)
def test_addends_and_factors_may_stand_in_any_order(rng: Any) -> None:
    n, term = normalizer(), lift(scalar(rng, 3))
    assert n.is_zero(n.of(term) - n.of(permuted(rng, term)))


@moderate
@drawn(seeds)
def test_a_polynomial_has_one_text(rng: Any) -> None:
    n, term = normalizer(), lift(scalar(rng, 2))
    try:
        other = n.of(permuted(rng, renamed(rng, term, {})))
    except Refusal:
        return
    assert not (n.of(term) - other).terms or n.is_zero(n.of(term) - other)


@moderate
@drawn(seeds)
def test_distribution_keeps_the_normal_form(rng: Any) -> None:
    n, term = normalizer(), lift(scalar(rng, 3))
    assert n.is_zero(n.of(term) - n.of(rearranged(rng, term)))


@settings(max_examples=120, deadline=None)
@drawn(seeds, some.integers(1, 3))
def test_terms_of_one_normal_form_have_one_value(rng: Any, size: int) -> None:
    n, term = normalizer(), lift(scalar(rng, 2))
    other = mutated(rng, term)
    world = random_world(rng, size)
    try:
        same = n.is_zero(n.of(term) - n.of(other))
        value = judge(equation(term, other), world).value
    except (Refusal, KeyError, ValueError, UndefinedError, WorldError):
        return
    assert not same or value is True
