"""A run: the settings, and what was found for each claim."""

from __future__ import annotations

import platform
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version

from verify import __version__
from verify.records import ClaimRecord


@dataclass(frozen=True)
class Run:
    """The settings of a run and its results, in the order in which they were found."""

    results: tuple[ClaimRecord, ...]
    seed: int
    alpha: float
    detect: float
    seconds: float
    interrupted: bool = False
    proofs_only: bool = False
    versions: dict[str, str] = field(default_factory=lambda: versions())

    @property
    def failed(self) -> tuple[ClaimRecord, ...]:
        """The results that are neither as expected nor undecided."""
        return tuple(each for each in self.results if not each.ok and not each.undecided)

    @property
    def undecided(self) -> tuple[ClaimRecord, ...]:
        """The results that miss a proof or a confirmation, with nothing against them."""
        return tuple(each for each in self.results if not each.ok and each.undecided)

    @property
    def cached(self) -> tuple[ClaimRecord, ...]:
        """The results that an earlier run has found."""
        return tuple(each for each in self.results if each.cached)

    def exit_code(self, *, allow_undecided: bool = False) -> int:
        """0 all as expected, 1 something failed, 3 something is undecided."""
        if self.failed:
            return 1
        return 3 if self.undecided and not allow_undecided else 0


def versions() -> dict[str, str]:
    """The versions that a result depends on."""
    found = {"chalkproof": __version__, "python": platform.python_version()}
    for name in ("sympy", "numpy", "scipy", "python-flint"):
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            continue
    return found
