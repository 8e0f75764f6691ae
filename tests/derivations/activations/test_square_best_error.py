from random import Random

import pytest

from derivations.activations.square_best_error import square_best_error
from derivations.activations.square_best_error_evidence import E, best, functions
from verify import Rational, check
from verify.testing import assert_proved


def test_the_least_error_is_proved_for_every_number_of_kinks() -> None:
    assert_proved(square_best_error)


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(square_best_error)
    assert found.ok, found.problems
    assert {each.verdict for each in found.hypotheses} == {"needed"}
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_the_best_function_with_one_kink_is_off_by_an_eighteenth() -> None:
    assert best(Random(0)).values[E] == Rational(1, 18)  # noqa: S311


def test_a_random_function_is_off_by_something() -> None:
    assert functions(Random(0)).values[E] > 0  # noqa: S311
