"""What is published about activation functions and their slopes, and false.

What is said of ReLU at 0 is written with difference quotients: there is no derivative to speak of.
"""

from verify import (
    Claim,
    Rational,
    World,
    at_least,
    at_most,
    derivative,
    equation,
    exp,
    implies,
    less,
    real,
    relu,
    sigmoid,
    sign,
    tanh,
    unequal,
)

x, h, z = real("x"), real("h"), real("z")
alpha, beta = real("alpha"), real("beta")

#: The slope of ReLU away from 0: 0 or 1.
relu_slope = (1 + sign(z)) / 2
rising = exp(beta * x)

erratum_first_kink = Claim(
    id="activations.erratum_first_kink",
    title="x² − αx ≥ −0.04 for all x ≥ 0 only if α ≤ 0.2",
    source="003 1a",
    states=implies(at_least(-(alpha**2) / 4, Rational(-1, 25)), at_most(alpha, Rational(1, 5))),
    given=[at_least(alpha, 0)],
    expected="refuted",
    corrected="activations.square_by_three_relus",
    worlds=lambda random: World({alpha: Rational(3, 10)}),
    notes=(
        "The minimum of x² − αx over x ≥ 0, for α ≥ 0, is −α²/4: the condition is α ≤ 0.4. With "
        "α = 0.4 two units are enough: 0.4·ReLU(x) + 1.12·ReLU(x − 0.48) stays within 0.04."
    ),
)

erratum_relu_slope_at_zero = Claim(
    id="activations.erratum_relu_slope_at_zero",
    title="The slope of ReLU at 0 is 1",
    source="003 2a",
    states=equation((relu(h) - relu(0)) / h, 1),
    given=[unequal(h, 0)],
    expected="refuted",
    corrected="activations.relu_has_no_derivative_at_zero",
    worlds=lambda random: World({h: -1}),
    notes=(
        "ReLU(c·h) = c·ReLU(h) for c > 0, so that the difference quotient at 0 depends on the "
        "sign of h alone: a slope of 1 would make it 1 on both sides. On the left it is 0, and "
        "there is no derivative; 1 is one of the subgradients."
    ),
)

erratum_sigmoid_slope_below_relu = Claim(
    id="activations.erratum_sigmoid_slope_below_relu",
    title="The slope of a sigmoid is smaller than that of ReLU",
    source="003 2e",
    states=less(sigmoid(z) * (1 - sigmoid(z)), relu_slope),
    given=[unequal(z, 0)],
    expected="refuted",
    corrected="activations.sigmoid_slope_bound",
    worlds=lambda random: World({z: -1}),
    notes="For z < 0 ReLU's slope is 0 and a sigmoid's positive: there it is ReLU that vanishes.",
)

erratum_tanh_slope_below_relu = Claim(
    id="activations.erratum_tanh_slope_below_relu",
    title="The slope of tanh is smaller than 1, the slope of ReLU on the right",
    source="003 2e",
    states=less(1 - tanh(z) ** 2, 1),
    given=[at_least(z, 0)],
    expected="refuted",
    corrected="activations.tanh_slope_bound",
    worlds=lambda random: World({z: 0}),
    notes="At 0 the slope of tanh is 1. Its products vanish only where units leave 0.",
)

erratum_swish_slope = Claim(
    id="activations.erratum_swish_slope",
    title="Swish's slope is s + β·x·s·(1 − s) with s = 1/(1 + e^(+βx))",
    source="003 3c",
    states=equation(
        derivative(x / (1 + exp(-(beta * x))), x),
        1 / (1 + rising) + x * (1 / (1 + rising)) * (1 - 1 / (1 + rising)) * beta,
    ),
    expected="refuted",
    corrected="activations.swish_derivative",
    worlds=lambda random: World({beta: 1, x: 1}),
    notes=(
        "The same sheet has it right in 2d. The two agree where βx = 0; at β = x = 1 the line "
        "printed gives 0.466, the derivative is 0.928."
    ),
)
