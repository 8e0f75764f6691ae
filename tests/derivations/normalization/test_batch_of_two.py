from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.normalization import batch_of_two_evidence as evidence
from derivations.normalization.batch_norm import hat, i, m, v
from derivations.normalization.batch_of_two import (
    at_most_in_size,
    batch_norm_bound,
    batch_norm_bound_attained,
    batch_of_two,
    normalised,
    p,
    reached,
    standardised_values_bounded,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, check, crosscheck, sign, sqrt

CLAIMS = [batch_of_two, standardised_values_bounded, batch_norm_bound, batch_norm_bound_attained]
near = Rational(101, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_only_an_outlier_of_height_0_has_no_counterexample() -> None:
    found = [each for claim in CLAIMS for each in check(claim, proofs_only=True).hypotheses]
    assert [str(each.weakened) for each in found if each.verdict != "needed"] == ["s ≥ 0"]


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_simulation_alone_confirms_what_it_speaks_of(claim: Claim) -> None:
    assert_the_model_alone_confirms(claim)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (batch_of_two, normalised(sign(p[1] - p[2]), sign(p[1] - p[2]))),
        (batch_of_two, normalised(sign(p[1] - p[2]), near * sign(p[2] - p[1]))),
        (standardised_values_bounded, at_most_in_size(sqrt(m) - 1)),
        (batch_norm_bound, at_most_in_size(1, hat(v)[i])),
        (batch_norm_bound_attained, reached(near * sqrt(m - 1))),
    ],
)
def test_the_simulation_alone_contradicts_a_false_statement(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"


@given(st.randoms())
def test_exact_values_are_standardised(random: Random) -> None:
    found = evidence.standardised(random)
    assert sum(found.a) == 0
    assert sum(value**2 for value in found.a) == found.m


@given(st.randoms())
def test_an_outlier_is_above_or_below_equal_values(random: Random) -> None:
    for found, above in ((evidence.outlier(random), True), (evidence.low_outlier(random), False)):
        assert (found.s > 0) is above
        assert [value - found.c for value in found.v] == [
            found.s * (position == found.i) for position in range(1, found.m + 1)
        ]
