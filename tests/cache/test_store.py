import os
import threading
import time
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from tests.report import made_up
from verify.cache.directory import VARIABLE, directory, read_sealed, write_sealed
from verify.cache.store import Entry, Store
from verify.records import ClaimRecord

RECORDS = (*made_up.results(), made_up.undecided())


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(str(tmp_path))


def only_file(store: Store) -> Path:
    (file,) = Path(store.folder).iterdir()
    return file


@pytest.mark.parametrize("record", RECORDS, ids=lambda each: each.claim.id)
def test_a_record_comes_back_as_it_was_and_says_that_it_is_cached(
    record: ClaimRecord, store: Store
) -> None:
    store.put("key", record)
    assert store.get("key") == replace(record, cached=True)


def test_another_key_has_no_record(store: Store) -> None:
    store.put("key", RECORDS[0])
    assert store.get("other") is None


def test_a_record_that_is_not_complete_is_not_kept(store: Store) -> None:
    store.put("key", replace(RECORDS[0], complete=False))
    assert store.get("key") is None


def test_a_record_under_the_file_name_of_another_key_is_ignored(store: Store) -> None:
    store.put("key", RECORDS[0])
    only_file(store).rename(store._path("other"))
    assert store.get("other") is None


def test_any_changed_byte_makes_an_entry_worthless(store: Store) -> None:
    store.put("key", RECORDS[0])
    file = only_file(store)
    content = file.read_bytes()
    for place in range(0, len(content), max(1, len(content) // 97)):
        damaged = bytearray(content)
        damaged[place] ^= 1
        file.write_bytes(bytes(damaged))
        assert store.get("key") is None, place
    for length in (0, 10, 64, 65, len(content) - 1):
        file.write_bytes(content[:length])
        assert store.get("key") is None, length


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"[1, 2]",
        b'{"key": "key", "record": null}',
        b'{"key": "key", "record": {"claim": 3}}',
        b'{"key": "key", "record": {}, "more": 1}',
        b"\xff\xfe",
    ],
)
def test_a_sealed_file_of_another_form_is_ignored(content: bytes, store: Store) -> None:
    write_sealed(store._path("key"), content)
    assert read_sealed(store._path("key")) == content
    assert store.get("key") is None


def test_a_record_of_an_earlier_form_is_ignored(store: Store) -> None:
    entry = msgspec.json.decode(msgspec.json.encode(Entry("key", RECORDS[0])))
    for part in ("claim", "proof", "ok", "variants"):
        older = {**entry, "record": {k: v for k, v in entry["record"].items() if k != part}}
        write_sealed(store._path("key"), msgspec.json.encode(older))
        assert store.get("key") is None, part
    entry["record"]["ok"] = "yes"
    write_sealed(store._path("key"), msgspec.json.encode(entry))
    assert store.get("key") is None


def test_a_partly_written_file_is_never_seen(store: Store) -> None:
    big = replace(RECORDS[0], problems=("x" * 200_000,))
    small = RECORDS[0]
    store.put("key", small)
    over, seen = threading.Event(), []

    def read() -> None:
        while not over.is_set():
            seen.append(store.get("key"))

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for number in range(60):
        store.put("key", big if number % 2 else small)
    over.set()
    for reader in readers:
        reader.join()
    assert all(each in (replace(big, cached=True), replace(small, cached=True)) for each in seen)
    assert [each.name for each in Path(store.folder).iterdir() if "partial" in each.name] == []


def test_clearing_removes_every_record_and_counts_them(store: Store) -> None:
    for name in "abc":
        store.put(name, RECORDS[0])
    assert store.size()[0] == 3
    assert (store.clear(), store.clear()) == (3, 0)
    assert store.get("a") is None


def test_what_nothing_has_asked_for_in_a_long_time_is_removed(store: Store) -> None:
    store.put("old", RECORDS[0])
    store.put("asked", RECORDS[0])
    past = time.time() - 100 * 86400
    for name in ("old", "asked"):
        os.utime(store._path(name), (past, past))
    assert store.get("asked") is not None
    store.prune()
    assert store.get("old") is None
    assert store.get("asked") is not None


def test_a_folder_that_cannot_be_written_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    store = Store(str(tmp_path / "file"))
    store.put("key", RECORDS[0])
    assert (store.get("key"), store.size(), store.clear()) == (None, (0, 0), 0)


def test_the_folder_is_the_users_unless_the_environment_says_otherwise(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    assert directory() == str(tmp_path)
    monkeypatch.delenv(VARIABLE)
    assert "chalkproof" in directory()
