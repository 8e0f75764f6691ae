"""The variance and the symmetry of a preactivation.

    V[a] = n · V[W] · E[x²],   a = Σ_j W_j x_j

Every initialisation scheme starts here: it says how the scale of one layer's weights and inputs
sets the scale of its outputs, and why it is E[x²] and not V[x] that matters once the inputs
come out of a ReLU and are no longer centred.
"""

from verify import (
    Array,
    Claim,
    E,
    Parts,
    Sum,
    V,
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
        equals(
            Sum(E(W[j] * W[k] * x[j] * x[k]), j, k) - Sum(E(W[j] * x[j]), j) ** 2, by=linearity
        ),
        equals(
            Sum(E(W[j] * W[k]) * E(x[j] * x[k]), j, k) - Sum(E(W[j]) * E(x[j]), j) ** 2,
            by=independence,
        ),
        equals(Sum(v * E(x[j] ** 2), j), by=moments),
        equals(n * v * q, by=given),
    ),
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
        equals(
            Sum(E(W[j] * W[k] * x[j] * x[k]), j, k) - Sum(E(W[j] * x[j]), j) ** 2, by=linearity
        ),
        equals(
            Sum(E(W[j] * W[k]) * E(x[j] * x[k]), j, k) - Sum(E(W[j]) * E(x[j]), j) ** 2,
            by=independence,
        ),
        equals(
            v * Sum(E(x[j] ** 2), j)
            + mu**2 * (Sum(E(x[j] * x[k]), j, k) - Sum(E(x[j]), j) ** 2),
            by=moments,
        ),
        equals(
            v * Sum(E(x[j] ** 2), j) + mu**2 * (E(Sum(x[j], j) ** 2) - E(Sum(x[j], j)) ** 2),
            by=linearity,
        ),
        equals(v * Sum(E(x[j] ** 2), j) + mu**2 * V(Sum(x[j], j)), by=definition),
    ),
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
)
