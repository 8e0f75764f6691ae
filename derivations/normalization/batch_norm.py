"""Batch normalisation: what it ignores, and how to insert it without changing a network.

    BN(a)_i = (a_i − μ)/σ · β + γ,   μ = (1/m) Σ a_i,   σ² = (1/m) Σ (a_i − μ)²

The bias before a batch norm is dead weight and the scale of the weights does not matter, which
is why batch norm makes networks forgiving about initialisation and learning rates.
"""

from fractions import Fraction
from typing import Any, NamedTuple

from derivations.normalization import batch_norm_evidence as evidence
from verify import (
    Array,
    Claim,
    Obtain,
    Parts,
    Sum,
    Variant,
    Without,
    World,
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
    index,
    less,
    let,
    matrix,
    models,
    monotone,
    real,
    sqrt,
    square_root,
    unequal,
    vector,
)

m, d = dimension("m"), dimension("d")
i, j, k = index("i", m), index("j", d), index("k", m)
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
    variance = let("S", (y,), Sum(z(y)[i] ** 2, i) / m)
    sigma = let("sigma", (y,), sqrt(variance(y)))
    hat = let("hat", (y,), Array(z(y)[i] / sigma(y), i))
    return Statistics(mu, z, variance, sigma, hat)


#: The output of batch norm, and the same with ε in the root.
mu, z, S, sigma, hat = batch_statistics(m)
y, e = vector("y", m), real("e")
BN = let("BN", (y,), Array(hat(y)[i] * beta + gamma, i))
BN_e = let("BN_e", (y, e), Array(z(y)[i] / sqrt(S(y) + e) * beta + gamma, i))

#: Names of the layers that are drawn, and of the activations below.
v = vector("v", m)
names = {each.name: each for each in (m, d, x, w, b, beta, gamma, c, eps, i, v)}


def world(drawn: Any) -> World:
    """The world with the values of a layer or of activations, by name."""
    return World({names[name]: value for name, value in drawn._asdict().items()})


def worlds(draw: Any) -> Any:
    """Worlds from what a function of the evidence draws."""
    return lambda random: world(draw(random))


def two_inputs(c: Any, eps: Any = 1) -> Any:
    """The inputs −1 and 1 with weight 1: μ = 0, σ = 1."""
    return lambda _: world(evidence.two_inputs(Fraction(c), Fraction(eps)))


def simulated(sides: Any) -> models.Comparison:
    """The definition in NumPy against the claimed right-hand side."""
    return models.Comparison(sides, repeats=40)


sizes = [{"m": 5, "d": 3, "c": 0.4}, {"m": 9, "d": 2, "c": 2.5}]
flipped_sizes = [{"m": 5, "d": 3, "c": -0.4}, {"m": 9, "d": 2, "c": -2.5}]
grown_sizes = [{"m": 5, "d": 3, "c": 1.3}, {"m": 9, "d": 2, "c": 2.5}]

same_centred = every(i, equation(z(a(w, b))[i], z(a(w, 0))[i]))


def without_mean(bias: Any) -> Any:
    """Batch norm that divides by σ and forgets to subtract μ."""
    values = a(w, bias)
    return Array(values[i] / sigma(values) * beta + gamma, i)


def over_variance(weights: Any) -> Any:
    """Batch norm that divides by σ² instead of σ."""
    values = a(weights, b)
    return Array(z(values)[i] / S(values) * beta + gamma, i)


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
            equals(a(w, b)[i] - Sum(a(w, b)[k], k) / m, by=definition(z, mu)),
            equals(
                Sum(w[j] * x[i, j], j) + b - Sum(Sum(w[j] * x[k, j], j) + b, k) / m,
                by=definition(a),
            ),
            equals(Sum(w[j] * x[i, j], j) + 0 - Sum(Sum(w[j] * x[k, j], j) + 0, k) / m, by=algebra),
            equals(a(w, 0)[i] - Sum(a(w, 0)[k], k) / m, by=definition(a)),
            equals(z(a(w, 0))[i], by=definition(z, mu)),
        ),
        chain(
            BN(a(w, b))[i],
            equals(
                z(a(w, b))[i] / sqrt(Sum(z(a(w, b))[k] ** 2, k) / m) * beta + gamma,
                by=definition(BN, hat, sigma, S),
            ),
            equals(
                z(a(w, 0))[i] / sqrt(Sum(z(a(w, 0))[k] ** 2, k) / m) * beta + gamma,
                by=given(same_centred),
            ),
            equals(BN(a(w, 0))[i], by=definition(BN, hat, sigma, S)),
        ),
    ),
    worlds=worlds(evidence.stretched),
    model=simulated(evidence.with_bias),
    points=sizes,
    variants=[
        Variant("the bias added behind", equation(BN(a(w, b))[i], BN(a(w, 0))[i] + b)),
        Variant("γ forgotten too", equation(BN(a(w, b))[i], BN(a(w, 0))[i] - gamma)),
        Variant("no mean subtracted", equation(without_mean(b)[i], without_mean(0)[i])),
        Variant("the output doubled", equation(BN(a(w, b))[i], 2 * BN(a(w, 0))[i])),
    ],
)

#: Scaling the weights (and the bias with them, or not: it does not matter) by c.
scaled_centred = every(i, equation(z(a(c * w, b))[i], c * z(a(w, b))[i]))
scaling = chain(
    z(a(c * w, b))[i],
    equals(a(c * w, b)[i] - Sum(a(c * w, b)[k], k) / m, by=definition(z, mu)),
    equals(
        Sum(c * w[j] * x[i, j], j) + b - Sum(Sum(c * w[j] * x[k, j], j) + b, k) / m,
        by=definition(a),
    ),
    equals(c * (Sum(w[j] * x[i, j], j) + b - Sum(Sum(w[j] * x[k, j], j) + b, k) / m), by=algebra),
    equals(c * (a(w, b)[i] - Sum(a(w, b)[k], k) / m), by=definition(a)),
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
                z(a(c * w, b))[i] / sqrt(Sum(z(a(c * w, b))[k] ** 2, k) / m) * beta + gamma,
                by=definition(BN, hat, sigma, S),
            ),
            equals(
                c * z(a(w, b))[i] / sqrt(Sum((c * z(a(w, b))[k]) ** 2, k) / m) * beta + gamma,
                by=given(scaled_centred),
            ),
            equals(
                c * z(a(w, b))[i] / (c * sqrt(Sum(z(a(w, b))[k] ** 2, k) / m)) * beta + gamma,
                by=square_root,
            ),
            equals(z(a(w, b))[i] / sqrt(Sum(z(a(w, b))[k] ** 2, k) / m) * beta + gamma, by=algebra),
            equals(BN(a(w, b))[i], by=definition(BN, hat, sigma, S)),
        ),
    ),
    worlds=worlds(evidence.stretched),
    model=simulated(evidence.scaled),
    points=sizes,
    variants=[
        Variant("the output multiplied by c", equation(BN(a(c * w, b))[i], c * BN(a(w, b))[i])),
        Variant(
            "the normalised values multiplied by c",
            equation(BN(a(c * w, b))[i] - gamma, c * (BN(a(w, b))[i] - gamma)),
        ),
        Variant("σ² for σ", equation(over_variance(c * w)[i], over_variance(w)[i])),
        Variant("ε in the root", equation(BN_e(a(c * w, b), eps)[i], BN_e(a(w, b), eps)[i])),
        Variant(
            "c ≠ 0 for c > 0",
            given=[unequal(c, 0)],
            worlds=worlds(evidence.stretched_or_flipped),
        ),
    ],
    without=[Without(greater(c, 0), two_inputs(c=-1), weakened=unequal(c, 0))],
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
                z(a(c * w, b))[i] / sqrt(Sum(z(a(c * w, b))[k] ** 2, k) / m) * beta,
                by=definition(BN, hat, sigma, S),
            ),
            equals(
                c * z(a(w, b))[i] / sqrt(Sum((c * z(a(w, b))[k]) ** 2, k) / m) * beta,
                by=given(scaled_centred),
            ),
            equals(
                c * z(a(w, b))[i] / (-c * sqrt(Sum(z(a(w, b))[k] ** 2, k) / m)) * beta,
                by=square_root,
            ),
            equals(-(z(a(w, b))[i] / sqrt(Sum(z(a(w, b))[k] ** 2, k) / m) * beta), by=algebra),
            equals(-(BN(a(w, b))[i] - gamma), by=definition(BN, hat, sigma, S)),
        ),
    ),
    worlds=worlds(evidence.flipped),
    model=simulated(evidence.scaled_above_gamma),
    points=flipped_sizes,
    variants=[
        Variant("no sign", equation(BN(a(c * w, b))[i], BN(a(w, b))[i])),
        Variant("γ flipped too", equation(BN(a(c * w, b))[i], -BN(a(w, b))[i])),
        Variant(
            "multiplied by c", equation(BN(a(c * w, b))[i] - gamma, c * (BN(a(w, b))[i] - gamma))
        ),
        Variant(
            "c ≠ 0 for c < 0",
            given=[unequal(c, 0)],
            worlds=worlds(evidence.stretched_or_flipped),
        ),
    ],
    without=[Without(less(c, 0), two_inputs(c=1), weakened=unequal(c, 0))],
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
                z(a(c * w, b))[i] / sqrt(Sum(z(a(c * w, b))[k] ** 2, k) / m + eps) * beta + gamma,
                by=definition(BN_e, S),
            ),
            equals(
                c * z(a(w, b))[i] / sqrt(Sum((c * z(a(w, b))[k]) ** 2, k) / m + eps) * beta + gamma,
                by=given(scaled_centred),
            ),
            equals(
                c * z(a(w, b))[i] / (c * sqrt(Sum(z(a(w, b))[k] ** 2, k) / m + eps / c**2)) * beta
                + gamma,
                by=square_root,
            ),
            equals(
                z(a(w, b))[i] / sqrt(Sum(z(a(w, b))[k] ** 2, k) / m + eps / c**2) * beta + gamma,
                by=algebra,
            ),
            equals(BN_e(a(w, b), eps / c**2)[i], by=definition(BN_e, S)),
        ),
    ),
    worlds=worlds(evidence.stretched),
    model=simulated(evidence.scaled_with_epsilon),
    points=sizes,
    variants=[
        Variant(
            "ε multiplied by c²",
            equation(BN_e(a(c * w, b), eps)[i], BN_e(a(w, b), eps * c**2)[i]),
        ),
        Variant("ε divided by c", equation(BN_e(a(c * w, b), eps)[i], BN_e(a(w, b), eps / c)[i])),
        Variant("ε unchanged", equation(BN_e(a(c * w, b), eps)[i], BN_e(a(w, b), eps)[i])),
        Variant("no ε on the right", equation(BN_e(a(c * w, b), eps)[i], BN(a(w, b))[i])),
        Variant(
            "c ≠ 0 for c > 0",
            given=[unequal(c, 0)],
            worlds=worlds(evidence.stretched_or_flipped),
        ),
    ],
    without=[Without(greater(c, 0), two_inputs(c=-1), weakened=unequal(c, 0))],
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
    given=[at_least(c, 1), at_least(eps, 0)],
    well_formed=[greater(S(a(w, b)), 0)],
    proof=Parts(
        (
            Obtain(
                scaled_centred,
                scaling,
                chain(
                    BN_e(a(c * w, b), eps)[i] - gamma,
                    equals(
                        z(a(c * w, b))[i] / sqrt(Sum(z(a(c * w, b))[k] ** 2, k) / m + eps) * beta,
                        by=definition(BN_e, S),
                    ),
                    equals(
                        c * z(a(w, b))[i] / sqrt(Sum((c * z(a(w, b))[k]) ** 2, k) / m + eps) * beta,
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
                    c * sqrt(S(a(w, b)) + eps) / sqrt(c**2 * S(a(w, b)) + eps),
                    by=definition(growth),
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
                    c * sqrt(S(a(w, b)) + eps) / sqrt(c**2 * S(a(w, b)) + eps),
                    by=definition(growth),
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
    worlds=worlds(evidence.grown),
    model=simulated(evidence.measured_growth),
    points=grown_sizes,
    variants=[
        Variant("at most 1", at_most(growth, 1)),
        Variant("more than 1", greater(growth, 1)),
        Variant("√(1 + ε) for √(1 + ε/σ²)", at_most(growth, sqrt(1 + eps))),
        Variant("the factor c", equation(growth, c)),
        Variant("the bound attained", equation(growth, sqrt(1 + eps / S(a(w, b))))),
        Variant(
            "c > 0 for c ≥ 1",
            given=[greater(c, 0), at_least(eps, 0)],
            worlds=worlds(evidence.shrunk),
        ),
    ],
    without=[
        Without(at_least(c, 1), two_inputs(c=Fraction(1, 2)), weakened=greater(c, 0)),
        Without(at_least(eps, 0), two_inputs(c=2, eps=Fraction(-1, 2))),
    ],
)
