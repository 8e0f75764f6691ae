"""Finding claims by importing the derivations: there is no registry to keep up to date."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from importlib import import_module
from traceback import extract_tb
from types import ModuleType

from verify.claim import Claim
from verify.listing import Found, ListingError, catalogue
from verify.selection import similar
from verify.sources.targets import Source, TargetError, sources


class DiscoveryError(Exception):
    """The derivations cannot be read: a module fails to import, or two claims share an id."""


class UnknownClaimError(LookupError):
    """No claim has this id; the message suggests similar ones."""

    def __str__(self) -> str:
        return str(self.args[0])


def claims(*targets: str) -> list[Claim]:
    """Every claim of the targets (ours and those of installed packages by default), by id.

    A target is a package or module by its dotted name, a Python file, or a folder.
    Raises DiscoveryError when a target is not there, a module cannot be imported, or an id is
    used twice.
    """
    try:
        found = catalogue(*targets).found
    except (ListingError, TargetError) as problem:
        raise DiscoveryError(str(problem)) from problem
    return [loaded(each) for each in found]


def claim(name: str, *targets: str) -> Claim:
    """The claim with this id; raises UnknownClaimError with suggestions if there is none."""
    try:
        found = catalogue(*targets)
    except (ListingError, TargetError) as problem:
        raise DiscoveryError(str(problem)) from problem
    for each in found.found:
        if each.listed.id == name:
            return loaded(each)
    raise UnknownClaimError(unknown(name, sorted(found.ids)))


def unknown(name: str, known: list[str]) -> str:
    """The message for an id that no claim has."""
    hint = ", ".join(similar(name, known))
    return f"there is no claim {name!r}" + (f"; did you mean {hint}?" if hint else "")


def modules(*targets: str) -> Iterator[str]:
    """The names of the modules of the targets."""
    yield from (each.module for each in sources(targets))


def loaded(found: Found) -> Claim:
    """The claim itself, from its module.

    Raises DiscoveryError when the module cannot be imported or does not hold the claim.
    """
    return named(found.source, found.listed.id)


def named(source: Source, id_: str) -> Claim:
    """The claim of a module that has this id; raises DiscoveryError."""
    for each in claims_of(source):
        if each.id == id_:
            return each
    raise DiscoveryError(f"{source.module}: no attribute of the module is the claim {id_}")


def claims_of(source: Source) -> list[Claim]:
    """The claims that are attributes of one module, in the order of the module."""
    found = [value for value in vars(load(source)).values() if isinstance(value, Claim)]
    return list({id(each): each for each in found}.values())


def _line(problem: BaseException, source: Source) -> str:
    """Where in the module it happened; Python itself says so of a syntax error."""
    frames = extract_tb(problem.__traceback__)
    lines = [frame.lineno for frame in frames if os.path.abspath(frame.filename) == source.file]
    return f" ({os.path.basename(source.file)}, line {lines[-1]})" if lines else ""


def load(source: Source) -> ModuleType:
    """The module, imported from its file and from no other of the same name.

    Raises DiscoveryError when it cannot be imported.
    """
    if source.root not in map(os.path.abspath, sys.path):
        sys.path.insert(0, source.root)
    try:
        module = import_module(source.module)
    except (
        Exception,
        SystemExit,
    ) as problem:  # whatever an author's module raises is the author's to see
        told = f"{type(problem).__name__}: {problem}{_line(problem, source)}"
        raise DiscoveryError(f"{source.module} cannot be imported: {told}") from problem
    file = getattr(module, "__file__", None)
    if file is None or not os.path.samefile(file, source.file):
        raise DiscoveryError(
            f"{source.file}: the name {source.module} belongs to {file or 'another module'}; "
            "rename the file"
        )
    return module
