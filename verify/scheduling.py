"""Many tasks for a few workers, some of which hang or die."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, BrokenExecutor, Future, wait
from time import monotonic

from verify.executors import Workers
from verify.guard import Guard
from verify.records import ClaimRecord
from verify.worker import Task, stopped, work

#: How long a worker may take beyond a claim's own limit (to start, and to interrupt itself)
#: before it is taken to hang where Python code cannot be interrupted. Seconds.
GRACE = 30.0

#: Told which tasks are being worked on.
Watcher = Callable[[Sequence[Task]], None]


def spread(
    tasks: Sequence[Task], workers: Workers, watcher: Watcher | None = None, grace: float = GRACE
) -> Iterator[tuple[int, ClaimRecord]]:
    """The number and the record of each task, in the order in which they are done.

    Every record is what one process alone would have found. A task whose worker dies is tried
    once more, alone, so that no other can be to blame; then it is undecided. A task that exceeds
    its limit by more than `grace` seconds is undecided, and the workers are replaced; where they
    are not ours to replace, one fewer is counted on.
    """
    waiting, suspects = deque(range(len(tasks))), deque[int]()
    running = _Running(tasks, workers, grace)
    while waiting or suspects or running.tasks:
        if not workers.slots:
            for number in (*waiting, *suspects):
                yield number, stopped(tasks[number].found, "every worker of the cluster hangs")
            return
        while waiting and len(running.tasks) < workers.slots:
            running.start(waiting.popleft())
        alone = not running.tasks
        if alone:
            running.start(suspects.popleft())
        if watcher is not None:
            watcher([tasks[number] for number, _ in running.tasks.values()])
        dead: list[int] = []
        for number, record, died in running.done():
            if died and not alone:
                dead.append(number)
            else:
                yield number, record
        suspects += sorted(dead + running.given_up())
        late = running.late()
        for number in late:
            reason = f"not done within the limit of {tasks[number].seconds:g} s; it was ended"
            yield number, stopped(tasks[number].found, reason)
        if late and workers.restart():
            waiting.extendleft(sorted(running.all_given_up(), reverse=True))
        elif late:
            workers.slots -= len(late)


class _Running:
    """The tasks that are with the workers, and since when."""

    def __init__(self, tasks: Sequence[Task], workers: Workers, grace: float) -> None:
        self.tasks: dict[Future[ClaimRecord], tuple[int, float]] = {}
        self._all, self._workers, self._grace = tasks, workers, grace
        self._broken = False

    def start(self, number: int) -> None:
        """Hands the task to a worker; to a fresh one if all have died."""
        try:
            future = self._workers.executor.submit(work, self._all[number])
        except BrokenExecutor:
            self._workers.restart()
            future = self._workers.executor.submit(work, self._all[number])
        self.tasks[future] = (number, monotonic())

    def done(self) -> Iterator[tuple[int, ClaimRecord, bool]]:
        """Waits for the first that is done or late; number, record, and whether a worker died."""
        left = min(self._left(future) for future in self.tasks)
        pause = None if left == float("inf") else max(0.0, left)
        done, _ = wait(self.tasks, timeout=pause, return_when=FIRST_COMPLETED)
        for future in done:
            number, _ = self.tasks.pop(future)
            guard = Guard()
            with guard:  # `work` raises nothing: what is raised is the executor's
                yield number, future.result(), False
                continue
            died = isinstance(future.exception(), BrokenExecutor)
            self._broken = self._broken or died
            reason = "its process died" if died else f"its worker was lost ({guard.reason})"
            yield number, stopped(self._all[number].found, reason), True

    def given_up(self) -> list[int]:
        """What was with a pool that broke; the pool is replaced."""
        if not self._broken:
            return []
        self._broken = False
        self._workers.restart()
        return self.all_given_up()

    def all_given_up(self) -> list[int]:
        """The numbers of all that is with the workers, which is forgotten."""
        numbers = [number for number, _ in self.tasks.values()]
        self.tasks.clear()
        return numbers

    def late(self) -> list[int]:
        """The numbers of those that are late, which are forgotten."""
        late = [future for future in self.tasks if self._left(future) <= 0]
        return [self.tasks.pop(future)[0] for future in late]

    def _left(self, future: Future[ClaimRecord]) -> float:
        number, since = self.tasks[future]
        seconds = self._all[number].seconds
        return float("inf") if seconds is None else since + seconds + self._grace - monotonic()
