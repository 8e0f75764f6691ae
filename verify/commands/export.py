"""`verify export ID...`: claims as LaTeX, slides, Markdown or pages."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from verify.commands.outcome import INTERRUPTED, UsageError
from verify.commands.selecting import everything, named


def run(options: Namespace) -> int:
    """Proves the claims and writes a file for each."""
    catalogue = everything(options)
    found = [named(each, catalogue) for each in options.ids]
    from verify.discovery import DiscoveryError, loaded
    from verify.report.export import FORMATS
    from verify.report.outline import outline
    from verify.session import run_found

    done = run_found(found, catalogue, proofs_only=True)
    form = FORMATS[options.to]
    folder = Path(options.output)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for each, result in zip(found, done.results, strict=False):
            path = folder / f"{result.claim.id}{form.ending}"
            page = outline(loaded(each), result.proof)
            path.write_text(form.write(page, result), encoding="utf-8")
            sys.stdout.write(f"{path}\n")
    except DiscoveryError as problem:
        raise UsageError(str(problem)) from problem
    except OSError as problem:
        raise UsageError(f"-o: {problem}") from problem
    return INTERRUPTED if done.interrupted else done.exit_code()
