from dataclasses import replace
from typing import Any

import pytest

from derivations.initialization.tanh_layer import (
    behind,
    constant,
    linear,
    n,
    q,
    r,
    tanh_gain,
    tanh_variance,
    v,
)
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import (
    Claim,
    Rational,
    V,
    all_of,
    at_least,
    at_most,
    check,
    crosscheck,
    equation,
    iff,
)

more = Rational(101, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", [tanh_variance, tanh_gain], ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim, detect=0.03)
    assert found.ok, found.problems
    assert all(each.verdict == "needed" for each in found.hypotheses if each.weakened is None)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("claim", [tanh_variance, tanh_gain], ids=lambda claim: claim.id)
def test_the_simulation_alone_confirms_what_it_speaks_of(claim: Claim) -> None:
    assert_the_model_alone_confirms(claim, detect=0.03)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (tanh_variance, at_most(V(behind), V(linear) / (1 + q))),
        (tanh_variance, at_least(V(behind), (1 - q / 2) * V(linear))),
        (tanh_gain, iff(equation(V(behind), more * q), equation(n * v, q / r))),
        (tanh_gain, all_of(constant, iff(equation(V(behind), r), equation(n * v, q / r)))),
    ],
)
def test_the_simulation_alone_contradicts_a_false_variance(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"
