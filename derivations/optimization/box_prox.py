"""Optimal steps in a trust region: gradient steps are answers to "what is the best small move?"

    min ⟨g, Δ⟩ over |Δ_i| ≤ ε           gives   Δ_i = −ε · sign(g_i)
    min ⟨g, Δ⟩ over ΔᵀMΔ ≤ ε²           gives   Δ = −ε · M⁻¹g / √(gᵀM⁻¹g)

The box gives sign descent, the ball the normalised gradient, a metric M the natural gradient:
the choice of optimiser is a choice of the geometry in which steps are small.
"""

from verify import (
    Abs,
    Array,
    Chain,
    Claim,
    Delta,
    Exhibit,
    Inverse,
    Minimum,
    Parts,
    Sum,
    algebra,
    all_of,
    at_most,
    cases,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    exists,
    given,
    greater,
    implies,
    index,
    inverse,
    let,
    matrix,
    minimum,
    norm_squared,
    order,
    positive_definite,
    real,
    sign,
    sqrt,
    square_root,
    symmetric_matrix,
    unequal,
    vector,
)

n = dimension("n")
i, j, k = index("i", n), index("j", n), index("k", n)
g, D, D_k = vector("g", n), vector("Delta", n), vector("D", n)
eps = real("epsilon")

box_step = Array(-eps * sign(g[i]), i)


def slope(step):  # type: ignore[no-untyped-def]
    """⟨g, step⟩."""
    return Sum(g[i] * step[i], i)


in_box = every(i, at_most(Abs(D[i]), eps))
multiplier = Abs(g[i]) / (2 * eps)

feasible_box = chain(
    Abs(box_step[i]),
    at_most(eps, by=(cases, order)),
)
value_box = chain(
    slope(box_step),
    equals(-eps * Sum(Abs(g[i]), i), by=cases),
)
gap_box = chain(
    slope(D) - (-eps * Sum(Abs(g[i]), i)),
    equals(
        Sum(multiplier * (eps - Abs(D[i])) * (eps + Abs(D[i])), i)
        + Sum(multiplier * (D[i] + eps * sign(g[i])) ** 2, i),
        by=cases,
    ),
)

box_prox = Claim(
    id="optimization.box_prox",
    title="In a box the best step is −ε · sign(g), worth −ε · ‖g‖₁",
    source="000 A3a",
    states=minimum(
        slope(D), over=D, subject_to=[in_box], at=box_step, value=-eps * Sum(Abs(g[i]), i)
    ),
    given=[greater(eps, 0)],
    proof=Minimum(feasible=(feasible_box,), attains=value_box, gap=gap_box),
)

box_prox_unique = Claim(
    id="optimization.box_prox_unique",
    title="The best step in a box is the only one when every g_i ≠ 0",
    source="000 A3a",
    states=minimum(
        slope(D),
        over=D,
        subject_to=[in_box],
        at=box_step,
        value=-eps * Sum(Abs(g[i]), i),
        unique=True,
    ),
    given=[greater(eps, 0), every(i, unequal(g[i], 0))],
    proof=Minimum(
        feasible=(feasible_box,),
        attains=value_box,
        gap=gap_box,
        unique=chain(
            D[i],
            equals(
                -eps * sign(g[i]), by=given(every(i, equation(D[i] + eps * sign(g[i]), 0)))
            ),
        ),
    ),
)

#: Where some g_k = 0, the step that goes to +ε there is as good.
other = vector("Delta'", n)
other_step = Array(-eps * sign(g[i]) + eps * (1 - sign(g[i]) ** 2), i)
zero_slope = equation(g[k], 0)

box_prox_not_unique = Claim(
    id="optimization.box_prox_not_unique",
    title="Where some g_k = 0, the best step in a box is not the only one",
    source="000 A3a",
    states=every(
        k,
        implies(
            zero_slope,
            exists(
                other,
                all_of(
                    every(i, at_most(Abs(other[i]), eps)),
                    equation(slope(other), -eps * Sum(Abs(g[i]), i)),
                    unequal(other[k], box_step[k]),
                ),
            ),
        ),
    ),
    given=[greater(eps, 0)],
    proof=Exhibit(
        {other: other_step},
        Parts(
            (
                chain(Abs(other_step[i]), at_most(eps, by=(cases, order))),
                chain(slope(other_step), equals(-eps * Sum(Abs(g[i]), i), by=cases)),
                chain(
                    other_step[k],
                    equals(eps, by=cases),
                    unequal(0, by=order),
                    equals(box_step[k], by=cases),
                ),
            )
        ),
    ),
)

M = matrix("M", n, n)
#: M⁻¹g, the length of g in the metric M⁻¹, and the step.
h = let("h", Inverse(M) @ g)
N = let("N", sqrt(g.T @ Inverse(M) @ g))
metric_step = -eps * h / N
force = N / (2 * eps)
metric = [symmetric_matrix(M), positive_definite(M)]


def ball(step):  # type: ignore[no-untyped-def]
    """step.T @ M @ step."""
    return step.T @ M @ step


mahalanobis_prox = Claim(
    id="optimization.mahalanobis_prox",
    title="In the ball of a metric M the best step is −ε · M⁻¹g / √(gᵀM⁻¹g), and no other",
    source="000 A3b",
    states=minimum(
        slope(D),
        over=D,
        subject_to=[at_most(ball(D), eps**2)],
        at=metric_step,
        value=-eps * N,
        unique=True,
    ),
    given=[*metric, unequal(norm_squared(g), 0), greater(eps, 0)],
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
                * (
                    ball(D)
                    + 2 * eps / N * slope(D)
                    + eps**2 / N**2 * (g.T @ Inverse(M) @ g)
                ),
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
)
