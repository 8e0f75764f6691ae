"""How a command ends: its exit codes, and the error that says why it cannot begin."""

from __future__ import annotations

from verify.errors import UsageError

__all__ = ["FAILED", "INTERRUPTED", "NOTHING", "OK", "UNDECIDED", "USAGE", "UsageError"]

OK, FAILED, USAGE, UNDECIDED, NOTHING, INTERRUPTED = 0, 1, 2, 3, 5, 130
