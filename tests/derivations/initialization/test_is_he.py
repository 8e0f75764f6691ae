from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from derivations.initialization.he_depth import at_every_depth, g
from derivations.initialization.is_he import (
    bernoulli_inequality,
    is_he,
    left,
    line,
    lower,
    only_he,
    powers_decay,
    rho,
    t,
)
from derivations.initialization.relu_network import s
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, at_most, check, crosscheck, every

more = Rational(11, 10)


@pytest.mark.parametrize("claim", [bernoulli_inequality, powers_decay])
def test_everything_asked_of_the_inequality_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert all(each.verdict == "needed" for each in found.hypotheses)
    assert all(each.counterexample for each in found.variants)
    assert_the_model_alone_confirms(claim)


@pytest.mark.parametrize(
    ("claim", "states"),
    [(bernoulli_inequality, lower(more * line)), (powers_decay, every(t, at_most(left, 1 / more)))],
)
def test_the_simulation_alone_contradicts_a_tighter_bound(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(is_he, detect=0.03)
    assert found.ok, found.problems
    assert all(each.verdict == "needed" for each in found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_the_simulation_alone_confirms_what_it_speaks_of() -> None:
    assert_the_model_alone_confirms(is_he, detect=0.05)


@pytest.mark.parametrize("value", [more * s * rho ** (g - 1), s * rho**g, s])
def test_the_simulation_alone_contradicts_another_variance(value: Any) -> None:
    false = replace(is_he, states=only_he(variance=at_every_depth(value)), worlds=None)
    assert crosscheck(false, detect=0.05).verdict == "contradicted"


@pytest.mark.parametrize("layer", [1, 2, 10, 60])
def test_the_bounds_of_the_notes_hold_for_half_and_for_twice_the_scale(layer: int) -> None:
    assert Fraction(2) ** (layer - 1) >= layer
    assert Fraction(1, 2) ** (layer - 1) <= Fraction(2, layer + 1)
