import pytest

from derivations.optimization.least_squares import two_steps_suffice
from verify import check


@pytest.mark.slow
def test_everything_asked_of_the_claim_holds() -> None:
    found = check(two_steps_suffice)
    assert found.ok, found
    assert all(each.counterexample and each.evidence is None for each in found.variants)
