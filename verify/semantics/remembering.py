"""Terms that were made into functions run once for what they read, exactly or in floats."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Protocol, TypeVar

from verify.semantics.scopes import fresh


class Running(Protocol):
    """What a function runs in.

    slots: the values of names, by their slots (see verify.semantics.scopes). memo: values found
    before, by the place in a term and what stands in the slots that it reads.
    """

    @property
    def slots(self) -> dict[int, Any]:
        """What names and indices stand for now."""

    @property
    def memo(self) -> dict[Any, Any]:
        """What was found so far."""


R = TypeVar("R", bound=Running)
T = TypeVar("T")


def remembered(
    work: Callable[[R], T], slots: Iterable[int], site: int | None = None
) -> Callable[[R], T]:
    """The same function, which runs once for all equal contents of the slots that it reads.

    site: the place under which its values are kept; of its own, if none is given.
    """
    place, order = fresh() if site is None else site, sorted(slots)
    if not order:

        def once(run: R) -> T:
            found = run.memo.get(place)
            if found is None:
                found = run.memo[place] = work(run)
            return found

        return once
    if len(order) == 1:
        only = order[0]

        def by_one(run: R) -> T:
            key = (place, run.slots.get(only))
            found = run.memo.get(key)
            if found is None:
                found = run.memo[key] = work(run)
            return found

        return by_one

    def by_all(run: R) -> T:
        key = (place, *map(run.slots.get, order))
        found = run.memo.get(key)
        if found is None:
            found = run.memo[key] = work(run)
        return found

    return by_all


def remembered_entry(
    work: Callable[[R, tuple[int, ...]], T], slots: Iterable[int]
) -> Callable[[R, tuple[int, ...]], T]:
    """As `remembered`, for the entries of an array."""
    place, order = fresh(), sorted(slots)

    def entry(run: R, where: tuple[int, ...]) -> T:
        key = (place, where, *map(run.slots.get, order))
        found = run.memo.get(key)
        if found is None:
            found = run.memo[key] = work(run, where)
        return found

    return entry
