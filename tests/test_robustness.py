"""One claim whose model misbehaves is undecided with the reason, and the others go on."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks import parallel
from verify.listing import catalogue
from verify.records import ClaimRecord
from verify.session import Options, run_found

FILE = Path(__file__).parent / "misbehaving" / "odd_models.py"
ROOT = Path(__file__).parents[1]


def checked(*names: str, jobs: int = 1, seconds: float = 3.0) -> dict[str, ClaimRecord]:
    found = catalogue(str(FILE))
    chosen = [each for each in found.found if each.listed.id.split(".")[1] in names]
    options = Options(jobs=jobs, seconds=seconds, megabytes=300, cached=False)
    run = run_found(chosen, found, options=options)
    return {each.claim.id.split(".")[1]: each for each in run.results}


def reason(record: ClaimRecord) -> str:
    assert not record.ok
    evidence = record.evidence
    return " ".join(record.problems) + ("" if evidence is None else evidence.reason)


def honest(record: ClaimRecord) -> None:
    assert record.evidence is not None
    assert record.evidence.verdict == "confirmed"


def test_a_model_that_exits_or_fills_the_memory_does_not_end_the_run() -> None:
    found = checked("exiting", "leaking", "z_honest")
    assert found["exiting"].undecided
    assert reason(found["exiting"]) == "SystemExit: enough"
    assert "MemoryError" in reason(found["leaking"])
    assert not found["leaking"].complete
    honest(found["z_honest"])


@pytest.mark.parametrize("name", ["hanging", "looping"])
def test_a_model_that_hangs_is_ended_at_the_limit(name: str) -> None:
    found = checked(name, "z_honest", seconds=0.5)
    assert found[name].undecided
    assert not found[name].complete
    assert reason(found[name]) == "not done within the limit of 0.5 s"


@pytest.mark.slow
def test_with_workers_even_a_model_that_kills_its_process_ends_nothing_else() -> None:
    names = ("a_honest", "dying", "exiting", "hanging", "leaking", "looping", "z_honest")
    found = checked(*names, jobs=2, seconds=8.0)
    assert tuple(found) == names
    assert "its process died" in reason(found["dying"])
    assert found["dying"].undecided
    for name in ("hanging", "looping"):
        assert reason(found[name]) == "not done within the limit of 8 s"
    assert "MemoryError" in reason(found["leaking"])
    honest(found["a_honest"])
    honest(found["z_honest"])
    assert found["z_honest"].checked_by.startswith("worker process ")


@pytest.fixture
def interruptible() -> Iterator[None]:
    """A child gets Ctrl-C even of tests that run in the background, where it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.mark.slow
@pytest.mark.usefixtures("interruptible")
@pytest.mark.parametrize("jobs", ["1", "2"])
def test_ctrl_c_prints_what_is_done(jobs: str, tmp_path: Path) -> None:
    marker = tmp_path / "hanging"
    command = ["-m", "verify", "all", str(FILE), "-k", "honest or hanging", "--no-cache"]
    running = subprocess.Popen(
        [sys.executable, *command, "--jobs", jobs, "--format", "json"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "ODD_MODELS_MARKER": str(marker)},
        start_new_session=True,
    )
    until = time.monotonic() + 300
    while not marker.exists():
        assert time.monotonic() < until
        time.sleep(0.1)
    time.sleep(5)  # a_honest was begun before, and takes a fraction of a second
    os.killpg(running.pid, signal.SIGINT)
    shown, told = running.communicate(timeout=60)
    assert running.returncode == 130, told
    assert '"odd.a_honest"' in shown
    assert '"odd.hanging"' not in shown
    assert "Traceback" not in told
    assert gone(running.pid), "a worker is left behind"


def gone(group: int) -> bool:
    """Whether every process of the group ends, within a while."""
    for _ in range(200):
        try:
            os.killpg(group, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.1)
    return False


@pytest.mark.slow
def test_two_runs_at_once_share_a_cache(tmp_path: Path) -> None:
    environment = {**os.environ, "CHALKPROOF_CACHE": str(tmp_path)}
    command = [sys.executable, "-m", "verify", "all", "-k", "preactivation", "--format", "json"]

    def start() -> subprocess.Popen[str]:
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, text=True, cwd=ROOT, env=environment
        )

    both = [start(), start()]
    shown = [json.loads(each.communicate(timeout=300)[0]) for each in both]
    assert [each.returncode for each in both] == [0, 0]
    assert timeless(shown[0]["claims"]) == timeless(shown[1]["claims"])
    third = json.loads(start().communicate(timeout=300)[0])
    assert third["summary"]["cached"] == third["summary"]["claims"]


def timeless(claims: list[dict[str, Any]]) -> Any:
    """Without what depends on which run was first."""
    left = {"seconds": 0, "checked_by": "", "cached": False}
    return parallel.timeless([{**each, **left} for each in claims])
