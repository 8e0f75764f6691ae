"""Whether a model draws from the generator that it is given, and from nothing else.

The guarantees of the tests hold for independent draws, and the figures are to be the same again:
both fail silently for a model that seeds a generator of its own, or uses a global one.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from verify.claim import Claim
from verify.crosscheck.models import Comparison, Optimum, Point, SameDistribution
from verify.crosscheck.sampling import generator
from verify.guard import Guard

#: Draws that are compared.
_FEW = 16


def seed_fault(claim: Claim, number: int, point: Point, seed: int) -> str:
    """What is wrong with the model's randomness at a point, or "".

    A model that raises is left to the check itself, which says so.
    """
    guard = Guard()
    with guard, np.errstate(all="ignore"):
        first, again, other = (
            _drawn(claim.model, generator(seed, claim.id, number, chunk), point)
            for chunk in (0, 0, 1)
        )
        if not _same(first, again):
            return "the same seed gave other draws: the model must draw from `rng` alone"
        sampled = not isinstance(claim.model, Comparison | Optimum)
        if sampled and _same(first, other) and _varies(first):
            return "another seed gave the same draws: the model must draw from `rng`"
        if sampled and not _same(first, other) and not (_varies(first) or _varies(other)):
            return "all draws of a batch are one number, another for each: they must be independent"
    return ""


def _drawn(model: Any, rng: np.random.Generator, point: Point) -> Any:
    if isinstance(model, Comparison):
        return model.sides(rng, point)
    if isinstance(model, Optimum):
        return model.data(rng, point)
    if isinstance(model, SameDistribution):
        return model.draw_left(rng, point, _FEW), model.draw_right(rng, point, _FEW)
    return model.draw(rng, point, _FEW)


def _same(left: Any, right: Any) -> bool:
    if isinstance(left, tuple | list):
        return len(left) == len(right) and all(map(_same, left, right))
    if hasattr(left, "keys"):
        return list(left) == list(right) and all(_same(left[key], right[key]) for key in left)
    a, b = np.asarray(left), np.asarray(right)
    if a.dtype.kind not in "fiubc":
        return True  # no numbers: the check itself says what is wrong with them
    return bool(np.array_equal(a, b, equal_nan=a.dtype.kind in "fc"))


def _varies(drawn: Any) -> bool:
    """Whether there is any randomness to be seen: a constant is the same for every seed."""
    if isinstance(drawn, tuple):
        return any(map(_varies, drawn))
    values = np.asarray(drawn)
    return bool(values.size) and not _same(values, np.full_like(values, values.flat[0]))
