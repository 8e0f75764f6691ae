"""Worlds, counterexamples and simulations for the scale of a weight's law."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.copies import COPIES, sample_variances, variance_of_sample_variance
from derivations.initialization.simulations import product_laws as products
from derivations.initialization.simulations import random_laws as laws
from verify import World, dimension, independent_product, models, random_variable, real, uniform_on

# The names of scale.py, xavier.py and kaiming.py: declared alike, they are the same names.
n, m = dimension("n"), dimension("m")
Z, R, epsilon = random_variable("Z"), random_variable("R"), random_variable("epsilon")
gamma, b = real("gamma"), real("b")

HALF, THIRD = Fraction(1, 2), Fraction(1, 3)
Source = Callable[[Random], World]

# -- a scale and two widths ---------------------------------------------------------------------


def weights(square: int) -> Source:
    """γ·Z with V[Z] = 1 and b·R with V[R] = 1/3, of any means.

    In half of the draws γ² = square/(n + m) and b² = 3·square/(n + m).
    """

    def world(random: Random) -> World:
        triple, root = random.choice([1, 3]), random.choice([1, 2])
        total = square * triple * root**2
        below = random.randint(1, total - 1)
        size = Fraction(1, root) if random.random() < 0.5 else laws.positive(random)
        first, second = laws.row(random, 2)
        return World(
            {n: below, m: total - below, gamma: size, b: size},
            independent_product(
                [(w, {Z: value + first}) for w, value in laws.two_points(random, Fraction(1))],
                [(w, {R: value + second}) for w, value in laws.two_points(random, THIRD)],
            ),
        )

    return world


def _at_half(square: int, size: Fraction, stretch: int) -> World:
    """γ or b = ±½ where ½ is right."""
    return World(
        {n: 1, m: 4 * square - 1, gamma: size, b: size},
        [
            (part, {Z: stretch * value, R: stretch * value})
            for part, value in ((HALF, 1), (HALF, -1))
        ],
    )


def negative_normal(square: int) -> Source:
    """γ = −½, Z = ±1: the variance ¼ is right, the sign is not."""
    return lambda _: _at_half(square, -HALF, 1)


def stretched_normal(square: int) -> Source:
    """γ = ½, Z = ±2: the variance is 1, not ¼."""
    return lambda _: _at_half(square, HALF, 2)


def negative_uniform(square: int) -> Source:
    """b = −½, V[R] = 1/3: the variance 1/12 is right, the sign is not."""
    parts = ((Fraction(1, 6), 1), (Fraction(1, 6), -1), (2 * THIRD, 0))
    return lambda _: World(
        {n: 1, m: 12 * square - 1, b: -HALF}, [(part, {R: value}) for part, value in parts]
    )


def stretched_uniform(square: int) -> Source:
    """b = ½, R = ±1: the variance is ¼, not 1/12."""
    return lambda _: World({n: 1, m: 12 * square - 1, b: HALF}, uniform_on([{R: 1}, {R: -1}]))


# -- a fair sign and a half of itself -------------------------------------------------------------


def halving(random: Random) -> World:
    """R with the first two moments of the uniform law, and a sign ε independent of it."""
    law = laws.two_points(random, THIRD)
    return World(
        {},
        independent_product(
            [(weight, {R: value}) for weight, value in law],
            [(HALF, {epsilon: sign}) for sign in (1, -1)],
        ),
    )


def _with_sign(law: list[tuple[Fraction, int]], signs: tuple[int, ...] = (1, -1)) -> World:
    part = Fraction(1, len(signs))
    return World(
        {},
        independent_product(
            [(w, {R: value}) for w, value in law], [(part, {epsilon: sign}) for sign in signs]
        ),
    )


def another_mean(_: Random) -> World:
    """R = 1 with probability 1/3, else 0: E[R²] = 1/3, and V[R] = 2/9."""
    return _with_sign([(THIRD, 1), (2 * THIRD, 0)])


def another_second_moment(_: Random) -> World:
    """R = ±2: V[R] = 4."""
    return _with_sign([(HALF, 2), (HALF, -2)])


def the_sign_itself(_: Random) -> World:
    """R = ε: V[R] = 1."""
    return World({}, uniform_on([{R: sign, epsilon: sign} for sign in (1, -1)]))


def sign_always_up(_: Random) -> World:
    """ε = 1 and R = 1: V[R] = 0."""
    return _with_sign([(Fraction(1), 1)], (1,))


def double_sign(_: Random) -> World:
    """ε = ±2, R uniform on (−2, 2) up to its second moment: V[R] = 4/3."""
    return _with_sign([(Fraction(1, 6), 2), (Fraction(1, 6), -2), (2 * THIRD, 0)], (2, -2))


# -- simulation -------------------------------------------------------------------------------


def normal_variances(rng: np.random.Generator, point: products.Point, size: int) -> products.Floats:
    """Sample variances of normal weights w = γ·Z."""
    return sample_variances(point["gamma"] * rng.standard_normal(COPIES * size))


normal_model = models.Mean(
    normal_variances,
    lambda at: variance_of_sample_variance(at["gamma"] ** 2, 3 * at["gamma"] ** 4),
)

#: Weights uniform on (−b, b).
uniform_model = products.variance_model(
    lambda at: [products.uniform(at["b"])], lambda _, drawn: drawn[:, 0]
)


def normal_points(square: int) -> list[dict[str, Any]]:
    """Widths with γ² = square/(n + m)."""
    return [
        {"n": below, "m": above, "gamma": float(np.sqrt(square / (below + above)))}
        for below, above in ((3, 7), (20, 5))
    ]


def uniform_points(square: int) -> list[dict[str, Any]]:
    """Widths with b² = 3·square/(n + m)."""
    return [
        {"n": below, "m": above, "b": float(np.sqrt(3 * square / (below + above)))}
        for below, above in ((3, 7), (20, 5))
    ]
