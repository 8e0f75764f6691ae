"""One thread of linear algebra a process: the workers are the parallelism.

The order of a sum inside BLAS depends on its threads, and with it the last digit of a figure.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

#: What OpenMP, OpenBLAS, MKL and Accelerate read when they are loaded.
VARIABLES = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "VECLIB_MAXIMUM_THREADS",
)


def keep_to_one_thread() -> None:
    """For this process, unless NumPy is there already: then it is too late."""
    if "numpy" not in sys.modules:
        os.environ.update(dict.fromkeys(VARIABLES, "1"))


@contextmanager
def one_thread_for_children() -> Iterator[None]:
    """For the processes that the block starts."""
    before = {name: os.environ.get(name) for name in VARIABLES}
    os.environ.update(dict.fromkeys(VARIABLES, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
