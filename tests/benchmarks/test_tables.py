"""The measurements run and mean what they say; no test asserts a time."""

import time

import pytest

from benchmarks.draws import Drawn, catoni, chebyshev, median_of_means
from benchmarks.notebook_checks import CHECKS, box_prox_gap, preactivation_variance
from benchmarks.proofs import ProofTime
from benchmarks.tables import draws_table, proof_table
from benchmarks.timing import Timed, timed
from verify.discovery import claims
from verify.report.page import plain


def test_each_notebook_check_belongs_to_a_claim() -> None:
    assert set(CHECKS) <= {claim.id for claim in claims()}


def test_notebook_checks_find_true_identities_at_tiny_sizes() -> None:
    assert preactivation_variance(2)
    assert box_prox_gap(1)


def test_a_call_is_timed_in_another_process() -> None:
    found = timed(preactivation_variance, 2, limit=60)
    assert found.answer is True
    assert found.seconds is not None


def test_a_call_beyond_the_limit_has_no_time() -> None:
    assert timed(time.sleep, 60, limit=0.01).seconds is None


@pytest.mark.parametrize("size", [chebyshev, median_of_means, catoni])
def test_fixed_sizes_grow_with_variance_and_with_confidence(size: object) -> None:
    assert callable(size)
    assert size(1e-6, 1e-6, 20.0) == pytest.approx(2 * size(1e-6, 1e-6, 10.0))
    assert size(1e-8, 1e-6, 10.0) > size(1e-6, 1e-6, 10.0)


def test_the_tables_say_what_was_not_reached() -> None:
    checks = {2: Timed(0.5, True), 3: Timed(None)}
    proofs = plain(proof_table([ProofTime("algebra.sum", 0.01, True, checks)]))
    assert "algebra.sum" in proofs
    assert "> 20 " in proofs
    assert "> 2000.0×" in proofs
    assert "2.0×" in plain(draws_table([Drawn("algebra.sum", 10, 40.0, 30.0, 20.0)]))
