"""Timing a call in a process of its own, with a limit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from time import perf_counter
from typing import Any


@dataclass(frozen=True)
class Timed:
    """Seconds that a call took (None: more than the limit), and what it returned."""

    seconds: float | None
    answer: Any = None


def timed(call: Callable[..., Any], *arguments: Any, limit: float) -> Timed:
    """The call in a fresh process, so that no cache is warm; imports are not counted."""
    context = get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(sending, call, arguments), daemon=True)
    process.start()
    sending.close()
    try:
        # Starting Python and importing SymPy takes a while of its own.
        if not receiving.poll(60) or receiving.recv() != "ready" or not receiving.poll(limit):
            return Timed(None)
        return Timed(*receiving.recv())
    except EOFError:
        return Timed(None, "the process ended")
    finally:
        process.kill()
        process.join()


def _run(sending: Any, call: Callable[..., Any], arguments: tuple[Any, ...]) -> None:
    sending.send("ready")
    started = perf_counter()
    answer = call(*arguments)
    sending.send((perf_counter() - started, answer))
