"""`verify all`: proofs, hypotheses, simulations and variants of every claim."""

from __future__ import annotations

import sys
from argparse import Namespace

from verify.commands.outcome import INTERRUPTED, UsageError
from verify.commands.selecting import chosen, everything, nothing
from verify.commands.writing import to_terminal, write
from verify.errors import ClusterError
from verify.report.run import Run
from verify.session import Options, run_found


def run(options: Namespace) -> int:
    """Checks the chosen claims and reports."""
    if options.watch:
        from verify.commands.watching import watch

        return watch(options)
    catalogue = everything(options)
    found = chosen(options, catalogue)
    if not found:
        return nothing(options, catalogue)
    try:
        done = run_found(
            found,
            catalogue,
            seed=options.seed,
            alpha=options.alpha,
            detect=options.detect,
            proofs_only=options.proofs_only,
            rows=options.rows,
            options=Options(
                jobs=options.jobs,
                cluster=options.cluster,
                seconds=options.time_limit,
                megabytes=options.memory_limit,
                cached=not options.no_cache,
            ),
        )
    except ClusterError as problem:
        raise UsageError(f"--cluster: {problem}") from problem
    _report(done, options)
    if done.interrupted:
        return INTERRUPTED
    return done.exit_code(allow_undecided=options.allow_undecided)


def _report(done: Run, options: Namespace) -> None:
    if options.format == "text" and to_terminal(options):
        from verify.report.page import page
        from verify.report.terminal import print_run

        print_run(done, page(sys.stdout))
        return
    write(_rendered(done, options.format), options)


def _rendered(done: Run, style: str) -> str:
    if style == "json":
        from verify.report.json_format import as_json

        return as_json(done)
    if style == "junit":
        from verify.report.junit import as_junit

        return as_junit(done)
    if style == "github":
        from verify.report.github import as_github

        return as_github(done)
    from verify.report.page import plain
    from verify.report.terminal import report

    return plain(report(done))
