"""What is published about initialisation, and false.

Most of these lines are short cuts in arguments whose results stand: a mean of zero taken for a
symmetric law, a variance for a second moment, independent of the input for uncorrelated among
themselves. The result survives only because another hypothesis, not used, repairs it.
"""

from fractions import Fraction
from typing import Any

from verify import (
    Claim,
    E,
    Rational,
    Sum,
    V,
    World,
    dimension,
    equation,
    every,
    finite_moment,
    independent,
    independent_product,
    index,
    random_variable,
    random_vector,
    real,
    relu,
    sigmoid,
    sign,
    symmetric,
    tanh,
    uncorrelated,
    unequal,
    uniform_on,
)

half = Rational(1, 2)
n = dimension("n")
j = index("j", n)
Y, z, t = random_variable("Y"), random_variable("z"), real("t")
W, x, D = random_vector("W", n), random_vector("x", n), random_vector("D", n)
S, U, e = random_vector("S", n), random_vector("U", n), random_variable("e")
B = random_variable("B")
v, q, u = real("v"), real("q"), real("u")

#: z is −1 or 1, each with probability ½.
fair_sign = uniform_on([{z: -1}, {z: 1}])

# -- ReLU and symmetry -----------------------------------------------------------------------

erratum_relu_hint = Claim(
    id="initialization.erratum_relu_hint",
    title="A ReLU halves the variance of any centred variable into a second moment",
    source="002 Ex. 2",
    states=equation(E(relu(Y) ** 2), half * V(Y)),
    given=[equation(E(Y), 0)],
    well_formed=[finite_moment(Y, 2)],
    expected="refuted",
    corrected="initialization.relu_second_moment_variance",
    worlds=lambda random: World({}, [(Fraction(2, 3), {Y: -1}), (Fraction(1, 3), {Y: 2})]),
)

erratum_relu_variance = Claim(
    id="initialization.erratum_relu_variance",
    title="A ReLU halves the variance of a symmetric variable",
    source="003 4h",
    states=equation(V(relu(z)), half * V(z)),
    given=[symmetric(z)],
    well_formed=[finite_moment(z, 2)],
    expected="refuted",
    corrected="initialization.relu_second_moment_variance",
    worlds=lambda random: World({}, fair_sign),
    notes="It is the second moment that is halved: the output of a ReLU is not centred.",
)


def below_zero(a: Any) -> Any:
    """1 where a < 0, else 0."""
    return (sign(a) ** 2 - sign(a)) / 2


w1, w2 = random_variable("w_1"), random_variable("w_2")
second_layer = w2 * relu(w1)

erratum_half_below_zero = Claim(
    id="initialization.erratum_half_below_zero",
    title="A preactivation of a ReLU net is negative with probability ½",
    source="003 4h",
    states=equation(E(below_zero(second_layer)), half),
    given=[
        symmetric(w1),
        symmetric(w2),
        independent(w1, w2),
        unequal(w1, 0),
        unequal(w2, 0),
    ],
    expected="refuted",
    corrected="initialization.preactivation_symmetry",
    worlds=lambda random: World(
        {}, independent_product(uniform_on([{w1: -1}, {w1: 1}]), uniform_on([{w2: -1}, {w2: 1}]))
    ),
    notes=(
        "Two layers of width 1 and the input 1. Symmetry gives P(z < 0) = P(z > 0), and both miss "
        "half of P(z = 0): the unit below is dead with probability ½."
    ),
)

erratum_zeros_do_not_contribute = Claim(
    id="initialization.erratum_zeros_do_not_contribute",
    title="What a ReLU sets to 0 contributes nothing to the variance of its output",
    source="003 4h",
    states=equation(V(relu(z)), E(below_zero(-z) * (z - E(z)) ** 2)),
    given=[symmetric(z)],
    well_formed=[finite_moment(z, 2)],
    expected="refuted",
    corrected="initialization.relu_second_moment_variance",
    worlds=lambda random: World({}, fair_sign),
    notes="A zero lies E[ReLU(z)] away from the mean of the output, and counts.",
)

erratum_product_of_variances = Claim(
    id="initialization.erratum_product_of_variances",
    title="The variance of a preactivation is n · V[W] · V[x], whatever the mean of x",
    source="003 4h",
    states=equation(V(Sum(W[j] * x[j], j)), n * v * q),
    given=[
        uncorrelated(W, mean=0, variance=v),
        independent(W, x),
        every(j, equation(V(x[j]), q)),
    ],
    well_formed=[finite_moment(x, 2)],
    expected="refuted",
    corrected="initialization.preactivation_variance",
    worlds=lambda random: World(
        {n: 1, v: 1, q: 0}, uniform_on([{W: [-1], x: [1]}, {W: [1], x: [1]}])
    ),
    notes="The inputs come out of a ReLU: their mean is not 0, and E[x²] exceeds V[x].",
)

erratum_output_recurrence = Claim(
    id="initialization.erratum_output_recurrence",
    title="The variances of the outputs of two ReLU layers have the ratio ½ · n · V[W]",
    source="003 4h",
    states=equation(V(relu(Sum(W[j] * relu(D[j]), j))), half * n * v * q),
    given=[
        symmetric(W),
        uncorrelated(W, mean=0, variance=v),
        independent(W, D),
        symmetric(D),
        every(j, equation(V(relu(D[j])), q)),
    ],
    well_formed=[finite_moment(D, 2)],
    expected="refuted",
    corrected="initialization.he_recurrence",
    worlds=lambda random: World(
        {n: 1, v: 1, q: Fraction(1, 4)},
        independent_product(uniform_on([{W: [-1]}, {W: [1]}]), uniform_on([{D: [-1]}, {D: [1]}])),
    ),
    notes=(
        "D are the preactivations below. For preactivations the ratio is right; for outputs it "
        "needs more, such as normal laws (initialization.post_activation_variance)."
    ),
)

erratum_symmetric_output = Claim(
    id="initialization.erratum_symmetric_output",
    title="The output of a ReLU is distributed symmetrically about 0",
    source="003 4h",
    states=symmetric(relu(z)),
    given=[symmetric(z)],
    expected="refuted",
    corrected="initialization.relu_second_moment",
    worlds=lambda random: World({}, fair_sign),
    notes="Only the variable 0 is symmetric and nonnegative. What is symmetric is z.",
)

erratum_even_distribution_function = Claim(
    id="initialization.erratum_even_distribution_function",
    title="A symmetric law has an even distribution function, F(t) = F(−t)",
    source="003 4h",
    states=equation(E(1 - below_zero(t - z)), E(1 - below_zero(-t - z))),
    given=[symmetric(z)],
    expected="refuted",
    corrected="initialization.preactivation_symmetry",
    worlds=lambda random: World({t: 1}, fair_sign),
    notes=(
        "No distribution function is even: F tends to 0 on the left and to 1 on the right. "
        "Symmetry is F(t) = P(z ≥ −t)."
    ),
)

# -- sums and their variances ----------------------------------------------------------------

erratum_cross_terms = Claim(
    id="initialization.erratum_cross_terms",
    title="Cross terms vanish because the weights do not depend on the inputs",
    source=("002 Ex. 2", "003 4b"),
    states=equation(E(Sum(W[j] * x[j], j) ** 2), Sum(E(W[j] ** 2) * E(x[j] ** 2), j)),
    given=[independent(W, x), every(j, equation(E(W[j]), 0))],
    well_formed=[finite_moment(W, 2), finite_moment(x, 2)],
    expected="refuted",
    corrected="initialization.preactivation_variance",
    worlds=lambda random: World(
        {n: 2}, uniform_on([{W: [-1, -1], x: [1, 1]}, {W: [1, 1], x: [1, 1]}])
    ),
    notes="They vanish because distinct weights are uncorrelated, which the argument never uses.",
)

erratum_weights_of_another_layer = Claim(
    id="initialization.erratum_weights_of_another_layer",
    title="A sum over W with the variance of the weights of the layer below, B",
    source="003 4b",
    states=equation(V(Sum(W[j] * D[j], j)), n * V(B) * q),
    given=[
        uncorrelated(W, mean=0, variance=v),
        independent(B, W, D),
        every(j, equation(E(D[j] ** 2), q)),
    ],
    well_formed=[finite_moment(B, 2)],
    expected="refuted",
    corrected="initialization.preactivation_variance",
    worlds=lambda random: World(
        {n: 1, v: 1, q: 1},
        independent_product(
            uniform_on([{W: [-1], D: [1]}, {W: [1], D: [1]}]), uniform_on([{B: -2}, {B: 2}])
        ),
    ),
    notes="V[M] with V[W_l] where V[W_{l+1}] belongs; the sheet's last formula is right again.",
)

#: δ in layer l + 1, of width n, when layer l + 2 has one unit: σ' and W above it, and its δ.
delta_above = S[j] * U[j] * e

erratum_one_layer_up = Claim(
    id="initialization.erratum_one_layer_up",
    title="One step down multiplies V[δ] by n · V[σ'] · V[W] of the layers one higher",
    source="003 4b",
    states=equation(V(Y * Sum(W[j] * delta_above, j)), n * V(S[1]) * V(U[1]) * V(S[1] * U[1] * e)),
    given=[
        equation(E(Y), 0),
        uncorrelated(W, mean=0, variance=v),
        uncorrelated(S, mean=0, variance=v),
        uncorrelated(U, mean=0, variance=q),
        independent(Y, W, S, U, e),
    ],
    well_formed=[finite_moment(Y, 2), finite_moment(e, 2)],
    expected="refuted",
    corrected="initialization.gradient_moments",
    worlds=lambda random: World(
        {n: 1, v: 1, q: 4},
        independent_product(
            uniform_on([{Y: -1, e: 1}, {Y: 1, e: 1}]),
            uniform_on([{W: [-1]}, {W: [1]}]),
            uniform_on([{S: [-1]}, {S: [1]}]),
            uniform_on([{U: [-2]}, {U: [2]}]),
        ),
    ),
    notes=(
        "δ_l = σ'(z_l) · Σ_j W_j δ_j with Y for σ'(z_l): the factors are V[Y] and V[W], not V[S] "
        "and V[U]. Below the last layer there is no W of the layer above to begin with."
    ),
)

erratum_centred_slope = Claim(
    id="initialization.erratum_centred_slope",
    title="The slope of a sigmoid has mean 0",
    source="003 4b",
    states=equation(E(sigmoid(z) * (1 - sigmoid(z))), 0),
    given=[symmetric(z)],
    expected="refuted",
    corrected="initialization.zero_mean_slope_is_vacuous",
    worlds=lambda random: World({}, [(1, {z: 0})]),
    notes="A sigmoid's slope is positive. The sheet's formulas need the mean of W alone to be 0.",
)

# -- sigmoid and tanh ------------------------------------------------------------------------

erratum_shifted_sigmoid = Claim(
    id="initialization.erratum_shifted_sigmoid",
    title="A sigmoid less ½ has slope 1 at 0",
    source="003 4g",
    states=equation(sigmoid(u) * (1 - sigmoid(u)), 1),
    given=[equation(u, 0)],
    expected="refuted",
    corrected="initialization.sigmoid_affine",
    worlds=lambda random: World({u: 0}),
    notes="The slope of s, and of s − ½, is s · (1 − s) (003 2b). It takes the factor 4.",
)

erratum_tanh_keeps_variance = Claim(
    id="initialization.erratum_tanh_keeps_variance",
    title="The variance before a tanh is the variance behind it",
    source="002 Ex. 2b",
    states=equation(V(z), V(tanh(z))),
    given=[symmetric(z)],
    well_formed=[finite_moment(z, 2)],
    expected="refuted",
    corrected="initialization.tanh_shrinks_variance",
    worlds=lambda random: World({}, fair_sign),
    notes="|tanh z| < |z| unless z = 0: no scale of the weights achieves it.",
)

erratum_tanh_scale = Claim(
    id="initialization.erratum_tanh_scale",
    title="With V[W] = 1/n the variance of the next layer is Σ (2/n) · E[x²]",
    source="002 Ex. 2b",
    states=equation(V(Sum(W[j] * x[j], j)), Sum(2 / n * E(x[j] ** 2), j)),
    given=[uncorrelated(W, mean=0, variance=1 / n), independent(W, x)],
    well_formed=[finite_moment(x, 2)],
    expected="refuted",
    corrected="initialization.preactivation_variance_general",
    worlds=lambda random: World({n: 1}, uniform_on([{W: [-1], x: [1]}, {W: [1], x: [1]}])),
    notes="The closing lines carry He's 2/n over to the scheme that was found to be 1/n.",
)

erratum_square_of_the_mean = Claim(
    id="initialization.erratum_square_of_the_mean",
    title="Near 0 the second moment of tanh(z) is the square of the mean of z, which is V[z]",
    source="002 Ex. 2b",
    states=equation(E(z) ** 2, V(z)),
    given=[symmetric(z)],
    well_formed=[finite_moment(z, 2)],
    expected="refuted",
    corrected="initialization.tanh_variance",
    worlds=lambda random: World({}, fair_sign),
    notes="E[z]² is 0 and E[z²] is V[z]; the square has left the expectation.",
)
