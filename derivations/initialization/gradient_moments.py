"""Mean and variance of the gradients of the weights, for any depth and any widths.

    δ_t = D_t·W_t·δ_{t−1},   q_t = n_{t−1}·E[D_t²]·V[W_t]·q_{t−1}:
    E[δ_t²] = q_t,   E[δ_t·x_t] = 0,   V[δ_t·x_t] = q_t·E[x_t²]

Layers are counted from the output downwards: n_t is the width of the layer that δ_t arrives at,
D_t its slopes σ', W_t the (transposed) weights to the layer above it, and δ_t·x_t an entry of the
gradient of the weights below it. The variance is a product over the layers, so that it shrinks or
grows geometrically with depth unless each factor is 1; only the weights need to have mean 0.
"""

from typing import Any

from derivations.initialization.simulations import gradient_moments as simulation
from verify import (
    Claim,
    E,
    Induction,
    Parts,
    Sum,
    V,
    Variant,
    Without,
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
    random_array,
    real,
    uncorrelated,
)

t, k = index("t", 0, None), index("k", 1, None)
i, j, h = index("i"), index("j"), index("h")
n = dimension("n", (0, None))
W, D = random_array("W", k, n[k], n[k - 1]), random_array("D", k, n[k])
delta, x = random_array("delta", t, n[t]), random_array("x", (1, None))
v, m = real("v", (1, None)), real("m", (1, None))
q, mu = real("q", (0, None)), real("mu", (1, None))


def units(time: Any, name: Any = i) -> Any:
    """The units of one layer."""
    return (name, 1, n[time])


here = [k, units(k)]
received = D[k, i] * Sum(W[k, i, j] * delta[k - 1, j], units(k - 1, j))

backwards = every(here, equation(delta[k, i], received))
centred_weights = every(here, uncorrelated(W[k, i], mean=0, variance=v[k]))
arrives_independently = every(k, independent(D[k], W[k], delta[k - 1]))
slopes = every(here, equation(E(D[k, i] ** 2), m[k]))
at_the_output = every(units(0), equation(E(delta[0, i] ** 2), q[0]))
factors = every(k, equation(q[k], n[k - 1] * m[k] * v[k] * q[k - 1]))
signal_apart = every(k, independent(delta[k], x[k]))
signal = every(k, equation(E(x[k] ** 2), mu[k]))

laws = [backwards, centred_weights, arrives_independently, slopes, at_the_output, factors]
sizes = every(t, every(units(t), equation(E(delta[t, i] ** 2), q[t])))
entry = delta[k, i] * x[k]
no_mean = every(here, equation(E(entry), 0))


def spread(variance: Any) -> Any:
    """V[δ_k·x_k] for every layer and unit."""
    return every(here, equation(V(entry), variance))


def less_known(**known: Any) -> Any:
    """Uncorrelated weights of which less is known."""
    return every(here, uncorrelated(W[k, i], **known))


above = Sum(W[t + 1, i, j] * delta[t, j], units(t, j))
pairs = Sum(
    E(W[t + 1, i, j] * W[t + 1, i, h]) * E(delta[t, j] * delta[t, h]), units(t, j), units(t, h)
)
size_here = equation(E(delta[t, i] ** 2), q[t])

gradient_moments = Claim(
    id="initialization.gradient_moments",
    title="Gradients of weights have mean 0, and a variance that is a product over the layers",
    source="003 4b",
    states=all_of(sizes, no_mean, spread(q[k] * mu[k])),
    given=[*laws, signal_apart, signal],
    well_formed=[every(t, finite_moment(delta[t], 2))],
    proof=Parts(
        (
            Induction(
                on=t,
                base=chain(E(delta[0, i] ** 2), equals(q[0], by=given(at_the_output))),
                step=chain(
                    E(delta[t + 1, i] ** 2),
                    equals(E((D[t + 1, i] * above) ** 2), by=given(backwards)),
                    equals(E(D[t + 1, i] ** 2) * pairs, by=(linearity, independence)),
                    equals(
                        E(D[t + 1, i] ** 2) * Sum(v[t + 1] * E(delta[t, j] ** 2), units(t, j)),
                        by=moments,
                    ),
                    equals(
                        m[t + 1] * (n[t] * v[t + 1] * q[t]),
                        by=(given(slopes), given(every(units(t), size_here))),
                    ),
                    equals(q[t + 1], by=given(factors)),
                ),
            ),
            chain(
                E(entry),
                equals(E(delta[k, i]) * E(x[k]), by=independence),
                equals(E(received) * E(x[k]), by=given(backwards)),
                equals(
                    E(D[k, i]) * Sum(E(W[k, i, j]) * E(delta[k - 1, j]), units(k - 1, j)) * E(x[k]),
                    by=(linearity, independence),
                ),
                equals(0, by=moments),
            ),
            chain(
                V(entry),
                equals(E(delta[k, i] ** 2 * x[k] ** 2) - E(entry) ** 2, by=definition),
                equals(E(delta[k, i] ** 2) * E(x[k] ** 2) - E(entry) ** 2, by=independence),
                equals(q[k] * mu[k], by=(given(sizes), given(signal), given(no_mean))),
            ),
        )
    ),
    worlds=simulation.networks,
    model=simulation.model,
    points=simulation.points,
    variants=[
        Variant("V[x] for E[x²]", spread(q[k] * V(x[k]))),
        Variant(
            "V[σ'] for E[σ'²]",
            every(here, equation(V(delta[k, i]), n[k - 1] * V(D[k, i]) * v[k] * q[k - 1])),
        ),
        Variant(
            "the width left out", every(here, equation(V(delta[k, i]), m[k] * v[k] * q[k - 1]))
        ),
        Variant(
            "weights with any mean",
            given=[
                backwards,
                less_known(variance=v[k]),
                arrives_independently,
                slopes,
                at_the_output,
                factors,
                signal_apart,
                signal,
            ],
            worlds=simulation.a_mean_that_is_not_stated,
        ),
    ],
    without=[
        Without(backwards, simulation.another_gradient),
        Without(centred_weights, simulation.a_variance_that_is_not_stated),
        Without(
            centred_weights,
            simulation.a_mean_that_is_not_stated,
            weakened=less_known(variance=v[k]),
        ),
        Without(
            centred_weights, simulation.a_variance_that_is_not_stated, weakened=less_known(mean=0)
        ),
        Without(centred_weights, simulation.a_variance_that_is_not_stated, weakened=less_known()),
        Without(
            centred_weights,
            simulation.equal_weights,
            weakened=every(
                [*here, units(k - 1, j)],
                all_of(equation(E(W[k, i, j]), 0), equation(V(W[k, i, j]), v[k])),
            ),
        ),
        Without(
            arrives_independently,
            simulation.independent_in_pairs,
            weakened=every(
                k,
                all_of(
                    independent(D[k], W[k]),
                    independent(D[k], delta[k - 1]),
                    independent(W[k], delta[k - 1]),
                ),
            ),
        ),
        Without(slopes, simulation.another_slope),
        Without(at_the_output, simulation.another_output),
        Without(factors, simulation.another_product),
        Without(signal_apart, simulation.signal_that_is_the_gradient),
        Without(signal, simulation.another_signal),
    ],
    notes=(
        "For the weights of the last layer (t = 0) δ need not have mean 0, and the variance is "
        "less by E[δ]²·E[x]² (product_variance). With all means 0 second moments are variances, "
        "as the sheet has it; its mean of σ' is never 0 (zero_mean_slope_is_vacuous)."
    ),
)
