"""Variables of any law, dead units among them, and large samples of some."""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

import numpy as np

from derivations.initialization.simulations import random_laws as laws
from verify import World, random_variable

z = random_variable("z")

Point = Mapping[str, Any]


def any_variable(random: Random) -> World:
    """Up to three values; in a quarter of the draws none of them is positive."""
    size = random.randint(1, 3)
    values = laws.row(random, size)
    if random.random() < 0.25:
        values = [-abs(value) for value in values]
    return World({}, [(w, {z: x}) for w, x in zip(laws.weights(random, size), values, strict=True)])


def dead(_: Random) -> World:
    """z = −1."""
    return World({}, [(1, {z: -1})])


def empirical(rng: np.random.Generator, _: Point) -> tuple[Any, Any]:
    """Both sides for the law that puts the same weight on each of 1000 normal draws."""
    drawn = rng.normal(rng.normal(0, 1), rng.uniform(0.1, 2), 1000)
    active = drawn > 0
    output = np.where(active, drawn, 0)
    return np.mean(output) ** 2, np.mean(active) * np.mean(output**2)
