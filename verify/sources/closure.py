"""Everything that a module's behaviour rests on: its source, and the sources that it imports."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from verify.sources.index import Index
from verify.sources.targets import OURS, Source, located

#: Installed packages that a derivation may use; their versions are part of every cache key.
ENVIRONMENT = frozenset({"flint", "mpmath", "numpy", "scipy", "sympy", "verify"})


class Closure(NamedTuple):
    """digest: of the module and all that it imports. outside: what it reads beside that, or "".

    makes: somewhere in it claims may be made other than by literal calls.
    """

    digest: str
    outside: str
    makes: bool


class Closures:
    """The closures of modules. `siblings` are the modules that are looked at together: what is
    imported from their packages, or from ours, is followed to its file.
    """

    def __init__(self, index: Index, siblings: Sequence[Source]) -> None:
        self._index = index
        self._roots = {each.module.split(".")[0]: each.root for each in siblings}
        self._found: dict[Source, Closure] = {}
        self._modules: dict[Source, list[Source]] = {}
        self._located: dict[tuple[str, str], Source | None] = {}
        if OURS not in self._roots:
            ours = located(OURS, sys.path)
            if ours is not None:
                self._roots[OURS] = ours.root

    def of(self, source: Source) -> Closure:
        """The closure of one module."""
        if source not in self._found:
            self._found[source] = self._followed(source)
        return self._found[source]

    def modules(self, source: Source) -> list[Source]:
        """The modules in the closure of one, itself included."""
        self.of(source)
        return self._modules[source]

    def _followed(self, source: Source) -> Closure:
        seen: dict[str, Source] = {}
        waiting = [source, *self._packages(source)]
        outside, makes = "", False
        while waiting:
            each = waiting.pop()
            if each.module in seen:
                continue
            seen[each.module] = each
            found = self._index.scan(each.file)
            makes = makes or found.makes
            outside = outside or (found.fault or found.outside)
            for name in found.imports:
                name = _absolute(name, each)
                top = name.split(".")[0]
                if top in ENVIRONMENT or top in sys.stdlib_module_names:
                    continue
                files = list(self._files(name, each.root))
                waiting += files
                if not files:
                    outside = outside or f"imports {top}"
        self._modules[source] = list(seen.values())
        told = sorted((name, self._index.scan(each.file).code) for name, each in seen.items())
        digest = hashlib.sha256(repr((source.module, told)).encode()).hexdigest()
        return Closure(digest, outside, makes)

    def _packages(self, source: Source) -> Iterator[Source]:
        """The packages around a module, which are imported before it."""
        yield from self._files(source.module, source.root)

    def _files(self, name: str, beside: str) -> Iterator[Source]:
        """The modules that importing a dotted name runs: a, then a.b, then a.b.c if it is one."""
        parts = name.split(".")
        root = self._roots.get(parts[0], beside)
        for length in range(1, len(parts) + 1):
            part = (".".join(parts[:length]), root)
            if part not in self._located:
                self._located[part] = located(part[0], [root])
            found = self._located[part]
            if found is not None:
                yield found
            elif length == 1 and not os.path.isdir(os.path.join(root, parts[0])):
                return


def _absolute(name: str, source: Source) -> str:
    """A relative import's name, with the dots resolved from where it stands."""
    bare = name.lstrip(".")
    dots = len(name) - len(bare)
    if not dots:
        return name
    package = source.module.split(".")
    if os.path.basename(source.file) != "__init__.py":
        package = package[:-1]
    package = package[: len(package) - (dots - 1)]
    return ".".join([*package, bare] if bare else package)
