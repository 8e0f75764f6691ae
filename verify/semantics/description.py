"""A world in words, for counterexamples."""

from __future__ import annotations

from typing import Any

from verify.language.definitions import Definition
from verify.semantics.worlds import World

_SHOWN_OUTCOMES = 6


def describe(world: World) -> str:
    """n = 2, x = [1/2, 3]; W = [1, -1] with probability 1/4, ..."""
    fixed = ", ".join(_valued(name, value) for name, value in world.values.items())
    shown = []
    for weight, values in world.outcomes[:_SHOWN_OUTCOMES]:
        parts = ", ".join(f"{_name(name)} = {_text(value)}" for name, value in values.items())
        shown.append(f"{parts} with probability {weight}")
    more = len(world.outcomes) - len(shown)
    if more > 0:
        shown.append(f"and {more} further outcomes")
    return "; ".join(part for part in (fixed, *shown) if part)


def _valued(name: Any, value: Any) -> str:
    if isinstance(value, Definition):
        parameter, body = value.parameters[0], value.body
        return f"{_name(name)}({_name(parameter)}) = {body}"
    return f"{_name(name)} = {_text(value)}"


def _name(name: Any) -> str:
    return str(getattr(name, "name", name))


def _text(value: Any) -> str:
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(_text(part) for part in value) + "]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {_text(part)}" for key, part in value.items()) + "}"
    return "a function" if callable(value) and not hasattr(value, "args") else str(value)
