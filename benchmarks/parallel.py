"""How much faster the same run is with more processes, whole commands from start to end."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

ROOT = Path(__file__).parents[1]

#: Claims that take some ten seconds or more together.
CHOSEN = "kaiming or leaky or preactivation or xavier or unit_variance"


@dataclass(frozen=True)
class Parallel:
    """One run. seconds: on the clock. busy: seconds of processors, over all processes.

    figures: everything it found, without durations and the names of processes.
    """

    jobs: int
    seconds: float
    busy: float
    figures: Any


def parallel(jobs: Sequence[int] = (1, 2), expression: str = CHOSEN) -> list[Parallel]:
    """The same claims with each number of processes, without the cache.

    The clock means something only on an idle machine with so many cores. Raises
    CalledProcessError when a run does not end as expected.
    """
    return [_measured(count, expression) for count in jobs]


def _measured(jobs: int, expression: str) -> Parallel:
    command = ["-m", "verify", "all", "-k", expression, "--no-cache", "--jobs", str(jobs)]
    started, before = perf_counter(), _busy()
    done = subprocess.run(  # noqa: S603 (our own command)
        [sys.executable, *command, "--format", "json"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        check=True,
    )
    seconds, busy = perf_counter() - started, _busy() - before
    return Parallel(jobs, seconds, busy, timeless(json.loads(done.stdout)))


def _busy() -> float:
    """Processor seconds of the children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def timeless(value: Any) -> Any:
    """A report without what may differ: how long it took, and who did it."""
    if isinstance(value, dict):
        left = {"seconds", "checked_by"}
        return {key: timeless(part) for key, part in value.items() if key not in left}
    return [timeless(part) for part in value] if isinstance(value, list) else value
