from dataclasses import replace
from typing import Any

import pytest

from derivations.normalization.batch_norm import b, c, hat, i, w
from derivations.normalization.batch_norm_after_relu import (
    batch_norm_after_relu,
    batch_norm_after_relu_accident,
    batch_norm_after_relu_bias_breaks_scale,
    batch_norm_after_relu_bias_matters,
    batch_norm_after_relu_lower_bound,
    batch_norm_after_relu_without_bias,
    cut_off,
    first,
    h,
    lucky,
)
from verify import Claim, at_least, check, crosscheck, equation

CLAIMS = [
    batch_norm_after_relu,
    batch_norm_after_relu_without_bias,
    batch_norm_after_relu_lower_bound,
    batch_norm_after_relu_bias_breaks_scale,
    batch_norm_after_relu_bias_matters,
    batch_norm_after_relu_accident,
]


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert all(each.counterexample is not None and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("claim", [batch_norm_after_relu, batch_norm_after_relu_without_bias])
def test_a_positive_factor_is_needed(claim: Claim) -> None:
    found = check(claim, proofs_only=True).hypotheses
    assert all(each.verdict == "needed" for each in found if each.weakened is None)


def test_existence_without_a_bias_is_refused_where_a_sign_of_b_is_asked_for() -> None:
    (found,) = check(batch_norm_after_relu_bias_breaks_scale, proofs_only=True).hypotheses
    assert found.verdict == "used"  # no finite world refutes an existence among the reals


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (batch_norm_after_relu, equation(hat(h(c * w, c * b))[i], hat(h(w, 0))[i])),
        (batch_norm_after_relu, equation(hat(h(c * w, c * b))[i], c * hat(h(w, b))[i])),
        (batch_norm_after_relu_without_bias, equation(hat(h(c * w, 0))[i], hat(h(w, b))[i])),
        (batch_norm_after_relu_lower_bound, at_least(hat(h(w, b))[i], 0)),
        (batch_norm_after_relu_accident, equation(first(3 * lucky, 1), first(cut_off, 1))),
    ],
)
def test_the_simulation_alone_contradicts_a_false_output(claim: Claim, states: Any) -> None:
    false = replace(claim, states=states, worlds=None)
    assert crosscheck(false).verdict == "contradicted"
