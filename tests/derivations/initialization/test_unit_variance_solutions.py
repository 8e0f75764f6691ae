from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.initialization.simulations import unit_variance_solutions as simulation
from derivations.initialization.unit_variance_relu_solutions import (
    relu_preactivation,
    unit_variance_relu_centred_only,
    unit_variance_relu_solutions,
    variance_behind,
)
from derivations.initialization.unit_variance_solutions import (
    c,
    d,
    found,
    mu,
    squares,
    unit_variance_gaussian_solutions,
    unit_variance_uniform_solutions,
    whitened_preactivation,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, check, crosscheck, real

CLAIMS = [
    whitened_preactivation,
    unit_variance_gaussian_solutions,
    unit_variance_uniform_solutions,
    relu_preactivation,
    unit_variance_relu_solutions,
    pytest.param(unit_variance_relu_centred_only, marks=pytest.mark.slow),
]
more, e = Rational(11, 10), real("e")


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    result = check(claim, detect=0.03)
    assert result.ok, result.problems
    assert all(each.verdict == "needed" for each in result.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in result.variants)


@pytest.mark.parametrize("claim", [whitened_preactivation, relu_preactivation])
def test_the_simulation_alone_confirms_what_it_speaks_of(claim: Claim) -> None:
    assert_the_model_alone_confirms(claim, detect=0.05)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (whitened_preactivation, found(c, more * squares)),
        (whitened_preactivation, found(c, squares + c**2)),
        (relu_preactivation, found(d * mu * e + c, more * variance_behind(e))),
        (relu_preactivation, found(d * mu * e + c, variance_behind(0))),
    ],
)
def test_the_simulation_alone_contradicts_another_variance(claim: Claim, states: Any) -> None:
    false = replace(claim, states=states, worlds=None)
    assert crosscheck(false, detect=0.05).verdict == "contradicted"


@given(st.randoms())
def test_what_a_relu_leaves_has_the_stated_moments(random: Random) -> None:
    top, size = random.choice((Fraction(1), Fraction(3, 2), Fraction(2))), random.randint(1, 3)
    law = simulation.cut(top, size)
    assert sum(weight for weight, _ in law) == 1
    assert sum(weight * values[-1] for weight, values in law) == 1 / (2 * top)
    assert sum(weight * values[0] ** 2 for weight, values in law) == Fraction(1, 2)


@given(st.randoms())
def test_weights_of_any_correlation_have_the_stated_moments(random: Random) -> None:
    size, centre, spread = random.randint(1, 3), Fraction(1, 3), Fraction(2, 5)
    law = simulation.any_correlation(random, size, centre, spread)
    for k in range(size):
        mean = sum((weight * values[k] for weight, values in law), Fraction(0))
        square = sum((weight * values[k] ** 2 for weight, values in law), Fraction(0))
        assert (mean, square) == (centre, centre**2 + spread)
