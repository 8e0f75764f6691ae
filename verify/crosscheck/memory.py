"""Memory for the arrays of a simulation: taken from the system once."""

from __future__ import annotations

from functools import cache

import numpy as np

#: More than the arrays of one batch together. Bytes.
_KEPT = 2**23


@cache
def keep_freed_memory() -> None:
    """Lets this process keep the memory of arrays that are freed, some 16 MB, for the next ones.

    The C library of Linux gives freed memory back, and takes it anew page by page, which can last
    longer than the arithmetic. It keeps twice the largest block that it has yet seen freed (mallopt
    (3), M_MMAP_THRESHOLD); so one is taken and freed, once a process. Elsewhere this does nothing.
    """
    np.empty(_KEPT, dtype=np.uint8)
