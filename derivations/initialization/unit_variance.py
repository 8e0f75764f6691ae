"""Weights that give preactivations of mean 0 and variance 1.

    a = Σ_j W_j h_j + c:   V[W] = 1/d for inputs with E[h²] = 1,   2/d behind a ReLU

These are designs; what else would do is in `unit_variance_solutions` and, behind a ReLU, in
`unit_variance_relu_solutions`.
"""

from typing import Any

from derivations.initialization.relu import a as relu_input
from derivations.initialization.relu import relu_second_moment
from derivations.initialization.simulations import unit_variance as simulation
from derivations.initialization.weaker_weights import weaker_weights
from verify import (
    Claim,
    E,
    Parts,
    Proof,
    Rational,
    Sum,
    V,
    Variant,
    Without,
    all_of,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    given,
    independence,
    independent,
    index,
    lemma,
    linearity,
    moments,
    random_vector,
    real,
    relu,
    sqrt,
    symmetric,
    uncorrelated,
)

d = dimension("d")
j, k = index("j", d), index("k", d)
W, R, h = random_vector("W", d), random_vector("R", d), random_vector("h", d)
c = real("c")
half, third = Rational(1, 2), Rational(1, 3)

no_bias = equation(c, 0)
each_unit, each_symmetric = every(j, equation(E(h[j] ** 2), 1)), every(j, symmetric(h[j]))
bounded = sqrt(3 / d)
bounded_relu = sqrt(6 / d)


def unit(a: Any, variance: Any = 1) -> Any:
    """a has mean 0 and variance 1 (or another)."""
    return all_of(equation(E(a), 0), equation(V(a), variance))


def designed(block: Any, scale: Any, spread: Any, behind_relu: bool) -> Proof:
    """Of `unit`, for the weights scale · block, V[block] = spread, and the inputs h or ReLU(h)."""

    def y(at: Any) -> Any:
        return relu(h[at]) if behind_relu else h[at]

    a = preactivation(block, scale, behind_relu)
    total = scale**2 * spread
    halved = [
        equals(
            total * Sum(half * E(h[j] ** 2), j), by=lemma(relu_second_moment, {relu_input: h[j]})
        )
    ]
    return Parts(
        (
            chain(
                E(a),
                equals(scale * Sum(E(block[j] * y(j)), j) + c, by=linearity),
                equals(scale * Sum(E(block[j]) * E(y(j)), j) + c, by=independence),
                equals(c, by=moments),
                equals(0, by=given(no_bias)),
            ),
            chain(
                V(a),
                equals(E(a**2) - E(a) ** 2, by=definition),
                equals(E(a**2), by=given(equation(E(a), 0))),
                equals(
                    scale**2 * Sum(E(block[j] * block[k] * y(j) * y(k)), j, k)
                    + 2 * c * scale * Sum(E(block[j] * y(j)), j)
                    + c**2,
                    by=linearity,
                ),
                equals(
                    scale**2 * Sum(E(block[j] * block[k] * y(j) * y(k)), j, k), by=given(no_bias)
                ),
                equals(
                    scale**2 * Sum(E(block[j] * block[k]) * E(y(j) * y(k)), j, k), by=independence
                ),
                equals(total * Sum(E(y(j) ** 2), j), by=moments),
                *(halved if behind_relu else []),
                equals(1, by=given(each_unit)),
            ),
        )
    )


def preactivation(block: Any, scale: Any, behind_relu: bool) -> Any:
    """Σ_j scale · block_j · h_j + c, or with ReLU(h_j)."""
    return Sum(scale * block[j] * (relu(h[j]) if behind_relu else h[j]), j) + c


def laws(block: Any, variance: Any, behind_relu: bool) -> list[Any]:
    """What is assumed of the weights, the inputs and the bias."""
    of_inputs = [each_symmetric, each_unit] if behind_relu else [each_unit]
    return [
        uncorrelated(block, mean=0, variance=variance),
        independent(block, h),
        *of_inputs,
        no_bias,
    ]


def without(block: Any, variance: Any, spread: Any, behind_relu: bool) -> list[Without]:
    """A world without each of `laws`; spread: the variance as a function of d."""
    skewed = Without(
        each_symmetric,
        simulation.skewed_inputs(spread),
        weakened=every(j, equation(E(h[j]), 0)),
    )
    return [
        *weaker_weights(
            block,
            j,
            mean=0,
            variance=variance,
            correlated=simulation.equal_weights(spread),
            another_mean=simulation.weights_with_a_mean(spread),
            another_variance=simulation.wide_weights,
        ),
        Without(independent(block, h), simulation.weights_with_the_sign_of_the_input(spread)),
        *([skewed] if behind_relu else []),
        Without(each_unit, simulation.large_inputs(spread)),
        Without(no_bias, simulation.with_bias(spread)),
    ]


def other_scale(what: str, variance: Any, spread: Any, behind_relu: bool) -> Variant:
    """Normal weights of another variance."""
    worlds = simulation.design(spread, flip=behind_relu)
    return Variant(what, given=laws(W, variance, behind_relu), worlds=worlds)


over = simulation.over_width
gaussian_sum = preactivation(W, 1, behind_relu=False)

unit_variance_gaussian = Claim(
    id="initialization.unit_variance_gaussian",
    title="Centred weights of variance 1/d and no bias give mean 0 and variance 1",
    source="004 Q1.1",
    states=unit(gaussian_sum),
    given=laws(W, 1 / d, behind_relu=False),
    proof=designed(W, 1, 1 / d, behind_relu=False),
    worlds=simulation.design(over(1), flip=False),
    model=simulation.model,
    points=simulation.points(1),
    variants=[
        other_scale("2/d, as behind a ReLU", 2 / d, over(2), behind_relu=False),
        other_scale("1/d for the standard deviation", 1 / d**2, over(1, 2), behind_relu=False),
        other_scale("variance 1", 1, over(1, 0), behind_relu=False),
        Variant("the variance d", unit(gaussian_sum, d)),
    ],
    without=without(W, 1 / d, over(1), behind_relu=False),
)

unit_variance_uniform = Claim(
    id="initialization.unit_variance_uniform",
    title="Weights uniform on ±√(3/d) and no bias give mean 0 and variance 1",
    source="004 Q1.1",
    states=unit(preactivation(R, bounded, behind_relu=False)),
    given=laws(R, third, behind_relu=False),
    proof=designed(R, bounded, third, behind_relu=False),
    worlds=simulation.design(simulation.third, flip=False),
    model=simulation.uniform_model,
    points=simulation.points(1),
    variants=[
        Variant("±√(1/d)", unit(preactivation(R, sqrt(1 / d), behind_relu=False))),
        Variant("±√(6/d)", unit(preactivation(R, bounded_relu, behind_relu=False))),
        Variant("±3/d", unit(preactivation(R, 3 / d, behind_relu=False))),
        Variant("±√(12/d)", unit(preactivation(R, sqrt(12 / d), behind_relu=False))),
    ],
    without=without(R, third, simulation.third, behind_relu=False),
    notes="1/3 is the variance of a uniform law on (−1, 1): initialization.uniform_variance",
)

relu_gaussian_sum = preactivation(W, 1, behind_relu=True)

unit_variance_relu_gaussian = Claim(
    id="initialization.unit_variance_relu_gaussian",
    title="Behind a ReLU, centred weights of variance 2/d give mean 0 and variance 1",
    source="004 Q1.2",
    states=unit(relu_gaussian_sum),
    given=laws(W, 2 / d, behind_relu=True),
    proof=designed(W, 1, 2 / d, behind_relu=True),
    worlds=simulation.design(over(2), flip=True),
    model=simulation.model,
    points=simulation.points(2),
    variants=[
        other_scale("1/d, as without a ReLU", 1 / d, over(1), behind_relu=True),
        other_scale("2/d for the standard deviation", 4 / d**2, over(4, 2), behind_relu=True),
        other_scale("4/d", 4 / d, over(4), behind_relu=True),
        Variant("the variance ½", unit(relu_gaussian_sum, half)),
    ],
    without=without(W, 2 / d, over(2), behind_relu=True),
)

unit_variance_relu_uniform = Claim(
    id="initialization.unit_variance_relu_uniform",
    title="Behind a ReLU, weights uniform on ±√(6/d) give mean 0 and variance 1",
    source="004 Q1.2",
    states=unit(preactivation(R, bounded_relu, behind_relu=True)),
    given=laws(R, third, behind_relu=True),
    proof=designed(R, bounded_relu, third, behind_relu=True),
    worlds=simulation.design(simulation.third, flip=True),
    model=simulation.uniform_model,
    points=simulation.points(2),
    variants=[
        Variant("±√(3/d)", unit(preactivation(R, bounded, behind_relu=True))),
        Variant("±√(2/d)", unit(preactivation(R, sqrt(2 / d), behind_relu=True))),
        Variant("±6/d", unit(preactivation(R, 6 / d, behind_relu=True))),
        Variant("±√(12/d)", unit(preactivation(R, sqrt(12 / d), behind_relu=True))),
    ],
    without=without(R, third, simulation.third, behind_relu=True),
    notes="1/3 is the variance of a uniform law on (−1, 1): initialization.uniform_variance",
)
