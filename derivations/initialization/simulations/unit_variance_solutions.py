"""Worlds, counterexamples and simulations for all weights that give mean 0 and variance 1."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from random import Random
from typing import Any

import numpy as np

from derivations.initialization.simulations import product_laws as products
from derivations.initialization.simulations import random_laws as laws
from verify import (
    E,
    World,
    dimension,
    independent_product,
    models,
    random_vector,
    real,
)

# The names of unit_variance_solutions.py: declared alike, they are the same names.
d = dimension("d")
W, h, x = (random_vector(name, d) for name in ("W", "h", "x"))
c, mu, sigma, tau = map(real, ("c", "mu", "sigma", "tau"))
alpha, beta, e, f = map(real, ("alpha", "beta", "e", "f"))

Values = Mapping[Any, Any]
F = Fraction

# -- inputs that are centred: random worlds ----------------------------------------------------


def independent(values: Values, weights: laws.RowLaw, inputs: laws.RowLaw) -> World:
    """Independent weights and inputs."""
    return World(
        values,
        independent_product([(p, {W: w}) for p, w in weights], [(p, {h: y}) for p, y in inputs]),
    )


def any_correlation(random: Random, size: int, centre: Fraction, spread: Fraction) -> laws.RowLaw:
    """Entries of this mean and variance, uncorrelated or all equal."""
    if random.random() < 0.5:
        return laws.uncorrelated_row(random, size, centre, spread)
    return [(p, [centre + value] * size) for p, value in laws.two_points(random, spread)]


def _whitened(random: Random, size: int) -> laws.RowLaw:
    return laws.uncorrelated_row(random, size, F(0), F(1))


def whitened(random: Random) -> World:
    """Any weights and bias."""
    size = random.randint(1, 3)
    weights = any_correlation(random, size, laws.row(random, 1)[0], laws.positive(random))
    return independent({d: size, c: laws.row(random, 1)[0]}, weights, _whitened(random, size))


def _solved_or_not(random: Random, spread: Fraction) -> tuple[Fraction, Fraction]:
    """No bias and this variance, or another bias, or another variance, or both."""
    bias, found = F(0), spread
    wrong = random.choice(("", "", "bias", "variance", "both"))
    if wrong in ("bias", "both"):
        bias = laws.positive(random)
    if wrong in ("variance", "both"):
        found += laws.positive(random)
    return bias, found


def gaussian(random: Random) -> World:
    """c = 0 and μ² + σ² = 1/d as often as not."""
    size, centre, deviation = random.choice([(1, F(3, 5), F(4, 5)), (2, F(1, 2), F(1, 2))])
    bias, deviation = _solved_or_not(random, deviation)
    weights = any_correlation(random, size, centre, deviation**2)
    values = {d: size, c: bias, mu: centre, sigma: deviation}
    return independent(values, weights, _whitened(random, size))


def uniform(random: Random) -> World:
    """c = 0 and α² + αβ + β² = 3/d as often as not; weights with the moments of the uniform law."""
    size, low, high = random.choice([(1, F(-1), F(2)), (3, F(0), F(1)), (3, F(-1), F(1))])
    bias, high = _solved_or_not(random, high)
    weights = any_correlation(random, size, (low + high) / 2, (high - low) ** 2 / 12)
    values = {d: size, c: bias, alpha: low, beta: high}
    return independent(values, weights, _whitened(random, size))


# -- inputs that are centred: counterexamples --------------------------------------------------

SIGNS: laws.RowLaw = [(F(1, 2), [F(1)]), (F(1, 2), [F(-1)])]
WIDE: laws.RowLaw = [(F(1, 2), [F(2)]), (F(1, 2), [F(-2)])]
SHIFTED: laws.RowLaw = [(F(1, 2), [F(0)]), (F(1, 2), [F(2)])]
#: c = 0, μ = 0, σ = 1.
ONE: Values = {d: 1, c: 0, mu: 0, sigma: 1}
#: c = 0 and α = −1, β = 2: mean ½ and variance ¾, as of 3/2 and −1/4 with weights 3/7 and 4/7.
TILTED: Values = {d: 1, c: 0, alpha: -1, beta: 2}
MOMENTS: laws.RowLaw = [(F(3, 7), [F(3, 2)]), (F(4, 7), [F(-1, 4)])]


def another_mean(_: Random) -> World:
    """W = 0 or 2, said to have mean 0: V[a] = 2."""
    return independent(ONE, SHIFTED, SIGNS)


def another_variance(_: Random) -> World:
    """W = ±2, said to have variance 1."""
    return independent(ONE, WIDE, SIGNS)


def weights_that_are_the_inputs(_: Random) -> World:
    """W = h = ±1: E[a] = 1."""
    return World(ONE, [(p, {W: w, h: w}) for p, w in SIGNS])


def inputs_with_a_mean(_: Random) -> World:
    """h = 0 or 2: V[a] = 2."""
    return independent(ONE, SIGNS, SHIFTED)


def wide_inputs(_: Random) -> World:
    """h = ±2: V[a] = 4."""
    return independent(ONE, SIGNS, WIDE)


def equal_inputs(_: Random) -> World:
    """W = (ω, ω), ω = 0 or 1, and h = (η, η), η = ±1: V[a] = 2, where Σ E[W_j²] = 1."""
    half = F(1, 2)
    weights: laws.RowLaw = [(half, [F(0)] * 2), (half, [F(1)] * 2)]
    inputs: laws.RowLaw = [(half, [F(1)] * 2), (half, [F(-1)] * 2)]
    return independent({d: 2, c: 0, mu: half, sigma: half}, weights, inputs)


def tilted_with_another_mean(_: Random) -> World:
    """W = 1 or −3/4 with mean 0, said to be ½, and variance 3/4: V[a] = 3/4."""
    weights: laws.RowLaw = [(F(3, 7), [F(1)]), (F(4, 7), [F(-3, 4)])]
    return independent(TILTED, weights, SIGNS)


def tilted_without_variance(_: Random) -> World:
    """W = ½: V[a] = 1/4."""
    return independent(TILTED, [(F(1), [F(1, 2)])], SIGNS)


def tilted_with_the_inputs(_: Random) -> World:
    """W = 3/2 only where h = 1: E[a] = 3/4."""
    rows = [(F(3, 7), F(3, 2), 1), (F(1, 14), F(-1, 4), 1), (F(1, 2), F(-1, 4), -1)]
    return World(TILTED, [(p, {W: [w], h: [y]}) for p, w, y in rows])


def tilted_inputs_with_a_mean(_: Random) -> World:
    """h = 0 or 2: E[a] = 1/2."""
    return independent(TILTED, MOMENTS, SHIFTED)


def tilted_wide_inputs(_: Random) -> World:
    """h = ±2: V[a] = 4."""
    return independent(TILTED, MOMENTS, WIDE)


def tilted_equal_inputs(_: Random) -> World:
    """α = 0, β = 1, d = 3, three equal weights and three equal inputs ±1: V[a] = 3."""
    weights: laws.RowLaw = [(F(1, 4), [F(1)] * 3), (F(3, 4), [F(1, 3)] * 3)]
    inputs: laws.RowLaw = [(F(1, 2), [F(1)] * 3), (F(1, 2), [F(-1)] * 3)]
    return independent({d: 3, c: 0, alpha: 0, beta: 1}, weights, inputs)


# -- inputs behind a ReLU: random worlds -------------------------------------------------------


def cut(top: Fraction, size: int) -> laws.RowLaw:
    """Independent entries, `top` with probability 1/(2·top²) and else 0: second moment ½, mean
    1/(2·top). What a ReLU leaves of a symmetric variable of variance 1, for top ≥ 1.
    """
    chance = 1 / (2 * top**2)
    law: laws.RowLaw = [(F(1), [])]
    for _ in range(size):
        law = [
            (p * q, [*row, value])
            for p, row in law
            for q, value in ((chance, top), (1 - chance, F(0)))
        ]
    return law


def _tops(random: Random) -> tuple[Fraction, Fraction]:
    """Two different values ≥ 1."""
    first, second = random.sample([F(1), F(3, 2), F(2), F(3)], 2)
    return first, second


def behind_relu(random: Random) -> World:
    """A solution with μ = 0, or with another μ, or with none."""
    size, (top, _) = random.randint(1, 2), _tops(random)
    mean, centre = 1 / (2 * top), random.choice((F(0), F(1, 2), F(-1, 3)))
    spread = 2 * (F(1, size) - centre**2 * (F(1, 2) - mean**2))
    off, spread = _solved_or_not(random, spread)
    values = {d: size, c: off - size * centre * mean, mu: centre, tau: spread, e: mean}
    weights = laws.uncorrelated_row(random, size, centre, spread)
    return independent(values, weights, cut(top, size))


def two_means(random: Random) -> World:
    """The centred design as often as not; else a solution for the first inputs only, or none."""
    size, (top, other) = random.randint(1, 2), _tops(random)
    mean, centre = 1 / (2 * top), random.choice((F(0), F(0), F(1, 2)))
    spread = 2 * (F(1, size) - centre**2 * (F(1, 2) - mean**2))
    off, spread = _solved_or_not(random, spread)
    values = {d: size, c: off - size * centre * mean, mu: centre, tau: spread}
    values |= {e: mean, f: 1 / (2 * other)}
    return both(values, laws.uncorrelated_row(random, size, centre, spread),
                cut(top, size), cut(other, size))  # fmt: skip


def both(values: Values, weights: laws.RowLaw, first: laws.RowLaw, second: laws.RowLaw) -> World:
    """Independent weights and two kinds of inputs."""
    return World(
        values,
        independent_product(
            [(p, {W: w}) for p, w in weights],
            [(p, {h: y}) for p, y in first],
            [(p, {x: y}) for p, y in second],
        ),
    )


# -- inputs behind a ReLU: counterexamples -----------------------------------------------------

#: c = 0, μ = 0, τ = 2, e = ½ and f = ¼: the centred design for d = 1.
DESIGN: Values = {d: 1, c: 0, mu: 0, tau: 2, e: F(1, 2), f: F(1, 4)}
#: Centred, of variance 2.
THREE: laws.RowLaw = [(F(1, 4), [F(2)]), (F(1, 4), [F(-2)]), (F(1, 2), [F(0)])]
HALF, QUARTER = cut(F(1), 1), cut(F(2), 1)
#: Of mean ½ and variance 7/8.
LEANING: laws.RowLaw = [(F(7, 15), [F(3, 2)]), (F(8, 15), [F(-3, 8)])]


def relu_another_mean(_: Random) -> World:
    """W = 3 or 0, of mean 1 and variance 2: E[a] = 1/2."""
    return both(DESIGN, [(F(1, 3), [F(3)]), (F(2, 3), [F(0)])], HALF, QUARTER)


def relu_another_variance(_: Random) -> World:
    """W = ±1, said to have variance 2: V[a] = 1/2."""
    return both(DESIGN, SIGNS, HALF, QUARTER)


def relu_equal_weights(_: Random) -> World:
    """W = (ω, ω), ω = ±1, of variance 1: V[a] = 3/2."""
    weights: laws.RowLaw = [(F(1, 2), [F(1)] * 2), (F(1, 2), [F(-1)] * 2)]
    return both({**DESIGN, d: 2, tau: 1}, weights, cut(F(1), 2), cut(F(2), 2))


def relu_weights_that_see(_: Random) -> World:
    """W = ±2 where h = 1, else 0: V[a] = 2."""
    rows = [(F(1, 4), 2, 1), (F(1, 4), -2, 1), (F(1, 2), 0, 0)]
    return World(DESIGN, [(p * q, {W: [w], h: [y], x: z}) for p, w, y in rows for q, z in QUARTER])


def relu_weights_that_see_the_others(_: Random) -> World:
    """W = ±4 where x = 2, else 0: the second preactivation has variance 8."""
    rows = [(F(1, 16), 4, 2), (F(1, 16), -4, 2), (F(7, 8), 0, 0)]
    return World(DESIGN, [(p * q, {W: [w], x: [y], h: z}) for p, w, y in rows for q, z in HALF])


def relu_inputs_of_another_mean(_: Random) -> World:
    """h = 1/2 or 3/2, of variance 1/4 but mean 1: V[a] = 5/2."""
    return both(DESIGN, THREE, [(F(1, 2), [F(1, 2)]), (F(1, 2), [F(3, 2)])], QUARTER)


def relu_constant_inputs(_: Random) -> World:
    """h = 1/2: V[a] = 1/2."""
    return both(DESIGN, THREE, [(F(1), [F(1, 2)])], QUARTER)


def relu_constant_others(_: Random) -> World:
    """x = 1/4: the second preactivation has variance 1/8."""
    return both(DESIGN, THREE, HALF, [(F(1), [F(1, 4)])])


def relu_equal_inputs(_: Random) -> World:
    """μ = ½, τ = 7/8, c = −½ and h_1 = h_2: V[a] = 9/8."""
    weights = [(p * q, [*u, *w]) for p, u in LEANING for q, w in LEANING]
    inputs: laws.RowLaw = [(F(1, 2), [F(1)] * 2), (F(1, 2), [F(0)] * 2)]
    values = {d: 2, c: F(-1, 2), mu: F(1, 2), tau: F(7, 8), e: F(1, 2)}
    return independent(values, weights, inputs)


def _same_means(top: Fraction, spread: Fraction, stated: Values) -> World:
    """Both inputs with the mean 1/(2·top), μ = 1 and c = −1/(2·top): a solution for both."""
    weights: laws.RowLaw = [
        (spread / (1 + spread), [F(2)]),
        (1 / (1 + spread), [1 - spread]),
    ]
    values = {**DESIGN, mu: 1, c: -1 / (2 * top), tau: spread, **stated}
    return both(values, weights, cut(top, 1), cut(top, 1))


def relu_first_mean_as_the_second(_: Random) -> World:
    """Both inputs have mean ¼, the first said to have ½: μ = 1 serves both."""
    return _same_means(F(2), F(9, 8), {})


def relu_second_mean_as_the_first(_: Random) -> World:
    """Both inputs have mean ½, the second said to have ¼: μ = 1 serves both."""
    return _same_means(F(1), F(3, 2), {})


def relu_one_mean(_: Random) -> World:
    """e = f = ½: μ = 1 serves both."""
    return _same_means(F(1), F(3, 2), {f: F(1, 2)})


# -- simulation -------------------------------------------------------------------------------


def _sum(point: products.Point, drawn: products.Floats) -> products.Floats:
    """The columns are the weights, then the inputs."""
    size = point["d"]
    return np.asarray(products.dot(drawn[:, :size], drawn[:, size:]) + point["c"])


def _two_sided(centre: float, variance: float) -> products.Law:
    spread = float(np.sqrt(variance))
    return products.Law((centre - spread, centre + spread), (0.5, 0.5))


def _kept(top: float) -> products.Law:
    chance = 1 / (2 * top**2)
    return products.Law((top, 0.0), (chance, 1 - chance))


whitened_model: models.Mean = products.variance_model(
    lambda at: (
        [_two_sided(at["mu"], at["sigma"] ** 2)] * at["d"] + [products.symmetric(1)] * at["d"]
    ),
    _sum,
    known=lambda at: {
        E(W[k] ** 2): at["mu"] ** 2 + at["sigma"] ** 2 for k in range(1, at["d"] + 1)
    },
)

relu_model: models.Mean = products.variance_model(
    lambda at: [_two_sided(at["mu"], at["tau"])] * at["d"] + [_kept(1 / (2 * at["e"]))] * at["d"],
    _sum,
)
