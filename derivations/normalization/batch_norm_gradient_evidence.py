"""Batches with a loss of their normalised values, and gradients through batch norm by complex
steps.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.normalization.batch_norm_evidence import batch, epsilon_of
from derivations.random_functions import gradient, polynomial, wave
from verify import dimension

Numbers = Mapping[str, Any]


class Drawn(NamedTuple):
    """m activations, an ε ≥ 0 for which √(σ² + ε) is rational, and a loss."""

    m: int
    v: list[Fraction]
    eps: Fraction
    L: Any


def activations(random: Random) -> Drawn:
    """ε is 0 now and then."""
    found = batch(random)
    eps = random.choice((Fraction(0), epsilon_of(random, found.deviation)))
    size = len(found.values)
    return Drawn(size, found.values, eps, polynomial(random, "L", dimension("m"), size))


class Gradients(NamedTuple):
    """∇_a L through batch norm and ∇_â L, arrays of shape (m,); a, â and ε."""

    by_a: Any
    by_hat: Any
    a: Any
    hat: Any
    eps: float


def gradients(rng: np.random.Generator, point: Numbers) -> Gradients:
    """Both by complex steps."""
    m = point["m"]
    loss, a, eps = wave(rng, m), rng.normal(1, 2, m), rng.uniform(0.1, 1)

    def normalised(values: Any) -> Any:
        centred = values - np.mean(values)
        return centred / np.sqrt(np.mean(centred**2) + eps)

    by_a = gradient(lambda values: loss(normalised(values)), a)
    return Gradients(by_a, gradient(loss, normalised(a)), a, normalised(a), eps)
