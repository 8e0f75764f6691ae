from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.regularization.dropout import X, i
from derivations.regularization.simulations import units_of_the_inputs as simulation
from derivations.regularization.units_of_the_inputs import (
    D,
    H,
    Z,
    dropout_fit_ignores_units,
    h,
    ridge_fit_depends_on_units,
    same,
    same_unit,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, check, crosscheck, equation, every, iff

CLAIMS = [dropout_fit_ignores_units, ridge_fit_depends_on_units]
near = Rational(101, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert all(each.counterexample and each.evidence is None for each in found.variants)
    for each in found.hypotheses:  # the inverses give the statement its meaning
        assert each.verdict == "needed" or each.refused_at == "statement"


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_simulation_alone_confirms_what_it_speaks_of(claim: Claim) -> None:
    assert_the_model_alone_confirms(claim)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (dropout_fit_ignores_units, every([i, h], equation(D(Z)[i, h], near * D(X)[i, h]))),
        (dropout_fit_ignores_units, every([i, h], equation(D(Z)[i, h], H(X)[i, h]))),
        (
            ridge_fit_depends_on_units,
            iff(every([i, h], equation(H(Z)[i, h], near * H(X)[i, h])), same_unit),
        ),
    ],
)
def test_the_simulation_alone_contradicts_a_false_statement(claim: Claim, states: Any) -> None:
    points = [{**dict(point), "lambda": 1.5} for point in claim.points]
    false = replace(claim, states=states, points=points, worlds=None)
    assert crosscheck(false).verdict == "contradicted"


def test_the_fit_of_ridge_does_not_ignore_units() -> None:
    worlds = dropout_fit_ignores_units.worlds
    false = replace(dropout_fit_ignores_units, states=same(H), worlds=worlds, model=None)
    assert crosscheck(false).verdict == "contradicted"


@given(st.randoms())
def test_at_most_one_column_has_a_factor(random: Random) -> None:
    found = simulation.one_column(random)
    others = [factor for j, factor in enumerate(found.c, 1) if j != found.t]
    assert found.c[found.t - 1] == found.s != 0
    assert set(others) <= {1}
