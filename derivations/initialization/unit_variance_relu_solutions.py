"""All weights that give mean 0 and variance 1 behind a ReLU, for inputs of one mean or of two.

    c = −dμe,  d·(σ²/2 + μ²(½ − e²)) = 1   for inputs with E[h] = e, E[h²] = ½

For one law of the inputs there are many solutions, since a bias can cancel the mean; but they
depend on that law. Only He's, with centred weights and no bias, serves them all.
"""

from typing import Any

from derivations.initialization.simulations import unit_variance_solutions as simulation
from derivations.initialization.unit_variance_solutions import (
    W,
    a,
    c,
    d,
    found,
    h,
    half,
    j,
    k,
    mu,
    no_bias,
    preactivation,
    unit,
)
from verify import (
    Both,
    Claim,
    Delta,
    E,
    Obtain,
    Parts,
    Sum,
    V,
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
    iff,
    independence,
    independent,
    lemma,
    linearity,
    moments,
    random_vector,
    real,
    uncorrelated,
    unequal,
)

x = random_vector("x", d)
e, f = real("e"), real("f")
tau = real("tau")


def behind_relu(inputs: Any, mean: Any) -> Any:
    """Uncorrelated inputs with this mean and second moment ½."""
    return uncorrelated(inputs, mean=mean, variance=half - mean**2)


def variance_behind(mean: Any) -> Any:
    """d·(τ/2 + μ²(½ − mean²))."""
    return d * (tau / 2 + mu**2 * (half - mean**2))


weights_law = uncorrelated(W, mean=mu, variance=tau)
relu_law = [weights_law, independent(W, h), behind_relu(h, e)]
mean_found, variance_found = equation(E(a), d * mu * e + c), equation(V(a), variance_behind(e))

#: Less than each law, and worlds in which the claims fail.
without_weights = [
    Without(
        weights_law,
        simulation.relu_equal_weights,
        weakened=every(j, all_of(equation(E(W[j]), mu), equation(V(W[j]), tau))),
    ),
    Without(weights_law, simulation.relu_another_mean, weakened=uncorrelated(W, variance=tau)),
    Without(weights_law, simulation.relu_another_variance, weakened=uncorrelated(W, mean=mu)),
    Without(weights_law, simulation.relu_another_variance, weakened=uncorrelated(W)),
    Without(independent(W, h), simulation.relu_weights_that_see),
]
without_relu_law = [
    *without_weights,
    Without(
        behind_relu(h, e),
        simulation.relu_equal_inputs,
        weakened=every(j, all_of(equation(E(h[j]), e), equation(V(h[j]), half - e**2))),
    ),
    Without(
        behind_relu(h, e),
        simulation.relu_inputs_of_another_mean,
        weakened=uncorrelated(h, variance=half - e**2),
    ),
    Without(behind_relu(h, e), simulation.relu_constant_inputs, weakened=uncorrelated(h, mean=e)),
    Without(behind_relu(h, e), simulation.relu_constant_inputs, weakened=uncorrelated(h)),
]

relu_preactivation = Claim(
    id="initialization.relu_preactivation",
    title="Behind a ReLU E[a] = dμe + c and V[a] = d(τ/2 + μ²(½ − e²))",
    source="004 Q1.2",
    states=all_of(mean_found, variance_found),
    given=relu_law,
    proof=Parts(
        (
            chain(
                E(a),
                equals(Sum(E(W[j] * h[j]), j) + c, by=linearity),
                equals(Sum(E(W[j]) * E(h[j]), j) + c, by=independence),
                equals(d * mu * e + c, by=moments),
            ),
            chain(
                V(a),
                equals(E(a**2) - E(a) ** 2, by=definition),
                equals(
                    Sum(E(W[j] * W[k] * h[j] * h[k]), j, k) - Sum(E(W[j] * h[j]), j) ** 2,
                    by=linearity,
                ),
                equals(
                    Sum(E(W[j] * W[k]) * E(h[j] * h[k]), j, k) - Sum(E(W[j]) * E(h[j]), j) ** 2,
                    by=independence,
                ),
                equals(variance_behind(e), by=moments),
            ),
        )
    ),
    worlds=simulation.behind_relu,
    model=simulation.relu_model,
    points=[{"d": 3, "mu": 0.5, "tau": 0.4, "e": 0.4, "c": -0.2}],
    variants=[
        Variant("centred inputs", found(c, variance_behind(0))),
        Variant("½ − e for ½ − e²", found(d * mu * e + c, d * (tau / 2 + mu**2 * (half - e)))),
        Variant("no ½ at τ", found(d * mu * e + c, d * (tau + mu**2 * (half - e**2)))),
        Variant("μ for μ²", found(d * mu * e + c, d * (tau / 2 + mu * (half - e**2)))),
    ],
    without=without_relu_law,
)

relu_bias, relu_balanced = equation(c, -d * mu * e), equation(variance_behind(e), 1)
mean_is, variance_is = equation(E(a), 0), equation(V(a), 1)

unit_variance_relu_solutions = Claim(
    id="initialization.unit_variance_relu_solutions",
    title="Behind a ReLU exactly c = −dμe and d(τ/2 + μ²(½ − e²)) = 1 give mean 0, variance 1",
    source="004 Q1.2",
    states=iff(unit(a), all_of(relu_bias, relu_balanced)),
    given=relu_law,
    proof=Both(
        forward=Parts(
            (
                chain(
                    c,
                    equals((d * mu * e + c) - d * mu * e, by=algebra),
                    equals(E(a) - d * mu * e, by=lemma(relu_preactivation)),
                    equals(-d * mu * e, by=given(mean_is)),
                ),
                chain(
                    variance_behind(e),
                    equals(V(a), by=lemma(relu_preactivation)),
                    equals(1, by=given(variance_is)),
                ),
            )
        ),
        backward=Parts(
            (
                chain(
                    E(a),
                    equals(d * mu * e + c, by=lemma(relu_preactivation)),
                    equals(0, by=given(relu_bias)),
                ),
                chain(
                    V(a),
                    equals(variance_behind(e), by=lemma(relu_preactivation)),
                    equals(1, by=given(relu_balanced, times=1)),
                ),
            )
        ),
    ),
    worlds=simulation.behind_relu,
    variants=[
        Variant("no bias", iff(unit(a), all_of(no_bias, relu_balanced))),
        Variant("2/d whatever μ", iff(unit(a), all_of(relu_bias, equation(tau, 2 / d)))),
        Variant(
            "as for centred inputs",
            iff(unit(a), all_of(relu_bias, equation(variance_behind(0), 1))),
        ),
        Variant("any bias", iff(unit(a), relu_balanced)),
    ],
    without=without_relu_law,
    notes=(
        "E[h²] = ½ for h = ReLU(a') with a' symmetric of variance 1 (`relu_second_moment`). The "
        "mean e depends on the law of a': ½ for ±1, 1/√(2π) for a normal one."
    ),
)

b = preactivation(x)
of_h, of_x = every(j, equation(E(h[j]), e)), every(j, equation(E(x[j]), f))
square_of_h = every(j, equation(E(h[j] ** 2), half))
square_of_x = every(j, equation(E(x[j] ** 2), half))
design = [equation(mu, 0), no_bias, equation(tau, 2 / d)]
means = equation(E(a), d * mu * e + c), equation(E(b), d * mu * f + c)


def mean_of(inputs: Any, mean: Any, fact: Any) -> Any:
    """E[Σ W_j·input_j + c] = dμ·mean + c."""
    return chain(
        E(preactivation(inputs)),
        equals(Sum(E(W[j] * inputs[j]), j) + c, by=linearity),
        equals(Sum(E(W[j]) * E(inputs[j]), j) + c, by=independence),
        equals(Sum(mu * E(inputs[j]), j) + c, by=moments),
        equals(d * mu * mean + c, by=given(fact)),
    )


def centred_variance(inputs: Any, square: Any) -> list[Any]:
    """Rows from V[Σ W_j·input_j + c] to dτ/2, when its mean and μ and c are 0."""
    total = preactivation(inputs)
    return [
        equals(E(total**2) - E(total) ** 2, by=definition),
        equals(E(total**2), by=given(equation(E(total), 0))),
        equals(
            Sum(E(W[j] * W[k] * inputs[j] * inputs[k]), j, k)
            + 2 * c * Sum(E(W[j] * inputs[j]), j)
            + c**2,
            by=linearity,
        ),
        equals(Sum(E(W[j] * W[k] * inputs[j] * inputs[k]), j, k), by=given(no_bias)),
        equals(Sum(E(W[j] * W[k]) * E(inputs[j] * inputs[k]), j, k), by=independence),
        equals(Sum((mu**2 + tau * Delta(j, k)) * E(inputs[j] * inputs[k]), j, k), by=moments),
        equals(tau * Sum(E(inputs[j] ** 2), j), by=given(design[0])),
        equals(d * tau / 2, by=given(square)),
    ]


def unit_of(inputs: Any, mean: Any, fact: Any, square: Any) -> Any:
    """Of `unit`, for the centred design."""
    total = preactivation(inputs)
    return Parts(
        (
            chain(
                E(total),
                equals(d * mu * mean + c, by=given(fact, times=1)),
                equals(0, by=(given(design[0]), given(no_bias))),
            ),
            chain(
                V(total),
                *centred_variance(inputs, square),
                equals(1, by=given(design[2])),
            ),
        )
    )


unit_variance_relu_centred_only = Claim(
    id="initialization.unit_variance_relu_centred_only",
    title="Behind a ReLU only μ = 0, c = 0, σ² = 2/d serve inputs of two different means",
    source="004 Q1.2",
    states=iff(all_of(unit(a), unit(b)), all_of(*design)),
    given=[
        weights_law,
        independent(W, h),
        independent(W, x),
        of_h,
        of_x,
        square_of_h,
        square_of_x,
        unequal(e, f),
    ],
    proof=Obtain(
        all_of(*means),
        Parts((mean_of(h, e, of_h), mean_of(x, f, of_x))),
        Both(
            forward=Parts(
                (
                    chain(
                        mu,
                        equals(((d * mu * e + c) - (d * mu * f + c)) / (d * (e - f)), by=algebra),
                        equals(
                            (E(a) - E(b)) / (d * (e - f)),
                            by=(
                                given(means[0], times=1 / (d * (e - f))),
                                given(means[1], times=-1 / (d * (e - f))),
                            ),
                        ),
                        equals(0, by=(given(equation(E(a), 0)), given(equation(E(b), 0)))),
                    ),
                    chain(
                        c,
                        equals(d * mu * e + c, by=given(design[0])),
                        equals(E(a), by=given(means[0], times=1)),
                        equals(0, by=given(equation(E(a), 0))),
                    ),
                    Obtain(
                        equation(V(a), d * tau / 2),
                        chain(V(a), *centred_variance(h, square_of_h)),
                        chain(
                            tau,
                            equals(2 * (d * tau / 2) / d, by=algebra),
                            equals(2 * V(a) / d, by=given(equation(V(a), d * tau / 2))),
                            equals(2 / d, by=given(equation(V(a), 1))),
                        ),
                    ),
                )
            ),
            backward=Parts(
                (unit_of(h, e, means[0], square_of_h), unit_of(x, f, means[1], square_of_x))
            ),
        ),
    ),
    worlds=simulation.two_means,
    variants=[
        Variant("one kind of inputs is enough", iff(unit(a), all_of(*design))),
        Variant("any bias", iff(all_of(unit(a), unit(b)), all_of(design[0], design[2]))),
        Variant("any bias and any variance", iff(all_of(unit(a), unit(b)), design[0])),
        Variant(
            "1/d for 2/d", iff(all_of(unit(a), unit(b)), all_of(*design[:2], equation(tau, 1 / d)))
        ),
    ],
    without=[
        *without_weights,
        Without(independent(W, x), simulation.relu_weights_that_see_the_others),
        Without(of_h, simulation.relu_first_mean_as_the_second),
        Without(of_x, simulation.relu_second_mean_as_the_first),
        Without(square_of_h, simulation.relu_constant_inputs),
        Without(square_of_x, simulation.relu_constant_others),
        Without(unequal(e, f), simulation.relu_one_mean),
    ],
)
