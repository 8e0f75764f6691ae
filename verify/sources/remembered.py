"""What `verify list` found last, for as long as no file has changed.

Reading and hashing every source takes longer than listing may take, so here files are compared by
size and time alone. No verdict rests on it: `verify all` looks at the contents.
"""

from __future__ import annotations

import os
import sys
import zlib

from verify.cache.directory import directory, write_whole

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

#: Id, title, what is expected, sources.
Entry = tuple[str, str, str, tuple[str, ...]]

_MARK = "chalkproof list 2"


def recalled() -> list[Entry] | None:
    """The claims of the default targets; None if they were not kept or a file has changed."""
    try:
        with open(_path(), encoding="utf-8", newline="\n") as file:
            seal, _, content = file.read().partition("\n")
        if seal != _seal(content):
            return None
        head, folders, *rows = content.split("\n")
        if head != _head() or folders.split("\0")[0] != state(folders.split("\0")[1:]):
            return None
        found = []
        for row in filter(None, rows):
            id_, title, expected, *sources = row.split("\0")
            found.append((id_, title, expected, tuple(sources)))
        return found
    except (OSError, ValueError):
        return None


def remember(entries: Iterable[Entry], folders: list[str]) -> None:
    """Keeps the claims that the files below the folders hold."""
    rows = ["\0".join((*shown, *sources)) for *shown, sources in entries]
    if any("\n" in row for row in rows):
        return
    told = "\0".join([state(folders), *folders])
    content = "\n".join([_head(), told, *rows, ""])
    write_whole(_path(), f"{_seal(content)}\n{content}".encode())


def state(folders: list[str]) -> str:
    """What is seen of the files from outside: their paths, sizes and times."""
    seen: list[str] = []
    here = os.path.dirname(os.path.abspath(__file__))
    for folder in (here, *folders):
        _look(folder, seen)
    for folder in map(os.path.abspath, sys.path):
        try:  # a package that is installed or removed changes its folder
            seen.append(f"{folder} {os.stat(folder).st_mtime_ns}")
        except OSError:
            continue
    return f"{zlib.crc32('|'.join(seen).encode()):08x}{len(seen):x}"


def _look(folder: str, seen: list[str]) -> None:
    with os.scandir(folder) as entries:
        for each in sorted(entries, key=lambda entry: entry.name):
            if each.name.endswith(".py"):
                found = each.stat()
                seen.append(f"{each.path} {found.st_size} {found.st_mtime_ns}")
            elif each.name != "__pycache__" and each.is_dir():
                _look(each.path, seen)


def _head() -> str:
    from verify import __version__

    return "\0".join([_MARK, __version__, *map(os.path.abspath, sys.path)])


def _path() -> str:
    name = f"list-{zlib.crc32(_head().encode()):08x}.txt"
    return os.path.join(directory(), name)


def _seal(content: str) -> str:
    return f"{zlib.crc32(content.encode()):08x}"
