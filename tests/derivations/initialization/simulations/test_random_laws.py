from fractions import Fraction
from random import Random

import pytest
from hypothesis import find, given
from hypothesis.strategies import randoms

from derivations.initialization.simulations import random_laws as laws

ONE = Fraction(1)


def _entries(law: laws.RowLaw, position: int) -> laws.NumberLaw:
    return [(weight, values[position]) for weight, values in law]


@given(randoms(use_true_random=False))
def test_uncorrelated_rows_have_the_stated_moments(random: Random) -> None:
    centre, spread = Fraction(2, 7), Fraction(5, 3)
    law = laws.uncorrelated_row(random, 3, centre, spread)
    for i in range(3):
        assert laws.mean(_entries(law, i)) == centre
        assert laws.variance(_entries(law, i)) == spread
        for j in range(i):
            assert laws.mean([(w, values[i] * values[j]) for w, values in law]) == centre**2


@pytest.mark.parametrize("dependent", [True, False])
def test_uncorrelated_rows_may_be_dependent_or_not(dependent: bool) -> None:
    def is_dependent(random: Random) -> bool:
        law = laws.uncorrelated_row(random, 2, 0 * ONE, ONE)
        # were they independent, E[X²Y] would be E[X²]·E[Y] = 0
        return laws.mean([(w, values[0] ** 2 * values[1]) for w, values in law]) != 0

    find(randoms(use_true_random=False), lambda random: is_dependent(random) is dependent)


@given(randoms(use_true_random=False))
def test_cyclic_inputs_have_one_marginal_law(random: Random) -> None:
    law = laws.cyclic(laws.some_row(random, 3))
    assert sum(weight for weight, _ in law) == 1
    marginals = [sorted(_entries(law, i)) for i in range(3)]
    assert marginals[0] == marginals[1] == marginals[2]


@pytest.mark.parametrize("alike", [True, False])
@given(random=randoms(use_true_random=False))
def test_each_row_of_a_symmetric_matrix_law_is_symmetric(random: Random, alike: bool) -> None:
    law = laws.symmetric_rows(random, 2, 2, alike=alike)
    assert sum(weight for weight, _ in law) == 1
    for i in range(2):
        outcomes = sorted((weight, rows[i]) for weight, rows in law)
        assert outcomes == sorted((weight, [-x for x in rows[i]]) for weight, rows in law)


@given(randoms(use_true_random=False))
def test_weights_are_positive_with_sum_one(random: Random) -> None:
    found = laws.weights(random, 3)
    assert min(found) > 0
    assert sum(found) == 1


def test_weights_need_not_be_dyadic() -> None:
    def dyadic(part: Fraction) -> bool:
        return part.denominator & (part.denominator - 1) == 0

    find(randoms(use_true_random=False), lambda random: not dyadic(laws.weights(random, 2)[0]))
