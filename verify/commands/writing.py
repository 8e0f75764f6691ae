"""Where a report goes."""

from __future__ import annotations

import sys
from argparse import Namespace

from verify.commands.outcome import UsageError


def write(text: str, options: Namespace) -> None:
    """To --output, or to standard output. Raises UsageError for a file that cannot be written."""
    text = text.rstrip("\n") + "\n"
    if options.output is None:
        sys.stdout.write(text)
        return
    try:
        with open(options.output, "w", encoding="utf-8") as file:
            file.write(text)
    except OSError as problem:
        raise UsageError(f"--output: {problem}") from problem


def to_terminal(options: Namespace) -> bool:
    """Whether the text is read on a terminal, in its width and colours."""
    return options.output is None and sys.stdout.isatty()
