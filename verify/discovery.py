"""Finding claims by importing the derivations: there is no registry to keep up to date."""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from difflib import get_close_matches
from importlib import import_module

from verify.claim import Claim


class DiscoveryError(Exception):
    """The derivations cannot be read: a module fails to import, or two claims share an id."""


class UnknownClaimError(LookupError):
    """No claim has this id; the message suggests similar ones."""

    def __str__(self) -> str:
        return str(self.args[0])


def claims(package: str = "derivations") -> Iterator[Claim]:
    """Every claim under `package`, sorted by id.

    Raises DiscoveryError when a module cannot be imported or an id is used twice.
    """
    found: dict[str, Claim] = {}
    for module in modules(package):
        for each in claims_of(module):
            known = found.setdefault(each.id, each)
            if known is not each:
                raise DiscoveryError(f"{module}: the id {each.id} belongs to another claim already")
    yield from (found[key] for key in sorted(found))


def claim(name: str, package: str = "derivations") -> Claim:
    """The claim with this id; raises UnknownClaimError with suggestions if there is none."""
    known = {each.id: each for each in claims(package)}
    if name in known:
        return known[name]
    raise UnknownClaimError(unknown(name, list(known)))


def unknown(name: str, known: list[str]) -> str:
    """The message for an id that no claim has."""
    endings = {each.rsplit(".", 1)[-1]: each for each in known}
    close = get_close_matches(name, known, n=3)
    close += [endings[each] for each in get_close_matches(name, endings, n=3)]
    hint = ", ".join(dict.fromkeys(close))
    return f"there is no claim {name!r}" + (f"; did you mean {hint}?" if hint else "")


def modules(package: str) -> Iterator[str]:
    """The names of the package and of every module below it."""
    root = _imported(package)
    yield package
    for info in pkgutil.walk_packages(getattr(root, "__path__", []), f"{package}."):
        yield info.name


def claims_of(module: str) -> list[Claim]:
    """The claims that are attributes of one module, in the order of the module."""
    found = [value for value in vars(_imported(module)).values() if isinstance(value, Claim)]
    return list({id(each): each for each in found}.values())


def _imported(module: str) -> object:
    try:
        return import_module(module)
    except Exception as problem:  # whatever an author's module raises is the author's to see
        kind = type(problem).__name__
        raise DiscoveryError(f"{module} cannot be imported: {kind}: {problem}") from problem
