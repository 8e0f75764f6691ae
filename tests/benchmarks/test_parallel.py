import pytest

from benchmarks.parallel import Parallel, parallel, timeless
from benchmarks.tables import parallel_table
from verify.report.page import plain


@pytest.mark.slow
def test_two_runs_of_one_claim_find_the_same() -> None:
    one, two = parallel((1, 2), "preactivation_symmetry")
    assert (one.jobs, two.jobs) == (1, 2)
    assert one.figures == two.figures
    assert one.busy > 0


def test_the_table_compares_with_the_first_run() -> None:
    runs = [Parallel(1, 10.0, 9.5, {"a": 1}), Parallel(2, 5.0, 10.0, {"a": 1})]
    shown = plain(parallel_table([*runs, Parallel(2, 5.0, 10.0, {"a": 2})]))
    lines = [line.split() for line in shown.splitlines()[-3:]]
    assert lines[0] == ["1", "10.0", "1.00", "9.5", "95%", "the", "same"]
    assert lines[1] == ["2", "5.0", "2.00", "10.0", "100%", "the", "same"]
    assert lines[2][-1] == "DIFFERENT"


def test_durations_and_processes_are_no_figures() -> None:
    found = [{"seconds": 1, "checked_by": "x", "samples": 3, "points": [{"seconds": 2}]}]
    assert timeless(found) == [{"samples": 3, "points": [{}]}]
