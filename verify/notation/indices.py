"""Indices of letters in prose: Σ_j, h_{t−1}, ∇_{h_t}; names of several letters are left alone."""

from __future__ import annotations

import re
from collections.abc import Callable

_INDEX = re.compile(
    r"(?<!\w)(?P<base>(?:[^\W\d_]|∇|∂)[ᵀ′]?)_"
    r"(?:\{(?P<many>(?:[^{}]|\{[^{}]*\})*)\}|(?P<one>[^\W_])(?![A-Za-z0-9_]))"
)


def indexed(prose: str, plain: Callable[[str], str], below: Callable[[str], str]) -> str:
    """The prose with `plain` applied to its words and `below` to what stands below the line."""
    found = _INDEX.search(prose)
    if found is None:
        return plain(prose)
    inner = indexed(found["many"] or found["one"] or "", plain, below)
    before = plain(prose[: found.start()]) + plain(found["base"])
    return before + below(inner) + indexed(prose[found.end() :], plain, below)
