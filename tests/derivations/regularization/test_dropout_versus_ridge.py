from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.regularization.dropout import i, k, p
from derivations.regularization.dropout_versus_ridge import (
    P,
    Q,
    balanced,
    dropout_versus_ridge,
)
from derivations.regularization.simulations import dropout_versus_ridge as simulation
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Rational, check, crosscheck, equation, every, iff

near = Rational(101, 100)


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(dropout_versus_ridge)
    assert found.ok, found.problems
    assert all(each.counterexample and each.evidence is None for each in found.variants)
    # the inverses give the statement its meaning
    for each in found.hypotheses:
        assert (each.verdict, each.refused_at, each.undefined) == ("needed", "statement", True)


def test_the_simulation_alone_confirms_what_it_speaks_of() -> None:
    assert_the_model_alone_confirms(dropout_versus_ridge)


@pytest.mark.parametrize("weights", [near * P[k, i], P[k, i] / p])
def test_the_simulation_alone_contradicts_other_weights(weights: Any) -> None:
    # the model's left side is p·w of dropout, so that the change is made on the right
    states = iff(every([k, i], equation(P[k, i], Q[k, i] * weights / P[k, i])), balanced)
    false = replace(dropout_versus_ridge, states=states, worlds=None)
    assert crosscheck(false).verdict == "contradicted"


@given(st.randoms())
def test_the_first_column_has_the_length_of_ridge_unless_none_has(random: Random) -> None:
    found = simulation.regression(random)
    squares = [sum(row[j] ** 2 for row in found.X) for j in range(found.d)]
    wanted = found.strength * found.p / (1 - found.p)
    assert squares[0] == wanted or all(square > wanted for square in squares)
