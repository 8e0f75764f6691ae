from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.initialization.simulations import tanh as simulation
from derivations.initialization.tanh import (
    c,
    kept,
    passes,
    q,
    ratio,
    ratio_above,
    ratio_below,
    rest,
    second,
    tanh_moment_above,
    tanh_moment_below,
    tanh_normal_second_moment,
    tanh_ratio,
    tanh_shrinks,
    tanh_shrinks_variance,
    tanh_small_variance,
    two_terms,
    z,
)
from derivations.initialization.tanh_saturation import vanishing
from verify import Claim, E, Rational, V, at_least, at_most, check, crosscheck, tanh
from verify.semantics import holds

CLAIMS = [
    tanh_moment_below,
    tanh_moment_above,
    tanh_shrinks,
    tanh_shrinks_variance,
    tanh_normal_second_moment,
    tanh_ratio,
    tanh_small_variance,
]
less_than_one = Rational(99, 100)


@pytest.mark.parametrize(
    "claim",
    [
        pytest.param(each, marks=[pytest.mark.slow] * (each is tanh_normal_second_moment))
        for each in CLAIMS
    ],
    ids=lambda claim: claim.id,
)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    used = ["used"] if claim is tanh_shrinks_variance else ["needed"] * len(found.hypotheses)
    assert [each.verdict for each in found.hypotheses] == used
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize(
    ("claim", "relation"),
    [
        (tanh_moment_below, at_least(kept, second - less_than_one * 2 * E(z**4) / 3)),
        (tanh_moment_above, at_most(kept, second - 2 * E(z**4) / 3 + rest * E(z**6) / 2)),
        (tanh_shrinks, at_most(kept, less_than_one * q / (1 + 2 * q / 3))),
        (tanh_shrinks_variance, at_most(V(tanh(z)), less_than_one * passes)),
        (tanh_normal_second_moment, at_least(kept, two_terms + 6 * q**3)),
        (tanh_normal_second_moment, at_most(kept, two_terms + 5 * q**3)),
        (tanh_ratio, at_least(ratio, ratio_below + c**2 / 1000)),
        (tanh_ratio, at_most(ratio, less_than_one * ratio_above)),
        (tanh_small_variance, at_most(kept, less_than_one * vanishing * second)),
    ],
    ids=lambda value: getattr(value, "id", None),
)
def test_the_simulation_alone_contradicts_a_bound_that_is_too_tight(
    claim: Claim, relation: Any
) -> None:
    assert crosscheck(replace(claim, states=relation, worlds=None)).verdict == "contradicted"


@given(st.randoms())
@settings(max_examples=30)
def test_the_worlds_have_the_first_moments_of_a_normal_law(random: Random) -> None:
    world = simulation.moments_of_a_normal_law(random)
    assert all(holds(fact, world) for fact in tanh_normal_second_moment.given)


@pytest.mark.parametrize("values", simulation.VALUES)
def test_three_sizes_have_the_moments_1_3_15(values: Any) -> None:
    law = simulation.three_sizes(values)
    assert all(part > 0 for part in law.values())
    assert sum(law.values()) <= 1
    moments = [sum(part * size**k for size, part in law.items()) for k in (2, 4, 6)]
    assert moments == [1, 3, 15]
