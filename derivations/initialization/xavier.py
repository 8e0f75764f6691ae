"""Xavier's scale: what keeps the signal of a linear layer, forward, backward, or nearly both.

    n·V[W] = 1 forward,   m·V[W] = 1 backward,   V[W] = 2/(n + m) as their harmonic mean

n units below, m above. No scale serves both directions unless the widths agree; the harmonic
mean of the two variances is the compromise that is the default for tanh layers to this day.
"""

from typing import Any

from derivations.initialization import preactivation as row
from derivations.initialization.balance import both_ways_proof, kept_proof
from derivations.initialization.preactivation import preactivation_variance
from derivations.initialization.scale import scale_proof
from derivations.initialization.simulations import scale as scale_simulation
from derivations.initialization.simulations import xavier as simulation
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
    chain,
    definition,
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
    sqrt,
    uncorrelated,
    unequal,
)

n, m = dimension("n"), dimension("m")
v, s = real("v"), real("s")
j, i, k = index("j", n), index("i", m), index("k", m)

#: One unit's weights W on the n activations below, and its preactivation.
W, x = random_vector("W", n), random_vector("x", n)
z = Sum(W[j] * x[j], j)

#: One unit's weights U to the m units above, their gradients, and the gradient that it receives.
U, delta = random_vector("U", m), random_vector("delta", m)
g = Sum(U[i] * delta[i], i)

centred, spread = every(j, equation(E(x[j]), 0)), every(j, equation(V(x[j]), s))
second_moment = every(j, equation(E(x[j] ** 2), s))
variance = equation(V(z), n * v * s)

xavier_forward = Claim(
    id="initialization.xavier_forward",
    title="A linear layer keeps the variance of centred activations exactly when n·V[W] = 1",
    source="003 4e",
    states=iff(equation(V(z), s), equation(n * v, 1)),
    given=[uncorrelated(W, mean=0, variance=v), independent(W, x), centred, spread, unequal(s, 0)],
    proof=Obtain(
        second_moment,
        chain(
            E(x[j] ** 2),
            equals((E(x[j] ** 2) - E(x[j]) ** 2) + E(x[j]) ** 2, by=algebra),
            equals(V(x[j]) + E(x[j]) ** 2, by=definition(V(x[j]))),
            equals(s, by=given),
        ),
        Obtain(
            variance,
            chain(V(z), equals(n * v * s, by=lemma(preactivation_variance, {row.q: s}))),
            kept_proof(V(z), n * v, s, variance),
        ),
    ),
    worlds=simulation.forward,
    model=simulation.forward_model,
    points=simulation.forward_points,
    variants=[
        Variant("the width above", iff(equation(V(z), s), equation(m * v, 1))),
        Variant("He's scale", iff(equation(V(z), s), equation(n * v, 2))),
        Variant("the standard deviation", iff(equation(V(z), s), equation(n * v**2, 1))),
        Variant("the variance doubled", iff(equation(V(z), 2 * s), equation(n * v, 1))),
    ],
    without=[
        *weaker_weights(
            W,
            j,
            mean=0,
            variance=v,
            correlated=simulation.equal_weights,
            another_mean=simulation.a_mean_that_is_not_stated,
            another_variance=simulation.a_variance_that_is_not_stated,
        ),
        Without(independent(W, x), simulation.weights_that_are_the_inputs),
        Without(centred, simulation.inputs_with_a_mean),
        Without(spread, simulation.another_signal),
        Without(unequal(s, 0), simulation.no_signal),
    ],
)

gradient = every(i, equation(E(delta[i] ** 2), s))
received = equation(E(g**2), m * v * s)

xavier_backward = Claim(
    id="initialization.xavier_backward",
    title="A linear layer keeps the second moment of gradients exactly when m·V[W] = 1",
    source="003 4e",
    states=iff(equation(E(g**2), s), equation(m * v, 1)),
    given=[uncorrelated(U, mean=0, variance=v), independent(U, delta), gradient, unequal(s, 0)],
    proof=Obtain(
        received,
        chain(
            E(g**2),
            equals(Sum(E(U[i] * U[k] * delta[i] * delta[k]), i, k), by=linearity),
            equals(Sum(E(U[i] * U[k]) * E(delta[i] * delta[k]), i, k), by=independence),
            equals(Sum(v * E(delta[i] ** 2), i), by=moments),
            equals(m * v * s, by=given),
        ),
        kept_proof(E(g**2), m * v, s, received),
    ),
    worlds=simulation.backward,
    model=simulation.backward_model,
    points=simulation.backward_points,
    variants=[
        Variant("the width below", iff(equation(E(g**2), s), equation(n * v, 1))),
        Variant("twice the scale", iff(equation(E(g**2), s), equation(m * v, 2))),
        Variant("the standard deviation", iff(equation(E(g**2), s), equation(m * v**2, 1))),
        Variant("one weight for all", iff(equation(E(g**2), s), equation(m**2 * v, 1))),
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
        Without(independent(U, delta), simulation.weights_that_are_the_inputs),
        Without(gradient, simulation.another_signal),
        Without(unequal(s, 0), simulation.no_signal),
    ],
)

#: The variances for the two directions, their harmonic mean, and when one scale serves both.


def between(one: Any, other: Any) -> Any:
    """Xavier's variance for two widths."""
    return 2 / (one + other)


compromise = between(n, m)
harmonic = 2 / (1 / (1 / n) + 1 / (1 / m))
forwards, backwards = equation(n * v, 1), equation(m * v, 1)
serves_both = iff(all_of(forwards, backwards), all_of(equation(n, m), equation(v, compromise)))

xavier_compromise = Claim(
    id="initialization.xavier_compromise",
    title="The harmonic mean of 1/n and 1/m is 2/(n + m), and serves both only where n = m",
    source="003 4e",
    states=all_of(serves_both, equation(harmonic, compromise)),
    proof=Parts(
        (
            both_ways_proof(
                (n, m), v, lambda width, variance: width * variance, between, 1 / (n + m)
            ),
            chain(harmonic, equals(compromise, by=algebra)),
        )
    ),
    worlds=simulation.widths,
    model=models.Comparison(simulation.harmonic_mean),
    points=[{"factor": 1}],
    variants=[
        Variant("the arithmetic mean", equation((1 / n + 1 / m) / 2, compromise)),
        Variant("the geometric mean", equation(sqrt(1 / (n * m)), compromise)),
        Variant("1/(n + m)", equation(harmonic, 1 / (n + m))),
        Variant(
            "the compromise serves both at all widths",
            iff(all_of(forwards, backwards), equation(v, compromise)),
        ),
    ],
)

#: Weights γ·Z with Z normal, or b·R with R uniform on (−1, 1): only V[Z], V[R] are used.
Z, R = random_variable("Z"), random_variable("R")
gamma, b = real("gamma"), real("b")
third = Rational(1, 3)
normal_scale, uniform_limit = sqrt(2 / (n + m)), sqrt(6 / (n + m))
normal_reached = equation(V(gamma * Z), compromise)
uniform_reached = equation(V(b * R), compromise)

xavier_normal = Claim(
    id="initialization.xavier_normal",
    title="Normal weights γ·Z have Xavier's variance exactly for γ = √(2/(n + m))",
    source="003 4e",
    states=iff(normal_reached, equation(gamma, normal_scale)),
    given=[at_least(gamma, 0), equation(V(Z), 1)],
    proof=scale_proof(gamma, Z, 1, compromise, normal_scale),
    worlds=scale_simulation.weights(2),
    model=scale_simulation.normal_model,
    points=scale_simulation.normal_points(2),
    variants=[
        Variant("the variance for the scale", iff(normal_reached, equation(gamma, compromise))),
        Variant("√(1/(n + m))", iff(normal_reached, equation(gamma, sqrt(1 / (n + m))))),
        Variant("a uniform law's limit", iff(normal_reached, equation(gamma, uniform_limit))),
    ],
    without=[
        Without(at_least(gamma, 0), scale_simulation.negative_normal(2)),
        Without(equation(V(Z), 1), scale_simulation.stretched_normal(2)),
    ],
)

xavier_uniform = Claim(
    id="initialization.xavier_uniform",
    title="Uniform weights on (−b, b) have Xavier's variance exactly for b = √(6/(n + m))",
    source="003 4e",
    states=iff(uniform_reached, equation(b, uniform_limit)),
    given=[at_least(b, 0), equation(V(R), third)],
    proof=scale_proof(b, R, third, compromise, uniform_limit),
    worlds=scale_simulation.weights(2),
    model=scale_simulation.uniform_model,
    points=scale_simulation.uniform_points(2),
    variants=[
        Variant("a normal law's scale", iff(uniform_reached, equation(b, normal_scale))),
        Variant("√(3/(n + m))", iff(uniform_reached, equation(b, sqrt(3 / (n + m))))),
        Variant("√(12/(n + m))", iff(uniform_reached, equation(b, sqrt(12 / (n + m))))),
    ],
    without=[
        Without(at_least(b, 0), scale_simulation.negative_uniform(2)),
        Without(equation(V(R), third), scale_simulation.stretched_uniform(2)),
    ],
    notes="1/3 is the variance of a uniform law on (−1, 1): initialization.uniform_variance",
)
