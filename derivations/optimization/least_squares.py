"""Gradient descent on least squares whose inputs have mean μ and covariance σ²I.

    H = σ²I + μμᵀ

A mean that is not 0 adds one large curvature to a problem that would otherwise be round. It has
only two curvatures, so that two steps of the right lengths end at the minimum.
"""

from typing import Any

from derivations.optimization import least_squares_evidence as evidence
from verify import (
    Array,
    Claim,
    Delta,
    Parts,
    Variant,
    World,
    all_of,
    chain,
    definition,
    dimension,
    equals,
    equation,
    index,
    let,
    models,
    norm_squared,
    real,
    unequal,
    vector,
)

d = dimension("d")
i, j, k = index("i", d), index("j", d), index("k", d)
mu, error, sigma = vector("mu", d), vector("e", d), real("sigma")

#: The Hessian, and its two curvatures.
H = let("H", Array(sigma**2 * Delta(i, j) + mu[i] * mu[j], i, j))
low, high = sigma**2, sigma**2 + norm_squared(mu)


def after_step(before: Any, curvature: Any) -> Any:
    """The error w − w* after a gradient step of length 1/curvature."""
    return before - (H @ before) / curvature


def vanishes(*curvatures: Any) -> Any:
    """The error after steps for these curvatures, first one first, is 0."""
    found = error
    for curvature in curvatures:
        found = after_step(found, curvature)
    return equation(found[k], 0)


def world(drawn: evidence.Setting) -> World:
    """The world of a setting, at the first entry of the error."""
    return World({d: drawn.d, mu: drawn.mean, sigma: drawn.deviation, error: drawn.error, k: 1})


two_steps_suffice = Claim(
    id="optimization.two_steps_suffice",
    title="Gradient steps of 1/σ² and 1/(σ² + ‖μ‖²), in either order, end at the minimum",
    source="002 Ex. 1b",
    states=all_of(vanishes(low, high), vanishes(high, low)),
    well_formed=[unequal(sigma, 0)],
    proof=Parts(
        (
            chain(vanishes(low, high).args[0], equals(0, by=definition(H))),
            chain(vanishes(high, low).args[0], equals(0, by=definition(H))),
        )
    ),
    worlds=lambda random: world(evidence.setting(random)),
    model=models.Comparison(evidence.two_gradient_steps),
    points=[{"d": 2}, {"d": 6}],
    variants=[
        Variant("one step for the small curvature", vanishes(low)),
        Variant("one step for the large curvature", vanishes(high)),
        Variant("the same step twice", vanishes(high, high)),
        Variant("the mean curvature twice", vanishes((low + high) / 2, (low + high) / 2)),
        Variant("‖μ‖² for the large curvature", vanishes(low, norm_squared(mu))),
    ],
)
