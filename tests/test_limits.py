import signal
import threading
import time
from collections.abc import Callable

import numpy as np
import pytest

from verify.limits import OutOfTimeError, memory_limit, time_limit


def swallowing() -> None:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            time.monotonic()
        except Exception:  # noqa: BLE001, S112 (what an author might write)
            continue


def sleeping() -> None:
    time.sleep(60)


def in_a_thread(act: Callable[[], None]) -> list[BaseException]:
    seen: list[BaseException] = []

    def run() -> None:
        try:
            with time_limit(0.1):
                act()
        except OutOfTimeError as stop:
            seen.append(stop)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(30)
    assert not thread.is_alive()
    return seen


@pytest.mark.parametrize("act", [swallowing, sleeping])
def test_the_main_thread_is_interrupted_even_in_a_system_call(act: Callable[[], None]) -> None:
    with pytest.raises(OutOfTimeError), time_limit(0.1):
        act()


def test_any_other_thread_is_interrupted_while_it_runs_python() -> None:
    assert len(in_a_thread(swallowing)) == 1


def test_a_block_in_time_is_left_alone_and_so_is_what_comes_after() -> None:
    before = signal.getsignal(signal.SIGALRM)
    with time_limit(0.2):
        done = sum(range(10))
    time.sleep(0.4)
    assert done == 45
    assert signal.getsignal(signal.SIGALRM) is before
    assert in_a_thread(lambda: None) == []


def test_no_limit_is_no_limit() -> None:
    with time_limit(None), memory_limit(None):
        assert np.ones(10).sum() == 10


def test_too_much_memory_is_a_memory_error_and_only_inside() -> None:
    with memory_limit(200):
        assert np.ones(2**20).sum() == 2**20
        with pytest.raises(MemoryError):
            np.ones(2**26)
    assert np.ones(2**26).size == 2**26
