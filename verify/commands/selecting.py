"""Which claims a command is about."""

from __future__ import annotations

import sys
from argparse import Namespace

from verify.commands.outcome import NOTHING, UsageError
from verify.listing import Catalogue, Found, ListingError, catalogue
from verify.selection import missing, wanted
from verify.sources.targets import TargetError


def everything(options: Namespace) -> Catalogue:
    """All claims of the command's targets. Raises UsageError."""
    try:
        return catalogue(*options.targets)
    except (ListingError, TargetError) as problem:
        raise UsageError(str(problem)) from problem


def chosen(options: Namespace, among: Catalogue) -> list[Found]:
    """The claims that -k and --sheet choose.

    Raises SelectionError for a -k that cannot be read.
    """
    is_wanted = wanted(options.k, options.sheet)
    return [
        each
        for each in among.found
        if is_wanted(each.listed.id, each.listed.title, each.listed.sources)
    ]


def named(id_: str, among: Catalogue) -> Found:
    """The claim of that id. Raises UsageError with suggestions if there is none."""
    for each in among.found:
        if each.listed.id == id_:
            return each
    from verify.discovery import unknown

    raise UsageError(unknown(id_, sorted(among.ids)))


def nothing(options: Namespace, among: Catalogue, what: str = "claim") -> int:
    """Says that nothing is chosen, and what may be meant; returns the exit code."""
    told = missing(what, options.k, options.sheet, options.targets, sorted(among.ids))
    sys.stderr.write(told)
    return NOTHING
