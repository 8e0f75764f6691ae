from dataclasses import replace
from typing import Any

import pytest

from derivations.initialization.preactivation import (
    a,
    j,
    mu,
    n,
    preactivation_layer_symmetry,
    preactivation_symmetry,
    preactivation_variance,
    preactivation_variance_general,
    q,
    v,
    x,
)
from verify import Claim, E, Rational, Sum, V, check, crosscheck, equation, models

CLAIMS = [
    preactivation_variance,
    preactivation_variance_general,
    preactivation_symmetry,
    preactivation_layer_symmetry,
]
near = Rational(101, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim, detect=0.03)
    assert found.ok, found.problems
    assert [each.verdict for each in found.hypotheses] == ["needed"] * len(found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize(
    ("claim", "right"),
    [
        (preactivation_variance, n * v * q * near),
        (preactivation_variance, n**2 * v * q),
        (preactivation_variance, n * v * q**2),
        (preactivation_variance_general, v * Sum(E(x[j] ** 2), j)),
        (
            preactivation_variance_general,
            v * Sum(E(x[j] ** 2), j) + near * mu**2 * V(Sum(x[j], j)),
        ),
    ],
)
def test_the_simulation_alone_contradicts_a_false_variance(claim: Claim, right: Any) -> None:
    false = replace(claim, states=equation(V(a), right), worlds=None)
    assert crosscheck(false).verdict == "contradicted"


@pytest.mark.parametrize("claim", [preactivation_symmetry, preactivation_layer_symmetry])
def test_the_simulation_contradicts_a_law_that_is_not_symmetric(claim: Claim) -> None:
    model = claim.model
    assert isinstance(model, models.SameDistribution)
    shifted = replace(model, draw_right=lambda *ask: model.draw_right(*ask) + 0.5)
    assert crosscheck(replace(claim, model=shifted, worlds=None)).verdict == "contradicted"


@pytest.mark.parametrize("claim", CLAIMS[:2])
def test_the_stated_variance_of_a_draw_bounds_that_of_the_draws(claim: Claim) -> None:
    found = crosscheck(replace(claim, worlds=None), detect=0.05, seed=3)
    assert found.verdict == "confirmed", found.reason
