"""Simulations: what is drawn, computed or searched, written from the definitions.

Each is plain data plus callables over NumPy. `point` is one entry of the claim's `points`;
`rng` is a `numpy.random.Generator`. What a model claims is always read off the claim's
statement, so that a changed statement is contradicted by the same model.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

Point = Mapping[str, Any]
Draws = Callable[[np.random.Generator, Point, int], Any]
#: Values, at a point, of quantities that the right-hand side mentions: {E(x**2): 1.5, "q": 2}.
Known = Callable[[Point], Mapping[Any, Any]]


@dataclass(frozen=True)
class Mean:
    """The left-hand side is the mean of a random variable.

    draw(rng, point, size): `size` iid draws whose mean is the left side.
    variance(point): an upper bound of the variance of one draw, from exact moments.
    known: values for names, E and V on the right side that the point does not hold.
    scale(point): what an error is relative to where the claimed mean is 0 (default: the standard
    deviation of one draw). chunk: draws folded at once, at most; `draw` is asked for them in
    batches that the cache holds.
    The equation is the statement, or the innermost one under every and implies, the last one of
    all_of, the left of iff (at points where its right side, an equation, holds). A quantified
    index takes its value from the point, by its name.
    """

    draw: Draws
    variance: Callable[[Point], float]
    known: Known | None = None
    scale: Callable[[Point], float] | None = None
    chunk: int = 131072


@dataclass(frozen=True)
class BoundedMean:
    """As `Mean`, for draws that lie in [low, high], which is checked."""

    draw: Draws
    low: float
    high: float
    known: Known | None = None
    scale: Callable[[Point], float] | None = None
    chunk: int = 131072


@dataclass(frozen=True)
class AsymptoticMean:
    """As `Mean`, where no bound of the variance is known: it is estimated from `pilot` draws.

    The error levels then hold in the limit of many draws only, and the evidence says
    "asymptotic". Never for a law whose variance may be infinite.
    """

    draw: Draws
    known: Known | None = None
    scale: Callable[[Point], float] | None = None
    chunk: int = 131072
    pilot: int = 32768


@dataclass(frozen=True)
class SameDistribution:
    """The two sides of `same_law` are drawn, independently, and P(L > t) = P(R > t) is tested.

    draw_left, draw_right: `size` iid draws of a number each. thresholds: the t, or a callable of
    the point. An error is absolute: a difference of probabilities.
    """

    draw_left: Draws
    draw_right: Draws
    thresholds: Sequence[float] | Callable[[Point], Sequence[float]]
    chunk: int = 131072


@dataclass(frozen=True)
class Comparison:
    """Both sides are computed on random data by two programs, and compared by the relation.

    sides(rng, point): (left, right) arrays; or (left, values by name), and then the right side
    is the statement's, evaluated at these values. tolerance: relative to the largest entry; the
    default allows for the rounding of float64 in a well-conditioned program.
    """

    sides: Callable[[np.random.Generator, Point], tuple[Any, Any]]
    repeats: int = 200
    tolerance: float = 1e-9


@dataclass(frozen=True)
class Optimum:
    """The minimiser and the minimum of the statement, tried on random data.

    data(rng, point): values by printed name, enough to evaluate `at` and `value`.
    objective(data, x): the objective at an array (or number) x, from its definition.
    excess(data, x): by how much x violates the constraints, <= 0 when it is feasible.
    feasible(rng, data, count): an array of `count` random feasible points.
    solve(data): the minimiser that an independent solver finds.
    tolerance: relative, for objective values; solver: relative, for the solver's objective.
    """

    data: Callable[[np.random.Generator, Point], Mapping[str, Any]]
    objective: Callable[[Mapping[str, Any], Any], float]
    excess: Callable[[Mapping[str, Any], Any], float]
    feasible: Callable[[np.random.Generator, Mapping[str, Any], int], Any]
    solve: Callable[[Mapping[str, Any]], Any]
    repeats: int = 25
    candidates: int = 100
    tolerance: float = 1e-9
    solver: float = 1e-5
