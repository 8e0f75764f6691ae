"""Theorems: what the kernel has accepted. Nothing else can make one."""

from __future__ import annotations

import weakref
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


_MINTED: weakref.WeakSet[Any] = weakref.WeakSet()


class Theorem:
    """`given` and `well_formed` imply `states`; made by the kernel only, and immutable."""

    __slots__ = ("__weakref__", "given", "lemmas", "proof", "rows", "states", "well_formed", "where")

    states: Basic
    given: tuple[Basic, ...]
    well_formed: tuple[Basic, ...]
    where: tuple[Basic, ...]
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


def is_theorem(value: Any) -> bool:
    """Whether `value` was made by the kernel of this process."""
    return type(value) is Theorem and value in _MINTED
