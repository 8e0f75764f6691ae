"""`verify list`: every claim, without importing one.

Where no file has changed since the last time, not even the sources are read.
"""

from __future__ import annotations

import sys

from verify import TYPE_CHECKING
from verify.commands.outcome import NOTHING, OK
from verify.sources.remembered import Entry, recalled, remember

if TYPE_CHECKING:
    from argparse import Namespace


def everything() -> int:
    """`verify list` alone, for which there is no need of a parser."""
    sys.stdout.write(_text(_entries([])))
    return OK


def run(options: Namespace) -> int:
    """Prints ids and titles, or the JSON document."""
    from verify.commands.writing import write
    from verify.selection import missing, wanted

    entries = _entries(options.targets)
    is_wanted = wanted(options.k, options.sheet)
    found = [each for each in entries if is_wanted(each[0], each[1], each[3])]
    if not found:
        ids = sorted(each[0] for each in entries)
        sys.stderr.write(missing("claim", options.k, options.sheet, options.targets, ids))
        return NOTHING
    write(_document(found) if options.format == "json" else _text(found), options)
    return OK


def _text(entries: list[Entry]) -> str:
    width = max((len(each[0]) for each in entries), default=0)
    return "".join(f"{each[0]:<{width}}  {each[1]}\n" for each in entries)


def _document(entries: list[Entry]) -> str:
    import json

    rows = [
        {"id": id_, "title": title, "sources": list(sources), "expected": expected}
        for id_, title, expected, sources in entries
    ]
    return json.dumps({"schema": 1, "claims": rows}, indent=2, ensure_ascii=False)


def _entries(targets: list[str]) -> list[Entry]:
    known = None if targets else recalled()
    return _read(targets) if known is None else known


def _read(targets: list[str]) -> list[Entry]:
    import os
    from argparse import Namespace

    from verify.commands.selecting import everything as catalogue_of

    found = catalogue_of(Namespace(targets=targets))
    entries = [
        (each.listed.id, each.listed.title, each.listed.expected, each.listed.sources)
        for each in found.found
    ]
    # What is read beside the sources is not seen from outside when it changes.
    closed = not any(each.closure.makes or each.closure.outside for each in found.found)
    if closed and not targets:
        tops = {os.path.join(each.root, each.module.split(".")[0]) for each in found.modules}
        if all(map(os.path.isdir, tops)):
            remember(entries, sorted(tops))
    return entries
