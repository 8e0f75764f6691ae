"""All weights that give mean 0 and variance 1 for whitened inputs, not only the centred ones.

    V[a] = Σ_j E[W_j²]:   exactly c = 0 and E[W²] = 1/d

That weights are centred is therefore a choice; a scheme may spend its second moment on the mean.
Behind a ReLU the inputs have a mean, and the choice is gone (`unit_variance_relu_solutions`).
"""

from typing import Any

from derivations.initialization.simulations import unit_variance_solutions as simulation
from verify import (
    Both,
    Claim,
    E,
    Obtain,
    Parts,
    Proof,
    Rational,
    Sum,
    V,
    Variant,
    Without,
    WorldSource,
    algebra,
    all_of,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    finite_moment,
    given,
    iff,
    independence,
    independent,
    index,
    lemma,
    linearity,
    moments,
    random_vector,
    real,
    uncorrelated,
)

d = dimension("d")
j, k = index("j", d), index("k", d)
W, h = random_vector("W", d), random_vector("h", d)
c, mu, sigma, alpha, beta = map(real, ("c", "mu", "sigma", "alpha", "beta"))
half = Rational(1, 2)


def preactivation(inputs: Any) -> Any:
    """Σ_j W_j · input_j + c."""
    return Sum(W[j] * inputs[j], j) + c


def unit(a: Any) -> Any:
    """a has mean 0 and variance 1."""
    return all_of(equation(E(a), 0), equation(V(a), 1))


a = preactivation(h)
no_bias = equation(c, 0)
whitened = uncorrelated(h, mean=0, variance=1)
squares = Sum(E(W[j] ** 2), j)


def found(mean: Any, variance: Any) -> Any:
    """The mean and the variance of a."""
    return all_of(equation(E(a), mean), equation(V(a), variance))


def without_whitened(
    correlated: WorldSource, another_mean: WorldSource, another_variance: WorldSource
) -> list[Without]:
    """Worlds in which the inputs are not whitened, in each of three ways."""
    each = all_of(equation(E(h[j]), 0), equation(V(h[j]), 1))
    return [
        Without(whitened, correlated, weakened=every(j, each)),
        Without(whitened, another_mean, weakened=uncorrelated(h, variance=1)),
        Without(whitened, another_variance, weakened=uncorrelated(h, mean=0)),
        Without(whitened, another_variance, weakened=uncorrelated(h)),
    ]


whitened_preactivation = Claim(
    id="initialization.whitened_preactivation",
    title="For whitened inputs E[a] = c and V[a] = Σ E[W_j²], whatever the correlations of W",
    source="004 Q1.1",
    states=found(c, squares),
    given=[independent(W, h), whitened],
    well_formed=[finite_moment(W, 2)],
    proof=Parts(
        (
            chain(
                E(a),
                equals(Sum(E(W[j] * h[j]), j) + c, by=linearity),
                equals(Sum(E(W[j]) * E(h[j]), j) + c, by=independence),
                equals(c, by=moments),
            ),
            chain(
                V(a),
                equals(E(a**2) - E(a) ** 2, by=definition),
                equals(E(a**2) - c**2, by=given(equation(E(a), c))),
                equals(
                    Sum(E(W[j] * W[k] * h[j] * h[k]), j, k) + 2 * c * Sum(E(W[j] * h[j]), j),
                    by=linearity,
                ),
                equals(
                    Sum(E(W[j] * W[k]) * E(h[j] * h[k]), j, k) + 2 * c * Sum(E(W[j]) * E(h[j]), j),
                    by=independence,
                ),
                equals(squares, by=moments),
            ),
        )
    ),
    worlds=simulation.whitened,
    model=simulation.whitened_model,
    points=[{"d": 2, "mu": 0.5, "sigma": 0.8, "c": 0.3}],
    variants=[
        Variant("the variances of W", found(c, Sum(V(W[j]), j))),
        Variant("E[(Σ W_j)²]", found(c, E(Sum(W[j], j) ** 2))),
        Variant("the bias in the variance", found(c, squares + c**2)),
        Variant("no bias in the mean", found(0, squares)),
    ],
    without=[
        Without(independent(W, h), simulation.weights_that_are_the_inputs),
        *without_whitened(
            simulation.equal_inputs, simulation.inputs_with_a_mean, simulation.wide_inputs
        ),
    ],
)


def weights(mean: Any, variance: Any) -> list[Any]:
    """Weights of this mean and variance."""
    return [every(j, equation(E(W[j]), mean)), every(j, equation(V(W[j]), variance))]


def solved(balanced: Any, scale: Any, mean: Any, variance: Any) -> Proof:
    """Of `unit(a)` iff c = 0 and `balanced`, an equation scale·E[W²] = scale/d."""
    of_mean, of_variance = weights(mean, variance)
    value, target = balanced.args
    total = value / scale
    second = every(j, equation(E(W[j] ** 2), total))
    mean_found, variance_found = equation(E(a), c), equation(V(a), d * total)
    return Obtain(
        second,
        chain(
            E(W[j] ** 2),
            equals((E(W[j] ** 2) - E(W[j]) ** 2) + E(W[j]) ** 2, by=algebra),
            equals(V(W[j]) + E(W[j]) ** 2, by=definition(V(W[j]))),
            equals(total, by=(given(of_mean), given(of_variance))),
        ),
        Obtain(
            all_of(mean_found, variance_found),
            Parts(
                (
                    chain(E(a), equals(c, by=lemma(whitened_preactivation))),
                    chain(
                        V(a),
                        equals(squares, by=lemma(whitened_preactivation)),
                        equals(d * total, by=given(second)),
                    ),
                )
            ),
            Both(
                forward=Parts(
                    (
                        chain(
                            c,
                            equals(E(a), by=given(mean_found)),
                            equals(0, by=given(equation(E(a), 0))),
                        ),
                        chain(
                            value,
                            equals(scale * (d * total) / d, by=algebra),
                            equals(scale * V(a) / d, by=given(variance_found)),
                            equals(target, by=given(equation(V(a), 1))),
                        ),
                    )
                ),
                backward=Parts(
                    (
                        chain(
                            E(a),
                            equals(c, by=given(mean_found)),
                            equals(0, by=given(no_bias)),
                        ),
                        chain(
                            V(a),
                            equals(d * total, by=given(variance_found)),
                            equals(1, by=given(balanced, times=d / scale)),
                        ),
                    )
                ),
            ),
        ),
    )


def solutions(value: Any, target: Any) -> Any:
    """Mean 0 and variance 1 exactly for no bias and value = target."""
    return iff(unit(a), all_of(no_bias, equation(value, target)))


normal_square = mu**2 + sigma**2

unit_variance_gaussian_solutions = Claim(
    id="initialization.unit_variance_gaussian_solutions",
    title="Mean 0 and variance 1 exactly for c = 0 and μ² + σ² = 1/d: μ = 0 is a choice",
    source="004 Q1.1",
    states=solutions(normal_square, 1 / d),
    given=[*weights(mu, sigma**2), independent(W, h), whitened],
    well_formed=[finite_moment(W, 2)],
    proof=solved(equation(normal_square, 1 / d), 1, mu, sigma**2),
    worlds=simulation.gaussian,
    variants=[
        Variant("σ² = 1/d whatever μ", solutions(sigma**2, 1 / d)),
        Variant("1 for 1/d", solutions(normal_square, 1)),
        Variant("(μ + σ)² = 1/d", solutions((mu + sigma) ** 2, 1 / d)),
        Variant("any bias", iff(unit(a), equation(normal_square, 1 / d))),
        Variant("any scale", iff(unit(a), no_bias)),
    ],
    without=[
        Without(every(j, equation(E(W[j]), mu)), simulation.another_mean),
        Without(every(j, equation(V(W[j]), sigma**2)), simulation.another_variance),
        Without(independent(W, h), simulation.weights_that_are_the_inputs),
        *without_whitened(
            simulation.equal_inputs, simulation.inputs_with_a_mean, simulation.wide_inputs
        ),
    ],
)

uniform_square = alpha**2 + alpha * beta + beta**2
middle, spread = (alpha + beta) / 2, (beta - alpha) ** 2 / 12

unit_variance_uniform_solutions = Claim(
    id="initialization.unit_variance_uniform_solutions",
    title="For weights uniform on (α, β) exactly c = 0 and α² + αβ + β² = 3/d give variance 1",
    source="004 Q1.1",
    states=solutions(uniform_square, 3 / d),
    given=[*weights(middle, spread), independent(W, h), whitened],
    well_formed=[finite_moment(W, 2)],
    proof=solved(equation(uniform_square, 3 / d), 3, middle, spread),
    worlds=simulation.uniform,
    variants=[
        Variant("α² + β² = 6/d", solutions(alpha**2 + beta**2, 6 / d)),
        Variant("α² − αβ + β²", solutions(alpha**2 - alpha * beta + beta**2, 3 / d)),
        Variant("(β − α)² = 12/d, the variance alone", solutions((beta - alpha) ** 2, 12 / d)),
        Variant("1/d for 3/d", solutions(uniform_square, 1 / d)),
        Variant("any bias", iff(unit(a), equation(uniform_square, 3 / d))),
    ],
    without=[
        Without(every(j, equation(E(W[j]), middle)), simulation.tilted_with_another_mean),
        Without(every(j, equation(V(W[j]), spread)), simulation.tilted_without_variance),
        Without(independent(W, h), simulation.tilted_with_the_inputs),
        *without_whitened(
            simulation.tilted_equal_inputs,
            simulation.tilted_inputs_with_a_mean,
            simulation.tilted_wide_inputs,
        ),
    ],
    notes=(
        "The moments are those of the uniform law (`uniform_variance`). α = −β gives the design "
        "±√(3/d); α = 0 gives β = √(3/d) as well."
    ),
)
