"""`verify list` without options: from what was printed last, where no file has changed."""

from __future__ import annotations

import os
import sys

from verify.commands.outcome import OK


def run() -> int:
    """Prints ids and titles."""
    from verify.sources.remembered import recalled

    lines = recalled()
    if lines is None:
        lines = _read()
    width = max((len(id_) for id_, _ in lines), default=0)
    sys.stdout.write("".join(f"{id_:<{width}}  {title}\n" for id_, title in lines))
    return OK


def _read() -> list[tuple[str, str]]:
    from argparse import Namespace

    from verify.commands.selecting import everything
    from verify.sources.remembered import remember

    found = everything(Namespace(targets=[]))
    lines = [(each.listed.id, each.listed.title) for each in found.found]
    if not any(each.closure.makes or each.closure.outside for each in found.found):
        tops = {os.path.join(each.root, each.module.split(".")[0]) for each in found.modules}
        if all(map(os.path.isdir, tops)):
            remember(lines, sorted(tops))
    return lines
