"""Claims and values that differ in one part each. A module that can be digested: it imports
nothing but what a derivation may import.
"""

from __future__ import annotations

from collections import Counter, OrderedDict
from dataclasses import dataclass, replace
from fractions import Fraction
from functools import lru_cache, partial
from random import Random
from types import MappingProxyType
from typing import Any

import numpy as np

from verify import (
    Claim,
    Rational,
    Variant,
    Without,
    World,
    algebra,
    at_least,
    chain,
    dimension,
    equals,
    equation,
    given,
    greater,
    index,
    lemma,
    let,
    models,
    random_variable,
    real,
    vector,
)

a, b = real("a"), real("b")
X = random_variable("X")


def worlds(random: Random) -> World:
    return World({a: random.randint(1, 3)})


def other_worlds(random: Random) -> World:
    return World({a: random.randint(1, 4)})


def draw(rng: np.random.Generator, point: Any, size: int) -> Any:
    return rng.normal(size=size)


def other_draw(rng: np.random.Generator, point: Any, size: int) -> Any:
    return rng.normal(size=size) + 1e-9


def variance(point: Any) -> float:
    return 1.0


LEMMA = Claim(
    id="algebra.lemma",
    title="",
    states=equation(a, a),
    proof=chain(a, equals(a, by=algebra)),
)
CLAIM = Claim(
    id="algebra.square",
    title="A square",
    source=("000 A1",),
    states=equation(a * a, a**2),
    given=[greater(a, 0)],
    well_formed=[at_least(b, 0)],
    proof=chain(a * a, equals(a**2, by=algebra), equals(a**2, by=lemma(LEMMA, {a: b}))),
    worlds=worlds,
    model=models.Mean(draw, variance),
    points=[{"a": 1.0}],
    variants=[Variant("a cube", states=equation(a * a, a**3))],
    without=[Without(greater(a, 0), worlds)],
    notes="None.",
)

#: For every field of a claim, other values of it.
CHANGES: dict[str, list[Any]] = {
    "id": ["algebra.square_of_a"],
    "title": ["The square"],
    "states": [equation(a**2, a * a), equation(a * a, a**2 + 0), equation(b * b, b**2)],
    "proof": [
        None,
        chain(a * a, equals(a**2, by=algebra)),
        chain(a * a, equals(a**2, by=given), equals(a**2, by=lemma(LEMMA, {a: b}))),
        chain(a * a, equals(a**2, by=algebra), equals(a**2, by=lemma(LEMMA, {b: a}))),
        chain(
            a * a,
            equals(a**2, by=algebra),
            equals(a**2, by=lemma(replace(LEMMA, states=equation(a, a + 0)), {a: b})),
        ),
        chain(
            a * a,
            equals(a**2, by=algebra),
            equals(a**2, by=lemma(replace(LEMMA, given=[greater(a, 0)]), {a: b})),
        ),
    ],
    "given": [[], [greater(a, 1)], [at_least(a, 0)], [greater(b, 0)]],
    "well_formed": [[], [greater(b, 0)]],
    "source": [("000 A2",), ()],
    "worlds": [None, other_worlds, partial(worlds), lambda random: World({a: 1})],
    "model": [
        None,
        models.Mean(other_draw, variance),
        models.Mean(draw, lambda point: 1.0),
        models.Mean(draw, lambda point: 2.0),
        models.Mean(draw, variance, chunk=1024),
        models.Mean(partial(draw, size=3), variance),
        models.BoundedMean(draw, 0.0, 1.0),
    ],
    "points": [[], [{"a": 1}], [{"a": np.nextafter(1.0, 2.0)}], [{"b": 1.0}], [{"a": 1.0}] * 2],
    "variants": [
        [],
        [Variant("a cube")],
        [Variant("cubed", states=equation(a * a, a**3))],
        [Variant("a cube", states=equation(a * a, a**3), worlds=worlds)],
    ],
    "without": [[], [Without(greater(a, 0), other_worlds)], [Without(greater(a, 0), worlds, a)]],
    "expected": ["refuted"],
    "corrected": ["algebra.other"],
    "awaits": ["algebra.other"],
    "notes": ["Some."],
}


n, m = dimension("n"), dimension("m")
j = index("j", n)


def factor(value: Any) -> Any:
    def scaled(rng: Any, point: Any, size: int) -> Any:
        return value * rng.normal(size=size)

    return scaled


def defaulted(value: Any) -> Any:
    def scaled(rng: Any, point: Any, size: int, by: Any = value) -> Any:
        return by * rng.normal(size=size)

    return scaled


@dataclass(frozen=True)
class Source:
    value: Any

    def draw(self, rng: Any, point: Any, size: int) -> Any:
        return rng.normal(size=size) * self.value


class Plain:
    def __init__(self, value: Any) -> None:
        self.value = value

    def draw(self, rng: Any, point: Any, size: int) -> Any:
        return rng.normal(size=size) * self.value


class Slotted:
    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value


ALIKE: list[tuple[Any, Any]] = [
    (vector("x", n), vector("x", m)),
    (real("x"), random_variable("x")),
    (index("j", n), index("j", 0, n)),
    (let("s", a + b), let("s", b + a)),
    (Rational(1, 2), Rational(2, 4) + Rational(1, 4)),
    (1, True),
    (1, 1.0),
    (0.0, -0.0),
    ("1", 1),
    ([1], (1,)),
    ([1, [2]], [[1], 2]),
    (["ab"], ["a", "b"]),
    ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
    ({1, 2}, {1, 3}),
    ({"a": 1}, OrderedDict(a=1)),
    (Fraction(1, 2), 0.5),
    (np.arange(3), np.arange(3.0)),
    (np.zeros((2, 3)), np.zeros((3, 2))),
    (np.float64(1), np.float32(1)),
    (np.array([1, "a"], dtype=object), np.array([1, "b"], dtype=object)),
    (np.exp, np.log),
    (factor(1), factor(2)),
    (factor([1]), factor([2])),
    (defaulted(1), defaulted(2)),
    (Source(1).draw, Source(2).draw),
    (Plain(1).draw, Plain(2).draw),
    (Source(1), Plain(1)),
    (Plain(1), Plain(2)),
    (Slotted(1), Slotted(2)),
    (partial(draw, size=1), partial(draw, size=2)),
    (lambda x: x + 1, lambda x: x + 2),
    (lambda x: [y + 1 for y in x], lambda x: [y + 2 for y in x]),
    (lambda x: x.a, lambda x: x.b),
    (lru_cache(factor(1)), lru_cache(factor(2))),
    (range(3), range(4)),
    (Source, Plain),
    (len, min),
    ([1, 2].count, [1].count),
    (MappingProxyType({"a": 1}), MappingProxyType({"a": 2})),
    (Counter("ab"), Counter("aab")),
]
