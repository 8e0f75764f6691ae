"""A few independent copies for each draw: their average, or their sample variance.

The mean of the one is a mean, that of the other a variance. The test of a mean then has so many
fewer draws to look at.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

#: Copies behind each draw. For the variance of a normal law a pair is worth half as much as its
#: share of many copies would be, 16 are worth nine tenths.
COPIES = 16


def averages(values: Floats) -> Floats:
    """The average of each group of `COPIES` independent copies, in the order of `sample_variances`.

    The variance is that of one copy, divided by `COPIES`.
    """
    return np.asarray(values.reshape(COPIES, -1).mean(axis=0))


def sample_variances(values: Floats) -> Floats:
    """Σ (y − ȳ)²/(k − 1) of each group of k = `COPIES` independent copies y; overwrites `values`.

    `values`, shape (k · size,), holds the first copy of every group, then the second, and so on.
    The result, shape (size,), has the mean V[y], whatever E[y] is.
    """
    copies = values.reshape(COPIES, -1)
    copies -= copies.mean(axis=0)
    copies *= copies
    found = copies.sum(axis=0)
    found /= COPIES - 1
    return np.asarray(found)


def variance_of_sample_variance(second: float, fourth: float) -> float:
    """(μ₄ − μ₂²·(k − 3)/(k − 1))/k for the central moments of one copy; μ₄ may be too large.

    Source: H. Cramér, "Mathematical Methods of Statistics" (1946), §27.4.
    """
    return (fourth - second**2 * (COPIES - 3) / (COPIES - 1)) / COPIES
