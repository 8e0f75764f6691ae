"""A normal form has the value of its term, whatever rules were at work."""

import os
from random import Random
from typing import Any

import pytest
from sympy import Basic

from tests.fuzz.brute_force import Inexpressible, brute_force
from tests.fuzz.grammar import dice, scalar
from tests.fuzz.setting import SIGNS, b, i, j, k, l, n, p, random_world, t, u, w, x
from tests.properties.normal_form_values import product_of, value_of
from verify import Delta, Sum, index, relu, sign
from verify.kernel.context import Context
from verify.kernel.contraction import over_common_denominators
from verify.kernel.normal import Normalizer
from verify.kernel.polynomial import Refusal, of_atom
from verify.kernel.prove import derive
from verify.kernel.theory import ALGEBRA
from verify.language.arrays import Product
from verify.language.terms import Power, Times, lift
from verify.semantics import World

RULES = ("peel", "cases", "square_root", "unexpanded")
_INDICES = (k, l, index("m"), index("r"))
_A_FEW, _MANY = 120, int(os.environ.get("FUZZ_ROWS", "10000"))


def nested(rng: Random, depth: int, bound: tuple[Any, ...] = ()) -> Any:
    """Sums and products whose ranges depend on each other, some of them empty."""
    if depth == 0:
        at = rng.choice(bound or (i, j))
        return rng.choice([
            lift(rng.randint(-1, 3)), b, t, at, w[t + 1], 1 / p, Delta(at, rng.choice((1, t, n))),
            w[at] if bound else x[at], 1 / u[i],
        ])  # fmt: skip
    one = nested(rng, depth - 1, bound)
    kind = rng.randrange(11)
    if kind <= 4 and len(bound) < len(_INDICES):
        new = _INDICES[len(bound)]
        low, high = (rng.choice([t, n, *bound, *bound]) for _ in range(2))
        ends = (rng.choice([1, 1, 1, low, low + 1]), rng.choice([high, high, high + 1, high - 1]))
        body = nested(rng, depth - 1, (*bound, new))
        return (Sum if rng.random() < 0.85 else Product)(body, (new, *ends))
    if kind <= 6:
        return lift(one) + nested(rng, depth - 1, bound)
    if kind <= 8:
        return Times(one, nested(rng, depth - 1, bound))
    if kind == 9:
        return Power(lift(one), rng.choice([2, 3, t, t + 1]))
    return rng.choice([abs, sign, relu])(lift(one))


def forms(n_: Normalizer, term: Basic, world: World) -> dict[str, Any]:
    """The values of the normal form and of what the kernel makes of it."""
    form = n_.of(term)
    rational, factors = n_.split(form)
    above, below = n_.together(form)
    again = n_.context.normal(ALGEBRA.having("peel")).rebuilt(form, {}, lambda atom: None)
    return {
        "normal form": value_of(form, world),
        "split": rational * product_of(factors, world),
        "together": product_of([(above, 1), *((of_atom(a), e) for a, e in below)], world),
        "tidy": value_of(n_.tidy(form), world),
        "over common denominators": value_of(over_common_denominators(n_, form), world),
        "peeled afterwards": value_of(again, world),
    }


@pytest.mark.parametrize("make", ["scalar", "nested"])
@pytest.mark.parametrize("terms", [_A_FEW, pytest.param(_MANY, marks=pytest.mark.slow)])
def test_a_normal_form_has_the_value_of_its_term(make: str, terms: int) -> None:
    rng, compared = dice(make), 0
    worlds = [random_world(rng, size) for size in (1, 2, 3) for _ in range(6)]
    for _ in range(terms):
        term = lift(scalar(rng, 3) if make == "scalar" else nested(rng, rng.choice((2, 3, 4))))
        rules = tuple(rule for rule in RULES if rng.random() < 0.4)
        context = Context(derive)
        for statement in SIGNS:
            context.add(statement, "given")
        for world in rng.sample(worlds, 3):
            try:
                expected = brute_force(term, world)
                found = forms(context.normal(ALGEBRA.having(*rules)), term, world)
            except (Inexpressible, ZeroDivisionError, OverflowError, Refusal):
                continue
            compared += 1
            for name, value in found.items():
                assert value == expected, f"{name} of {term} by {rules} in {world.values}"
    assert compared > terms
