"""Layers with a ReLU and a batch norm behind it, whose batch straddles the kink of the ReLU."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from derivations.normalization import batch_norm_evidence as evidence
from derivations.normalization.batch_norm_evidence import Layer
from derivations.random_rationals import nonzero, positive

Floats = NDArray[np.float64]
Numbers = Mapping[str, Any]


class Four(NamedTuple):
    """A bias b, and products Wx of batches of four, factors and biases to try."""

    b: Fraction
    p: list[list[Fraction]]
    c: list[Fraction]
    t: list[Fraction]


def _straddling(random: Random) -> list[Fraction]:
    """Two to four numbers of which one is positive and one is not."""
    found = [positive(random), random.choice((Fraction(0), -positive(random)))]
    found += [nonzero(random) for _ in range(random.randint(0, 2))]
    random.shuffle(found)
    return found


def straddling(random: Random) -> Layer:
    """The ReLU cuts off a part of the batch; c > 0."""
    b = nonzero(random)
    return _layer(random, [a - b for a in _straddling(random)], b, positive(random))


def flipped(random: Random) -> Layer:
    """As `straddling`, with c < 0."""
    b = nonzero(random)
    return _layer(random, [a - b for a in _straddling(random)], b, -positive(random))


def straddling_without_bias(random: Random) -> Layer:
    """The ReLU cuts off a part of the batch when the bias is left out; c > 0."""
    return _layer(random, _straddling(random), nonzero(random), positive(random))


def flipped_without_bias(random: Random) -> Layer:
    """As `straddling_without_bias`, with c < 0."""
    return _layer(random, _straddling(random), nonzero(random), -positive(random))


def _layer(random: Random, products: list[Fraction], b: Fraction, c: Fraction) -> Layer:
    return evidence.layer_of(random, products, b, c, Fraction(0))


def fours(random: Random) -> Four:
    """Batches that show a bias, and (2, 2, 4, 4)·|b|, which with a bias ≥ −|b| shows none."""
    b = nonzero(random)
    shapes = [[nonzero(random) for _ in range(4)] for _ in range(3)]
    shapes += [[Fraction(k) for k in shape] for shape in ((-2, 0, 2, 3), (2, 2, 4, 4))]
    factors = [1 + positive(random), Fraction(2)]
    batches = [[abs(b) * entry for entry in shape] for shape in shapes]
    return Four(b, batches, factors, [-abs(b), abs(b), nonzero(random)])


def _normalised(values: Floats) -> Floats:
    """Behind the ReLU, with β = 1 and γ = 0."""
    return evidence.batch_norm(np.maximum(values, 0), 1, 0)


def data(rng: np.random.Generator, point: Numbers) -> Numbers:
    """A random layer; its bias puts the kink of the ReLU inside the batch."""
    drawn = evidence.data(rng, point)
    return {**drawn, "b": -float(np.quantile(drawn["x"] @ drawn["w"], rng.uniform(0.3, 0.7)))}


def scaled(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """One normalised value, weights and bias multiplied by c; and the numbers it came from."""
    drawn = data(rng, point)
    values = drawn["x"] @ (drawn["c"] * drawn["w"]) + drawn["c"] * drawn["b"]
    return _normalised(values)[drawn["i"] - 1], drawn


def scaled_without_bias(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """As `scaled`, without a bias; the inputs are centred, so that the products straddle 0."""
    drawn = data(rng, point)
    x = drawn["x"] - drawn["x"].mean(axis=0)
    return _normalised(x @ (drawn["c"] * drawn["w"]))[drawn["i"] - 1], {**drawn, "x": x}


def all_values(rng: np.random.Generator, point: Numbers) -> tuple[Floats, Numbers]:
    """The normalised values of a whole batch."""
    drawn = data(rng, point)
    return _normalised(drawn["x"] @ drawn["w"] + drawn["b"]), drawn


def stays_positive(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """The first normalised value of the products 1, 2, 4, 5 with any scale and any positive bias:
    the page says which of them it is compared with.
    """
    products = rng.uniform(0.5, 5) * np.array([1.0, 2, 4, 5])
    return float(_normalised(products + rng.uniform(0, 3))[0]), {}
