"""`verify explain RULE`: the rule's page, with rows that the kernel accepts and refuses."""

from __future__ import annotations

import sys
from argparse import Namespace

from verify.commands.outcome import OK, UsageError
from verify.discovery import unknown
from verify.kernel.rules import RULES
from verify.report.rule_page import rule_page, rule_text, rules_text


def run(options: Namespace) -> int:
    """Prints the page, or the list of rules. Raises UsageError for a rule that there is not."""
    if options.code is None:
        sys.stdout.write(rules_text())
        return OK
    if options.code not in RULES:
        message = unknown(options.code, list(RULES)).replace("no claim", "no rule")
        raise UsageError(f"{message}; the rules are {', '.join(sorted(RULES))}")
    sys.stdout.write(rule_text(rule_page(options.code)))
    return OK
