"""Statements about all or some values of a bound name."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, TypeAlias

from sympy import Basic, Tuple

from verify.language.names import Name
from verify.semantics.faults import UndefinedError
from verify.semantics.frames import IntegerCode
from verify.semantics.trials import Trial, Verdict, located, meaningless
from verify.semantics.truth import Truth, conjunction

#: Each value to try for a bound name, put in its slot, with what is to be shown of it.
Candidates: TypeAlias = Callable[[Trial], Iterator[Any]]


def is_range(where: Basic) -> bool:
    """Whether what stands there is (index, first) or (index, first, last)."""
    return isinstance(where, Tuple) and len(where.args) in (2, 3)


def no_range(where: Basic) -> Verdict:
    """What is said of anything else."""
    message = f"{getattr(where, 'what', where)} stands where a range belongs"
    return meaningless(message)


def every_index(
    index: Basic, slot: int, low: IntegerCode, high: IntegerCode | None, inside: Verdict
) -> Verdict:
    """For every value of an index in its range."""

    def verdict(trial: Trial) -> Truth:
        last = trial.world.horizon if high is None else high(trial)
        if last is None:
            note = f"{index} is unbounded and the world has no horizon: World(…, horizon=N)"
            return Truth(None, "exact", note)

        def each() -> Iterator[Truth]:
            for position in range(low(trial), last + 1):
                trial.slots[slot] = position
                part = inside(trial)
                yield part if part.value else located(part, f"{index.name} = {position}")

        return conjunction(each())

    return verdict


def every_name(name: Name, candidates: Candidates, inside: Verdict) -> Verdict:
    """For every candidate for a name, which proves nothing of other values."""

    def verdict(trial: Trial) -> Truth:
        seen, tried, open_ = 0, 0, False
        for value in candidates(trial):
            part = inside(trial)
            if part.value is False:
                return located(part, shown(name, value))
            open_ |= part.value is None
            seen, tried = seen + 1, tried + (0 if part.idle else max(1, part.tried))
        if not seen:
            note = f"nothing to try for {name.name}; give the world candidates={{{name.name}: […]}}"
            return Truth(None, "exact", note, tried)
        if open_:
            return Truth(None, "exact", f"undecided for some {name.name}", tried)
        note = f"no violation among {tried} candidates"
        return Truth(True, "search", note, tried, idle=tried == 0)

    return verdict


def some_name(name: Name, candidates: Candidates, inside: Verdict) -> Verdict:
    """For some candidate for a name."""

    def verdict(trial: Trial) -> Truth:
        for value in candidates(trial):
            try:
                part = inside(trial)
            except UndefinedError:
                continue
            if part.value and part.rung != "search":
                return located(part, shown(name, value))
        return Truth(None, "exact", "no candidate satisfies it")

    return verdict


def some_index(slot: int, low: IntegerCode, high: IntegerCode | None, inside: Verdict) -> Verdict:
    """For some value of an index in its range."""

    def verdict(trial: Trial) -> Truth:
        first, last = low(trial), trial.world.horizon if high is None else high(trial)
        parts = []
        for position in range(first, first if last is None else last + 1):
            trial.slots[slot] = position
            part = inside(trial)
            if part.value and part.rung != "search":
                return part
            parts.append(part)
        # Beyond the horizon there may be one.
        if high is not None and all(part.value is False for part in parts):
            return Truth(False, "exact", "no index satisfies it")
        return Truth(None, "exact", "no index tried satisfies it")

    return verdict


def shown(name: Name, value: Any) -> str:
    """A candidate in words."""
    return f"{name.name} = {value.body if name.sort == 'function' else value}"
