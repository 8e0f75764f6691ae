from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from derivations.optimization import hessian_condition_evidence as evidence
from derivations.optimization.hessian_condition import (
    alpha,
    beta,
    between,
    hessian_condition_number,
    hessian_eigenpairs,
    hessian_eigenvalue_ratio,
    hessian_eigenvalues,
    kappa,
    pairs,
)
from derivations.optimization.least_squares import high, low, mu
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import Claim, Rational, check, crosscheck, equation, norm_squared

CLAIMS = [
    hessian_eigenpairs,
    hessian_eigenvalues,
    hessian_condition_number,
    hessian_eigenvalue_ratio,
]
near = Rational(101, 100)


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim)
    assert found.ok, found.problems
    assert all(each.verdict == "needed" for each in found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize(
    "claim",
    [hessian_eigenpairs, hessian_condition_number, hessian_eigenvalue_ratio],
    ids=lambda claim: claim.id,
)
def test_the_simulation_alone_confirms_what_it_speaks_of(claim: Claim) -> None:
    assert_the_model_alone_confirms(claim)


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (hessian_eigenpairs, pairs(high, near * low)),
        (hessian_eigenpairs, pairs(high, high)),
        (hessian_condition_number, between(low, high / near)),
        (hessian_condition_number, between(low, norm_squared(mu))),
        (hessian_eigenvalue_ratio, equation(alpha, near * kappa * beta)),
        (hessian_eigenvalue_ratio, equation(alpha, (1 + norm_squared(mu)) * beta)),
    ],
)
def test_the_simulation_alone_contradicts_a_false_statement(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"


def test_a_constant_off_by_a_hundredth_is_refuted_from_both_sides() -> None:
    for least, most in (
        (near * low, kappa * low),
        (low / near, kappa * low),
        (low, near * kappa * low),
        (low, kappa * low / near),
    ):
        false = replace(
            hessian_condition_number, states=between(least, most), worlds=_close, model=None
        )
        assert crosscheck(false).verdict == "contradicted"


def _close(random: Random) -> Any:
    """c is within half a hundredth of σ² or of κσ²."""
    from derivations.optimization.hessian_condition import shapes

    def shape(random: Random) -> evidence.Shape:
        found = evidence.shape(random)
        smallest = found.deviation**2
        largest = smallest + evidence.dot(found.mean, found.mean)
        factor = 1 + Rational(random.choice((-1, 1)), 200)
        c = random.choice((smallest, largest)) * factor.p / factor.q
        return found._replace(c=c)

    return shapes(shape)(random)


@given(st.randoms())
def test_exact_pairs_are_eigenpairs_of_different_sizes(random: Random) -> None:
    found = evidence.eigenpairs(random)
    for vector, value in ((found.v, found.alpha), (found.u, found.beta)):
        along = evidence.dot(found.mean, vector)
        square = found.deviation**2
        product = [square * x + along * m for x, m in zip(vector, found.mean, strict=True)]
        assert product == [value * x for x in vector]
        assert any(vector)
    assert found.alpha > found.beta
