from dataclasses import replace
from typing import Any

import pytest

from derivations.initialization.tanh_bounds import beyond_zero, t, x
from derivations.initialization.tanh_saturation import (
    fraction,
    polynomial,
    root,
    tangent,
    tanh_root,
    tanh_square_at_two_sizes,
    tanh_square_fraction,
    tanh_square_saturates,
    tanh_square_tangent,
)
from verify import Claim, Rational, at_most, check, crosscheck

CLAIMS = [
    tanh_root,
    tanh_square_fraction,
    tanh_square_saturates,
    tanh_square_tangent,
    tanh_square_at_two_sizes,
]
less_than_one = Rational(99, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize(
    ("claim", "relation"),
    [
        (tanh_root, at_most(t, less_than_one * x / root(x))),
        (tanh_square_saturates, at_most(t**2, less_than_one * fraction)),
        (tanh_square_tangent, at_most(t**2, less_than_one * tangent)),
        (tanh_square_at_two_sizes, at_most(t**2, less_than_one * polynomial)),
    ],
    ids=lambda value: getattr(value, "id", None),
)
def test_the_simulation_alone_contradicts_a_bound_that_is_a_hundredth_too_tight(
    claim: Claim, relation: Any
) -> None:
    false = replace(claim, states=beyond_zero(relation), worlds=None)
    assert crosscheck(false).verdict == "contradicted"
