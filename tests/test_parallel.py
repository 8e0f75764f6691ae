"""The same records for any number of workers, on a cluster, and after a worker is lost."""

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from benchmarks.parallel import timeless
from verify.listing import Catalogue, Found, catalogue
from verify.report.json_format import document
from verify.session import Options, run_found

#: Claims with proofs, exact worlds, draws and variants, and errata.
CHOSEN = ("preactivation", "leaky", "erratum_half")


def chosen() -> tuple[Catalogue, list[Found]]:
    found = catalogue()
    names = [each for each in found.found if any(word in each.listed.id for word in CHOSEN)]
    assert len(names) >= 6
    return found, names


def figures(**options: Any) -> Any:
    found, names = chosen()
    run = run_found(names, found, options=Options(cached=False, **options))
    assert {each.claim.id for each in run.results} == {each.listed.id for each in names}
    return timeless(document(run))


@pytest.fixture(scope="module")
def alone() -> Any:
    return figures()


@pytest.mark.slow
@pytest.mark.parametrize("jobs", [2, 4])
def test_any_number_of_processes_gives_the_same_to_the_last_digit(jobs: int, alone: Any) -> None:
    assert figures(jobs=jobs) == alone


@pytest.mark.slow
def test_one_claim_spread_over_processes_gives_the_same() -> None:
    found = catalogue()
    (one,) = [e for e in found.found if e.listed.id == "initialization.preactivation_variance"]
    single, spread = (
        run_found([one], found, options=Options(cached=False, jobs=jobs)) for jobs in (1, 2)
    )
    assert timeless(document(single)) == timeless(document(spread))


@contextmanager
def local_cluster() -> Iterator[Any]:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        yield cluster


@pytest.mark.slow
def test_a_cluster_gives_the_same_to_the_last_digit(alone: Any) -> None:
    with local_cluster() as cluster:
        assert figures(cluster=cluster.scheduler_address) == alone


@pytest.mark.slow
def test_a_cluster_that_loses_a_worker_gives_the_same(alone: Any) -> None:
    with local_cluster() as cluster:
        killed: list[int] = []
        over = threading.Event()

        def kill() -> None:
            """Ends the first worker that is seen at work twice in a row."""
            before: set[str] = set()
            while not over.wait(0.3):
                states = cluster.scheduler.workers.values()
                busy = {each.address for each in states if each.processing}
                for worker in cluster.workers.values():
                    if worker.worker_address in busy & before:
                        killed.append(worker.pid)
                        os.kill(worker.pid, signal.SIGKILL)
                        return
                before = busy

        thread = threading.Thread(target=kill)
        thread.start()
        found = figures(cluster=cluster.scheduler_address)
        over.set()
        thread.join()
        assert killed, "the run was over before the worker could be killed"
        assert found == alone


def test_a_cluster_that_does_not_answer_is_a_usage_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    from verify.cli import main

    pytest.importorskip("distributed")
    arguments = ["all", "-k", "preactivation_variance", "--cluster", "nonsense://1", "--no-cache"]
    assert main(arguments) == 2
    assert capsys.readouterr().err.startswith("verify: --cluster: no Dask scheduler answers")
