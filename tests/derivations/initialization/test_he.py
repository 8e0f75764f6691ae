from dataclasses import replace
from typing import Any

import pytest

from derivations.initialization.he import (
    a,
    half,
    he_recurrence,
    he_recurrence_general,
    he_variance,
    k,
    n,
    s,
    v,
)
from verify import Claim, Rational, V, check, crosscheck, equation, iff

CLAIMS = [he_recurrence_general, he_recurrence, he_variance]
near = Rational(101, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim, detect=0.03)
    assert found.ok, found.problems
    assert [each.verdict for each in found.hypotheses] == ["needed"] * len(found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize(
    "states",
    [
        equation(V(a), near * half * n[k - 1] * v[k] * s),
        equation(V(a), n[k - 1] * v[k] * s),
        equation(V(a), half * n[k] * v[k] * s),
        equation(V(a), half * n[k - 1] * v[k - 1] * s),
    ],
)
def test_the_simulation_alone_contradicts_a_false_recurrence(states: Any) -> None:
    false = replace(he_recurrence, states=states, worlds=None)
    assert crosscheck(false).verdict == "contradicted"


def test_the_simulation_contradicts_xaviers_scale() -> None:
    xavier = iff(equation(V(a), s), equation(v[k], 1 / n[k - 1]))
    points = [{"n": [2, 5, 3], "k": 2, "v": [0.7, 1 / 5]}]
    false = replace(he_variance, states=xavier, points=points, worlds=None)
    assert crosscheck(false).verdict == "contradicted"
