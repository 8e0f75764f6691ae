"""How long each claim took last, so that the longest are begun first."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable

from verify.cache.directory import directory, read_sealed, write_sealed
from verify.records import ClaimRecord


def longest_first(ids: list[str]) -> list[int]:
    """The places of the ids, those that took longest first; unknown ones before all others.

    With several workers the last claim to be begun should not be a long one.
    """
    known = _known()
    return sorted(range(len(ids)), key=lambda n: (-known.get(ids[n], float("inf")), n))


def keep(records: Iterable[ClaimRecord]) -> None:
    """Keeps how long these took, beside what is known of others."""
    taken = {each.claim.id: round(each.seconds, 3) for each in records}
    write_sealed(_path(), json.dumps({**_known(), **taken}).encode())


def _known() -> dict[str, float]:
    try:
        found = json.loads(read_sealed(_path()) or b"{}")
        return {str(key): float(value) for key, value in found.items()}
    except (ValueError, TypeError, AttributeError):
        return {}


def _path() -> str:
    return os.path.join(directory(), "durations.json")
