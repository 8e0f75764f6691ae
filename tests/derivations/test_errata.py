"""Every published line that is listed as false is refuted in an exact world, and only assumes
what that world satisfies."""

import pytest

from verify import Claim, check, claims
from verify.results import ClaimResult

CLAIMS = {each.id: each for each in claims()}
ERRATA = [each for each in CLAIMS.values() if each.expected == "refuted"]
SHEETS = {"000", "002", "003", "004"}


def checked(erratum: Claim) -> ClaimResult:
    return check(erratum, proofs_only=True)


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda each: each.id)
def test_an_erratum_is_refuted_by_an_exact_world(erratum: Claim) -> None:
    found = checked(erratum)
    assert found.evidence is not None
    assert (found.evidence.verdict, found.evidence.rung) == ("contradicted", "exact")
    assert found.evidence.counterexample
    assert found.problems == ()
    assert found.ok


@pytest.mark.parametrize("erratum", ERRATA, ids=lambda each: each.id)
def test_an_erratum_says_where_it_is_from_and_points_to_a_claim_that_is_not_one(
    erratum: Claim,
) -> None:
    assert erratum.id.partition(".")[2].startswith("erratum_")
    assert erratum.sources
    assert {source.split()[0] for source in erratum.sources} <= SHEETS
    correction = CLAIMS.get(erratum.corrected or "")
    assert correction is None or correction.expected == "proved"


def test_there_are_errata_from_every_sheet() -> None:
    assert {source.split()[0] for each in ERRATA for source in each.sources} == SHEETS
    assert len(ERRATA) >= 38


@pytest.mark.parametrize(
    ("name", "world"),
    [
        ("activations.erratum_first_kink", "alpha = 3/10"),
        ("activations.erratum_swish_slope", "beta = 1, x = 1"),
        ("initialization.erratum_shifted_sigmoid", "u = 0"),
        ("optimization.erratum_condition_number", "d = 1, mu = [1], s = 1, c = 1"),
        ("optimization.erratum_square_of_a_sum", "d = 2, v = [1, 1], mu = [1, 1]"),
        ("regularization.erratum_zero_column", "n = 1, d = 1, X = [[0]], p = 1/2"),
    ],
)
def test_the_counterexample_is_the_smallest(name: str, world: str) -> None:
    evidence = checked(CLAIMS[name]).evidence
    assert evidence is not None
    assert evidence.counterexample == world
