"""Piecewise linear functions near x², each with a staircase of as many units."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from random import Random
from typing import Any

import numpy as np

from derivations.activations.square_staircase_evidence import heights
from derivations.random_rationals import proper
from verify import World, dimension, index, real

n = dimension("n")
p, g, k = index("p", 1, n), real("g", (0, n)), real("k", (0, n + 1))
F, G, E = real("F", (0, n + 1)), real("G"), real("E")
x, S = real("x"), real("S", (0, None))

Point = Mapping[str, Any]
Numbers = list[Any]


def _errors(kinks: Numbers, values: Numbers, middle: Any, place: int) -> Numbers:
    """The errors at the kinks, in the middle of each piece, and about kink `place`."""
    ends = list(zip(kinks, values, strict=True))
    middles = [((a + b) / 2, (y + z) / 2) for (a, y), (b, z) in pairwise(ends)]
    about = ((kinks[place - 1] + kinks[place + 1]) / 2, middle)
    points = [*ends, *middles, about]
    return [abs(value - point * point) for point, value in points]


def functions(random: Random) -> World:
    """Up to three kinks: the first piece falls, or the kink p bends down, or neither."""
    size = random.randint(1, 3)
    parts = [random.randint(1, 4) for _ in range(size + 1)]
    lengths = [Fraction(part, sum(parts)) for part in parts]
    kinks = [sum(lengths[:count], Fraction(0)) for count in range(size + 2)]
    values = [kink**2 - proper(random) / 9 for kink in kinks]
    if random.random() < 0.5:
        values[1] = min(values[1], values[0])
    place = random.randint(1, size)
    chord = (values[place - 1] + values[place + 1]) / 2
    middle = chord + random.choice((1, -1)) * proper(random) / 9
    error = max(_errors(kinks, values, middle, place))
    found = {n: size, p: place, g: lengths, k: kinks, F: values, G: middle, E: error}
    point = Fraction(random.randint(0, 2 * size + 1), 2 * size + 1)
    return World({**found, x: point, S: heights(size, point)}, horizon=size)


THIRD, HALF, QUARTER = Fraction(1, 3), Fraction(1, 2), Fraction(1, 4)
#: The best function with one kink, and the chords of x² lowered by 1/32.
BEST = {
    g: [THIRD, 2 * THIRD],
    k: [0, THIRD, 1],
    F: [Fraction(1, 18), Fraction(1, 18), Fraction(17, 18)],
    G: QUARTER,
    E: Fraction(1, 18),
}
CHORDS = {
    g: [HALF, HALF],
    k: [0, HALF, 1],
    F: [Fraction(-1, 32), Fraction(7, 32), Fraction(31, 32)],
    G: Fraction(7, 32),
    E: Fraction(1, 32),
}


def _one_kink(found: Mapping[Any, Any], point: Any = 0, steps: Numbers | None = None) -> World:
    values = heights(1, Fraction(point)) if steps is None else steps
    return World({n: 1, p: 1, **found, x: point, S: values}, horizon=1)


def best(_: Random) -> World:
    """Level up to 1/3, then a line: E = 1/18."""
    return _one_kink(BEST)


def rising(_: Random) -> World:
    """The lowered chords with the kink 1/2: E = 1/32."""
    return _one_kink(CHORDS)


# -- counterexamples --------------------------------------------------------------------------


def _changed(base: Mapping[Any, Any], **changed: Any) -> Callable[[Random], World]:
    named = {name: changed.get(name.name, value) for name, value in base.items()}
    return lambda _: _one_kink(named)


#: Two pieces of length 0.
nothing_covered = _changed(BEST, g=[0, 0], k=[0, 0, 0], F=[0, 0, 0], G=0, E=0)
#: The chords on [−1/2, 1/2].
starts_below_zero = _changed(
    CHORDS, k=[-HALF, 0, HALF], F=[Fraction(7, 32), Fraction(-1, 32), Fraction(7, 32)],
    G=Fraction(-1, 32),
)  # fmt: skip
#: Two pieces that are said to be 1/2 long, all of them at 0.
other_lengths = _changed(CHORDS, k=[0, 0, 0], F=[0, 0, 0], G=0, E=0)
#: x² in the middle of the pieces, anything at their ends.
kinks_free = _changed(CHORDS, F=[Fraction(1, 8), 0, Fraction(9, 8)], G=QUARTER, E=0)
#: A chord from 0 to 1, and E = 0.
middles_free = _changed(BEST, g=[0, 1], k=[0, 0, 1], F=[0, 0, 1], E=0)
#: The chords, and a value above them.
about_p_free = _changed(CHORDS, G=10)


def another_bias(_: Random) -> World:
    """S₀ = S₁ = 5."""
    return _one_kink(BEST, 0, [5, 5, 5])


def unit_left_out(_: Random) -> World:
    """S₁ = S₀ at x = 1."""
    return _one_kink(BEST, 1, [Fraction(1, 18)] * 3)


def at(point: int) -> Callable[[Random], World]:
    """The staircase outside of [0, 1]."""
    return lambda _: _one_kink(BEST, point)


# -- simulation -------------------------------------------------------------------------------


def staircase(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """The error of the interpolant of n kinks that is best, at random x, and its bound."""
    count = point["n"]
    height = 1 / (2 * (2 * count + 1) ** 2)
    kinks = np.concatenate([[0], (2 * np.arange(count) + 1) / (2 * count + 1), [1]])
    values = kinks**2 - height
    values[0] = height
    inputs = rng.uniform(0, 1, 1000)
    return np.abs(np.interp(inputs, kinks, values) - inputs**2), {}
