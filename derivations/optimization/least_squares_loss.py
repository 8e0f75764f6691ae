"""Least squares: its gradient and its Hessian.

    J(w) = ½ E[(wᵀx − t)²],   ∇J = E[(wᵀx − t)·x],   H = E[xxᵀ] = σ²I + μμᵀ

The Hessian depends on the inputs only, not on the weights or the targets: how fast gradient
descent can go is known before training, and the mean of the inputs is what slows it down. J is
quadratic, so that its expansion about w is exact, and shows what both are once more.
"""

from typing import Any

from derivations.optimization import least_squares_loss_evidence as evidence
from derivations.optimization.least_squares import H, d, i, j, mu, sigma
from verify import (
    Array,
    Claim,
    Delta,
    E,
    Parts,
    Rational,
    Sum,
    V,
    Variant,
    Without,
    World,
    algebra,
    all_of,
    chain,
    definition,
    derivative,
    differentiate,
    equals,
    equation,
    every,
    finite_moment,
    given,
    let,
    linearity,
    models,
    moments,
    norm_squared,
    random_variable,
    random_vector,
    uncorrelated,
    vector,
)

x, t = random_vector("x", d), random_variable("t")
w, h = vector("w", d), vector("h", d)
half = Rational(1, 2)


def output(weights: Any) -> Any:
    """weightsᵀx."""
    return Sum(weights[i] * x[i], i)


#: The loss, half the mean squared error, and its gradient.
J = let("J", (w,), half * E((Sum(w[i] * x[i], i) - t) ** 2))
G = let("G", (w,), Array(E((Sum(w[i] * x[i], i) - t) * x[j]), j))
second_moments = [finite_moment(x, 2), finite_moment(t, 2)]


def expansion(slope: Any, curvature: Any) -> Any:
    """∂J/∂w_j = slope_j, and J(w + h) = J(w) + Σ_j h_j·slope_j + curvature."""
    return all_of(
        every(j, equation(derivative(J(w), w[j]), slope[j])),
        equation(J(w + h), J(w) + Sum(h[j] * slope[j], j) + curvature),
    )


def worlds(draw: Any) -> Any:
    """Worlds from the problems that `draw` returns."""

    def world(random: Any) -> World:
        found = draw(random)
        values = {d: found.d, mu: found.mean, sigma: found.deviation, w: found.w, h: found.h}
        return World(values, [(weight, {x: row, t: to}) for weight, row, to in found.law])

    return world


def one_input(outcomes: list[tuple[int, int]], mean: int = 0, deviation: int = 1) -> Any:
    """The world of one input, w = 2 and h = 1."""
    return worlds(lambda _: evidence.one_input(outcomes, mean, deviation))


def expanded(rng: Any, point: Any) -> Any:
    """The loss after a step, and the values of the expectations in its expansion."""
    value, found = evidence.after_a_step(rng, point)
    means: dict[Any, Any] = {
        E((output(w) - t) ** 2): found["square"],
        E(output(h) ** 2): found["curvature"],
        **{E((output(w) - t) * x[k]): mean for k, mean in enumerate(found["gradient"], 1)},
    }
    return value, {**found, **means}


quadratic = half * E(output(h) ** 2)

least_squares_gradient = Claim(
    id="optimization.least_squares_gradient",
    title="The gradient of ½ E[(wᵀx − t)²] is E[(wᵀx − t)·x]: the rest is quadratic in the step",
    source="002 Ex. 1a",
    states=expansion(G(w), quadratic),
    well_formed=second_moments,
    proof=Parts(
        (
            chain(
                derivative(J(w), w[j]),
                equals(E((output(w) - t) * x[j]), by=(differentiate, linearity)),
                equals(G(w)[j], by=definition(G)),
            ),
            chain(
                J(w + h),
                equals(half * E((Sum((w[i] + h[i]) * x[i], i) - t) ** 2), by=definition(J)),
                equals(
                    half
                    * E((output(w) - t) ** 2 + 2 * (output(w) - t) * output(h) + output(h) ** 2),
                    by=algebra,
                ),
                equals(
                    half * E((output(w) - t) ** 2)
                    + Sum(h[j] * E((output(w) - t) * x[j]), j)
                    + quadratic,
                    by=linearity,
                ),
                equals(J(w) + Sum(h[j] * G(w)[j], j) + quadratic, by=definition(J, G)),
            ),
        )
    ),
    worlds=worlds(evidence.problem),
    model=models.Comparison(expanded),
    points=[{"d": 2}, {"d": 5}],
    variants=[
        Variant("a ½ in the gradient", expansion(half * G(w), quadratic)),
        Variant("a step uphill", expansion(-G(w), quadratic)),
        Variant("the targets forgotten", expansion(Array(E(output(w) * x[j]), j), quadratic)),
        Variant("no ½ in the curvature", expansion(G(w), E(output(h) ** 2))),
        Variant("the gradient after the step", expansion(G(w + h), quadratic)),
        Variant("no curvature", expansion(G(w), 0)),
    ],
    notes="For any joint law of inputs and targets, a sample's among them.",
)

mean_of_inputs = every(i, equation(E(x[i]), mu[i]))
spherical = uncorrelated(x, variance=sigma**2)
identity, outer = Array(Delta(i, j), i, j), Array(mu[i] * mu[j], i, j)


def second_moment_is(matrix: Any) -> Any:
    """E[xxᵀ] is this matrix."""
    return every([i, j], equation(E(x[i] * x[j]), matrix[i, j]))


def hessian(matrix: Any) -> Any:
    """The second moments of the inputs, the second derivatives of the loss and its second
    difference are this matrix's.
    """
    return all_of(
        second_moment_is(matrix),
        every([i, j], equation(derivative(derivative(J(w), w[i]), w[j]), matrix[i, j])),
        equation(J(w + h) - 2 * J(w) + J(w - h), h.T @ matrix @ h),
    )


as_hessian = (
    equals(E(x[i]) * E(x[j]) + sigma**2 * Delta(i, j), by=moments),
    equals(mu[i] * mu[j] + sigma**2 * Delta(i, j), by=given(mean_of_inputs)),
    equals(H[i, j], by=definition(H)),
)

least_squares_hessian = Claim(
    id="optimization.least_squares_hessian",
    title="The Hessian of least squares is E[xxᵀ] = σ²I + μμᵀ, for all weights and targets",
    source="002 Ex. 1a",
    states=hessian(H),
    given=[mean_of_inputs, spherical],
    well_formed=[finite_moment(t, 2)],
    proof=Parts(
        (
            chain(
                E(x[i] * x[j]),
                *as_hessian,
            ),
            chain(
                derivative(derivative(J(w), w[i]), w[j]),
                equals(E(x[i] * x[j]), by=(differentiate, linearity)),
                *as_hessian,
            ),
            chain(
                J(w + h) - 2 * J(w) + J(w - h),
                equals(
                    half * E((output(w) + output(h) - t) ** 2)
                    - E((output(w) - t) ** 2)
                    + half * E((output(w) - output(h) - t) ** 2),
                    by=definition(J),
                ),
                equals(Sum(h[i] * E(x[i] * x[j]) * h[j], i, j), by=linearity),
                equals(
                    h.T @ H @ h,
                    by=given(second_moment_is(H), times=h[i] * h[j]),
                ),
            ),
        )
    ),
    worlds=worlds(evidence.problem),
    model=models.Comparison(evidence.second_difference),
    points=[{"d": 2}, {"d": 5}],
    variants=[
        Variant("the mean forgotten", hessian(sigma**2 * identity)),
        Variant("the covariance forgotten", hessian(outer)),
        Variant("σ for σ²", hessian(sigma * identity + outer)),
        Variant("‖μ‖² on the diagonal", hessian((sigma**2 + norm_squared(mu)) * identity)),
        Variant("a half of it", hessian(half * H)),
        Variant(
            "inputs of equal variance, correlated or not",
            given=[mean_of_inputs, every(i, equation(V(x[i]), sigma**2))],
            worlds=worlds(lambda _: evidence.equal_inputs()),
        ),
    ],
    without=[
        Without(mean_of_inputs, one_input([(1, 0), (3, 0)])),
        Without(
            spherical,
            worlds(lambda _: evidence.equal_inputs()),
            weakened=every(i, equation(V(x[i]), sigma**2)),
        ),
        Without(spherical, one_input([(2, 0), (-2, 0)]), weakened=uncorrelated(x)),
    ],
    notes="J is quadratic, so that its second difference along h is exactly hᵀHh.",
)
