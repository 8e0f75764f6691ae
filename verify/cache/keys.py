"""What a result depends on. Two keys are equal only where the result would be the same.

There are two keys for one result. The *source key* names the sources that the claim's module
rests on, and is found without importing anything. The *content key* names what the claim says,
and outlives changes elsewhere in its module. Both name the program, what it runs on, and the
settings.
"""

from __future__ import annotations

import json
import platform
import sys
from collections.abc import Collection
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any

from verify.cache.directory import code_digest
from verify.listing import Found, Listed

#: Distributions whose version is part of every key.
DISTRIBUTIONS = ("sympy", "numpy", "scipy", "python-flint", "mpmath")


@dataclass(frozen=True)
class Settings:
    """What a run asks of each claim; alpha is shared equally by so many claims."""

    seed: int
    alpha: float
    detect: float
    claims: int
    proofs_only: bool
    rows: bool = False


def source_key(found: Found, settings: Settings, known: Collection[str]) -> str | None:
    """The key of a claim by the sources of its module; None if they are not all that it reads."""
    if found.closure.outside:
        return None
    return _key(
        "source", found.listed, [found.source.module, found.closure.digest], settings, known
    )


def content_key(listed: Listed, digest: str, settings: Settings, known: Collection[str]) -> str:
    """The key of a claim by the digest of its content."""
    return _key("content", listed, [digest], settings, known)


def _key(
    kind: str, listed: Listed, parts: list[str], settings: Settings, known: Collection[str]
) -> str:
    there = [name is not None and name in known for name in (listed.corrected, listed.awaits)]
    return json.dumps([kind, listed.id, parts, asdict(settings), there, environment()])


@lru_cache(maxsize=1)
def environment() -> dict[str, Any]:
    """The program and what it runs on: other arithmetic may give other last digits."""
    from importlib.metadata import PackageNotFoundError, version

    found = {
        "verify": code_digest(),
        "python": sys.version,
        "flags": str(sys.flags.optimize),  # without assertions a model may do something else
        "machine": platform.machine(),
        "system": platform.system(),
    }
    for name in DISTRIBUTIONS:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = ""
    return found
