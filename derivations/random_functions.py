"""Random functions of a vector, as exact polynomials and in NumPy: losses of which nothing is
known but that they are smooth.
"""

from __future__ import annotations

from random import Random
from typing import Any

import numpy as np

from derivations.random_rationals import nonzero
from verify import let, vector


def polynomial(random: Random, name: str, length: Any, size: int) -> Any:
    """A polynomial of degree 3 in the entries of a vector, as a definition.

    length: the length as it is declared, `size` its value.
    """
    y = vector("y", length)
    body = nonzero(random) * y[1]
    for k in range(1, size + 1):
        body = body + nonzero(random) * y[k] * y[1 + k % size] ** 2
    return let(name, (y,), body)


def wave(rng: np.random.Generator, size: int) -> Any:
    """A function of arrays of shape (size,), real or complex: Σ_k sin(a_k·y) with random a_k."""
    slopes = rng.normal(0, 1 / np.sqrt(size), (3, size))
    return lambda y: np.sum(np.sin(slopes @ y))


def gradient(function: Any, at: Any) -> Any:
    """The gradient by complex steps, which do not cancel; an array of the shape (size,) of `at`."""
    step = 1e-20
    return np.array([function(at + 1j * step * along).imag / step for along in np.eye(len(at))])
