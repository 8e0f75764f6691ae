"""`verify cache`: where earlier results are, and how to be rid of them."""

from __future__ import annotations

import sys
from argparse import Namespace

from verify.cache.store import Store
from verify.commands.outcome import OK


def run(options: Namespace) -> int:
    """Prints the folder and its size, or empties it."""
    store = Store()
    if options.action == "clear":
        count = store.clear()
        sys.stdout.write(f"{count} result{'s' * (count != 1)} removed from {store.folder}\n")
        return OK
    count, size = store.size()
    sys.stdout.write(f"{store.folder}\n{count} result{'s' * (count != 1)}, {size / 1e6:.1f} MB\n")
    return OK
