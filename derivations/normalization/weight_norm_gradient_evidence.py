"""Weights of rational length with a loss, and gradients through weight norm by complex steps."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np

from derivations.normalization.weight_norm_evidence import of_length
from derivations.random_functions import gradient, polynomial, wave
from derivations.random_rationals import nonzero
from verify import dimension

Numbers = Mapping[str, Any]


class Layer(NamedTuple):
    """Weights u of rational length, a scale γ, a loss of w = γu/‖u‖, and a coordinate."""

    d: int
    u: list[Fraction]
    gamma: Fraction
    L: Any
    i: int


def layer(random: Random) -> Layer:
    """At least two weights."""
    d = random.randint(2, 3)
    loss = polynomial(random, "L", dimension("d"), d)
    return Layer(d, of_length(random, d), nonzero(random), loss, random.randint(1, d))


class Gradients(NamedTuple):
    """∇_u L and ∇_w L at random weights, with u and γ; arrays of shape (d,) and a number."""

    by_u: Any
    by_w: Any
    u: Any
    gamma: float


def gradients(rng: np.random.Generator, point: Numbers) -> Gradients:
    """Both by complex steps, ∇_u L through the normalisation."""
    d = point["d"]
    loss, u, gamma = wave(rng, d), rng.normal(0, 2, d), rng.normal(0, 2)

    def normalised(weights: Any) -> Any:
        return gamma * weights / np.sqrt(np.sum(weights**2))

    by_u = gradient(lambda weights: loss(normalised(weights)), u)
    return Gradients(by_u, gradient(loss, normalised(u)), u, gamma)
