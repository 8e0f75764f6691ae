"""`verify report`: a static site of all claims."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from verify.commands.outcome import INTERRUPTED, UsageError
from verify.commands.selecting import chosen, everything, nothing


def run(options: Namespace) -> int:
    """Checks the chosen claims and writes the site."""
    catalogue = everything(options)
    found = chosen(options, catalogue)
    if not found:
        return nothing(options, catalogue)
    from verify.discovery import DiscoveryError, loaded
    from verify.report.web.site import NotASiteError, build, refuse_other_folders
    from verify.session import Options, run_found

    folder = Path(options.output)
    try:
        refuse_other_folders(folder)
        claims = {each.listed.id: loaded(each) for each in found}
    except (DiscoveryError, NotASiteError) as problem:
        raise UsageError(str(problem)) from problem
    done = run_found(
        found,
        catalogue,
        seed=options.seed,
        alpha=options.alpha,
        detect=options.detect,
        proofs_only=options.proofs_only,
        options=Options(jobs=options.jobs, cached=not options.no_cache),
    )
    try:
        built = build(done, claims, folder)
    except OSError as problem:
        raise UsageError(f"-o: {problem}") from problem
    sys.stdout.write(
        f"{folder / 'index.html'}: {len(done.results)} claims, {built.files} files, "
        f"{built.size / 1e6:.1f} MB, built in {built.seconds:.1f}s\n"
    )
    return INTERRUPTED if done.interrupted else done.exit_code(allow_undecided=True)
