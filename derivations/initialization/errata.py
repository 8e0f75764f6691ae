"""What is published about the second moment of a ReLU's output, and false.

    E[ReLU(Y)²] = ½ · V[Y]   for every Y with mean 0

Mean zero is not enough: Y = −1 with probability 2/3 and Y = 2 with probability 1/3 has mean 0
and variance 2, and E[ReLU(Y)²] = 4/3. It holds for Y symmetric about 0.
"""

from fractions import Fraction

from verify import Claim, E, Rational, V, World, equation, finite_moment, random_variable, relu

Y = random_variable("Y")

erratum_relu_hint = Claim(
    id="initialization.erratum_relu_hint",
    title="A ReLU halves the variance of any centred variable into a second moment",
    source="002 Ex. 2",
    states=equation(E(relu(Y) ** 2), Rational(1, 2) * V(Y)),
    given=[equation(E(Y), 0)],
    well_formed=[finite_moment(Y, 2)],
    expected="refuted",
    corrected="initialization.relu_second_moment_variance",
    worlds=lambda random: World({}, [(Fraction(2, 3), {Y: -1}), (Fraction(1, 3), {Y: 2})]),
)
