"""The variance and the symmetry of a preactivation.

    V[a] = n · V[W] · E[x²],   a = Σ_j W_j x_j

Every initialisation scheme starts here: it says how the scale of one layer's weights and inputs
sets the scale of its outputs, and why it is E[x²] and not V[x] that matters once the inputs
come out of a ReLU and are no longer centred.
"""

from derivations.initialization.simulations import preactivation as simulation
from derivations.initialization.weaker_weights import weaker_weights
from verify import (
    Array,
    Claim,
    Delta,
    E,
    Parts,
    Sum,
    V,
    Variant,
    Without,
    algebra,
    all_of,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    finite_moment,
    given,
    independence,
    independent,
    index,
    linearity,
    moments,
    random_matrix,
    random_vector,
    real,
    same_law,
    symmetric,
    symmetry,
    uncorrelated,
)

n = dimension("n")
W, x = random_vector("W", n), random_vector("x", n)
v, q, mu = real("v"), real("q"), real("mu")
j, k = index("j", n), index("k", n)
a = Sum(W[j] * x[j], j)

preactivation_variance = Claim(
    id="initialization.preactivation_variance",
    title="The variance of a preactivation is n · V[W] · E[x²]",
    source="000 A1a",
    states=equation(V(a), n * v * q),
    given=[
        uncorrelated(W, mean=0, variance=v),
        independent(W, x),
        every(j, equation(E(x[j] ** 2), q)),
    ],
    proof=chain(
        V(a),
        equals(E(a**2) - E(a) ** 2, by=definition),
        equals(Sum(E(W[j] * W[k] * x[j] * x[k]), j, k) - Sum(E(W[j] * x[j]), j) ** 2, by=linearity),
        equals(
            Sum(E(W[j] * W[k]) * E(x[j] * x[k]), j, k) - Sum(E(W[j]) * E(x[j]), j) ** 2,
            by=independence,
        ),
        equals(Sum(v * E(x[j] ** 2), j), by=moments),
        equals(n * v * q, by=given),
    ),
    worlds=simulation.centred_weights,
    model=simulation.variance_model,
    points=[{"n": 3, "v": 0.7, "q": 2.5}, {"n": 8, "v": 0.3, "q": 0.6}],
    variants=[
        Variant(
            "the variance of the inputs for their second moment", equation(V(a), n * v * V(x[1]))
        ),
        Variant("n² for n", equation(V(a), n**2 * v * q)),
        Variant("q² for q", equation(V(a), n * v * q**2)),
        Variant("the width left out", equation(V(a), v * q)),
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
        Without(every(j, equation(E(x[j] ** 2), q)), simulation.another_second_moment),
    ],
)

preactivation_variance_general = Claim(
    id="initialization.preactivation_variance_general",
    title="With mean μ and any second moments: V[a] = v · Σ E[x_j²] + μ² · V[Σ x_j]",
    source="000 A1a",
    states=equation(V(a), v * Sum(E(x[j] ** 2), j) + mu**2 * V(Sum(x[j], j))),
    given=[uncorrelated(W, mean=mu, variance=v), independent(W, x)],
    well_formed=[finite_moment(x, 2)],
    proof=chain(
        V(a),
        equals(E(a**2) - E(a) ** 2, by=definition),
        equals(Sum(E(W[j] * W[k] * x[j] * x[k]), j, k) - Sum(E(W[j] * x[j]), j) ** 2, by=linearity),
        equals(
            Sum(E(W[j] * W[k]) * E(x[j] * x[k]), j, k) - Sum(E(W[j]) * E(x[j]), j) ** 2,
            by=independence,
        ),
        equals(
            v * Sum(E(x[j] ** 2), j) + mu**2 * (Sum(E(x[j] * x[k]), j, k) - Sum(E(x[j]), j) ** 2),
            by=moments,
        ),
        equals(
            v * Sum(E(x[j] ** 2), j) + mu**2 * (E(Sum(x[j], j) ** 2) - E(Sum(x[j], j)) ** 2),
            by=linearity,
        ),
        equals(v * Sum(E(x[j] ** 2), j) + mu**2 * V(Sum(x[j], j)), by=definition),
    ),
    worlds=simulation.weights_with_a_mean,
    model=simulation.variance_model,
    points=[
        {"n": 3, "mu": 0.8, "v": 0.7, "q": 2.5},
        {"n": 6, "mu": -0.5, "v": 0.3, "q": 0.6},
    ],
    variants=[
        Variant("the mean of the weights forgotten", equation(V(a), v * Sum(E(x[j] ** 2), j))),
        Variant(
            "variances for second moments",
            equation(V(a), v * Sum(V(x[j]), j) + mu**2 * V(Sum(x[j], j))),
        ),
        Variant(
            "inputs treated as if they were uncorrelated",
            equation(V(a), v * Sum(E(x[j] ** 2), j) + mu**2 * Sum(V(x[j]), j)),
        ),
        Variant(
            "the second moment of Σ x_j for its variance",
            equation(V(a), v * Sum(E(x[j] ** 2), j) + mu**2 * E(Sum(x[j], j) ** 2)),
        ),
    ],
    without=[
        *weaker_weights(
            W,
            j,
            mean=mu,
            variance=v,
            correlated=simulation.equal_weights,
            another_mean=simulation.a_mean_that_is_not_stated,
            another_variance=simulation.a_variance_that_is_not_stated,
        ),
        Without(independent(W, x), simulation.weights_that_are_the_inputs),
    ],
)

m = dimension("m")
M = random_matrix("M", m, n)
i = index("i", m)
layer = Array(Sum(M[i, j] * x[j], j), i)

preactivation_symmetry = Claim(
    id="initialization.preactivation_symmetry",
    title="Symmetric weights make a preactivation symmetric, with mean zero",
    source="000 A1b",
    states=all_of(same_law(a, -a), equation(E(a), 0)),
    given=[symmetric(W), independent(W, x)],
    well_formed=[finite_moment(W, 1), finite_moment(x, 1)],
    proof=Parts(
        (
            chain(
                a,
                same_law(Sum((-W[j]) * x[j], j), by=symmetry(W)),
                equals(-a, by=algebra),
            ),
            chain(
                E(a),
                equals((E(a) + E(a)) / 2, by=algebra),
                equals((E(a) + E(-a)) / 2, by=symmetry(W)),
                equals((E(a) - E(a)) / 2, by=linearity),
                equals(0, by=algebra),
            ),
        )
    ),
    worlds=simulation.symmetric_weights,
    model=simulation.symmetry_model,
    points=[{"n": 3, "freedom": 1.5}, {"n": 5, "freedom": 3}],
    variants=[
        Variant(
            "only each weight by itself symmetric",
            given=[every(j, symmetric(W[j])), independent(W, x)],
            worlds=simulation.symmetric_marginals_only,
        ),
        Variant(
            "centred weights",
            given=[every(j, equation(E(W[j]), 0)), independent(W, x)],
            worlds=simulation.centred_but_skewed,
        ),
        Variant(
            "weights that depend on the inputs",
            given=[symmetric(W)],
            worlds=simulation.a_row_that_is_its_inputs,
        ),
        Variant("the preactivation independent of the inputs", independent(a, x)),
        Variant("the mean of the inputs for 0", equation(E(a), Sum(E(x[j]), j))),
    ],
    without=[
        Without(
            symmetric(W),
            simulation.symmetric_marginals_only,
            weakened=every(j, symmetric(W[j])),
        ),
        Without(
            symmetric(W),
            simulation.centred_but_skewed,
            weakened=every(j, equation(E(W[j]), 0)),
        ),
        Without(independent(W, x), simulation.a_row_that_is_its_inputs),
    ],
)

preactivation_layer_symmetry = Claim(
    id="initialization.preactivation_layer_symmetry",
    title="The whole vector of preactivations and its negative have one joint law",
    source="000 A1b",
    states=same_law(layer, -layer),
    given=[symmetric(M), independent(M, x)],
    proof=chain(
        layer,
        same_law(Array(Sum((-M[i, j]) * x[j], j), i), by=symmetry(M)),
        equals(-layer, by=algebra),
    ),
    worlds=simulation.symmetric_layer,
    model=simulation.layer_symmetry_model,
    points=[
        {"m": 2, "n": 3, "freedom": 1, "direction": [1, -2]},
        {"m": 3, "n": 2, "freedom": 1, "direction": [1, 1, 0.5]},
    ],
    variants=[
        Variant(
            "only each row by itself symmetric",
            given=[every(i, symmetric(M[i])), independent(M, x)],
            worlds=simulation.layer_with_symmetric_rows_only,
        ),
        Variant(
            "centred weights",
            given=[every([i, j], equation(E(M[i, j]), 0)), independent(M, x)],
            worlds=simulation.layer_that_is_centred_but_skewed,
        ),
        Variant(
            "weights that depend on the inputs",
            given=[symmetric(M)],
            worlds=simulation.layer_that_is_its_input,
        ),
        Variant(
            "the sign of the first unit alone changed",
            same_law(layer, Array((1 - 2 * Delta(i, 1)) * Sum(M[i, j] * x[j], j), i)),
        ),
    ],
    without=[
        Without(
            symmetric(M),
            simulation.layer_with_symmetric_rows_only,
            weakened=every(i, symmetric(M[i])),
        ),
        Without(
            symmetric(M),
            simulation.layer_that_is_centred_but_skewed,
            weakened=every([i, j], equation(E(M[i, j]), 0)),
        ),
        Without(independent(M, x), simulation.layer_that_is_its_input),
    ],
)
