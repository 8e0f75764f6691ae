"""The curvatures of least squares, and their ratio.

    H = σ²I + μμᵀ:   σ² + ‖μ‖² along μ,  σ² across it,  κ = 1 + ‖μ‖²/σ²

The condition number κ bounds the rate of gradient descent, and here it has one cause: the mean
of the inputs. Subtracting the mean makes the problem round.
"""

from typing import Any

from derivations.optimization import hessian_condition_evidence as evidence
from derivations.optimization.least_squares import H, d, high, i, j, k, low, mu, sigma
from verify import (
    Array,
    Cases,
    Claim,
    Delta,
    Obtain,
    Parts,
    Rational,
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
    equals,
    equation,
    every,
    given,
    greater,
    implies,
    less,
    let,
    models,
    norm_squared,
    order,
    positive_definite,
    real,
    sqrt,
    unequal,
    vector,
)

v, u = vector("v", d), vector("u", d)
c, alpha, beta, lam = map(real, ("c", "alpha", "beta", "lambda"))

half = Rational(1, 2)

#: The condition number.
kappa = let("kappa", 1 + norm_squared(mu) / sigma**2)
#: H less c·I, and c·I less H.
A = let("A", Array(H[i, j] - c * Delta(i, j), i, j))
B = let("B", Array(c * Delta(i, j) - H[i, j], i, j))
#: Some vector orthogonal to μ, and the first unit vector.
across = Array(mu[2] * Delta(i, 1) - mu[1] * Delta(i, 2), i)
first = Array(Delta(i, 1), i)


def multiplied(vector: Any, by: Any) -> Any:
    """H·vector = by·vector, at entry k."""
    return equation((H @ vector)[k], by * vector[k])


orthogonal = equation(Sum(mu[i] * v[i], i), 0)


def pairs(along: Any, across: Any) -> Any:
    """The eigenvalues along μ and orthogonal to it."""
    return all_of(multiplied(mu, along), implies(orthogonal, multiplied(v, across)))


def shapes(draw: Any) -> Any:
    """Worlds from the shapes that `draw` returns."""

    def world(random: Any) -> World:
        drawn = draw(random)
        values = {d: drawn.d, mu: drawn.mean, sigma: drawn.deviation, c: drawn.c, k: 1}
        return World({**values, v: drawn.vectors[0]}, candidates={v: drawn.vectors})

    return world


def eigenpairs(draw: Any) -> Any:
    """Worlds from the pairs that `draw` returns."""
    names = (d, mu, sigma, v, alpha, u, beta)

    def world(random: Any) -> World:
        drawn = draw(random)
        return World({**dict(zip(names, drawn, strict=True)), lam: drawn.alpha})

    return world


def plane(**changed: Any) -> Any:
    """μ = (1, 0), σ = 1, and the two eigenpairs but for what is changed."""
    return eigenpairs(lambda _: evidence.plane()._replace(**changed))


hessian_eigenpairs = Claim(
    id="optimization.hessian_eigenpairs",
    title="H = σ²I + μμᵀ multiplies μ by σ² + ‖μ‖², and what is orthogonal to μ by σ²",
    source="002 Ex. 1b",
    states=pairs(high, low),
    proof=Parts(
        (
            chain((H @ mu)[k], equals(high * mu[k], by=definition(H))),
            chain(
                (H @ v)[k],
                equals(low * v[k] + Sum(mu[i] * v[i], i) * mu[k], by=definition(H)),
                equals(low * v[k], by=given(orthogonal, times=mu[k])),
            ),
        )
    ),
    worlds=shapes(evidence.shape),
    model=models.Comparison(evidence.product_across_the_mean),
    points=[{"d": 2}, {"d": 6}],
    variants=[
        Variant("σ² along the mean too", pairs(low, low)),
        Variant("‖μ‖² along the mean", pairs(norm_squared(mu), low)),
        Variant("σ² + ‖μ‖² everywhere", pairs(high, high)),
        Variant("σ for σ²", pairs(sigma + norm_squared(mu), sigma)),
        Variant("any direction", all_of(multiplied(mu, high), multiplied(mu + v, low))),
    ],
)


def is_eigenvector(vector: Any, value: Any) -> Any:
    """H·vector = value·vector."""
    return every(i, equation((H @ vector)[i], value * vector[i]))


def nonzero(vector: Any) -> Any:
    """vector ≠ 0."""
    return unequal(norm_squared(vector), 0)


def product_vanishes(value: Any) -> Any:
    """(value − σ²)(value − σ² − ‖μ‖²) = 0."""
    return equation((value - low) * (value - high), 0)


def no_other(vector: Any, value: Any) -> Any:
    """Of `product_vanishes`: Hv − λv multiplied by −((μᵀv)μ + (λ − σ² − ‖μ‖²)v)/‖v‖²."""
    along = Sum(mu[j] * vector[j], j)
    times = -(along * mu[i] + (value - high) * vector[i]) / norm_squared(vector)
    return chain(
        (value - low) * (value - high),
        equals(0, by=(definition(H), given(is_eigenvector(vector, value), times=times))),
    )


hessian_eigenvalues = Claim(
    id="optimization.hessian_eigenvalues",
    title="H = σ²I + μμᵀ has no other eigenvalues than σ² and σ² + ‖μ‖²",
    source="002 Ex. 1b",
    states=product_vanishes(lam),
    given=[is_eigenvector(v, lam), nonzero(v)],
    proof=no_other(v, lam),
    worlds=eigenpairs(evidence.one_pair),
    variants=[
        Variant("σ² only", equation(lam, low)),
        Variant("σ² + ‖μ‖² only", equation(lam, high)),
        Variant("σ² and ‖μ‖²", equation((lam - low) * (lam - norm_squared(mu)), 0)),
        Variant(
            "a vector of zeros",
            given=[is_eigenvector(v, lam)],
            worlds=plane(v=[0, 0], alpha=5),
        ),
    ],
    without=[
        Without(is_eigenvector(v, lam), plane(v=[1, 1], alpha=3)),
        Without(nonzero(v), plane(v=[0, 0], alpha=5)),
    ],
)

curved, length = v.T @ H @ v, norm_squared(v)
no_first, some_first = equation(mu[1], 0), unequal(mu[1], 0)
no_mean, some_mean = equation(norm_squared(mu), 0), unequal(norm_squared(mu), 0)


def between(least: Any, most: Any) -> Any:
    """vᵀHv/‖v‖² is between these two, and between no closer ones."""
    return all_of(
        implies(positive_definite(A), less(c, least)),
        implies(positive_definite(B), greater(c, most)),
        every(v, at_least(curved, least * length)),
        every(v, at_most(curved, most * length)),
    )


hessian_condition_number = Claim(
    id="optimization.hessian_condition_number",
    title="The smallest curvature of least squares is σ², the largest κσ² with κ = 1 + ‖μ‖²/σ²",
    source="002 Ex. 1b",
    states=between(low, kappa * low),
    given=[at_least(d, 2)],
    well_formed=[unequal(sigma, 0)],
    proof=Parts(
        (
            Cases(
                (no_first, some_first),
                (
                    chain(
                        c,
                        equals(low + mu[1] ** 2 - first.T @ A @ first, by=definition(A, H)),
                        less(low + mu[1] ** 2, by=order),
                        equals(low, by=given(no_first)),
                    ),
                    chain(
                        c,
                        equals(
                            low - (across.T @ A @ across) / (mu[1] ** 2 + mu[2] ** 2),
                            by=definition(A, H),
                        ),
                        less(low, by=order),
                    ),
                ),
            ),
            Cases(
                (no_mean, some_mean),
                (
                    chain(
                        c,
                        equals(low + mu[1] ** 2 + first.T @ B @ first, by=definition(B, H)),
                        greater(low + mu[1] ** 2, by=order),
                        at_least(low, by=order),
                        equals(low + norm_squared(mu), by=given(no_mean, times=1)),
                        equals(kappa * low, by=definition(kappa)),
                    ),
                    chain(
                        c,
                        equals(high + (mu.T @ B @ mu) / norm_squared(mu), by=definition(B, H)),
                        greater(high, by=order),
                        equals(kappa * low, by=definition(kappa)),
                    ),
                ),
            ),
            chain(
                curved,
                equals(low * length + Sum(mu[i] * v[i], i) ** 2, by=definition(H)),
                at_least(low * length, by=order),
            ),
            chain(
                curved,
                equals(
                    high * length - Sum((mu[i] * v[j] - mu[j] * v[i]) ** 2, i, j) / 2,
                    by=definition(H),
                ),
                at_most(high * length, by=order),
                equals(kappa * low * length, by=definition(kappa)),
            ),
        )
    ),
    worlds=shapes(evidence.any_shape),
    model=models.Comparison(evidence.rayleigh),
    points=[{"d": 2}, {"d": 6}],
    variants=[
        Variant("κ = 1 + ‖μ‖²", between(low, (1 + norm_squared(mu)) * low)),
        Variant("κ = ‖μ‖²/σ²", between(low, norm_squared(mu))),
        Variant("κ = 1 + ‖μ‖²/σ", between(low, (1 + norm_squared(mu) / sigma) * low)),
        Variant("κ = 1 + ‖μ‖/σ²", between(low, low + sqrt(norm_squared(mu)))),
        Variant("κ = 1", between(low, low)),
        Variant("in one dimension too", given=[], worlds=shapes(lambda _: evidence.one_input())),
    ],
    without=[Without(at_least(d, 2), shapes(lambda _: evidence.one_input()))],
    notes=(
        "A is positive definite when c is below every curvature, B when it is above every one: the "
        "first two parts say that no bounds are closer than the last two. For d = 1 there is one "
        "curvature, σ² + μ², and the condition number is 1."
    ),
)

sum_of_both = equation(alpha + beta, low + high)
larger, is_larger = greater(alpha - low, 0), equation(alpha, high)
gap = alpha - beta
eigenvectors = [is_eigenvector(v, alpha), nonzero(v), is_eigenvector(u, beta), nonzero(u)]

hessian_eigenvalue_ratio = Claim(
    id="optimization.hessian_eigenvalue_ratio",
    title="Two different eigenvalues of σ²I + μμᵀ have the ratio 1 + ‖μ‖²/σ²",
    source="002 Ex. 1b",
    states=equation(alpha, kappa * beta),
    given=[*eigenvectors, greater(alpha, beta)],
    well_formed=[unequal(sigma, 0)],
    proof=Obtain(
        all_of(product_vanishes(alpha), product_vanishes(beta)),
        Parts((no_other(v, alpha), no_other(u, beta))),
        Obtain(
            sum_of_both,
            chain(
                alpha + beta,
                equals(
                    low
                    + high
                    + ((alpha - low) * (alpha - high) - (beta - low) * (beta - high)) / gap,
                    by=algebra,
                ),
                equals(
                    low + high,
                    by=(
                        given(product_vanishes(alpha), times=1 / gap),
                        given(product_vanishes(beta), times=-1 / gap),
                    ),
                ),
            ),
            Obtain(
                larger,
                chain(
                    alpha - low,
                    equals((gap + norm_squared(mu)) / 2, by=given(sum_of_both, times=half)),
                    greater(0, by=order),
                ),
                Obtain(
                    is_larger,
                    chain(
                        alpha,
                        equals(high + (alpha - low) * (alpha - high) / (alpha - low), by=algebra),
                        equals(high, by=given(product_vanishes(alpha), times=1 / (alpha - low))),
                    ),
                    chain(
                        alpha,
                        equals(high, by=given(is_larger)),
                        equals(kappa * low, by=definition(kappa)),
                        equals(
                            kappa * beta,
                            by=(given(sum_of_both, times=kappa), given(is_larger, times=-kappa)),
                        ),
                    ),
                ),
            ),
        ),
    ),
    worlds=eigenpairs(evidence.eigenpairs),
    model=models.Comparison(evidence.extreme_eigenvalues),
    points=[{"d": 2}, {"d": 6}],
    variants=[
        Variant("the inverse ratio", equation(beta, kappa * alpha)),
        Variant("1 + ‖μ‖²", equation(alpha, (1 + norm_squared(mu)) * beta)),
        Variant("‖μ‖²/σ²", equation(alpha, norm_squared(mu) / sigma**2 * beta)),
        Variant("1 + ‖μ‖²/σ", equation(alpha, (1 + norm_squared(mu) / sigma) * beta)),
        Variant(
            "the smaller over the larger",
            given=[*eigenvectors, unequal(alpha, beta)],
            worlds=eigenpairs(evidence.exchanged),
        ),
    ],
    without=[
        Without(is_eigenvector(v, alpha), plane(v=[1, 1], alpha=5)),
        Without(nonzero(v), plane(v=[0, 0], alpha=5)),
        Without(is_eigenvector(u, beta), plane(u=[1, 1], beta=0)),
        Without(nonzero(u), plane(u=[0, 0], beta=0)),
        Without(
            greater(alpha, beta), eigenpairs(evidence.exchanged), weakened=unequal(alpha, beta)
        ),
        Without(greater(alpha, beta), plane(u=[1, 0], beta=2), weakened=at_least(alpha, beta)),
    ],
)
