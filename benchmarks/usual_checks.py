"""The ways in which the mean of a simulation is usually compared with a claimed value.

Each takes draws of the shape (claims, N) and answers which claimed means pass.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

Floats = NDArray[np.float64]

#: Looks at the data of a check that is watched while it runs.
LOOKS = 20
#: Draws before the first of which a standard error would mean nothing.
_FIRST_LOOK = 30


@dataclass(frozen=True)
class Setting:
    """What a check may know: the level for one claim, the error looked for, the range."""

    alpha: float
    gap: float
    high: float


@dataclass(frozen=True)
class Bounds:
    """The claimed means that pass: low < c < high at each look (claims, looks), `ends` draws in."""

    low: Floats
    high: Floats
    ends: Floats

    def passed(self, claimed: Floats) -> NDArray[np.bool_]:
        """Whether each claim (claims,) passes at every look."""
        return np.logical_not(self._out(claimed).any(axis=1))

    def draws(self, claimed: Floats) -> Floats:
        """The draws that each claim has used: it ends at the first look that it does not pass."""
        out = self._out(claimed)
        last = np.where(out.any(axis=1), out.argmax(axis=1), len(self.ends) - 1)
        return np.asarray(self.ends[last])

    def _out(self, claimed: Floats) -> NDArray[np.bool_]:
        values = claimed[:, None]
        return np.asarray((values <= self.low) | (values >= self.high))


Check = Callable[[Floats, Setting], Bounds]


def three_standard_errors(draws: Floats, setting: Setting) -> Bounds:
    """|mean − c| < 3·sem, once, at the end."""
    mean, error = _mean_and_error(draws)
    return _at_the_end(mean - 3 * error, mean + 3 * error, draws)


def watched_three_standard_errors(draws: Floats, setting: Setting) -> Bounds:
    """The same, looked at while it runs; it fails at the first look that is out of bounds."""
    ends = np.linspace(_FIRST_LOOK, draws.shape[1], LOOKS).astype(int)
    starts = np.array([0, *ends[:-1]])
    count = ends.astype(float)
    mean = np.add.reduceat(draws, starts, axis=1).cumsum(axis=1) / count
    square = np.add.reduceat(draws * draws, starts, axis=1).cumsum(axis=1) / count
    error = np.sqrt(np.maximum(square - mean**2, 0) / (count - 1))
    return Bounds(mean - 3 * error, mean + 3 * error, count)


def isclose(draws: Floats, setting: Setting) -> Bounds:
    """np.isclose(mean, c), the tolerance being the error looked for."""
    mean = draws.mean(axis=1)
    return _at_the_end(mean - setting.gap, mean + setting.gap, draws)


def fixed_size_test(draws: Floats, setting: Setting) -> Bounds:
    """The z test with the estimated variance, at the level that the suite leaves to one claim."""
    mean, error = _mean_and_error(draws)
    width = float(norm.isf(setting.alpha / 2)) * error
    return _at_the_end(mean - width, mean + width, draws)


def bounded_support(draws: Floats, setting: Setting) -> Bounds:
    """The claimed mean lies in the confidence interval for laws on [0, high].

    The interval holds the means of all laws whose distribution function is within
    ε = √(ln(2/α)/(2N)) of the empirical one (Dvoretzky, Kiefer, Wolfowitz and Massart): the mass ε
    is moved from the lowest draws to `high`, or from the highest to 0. So are built the assertions
    on means in TensorFlow Probability. A draw above `high` fails the claim.
    """
    size = draws.shape[1]
    envelope = math.sqrt(math.log(2 / setting.alpha) / (2 * size))
    moved = min(envelope, 1.0) * size  # draws' worth of mass; the last of them counts in part
    count = math.ceil(moved)
    part = moved - (count - 1)
    ordered = np.partition(draws, (count - 1, size - count), axis=1)
    lowest = ordered[:, : count - 1].sum(axis=1) + part * ordered[:, count - 1]
    highest = ordered[:, size - count + 1 :].sum(axis=1) + part * ordered[:, size - count]
    mean = draws.mean(axis=1)
    upper = mean - lowest / size + envelope * setting.high
    upper[draws.max(axis=1) > setting.high] = -np.inf
    return _at_the_end(mean - highest / size, upper, draws)


def _mean_and_error(draws: Floats) -> tuple[Floats, Floats]:
    mean, size = draws.mean(axis=1), draws.shape[1]
    square = np.einsum("ij,ij->i", draws, draws) / size
    return mean, np.sqrt(np.maximum(square - mean**2, 0) / (size - 1))


def _at_the_end(low: Floats, high: Floats, draws: Floats) -> Bounds:
    return Bounds(low[:, None], high[:, None], np.array([float(draws.shape[1])]))


USUAL: dict[str, Check] = {
    "3 standard errors": three_standard_errors,
    "3 standard errors, watched": watched_three_standard_errors,
    "np.isclose": isclose,
    "z test, shared level": fixed_size_test,
    "bounded support (DKWM)": bounded_support,
}
