"""Where work is done. Any `concurrent.futures.Executor` will do, Dask's among them."""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from time import monotonic, sleep
from typing import Any

from verify.errors import ClusterError
from verify.threads import one_thread_for_children

#: How long a worker may take to end by itself. Seconds.
_PATIENCE = 0.5


@dataclass
class Workers:
    """An executor that can be replaced by a fresh one, with `slots` tasks done at a time.

    A process that hangs, or that dies and takes its pool with it, is got rid of by `restart`.
    """

    executor: Executor
    slots: int

    def restart(self) -> bool:
        """A fresh executor with fresh processes; False where they are not ours to end."""
        return False

    def close(self) -> None:
        """Ends the work that is not done."""
        self.executor.shutdown(wait=False, cancel_futures=True)


class Processes(Workers):
    """Worker processes of this machine, started afresh (no forked state)."""

    def __init__(self, jobs: int) -> None:
        self._context = multiprocessing.get_context("spawn")
        self._started: Any = None
        super().__init__(self._pool(jobs), jobs)

    def _pool(self, jobs: int) -> Executor:
        self._started = self._context.SimpleQueue()
        return ProcessPoolExecutor(
            jobs, mp_context=self._context, initializer=_begin, initargs=(self._started,)
        )

    def restart(self) -> bool:
        """Kills every worker, whatever it does, and starts others."""
        self.close()
        self.executor = self._pool(self.slots)
        return True

    def close(self) -> None:
        """Ends every worker: those that have nothing to do by themselves, the others by force."""
        self.executor.shutdown(wait=False, cancel_futures=True)
        left = set()
        while not self._started.empty():
            left.add(self._started.get())
        # Killed at once, a worker would take the pool's own thread by surprise (a traceback).
        until = monotonic() + _PATIENCE
        while _children(left) and monotonic() < until:
            sleep(0.01)
        for child in _children(left):
            child.kill()


def _begin(started: Any) -> None:
    """A worker says that it is there. Ctrl-C is for the process that asks, not for those asked."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    started.put(os.getpid())


def _children(numbers: set[int]) -> list[Any]:
    """Those of our processes that have not ended (no number is given away before we ask)."""
    return [each for each in multiprocessing.active_children() if each.pid in numbers]


@contextmanager
def workers(jobs: int) -> Iterator[Workers]:
    """`jobs` worker processes with one BLAS thread each, ended with the block.

    Raises ValueError for fewer than 1.
    """
    if jobs < 1:
        raise ValueError(f"{jobs} worker processes; at least 1 is needed")
    with one_thread_for_children():
        pool = Processes(jobs)
        try:
            yield pool
        finally:
            pool.close()


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """As `workers`, for callers that need an executor and no more."""
    with workers(jobs) as pool:
        yield pool.executor


@contextmanager
def cluster(address: str) -> Iterator[Workers]:
    """The workers of the Dask cluster whose scheduler is at the address (tcp://host:port).

    Chalkproof, of this very version, and the derivations must be installed on every worker.
    Raises ClusterError when Dask is not installed or the scheduler does not answer.
    """
    try:
        from distributed import Client
    except ImportError as problem:
        raise ClusterError("a cluster needs Dask: pip install 'chalkproof[cluster]'") from problem
    make: Any = Client
    try:
        client = make(address, timeout="10s", set_as_default=False)
    except (OSError, ValueError, TimeoutError) as problem:
        raise ClusterError(f"no Dask scheduler answers at {address}: {problem}") from problem
    try:
        count = len(client.nthreads())
        if not count:
            raise ClusterError(f"the cluster at {address} has no workers")
        yield Workers(client.get_executor(pure=False), count)
    finally:
        client.close()
