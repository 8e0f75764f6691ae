"""`verify plot ID`: a claim's picture in a file."""

from __future__ import annotations

import sys
from argparse import Namespace
from pathlib import Path

from verify.commands.outcome import OK, UsageError
from verify.commands.selecting import everything, named

#: What a file may end in.
ENDINGS = (".svg", ".pdf", ".png", ".tex")


def run(options: Namespace) -> int:
    """Draws the picture and writes it."""
    found = named(options.id, everything(options))
    path = Path(options.output or f"{options.id}.svg")
    if path.suffix not in ENDINGS:
        raise UsageError(f"-o: {path} does not end in {', '.join(ENDINGS[:-1])} or {ENDINGS[-1]}")
    from verify.discovery import DiscoveryError, loaded
    from verify.report import plots
    from verify.report.plots import MissingPlotsError, NothingDrawnError

    try:
        claim = loaded(found)
        if path.suffix == ".tex":
            path.write_text(plots.computational_graph_tikz(claim), encoding="utf-8")
        else:
            figure = plots.picture(claim, seed=options.seed, crosscheck=options.crosscheck)
            path.write_bytes(plots.as_bytes(figure, path.suffix[1:]))
    except (DiscoveryError, MissingPlotsError) as problem:
        raise UsageError(str(problem)) from problem
    except NothingDrawnError as problem:
        raise UsageError(f"{options.id}: {problem}") from problem
    except OSError as problem:
        raise UsageError(f"-o: {problem}") from problem
    sys.stdout.write(f"{path}\n")
    return OK
