"""How to insert a batch norm into a trained network without changing its predictions.

    β = σ,  γ = μ   (with ε in the root: β = √(σ² + ε))

Warm-starting with batch norm needs exactly these values: any other scale or shift changes what
the layers behind it were trained on.
"""

from typing import Any

from derivations.normalization import batch_norm_evidence as evidence
from derivations.normalization.batch_norm import (
    S,
    beta,
    eps,
    gamma,
    i,
    m,
    mu,
    sigma,
    simulated,
    v,
    world,
    worlds,
    z,
)
from verify import (
    Both,
    Claim,
    Parts,
    Sum,
    Variant,
    Without,
    algebra,
    all_of,
    chain,
    definition,
    equals,
    equation,
    every,
    given,
    greater,
    iff,
    sqrt,
    unequal,
)

#: The activations v of a network without batch norm, and the layer inserted behind them.
reproduces = every(i, equation(z(v)[i] / sigma(v) * beta + gamma, v[i]))
reproduces_e = every(i, equation(z(v)[i] / sqrt(S(v) + eps) * beta + gamma, v[i]))


def fits(multiplier: Any, shift: Any) -> Any:
    """β and γ are these."""
    return all_of(equation(beta, multiplier), equation(gamma, shift))


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
                    equals(Sum(z(v)[i] / sigma(v) * beta + gamma, i) / m, by=definition(z, mu)),
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
    worlds=worlds(evidence.insertion),
    model=simulated(evidence.inserted),
    points=[{"m": 5}, {"m": 12}],
    variants=[
        Variant("β = σ²", iff(reproduces, fits(S(v), mu(v)))),
        Variant("γ = 0", iff(reproduces, fits(sigma(v), 0))),
        Variant("β and γ exchanged", iff(reproduces, fits(mu(v), sigma(v)))),
        Variant("β = 1 and γ = 0", iff(reproduces, fits(1, 0))),
        Variant("any γ", iff(reproduces, equation(beta, sigma(v)))),
        Variant("any β", iff(reproduces, equation(gamma, mu(v)))),
    ],
)

batch_norm_identity_insertion_epsilon = Claim(
    id="normalization.batch_norm_identity_insertion_epsilon",
    title="With ε in the root, exactly β = √(σ² + ε), γ = μ reproduce the activations",
    source="000 A2c",
    states=iff(reproduces_e, all_of(equation(beta, sqrt(S(v) + eps)), equation(gamma, mu(v)))),
    given=[unequal(S(v), 0)],
    well_formed=[greater(eps, 0)],
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
    worlds=worlds(evidence.insertion_epsilon),
    model=simulated(evidence.inserted_epsilon),
    points=[{"m": 5}, {"m": 12}],
    variants=[
        Variant("β = σ", iff(reproduces_e, fits(sigma(v), mu(v)))),
        Variant("β = σ + ε", iff(reproduces_e, fits(sigma(v) + eps, mu(v)))),
        Variant("β = σ² + ε", iff(reproduces_e, fits(S(v) + eps, mu(v)))),
        Variant("γ = 0", iff(reproduces_e, fits(sqrt(S(v) + eps), 0))),
        Variant("any γ", iff(reproduces_e, equation(beta, sqrt(S(v) + eps)))),
    ],
    without=[Without(unequal(S(v), 0), lambda _: world(evidence.equal_activations()))],
)
