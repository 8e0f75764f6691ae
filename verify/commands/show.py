"""`verify show ID`: one derivation, line by line."""

from __future__ import annotations

import sys
from argparse import Namespace

from verify.commands.outcome import FAILED, OK, UNDECIDED, UsageError
from verify.discovery import DiscoveryError, UnknownClaimError, claim
from verify.errors import ClaimError
from verify.hypotheses import hypotheses
from verify.kernel.theorem import Refused, is_theorem
from verify.proving import prove
from verify.report.derivation import derivation
from verify.report.page import page, plain


def run(options: Namespace) -> int:
    """Proves the claim and prints it with what the kernel made of each row."""
    try:
        found = claim(options.id, *options.targets)
        answer = None if found.expected == "refuted" else prove(found)
    except (DiscoveryError, UnknownClaimError) as problem:
        raise UsageError(str(problem)) from problem
    except ClaimError as problem:
        sys.stderr.write(f"verify: {problem}\n")
        return FAILED
    weighed = hypotheses(found) if is_theorem(answer) else ()
    content = derivation(found, answer, weighed)
    if sys.stdout.isatty():
        page(sys.stdout).print(content)
    else:
        sys.stdout.write(plain(content))
    return UNDECIDED if isinstance(answer, Refused) else OK
