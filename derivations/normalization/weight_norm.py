"""Weight normalisation: a batch norm that needs no batch.

    y = uᵀx,  BN(y) = γ(y − E[y])/√V[y] + β = wᵀx + β,   w = γu/‖u‖

Behind whitened inputs batch norm only divides by the length of the weights, so that a layer may
divide by that length itself, at any batch size and with nothing to average. Gradient descent then
never shortens u, so that its effective learning rate falls by itself.
"""

from typing import Any

from derivations.normalization import weight_norm_evidence as evidence
from verify import (
    Abs,
    Both,
    Claim,
    E,
    Obtain,
    Parts,
    Sum,
    V,
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
    iff,
    index,
    less,
    linearity,
    models,
    moments,
    norm_squared,
    order,
    random_vector,
    real,
    sqrt,
    uncorrelated,
    unequal,
    vector,
)

d = dimension("d")
j, k = index("j", d), index("k", d)
u, x = vector("u", d), random_vector("x", d)
gamma, beta = real("gamma"), real("beta")

y = Sum(u[j] * x[j], j)
length = sqrt(norm_squared(u))


def batch_norm(mean: Any, deviation: Any) -> Any:
    """γ(y − mean)/deviation + β."""
    return gamma * (y - mean) / deviation + beta


def weight_norm(length: Any) -> Any:
    """wᵀx + β with w = γu/length."""
    return Sum(gamma * u[j] / length * x[j], j) + beta


def equivalent(deviation: Any, length: Any) -> Any:
    """The mean is 0, the deviation is this, and both layers have the same output."""
    return all_of(
        equation(E(y), 0),
        equation(sqrt(V(y)), deviation),
        equation(batch_norm(E(y), sqrt(V(y))), weight_norm(length)),
    )


whitened = uncorrelated(x, mean=0, variance=1)
squared_length = equation(V(y), norm_squared(u))
each_standard = every(j, all_of(equation(E(x[j]), 0), equation(V(x[j]), 1)))
#: The shift divided by the length as well.
shifted = Sum(gamma * u[j] / length * x[j], j) + beta / length


def layers(draw: Any) -> Any:
    """Worlds from the layers that `draw` returns."""

    def world(random: Any) -> World:
        drawn = draw(random)
        values = {d: drawn.d, u: drawn.u, gamma: drawn.gamma, beta: drawn.beta}
        return World(values, [(weight, {x: row}) for weight, row in drawn.inputs])

    return world


def signs(**law: Any) -> Any:
    """The world of two inputs that are mean ± scale."""
    return layers(lambda _: evidence.signs(**law))


weight_norm_equals_batch_norm = Claim(
    id="normalization.weight_norm_equals_batch_norm",
    title="Behind whitened inputs batch norm is the normalisation of the weights: w = γu/‖u‖",
    source="004 Q4.1",
    states=equivalent(length, length),
    given=[whitened],
    well_formed=[unequal(norm_squared(u), 0)],
    proof=Obtain(
        squared_length,
        chain(
            V(y),
            equals(E(y**2) - E(y) ** 2, by=definition),
            equals(
                Sum(u[j] * u[k] * E(x[j] * x[k]), j, k) - Sum(u[j] * E(x[j]), j) ** 2,
                by=linearity,
            ),
            equals(norm_squared(u), by=moments),
        ),
        Parts(
            (
                chain(
                    E(y),
                    equals(Sum(u[j] * E(x[j]), j), by=linearity),
                    equals(0, by=moments),
                ),
                chain(sqrt(V(y)), equals(length, by=given(squared_length))),
                chain(
                    batch_norm(E(y), sqrt(V(y))),
                    equals(
                        batch_norm(0, length),
                        by=(given(equation(E(y), 0)), given(equation(sqrt(V(y)), length))),
                    ),
                    equals(weight_norm(length), by=algebra),
                ),
            )
        ),
    ),
    worlds=layers(evidence.whitened),
    model=models.Comparison(evidence.batch_norm),
    points=[{"d": 2}, {"d": 7}],
    variants=[
        Variant("‖u‖² for ‖u‖", equivalent(norm_squared(u), norm_squared(u))),
        Variant("the weights not normalised", equivalent(length, 1)),
        Variant("Σ|u_j| for ‖u‖", equivalent(length, Sum(Abs(u[j]), j))),
        Variant("β normalised too", equation(batch_norm(E(y), sqrt(V(y))), shifted)),
        Variant("inputs of variance 4", given=[uncorrelated(x, mean=0)], worlds=signs(scale=2)),
        Variant("inputs with a mean", given=[uncorrelated(x, variance=1)], worlds=signs(mean=1)),
    ],
    without=[
        Without(whitened, signs(equal=True), weakened=each_standard),
        Without(whitened, signs(mean=1), weakened=uncorrelated(x, variance=1)),
        Without(whitened, signs(scale=2), weakened=uncorrelated(x, mean=0)),
        Without(whitened, signs(scale=2), weakened=uncorrelated(x)),
    ],
)

# -- one step of gradient descent ----------------------------------------------------------------

g, eta, zeta = vector("g", d), real("eta"), real("zeta")
before, gradient = norm_squared(u), norm_squared(g)
#: The loss does not change when u is lengthened, so that its gradient g is orthogonal to u:
#: `weight_norm_gradient_orthogonal`.
orthogonal = equation(Sum(u[j] * g[j], j), 0)


def after(rate: Any) -> Any:
    """‖u − rate·g‖²."""
    return norm_squared(u - rate * g)


def grown(by: Any, movement: Any = None) -> Any:
    """The step never shortens u, lengthens it exactly when ηg (or this) ≠ 0, and by this much."""
    moved = norm_squared(eta * g) if movement is None else movement
    return all_of(
        at_least(after(eta), before),
        iff(greater(after(eta), before), unequal(moved, 0)),
        equation(after(eta), before + by),
    )


def steps(draw: Any) -> Any:
    """Worlds from the steps that `draw` returns."""
    return lambda random: World(dict(zip((d, u, g, eta, zeta), draw(random), strict=True)))


growth = eta**2 * gradient

weight_norm_growth = Claim(
    id="normalization.weight_norm_growth",
    title="A gradient step lengthens the weights: ‖u − ηg‖² = ‖u‖² + η²‖g‖², if it moves them",
    source="004 Q4.3",
    states=grown(growth),
    given=[orthogonal],
    proof=Parts(
        (
            chain(
                after(eta),
                equals(before + growth, by=given(orthogonal, times=2 * eta)),
                at_least(before, by=order),
            ),
            Both(
                chain(
                    norm_squared(eta * g),
                    equals(after(eta) - before, by=given(orthogonal, times=2 * eta)),
                    unequal(0, by=order),
                ),
                chain(
                    after(eta),
                    equals(before + norm_squared(eta * g), by=given(orthogonal, times=2 * eta)),
                    greater(before, by=order),
                ),
            ),
            chain(after(eta), equals(before + growth, by=given(orthogonal, times=2 * eta))),
        )
    ),
    worlds=steps(evidence.orthogonal),
    model=models.Comparison(evidence.step),
    points=[{"d": 3}, {"d": 10}],
    variants=[
        Variant("η for η²", grown(eta * gradient)),
        Variant("‖g‖ for ‖g‖²", grown(eta**2 * sqrt(gradient))),
        Variant(
            "the lengths added, not their squares",
            grown(growth + 2 * eta * sqrt(before * gradient)),
        ),
        Variant("every step with η ≠ 0 lengthens", grown(growth, movement=eta)),
        Variant("any gradient", given=[], worlds=steps(lambda _: evidence.along_the_weights())),
    ],
    without=[Without(orthogonal, steps(lambda _: evidence.along_the_weights()))],
    notes=(
        "One step. Over several the gradients of two runs differ, and a larger rate may end with "
        "shorter weights: `erratum_growth_with_the_rate`."
    ),
)

from_zero, faster, slope = at_least(eta, 0), less(eta, zeta), unequal(gradient, 0)

weight_norm_growth_rate = Claim(
    id="normalization.weight_norm_growth_rate",
    title="From the same weights, the larger of two rates lengthens them more",
    source="004 Q4.3",
    states=less(after(eta), after(zeta)),
    given=[orthogonal, from_zero, faster, slope],
    proof=chain(
        after(eta),
        equals(before + eta**2 * gradient, by=given(orthogonal, times=2 * eta)),
        equals(before + zeta**2 * gradient - (zeta - eta) * (zeta + eta) * gradient, by=algebra),
        less(before + zeta**2 * gradient, by=order),
        equals(after(zeta), by=given(orthogonal, times=2 * zeta)),
    ),
    worlds=steps(evidence.moving),
    model=models.Comparison(evidence.step),
    points=[{"d": 3}, {"d": 10}],
    variants=[
        Variant("the smaller rate", greater(after(eta), after(zeta))),
        Variant("in proportion", equation(after(zeta), zeta / eta * after(eta))),
        Variant("the rate does not matter", equation(after(eta), after(zeta))),
        Variant(
            "negative rates",
            given=[orthogonal, faster, slope],
            worlds=steps(lambda _: evidence.one_weight(-2, 1)),
        ),
        Variant(
            "no gradient",
            given=[orthogonal, from_zero, faster],
            worlds=steps(lambda _: evidence.stationary()),
        ),
    ],
    without=[
        Without(orthogonal, steps(lambda _: evidence.along_the_weights())),
        Without(from_zero, steps(lambda _: evidence.one_weight(-2, 1))),
        Without(faster, steps(lambda _: evidence.one_weight(2, 1)), weakened=unequal(eta, zeta)),
        Without(faster, steps(lambda _: evidence.one_weight(1, 1)), weakened=at_most(eta, zeta)),
        Without(slope, steps(lambda _: evidence.stationary())),
    ],
)
