"""Bounds on the time and the memory that one claim may take.

A model may loop for ever, sleep, or fill the memory. The time limit interrupts Python code and
system calls of the main thread, and Python code of any other; the memory limit turns a large
allocation into a `MemoryError`, where the operating system enforces it (Linux does).
"""

from __future__ import annotations

import ctypes
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

#: After the limit the interruption is repeated at this interval, in case the code swallows it.
_AGAIN = 0.5


class OutOfTimeError(BaseException):
    """The time is over. Not an `Exception`, so that no model catches it by accident."""


@contextmanager
def time_limit(seconds: float | None) -> Iterator[None]:
    """Raises OutOfTimeError in the block when it takes longer; None sets no limit."""
    if seconds is None:
        yield
    elif threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        yield from _by_alarm(seconds)
    else:
        yield from _by_watch(seconds)


def _by_alarm(seconds: float) -> Iterator[None]:
    def stop(number: int, frame: Any) -> None:
        raise OutOfTimeError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, _AGAIN)
    try:
        yield
    finally:
        _silence(before)


def _silence(before: Any) -> None:
    """Ends the alarm, although it may go off meanwhile."""
    try:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    except OutOfTimeError:
        _silence(before)


def _by_watch(seconds: float) -> Iterator[None]:
    thread, done = ctypes.c_ulong(threading.get_ident()), threading.Event()

    def watch() -> None:
        wait = seconds
        while not done.wait(wait):
            ctypes.pythonapi.PyThreadState_SetAsyncExc(thread, ctypes.py_object(OutOfTimeError))
            wait = _AGAIN

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()


@contextmanager
def memory_limit(megabytes: int | None) -> Iterator[None]:
    """Allows the block so much memory more than the process has; None sets no limit.

    The limit is the process's, so it is set in the main thread only: a thread of a cluster's
    worker leaves it to the cluster.
    """
    held = _held()
    main = threading.current_thread() is threading.main_thread()
    if megabytes is None or held is None or not main:
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    limit = held + megabytes * 2**20
    bounds = [each for each in (soft, hard) if each != resource.RLIM_INFINITY]
    resource.setrlimit(resource.RLIMIT_AS, (min([limit, *bounds]), hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def _held() -> int | None:
    """The size of this process's address space in bytes, where the system tells."""
    try:
        with open("/proc/self/statm", encoding="ascii") as file:
            return int(file.read().split()[0]) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError):
        return None
