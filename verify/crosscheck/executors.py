"""Where simulations run. Any `concurrent.futures.Executor` will do, Dask's among them."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import contextmanager

#: One BLAS thread a worker: the workers are the parallelism.
_THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")


@contextmanager
def serial() -> Iterator[None]:
    """Everything in this process, one chunk after the other."""
    yield None


@contextmanager
def processes(jobs: int) -> Iterator[Executor]:
    """`jobs` worker processes, started afresh (no forked state) and ended with the block.

    Raises ValueError for fewer than 1.
    """
    if jobs < 1:
        raise ValueError(f"{jobs} worker processes; at least 1 is needed")
    before = {name: os.environ.get(name) for name in _THREADS}
    os.environ.update(dict.fromkeys(_THREADS, "1"))
    pool = ProcessPoolExecutor(jobs, mp_context=multiprocessing.get_context("spawn"))
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
