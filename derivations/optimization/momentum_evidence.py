"""The two velocities run on the same gradients, in exact fractions."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from random import Random
from typing import NamedTuple

from derivations.optimization.averaging_evidence import averaged, velocities
from derivations.random_rationals import nonzero, positive, proper

STEPS = 3


class Rules(NamedTuple):
    """α, ε, β, δ, a time, the gradients from t = 1 on, both velocities from t = 0 on."""

    alpha: Fraction
    epsilon: Fraction
    beta: Fraction
    delta: Fraction
    t: int
    g: list[Fraction]
    a: list[Fraction]
    b: list[Fraction]
    momentum_steps: list[Fraction]
    average_steps: list[Fraction]


def rules(
    alpha: Fraction,
    epsilon: Fraction,
    beta: Fraction,
    delta: Fraction,
    gradients: list[Fraction],
    starts: tuple[int, int] = (0, 0),
) -> Rules:
    """Both rules run from these starts."""
    a = velocities(alpha, epsilon, gradients, starts[0])
    b = averaged(beta, gradients, starts[1])
    steps = [-entry for entry in a], [-delta * entry for entry in b]
    return Rules(alpha, epsilon, beta, delta, 2, gradients, a, b, *steps)


def any_rules(random: Random) -> Rules:
    """Rules that agree as often as not; when they do not, one parameter or both are wrong."""
    beta, delta = proper(random), positive(random)
    alpha, epsilon = beta, delta * (1 - beta)
    wrong = random.choice(("", "", "alpha", "epsilon", "both"))
    if wrong in ("alpha", "both"):
        alpha += 1
    if wrong in ("epsilon", "both"):
        epsilon += delta
    return rules(alpha, epsilon, beta, delta, [nonzero(random) for _ in range(STEPS)])


def tilted(broken: int) -> Callable[[Random], Rules]:
    """α = β = 1/2, ε = 1/2, δ = 1 and g = 1; one of the four rules is off by 1 from t = 2 on."""

    def draw(_: Random) -> Rules:
        half, ones = Fraction(1, 2), [Fraction(1)] * STEPS
        found = rules(half, half, half, Fraction(1), ones)
        off = [Fraction(int(step >= 2)) for step in range(STEPS + 1)]
        a, b = ([x + y for x, y in zip(v, off, strict=True)] for v in (found.a, found.b))
        if broken == 0:
            return found._replace(a=a, momentum_steps=[-entry for entry in a])
        if broken == 1:
            return found._replace(b=b, average_steps=[-entry for entry in b])
        steps = [x + y for x, y in zip(found.momentum_steps, off, strict=True)]
        if broken == 2:
            return found._replace(momentum_steps=steps)
        return found._replace(average_steps=steps)

    return draw
