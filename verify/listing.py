"""Which claims there are, read from the source without importing anything.

`verify list` need not wait for SymPy: id, title, source and expectation of a claim are literals
in a `Claim(...)` call. A module that may make claims in another way is imported after all.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from verify.sources.closure import Closure, Closures
from verify.sources.index import Index
from verify.sources.scan import Listed
from verify.sources.targets import Source, sources

__all__ = ["Catalogue", "Found", "Listed", "ListingError", "catalogue", "listed"]


class ListingError(Exception):
    """A module cannot be read, or two claims share an id."""


class Found(NamedTuple):
    """A claim of a module, and what the claim depends on."""

    listed: Listed
    source: Source
    closure: Closure


class Catalogue:
    """The claims of some targets, by id."""

    def __init__(self, found: Sequence[Found], modules: Sequence[Source]) -> None:
        self.found = tuple(sorted(found, key=lambda each: each.listed.id))
        self.modules = tuple(modules)

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all claims."""
        return frozenset(each.listed.id for each in self.found)


def listed(*targets: str) -> list[Listed]:
    """Every claim of the targets, sorted by id; see `verify.sources.targets`.

    Raises ListingError and TargetError.
    """
    return [each.listed for each in catalogue(*targets).found]


def catalogue(*targets: str) -> Catalogue:
    """Every claim of the targets, and where it is. Raises ListingError and TargetError."""
    modules = sources(targets)
    index = Index()
    closures = Closures(index, modules)
    literal, imported = [], []
    for source in modules:
        found = index.scan(source.file)
        if found.fault:
            raise ListingError(f"{source.file}: {found.fault}")
        closure = closures.of(source)
        # What is read from elsewhere, or copied, may be a claim that no literal call shows.
        if closure.makes or closure.outside:
            imported.append(Found(Listed("", "", (), ""), source, closure))
        literal += [Found(each, source, closure) for each in found.claims]
    index.save()
    made = _made_otherwise(imported, {each.listed.id for each in literal})
    return Catalogue(_unique([*literal, *made]), modules)


def _made_otherwise(modules: Sequence[Found], known: set[str]) -> list[Found]:
    if not modules:
        return []
    from verify.discovery import DiscoveryError, claims_of

    made: dict[str, Found] = {}
    for each in modules:
        try:
            held = claims_of(each.source)
        except DiscoveryError as problem:
            raise ListingError(f"{each.source.file}: {problem}") from problem
        for claim in held:
            shown = Listed(
                claim.id,
                claim.title,
                claim.sources,
                claim.expected,
                claim.corrected,
                claim.awaits,
            )
            # A module that only imports a claim is not the one that makes it.
            if shown.id not in known:
                made.setdefault(shown.id, Found(shown, each.source, each.closure))
    return list(made.values())


def _unique(found: list[Found]) -> list[Found]:
    known: dict[str, Found] = {}
    for each in found:
        other = known.setdefault(each.listed.id, each)
        if other is not each:
            raise ListingError(
                f"{each.source.module}: the id {each.listed.id} belongs to another claim already, "
                f"in {other.source.module}"
            )
    return found
