import pytest

from derivations.optimization.errata import erratum_mahalanobis_definite, erratum_mirror_positive
from verify import Claim, check


@pytest.mark.parametrize("erratum", [erratum_mahalanobis_definite, erratum_mirror_positive])
def test_the_erratum_is_refuted_by_an_exact_world(erratum: Claim) -> None:
    found = check(erratum)
    assert found.ok, found
    assert found.evidence is not None
    assert found.evidence.counterexample
