"""What the sheets on optimisation leave out or get wrong, and what is false because of it.

Three kinds: an assumption that is not stated (a definite metric, a positive λ, more than one
dimension), a slip in a worked solution that a second slip repairs, and an expectation over a
sample taken for one over the population.
"""

from typing import Any

from derivations.optimization import mahalanobis_prox as metric
from derivations.optimization import mirror_descent as mirror
from verify import (
    Array,
    Claim,
    Delta,
    E,
    Rational,
    Sum,
    World,
    all_of,
    dimension,
    equation,
    every,
    finite_moment,
    greater,
    iff,
    implies,
    index,
    less,
    minimum,
    norm_squared,
    positive_definite,
    random_array,
    random_matrix,
    random_variable,
    random_vector,
    real,
    sqrt,
    symmetric_matrix,
    unequal,
    uniform_on,
    vector,
)

# -- steps in a trust region -----------------------------------------------------------------


def saddle(random: Any) -> World:
    """ΔᵀMΔ = Δ_1² − Δ_2²: the first entry of Δ goes as far as one likes."""
    values = {metric.n: 2, metric.M: [[1, 0], [0, -1]], metric.g: [1, 0], metric.eps: 1}
    return World(values, candidates={metric.D: [[-2, 2]]})


def repulsion(random: Any) -> World:
    """λ = −1 and no slope: the start is the maximum."""
    values = {mirror.g: 0, mirror.lam: -1, mirror.x0: Rational(1, 2)}
    return World(values, candidates={mirror.x: [Rational(1, 4)]})


erratum_mahalanobis_definite = Claim(
    id="optimization.erratum_mahalanobis_definite",
    title="The best step for a symmetric M, definite or not",
    source="000 A3b",
    states=metric.mahalanobis_prox.states,
    given=[
        symmetric_matrix(metric.M),
        unequal(norm_squared(metric.g), 0),
        greater(metric.eps, 0),
    ],
    worlds=saddle,
    expected="refuted",
    corrected="optimization.mahalanobis_prox",
    notes="For M = [−1] not even the formula has a value: it is the root of −g².",
)

erratum_mirror_positive = Claim(
    id="optimization.erratum_mirror_positive",
    title="The mirror step for any λ ≠ 0",
    source="000 A4",
    states=mirror.mirror_descent_step.states,
    given=[unequal(mirror.lam, 0), *mirror.inside],
    worlds=repulsion,
    expected="refuted",
    corrected="optimization.mirror_descent_step",
)

# -- least squares: gradient and Hessian -----------------------------------------------------

d, N = dimension("d"), dimension("N")
i, j, k = index("i", d), index("j", d), index("k", N)
x, X, t = random_vector("x", d), random_matrix("X", N, d), random_variable("t")
w, h, v, mu = (vector(name, d) for name in ("w", "h", "v", "mu"))
c, s = real("c"), real("s")


def loss(output: Any) -> Any:
    """J = ½ · E[(output − t)²]."""
    return Rational(1, 2) * E((output - t) ** 2)


here = Sum(w[i] * x[i], i)
ahead, behind = Sum((w[i] + h[i]) * x[i], i), Sum((w[i] - h[i]) * x[i], i)

second_moments = [finite_moment(x, 2), finite_moment(t, 2)]

erratum_half_in_the_gradient = Claim(
    id="optimization.erratum_half_in_the_gradient",
    title="The partial derivative of J along w_i is E[½ · (wᵀx − t) · x_i]",
    source="002 Ex. 1a",
    states=equation(
        (loss(ahead) - loss(behind)) / 2,
        Sum(h[j] * E(Rational(1, 2) * (here - t) * x[j]), j),
    ),
    well_formed=second_moments,
    expected="refuted",
    corrected="optimization.least_squares_gradient",
    worlds=lambda random: World({d: 1, w: [2], h: [1]}, [(1, {x: [1], t: 0})]),
    notes=(
        "J is quadratic, so that its central difference along h is exactly the derivative. The ½ "
        "was spent on the exponent; the next line of the solution has lost it again."
    ),
)

erratum_hessian_is_the_loss = Claim(
    id="optimization.erratum_hessian_is_the_loss",
    title="The Hessian of J is ½ · E[(wᵀx)²]",
    source="002 Ex. 1a",
    states=equation(
        loss(ahead) - 2 * loss(here) + loss(behind),
        Sum(h[j] ** 2, j) * Rational(1, 2) * E(here**2),
    ),
    given=[equation(d, 1)],
    well_formed=second_moments,
    expected="refuted",
    corrected="optimization.least_squares_hessian",
    worlds=lambda random: World({d: 1, w: [0], h: [1]}, [(1, {x: [1], t: 0})]),
    notes=(
        "The second difference of a quadratic is exactly hᵀHh. The derivative has been left out: "
        "the right-hand side is part of J itself, a number; so the line has a meaning for d = 1."
    ),
)

moments_of_the_law = [
    every([k, i], equation(E(X[k, i]), mu[i])),
    every([k, i, j], equation(E((X[k, i] - mu[i]) * (X[k, j] - mu[j])), s * Delta(i, j))),
]

erratum_empirical_hessian = Claim(
    id="optimization.erratum_empirical_hessian",
    title="The Hessian of the empirical loss is σ²I + μμᵀ",
    source="002 Ex. 1a",
    states=every([i, j], equation(Sum(X[k, i] * X[k, j], k) / N, s * Delta(i, j) + mu[i] * mu[j])),
    given=moments_of_the_law,
    expected="refuted",
    corrected="optimization.least_squares_hessian",
    worlds=lambda random: World({d: 1, N: 1, mu: [1], s: 1}, uniform_on([{X: [[0]]}, {X: [[2]]}])),
    notes=(
        "The expectation over p̂ is a mean over N samples and its Hessian their second moment, "
        "which is random, and singular when N < d. Only its expectation is σ²I + μμᵀ; s = σ²."
    ),
)

# -- least squares: condition number ---------------------------------------------------------

#: The entries of the Hessian σ²I + μμᵀ, with s for σ².
hessian = s * Delta(i, j) + mu[i] * mu[j]
length_squared = norm_squared(mu)


def smallest_eigenvalue_is(value: Any, entry: Any) -> Any:
    """The matrix less c·I is positive definite exactly for c below the value."""
    return iff(positive_definite(Array(entry - c * Delta(i, j), i, j)), less(c, value))


erratum_condition_number = Claim(
    id="optimization.erratum_condition_number",
    title="The condition number of the Hessian is 1 + ‖μ‖²/σ² in every dimension",
    source="002 Ex. 1b",
    states=smallest_eigenvalue_is((s + length_squared) / (1 + length_squared / s), hessian),
    given=[greater(s, 0), unequal(length_squared, 0)],
    expected="refuted",
    corrected="optimization.hessian_condition_number",
    worlds=lambda random: World({d: 1, mu: [1], s: 1, c: 1}),
    notes=(
        "The largest eigenvalue, σ² + ‖μ‖², over the condition number is the smallest. For d = 1 "
        "there is one eigenvalue and the condition number is 1."
    ),
)

erratum_square_of_a_sum = Claim(
    id="optimization.erratum_square_of_a_sum",
    title="(vᵀμ)² = Σ (v_i μ_i)²",
    source="002 Ex. 1b",
    states=equation(Sum(v[i] * mu[i], i) ** 2, Sum((v[i] * mu[i]) ** 2, i)),
    expected="refuted",
    corrected="optimization.hessian_condition_number",
    worlds=lambda random: World({d: 2, v: [1, 1], mu: [1, 1]}),
)

erratum_rayleigh_quotient = Claim(
    id="optimization.erratum_rayleigh_quotient",
    title="Σ (v_i μ_i)² / Σ v_i² = Σ μ_i² for an eigenvector v of the largest eigenvalue",
    source="002 Ex. 1b",
    states=equation(Sum((v[i] * mu[i]) ** 2, i) / Sum(v[i] ** 2, i), Sum(mu[i] ** 2, i)),
    given=[
        unequal(norm_squared(v), 0),
        every(i, equation(Sum(hessian * v[j], j), (s + length_squared) * v[i])),
    ],
    expected="refuted",
    corrected="optimization.hessian_condition_number",
    worlds=lambda random: World({d: 2, mu: [1, 1], s: 1, v: [1, 1]}),
    notes="The first of the sheet's two derivations; (vᵀμ)² would have been right.",
)

#: The quadratic form that (vᵀμ)² was taken for: its matrix is diagonal.
diagonal_form = s + Sum((mu[i] * v[i]) ** 2, i)

erratum_largest_eigenvalue = Claim(
    id="optimization.erratum_largest_eigenvalue",
    title="The maximum of σ² + Σ (μ_i v_i)² over unit vectors is σ² + ‖μ‖², along μ",
    source="002 Ex. 1b",
    states=minimum(
        -diagonal_form,
        over=v,
        subject_to=[equation(norm_squared(v), 1)],
        at=Array(mu[i] / sqrt(length_squared), i),
        value=-(s + length_squared),
    ),
    given=[unequal(length_squared, 0)],
    expected="refuted",
    corrected="optimization.hessian_condition_number",
    worlds=lambda random: World({d: 2, mu: [1, 1], s: 1}),
    notes="It is σ² + max μ_i². Two slips cancel: the form should have been σ² + (μᵀv)².",
)

erratum_smallest_eigenvalue = Claim(
    id="optimization.erratum_smallest_eigenvalue",
    title="The minimum of σ² + Σ (μ_i v_i)² over unit vectors is σ²",
    source="002 Ex. 1b",
    states=smallest_eigenvalue_is(s, (s + mu[i] ** 2) * Delta(i, j)),
    given=[greater(s, 0), greater(d, 1)],
    expected="refuted",
    corrected="optimization.hessian_condition_number",
    worlds=lambda random: World({d: 2, mu: [1, 1], s: 1, c: 1}),
    notes="It is σ² + min μ_i². The minimum of σ² + (μᵀv)² is σ², at any v ⊥ μ.",
)

erratum_smallest_only_if_centred = Claim(
    id="optimization.erratum_smallest_only_if_centred",
    title="σ² is an eigenvalue of the Hessian only if μ = 0",
    source="002 Ex. 1b",
    states=implies(
        all_of(every(i, equation(Sum(hessian * w[j], j), s * w[i])), unequal(norm_squared(w), 0)),
        equation(length_squared, 0),
    ),
    expected="refuted",
    corrected="optimization.hessian_eigenpairs",
    worlds=lambda random: World({d: 2, mu: [1, 0], s: 1, w: [0, 1]}),
    notes=(
        "The sheet sets the condition in brackets behind λ_min = σ²; read as sufficient it is "
        "true. For d ≥ 2 no condition is needed: every w ⊥ μ is an eigenvector for σ²."
    ),
)

# -- least squares: centring -----------------------------------------------------------------

erratum_centering_always_helps = Claim(
    id="optimization.erratum_centering_always_helps",
    title="Centring makes the condition number smaller: 1 < 1 + ‖μ‖²/σ²",
    source="002 Ex. 1c",
    states=less(1, 1 + length_squared / s),
    given=[greater(s, 0)],
    expected="refuted",
    corrected="optimization.centering",
    worlds=lambda random: World({d: 1, mu: [0], s: 1}),
)

erratum_centred_model_is_wrong = Claim(
    id="optimization.erratum_centred_model_is_wrong",
    title="No centred model wᵀ(x − μ) is the ground truth vᵀx when μ ≠ 0",
    source="002 Ex. 1c",
    states=greater(E((Sum(w[i] * (x[i] - mu[i]), i) - Sum(v[i] * x[i], i)) ** 2), 0),
    given=[
        every(i, equation(E(x[i]), mu[i])),
        every([i, j], equation(E((x[i] - mu[i]) * (x[j] - mu[j])), s * Delta(i, j))),
        greater(s, 0),
        unequal(length_squared, 0),
        unequal(norm_squared(v), 0),
    ],
    well_formed=[finite_moment(x, 2)],
    expected="refuted",
    corrected="optimization.centering_is_free",
    worlds=lambda random: World(
        {d: 2, mu: [1, 0], v: [0, 1], w: [0, 1], s: 1},
        uniform_on([{x: [0, -1]}, {x: [0, 1]}, {x: [2, -1]}, {x: [2, 1]}]),
    ),
    notes="When vᵀμ = 0, w = v is the ground truth: centring then costs nothing.",
)

# -- momentum --------------------------------------------------------------------------------

T, beta, m = dimension("T"), real("beta"), real("m")
r = index("r", T)
g = random_array("g", T)

erratum_always_biased = Claim(
    id="optimization.erratum_always_biased",
    title="A running average that starts at 0 is biased: E[v_T] ≠ E[g_T]",
    source="004 Q3.3",
    states=unequal(E((1 - beta) * Sum(beta ** (T - r) * g[r], r)), E(g[T])),
    given=[greater(beta, 0), less(beta, 1), every(r, equation(E(g[r]), m))],
    well_formed=[finite_moment(g, 1)],
    expected="refuted",
    corrected="optimization.ema_bias",
    worlds=lambda random: World(
        {T: 1, beta: Rational(1, 2), m: 0}, uniform_on([{g: [-1]}, {g: [1]}])
    ),
    notes="It is biased exactly when E[g] ≠ 0; at a stationary point it is not.",
)
