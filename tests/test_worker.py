from dataclasses import replace
from pathlib import Path

import pytest

from verify.cache.directory import code_digest
from verify.cache.keys import Settings
from verify.cache.store import Store
from verify.listing import catalogue
from verify.worker import Task, check_claim, work

FILE = Path(__file__).parent / "misbehaving" / "odd_models.py"


@pytest.fixture(scope="module")
def task() -> Task:
    found = catalogue(str(FILE))
    honest = next(each for each in found.found if each.listed.id == "odd.a_honest")
    settings = Settings(0, 1e-6, 0.01, 256, False)
    return Task(honest, found.modules, settings, code=code_digest())


def test_a_task_is_done_from_its_name_alone(task: Task) -> None:
    from verify.discovery import named

    record = work(task)
    claim = named(task.found.source, "odd.a_honest")
    again = check_claim(claim, task.settings)
    assert record.evidence is not None
    assert again.evidence is not None
    assert record.evidence.points == again.evidence.points
    assert record.problems == again.problems
    assert record.checked_by == "this process"


def test_a_record_with_draws_comes_back_from_the_cache_to_the_last_digit(
    task: Task, tmp_path: Path
) -> None:
    record, store = work(task), Store(str(tmp_path))
    assert record.evidence is not None
    assert record.evidence.points[0].samples > 0
    store.put("key", record)
    assert store.get("key") == replace(record, cached=True)


def test_a_worker_of_another_version_does_not_answer(task: Task) -> None:
    record = work(replace(task, code="another"))
    assert record.undecided
    assert not record.complete
    assert record.problems == ("its worker runs another version of chalkproof than this process",)


def test_a_claim_that_is_gone_is_a_failure_with_its_reason(task: Task) -> None:
    gone = task.found._replace(listed=task.found.listed._replace(id="odd.gone"))
    record = work(replace(task, found=gone))
    assert not record.ok
    assert record.problems == ("odd_models: no attribute of the module is the claim odd.gone",)


def test_progress_is_told(task: Task) -> None:
    told: list[str] = []
    work(task, told.append)
    assert told[0] == "proof"
    assert "variants" in told
