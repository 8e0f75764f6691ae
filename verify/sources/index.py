"""Scans of source files, remembered from one run to the next."""

from __future__ import annotations

import hashlib
import json
import os
from typing import Any

from verify.cache.directory import code_digest, directory, read_sealed, write_sealed
from verify.sources.scan import Listed, Scan, scan

#: Beyond this many files, those that this run did not ask for are forgotten.
_MOST = 5000


class Index:
    """`index.scan(file)` reads a file and scans it, unless its text was scanned before.

    Remembered by the digest of the text and of the program that scanned it: a scan can never
    belong to another text. A file that cannot be read is a fault of its scan.
    """

    def __init__(self, folder: str | None = None) -> None:
        self._path = os.path.join(folder or directory(), f"scans-{code_digest()[:16]}.json")
        self._known: dict[str, Any] | None = None
        self._asked: dict[str, Any] = {}
        self._files: dict[str, Scan] = {}
        self._changed = False

    def scan(self, file: str) -> Scan:
        """What the file says; the same answer for the life of the index."""
        if file not in self._files:
            self._files[file] = self._read(file)
        return self._files[file]

    def _read(self, file: str) -> Scan:
        try:
            with open(file, "rb") as stream:
                data = stream.read()
            text = data.decode("utf-8")
        except (OSError, UnicodeDecodeError) as problem:
            return Scan("", (), (), True, "", str(problem))
        key = hashlib.sha256(data).hexdigest()
        found = _restored(self._remembered().get(key))
        if found is None:
            found = scan(text)
            self._changed = True
        self._asked[key] = found
        return found

    def _remembered(self) -> dict[str, Any]:
        if self._known is None:
            try:
                found = json.loads(read_sealed(self._path) or b"{}")
            except ValueError:
                found = {}
            self._known = found if isinstance(found, dict) else {}
        return self._known

    def save(self) -> None:
        """Writes what is new; silently nothing where that is not possible."""
        if self._changed:
            kept = self._remembered() if len(self._remembered()) < _MOST else {}
            write_sealed(self._path, json.dumps({**kept, **self._asked}).encode())
            self._changed = False


def _restored(stored: Any) -> Scan | None:
    """A scan from its JSON form, None if it is not one."""
    try:
        code, imports, claims, makes, outside, fault = stored
        listed = tuple(
            Listed(id_, title, tuple(sources), expected, corrected, awaits)
            for id_, title, sources, expected, corrected, awaits in claims
        )
        return Scan(code, tuple(imports), listed, makes, outside, fault)
    except (TypeError, ValueError):
        return None
