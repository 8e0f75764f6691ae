"""Where derivations are: packages and modules by name, files and folders by path."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from typing import NamedTuple

#: The entry-point group in which an installed package names its packages of derivations.
GROUP = "chalkproof.derivations"

#: What is meant when nothing is named.
OURS = "derivations"


class TargetError(Exception):
    """There is no such file, folder or module; the message says what was looked for."""


class Source(NamedTuple):
    """One module: its name, its file, and the folder from which it is imported by that name."""

    module: str
    file: str
    root: str


def sources(targets: Sequence[str] = ()) -> list[Source]:
    """The modules of the targets, each once; of our derivations and installed ones by default.

    A target is a module or package by its dotted name, a Python file, or a folder; a name that
    can be imported is not looked for as a folder (`./name` is one).
    Raises TargetError.
    """
    found: dict[str, Source] = {}
    for target in targets or defaults():
        for each in _sources(target):
            known = found.setdefault(each.module, each)
            if known.file != each.file:
                raise TargetError(
                    f"{known.file} and {each.file} would both be imported as {each.module}; "
                    "rename one, or put them into packages"
                )
    return list(found.values())


def defaults() -> list[str]:
    """Our derivations, and those of installed packages."""
    return list(dict.fromkeys([OURS, *installed()]))


def installed() -> list[str]:
    """The packages that installed distributions name in the entry-point group.

    Read from the metadata directly: `importlib.metadata` takes longer to import than `verify
    list` may take.
    """
    found: list[str] = []
    for folder in sys.path:
        try:
            entries = [each.path for each in os.scandir(folder) if each.name.endswith(".dist-info")]
        except OSError:
            continue
        for entry in sorted(entries):
            try:
                with open(os.path.join(entry, "entry_points.txt"), encoding="utf-8") as file:
                    found += _named(file.read())
            except OSError:
                continue
    return found


def _named(entry_points: str) -> Iterator[str]:
    section = ""
    for line in entry_points.splitlines():
        if line.startswith("["):
            section = line.strip().strip("[]").strip()
        elif section == GROUP and "=" in line:
            yield line.partition("=")[2].split("[")[0].partition(":")[0].strip()


def _sources(target: str) -> list[Source]:
    if target.endswith(".py") and os.path.isfile(target):
        return [_of_file(os.path.abspath(target))]
    found = located(target, sys.path)
    if found is None and os.path.isdir(target):
        return list(_below(os.path.abspath(target)))
    found = found or located(target, [os.getcwd()])
    if found is None:
        raise TargetError(f"{target}: there is no such file, folder or module")
    if os.path.basename(found.file) == "__init__.py":
        return list(_below(os.path.dirname(found.file)))
    return [found]


def located(name: str, roots: Sequence[str]) -> Source | None:
    """The file of a module, looked for in the folders in turn; None if it is in none of them."""
    parts = name.split(".")
    if not all(part.isidentifier() for part in parts):
        return None
    for root in roots:
        base = os.path.join(os.path.abspath(root), *parts)
        for file in (os.path.join(base, "__init__.py"), base + ".py"):
            if os.path.isfile(file):
                return Source(name, file, os.path.abspath(root))
    return None


def _below(folder: str) -> Iterator[Source]:
    """The modules of a package, or the Python files of a folder that is none."""
    for inside, folders, files in os.walk(folder):
        folders[:] = sorted(
            each for each in folders if each.isidentifier() and each != "__pycache__"
        )
        for name in sorted(files):
            if name.endswith(".py") and name[:-3].isidentifier():
                yield _of_file(os.path.join(inside, name))


def _of_file(file: str) -> Source:
    """The module that a file is, named from the outermost folder that is a package."""
    folder, name = os.path.split(file)
    parts = [] if name == "__init__.py" else [name[:-3]]
    while os.path.isfile(os.path.join(folder, "__init__.py")):
        folder, last = os.path.split(folder)
        parts.insert(0, last)
    if not all(part.isidentifier() for part in parts):
        raise TargetError(f"{file}: {'.'.join(parts)} is no name of a module; rename the file")
    if parts[0] in ("verify", "sympy", "numpy") or parts[0] in sys.stdlib_module_names:
        raise TargetError(f"{file}: the name {parts[0]} belongs to another module; rename the file")
    return Source(".".join(parts), file, folder)
