from dataclasses import replace
from typing import Any

import pytest

from derivations.initialization.tanh_bounds import (
    beyond_zero,
    cubic,
    quartic,
    t,
    tanh_at_most_identity,
    tanh_cube,
    tanh_cubic,
    tanh_odd,
    tanh_powers,
    tanh_quintic,
    tanh_square_from_above,
    tanh_square_from_below,
    tanh_square_quartic,
    tanh_square_sextic,
    x,
)
from verify import Claim, Rational, at_least, at_most, check, crosscheck

CLAIMS = [
    tanh_odd,
    tanh_at_most_identity,
    tanh_powers,
    tanh_cubic,
    tanh_square_quartic,
    tanh_quintic,
    tanh_cube,
    tanh_square_sextic,
    tanh_square_from_above,
    tanh_square_from_below,
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
        (tanh_at_most_identity, at_most(t, less_than_one * x)),
        (tanh_cubic, at_least(t, x - less_than_one * (x - cubic))),
        (tanh_quintic, at_most(t, cubic + less_than_one * Rational(2, 15) * x**5)),
        (tanh_square_quartic, at_least(t**2, x**2 - less_than_one * (x**2 - quartic))),
        (tanh_square_sextic, at_most(t**2, quartic + less_than_one * Rational(17, 45) * x**6)),
    ],
    ids=lambda value: getattr(value, "id", None),
)
def test_the_simulation_alone_contradicts_a_bound_that_is_a_hundredth_too_tight(
    claim: Claim, relation: Any
) -> None:
    false = replace(claim, states=beyond_zero(relation), worlds=None)
    assert crosscheck(false).verdict == "contradicted"
