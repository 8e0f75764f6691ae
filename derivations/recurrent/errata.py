"""What is published about the gradients of recurrent networks, and false."""

from verify import (
    Array,
    Claim,
    Delta,
    Rational,
    Sum,
    World,
    at_least,
    at_most,
    dimension,
    equation,
    every,
    index,
    less,
    matrix,
    norm_squared,
    positive_definite,
    real,
)

d, T = dimension("d"), dimension("T")
i, j, t = index("i", d), index("j", d), index("t", 1, T)
W, h, delta = matrix("W", d, d), real("h", (0, T), d), real("delta")

erratum_eigenvalue_of_the_weights = Claim(
    id="recurrent.erratum_eigenvalue_of_the_weights",
    title="Weights whose largest eigenvalue is below δ² make the gradient of a linear net vanish",
    source="004 Q5.2",
    states=at_most(norm_squared(h[T]), delta ** (2 * T) * norm_squared(h[0])),
    given=[
        every([i, j], equation(W[i, j], W[j, i])),
        positive_definite(Array(delta**2 * Delta(i, j) - W[i, j], i, j)),
        at_least(delta, 0),
        less(delta, 1),
        every([t, i], equation(h[t, i], Sum(W[i, j] * h[t - 1, j], j))),
    ],
    expected="refuted",
    corrected="recurrent.vanishing_gradient",
    worlds=lambda random: World({d: 1, T: 1, W: [[-2]], delta: Rational(1, 2), h: [[1], [-2]]}),
    notes=(
        "h is a perturbation carried forward by σ(x) = x, γ = 1. W = [−2] has the eigenvalue −2 "
        "and doubles it every step. The bound must be on λ₁(WᵀW), as the formula has it; the prose "
        "speaks of the weights' own largest eigenvalue."
    ),
)
