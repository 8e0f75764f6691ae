"""The records of earlier runs, one file each, named by the digest of their key."""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import msgspec

from verify.cache.directory import directory, read_sealed, write_sealed
from verify.records import ClaimRecord

#: Records that no run has asked for in so many days are removed.
KEPT_DAYS = 60


class Entry(msgspec.Struct, forbid_unknown_fields=True):
    """A record with the key that it was stored under, in full."""

    key: str
    record: ClaimRecord


class Store:
    """Records by key. Safe for any number of processes; what is damaged or foreign is not there."""

    def __init__(self, folder: str | None = None) -> None:
        self.folder = os.path.join(folder or directory(), "claims")

    def get(self, key: str) -> ClaimRecord | None:
        """The record stored under exactly this key, marked as cached."""
        path = self._path(key)
        content = read_sealed(path)
        if content is None:
            return None
        try:
            entry = msgspec.json.decode(content, type=Entry)
        except (msgspec.MsgspecError, ValueError):
            return None
        if entry.key != key:
            return None
        with suppress(OSError):  # another process may have cleared the cache meanwhile
            os.utime(path)
        return replace(entry.record, cached=True)

    def put(self, key: str, record: ClaimRecord) -> None:
        """Stores a record that is complete; others would not come out the same again."""
        if record.complete:
            content = msgspec.json.encode(Entry(key, replace(record, cached=False)))
            write_sealed(self._path(key), content)

    def clear(self) -> int:
        """Removes every record; returns how many there were."""
        return sum(_removed(path) for path in list(self._files()))

    def prune(self, days: float = KEPT_DAYS) -> None:
        """Removes the records that nothing has asked for in so many days."""
        oldest = time.time() - 86400 * days
        for path in list(self._files()):
            try:
                stale = os.path.getmtime(path) < oldest
            except OSError:
                continue
            if stale:
                _removed(path)

    def size(self) -> tuple[int, int]:
        """How many records there are, and their size in bytes."""
        sizes = [os.path.getsize(path) for path in self._files()]
        return len(sizes), sum(sizes)

    def _path(self, key: str) -> str:
        return os.path.join(self.folder, hashlib.sha256(key.encode()).hexdigest() + ".json")

    def _files(self) -> Iterator[str]:
        try:
            with os.scandir(self.folder) as entries:
                yield from (each.path for each in entries if each.is_file())
        except OSError:
            return


def _removed(path: str) -> bool:
    try:
        os.unlink(path)
    except OSError:
        return False
    return True
