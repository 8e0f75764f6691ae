"""Pieces of functions near x², and lengths of pieces, in exact numbers."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

from derivations.random_rationals import nonzero, positive, proper
from verify import World, dimension, index, real

start, end, length, E = real("a"), real("b"), real("l"), real("E")
at_start, at_middle, at_end = real("F_a"), real("F_c"), real("F_b")

# -- one piece --------------------------------------------------------------------------------


def _piece(first: Any, last: Any, values: tuple[Any, Any, Any], error: Any = None) -> World:
    """Values at the start, the middle and the end; by default E is the largest error."""
    points = (Fraction(first), Fraction(first + last) / 2, Fraction(last))
    largest = max(abs(y - x * x) for x, y in zip(points, values, strict=True))
    found = {start: first, end: last, length: last - first, E: largest if error is None else error}
    return World(found | dict(zip((at_start, at_middle, at_end), values, strict=True)))


def pieces(random: Random) -> World:
    """The best line between two points, or a function near it that is not convex."""
    first = nonzero(random)
    last = first + nonzero(random)
    lower = (last - first) ** 2 / 8
    ends = [x * x - lower * random.choice((1, proper(random))) for x in (first, last)]
    bend = random.choice((Fraction(0), positive(random) / 9))
    return _piece(first, last, (ends[0], sum(ends) / 2 + bend, ends[1]))


def longest_piece(_: Random) -> World:
    """The best line on [0, 1], E = 1/8: as long as can be."""
    eighth = Fraction(1, 8)
    return _piece(0, 1, (-eighth, 3 * eighth, 1 - eighth))


def square_itself(_: Random) -> World:
    """x² on [0, 1], E = 0."""
    return _piece(0, 1, (0, Fraction(1, 4), 1))


def start_free(_: Random) -> World:
    """0 in the middle and at the end of [−2, 0], where E = 1, and any value at the start."""
    return _piece(-4, 0, (2, 3, 1), 1)


def end_free(_: Random) -> World:
    """As `start_free`, turned round."""
    return _piece(0, 4, (1, 3, 2), 1)


def another_length(_: Random) -> World:
    """0 on [0, 0] with E = 0, said to be 1 long."""
    found = _piece(0, 0, (0, 0, 0))
    return World({**found.values, length: 1})


def middle_free(_: Random) -> World:
    """The chord of x² on [0, 1], and E = 0."""
    return _piece(0, 1, (0, Fraction(1, 2), 1), 0)


# -- the first piece --------------------------------------------------------------------------


def _first(last: Any, first_value: Any, last_value: Any, error: Any, begin: Any = 0) -> World:
    values = {start: begin, end: last, length: last - begin}
    return World({**values, at_start: first_value, at_end: last_value, E: error})


def first_pieces(random: Random) -> World:
    """A level or falling piece from 0."""
    last = nonzero(random)
    value = last**2 * random.choice((Fraction(1, 2), proper(random)))
    fall = random.choice((Fraction(0), positive(random) / 9))
    return _first(last, value + fall, value, max(value + fall, last**2 - value))


def longest_first_piece(_: Random) -> World:
    """1/2 on [0, 1], E = 1/2."""
    return _first(1, Fraction(1, 2), Fraction(1, 2), Fraction(1, 2))


def rising_first_piece(_: Random) -> World:
    """From 0 to 1 with E = 0."""
    return _first(1, 0, 1, 0)


def first_start_free(_: Random) -> World:
    """From 1 to 1 with E = 0."""
    return _first(1, 1, 1, 0)


def first_end_free(_: Random) -> World:
    """From 0 to 0 with E = 0."""
    return _first(1, 0, 0, 0)


def another_first_length(_: Random) -> World:
    """0 on [0, 0] with E = 0, said to be 1 long."""
    return World({**_first(0, 0, 0, 0).values, length: 1})


def starts_below_zero(_: Random) -> World:
    """From −1 to 1, 1 at both ends, E = 0."""
    return _first(1, 1, 1, 0, -1)


# -- lengths ----------------------------------------------------------------------------------

n = dimension("n")
p, g, s = index("p", 1, n), real("g", (0, n)), real("s")


def _lengths(values: list[Any], longest: Any, place: int = 1) -> World:
    return World({n: len(values) - 1, p: place, g: values, s: longest})


def _shares(random: Random) -> list[Fraction]:
    parts = [random.randint(0, 4) for _ in range(random.randint(2, 4))]
    return [Fraction(part, sum(parts)) for part in parts] if any(parts) else _shares(random)


def lengths_first_short(random: Random) -> World:
    """Shares of 1, and the least s."""
    found = _shares(random)
    return _lengths(found, max(found[0], max(found) / 2))


def lengths_two_as_one(random: Random) -> World:
    """Shares of 1, and the least s for two neighbours."""
    found = _shares(random)
    place = random.randint(1, len(found) - 1)
    return _lengths(found, max(found[place - 1] + found[place], max(found)) / 2, place)


def tight_lengths(_: Random) -> World:
    """1/5 and twice 2/5, s = 1/5."""
    fifth = Fraction(1, 5)
    return _lengths([fifth, 2 * fifth, 2 * fifth], fifth)


def tight_neighbours(_: Random) -> World:
    """Twice 1/4 and 1/2, s = 1/4."""
    quarter = Fraction(1, 4)
    return _lengths([quarter, quarter, 2 * quarter], quarter)


def lengths(*values: int) -> Callable[[Random], World]:
    """Lengths in whole numbers, and s = 0."""
    return lambda _: _lengths(list(values), 0)


def two_halves(_: Random) -> World:
    """Twice 1/2, s = 1/4."""
    return _lengths([Fraction(1, 2)] * 2, Fraction(1, 4))


# -- from lengths to the error ----------------------------------------------------------------

count = real("N")


def reaches(random: Random) -> World:
    """N·√(2E) = 1 or more."""
    number = positive(random)
    return World({count: number, E: random.choice((1, 1 + proper(random))) / (2 * number**2)})


def exact_reach(_: Random) -> World:
    """N = 3, E = 1/18."""
    return World({count: 3, E: Fraction(1, 18)})


def no_reach(_: Random) -> World:
    """N = 1, E = 0."""
    return World({count: 1, E: 0})
