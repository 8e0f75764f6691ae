"""Regressions whose inputs are dropped: exact ones with the law of the mask, and random ones.

Expected losses are sums over all masks of a row, never the formula of the claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache
from itertools import product
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from derivations.random_rationals import nonzero, proper

Floats = NDArray[np.float64]
Numbers = Mapping[str, Any]
Matrix = list[list[Fraction]]
#: (weight, mask) for each mask.
MaskLaw = list[tuple[Fraction, list[list[int]]]]


class Regression(NamedTuple):
    """n examples with d inputs, targets, weights, the chance p to keep an input, and the masks."""

    n: int
    d: int
    X: Matrix
    y: list[Fraction]
    w: list[Fraction]
    p: Fraction
    masks: MaskLaw
    points: Matrix


# -- exact worlds ------------------------------------------------------------------------------


def regression(random: Random) -> Regression:
    """No entry of X is 0; the rows of the mask are independent, or all one row."""
    n, d = random.randint(1, 2), random.randint(1, 2)
    return _regression(random, [[nonzero(random) for _ in range(d)] for _ in range(n)])


def orthogonal(random: Random) -> Regression:
    """As `regression`, with orthogonal columns, neither of which is 0."""
    a, b, scale = nonzero(random), nonzero(random), nonzero(random)
    return _regression(random, [[a, -scale * b], [b, scale * a]])


def _regression(random: Random, inputs: Matrix) -> Regression:
    n, d, p = len(inputs), len(inputs[0]), proper(random)
    masks = random.choice((independent_masks, equal_rows))(n, d, p)
    points = [[nonzero(random) for _ in range(d)] for _ in range(9)]
    targets = [nonzero(random) for _ in range(n)]
    return Regression(n, d, inputs, targets, points[0], p, masks, [[Fraction(0)] * d, *points])


def row_law(d: int, p: Fraction) -> list[tuple[Fraction, list[int]]]:
    """Independent entries: each 1 with probability p, else 0."""
    rows = [list(row) for row in product((0, 1), repeat=d)]
    return [(p ** sum(row) * (1 - p) ** (d - sum(row)), row) for row in rows]


def independent_masks(n: int, d: int, p: Fraction) -> MaskLaw:
    """Independent entries throughout."""
    law: MaskLaw = [(Fraction(1), [])]
    for _ in range(n):
        law = [(u * v, [*mask, row]) for u, mask in law for v, row in row_law(d, p)]
    return law


def equal_rows(n: int, d: int, p: Fraction) -> MaskLaw:
    """Every example is given the same mask: nothing is asked of different rows."""
    return [(weight, [row] * n) for weight, row in row_law(d, p)]


def one_switch(p: Fraction) -> Regression:
    """x = (1, 1), y = 0, w = (1, 1), and one Bernoulli variable for the whole row."""
    masks = [(p, [[1, 1]]), (1 - p, [[0, 0]])]
    one = Fraction(1)
    return Regression(1, 2, [[one, one]], [Fraction(0)], [one, one], p, masks, [[one, one]])


def equal_columns(p: Fraction) -> Regression:
    """One example with two equal inputs: the weights (1, −1) do nothing. The mask is constant."""
    one = Fraction(1)
    points = [[one, -one], [one, one], [-one, one]]
    return Regression(1, 2, [[one, one]], [one], [one, one], p, [(one, [[1, 1]])], points)


def oblique(p: Fraction) -> Regression:
    """Columns (1, 0) and (1, 1), target (1, 2): the weights are not y-products over lengths."""
    inputs = [[Fraction(1), Fraction(1)], [Fraction(0), Fraction(1)]]
    targets = [Fraction(1), Fraction(2)]
    points = [[Fraction(0), Fraction(1)]]
    masks = independent_masks(2, 2, p)
    return Regression(2, 2, inputs, targets, points[0], p, masks, points)


def one_input(p: Fraction, masks: MaskLaw, x: int = 1, y: int = 1) -> Regression:
    """One example with one input x, target y and weight 1."""
    values = [Fraction(-1), Fraction(0), Fraction(1, 2), Fraction(1), Fraction(5)]
    return Regression(
        1,
        1,
        [[Fraction(x)]],
        [Fraction(y)],
        [Fraction(1)],
        p,
        masks,
        [[value] for value in values],
    )


# -- simulation --------------------------------------------------------------------------------


def losses(rng: np.random.Generator, point: Numbers, size: int) -> Floats:
    """Draws of ‖y − (R∘X)w‖² with independent entries of R."""
    x, y, w = (np.asarray(point[name], dtype=float) for name in ("X", "y", "w"))
    masks = rng.random((*x.shape, size))
    np.less(masks, point["p"], out=masks)
    errors = np.einsum("ijs,ij->is", masks, x * w)  # Σ_j R_ij X_ij w_j
    errors -= y[:, None]
    return np.asarray(np.einsum("is,is->s", errors, errors))


def variance_of_a_loss(point: Numbers) -> float:
    """The sum over the examples of the variance of the squared error, over all masks of a row."""
    x, y, w = (np.asarray(point[name], dtype=float) for name in ("X", "y", "w"))
    masks, weights = _all_rows(x.shape[1], point["p"])
    squares = (y - (masks[:, None, :] * x) @ w) ** 2
    return float((weights @ squares**2 - (weights @ squares) ** 2).sum())


@lru_cache(maxsize=64)
def _all_rows(d: int, p: float) -> tuple[Floats, Floats]:
    """Every mask of a row, shape (2^d, d), and its probability."""
    rows = np.array(list(product((0.0, 1.0), repeat=d)))
    kept = rows.sum(axis=1)
    return rows, p**kept * (1 - p) ** (d - kept)


def data(rng: np.random.Generator, point: Numbers) -> Numbers:
    """Random inputs and targets for the sizes and the p of the point."""
    n, d = point["n"], point["d"]
    return {"X": rng.normal(0, 1, (n, d)) * rng.uniform(0.5, 2, d), "y": rng.normal(0, 2, n)}


def orthogonal_data(rng: np.random.Generator, point: Numbers) -> Numbers:
    """As `data`, with orthogonal columns of different lengths."""
    drawn = data(rng, point)
    return {**drawn, "X": np.linalg.qr(drawn["X"])[0] * rng.uniform(0.5, 2, point["d"])}


def expected_loss(data: Numbers, w: Any) -> float:
    """The mean of the loss over all masks."""
    masks, weights = _all_rows(data["d"], data["p"])
    squares = (data["y"] - (masks[:, None, :] * data["X"]) @ np.asarray(w)) ** 2
    return float((weights @ squares).sum())


def no_constraint(data: Numbers, w: Any) -> float:
    """Every weight is feasible."""
    return 0.0


def weights(rng: np.random.Generator, data: Numbers, count: int) -> Any:
    """Random weights about the least-squares solution; shape (count, d)."""
    centre = np.linalg.lstsq(data["X"], data["y"], rcond=None)[0]
    return centre + rng.normal(0, 1, (count, data["d"])) * 10.0 ** rng.uniform(-2, 1, (count, 1))


def fit_all_masks(data: Numbers) -> Any:
    """Least squares over the examples with every mask, weighted by its probability."""
    masks, chances = _all_rows(data["d"], data["p"])
    inputs = (np.sqrt(chances)[:, None, None] * masks[:, None, :] * data["X"]).reshape(
        -1, data["d"]
    )
    targets = (np.sqrt(chances)[:, None] * data["y"]).reshape(-1)
    return np.linalg.lstsq(inputs, targets, rcond=None)[0]


def by_loops(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The loss of one random mask, entry by entry; and the numbers it was computed from."""
    n, d = point["n"], point["d"]
    mask = (rng.random((n, d)) < 0.6).astype(float)
    drawn = {**point, **data(rng, point), "R": mask, "w": rng.normal(0, 1, d)}
    total = 0.0
    for i in range(n):
        seen = sum(drawn["X"][i, j] * drawn["w"][j] for j in range(d) if mask[i, j])
        total += (drawn["y"][i] - seen) ** 2
    return total, drawn
