"""Claims as test items of pytest.

In the configuration,

    [tool.pytest.ini_options]
    chalkproof_claims = ["my_exercises", "sheets/more.py"]

makes every claim of these modules, packages, files or folders a test item, named
`file.py::claim`: it passes when `verify all` would find the claim as expected. Without the entry
the plugin collects nothing. Importing it imports no SymPy.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from verify.listing import Catalogue, Found

TARGETS, SEED, CACHE = "chalkproof_claims", "chalkproof_seed", "chalkproof_cache"

_CATALOGUE: pytest.StashKey[Catalogue] = pytest.StashKey()


def pytest_addoption(parser: pytest.Parser) -> None:
    """The entries of the configuration."""
    parser.addini(TARGETS, "modules, files or folders whose claims are test items", "args", [])
    parser.addini(SEED, "root of all random numbers of the claims (0)", default="0")
    parser.addini(CACHE, "whether results of unchanged claims are kept", "bool", True)


def pytest_configure(config: pytest.Config) -> None:
    """Read which claims there are, and visit their files where pytest chooses what to visit."""
    targets = config.getini(TARGETS)
    if not targets:
        return
    if not config.getini(SEED).isdecimal():
        raise pytest.UsageError(f"{SEED} = {config.getini(SEED)!r} is not an integer, 0 or more")
    from verify.listing import ListingError, catalogue
    from verify.sources.targets import TargetError

    if str(config.rootpath) not in sys.path:
        sys.path.insert(0, str(config.rootpath))
    try:
        found = catalogue(*(_from_root(each, config.rootpath) for each in targets))
    except (ListingError, TargetError) as problem:
        raise pytest.UsageError(f"{TARGETS}: {problem}") from problem
    config.stash[_CATALOGUE] = found
    if config.args_source is not pytest.Config.ArgsSource.ARGS:
        files = dict.fromkeys(each.source.file for each in found.found)
        config.args.extend(file for file in files if file not in config.args)


def _from_root(target: str, root: Path) -> str:
    """A path from the folder of the configuration; names of modules stay as they are."""
    path = root / target
    return str(path) if os.sep in target or (path.suffix == ".py" and path.is_file()) else target


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> ClaimFile | None:
    """A collector for each file that holds claims."""
    return ClaimFile.from_parent(parent, path=file_path) if _holds(file_path, parent) else None


def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> NoTests | None:
    """No module of tests for such a file, which would be imported for it; unless it is one."""
    patterns = parent.config.getini("python_files")
    if not _holds(module_path, parent) or any(module_path.match(each) for each in patterns):
        return None
    return NoTests.from_parent(parent, path=module_path)


def _holds(path: Path, parent: pytest.Collector) -> bool:
    """Whether a file holds claims that are asked for."""
    found = parent.config.stash.get(_CATALOGUE, None)
    return found is not None and any(Path(each.source.file) == path for each in found.found)


def pytest_make_parametrize_id(val: object) -> str | None:
    """A claim as a parameter is called by its id."""
    claims = sys.modules.get("verify.claim")
    return str(val.id) if claims is not None and isinstance(val, claims.Claim) else None


class NoTests(pytest.Module):
    """A module whose test functions nobody asked for."""

    def collect(self) -> list[pytest.Item | pytest.Collector]:
        """Nothing, without importing it."""
        return []


class ClaimFile(pytest.File):
    """A file that holds claims."""

    def collect(self) -> Iterator[ClaimItem]:
        """One item a claim, named after it."""
        for found in self.config.stash[_CATALOGUE].found:
            if Path(found.source.file) == self.path:
                name = found.listed.id.rpartition(".")[2]
                yield ClaimItem.from_parent(self, name=name, found=found)


class ClaimItem(pytest.Item):
    """A claim: its proof, hypotheses, cross-check and variants."""

    def __init__(self, *, found: Found, **options: Any) -> None:
        super().__init__(**options)
        self._found = found

    def runtest(self) -> None:
        """Checks the claim as `verify all` does; what is undecided does not pass."""
        from verify.report.terminal import failure_lines
        from verify.session import Options, run_found

        done = run_found(
            [self._found],
            self.config.stash[_CATALOGUE],
            seed=int(self.config.getini(SEED)),
            options=Options(cached=self.config.getini(CACHE)),
        )
        if done.interrupted:
            raise KeyboardInterrupt
        (record,) = done.results
        if not record.ok:
            heading = f"{record.claim.id}: {record.claim.title}"
            raise ClaimError("\n".join([heading, *failure_lines(record)]))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """What is wrong with the claim; a traceback only if the program failed."""
        if isinstance(excinfo.value, ClaimError):
            return str(excinfo.value)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[os.PathLike[str], int | None, str]:
        """Where the item is, and what it is called."""
        return self.path, None, self._found.listed.id


class ClaimError(AssertionError):
    """The claim is not as expected; the message says all that is wrong with it."""
