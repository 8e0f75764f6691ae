"""How a command ends: its exit codes, and the error that says why it cannot begin."""

from __future__ import annotations

OK, FAILED, USAGE, UNDECIDED, NOTHING, INTERRUPTED = 0, 1, 2, 3, 5, 130


class UsageError(Exception):
    """The command line asks for something that there is not."""
