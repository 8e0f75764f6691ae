"""Slopes of mean 0 do not exist for sigmoid and tanh, and mean a dead unit for ReLU.

    E[s'(z)] > 0,   E[tanh'(z)] > 0,   E[ReLU(z)]² ≤ P(z > 0)·E[ReLU(z)²]

A calculation of gradients may assume slopes of mean 0 to get rid of cross terms. No network has
such slopes: the cross terms vanish because the weights have mean 0, and that is what an
initialisation has to provide.
"""

from typing import Any

from derivations.initialization.simulations import slope_means as simulation
from verify import (
    Cases,
    Claim,
    E,
    Parts,
    V,
    Variant,
    algebra,
    all_of,
    at_most,
    cases,
    chain,
    definition,
    equals,
    equation,
    finite_moment,
    given,
    greater,
    linearity,
    models,
    order,
    random_variable,
    relu,
    sigmoid,
    sign,
    tanh,
)

z = random_variable("z")

sigmoid_slope = sigmoid(z) * (1 - sigmoid(z))
tanh_slope = 1 - tanh(z) ** 2
#: The slope of ReLU: 1 where z > 0, else 0.
relu_slope = (sign(z) ** 2 + sign(z)) / 2

output, squared = E(relu(z)), E(relu(z) ** 2)
alive = E(relu_slope)


def at_least_alive(share: Any) -> Any:
    """E[ReLU(z)]² ≤ share·E[ReLU(z)²]."""
    return at_most(output**2, share * squared)


zero_mean_slope_is_vacuous = Claim(
    id="initialization.zero_mean_slope_is_vacuous",
    title="No sigmoid or tanh has a slope of mean 0, and a ReLU that has one is dead",
    source="003 4b",
    states=all_of(greater(E(sigmoid_slope), 0), greater(E(tanh_slope), 0), at_least_alive(alive)),
    well_formed=[finite_moment(z, 2)],
    proof=Parts(
        (
            chain(E(sigmoid_slope), greater(0, by=order)),
            chain(
                E(tanh_slope),
                equals(E((1 - tanh(z)) * (1 + tanh(z))), by=algebra),
                greater(0, by=order),
            ),
            Cases(
                (greater(squared, 0), equation(squared, 0)),
                (
                    chain(
                        output**2,
                        equals(
                            alive * squared
                            - E((squared * relu_slope - output * relu(z)) ** 2) / squared,
                            by=(linearity, cases),
                        ),
                        at_most(alive * squared, by=order),
                    ),
                    chain(
                        output**2,
                        equals(squared - V(relu(z)), by=definition),
                        equals(-V(relu(z)), by=given(equation(squared, 0))),
                        at_most(0, by=order),
                        equals(alive * squared, by=given(equation(squared, 0))),
                    ),
                ),
            ),
        )
    ),
    worlds=simulation.any_variable,
    model=models.Comparison(simulation.empirical),
    points=[{}],
    variants=[
        Variant("a sigmoid's slope of mean 0", equation(E(sigmoid_slope), 0)),
        Variant("a tanh's slope of mean 0", equation(E(tanh_slope), 0)),
        Variant("every ReLU alive", greater(alive, 0), worlds=simulation.dead),
        Variant("half of the share", at_least_alive(alive / 2)),
        Variant("the share squared", at_least_alive(alive**2)),
    ],
    notes=(
        "E[ReLU'(z)] = P(z > 0) = 0 gives E[ReLU(z)]² ≤ 0: the output is 0. The converse is plain: "
        "with z ≤ 0 the slope is 0."
    ),
)
