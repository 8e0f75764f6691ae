"""Batch normalisation: what it ignores, and how to insert it without changing a network.

    BN(a)_i = (a_i − μ)/σ · β + γ,   μ = (1/m) Σ a_i,   σ² = (1/m) Σ (a_i − μ)²

The bias before a batch norm is dead weight and the scale of the weights does not matter, which
is why batch norm makes networks forgiving about initialisation and learning rates.
"""

from typing import Any, NamedTuple

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

#: One neuron with weights u and bias t on the batch.
u, t = vector("u", d), real("t")
a = let("a", (u, t), Array(Sum(u[j] * x[i, j], j) + t, i))

class Statistics(NamedTuple):
    """Definitions for a batch of values y."""

    mu: Any
    z: Any
    S: Any
    sigma: Any
    hat: Any


def batch_statistics(m: Any) -> Statistics:
    """Of a batch of m values: mean, centred values, variance, standard deviation, normalised."""
    i, y = index("i", m), vector("y", m)
    mu = let("mu", (y,), Sum(y[i], i) / m)
    z = let("z", (y,), Array(y[i] - mu(y), i))
    S = let("S", (y,), Sum(z(y)[i] ** 2, i) / m)
    sigma = let("sigma", (y,), sqrt(S(y)))
    hat = let("hat", (y,), Array(z(y)[i] / sigma(y), i))
    return Statistics(mu, z, S, sigma, hat)


#: The output of batch norm, and the same with ε in the root.
mu, z, S, sigma, hat = batch_statistics(m)
y, e = vector("y", m), real("e")
BN = let("BN", (y,), Array(hat(y)[i] * beta + gamma, i))
BN_e = let("BN_e", (y, e), Array(z(y)[i] / sqrt(S(y) + e) * beta + gamma, i))

same_centred = every(i, equation(z(a(w, b))[i], z(a(w, 0))[i]))

batch_norm_bias_invariance = Claim(
    id="normalization.batch_norm_bias_invariance",
    title="The output of batch norm does not depend on the bias before it",
    source="000 A2a",
    states=equation(BN(a(w, b))[i], BN(a(w, 0))[i]),
    well_formed=[unequal(sigma(a(w, b)), 0)],
    proof=Obtain(
        same_centred,
        chain(
            z(a(w, b))[i],
            equals(a(w, b)[i] - Sum(a(w, b)[l], l) / m, by=definition(z, mu)),
            equals(
                Sum(w[j] * x[i, j], j) + b - Sum(Sum(w[j] * x[l, j], j) + b, l) / m,
                by=definition(a),
            ),
            equals(
                Sum(w[j] * x[i, j], j) + 0 - Sum(Sum(w[j] * x[l, j], j) + 0, l) / m, by=algebra
            ),
            equals(a(w, 0)[i] - Sum(a(w, 0)[l], l) / m, by=definition(a)),
            equals(z(a(w, 0))[i], by=definition(z, mu)),
        ),
        chain(
            BN(a(w, b))[i],
            equals(
                z(a(w, b))[i] / sqrt(Sum(z(a(w, b))[l] ** 2, l) / m) * beta + gamma,
                by=definition(BN, hat, sigma, S),
            ),
            equals(
                z(a(w, 0))[i] / sqrt(Sum(z(a(w, 0))[l] ** 2, l) / m) * beta + gamma,
                by=given(same_centred),
            ),
            equals(BN(a(w, 0))[i], by=definition(BN, hat, sigma, S)),
        ),
    ),
)

#: Scaling the weights (and the bias with them, or not: it does not matter) by c.
scaled_centred = every(i, equation(z(a(c * w, b))[i], c * z(a(w, b))[i]))
scaling = chain(
    z(a(c * w, b))[i],
    equals(a(c * w, b)[i] - Sum(a(c * w, b)[l], l) / m, by=definition(z, mu)),
    equals(
        Sum(c * w[j] * x[i, j], j) + b - Sum(Sum(c * w[j] * x[l, j], j) + b, l) / m,
        by=definition(a),
    ),
    equals(
        c * (Sum(w[j] * x[i, j], j) + b - Sum(Sum(w[j] * x[l, j], j) + b, l) / m), by=algebra
    ),
    equals(c * (a(w, b)[i] - Sum(a(w, b)[l], l) / m), by=definition(a)),
    equals(c * z(a(w, b))[i], by=definition(z, mu)),
)

batch_norm_scale_invariance = Claim(
    id="normalization.batch_norm_scale_invariance",
    title="The output of batch norm does not change when the weights are scaled by c > 0",
    source="000 A2a",
    states=equation(BN(a(c * w, b))[i], BN(a(w, b))[i]),
    given=[greater(c, 0)],
    well_formed=[unequal(sigma(a(w, b)), 0)],
    proof=Obtain(
        scaled_centred,
        scaling,
        chain(
            BN(a(c * w, b))[i],
            equals(
                z(a(c * w, b))[i] / sqrt(Sum(z(a(c * w, b))[l] ** 2, l) / m) * beta + gamma,
                by=definition(BN, hat, sigma, S),
            ),
            equals(
                c * z(a(w, b))[i] / sqrt(Sum((c * z(a(w, b))[l]) ** 2, l) / m) * beta + gamma,
                by=given(scaled_centred),
            ),
            equals(
                c * z(a(w, b))[i] / (c * sqrt(Sum(z(a(w, b))[l] ** 2, l) / m)) * beta + gamma,
                by=square_root,
            ),
            equals(z(a(w, b))[i] / sqrt(Sum(z(a(w, b))[l] ** 2, l) / m) * beta + gamma, by=algebra),
            equals(BN(a(w, b))[i], by=definition(BN, hat, sigma, S)),
        ),
    ),
)

batch_norm_scale_sign = Claim(
    id="normalization.batch_norm_scale_sign",
    title="Scaling the weights by c < 0 flips the sign of the normalised values",
    source="000 A2a",
    states=equation(BN(a(c * w, b))[i] - gamma, -(BN(a(w, b))[i] - gamma)),
    given=[less(c, 0)],
    well_formed=[unequal(sigma(a(w, b)), 0)],
    proof=Obtain(
        scaled_centred,
        scaling,
        chain(
            BN(a(c * w, b))[i] - gamma,
            equals(
                z(a(c * w, b))[i] / sqrt(Sum(z(a(c * w, b))[l] ** 2, l) / m) * beta,
                by=definition(BN, hat, sigma, S),
            ),
            equals(
                c * z(a(w, b))[i] / sqrt(Sum((c * z(a(w, b))[l]) ** 2, l) / m) * beta,
                by=given(scaled_centred),
            ),
            equals(
                c * z(a(w, b))[i] / (-c * sqrt(Sum(z(a(w, b))[l] ** 2, l) / m)) * beta, by=square_root
            ),
            equals(-(z(a(w, b))[i] / sqrt(Sum(z(a(w, b))[l] ** 2, l) / m) * beta), by=algebra),
            equals(-(BN(a(w, b))[i] - gamma), by=definition(BN, hat, sigma, S)),
        ),
    ),
)

batch_norm_scale_epsilon = Claim(
    id="normalization.batch_norm_scale_epsilon",
    title="With ε, scaling the weights by c > 0 is the same as dividing ε by c²",
    source="000 A2a",
    states=equation(BN_e(a(c * w, b), eps)[i], BN_e(a(w, b), eps / c**2)[i]),
    given=[greater(c, 0)],
    well_formed=[greater(eps, 0)],
    proof=Obtain(
        scaled_centred,
        scaling,
        chain(
            BN_e(a(c * w, b), eps)[i],
            equals(
                z(a(c * w, b))[i] / sqrt(Sum(z(a(c * w, b))[l] ** 2, l) / m + eps) * beta + gamma,
                by=definition(BN_e, S),
            ),
            equals(
                c * z(a(w, b))[i] / sqrt(Sum((c * z(a(w, b))[l]) ** 2, l) / m + eps) * beta + gamma,
                by=given(scaled_centred),
            ),
            equals(
                c * z(a(w, b))[i] / (c * sqrt(Sum(z(a(w, b))[l] ** 2, l) / m + eps / c**2)) * beta
                + gamma,
                by=square_root,
            ),
            equals(
                z(a(w, b))[i] / sqrt(Sum(z(a(w, b))[l] ** 2, l) / m + eps / c**2) * beta + gamma,
                by=algebra,
            ),
            equals(BN_e(a(w, b), eps / c**2)[i], by=definition(BN_e, S)),
        ),
    ),
)

#: By what the normalised values grow when the weights are scaled by c, with ε in the root.
growth = let("r", c * sqrt(S(a(w, b)) + eps) / sqrt(c**2 * S(a(w, b)) + eps))

batch_norm_scale_epsilon_bounds = Claim(
    id="normalization.batch_norm_scale_epsilon_bounds",
    title="With ε and c ≥ 1 the outputs grow by a factor between 1 and √(1 + ε/σ²)",
    source="000 A2a",
    states=all_of(
        equation(BN_e(a(c * w, b), eps)[i] - gamma, growth * (BN_e(a(w, b), eps)[i] - gamma)),
        at_least(growth, 1),
        at_most(growth, sqrt(1 + eps / S(a(w, b)))),
    ),
    given=[at_least(c, 1), greater(eps, 0)],
    well_formed=[greater(S(a(w, b)), 0)],
    proof=Parts(
        (
            Obtain(
                scaled_centred,
                scaling,
                chain(
                    BN_e(a(c * w, b), eps)[i] - gamma,
                    equals(
                        z(a(c * w, b))[i] / sqrt(Sum(z(a(c * w, b))[l] ** 2, l) / m + eps) * beta,
                        by=definition(BN_e, S),
                    ),
                    equals(
                        c * z(a(w, b))[i] / sqrt(Sum((c * z(a(w, b))[l]) ** 2, l) / m + eps) * beta,
                        by=given(scaled_centred),
                    ),
                    equals(
                        c * z(a(w, b))[i] / sqrt(c**2 * S(a(w, b)) + eps) * beta, by=definition(S)
                    ),
                    equals(
                        c
                        * sqrt(S(a(w, b)) + eps)
                        / sqrt(c**2 * S(a(w, b)) + eps)
                        * (z(a(w, b))[i] / sqrt(S(a(w, b)) + eps) * beta),
                        by=algebra,
                    ),
                    equals(growth * (BN_e(a(w, b), eps)[i] - gamma), by=definition(growth, BN_e)),
                ),
            ),
            chain(
                growth,
                equals(
                    c * sqrt(S(a(w, b)) + eps) / sqrt(c**2 * S(a(w, b)) + eps), by=definition(growth)
                ),
                equals(
                    sqrt(1 + (c - 1) * (c + 1) * eps / (c**2 * S(a(w, b)) + eps)), by=square_root
                ),
                at_least(sqrt(1), by=monotone),
                equals(1, by=algebra),
            ),
            chain(
                growth,
                equals(
                    c * sqrt(S(a(w, b)) + eps) / sqrt(c**2 * S(a(w, b)) + eps), by=definition(growth)
                ),
                equals(
                    sqrt(
                        1
                        + eps / S(a(w, b))
                        - eps * (S(a(w, b)) + eps) / (S(a(w, b)) * (c**2 * S(a(w, b)) + eps))
                    ),
                    by=square_root,
                ),
                at_most(sqrt(1 + eps / S(a(w, b))), by=monotone),
            ),
        )
    ),
)

#: Activations of a network without batch norm, and the layer inserted behind them.
v = vector("v", m)
reproduces = every(i, equation(z(v)[i] / sigma(v) * beta + gamma, v[i]))
reproduces_e = every(i, equation(z(v)[i] / sqrt(S(v) + eps) * beta + gamma, v[i]))

batch_norm_identity_insertion = Claim(
    id="normalization.batch_norm_identity_insertion",
    title="Exactly β = σ, γ = μ make a new batch norm reproduce the activations",
    source="000 A2c",
    states=iff(reproduces, all_of(equation(beta, sigma(v)), equation(gamma, mu(v)))),
    well_formed=[unequal(sigma(v), 0)],
    proof=Both(
        forward=Parts(
            (
                chain(
                    beta,
                    equals(
                        Sum((z(v)[i] / sigma(v) * beta + gamma) * z(v)[i], i) / (m * sigma(v)),
                        by=definition(sigma, S, z, mu),
                    ),
                    equals(
                        Sum(v[i] * z(v)[i], i) / (m * sigma(v)),
                        by=given(reproduces, times=z(v)[i] / (m * sigma(v))),
                    ),
                    equals(sigma(v), by=definition(sigma, S, z, mu)),
                ),
                chain(
                    gamma,
                    equals(
                        Sum(z(v)[i] / sigma(v) * beta + gamma, i) / m, by=definition(z, mu)
                    ),
                    equals(Sum(v[i], i) / m, by=given(reproduces, times=1 / m)),
                    equals(mu(v), by=definition(mu)),
                ),
            )
        ),
        backward=chain(
            z(v)[i] / sigma(v) * beta + gamma,
            equals(
                z(v)[i] / sigma(v) * sigma(v) + mu(v),
                by=given(equation(beta, sigma(v)), equation(gamma, mu(v))),
            ),
            equals(z(v)[i] + mu(v), by=algebra),
            equals(v[i], by=definition(z)),
        ),
    ),
)

batch_norm_identity_insertion_epsilon = Claim(
    id="normalization.batch_norm_identity_insertion_epsilon",
    title="With ε in the root, exactly β = √(σ² + ε), γ = μ reproduce the activations",
    source="000 A2c",
    states=iff(
        reproduces_e, all_of(equation(beta, sqrt(S(v) + eps)), equation(gamma, mu(v)))
    ),
    well_formed=[greater(eps, 0), unequal(S(v), 0)],
    proof=Both(
        forward=Parts(
            (
                chain(
                    beta,
                    equals(
                        sqrt(S(v) + eps)
                        * Sum((z(v)[i] / sqrt(S(v) + eps) * beta + gamma) * z(v)[i], i)
                        / (m * S(v)),
                        by=definition(S, z, mu),
                    ),
                    equals(
                        sqrt(S(v) + eps) * Sum(v[i] * z(v)[i], i) / (m * S(v)),
                        by=given(reproduces_e, times=sqrt(S(v) + eps) * z(v)[i] / (m * S(v))),
                    ),
                    equals(sqrt(S(v) + eps), by=definition(S, z, mu)),
                ),
                chain(
                    gamma,
                    equals(
                        Sum(z(v)[i] / sqrt(S(v) + eps) * beta + gamma, i) / m,
                        by=definition(z, mu),
                    ),
                    equals(Sum(v[i], i) / m, by=given(reproduces_e, times=1 / m)),
                    equals(mu(v), by=definition(mu)),
                ),
            )
        ),
        backward=chain(
            z(v)[i] / sqrt(S(v) + eps) * beta + gamma,
            equals(
                z(v)[i] / sqrt(S(v) + eps) * sqrt(S(v) + eps) + mu(v),
                by=given(equation(beta, sqrt(S(v) + eps)), equation(gamma, mu(v))),
            ),
            equals(z(v)[i] + mu(v), by=algebra),
            equals(v[i], by=definition(z)),
        ),
    ),
)
