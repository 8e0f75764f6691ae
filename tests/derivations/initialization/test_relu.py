from dataclasses import replace
from typing import Any

import pytest

from derivations.initialization.relu import (
    a,
    half,
    relu_second_moment,
    relu_second_moment_variance,
)
from verify import Claim, E, Rational, V, check, crosscheck, equation, relu

CLAIMS = [relu_second_moment, relu_second_moment_variance]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim, detect=0.03)
    assert found.ok, found.problems
    assert [each.verdict for each in found.hypotheses] == ["needed"] * len(found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("right", [E(a**2), Rational(101, 200) * E(a**2), half * V(a) / 2])
@pytest.mark.parametrize("point", relu_second_moment.points, ids=lambda point: str(point["law"]))
def test_the_simulation_alone_contradicts_a_false_factor(right: Any, point: Any) -> None:
    states = equation(E(relu(a) ** 2), right)
    false = replace(relu_second_moment, states=states, worlds=None, points=[point])
    assert crosscheck(false).verdict == "contradicted"
