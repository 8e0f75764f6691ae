from dataclasses import replace
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.initialization.he_depth import (
    at_every_depth,
    c,
    g,
    he_depth,
    relu_network_depth,
)
from derivations.initialization.relu_network import (
    a,
    from_squares,
    half,
    j,
    m,
    recurrence,
    relu_network_recurrence,
    relu_network_squares,
    s,
    squares_below,
    summed,
    symmetric_preactivation_variance,
    units,
    v,
    z,
)
from derivations.initialization.simulations import relu_network as simulation
from derivations.random_rationals import positive
from verify import Claim, E, Rational, Sum, V, check, crosscheck

CLAIMS = [
    symmetric_preactivation_variance,
    relu_network_squares,
    relu_network_recurrence,
    he_depth,
    relu_network_depth,
]
more = Rational(11, 10)


@pytest.mark.parametrize(
    "claim",
    [
        *CLAIMS[:2],
        pytest.param(relu_network_recurrence, marks=pytest.mark.slow),
        pytest.param(he_depth, marks=pytest.mark.slow),
        pytest.param(relu_network_depth, marks=pytest.mark.slow),
    ],
    ids=lambda claim: claim.id,
)
def test_everything_asked_of_the_claim_holds(claim: Claim) -> None:
    found = check(claim, detect=0.03)
    assert found.ok, found.problems
    assert all(each.verdict == "needed" for each in found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
def test_the_simulation_alone_confirms_the_claim(claim: Claim) -> None:
    assert crosscheck(replace(claim, worlds=None), detect=0.05).verdict == "confirmed"


@pytest.mark.parametrize(
    ("claim", "states"),
    [
        (relu_network_squares, from_squares(half * v[simulation.l] * squares_below)),
        (relu_network_recurrence, recurrence(v[m] * summed(V(z[m - 1, j])))),
        (he_depth, at_every_depth(1)),
        (he_depth, at_every_depth(2 * more)),
        (relu_network_depth, at_every_depth(s)),
        (relu_network_depth, at_every_depth(more * s * c[g])),
    ],
)
def test_the_simulation_alone_contradicts_a_false_variance(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"


def test_the_first_layer_is_not_halved() -> None:
    behind_a_relu = half * v[simulation.l] * Sum(E(a[simulation.l - 1, j] ** 2), units(0, j))
    false = replace(relu_network_squares, states=from_squares(behind_a_relu), worlds=None)
    (point,) = relu_network_squares.points
    known = replace(
        relu_network_squares.model,
        known=lambda point: {E(a[simulation.l - 1, k] ** 2): 1 for k in range(1, 4)},
    )
    first = replace(false, points=[{**point, "l": 1}], model=known)
    assert crosscheck(first).verdict == "contradicted"


@given(st.randoms())
@settings(max_examples=30)
def test_rows_are_symmetric_and_uncorrelated_with_the_variance_asked_for(random: Random) -> None:
    variance = positive(random)
    size = random.randint(1, 3)
    law = simulation.row(random, variance, size)
    assert sum(weight for weight, _ in law) == 1
    for i in range(size):
        for k in range(size):
            moment = sum(weight * values[i] * values[k] for weight, values in law)
            assert moment == variance * (i == k)
    assert all((weight, [-value for value in values]) in law for weight, values in law)


def test_a_network_without_relus_keeps_negative_activations() -> None:
    spoilt = simulation.Spoilt((1, 1), linear=True)
    matrices: list[simulation.Matrix] = [[[1]], [[1]]]
    assert simulation.run(matrices, [-2], spoilt) == ([[-2], [-2]], [[-2], [-2], [-2]])
    usual = simulation.Spoilt((1, 1), linear=False)
    assert simulation.run(matrices, [-2], usual) == ([[-2], [0]], [[-2], [0], [0]])
