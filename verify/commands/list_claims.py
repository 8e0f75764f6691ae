"""`verify list`: every claim, without importing one."""

from __future__ import annotations

from argparse import Namespace

from verify.commands.outcome import OK
from verify.commands.selecting import chosen, everything, nothing
from verify.commands.writing import write


def run(options: Namespace) -> int:
    """Prints ids and titles, or the JSON document."""
    catalogue = everything(options)
    found = [each.listed for each in chosen(options, catalogue)]
    if not found:
        return nothing(options, catalogue)
    if options.format == "json":
        import json

        rows = [
            {
                "id": each.id,
                "title": each.title,
                "sources": list(each.sources),
                "expected": each.expected,
            }
            for each in found
        ]
        write(json.dumps({"schema": 1, "claims": rows}, indent=2, ensure_ascii=False), options)
        return OK
    width = max(len(each.id) for each in found)
    write("\n".join(f"{each.id:<{width}}  {each.title}" for each in found), options)
    return OK
