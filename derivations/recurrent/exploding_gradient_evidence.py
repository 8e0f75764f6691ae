"""Delay lines, and single steps of networks that make a gradient longer."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero, positive, proper
from verify import World, dimension, matrix, real, vector

d = dimension("d")
W, v, D, gamma = matrix("W", d, d), vector("v", d), vector("D", d), real("gamma")
w, r, p = real("w", (1, None)), real("r", (0, None), (0, None)), real("p", (0, None), (0, None))

#: The last time that is looked at.
LAST = 2

Point = Mapping[str, Any]
Values = dict[Any, Any]


def _delay(random: Random) -> Values:
    """A delay line of random weights and slopes, as long as is looked at."""
    strength = [nonzero(random) for _ in range(LAST + 1)]
    seen = [[nonzero(random) for _ in range(LAST + 2)] for _ in range(2 * LAST + 1)]
    state = [Fraction(0), *(nonzero(random) for _ in range(LAST + 1))]
    path = [state]
    for slopes in seen:
        heard = zip(strength, slopes, path[-1], strict=False)
        path.append([Fraction(0), *(a * b * c for a, b, c in heard)])
    return {w: strength, r: seen, p: path}


def delay_lines(random: Random) -> World:
    """A delay line."""
    return World(_delay(random), horizon=LAST)


#: Two entries, four times; nothing is heard.
QUIET: Values = {w: [1, 1], r: [[1, 1, 1]] * 4, p: [[0, 0, 0]] * 5}
BROKEN: Values = {**QUIET, p: [[0, 0, 0], [0, 1, 0], *[[0, 0, 0]] * 3]}
NOT_SILENT: Values = {**QUIET, p: [[1, 0, 0], [1, 1, 0], [1, 1, 1], [1, 1, 1], [1, 1, 1]]}


def delay_broken(_: Random) -> World:
    """Entry 1 speaks although entry 0 was silent."""
    return World(BROKEN, horizon=1)


def not_silent(_: Random) -> World:
    """Entry 0 is 1 at all times."""
    return World(NOT_SILENT, horizon=1)


def _step(weight: Any, slope: Any, bound: Any, line: Values) -> Values:
    """One unit with v = 1."""
    return {d: 1, W: [[weight]], D: [slope], gamma: bound, v: [1], **line}


def both(random: Random) -> World:
    """A delay line, and a network of one or two units with weights that make v longer."""
    size, steepest = random.randint(1, 2), positive(random)
    start = [nonzero(random) for _ in range(size)]
    slopes = [steepest * random.choice((-1, 1, proper(random))) for _ in range(size)]
    rows = [[nonzero(random) for _ in range(size)] for _ in range(size)]
    scaled = [a * b for a, b in zip(slopes, start, strict=True)]
    image = [sum((x * y for x, y in zip(row, scaled, strict=True)), Fraction(0)) for row in rows]
    if not any(image):
        return both(random)
    most, least = max(abs(x) for x in start), max(abs(x) for x in image)
    factor = size * most / least + Fraction(1, 7)  # ‖v‖² ≤ size·most², ‖image‖² ≥ least²
    values = {d: size, W: [[factor * x for x in row] for row in rows], D: slopes}
    return World({**values, gamma: steepest, v: start, **_delay(random)}, horizon=LAST)


def step(weight: Any, slope: Any, bound: Any) -> Callable[[Random], World]:
    """One unit with v = 1, and a quiet delay line."""
    return lambda _: World(_step(weight, slope, bound, QUIET), horizon=1)


def both_broken(_: Random) -> World:
    """As `delay_broken`."""
    return World(_step(2, 1, 1, BROKEN), horizon=1)


def both_not_silent(_: Random) -> World:
    """As `not_silent`."""
    return World(_step(2, 1, 1, NOT_SILENT), horizon=1)


# -- simulation -------------------------------------------------------------------------------


def delayed(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """Entries 1 to m of a triangular network after m + u steps, and zeros."""
    size = point["m"]
    weights = np.diag(rng.normal(0, 10, size - 1), -1)
    state: Any = rng.normal(0, 1, size)
    for _ in range(size + point["u"]):
        state = weights @ (rng.uniform(-1, 1, size) * state)
    return state, np.zeros(size)


def growing_steps(rng: np.random.Generator, point: Point) -> tuple[Any, Any]:
    """‖W·y‖² for weights that just do not shorten W·D·v, and what the bound is made of."""
    size = point["d"]
    slopes: Any = rng.uniform(-1, 1, size)
    start: Any = rng.normal(0, 1, size)
    weights: Any = rng.normal(0, 1, (size, size))
    scaled = slopes * start
    weights *= 1.001 * np.linalg.norm(start) / np.linalg.norm(weights @ scaled)
    made_of = {"W": weights, "D": slopes, "v": start, "gamma": np.max(np.abs(slopes))}
    return np.sum((weights @ scaled) ** 2), made_of
