from dataclasses import replace

import numpy as np
import pytest

from derivations.normalization.batch_of_two_gradient import batch_of_two_gradient
from derivations.random_functions import gradient
from tests.derivations.model_alone import assert_the_model_alone_confirms
from verify import check


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(batch_of_two_gradient)
    assert found.ok, found.problems
    assert [each.verdict for each in found.hypotheses] == ["used"]
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_the_simulation_alone_confirms_what_it_speaks_of() -> None:
    alone = replace(batch_of_two_gradient, worlds=None)
    assert_the_model_alone_confirms(alone)


def test_a_constant_deviation_would_let_a_gradient_through() -> None:
    values = np.array([1.0, 3.0])
    through = gradient(lambda pair: np.sin((pair - np.mean(pair))[0]), values)
    assert through == pytest.approx([np.cos(-1) / 2, -np.cos(-1) / 2])
