from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from derivations.initialization.jacobian import g, he_jacobian, jacobian_is
from derivations.initialization.relu_network import n
from derivations.initialization.simulations import jacobian as simulation
from verify import Rational, check, crosscheck


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(he_jacobian, detect=0.03)
    assert found.ok, found.problems
    assert [each.verdict for each in found.hypotheses] == ["needed"] * len(found.hypotheses)
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_the_simulation_alone_confirms_the_claim() -> None:
    assert crosscheck(replace(he_jacobian, worlds=None), detect=0.05).verdict == "confirmed"


@pytest.mark.parametrize("value", [n[g], 2, Rational(11, 5) * n[g]], ids=str)
def test_the_simulation_alone_contradicts_a_false_norm(value: Any) -> None:
    false = replace(he_jacobian, states=jacobian_is(value), worlds=None)
    assert crosscheck(false).verdict == "contradicted"


def test_a_unit_that_is_not_active_passes_nothing() -> None:
    one = Fraction(1)
    matrices: list[Any] = [[[one, -one], [one, one]], [[one, one]]]
    before, after = simulation.run(matrices, [1, 2], 1, (1, 1), linear=False)
    assert before == [[[1, -1], [1, 1]], [[1, 1]]]
    assert after == [[[1, 0], [0, 1]], [[0, 0], [1, 1]], [[1, 1]]]


def test_no_draw_is_beyond_the_bound() -> None:
    widths = [2, 3, 2]
    drawn = simulation.squared_norms(np.random.default_rng(0), {"n": widths, "L": 2}, 5000)
    assert np.all(drawn >= 0)
    assert np.all(drawn <= simulation.largest(widths))
