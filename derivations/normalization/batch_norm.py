"""Batch normalisation: what it ignores, and how to insert it without changing a network.

    BN(a)_i = (a_i − μ)/σ · β + γ,   μ = (1/m) Σ a_i,   σ² = (1/m) Σ (a_i − μ)²

The bias before a batch norm is dead weight and the scale of the weights does not matter, which
is why batch norm makes networks forgiving about initialisation and learning rates.
"""

from verify import (
    Array,
    Both,
    Claim,
    Obtain,
    Parts,
    Sum,
    algebra,
    all_of,
    at_least,
    at_most,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    given,
    greater,
    iff,
    index,
    less,
    let,
    matrix,
    monotone,
    real,
    sqrt,
    square_root,
    unequal,
    vector,
)

m, d = dimension("m"), dimension("d")
i, j, l = index("i", m), index("j", d), index("l", m)
x = matrix("x", m, d)
w, b, beta, gamma, c, eps = vector("w", d), real("b"), *map(real, ("beta", "gamma", "c", "eps"))

#: One neuron with weights u and bias t on the batch: preactivations, mean, centred values,
#: variance, standard deviation, normalised values, output; and the same with ε in the root.
u, t, e = vector("u", d), real("t"), real("e")
a = let("a", (u, t), Array(Sum(u[j] * x[i, j], j) + t, i))
mu = let("mu", (u, t), Sum(a(u, t)[i], i) / m)
z = let("z", (u, t), Array(a(u, t)[i] - mu(u, t), i))
S = let("S", (u, t), Sum(z(u, t)[i] ** 2, i) / m)
sigma = let("sigma", (u, t), sqrt(S(u, t)))
BN = let("BN", (u, t), Array(z(u, t)[i] / sigma(u, t) * beta + gamma, i))
BN_e = let("BN_e", (u, t, e), Array(z(u, t)[i] / sqrt(S(u, t) + e) * beta + gamma, i))

same_centred = every(i, equation(z(w, b)[i], z(w, 0)[i]))

batch_norm_bias_invariance = Claim(
    id="normalization.batch_norm_bias_invariance",
    title="The output of batch norm does not depend on the bias before it",
    source="000 A2a",
    states=equation(BN(w, b)[i], BN(w, 0)[i]),
    well_formed=[unequal(sigma(w, b), 0)],
    proof=Obtain(
        same_centred,
        chain(
            z(w, b)[i],
            equals(a(w, b)[i] - Sum(a(w, b)[l], l) / m, by=definition(z, mu)),
            equals(
                Sum(w[j] * x[i, j], j) + b - Sum(Sum(w[j] * x[l, j], j) + b, l) / m,
                by=definition(a),
            ),
            equals(
                Sum(w[j] * x[i, j], j) + 0 - Sum(Sum(w[j] * x[l, j], j) + 0, l) / m, by=algebra
            ),
            equals(a(w, 0)[i] - Sum(a(w, 0)[l], l) / m, by=definition(a)),
            equals(z(w, 0)[i], by=definition(z, mu)),
        ),
        chain(
            BN(w, b)[i],
            equals(
                z(w, b)[i] / sqrt(Sum(z(w, b)[l] ** 2, l) / m) * beta + gamma,
                by=definition(BN, sigma, S),
            ),
            equals(
                z(w, 0)[i] / sqrt(Sum(z(w, 0)[l] ** 2, l) / m) * beta + gamma,
                by=given(same_centred),
            ),
            equals(BN(w, 0)[i], by=definition(BN, sigma, S)),
        ),
    ),
)

#: Scaling the weights (and the bias with them, or not: it does not matter) by c.
scaled_centred = every(i, equation(z(c * w, b)[i], c * z(w, b)[i]))
scaling = chain(
    z(c * w, b)[i],
    equals(a(c * w, b)[i] - Sum(a(c * w, b)[l], l) / m, by=definition(z, mu)),
    equals(
        Sum(c * w[j] * x[i, j], j) + b - Sum(Sum(c * w[j] * x[l, j], j) + b, l) / m,
        by=definition(a),
    ),
    equals(
        c * (Sum(w[j] * x[i, j], j) + b - Sum(Sum(w[j] * x[l, j], j) + b, l) / m), by=algebra
    ),
    equals(c * (a(w, b)[i] - Sum(a(w, b)[l], l) / m), by=definition(a)),
    equals(c * z(w, b)[i], by=definition(z, mu)),
)

batch_norm_scale_invariance = Claim(
    id="normalization.batch_norm_scale_invariance",
    title="The output of batch norm does not change when the weights are scaled by c > 0",
    source="000 A2a",
    states=equation(BN(c * w, b)[i], BN(w, b)[i]),
    given=[greater(c, 0)],
    well_formed=[unequal(sigma(w, b), 0)],
    proof=Obtain(
        scaled_centred,
        scaling,
        chain(
            BN(c * w, b)[i],
            equals(
                z(c * w, b)[i] / sqrt(Sum(z(c * w, b)[l] ** 2, l) / m) * beta + gamma,
                by=definition(BN, sigma, S),
            ),
            equals(
                c * z(w, b)[i] / sqrt(Sum((c * z(w, b)[l]) ** 2, l) / m) * beta + gamma,
                by=given(scaled_centred),
            ),
            equals(
                c * z(w, b)[i] / (c * sqrt(Sum(z(w, b)[l] ** 2, l) / m)) * beta + gamma,
                by=square_root,
            ),
            equals(z(w, b)[i] / sqrt(Sum(z(w, b)[l] ** 2, l) / m) * beta + gamma, by=algebra),
            equals(BN(w, b)[i], by=definition(BN, sigma, S)),
        ),
    ),
)

batch_norm_scale_sign = Claim(
    id="normalization.batch_norm_scale_sign",
    title="Scaling the weights by c < 0 flips the sign of the normalised values",
    source="000 A2a",
    states=equation(BN(c * w, b)[i] - gamma, -(BN(w, b)[i] - gamma)),
    given=[less(c, 0)],
    well_formed=[unequal(sigma(w, b), 0)],
    proof=Obtain(
        scaled_centred,
        scaling,
        chain(
            BN(c * w, b)[i] - gamma,
            equals(
                z(c * w, b)[i] / sqrt(Sum(z(c * w, b)[l] ** 2, l) / m) * beta,
                by=definition(BN, sigma, S),
            ),
            equals(
                c * z(w, b)[i] / sqrt(Sum((c * z(w, b)[l]) ** 2, l) / m) * beta,
                by=given(scaled_centred),
            ),
            equals(
                c * z(w, b)[i] / (-c * sqrt(Sum(z(w, b)[l] ** 2, l) / m)) * beta, by=square_root
            ),
            equals(-(z(w, b)[i] / sqrt(Sum(z(w, b)[l] ** 2, l) / m) * beta), by=algebra),
            equals(-(BN(w, b)[i] - gamma), by=definition(BN, sigma, S)),
        ),
    ),
)

batch_norm_scale_epsilon = Claim(
    id="normalization.batch_norm_scale_epsilon",
    title="With ε, scaling the weights by c > 0 is the same as dividing ε by c²",
    source="000 A2a",
    states=equation(BN_e(c * w, b, eps)[i], BN_e(w, b, eps / c**2)[i]),
    given=[greater(c, 0)],
    well_formed=[greater(eps, 0)],
    proof=Obtain(
        scaled_centred,
        scaling,
        chain(
            BN_e(c * w, b, eps)[i],
            equals(
                z(c * w, b)[i] / sqrt(Sum(z(c * w, b)[l] ** 2, l) / m + eps) * beta + gamma,
                by=definition(BN_e, S),
            ),
            equals(
                c * z(w, b)[i] / sqrt(Sum((c * z(w, b)[l]) ** 2, l) / m + eps) * beta + gamma,
                by=given(scaled_centred),
            ),
            equals(
                c * z(w, b)[i] / (c * sqrt(Sum(z(w, b)[l] ** 2, l) / m + eps / c**2)) * beta
                + gamma,
                by=square_root,
            ),
            equals(
                z(w, b)[i] / sqrt(Sum(z(w, b)[l] ** 2, l) / m + eps / c**2) * beta + gamma,
                by=algebra,
            ),
            equals(BN_e(w, b, eps / c**2)[i], by=definition(BN_e, S)),
        ),
    ),
)

#: By what the normalised values grow when the weights are scaled by c, with ε in the root.
growth = let("r", c * sqrt(S(w, b) + eps) / sqrt(c**2 * S(w, b) + eps))

batch_norm_scale_epsilon_bounds = Claim(
    id="normalization.batch_norm_scale_epsilon_bounds",
    title="With ε and c ≥ 1 the outputs grow by a factor between 1 and √(1 + ε/σ²)",
    source="000 A2a",
    states=all_of(
        equation(BN_e(c * w, b, eps)[i] - gamma, growth * (BN_e(w, b, eps)[i] - gamma)),
        at_least(growth, 1),
        at_most(growth, sqrt(1 + eps / S(w, b))),
    ),
    given=[at_least(c, 1), greater(eps, 0)],
    well_formed=[greater(S(w, b), 0)],
    proof=Parts(
        (
            Obtain(
                scaled_centred,
                scaling,
                chain(
                    BN_e(c * w, b, eps)[i] - gamma,
                    equals(
                        z(c * w, b)[i] / sqrt(Sum(z(c * w, b)[l] ** 2, l) / m + eps) * beta,
                        by=definition(BN_e, S),
                    ),
                    equals(
                        c * z(w, b)[i] / sqrt(Sum((c * z(w, b)[l]) ** 2, l) / m + eps) * beta,
                        by=given(scaled_centred),
                    ),
                    equals(
                        c * z(w, b)[i] / sqrt(c**2 * S(w, b) + eps) * beta, by=definition(S)
                    ),
                    equals(
                        c
                        * sqrt(S(w, b) + eps)
                        / sqrt(c**2 * S(w, b) + eps)
                        * (z(w, b)[i] / sqrt(S(w, b) + eps) * beta),
                        by=algebra,
                    ),
                    equals(growth * (BN_e(w, b, eps)[i] - gamma), by=definition(growth, BN_e)),
                ),
            ),
            chain(
                growth,
                equals(
                    c * sqrt(S(w, b) + eps) / sqrt(c**2 * S(w, b) + eps), by=definition(growth)
                ),
                equals(
                    sqrt(1 + (c - 1) * (c + 1) * eps / (c**2 * S(w, b) + eps)), by=square_root
                ),
                at_least(sqrt(1), by=monotone),
                equals(1, by=algebra),
            ),
            chain(
                growth,
                equals(
                    c * sqrt(S(w, b) + eps) / sqrt(c**2 * S(w, b) + eps), by=definition(growth)
                ),
                equals(
                    sqrt(
                        1
                        + eps / S(w, b)
                        - eps * (S(w, b) + eps) / (S(w, b) * (c**2 * S(w, b) + eps))
                    ),
                    by=square_root,
                ),
                at_most(sqrt(1 + eps / S(w, b)), by=monotone),
            ),
        )
    ),
)
