import pytest

from derivations.activations.square_not_by_linear import square_not_by_linear
from verify import check


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(square_not_by_linear)
    assert found.ok, found.problems
    assert found.evidence is not None
    assert found.evidence.rung == "exact"
    assert all(each.counterexample and each.evidence is None for each in found.variants)


def test_every_hypothesis_has_a_counterexample() -> None:
    assert {each.verdict for each in check(square_not_by_linear).hypotheses} == {"needed"}
