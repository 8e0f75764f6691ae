import numpy as np
import pytest

from derivations.activations.square_by_three_relus import square_by_three_relus
from derivations.activations.square_evidence import hidden_layer
from verify import check


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(square_by_three_relus)
    assert found.ok, found.problems
    assert found.evidence is not None
    assert found.evidence.rung == "exact"
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_every_hypothesis_has_a_counterexample() -> None:
    assert {each.verdict for each in check(square_by_three_relus).hypotheses} == {"needed"}


def test_the_network_is_as_far_from_the_square_as_stated() -> None:
    inputs = np.array([0, 0.1, 0.2, 0.4, 0.6, 0.8, 1])
    net = hidden_layer(inputs, [0.2, 0.6, 0.8], [0, -0.12, -0.48], [1, 1, 1])
    assert net - inputs**2 == pytest.approx([0, 0.01, 0, 0.04, 0, 0.04, 0])
