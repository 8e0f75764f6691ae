"""The variance of a product of two independent variables.

    V[XY] = V[X]·V[Y] + V[X]·E[Y]² + V[Y]·E[X]²

Each term of a preactivation is such a product. The variance of a product is the product of the
variances only when both factors are centred, which the outputs of a ReLU never are.
"""

from derivations.initialization.simulations import product as simulation
from verify import (
    Claim,
    E,
    V,
    Variant,
    Without,
    chain,
    definition,
    equals,
    equation,
    finite_moment,
    independence,
    independent,
    random_variable,
)

X, Y = random_variable("X"), random_variable("Y")
without_correlation = equation(E(X * Y), E(X) * E(Y))

product_variance = Claim(
    id="initialization.product_variance",
    title="V[XY] = V[X]·V[Y] + V[X]·E[Y]² + V[Y]·E[X]² for independent X, Y",
    source="004 Q1",
    states=equation(V(X * Y), V(X) * V(Y) + V(X) * E(Y) ** 2 + V(Y) * E(X) ** 2),
    given=[independent(X, Y)],
    well_formed=[finite_moment(X, 2), finite_moment(Y, 2)],
    proof=chain(
        V(X * Y),
        equals(E(X**2 * Y**2) - E(X * Y) ** 2, by=definition),
        equals(E(X**2) * E(Y**2) - (E(X) * E(Y)) ** 2, by=independence),
        equals(V(X) * V(Y) + V(X) * E(Y) ** 2 + V(Y) * E(X) ** 2, by=definition(V(X), V(Y))),
    ),
    worlds=simulation.independent_pair,
    model=simulation.model,
    points=simulation.points,
    variants=[
        Variant("the product of the variances", equation(V(X * Y), V(X) * V(Y))),
        Variant(
            "the means exchanged",
            equation(V(X * Y), V(X) * V(Y) + V(X) * E(X) ** 2 + V(Y) * E(Y) ** 2),
        ),
        Variant(
            "without the product of the variances",
            equation(V(X * Y), V(X) * E(Y) ** 2 + V(Y) * E(X) ** 2),
        ),
        Variant(
            "uncorrelated for independent",
            given=[without_correlation],
            worlds=simulation.a_variable_and_its_square,
        ),
    ],
    without=[
        Without(
            independent(X, Y), simulation.a_variable_and_its_square, weakened=without_correlation
        )
    ],
)
