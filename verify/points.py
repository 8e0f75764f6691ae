"""A point of a simulation in words."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import groupby
from typing import Any

#: So many equal entries of a list in a row are counted and not written out.
_MANY = 4


def in_words(point: Mapping[str, Any], equals: str = " = ") -> str:
    """Names and values, numbers to four digits: n = [5, 48 (7 times), 1], v = 0.0417."""
    return ", ".join(f"{name}{equals}{_value(value)}" for name, value in point.items())


def _value(value: Any) -> str:
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, list | tuple):
        return f"[{', '.join(_entries(value))}]"
    return str(value)


def _entries(values: list[Any] | tuple[Any, ...]) -> list[str]:
    found = []
    for entry, alike in groupby(map(_value, values)):
        count = len(list(alike))
        found += [entry] * count if count < _MANY else [f"{entry} ({count} times)"]
    return found
