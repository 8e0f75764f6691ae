"""Worlds and a simulation for the product of two random variables."""

from __future__ import annotations

from random import Random
from typing import Any

from derivations.initialization.simulations import product_laws as products
from derivations.initialization.simulations import random_laws as laws
from verify import E, V, World, independent_product, random_variable, uniform_on

X, Y = random_variable("X"), random_variable("Y")  # as product.py declares them


def independent_pair(random: Random) -> World:
    """Three values each, neither centred nor of equal weights."""

    def values(name: Any) -> list[tuple[Any, dict[Any, Any]]]:
        parts = laws.weights(random, 3)
        return [(w, {name: v}) for w, v in zip(parts, laws.row(random, 3), strict=True)]

    return World({}, independent_product(values(X), values(Y)))


def a_variable_and_its_square(_: Random) -> World:
    """X uniform on −1, 0, 1 and Y = X²: uncorrelated; V[XY] = 2/3, and the formula gives 4/9."""
    return World({}, uniform_on([{X: x, Y: x * x} for x in (-1, 0, 1)]))


def _moments(point: products.Point) -> dict[Any, float]:
    """What the point prescribes."""
    return {E(X): point["a"], V(X): point["s"], E(Y): point["b"], V(Y): point["t"]}


model = products.variance_model(
    lambda at: [products.skewed(at["a"], at["s"]), products.skewed(at["b"], at["t"])],
    lambda at, drawn: drawn[:, 0] * drawn[:, 1],
    known=_moments,
)
points = [
    {"a": 0.8, "s": 0.5, "b": -1.2, "t": 0.7},
    {"a": -0.4, "s": 1.5, "b": 0.9, "t": 0.3},
]
