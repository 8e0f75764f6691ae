"""`verify explain RULE`."""

from __future__ import annotations

import inspect
import sys
from argparse import Namespace
from typing import Any

from verify.commands.outcome import OK, UsageError
from verify.discovery import unknown
from verify.kernel.rules import RULES


def run(options: Namespace) -> int:
    """Prints the rule's page."""
    rules: dict[str, Any] = dict(RULES)
    if options.code not in rules:
        message = unknown(options.code or "", list(rules)).replace("no claim", "no rule")
        raise UsageError(f"{message}; the rules are {', '.join(sorted(rules))}")
    sys.stdout.write(f"{options.code}\n\n{inspect.getdoc(rules[options.code])}\n")
    return OK
