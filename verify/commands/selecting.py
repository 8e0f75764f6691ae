"""Which claims a command is about."""

from __future__ import annotations

import sys
from argparse import Namespace

from verify.commands.outcome import NOTHING, UsageError
from verify.listing import Catalogue, Found, Listed, ListingError, catalogue
from verify.selection import SelectionError, selector, similar
from verify.sources.targets import TargetError


def everything(options: Namespace) -> Catalogue:
    """All claims of the command's targets. Raises UsageError."""
    try:
        return catalogue(*options.targets)
    except (ListingError, TargetError) as problem:
        raise UsageError(str(problem)) from problem


def chosen(options: Namespace, among: Catalogue) -> list[Found]:
    """The claims that -k and --sheet choose. Raises UsageError for an -k that cannot be read."""
    try:
        matches = selector(options.k)
    except SelectionError as problem:
        raise UsageError(str(problem)) from problem
    sheet = options.sheet
    return [
        each
        for each in among.found
        if matches(searched(each.listed))
        and (not sheet or any(text.split()[:1] == [sheet] for text in each.listed.sources))
    ]


def named(id_: str, among: Catalogue) -> Found:
    """The claim of that id. Raises UsageError with suggestions if there is none."""
    for each in among.found:
        if each.listed.id == id_:
            return each
    from verify.discovery import unknown

    raise UsageError(unknown(id_, sorted(among.ids)))


def searched(each: Listed) -> str:
    """The text in which -k looks for its words."""
    return " ".join((each.id, each.title, *each.sources))


def nothing(options: Namespace, among: Catalogue, what: str = "claim") -> int:
    """Says that nothing is chosen, and what may be meant; returns the exit code."""
    told = [f" matches -k {options.k!r}"] if options.k else []
    told += [f" is from sheet {options.sheet!r}"] if options.sheet else []
    where = f" in {', '.join(options.targets)}" if options.targets else ""
    hint = ", ".join(similar(options.k, sorted(among.ids))) if options.k else ""
    hint = f"; did you mean {hint}?" if hint else ""
    sys.stderr.write(f"verify: no {what}{where}{' and'.join(told) or ' is there'}{hint}\n")
    return NOTHING
