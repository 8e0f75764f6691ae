"""The optimal step in the ball of a metric: the natural gradient.

    min ⟨g, Δ⟩ over ΔᵀMΔ ≤ ε²           gives   Δ = −ε · M⁻¹g / √(gᵀM⁻¹g)

M = I gives the normalised gradient; the curvature or the Fisher information as M gives Newton's
and the natural direction. M must be symmetric and positive definite: `errata` shows what
happens otherwise.
"""

from typing import Any

from derivations.optimization import mahalanobis_prox_evidence as evidence
from verify import (
    Claim,
    Inverse,
    Minimum,
    Sum,
    Variant,
    Without,
    World,
    algebra,
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
    inverse,
    let,
    matrix,
    minimum,
    models,
    norm_squared,
    positive_definite,
    real,
    sqrt,
    symmetric_matrix,
    unequal,
    vector,
)

n = dimension("n")
i = index("i", n)
g, D = vector("g", n), vector("Delta", n)
eps = real("epsilon")

M = matrix("M", n, n)
#: M⁻¹g, the length of g in the metric M⁻¹, and the step.
h = let("h", Inverse(M) @ g)
N = let("N", sqrt(g.T @ Inverse(M) @ g))
metric_step = -eps * h / N
force = N / (2 * eps)
#: The length of g in the metric M itself.
long = sqrt(g.T @ M @ g)


def slope(step: Any) -> Any:
    """⟨g, step⟩."""
    return Sum(g[i] * step[i], i)


def ball(step: Any) -> Any:
    """stepᵀ M step."""
    return step.T @ M @ step


def best_in_ball(at: Any, value: Any) -> Any:
    """`at` is the only best step with stepᵀ M step ≤ ε², and worth `value`."""
    within = [at_most(ball(D), eps**2)]
    return minimum(slope(D), over=D, subject_to=within, at=at, value=value, unique=True)


def balls(random: Any) -> World:
    """Metrics BᵀB in up to three dimensions."""
    size, metric, slopes, radius, points = evidence.ball(random)
    return World({n: size, M: metric, g: slopes, eps: radius}, candidates={D: points})


def outside(metric: Any, radius: int, better: Any) -> Any:
    """A world with g = (1, 0) and a feasible step that is better than the claimed one."""
    values = {n: 2, M: metric, g: [1, 0], eps: radius}
    return lambda random: World(values, candidates={D: [better]})


mahalanobis_prox = Claim(
    id="optimization.mahalanobis_prox",
    title="In the ball of a metric M the best step is −ε · M⁻¹g / √(gᵀM⁻¹g), and no other",
    source="000 A3b",
    states=best_in_ball(metric_step, -eps * N),
    given=[
        symmetric_matrix(M),
        positive_definite(M),
        unequal(norm_squared(g), 0),
        greater(eps, 0),
    ],
    proof=Minimum(
        feasible=(
            chain(
                ball(metric_step),
                equals(eps**2 / N**2 * (h.T @ M @ h), by=algebra),
                equals(eps**2 / N**2 * (g.T @ Inverse(M) @ g), by=(definition(h), inverse)),
                equals(eps**2 / N**2 * N**2, by=definition(N)),
                equals(eps**2, by=algebra),
            ),
        ),
        attains=chain(
            slope(metric_step),
            equals(-eps / N * (g.T @ Inverse(M) @ g), by=definition(h)),
            equals(-eps / N * N**2, by=definition(N)),
            equals(-eps * N, by=algebra),
        ),
        gap=chain(
            slope(D) - (-eps * N),
            equals(
                force * (eps**2 - ball(D))
                + force
                * (ball(D) + 2 * eps / N * slope(D) + eps**2 / N**2 * (g.T @ Inverse(M) @ g)),
                by=definition(N),
            ),
            equals(
                force * (eps**2 - ball(D)) + force * ball(D + eps * h / N),
                by=(definition(h), inverse, given(symmetric_matrix(M))),
            ),
        ),
        unique=chain(
            D[i],
            equals(-eps * h[i] / N, by=given(every(i, equation((D + eps * h / N)[i], 0)))),
        ),
    ),
    worlds=balls,
    model=models.Optimum(
        data=evidence.data,
        objective=evidence.objective,
        excess=evidence.excess,
        feasible=evidence.feasible,
        solve=evidence.solve,
    ),
    points=[{"n": 2}, {"n": 5}],
    variants=[
        Variant("M for M⁻¹", best_in_ball(-eps * (M @ g) / long, -eps * long)),
        Variant("no square root", best_in_ball(-eps * h / N**2, -eps)),
        Variant("no ε", best_in_ball(-h / N, -N)),
        Variant("a step uphill", best_in_ball(eps * h / N, eps * N)),
        Variant(
            "the direction of the gradient, as if M = I",
            best_in_ball(-eps * g / long, -eps * norm_squared(g) / long),
        ),
    ],
    without=[
        Without(symmetric_matrix(M), outside([[1, 1], [-1, 1]], 1, [-1, 0])),
        Without(positive_definite(M), outside([[1, 0], [0, -1]], 1, [-2, 2])),
        Without(greater(eps, 0), outside([[1, 0], [0, 1]], -1, [0, 0]), weakened=unequal(eps, 0)),
    ],
)
