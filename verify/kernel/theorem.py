"""Theorems: what the kernel has accepted. Nothing else can make one."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NoReturn

from sympy import Basic

from verify.language.proofs import Proof, Row


@dataclass(frozen=True)
class AcceptedRow:
    """A row the kernel accepted, with the hypotheses it used."""

    where: str
    before: Basic
    row: Row
    used: tuple[Basic, ...]


@dataclass(frozen=True)
class Refused:
    """The first row that the kernel does not accept, and why.

    `where` is the row ("row 3", "gap, row 1") or the part of the claim ("statement"); `rule` the
    reason cited; `before` and `after` the two sides, when the fault is in a row.
    """

    where: str
    rule: str
    reason: str
    before: Basic | None = None
    after: Basic | None = None
    rows: tuple[AcceptedRow, ...] = ()

    def __bool__(self) -> bool:
        return False


class Theorem:
    """`given` and `well_formed` imply `states`; made by the kernel only, and immutable."""

    __slots__ = ("__weakref__", "given", "lemmas", "proof", "rows", "states", "well_formed")

    states: Basic
    given: tuple[Basic, ...]
    well_formed: tuple[Basic, ...]
    proof: Proof
    rows: tuple[AcceptedRow, ...]
    lemmas: tuple[Any, ...]

    def __init__(self) -> None:
        raise TypeError("a Theorem comes from verify.prove only")

    def __setattr__(self, name: str, value: Any) -> NoReturn:
        raise AttributeError("a Theorem cannot be changed")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError("a Theorem cannot be changed")

    def __reduce_ex__(self, protocol: Any) -> NoReturn:
        raise TypeError("a Theorem cannot be copied or pickled; prove the claim again")

    def __init_subclass__(cls, **options: Any) -> NoReturn:
        raise TypeError("Theorem cannot be subclassed")


def _sealed() -> tuple[Callable[[Any], bool], Callable[..., Theorem]]:
    """The test for genuine theorems and their maker, over a registry nobody else can reach."""
    minted: weakref.WeakKeyDictionary[Any, dict[str, Any]] = weakref.WeakKeyDictionary()

    def is_theorem(value: Any) -> bool:
        """Whether `value` was made by the kernel of this process."""
        if type(value) is not Theorem or value not in minted:
            return False
        return all(getattr(value, name) is held for name, held in minted[value].items())

    def mint(claim: Any, rows: tuple[AcceptedRow, ...], lemmas: tuple[str, ...]) -> Theorem:
        made = object.__new__(Theorem)
        values = {
            "states": claim.states,
            "given": claim.given,
            "well_formed": claim.well_formed,
            "proof": claim.proof,
            "rows": rows,
            "lemmas": lemmas,
        }
        for name, value in values.items():
            object.__setattr__(made, name, value)
        minted[made] = values
        return made

    return is_theorem, mint


is_theorem, _maker = _sealed()
_mint: Callable[..., Theorem] | None = _maker
del _maker


def take_mint() -> Callable[..., Theorem]:
    """The maker of theorems, given out once: to the kernel, when it is imported."""
    global _mint
    if _mint is None:
        raise RuntimeError("theorems are made by the kernel only")
    taken, _mint = _mint, None
    return taken
