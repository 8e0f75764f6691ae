"""How often Python looks for garbage while a claim is checked."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

#: Terms and their tables live as long as the check, and reference counts free nearly all the rest.
#: Going through them after every 700 new objects, as Python does, takes a sixth of the time.
_NEW_OBJECTS = 20_000


@contextmanager
def seldom_collected() -> Iterator[None]:
    """In the block, cycles are looked for after more new objects than usual."""
    before = gc.get_threshold()
    if before[0]:  # 0: someone has turned it off
        gc.set_threshold(max(before[0], _NEW_OBJECTS), *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
