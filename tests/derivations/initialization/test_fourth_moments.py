from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from random import Random
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from derivations.initialization.fourth_moments import (
    gate,
    layer_states,
    length,
    m,
    p,
    preactivation_fourth_moment,
    q,
    quarter,
    relu_fourth_moment,
    relu_layer_fourth_moment,
    relu_pair_moment,
    s,
    spread,
    y,
)
from derivations.initialization.relu import a, half
from derivations.initialization.simulations import fourth_moments as simulation
from derivations.initialization.simulations import random_laws as laws
from verify import Claim, E, Rational, check, crosscheck, equation, relu

CLAIMS = [
    relu_fourth_moment,
    preactivation_fourth_moment,
    relu_pair_moment,
    relu_layer_fourth_moment,
]
more = Rational(11, 10)
two_units = E(gate(p) * gate(q))


@pytest.mark.slow
@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)
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
        (relu_fourth_moment, equation(E(relu(a) ** 4), quarter * E(a**4))),
        (relu_fourth_moment, equation(E(relu(a) ** 4), more * half * E(a**4))),
        (preactivation_fourth_moment, equation(E(y**4), s**2 * E(length**2))),
        (preactivation_fourth_moment, equation(E(y**4), more * 3 * s**2 * E(length**2))),
        (relu_pair_moment, equation(two_units, half * s**2 * E(length**2))),
        (relu_pair_moment, equation(two_units, more * quarter * s**2 * E(length**2))),
        (relu_layer_fourth_moment, layer_states(spread(quarter * m * (m + 4)))),
        (relu_layer_fourth_moment, layer_states(spread(quarter * m**2))),
    ],
)
def test_the_simulation_alone_contradicts_a_false_moment(claim: Claim, states: Any) -> None:
    assert crosscheck(replace(claim, states=states, worlds=None)).verdict == "contradicted"


def moment(law: Any, *orders: int) -> Fraction:
    """E[Π row_k^order_k]."""
    total = Fraction(0)
    for weight, values in law:
        term = weight
        for value, order in zip(values, orders, strict=True):
            term *= value**order
        total += term
    return total


@pytest.mark.parametrize(
    ("law", "moments"),
    [
        (simulation.THREE, (0, 3, 0, 27)),
        (simulation.FIVE, (0, 3, 0, 27)),
        (simulation.SKEWED, (0, 1, Fraction(4, 3), 3)),
        (simulation.POSITIVE, (1, 3, 9, 27)),
        (simulation.ANOTHER_SQUARE, (0, Fraction(3, 4), 0, Fraction(3, 4))),
    ],
)
def test_laws_have_the_moments_that_are_said(law: Any, moments: Any) -> None:
    row = simulation.independent([law])
    assert [moment(row, order) for order in range(5)] == [1, *moments]


@given(st.randoms(use_true_random=False), st.integers(1, 3))
@settings(max_examples=20)
def test_rows_have_the_moments_of_normal_weights(random: Random, size: int) -> None:
    scale = laws.positive(random)
    law = simulation.row(random, size, scale)
    ones = [(weight, [sum(values)]) for weight, values in law]
    assert moment(ones, 2) == size * 3 * scale**2
    assert moment(ones, 4) == 3 * moment(ones, 2) ** 2
    assert all((weight, [-value for value in values]) in law for weight, values in law)


def law_of(values: Callable[[Any], Any], law: Any) -> dict[Any, Fraction]:
    """The law of a function of what is drawn."""
    found: dict[Any, Fraction] = {}
    for weight, *drawn in law:
        key = values(drawn)
        found[key] = found.get(key, Fraction(0)) + weight
    return found


def independent_of(one: Callable[[Any], Any], other: Callable[[Any], Any], law: Any) -> bool:
    """Whether two functions of what is drawn are independent."""
    first, second = law_of(one, law), law_of(other, law)
    both = law_of(lambda drawn: (one(drawn), other(drawn)), law)
    return all(both.get((x, y), 0) == first[x] * second[y] for x in first for y in second)


@pytest.mark.parametrize(
    "law",
    [
        simulation.three_that_are_independent_in_pairs(),
        [(p, [r[0] for r in rows]) for p, rows in simulation.independent_in_pairs(Fraction(1))],
    ],
    ids=["one row", "three rows"],
)
def test_three_weights_are_independent_in_pairs_and_not_together(law: Any) -> None:
    for one, other in combinations(range(3), 2):
        at_one, at_other = (lambda drawn, k=k: drawn[0][k] for k in (one, other))
        assert independent_of(at_one, at_other, law)
    assert not independent_of(lambda drawn: tuple(drawn[0][:2]), lambda drawn: drawn[0][2], law)


def test_a_choice_sees_both_rows_and_neither_of_them() -> None:
    law = simulation.a_choice_that_sees_both_rows()
    first, second, both, chosen = (
        lambda drawn: tuple(drawn[0][0]),
        lambda drawn: tuple(drawn[0][1]),
        lambda drawn: tuple(map(tuple, drawn[0])),
        lambda drawn: tuple(drawn[1]),
    )
    assert sum(weight for weight, *_ in law) == 1
    assert independent_of(first, second, law)
    assert independent_of(first, chosen, law)
    assert independent_of(second, chosen, law)
    assert not independent_of(both, chosen, law)


@pytest.mark.parametrize("units", [1, 2, 5])
@pytest.mark.parametrize("power", [1, 2, 3])
def test_moments_of_squares_are_those_of_independent_units(units: int, power: int) -> None:
    """By the multinomial theorem, from E[ReLU(g)^2k] = 1/2, 3/2, 15/2."""
    of_one = [Fraction(1), Fraction(1, 2), Fraction(3, 2), Fraction(15, 2)]
    factorial = (1, 1, 2, 6)
    series = [Fraction(1), *(Fraction(0) for _ in range(power))]
    for _ in range(units):
        series = [
            sum((series[k - o] * of_one[o] / factorial[o] for o in range(k + 1)), Fraction(0))
            for k in range(power + 1)
        ]
    assert simulation.moment_of_squares(units, power) == series[power] * factorial[power]


def test_inputs_have_the_lengths_that_are_said() -> None:
    drawn = simulation.inputs(np.random.default_rng(0), {"d": 3}, 1000)
    assert set((drawn**2).sum(axis=0)) == {3.0, 2.25}
