"""`verify errata`: the false lines of published sheets."""

from __future__ import annotations

import sys
from argparse import Namespace

from verify.commands.outcome import INTERRUPTED
from verify.commands.selecting import chosen, everything, nothing
from verify.commands.writing import to_terminal, write
from verify.report.errata import errata_json, errata_table
from verify.report.page import page, plain
from verify.session import Options, run_found


def run(options: Namespace) -> int:
    """Refutes the chosen errata and lists them."""
    catalogue = everything(options)
    found = [each for each in chosen(options, catalogue) if each.listed.expected == "refuted"]
    if not found:
        return nothing(options, catalogue, "erratum")
    how = Options(jobs=options.jobs, cached=not options.no_cache)
    done = run_found(found, catalogue, options=how)
    if options.format == "json":
        write(errata_json(done), options)
    elif to_terminal(options):
        page(sys.stdout).print(errata_table(done))
    else:
        write(plain(errata_table(done)), options)
    return INTERRUPTED if done.interrupted else done.exit_code()
