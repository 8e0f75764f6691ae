"""Running averages of gradients: exact sequences with few outcomes, and random ones in NumPy."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from random import Random
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from derivations.copies import COPIES, sample_variances, variance_of_sample_variance
from derivations.random_rationals import nonzero, positive, proper

Floats = NDArray[np.float64]
Numbers = Mapping[str, Any]
STEPS = 3


class Average(NamedTuple):
    """A decay, a time, the mean and deviation that are stated, and (weight, g, v) outcomes."""

    beta: Fraction
    t: int
    mean: Fraction
    deviation: Fraction
    outcomes: list[tuple[Fraction, list[Fraction], list[Fraction]]]


def averaged(
    beta: Fraction, gradients: list[Fraction], start: Fraction | int = 0
) -> list[Fraction]:
    """v_0, …, v_T by the recursion."""
    return velocities(beta, 1 - beta, gradients, start)


def velocities(
    decay: Fraction, rate: Fraction, gradients: list[Fraction], start: Fraction | int = 0
) -> list[Fraction]:
    """u_0, …, u_T with u_t = decay · u_{t−1} + rate · g_t."""
    found = [Fraction(start)]
    for gradient in gradients:
        found.append(decay * found[-1] + rate * gradient)
    return found


def _average(
    beta: Fraction,
    t: int,
    mean: Fraction,
    deviation: Fraction,
    law: list[tuple[Fraction, list[Fraction]]],
    start: int = 0,
) -> Average:
    outcomes = [(weight, g, averaged(beta, g, start)) for weight, g in law]
    return Average(beta, t, mean, deviation, outcomes)


def constant_mean(random: Random) -> Average:
    """A random row of gradients turned in a circle: one mean, dependent on one another."""
    row = [nonzero(random) for _ in range(STEPS)]
    shared = random.choice((sum(row, Fraction(0)) / STEPS, Fraction(0)))
    row = [entry - sum(row, Fraction(0)) / STEPS + shared for entry in row]
    law = [(Fraction(1, STEPS), row[turn:] + row[:turn]) for turn in range(STEPS)]
    return _average(proper(random), random.randint(2, STEPS), shared, Fraction(1), law)


def uncorrelated(random: Random) -> Average:
    """g_t = m_t ± s with independent signs; the means m_t differ."""
    means, deviation = [nonzero(random) for _ in range(STEPS)], positive(random)
    law = [
        (
            Fraction(1, 2**STEPS),
            [mean + sign * deviation for mean, sign in zip(means, signs, strict=True)],
        )
        for signs in product((-1, 1), repeat=STEPS)
    ]
    return _average(proper(random), random.randint(2, STEPS), means[0], deviation, law)


def changing_mean(_: Random) -> Average:
    """g = 1, 0, 0 with β = 1/2: v_2 = 1/4, where 3/4 is claimed."""
    law = [(Fraction(1), [Fraction(1), Fraction(0), Fraction(0)])]
    return _average(Fraction(1, 2), 2, Fraction(1), Fraction(1), law)


def another_start(_: Random) -> Average:
    """v_0 = 4 and g = ±1, all of one sign, with β = 1/2: v_2 = 1 ± 3/4."""
    law = [(Fraction(1, 2), [Fraction(sign)] * STEPS) for sign in (1, -1)]
    return _average(Fraction(1, 2), 2, Fraction(0), Fraction(1), law, start=4)


def another_recursion(_: Random) -> Average:
    """v_t = t whatever the gradients are, which are ±1 with independent signs."""
    law = [
        (Fraction(1, 2**STEPS), [Fraction(sign) for sign in signs])
        for signs in product((-1, 1), repeat=STEPS)
    ]
    steps = [Fraction(step) for step in range(STEPS + 1)]
    outcomes = [(weight, g, steps) for weight, g in law]
    return Average(Fraction(1, 2), 2, Fraction(0), Fraction(1), outcomes)


def equal_gradients(_: Random) -> Average:
    """g_1 = g_2 = g_3 = ±1 with β = 1/2: V[v_2] = 9/16, not 5/16."""
    law = [(Fraction(1, 2), [Fraction(sign)] * STEPS) for sign in (1, -1)]
    return _average(Fraction(1, 2), 2, Fraction(0), Fraction(1), law)


def without_noise(_: Random) -> Average:
    """g = 1 always: V[v_2] = 0, whatever the deviation is said to be."""
    return _average(
        Fraction(1, 2), 2, Fraction(1), Fraction(1), [(Fraction(1), [Fraction(1)] * STEPS)]
    )


def forgetful(_: Random) -> Average:
    """β = 0: v_t = g_t, and nothing is biased."""
    return _average(
        Fraction(0), 2, Fraction(1), Fraction(1), [(Fraction(1), [Fraction(1)] * STEPS)]
    )


def unbiased_by_chance(_: Random) -> Average:
    """g = 1, 3, 1 with β = 1/2: v_2 = 7/4, said to be the mean."""
    law = [(Fraction(1), [Fraction(1), Fraction(3), Fraction(1)])]
    return _average(Fraction(1, 2), 2, Fraction(7, 4), Fraction(1), law)


def gradients_themselves(_: Random) -> Average:
    """v_t = g_t = 1 for t ≥ 1: unbiased."""
    ones = [Fraction(1)] * STEPS
    outcomes = [(Fraction(1), ones, [Fraction(0), *ones])]
    return Average(Fraction(1, 2), 2, Fraction(1), Fraction(1), outcomes)


def right_start(_: Random) -> Average:
    """v_0 = 1 and g = 1 always: v_t = 1, unbiased."""
    law = [(Fraction(1), [Fraction(1)] * STEPS)]
    return _average(Fraction(1, 2), 2, Fraction(1), Fraction(1), law, start=1)


def noisy_start(_: Random) -> Average:
    """g = ±1 with independent signs, and v_0 = 4·g_1: V[v_2] is larger."""
    law = [
        (Fraction(1, 2**STEPS), [Fraction(sign) for sign in signs])
        for signs in product((-1, 1), repeat=STEPS)
    ]
    half = Fraction(1, 2)
    outcomes = [(weight, row, averaged(half, row, 4 * row[0])) for weight, row in law]
    return Average(half, 2, Fraction(0), Fraction(1), outcomes)


# -- simulation --------------------------------------------------------------------------------


def run(decay: float, rate: float, gradients: Any) -> Any:
    """u_T for gradients of shape (…, T), by the recursion."""
    found = np.zeros(np.shape(gradients)[:-1])
    part = np.empty_like(found)
    for step in range(np.shape(gradients)[-1]):
        found *= decay
        found += np.multiply(rate, gradients[..., step], out=part)
    return found


def last_velocity(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """u_t of random gradients with the decay and the rate of the point; and the gradients."""
    g = rng.normal(0, 2, point["t"])
    return float(run(point["c"], point["e"], g)), {"g": g}


def last_average(rng: np.random.Generator, point: Numbers) -> tuple[float, Numbers]:
    """v_t of random gradients; and the gradients."""
    g = rng.normal(0, 2, point["t"])
    return float(run(point["beta"], 1 - point["beta"], g)), {"g": g}


def correlated_averages(rng: np.random.Generator, point: Numbers, size: int) -> Floats:
    """Draws of v_t; g_t = mu + Z + U_t with Z, common to all, and U_t uniform on (−1, 1)."""
    common, g = rng.random(size), rng.random((point["t"], size))
    g += common
    g *= 2
    g += point["mu"] - 2
    return np.asarray(run(point["beta"], 1 - point["beta"], g.T))


def corrected_averages(rng: np.random.Generator, point: Numbers, size: int) -> Floats:
    """The same draws divided by 1 − β^t."""
    return np.asarray(correlated_averages(rng, point, size) / (1 - point["beta"] ** point["t"]))


def variance_of_an_average(point: Numbers) -> float:
    """The weights of the gradients in v_t, summed for Z and squared for U_t; V = 1/3 of each."""
    weights = _weights(point)
    return float(weights.sum() ** 2 + (weights**2).sum()) / 3


def variance_of_a_corrected_average(point: Numbers) -> float:
    """The same, divided by (1 − β^t)²."""
    return float(variance_of_an_average(point) / (1 - point["beta"] ** point["t"]) ** 2)


def variances(rng: np.random.Generator, point: Numbers, size: int) -> Floats:
    """Sample variances of v_t, whose mean is V[v_t]; g_t is uniform about t."""
    g = rng.random((point["t"], COPIES * size))
    g *= np.sqrt(12) * point["sigma"]
    g += np.arange(point["t"])[:, None] - np.sqrt(3) * point["sigma"]
    return sample_variances(run(point["beta"], 1 - point["beta"], g.T))


def variance_of_a_variance(point: Numbers) -> float:
    """That of a sample variance of v_t, a sum of uniforms: μ₄ = 3μ₂² − (6/5)·σ⁴·Σ weight⁴."""
    weights = _weights(point)
    second = float(point["sigma"] ** 2 * (weights**2).sum())
    fourth = 3 * second**2 - 1.2 * point["sigma"] ** 4 * float((weights**4).sum())
    return variance_of_sample_variance(second, fourth)


def _weights(point: Numbers) -> Floats:
    """What each g_i adds to v_t: the recursion run on unit vectors."""
    return np.asarray(run(point["beta"], 1 - point["beta"], np.eye(point["t"])))
