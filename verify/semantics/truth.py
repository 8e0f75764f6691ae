"""Three-valued truth, with the strength of the evidence for it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

#: exact: decided in rationals. ball: decided by balls, or (=, ≤ and ≥ only) an equality that
#: holds to the last bit tried, which proves nothing beyond those bits. search: no violation among
#: the candidates of the world, which proves nothing.
Rung = Literal["exact", "ball", "search"]
_STRENGTH: dict[Rung, int] = {"exact": 2, "ball": 1, "search": 0}


@dataclass(frozen=True)
class Truth:
    """True, False or (None) undecided; `note` says where or why.

    tried: candidates of which something was asked. idle: true because nothing is asked.
    """

    value: bool | None
    rung: Rung = "exact"
    note: str = ""
    tried: int = 0
    idle: bool = False


_EXACT: Rung = "exact"
#: Certainly true.
TRUE = Truth(True)


def weakest(parts: Iterable[Truth]) -> Rung:
    """The weakest rung among the parts."""
    return min((part.rung for part in parts), key=_STRENGTH.__getitem__, default="exact")


def conjunction(parts: Iterable[Truth]) -> Truth:
    """All parts hold; stops at the first that fails. Idle where every part is."""
    tried, rung, idle = 0, _EXACT, True
    undecided: Truth | None = None
    for part in parts:
        if part is TRUE:
            idle = False
            continue
        if part.value is False:
            return part
        tried, idle = tried + part.tried, idle and part.idle
        if part.value is None:
            undecided = undecided or part
        elif _STRENGTH[part.rung] < _STRENGTH[rung]:
            rung = part.rung
    if undecided is not None:
        return Truth(None, "exact", undecided.note, tried)
    return TRUE if rung == _EXACT and not tried and not idle else Truth(True, rung, "", tried, idle)


def negative_needs_exact(premise: Truth, conclusion: Truth) -> Truth:
    """premise ⇒ conclusion, the premise not being false; a refutation needs a certain premise."""
    if conclusion.value is True:
        return conclusion
    if conclusion.value is False and premise.value is True and premise.rung != "search":
        return Truth(False, premise.rung, conclusion.note)
    return Truth(None, "exact", premise.note or conclusion.note, conclusion.tried)


def equivalence(left: Truth, right: Truth) -> Truth:
    """Both hold or both fail."""
    if left.value is None or right.value is None:
        return Truth(None, "exact", left.note or right.note, left.tried + right.tried)
    rung = weakest((left, right))
    if left.value == right.value:
        return Truth(True, rung, "", left.tried + right.tried, idle=not left.value)
    if rung == "search":
        return Truth(None, "exact", "one side was only searched", left.tried + right.tried)
    failing, holding = ("right", "left") if left.value else ("left", "right")
    return Truth(False, rung, f"the {holding} side holds, the {failing} side does not")
