"""Whatever an author's model raises becomes a reason, never a traceback."""

from __future__ import annotations

from types import TracebackType


class Guard:
    """`with Guard() as guard:` keeps an exception of the block in `guard.reason`."""

    def __init__(self) -> None:
        self.reason = ""

    def __enter__(self) -> Guard:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        problem: BaseException | None,
        trace: TracebackType | None,
    ) -> bool:
        if not isinstance(problem, Exception):
            return False  # no exception, or one that is to stop the program
        self.reason = f"{type(problem).__name__}: {problem}"
        return True
