"""Kaiming's scale, backward: a ReLU passes half of the gradients.

    ½·m·V[W] = 1 backward,   V[W] = 4/(n + m) as the harmonic mean with ½·n·V[W] = 1 forward

n units below, m above. Forward, half of the second moment is lost in the outputs of the ReLU;
backward, in its slopes. Scaling for one direction only is off by m/n in each layer of the other.
"""

from typing import Any

from derivations.initialization.balance import both_ways_proof, kept_proof
from derivations.initialization.scale import scale_proof
from derivations.initialization.simulations import kaiming as simulation
from derivations.initialization.simulations import scale as scale_simulation
from derivations.initialization.simulations import xavier as width_simulation
from derivations.initialization.weaker_weights import weaker_weights
from verify import (
    Claim,
    E,
    Obtain,
    Parts,
    Rational,
    Sum,
    V,
    Variant,
    Without,
    algebra,
    all_of,
    at_least,
    cases,
    chain,
    dimension,
    equals,
    equation,
    every,
    given,
    iff,
    independence,
    independent,
    index,
    lemma,
    linearity,
    models,
    moments,
    random_variable,
    random_vector,
    real,
    relu,
    sign,
    sqrt,
    symmetric,
    symmetry,
    uncorrelated,
    unequal,
)

half, third = Rational(1, 2), Rational(1, 3)
z = random_variable("z")


def slope(u: Any) -> Any:
    """The slope of the ReLU: 1 above 0, 0 below (and, as frameworks have it, at 0)."""
    return relu(sign(u))


never_zero, centred = equation(E(sign(z) ** 2), 1), equation(E(z), 0)

relu_slope_second_moment = Claim(
    id="initialization.relu_slope_second_moment",
    title="E[ReLU'(z)²] = ½ for z symmetric about 0 that is almost surely not 0",
    source="003 4h",
    states=equation(E(slope(z) ** 2), half),
    given=[symmetric(z), never_zero],
    proof=chain(
        E(slope(z) ** 2),
        equals(half * (E(slope(z) ** 2) + E(slope(z) ** 2)), by=algebra),
        equals(half * (E(slope(z) ** 2) + E(slope(-z) ** 2)), by=symmetry(z)),
        equals(half * E(slope(z) ** 2 + slope(-z) ** 2), by=linearity),
        equals(half * E(sign(z) ** 2), by=cases),
        equals(half, by=given(never_zero)),
    ),
    worlds=simulation.preactivation,
    model=simulation.slope_model,
    points=simulation.slope_points,
    variants=[
        Variant("every gradient passes", equation(E(slope(z) ** 2), 1)),
        Variant("the variance of the slope", equation(V(slope(z)), half)),
        Variant("¼", equation(E(slope(z) ** 2), half**2)),
        Variant(
            "mean zero for symmetric",
            given=[centred, never_zero],
            worlds=simulation.mostly_negative,
        ),
    ],
    without=[
        Without(symmetric(z), simulation.mostly_negative, weakened=centred),
        Without(never_zero, simulation.sometimes_zero),
    ],
)

n, m = dimension("n"), dimension("m")
v, s = real("v"), real("s")
i, k = index("i", m), index("k", m)

#: One unit below: its weights to the m units above, their gradients, what it receives.
U, delta = random_vector("U", m), random_vector("delta", m)
g = slope(z) * Sum(U[i] * delta[i], i)
gradient = every(i, equation(E(delta[i] ** 2), s))
received, keeps = equation(E(g**2), half * m * v * s), equation(E(g**2), s)
balance = equation(half * m * v, 1)
pairs = all_of(independent(U, delta), independent(U, z), independent(delta, z))

kaiming_backward = Claim(
    id="initialization.kaiming_backward",
    title="Through weights and a ReLU gradients keep their scale exactly when ½ · m · V[W] = 1",
    source="003 4h",
    states=iff(keeps, balance),
    given=[
        uncorrelated(U, mean=0, variance=v),
        independent(U, delta, z),
        gradient,
        symmetric(z),
        never_zero,
        unequal(s, 0),
    ],
    proof=Obtain(
        received,
        chain(
            E(g**2),
            equals(Sum(E(slope(z) ** 2 * U[i] * U[k] * delta[i] * delta[k]), i, k), by=linearity),
            equals(
                Sum(E(slope(z) ** 2) * E(U[i] * U[k]) * E(delta[i] * delta[k]), i, k),
                by=independence,
            ),
            equals(E(slope(z) ** 2) * Sum(v * E(delta[i] ** 2), i), by=moments),
            equals(half * Sum(v * E(delta[i] ** 2), i), by=lemma(relu_slope_second_moment)),
            equals(half * m * v * s, by=given),
        ),
        kept_proof(E(g**2), half * m * v, s, received),
    ),
    worlds=simulation.backward,
    model=simulation.backward_model,
    points=simulation.backward_points,
    variants=[
        Variant("Xavier's condition", iff(keeps, equation(m * v, 1))),
        Variant("the width below", iff(keeps, equation(half * n * v, 1))),
        Variant("2 for ½", iff(keeps, equation(2 * m * v, 1))),
    ],
    without=[
        *weaker_weights(
            U,
            i,
            mean=0,
            variance=v,
            correlated=simulation.equal_weights,
            another_mean=simulation.a_mean_that_is_not_stated,
            another_variance=simulation.a_variance_that_is_not_stated,
        ),
        Without(independent(U, delta, z), simulation.independent_in_pairs, weakened=pairs),
        Without(gradient, simulation.another_signal),
        Without(symmetric(z), simulation.skewed_below, weakened=centred),
        Without(never_zero, simulation.zero_below),
        Without(unequal(s, 0), simulation.no_signal),
    ],
)

#: The variances for the two directions, their harmonic mean, and when one scale serves both.


def between(one: Any, other: Any) -> Any:
    """Kaiming's variance for two widths."""
    return 4 / (one + other)


compromise = between(n, m)
harmonic = 2 / (1 / (2 / n) + 1 / (2 / m))
forwards, backwards = equation(half * n * v, 1), equation(half * m * v, 1)
agree, chosen = equation(n, m), equation(v, compromise)

kaiming_compromise = Claim(
    id="initialization.kaiming_compromise",
    title="The harmonic mean of 2/n and 2/m is 4/(n + m), and serves both only where n = m",
    source="003 4h",
    states=all_of(
        iff(all_of(forwards, backwards), all_of(agree, chosen)), equation(harmonic, compromise)
    ),
    proof=Parts(
        (
            both_ways_proof(
                (n, m), v, lambda width, variance: half * width * variance, between, 2 / (n + m)
            ),
            chain(harmonic, equals(compromise, by=algebra)),
        )
    ),
    worlds=width_simulation.widths,
    model=models.Comparison(width_simulation.harmonic_mean),
    points=[{"factor": 2}],
    variants=[
        Variant("the arithmetic mean", equation((2 / n + 2 / m) / 2, compromise)),
        Variant("the geometric mean", equation(sqrt(4 / (n * m)), compromise)),
        Variant("Xavier's compromise", equation(harmonic, 2 / (n + m))),
        Variant(
            "the compromise serves both at all widths", iff(all_of(forwards, backwards), chosen)
        ),
    ],
)

#: Weights γ·Z with Z normal, or b·R with R uniform on (−1, 1): only V[Z], V[R] are used.
Z, R = random_variable("Z"), random_variable("R")
gamma, b = real("gamma"), real("b")
normal_scale, uniform_limit = sqrt(4 / (n + m)), sqrt(12 / (n + m))
normal_reached = equation(V(gamma * Z), compromise)
uniform_reached = equation(V(b * R), compromise)

kaiming_normal = Claim(
    id="initialization.kaiming_normal",
    title="Normal weights γ·Z have Kaiming's variance exactly for γ = √(4/(n + m))",
    source="003 4h",
    states=iff(normal_reached, equation(gamma, normal_scale)),
    given=[at_least(gamma, 0), equation(V(Z), 1)],
    proof=scale_proof(gamma, Z, 1, compromise, normal_scale),
    worlds=scale_simulation.weights(4),
    model=scale_simulation.normal_model,
    points=scale_simulation.normal_points(4),
    variants=[
        Variant("the variance for the scale", iff(normal_reached, equation(gamma, compromise))),
        Variant("Xavier's scale", iff(normal_reached, equation(gamma, sqrt(2 / (n + m))))),
        Variant("a uniform law's limit", iff(normal_reached, equation(gamma, uniform_limit))),
    ],
    without=[
        Without(at_least(gamma, 0), scale_simulation.negative_normal(4)),
        Without(equation(V(Z), 1), scale_simulation.stretched_normal(4)),
    ],
)

kaiming_uniform = Claim(
    id="initialization.kaiming_uniform",
    title="Uniform weights on (−b, b) have Kaiming's variance exactly for b = √(12/(n + m))",
    source="003 4h",
    states=iff(uniform_reached, equation(b, uniform_limit)),
    given=[at_least(b, 0), equation(V(R), third)],
    proof=scale_proof(b, R, third, compromise, uniform_limit),
    worlds=scale_simulation.weights(4),
    model=scale_simulation.uniform_model,
    points=scale_simulation.uniform_points(4),
    variants=[
        Variant("a normal law's scale", iff(uniform_reached, equation(b, normal_scale))),
        Variant("Xavier's limit", iff(uniform_reached, equation(b, sqrt(6 / (n + m))))),
        Variant("√(24/(n + m))", iff(uniform_reached, equation(b, sqrt(24 / (n + m))))),
    ],
    without=[
        Without(at_least(b, 0), scale_simulation.negative_uniform(4)),
        Without(equation(V(R), third), scale_simulation.stretched_uniform(4)),
    ],
    notes="1/3 is the variance of a uniform law on (−1, 1): initialization.uniform_variance",
)
