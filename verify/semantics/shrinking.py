"""Small counterexamples: a world made simpler as long as it stays one.

Greedy and deterministic: of the ways to take something away (a row of every array along one
dimension, an outcome, the difference between weights, a number for a simpler one) the first that
leaves a counterexample is taken, until none does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import partial
from math import floor
from typing import Any

from flint import fmpq
from sympy import Basic, Rational

from verify.language.arrays import Binding, Delta, Entry
from verify.language.definitions import Definition
from verify.language.names import Name
from verify.language.substitution import free_names
from verify.language.terms import Power, lift
from verify.semantics.faults import IllFormedError, UndefinedError, UnresolvedError, WorldError
from verify.semantics.worlds import World

#: Worlds looked at before the simplest so far is good enough.
MOST_TRIED = 250

Change = Callable[[Fraction], Fraction]
_FAULTS = (WorldError, UndefinedError, UnresolvedError, IllFormedError)


def size(world: World) -> tuple[int, ...]:
    """Orders worlds: numbers in it, outcomes, then how complicated the numbers are."""
    numbers = _numbers(world)
    weights = [Fraction(weight) for weight, _ in world.outcomes]
    sizes = (_simplicity(each) for each in [*numbers, *weights])
    return (len(numbers), len(world.outcomes), sum(sum(each) for each in sizes))


def shrunk(world: World, is_counterexample: Callable[[World], bool]) -> World:
    """A world no simpler form of which, among those tried, is a counterexample.

    `is_counterexample` may raise what a malformed world raises; that counts as no.
    """
    budget = MOST_TRIED
    least, improved = size(world), True
    while improved and budget > 0:
        improved = False
        for make in _simpler(world):
            if budget == 0:
                break
            try:
                other = make()
                if size(other) >= least:
                    continue
                budget -= 1
                if not is_counterexample(other):
                    continue
            except _FAULTS:
                continue
            world, least, improved = other, size(other), True
            break
    return world


Make = Callable[[], World]


def _simpler(world: World) -> Iterator[Make]:
    """Ways to a simpler world, the greatest steps first."""
    yield from _smaller_dimensions(world)
    yield from _fewer_outcomes(world)
    yield from _simpler_numbers(world)


def _made(world: World, values: Mapping[Any, Any], outcomes: Sequence[Any]) -> World:
    return World(values, outcomes, world.candidates, world.horizon)


# -- dimensions -------------------------------------------------------------------------------


def _smaller_dimensions(world: World) -> Iterator[Make]:
    for name, value in world.values.items():
        if not isinstance(name, Name) or name.sort in ("real", "function") or name.axes:
            continue
        if value > (1 if name.sort == "dimension" else 0):
            for position in (-1, 0):
                yield partial(_without_index, world, name, position)


def _without_index(world: World, dimension: Name, at: int) -> World:
    """One less in a dimension: the last or the first entry of each axis that it bounds is gone."""

    def cut(name: Any, value: Any) -> Any:
        if name == dimension:
            return value - 1
        if isinstance(value, Definition):
            return value
        for depth, (_, low, high) in enumerate(getattr(name, "axes", ())):
            if any(end is not None and dimension in free_names(end) for end in (low, high)):
                value = _cut(value, depth, at)
        return value

    values = {name: cut(name, value) for name, value in world.values.items()}
    outcomes = [
        (weight, {name: cut(name, value) for name, value in outcome.items()})
        for weight, outcome in world.outcomes
    ]
    return _made(world, values, outcomes)


def _cut(value: Any, depth: int, at: int) -> Any:
    if not isinstance(value, (list, tuple)) or not value:
        raise WorldError("only nested lists can be cut")
    if depth == 0:
        return list(value[:-1]) if at == -1 else list(value[1:])
    return [_cut(part, depth - 1, at) for part in value]


# -- outcomes ---------------------------------------------------------------------------------


def _fewer_outcomes(world: World) -> Iterator[Make]:
    count = len(world.outcomes)
    if count > 1:
        for gone in range(count):
            yield partial(_without_outcome, world, gone)
    if len({weight for weight, _ in world.outcomes}) > 1:
        yield partial(_equally_likely, world)


def _without_outcome(world: World, gone: int) -> World:
    kept = [each for number, each in enumerate(world.outcomes) if number != gone]
    total = sum(Fraction(weight) for weight, _ in kept)
    return _made(world, world.values, [(Fraction(weight) / total, each) for weight, each in kept])


def _equally_likely(world: World) -> World:
    weight = Fraction(1, len(world.outcomes))
    return _made(world, world.values, [(weight, outcome) for _, outcome in world.outcomes])


# -- numbers ----------------------------------------------------------------------------------


def _simpler_numbers(world: World) -> Iterator[Make]:
    """A number that occurs in the world, everywhere at once, then one place at a time."""
    numbers = _numbers(world)
    for old in sorted(set(numbers), key=_simplicity, reverse=True):
        for new in _below(old):
            yield partial(_with_numbers, world, [new if each == old else each for each in numbers])
    for place in sorted(range(len(numbers)), key=lambda at: _simplicity(numbers[at]), reverse=True):
        for new in _below(numbers[place]):
            yield partial(_with_numbers, world, [*numbers[:place], new, *numbers[place + 1 :]])


def _below(number: Fraction) -> list[Fraction]:
    """Simpler numbers, the simplest first."""
    sign = -1 if number < 0 else 1
    whole = sign * floor(abs(number))
    tried = [Fraction(each) for each in (1, 0, -1, 2, whole, whole // 2, whole - sign)]
    tried += [abs(number), number / 2, Fraction(sign, 2)]
    tried += [number.limit_denominator(most) for most in (1, 2, 3, 5, 10, 100)]
    simpler = [each for each in tried if _simplicity(each) < _simplicity(number)]
    return sorted(dict.fromkeys(simpler), key=_simplicity)


def _simplicity(number: Fraction) -> tuple[int, int, bool]:
    """0 is no simpler than 1: where a 0 will do, a 1 says more."""
    return (number.denominator, max(1, abs(number.numerator)), number < 0)


def _numbers(world: World) -> list[Fraction]:
    """The numbers of the real names and functions, then those of each outcome."""
    found: list[Fraction] = []

    def note(number: Fraction) -> Fraction:
        found.append(number)
        return number

    _through(world, note)
    return found


def _with_numbers(world: World, numbers: list[Fraction]) -> World:
    """The world with these numbers in the places of its own."""
    following = iter(numbers)
    return _made(world, *_through(world, lambda _: next(following)))


def _through(
    world: World, change: Callable[[Fraction], Fraction]
) -> tuple[dict[Any, Any], list[Any]]:
    """Values and outcomes with every number of a real name put through `change`."""

    def of(value: Any) -> Any:
        if isinstance(value, (list, tuple)):
            return [of(part) for part in value]
        if isinstance(value, Mapping):
            return {key: of(part) for key, part in value.items()}
        if isinstance(value, Definition):
            return Definition(value.name, value.parameters, _coefficients(value.body, change))
        number = _exact(value)
        return value if number is None else change(number)

    values = {
        name: of(value) if getattr(name, "sort", "") in ("real", "function") else value
        for name, value in world.values.items()
    }
    outcomes = [
        (weight, {name: of(value) for name, value in outcome.items()})
        for weight, outcome in world.outcomes
    ]
    return values, outcomes


def _coefficients(term: Basic, change: Change) -> Basic:
    """A term with its numbers changed, but for exponents, indices and ranges."""
    if isinstance(term, Rational):
        return lift(change(Fraction(int(term.p), int(term.q))))
    kept = (
        1 if isinstance(term, (Power, Binding, Entry)) else 0 if isinstance(term, Delta) else None
    )
    parts = [_coefficients(part, change) for part in term.args[:kept]]
    return term.func(*parts, *term.args[len(parts) :]) if term.args else term


def _exact(value: Any) -> Fraction | None:
    """The number that a leaf is; None for a term or a function."""
    if isinstance(value, (int, Fraction)):
        return Fraction(value)
    if isinstance(value, (fmpq, Rational)):
        return Fraction(int(value.p), int(value.q))
    return None
