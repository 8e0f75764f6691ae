"""The scale of the weights behind a leaky ReLU.

    V[z] = V[b]  ⇔  V[W] = 2 / ((1 + s²)·n),   z = Σ_j W_j f(b_j),   f(b) = b above 0, s·b below

The slope s joins the two classical rules: s = 0 is He's 2/n, and s = 1, a linear layer, is
Xavier's 1/n. It is the `gain` that frameworks ask for.
"""

from derivations.initialization import preactivation as row
from derivations.initialization.preactivation import preactivation_variance_general
from derivations.initialization.simulations import leaky_relu as simulation
from derivations.initialization.weaker_weights import weaker_weights
from verify import (
    Array,
    Both,
    Claim,
    E,
    Rational,
    Sum,
    V,
    Variant,
    Without,
    algebra,
    cases,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    finite_moment,
    given,
    iff,
    independent,
    index,
    lemma,
    let,
    linearity,
    random_variable,
    random_vector,
    real,
    relu,
    symmetric,
    symmetry,
    uncorrelated,
    unequal,
)

half = Rational(1, 2)
s, t = real("s"), real("t")
a = random_variable("a")

#: The leaky ReLU: t for t ≥ 0, s·t for t ≤ 0.
f = let("f", (t,), relu(t) - s * relu(-t))
above, below = relu(a) - s * relu(-a), relu(-a) - s * relu(a)

centred, about_its_mean = equation(E(a), 0), symmetric(a - E(a))

leaky_relu_second_moment = Claim(
    id="initialization.leaky_relu_second_moment",
    title="A leaky ReLU keeps (1 + s²)/2 of the variance of a symmetric variable",
    source="000 A1c",
    states=equation(E(f(a) ** 2), half * (1 + s**2) * V(a)),
    given=[symmetric(a)],
    well_formed=[finite_moment(a, 2)],
    proof=chain(
        E(f(a) ** 2),
        equals(E(above**2), by=definition(f(a))),
        equals(half * (E(above**2) + E(above**2)), by=algebra),
        equals(half * (E(above**2) + E(below**2)), by=symmetry(a)),
        equals(half * E(above**2 + below**2), by=linearity),
        equals(half * E((1 + s**2) * a**2), by=cases),
        equals(half * (1 + s**2) * E(a**2), by=linearity),
        equals(half * (1 + s**2) * (E(a**2) - E(a) ** 2), by=symmetry(a)),
        equals(half * (1 + s**2) * V(a), by=definition),
    ),
    worlds=simulation.symmetric_variable,
    model=simulation.unit_model,
    points=simulation.unit_points,
    variants=[
        Variant("1 + s for 1 + s²", equation(E(f(a) ** 2), half * (1 + s) * V(a))),
        Variant("without the ½", equation(E(f(a) ** 2), (1 + s**2) * V(a))),
        Variant("the factor of a ReLU", equation(E(f(a) ** 2), half * V(a))),
        Variant("the variance of the output", equation(V(f(a)), half * (1 + s**2) * V(a))),
        Variant("mean zero for symmetric", given=[centred], worlds=simulation.centred_but_skewed),
    ],
    without=[
        Without(symmetric(a), simulation.centred_but_skewed, weakened=centred),
        Without(symmetric(a), simulation.symmetric_about_one, weakened=about_its_mean),
    ],
)

n = dimension("n")
W, b = random_vector("W", n), random_vector("b", n)
v, q = real("v"), real("q")
j = index("j", n)
z = Sum(W[j] * f(b[j]), j)
kept = 2 / ((1 + s**2) * n)

each_symmetric, each_spread = every(j, symmetric(b[j])), every(j, equation(V(b[j]), q))
each_centred = every(j, equation(E(b[j]), 0))
weights = [uncorrelated(W, mean=0, variance=v), independent(W, b)]
laws = [*weights, each_symmetric, each_spread]
without_laws = [
    *weaker_weights(
        W,
        j,
        mean=0,
        variance=v,
        correlated=simulation.equal_weights,
        another_mean=simulation.a_mean_that_is_not_stated,
        another_variance=simulation.a_variance_that_is_not_stated,
    ),
    Without(independent(W, b), simulation.weights_that_follow_the_units),
    Without(each_symmetric, simulation.skewed_units, weakened=each_centred),
    Without(each_spread, simulation.another_variance),
]

leaky_relu_recurrence = Claim(
    id="initialization.leaky_relu_recurrence",
    title="A leaky ReLU layer maps variances by ½ · (1 + s²) · n · V[W]",
    source="000 A1",
    states=equation(V(z), half * (1 + s**2) * n * v * q),
    given=laws,
    well_formed=[finite_moment(b, 2)],
    proof=chain(
        V(z),
        equals(
            v * Sum(E(f(b[j]) ** 2), j),
            by=lemma(preactivation_variance_general, {row.x: Array(f(b[j]), j), row.mu: 0}),
        ),
        equals(
            v * Sum(half * (1 + s**2) * V(b[j]), j), by=lemma(leaky_relu_second_moment, {a: b[j]})
        ),
        equals(half * (1 + s**2) * n * v * q, by=given),
    ),
    worlds=simulation.layer,
    model=simulation.layer_model,
    points=simulation.layer_points,
    variants=[
        Variant("1 + s for 1 + s²", equation(V(z), half * (1 + s) * n * v * q)),
        Variant("the factor of a ReLU", equation(V(z), half * n * v * q)),
        Variant("without the ½", equation(V(z), (1 + s**2) * n * v * q)),
        Variant(
            "mean zero for symmetric",
            given=[*weights, each_centred, each_spread],
            worlds=simulation.skewed_units,
        ),
    ],
    without=without_laws,
)

leaky_relu_variance = Claim(
    id="initialization.leaky_relu_variance",
    title="A leaky ReLU layer keeps the variance exactly when V[W] = 2/((1 + s²)·n)",
    source="000 A1",
    states=iff(equation(V(z), q), equation(v, kept)),
    given=[*laws, unequal(q, 0)],
    well_formed=[finite_moment(b, 2)],
    proof=Both(
        forward=chain(
            v,
            equals(2 * (half * (1 + s**2) * n * v * q) / ((1 + s**2) * n * q), by=algebra),
            equals(2 * V(z) / ((1 + s**2) * n * q), by=lemma(leaky_relu_recurrence)),
            equals(2 * q / ((1 + s**2) * n * q), by=given(equation(V(z), q))),
            equals(kept, by=algebra),
        ),
        backward=chain(
            V(z),
            equals(half * (1 + s**2) * n * v * q, by=lemma(leaky_relu_recurrence)),
            equals(half * (1 + s**2) * n * kept * q, by=given(equation(v, kept))),
            equals(q, by=algebra),
        ),
    ),
    worlds=simulation.layer,
    model=simulation.layer_model,
    points=simulation.kept_points,
    variants=[
        Variant("He's scale", iff(equation(V(z), q), equation(v, 2 / n))),
        Variant("1 + |s| for 1 + s²", iff(equation(V(z), q), equation(v, 2 / ((1 + abs(s)) * n)))),
        Variant("Xavier's scale", iff(equation(V(z), q), equation(v, 1 / n))),
        Variant(
            "mean zero for symmetric",
            given=[*weights, each_centred, each_spread, unequal(q, 0)],
            worlds=simulation.skewed_units,
        ),
    ],
    without=[*without_laws, Without(unequal(q, 0), simulation.no_signal)],
)
