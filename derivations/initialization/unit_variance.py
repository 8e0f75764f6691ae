"""Weights that give preactivations of mean 0 and variance 1.

    a = Σ_j W_j h_j + c:   V[W] = 1/d for inputs with E[h²] = 1,   2/d behind a ReLU

These are designs; what else would do is in `unit_variance_solutions` and, behind a ReLU, in
`unit_variance_relu_solutions`.
"""

from fractions import Fraction
from typing import Any

from derivations.initialization.relu import a as relu_input
from derivations.initialization.relu import relu_second_moment
from derivations.initialization.simulations import unit_variance as simulation
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


gaussian_sum = preactivation(W, 1, behind_relu=False)

unit_variance_gaussian = Claim(
    id="initialization.unit_variance_gaussian",
    title="Centred weights of variance 1/d and no bias give mean 0 and variance 1",
    source="004 Q1.1",
    states=unit(gaussian_sum),
    given=[
        uncorrelated(W, mean=0, variance=1 / d),
        independent(W, h),
        each_unit,
        no_bias,
    ],
    proof=designed(W, 1, 1 / d, behind_relu=False),
    worlds=simulation.design(factor=1, flip=False),
    model=simulation.model,
    points=simulation.points(1),
    variants=[
        Variant("variance d + 1", unit(gaussian_sum, d + 1)),
        Variant("half the variance", unit(gaussian_sum, half)),
        Variant("twice the variance", unit(gaussian_sum, 2)),
    ],
    without=[
        Without(no_bias, simulation.with_bias(1)),
        Without(each_unit, simulation.large_inputs(1)),
    ],
)

uniform_sum = preactivation(R, bounded, behind_relu=False)

unit_variance_uniform = Claim(
    id="initialization.unit_variance_uniform",
    title="Weights uniform on ±√(3/d) and no bias give mean 0 and variance 1",
    source="004 Q1.1",
    states=unit(uniform_sum),
    given=[
        uncorrelated(R, mean=0, variance=third),
        independent(R, h),
        each_unit,
        no_bias,
    ],
    proof=designed(R, bounded, third, behind_relu=False),
    worlds=simulation.design(spread=Fraction(1, 3), flip=False),
    model=simulation.model,
    points=simulation.points(1),
    variants=[
        Variant("variance d + 1", unit(uniform_sum, d + 1)),
        Variant("half the variance", unit(uniform_sum, half)),
        Variant("twice the variance", unit(uniform_sum, 2)),
    ],
)

relu_gaussian_sum = preactivation(W, 1, behind_relu=True)

unit_variance_relu_gaussian = Claim(
    id="initialization.unit_variance_relu_gaussian",
    title="Behind a ReLU, centred weights of variance 2/d give mean 0 and variance 1",
    source="004 Q1.2",
    states=unit(relu_gaussian_sum),
    given=[
        uncorrelated(W, mean=0, variance=2 / d),
        independent(W, h),
        each_symmetric,
        each_unit,
        no_bias,
    ],
    proof=designed(W, 1, 2 / d, behind_relu=True),
    worlds=simulation.design(factor=2, flip=True),
    model=simulation.model,
    points=simulation.points(2),
    variants=[
        Variant("variance d + 1", unit(relu_gaussian_sum, d + 1)),
        Variant("half the variance", unit(relu_gaussian_sum, half)),
        Variant("twice the variance", unit(relu_gaussian_sum, 2)),
    ],
    without=[
        Without(no_bias, simulation.with_bias(2)),
        Without(each_unit, simulation.large_inputs(2)),
    ],
)

relu_uniform_sum = preactivation(R, bounded_relu, behind_relu=True)

unit_variance_relu_uniform = Claim(
    id="initialization.unit_variance_relu_uniform",
    title="Behind a ReLU, weights uniform on ±√(6/d) give mean 0 and variance 1",
    source="004 Q1.2",
    states=unit(relu_uniform_sum),
    given=[
        uncorrelated(R, mean=0, variance=third),
        independent(R, h),
        each_symmetric,
        each_unit,
        no_bias,
    ],
    proof=designed(R, bounded_relu, third, behind_relu=True),
    worlds=simulation.design(spread=Fraction(1, 3), flip=True),
    model=simulation.model,
    points=simulation.points(2),
    variants=[
        Variant("variance d + 1", unit(relu_uniform_sum, d + 1)),
        Variant("half the variance", unit(relu_uniform_sum, half)),
        Variant("twice the variance", unit(relu_uniform_sum, 2)),
    ],
)
