"""The scheduler, with workers that hang, die and are lost on purpose."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future
from typing import Any

import pytest

from verify.cache.keys import Settings
from verify.executors import Workers
from verify.listing import Found, Listed
from verify.records import ClaimRecord
from verify.scheduling import spread
from verify.sources.closure import Closure
from verify.sources.targets import Source
from verify.worker import Task, unreadable

SETTINGS = Settings(0, 1e-6, 0.01, 256, False)


def task(name: str, seconds: float | None = None) -> Task:
    listed = Listed(f"made_up.{name}", name, (), "proved")
    found = Found(listed, Source("made_up", "made_up.py", "."), Closure("", "", False))
    return Task(found, (), SETTINGS, seconds=seconds)


#: What becomes of a task: done, or an exception, or nothing at all.
Fate = Callable[[str, int], Any]


class Acted(Workers):
    """Workers that do at once, or never, what the test says."""

    def __init__(self, slots: int, fate: Fate, restarts: bool = True) -> None:
        super().__init__(self, slots)  # type: ignore[arg-type]
        self._fate, self._restarts = fate, restarts
        self.asked: list[str] = []
        self.most = self.restarted = self._open = 0
        self._broken: list[Future[ClaimRecord]] = []

    def submit(self, function: Any, given: Task) -> Future[ClaimRecord]:
        name = given.found.listed.title
        self.asked.append(name)
        future: Future[ClaimRecord] = Future()
        fate = self._fate(name, self.asked.count(name))
        if fate == "done":
            future.set_result(unreadable(given.found, name))
        elif fate is not None:
            future.set_exception(fate)
        return future

    def restart(self) -> bool:
        self.restarted += 1
        return self._restarts


def outcome(workers: Acted, *tasks: Task, grace: float = 0.05) -> dict[str, ClaimRecord]:
    found = list(spread(tasks, workers, grace=grace))
    assert sorted(number for number, _ in found) == list(range(len(tasks)))
    return {tasks[number].found.listed.title: record for number, record in found}


def test_every_task_is_done_once() -> None:
    workers = Acted(2, lambda name, times: "done")
    found = outcome(workers, *(task(name) for name in "abcde"))
    assert workers.asked == list("abcde")
    assert all(record.problems == (name,) for name, record in found.items())


def test_what_was_with_a_pool_that_broke_is_tried_again_alone() -> None:
    broken = BrokenExecutor("died")
    fates: dict[tuple[str, int], Any] = {("b", 1): broken, ("a", 1): None}
    workers = Acted(2, lambda name, times: fates.get((name, times), "done"))
    found = outcome(workers, *(task(name) for name in "abc"))
    assert workers.restarted == 1
    assert workers.asked == ["a", "b", "c", "a", "b"]
    assert all(record.complete for record in found.values())


def test_a_task_that_kills_its_process_again_is_undecided_and_no_other() -> None:
    broken = BrokenExecutor("died")
    workers = Acted(2, lambda name, times: broken if name == "b" else "done")
    found = outcome(workers, *(task(name) for name in "abc"))
    assert found["b"].undecided
    assert found["b"].problems == ("its process died",)
    assert [found[name].problems for name in "ac"] == [("a",), ("c",)]


def test_a_task_that_hangs_is_undecided_and_the_others_are_begun_again() -> None:
    fates: dict[tuple[str, int], Any] = {("a", 1): None, ("b", 1): None}
    workers = Acted(2, lambda name, times: fates.get((name, times), "done"))
    found = outcome(workers, task("a", 0.0), task("b", 60.0), task("c", 60.0))
    assert found["a"].problems == ("not done within the limit of 0 s; it was ended",)
    assert workers.restarted == 1
    assert found["b"].problems == ("b",)
    assert found["c"].problems == ("c",)


def test_where_workers_cannot_be_replaced_one_fewer_is_counted_on() -> None:
    workers = Acted(2, lambda name, times: None if name in "ac" else "done", restarts=False)
    found = outcome(workers, *(task(name, 0.0) for name in "abcd"))
    assert found["a"].undecided
    assert found["c"].undecided
    assert found["b"].problems == ("b",)
    assert found["d"].problems in [("d",), ("every worker of the cluster hangs",)]


@pytest.mark.parametrize("lost", [OSError("gone"), RuntimeError("no scheduler")])
def test_a_lost_worker_is_asked_once_more_and_then_named(lost: Exception) -> None:
    workers = Acted(1, lambda name, times: lost if name == "a" else "done")
    found = outcome(workers, task("a"), task("b"))
    assert found["a"].undecided
    assert f"its worker was lost ({type(lost).__name__}" in found["a"].problems[0]
    assert found["b"].problems == ("b",)
