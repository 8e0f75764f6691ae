"""What Swish becomes as its scale grows: ReLU, and its slope that of ReLU.

    f(x) = x·s(βx),  β > 0:   |f(x) − ReLU(x)| ≤ 1/(eβ),   |f'(x) − 1[x > 0]| ≤ 2/(β|x|)

Both remainders vanish as β → ∞: the first at once for all inputs, the second for each x ≠ 0. At 0
the slope is ½ whatever β is. A network that learns β chooses between a line (β = 0) and ReLU.
"""

from typing import Any

from derivations.activations import swish_limits_evidence as evidence
from verify import (
    Cases,
    Claim,
    Obtain,
    Parts,
    Rational,
    Variant,
    Without,
    algebra,
    all_of,
    at_least,
    at_most,
    cases,
    chain,
    definition,
    derivative,
    differentiate,
    equals,
    equation,
    exp,
    exponential,
    given,
    greater,
    implies,
    lemma,
    less,
    let,
    models,
    monotone,
    order,
    real,
    relu,
    sigmoid,
    sign,
    unequal,
)

x, beta, half = real("x"), real("beta"), Rational(1, 2)
f = let("f", (x,), x * sigmoid(beta * x))

gate, closed = sigmoid(beta * x), sigmoid(-(beta * x))
#: What is left of the gate on the side where it closes.
left_over = sigmoid(-(beta * abs(x)))
distance = abs(f(x) - relu(x))


complement = equation(1 - gate, closed)
shown = chain(
    1 - gate,
    equals(1 - 1 / (1 + exp(-(beta * x))), by=definition(gate)),
    equals(1 / (1 + exp(beta * x)), by=exponential),
    equals(closed, by=definition(closed)),
)

swish_distance = Claim(
    id="activations.swish_distance",
    title="Swish is |x|·s(−β|x|) away from ReLU",
    source="003 2e",
    states=equation(distance, abs(x) * left_over),
    proof=Obtain(
        complement,
        shown,
        Cases(
            (at_least(x, 0), less(x, 0)),
            (
                chain(
                    distance,
                    equals(abs(x * gate - relu(x)), by=definition(f)),
                    equals(abs(x * (1 - gate)), by=cases),
                    equals(abs(x * closed), by=given(complement)),
                    equals(abs(x) * left_over, by=cases),
                ),
                chain(
                    distance,
                    equals(abs(x * gate - relu(x)), by=definition(f)),
                    equals(abs(x) * left_over, by=cases),
                ),
            ),
        ),
    ),
    worlds=evidence.any_scale,
    model=models.Comparison(evidence.distance),
    points=[{}],
    variants=[
        Variant("s(β|x|) for s(−β|x|)", equation(distance, abs(x) * sigmoid(beta * abs(x)))),
        Variant("the same without |x|", equation(distance, left_over)),
        Variant("β forgotten", equation(distance, abs(x) * sigmoid(-abs(x)))),
        Variant("twice as far", equation(distance, 2 * abs(x) * left_over)),
    ],
)

# -- the slope -----------------------------------------------------------------------------------

forward = at_least(beta, 0)
step = (1 + sign(x)) / 2
slope = gate + beta * x * gate * (1 - gate)
off = abs(derivative(f(x), x) - step)
tail = (1 + beta * abs(x)) * left_over
t = beta * x

#: The slope of Swish, less 1 on the right and 0 on the left.
right, left = closed * (t * gate - 1), gate * (1 + t * closed)
opened = equals(abs(slope - step), by=differentiate)

swish_slope_distance = Claim(
    id="activations.swish_slope_distance",
    title="The slope of Swish is at most (1 + β|x|)·s(−β|x|) away from that of ReLU",
    source="003 2e",
    states=at_most(off, tail),
    given=[forward],
    proof=Obtain(
        complement,
        shown,
        Cases(
            (greater(x, 0), equation(x, 0), less(x, 0)),
            (
                chain(
                    off,
                    opened,
                    equals(abs(gate + t * gate * (1 - gate) - 1), by=cases),
                    equals(abs(right), by=given(complement)),
                    equals(closed * abs(t * gate - 1), by=cases),
                    at_most(closed * (1 + t), by=(order, cases)),
                    equals(tail, by=cases),
                ),
                chain(
                    off,
                    opened,
                    equals(abs(sigmoid(0) - half), by=(cases, given)),
                    equals(abs(1 / (1 + exp(0)) - half), by=definition(sigmoid(0))),
                    equals(0, by=(exponential, cases)),
                    at_most(tail, by=order),
                ),
                chain(
                    off,
                    opened,
                    equals(abs(gate + t * gate * (1 - gate)), by=cases),
                    equals(abs(left), by=given(complement)),
                    equals(gate * abs(1 + t * closed), by=cases),
                    at_most(gate * (1 - t), by=(order, cases)),
                    equals(tail, by=cases),
                ),
            ),
        ),
    ),
    worlds=evidence.growing,
    model=models.Comparison(evidence.slope_distance),
    points=[{}],
    variants=[
        Variant("s(−β|x|)", at_most(off, left_over)),
        Variant("half of it", at_most(off, half * tail)),
        Variant("equal to it", equation(off, tail)),
        Variant("for every β", given=[], worlds=evidence.shrinking),
    ],
    without=[Without(forward, evidence.shrinking)],
    notes="At x = 0, where ReLU has no slope, ½ stands for it: the slope of Swish there.",
)

# -- explicit remainders -------------------------------------------------------------------------

grows = greater(beta, 0)
e, size = exp(1), let("r", beta * abs(x) / 2)
tangent = at_least(exp(beta * abs(x)), e * (beta * abs(x)))
linear, quadratic = at_least(exp(size), 2 * size), at_least(exp(2 * size), 4 * size**2)
near, steep = 1 / (e * beta), 2 / (beta * abs(x))


def shifted(power: Any, *rows: Any) -> Any:
    """e^u = e·e^{u−1} ≥ e·u."""
    return chain(
        exp(power),
        equals(e * exp(power - 1), by=exponential),
        at_least(e * power, by=order),
        *rows,
    )


below_near = chain(
    distance,
    equals(abs(x) * left_over, by=lemma(swish_distance)),
    equals(abs(x) * (1 / (1 + exp(beta * abs(x)))), by=definition(left_over)),
    equals(
        near
        - (1 + (exp(beta * abs(x)) - e * (beta * abs(x)))) / (e * beta * (1 + exp(beta * abs(x)))),
        by=algebra,
    ),
    at_most(near, by=order),
)
grown = 1 + exp(2 * size)
below_steep = chain(
    off,
    at_most(tail, by=(order, lemma(swish_slope_distance))),
    equals((1 + beta * abs(x)) * (1 / (1 + exp(beta * abs(x)))), by=definition(left_over)),
    equals((1 + 2 * size) / grown, by=definition(size)),
    equals(
        1 / size - ((exp(2 * size) - 4 * size**2) + (1 - size + 2 * size**2)) / (size * grown),
        by=algebra,
    ),
    at_most(1 / size, by=order),
    equals(steep, by=definition(size)),
)


def within(value: Any, slope: Any) -> Any:
    """How far Swish is from ReLU at most, and its slope from that of ReLU."""
    return all_of(at_most(distance, value), at_most(off, slope))


swish_limits = Claim(
    id="activations.swish_limits",
    title="Swish is within 1/(eβ) of ReLU, and its slope within 2/(β|x|) of ReLU's",
    source="003 2e",
    states=within(near, steep),
    given=[grows],
    well_formed=[unequal(x, 0)],
    proof=Parts(
        (
            Obtain(tangent, shifted(beta * abs(x)), below_near),
            Obtain(
                linear,
                shifted(size, at_least(2 * size, by=order)),
                Obtain(
                    quadratic,
                    chain(
                        exp(2 * size),
                        equals(exp(size) ** 2, by=exponential),
                        at_least((2 * size) ** 2, by=monotone),
                        equals(4 * size**2, by=algebra),
                    ),
                    below_steep,
                ),
            ),
        )
    ),
    worlds=evidence.large_scales,
    model=models.Comparison(evidence.slope_distance),
    points=[{}],
    variants=[
        Variant("1/(4β) for 1/(eβ)", within(1 / (4 * beta), steep), worlds=evidence.worst_place),
        Variant("1/β² for 1/(eβ)", within(1 / beta**2, steep)),
        Variant("1/(4β|x|) for 2/(β|x|)", within(near, steep / 8), worlds=evidence.steep_place),
        Variant("s(−β|x|) for 2/(β|x|)", within(near, left_over)),
        Variant("1/β for the slope, at all x", within(near, 1 / beta)),
        Variant("any β ≠ 0", given=[unequal(beta, 0)], worlds=evidence.shrinking),
    ],
    without=[Without(grows, evidence.shrinking, weakened=unequal(beta, 0))],
    notes=(
        "For every ε > 0, β ≥ 1/(eε) brings Swish within ε of ReLU at all inputs, and β ≥ 2/(ε|x|) "
        "its slope at x."
    ),
)


def halves(without_scale: Any, at_zero: Any) -> Any:
    """What Swish is where β = 0, and what its slope is where x = 0."""
    return all_of(
        implies(equation(beta, 0), equation(f(x), without_scale)),
        implies(equation(x, 0), equation(derivative(f(x), x), at_zero)),
    )


swish_halves = Claim(
    id="activations.swish_halves",
    title="With β = 0 Swish is x/2, and at x = 0 its slope is ½ whatever β is",
    source="003 2e",
    states=halves(x / 2, half),
    proof=Parts(
        (
            chain(
                f(x),
                equals(x * sigmoid(beta * x), by=definition(f)),
                equals(x * sigmoid(0), by=given),
                equals(x * (1 / (1 + exp(0))), by=definition(sigmoid(0))),
                equals(x / 2, by=exponential),
            ),
            chain(
                derivative(f(x), x),
                equals(slope, by=differentiate),
                equals(sigmoid(0), by=given),
                equals(1 / (1 + exp(0)), by=definition(sigmoid(0))),
                equals(half, by=exponential),
            ),
        )
    ),
    worlds=evidence.at_either_zero,
    model=models.Comparison(evidence.slope_at_zero),
    points=[{}],
    variants=[
        Variant("x for x/2", halves(x, half)),
        Variant("a slope of 0", halves(x / 2, 0)),
        Variant("a slope of 1", halves(x / 2, 1)),
        Variant("a slope of ½ + β", halves(x / 2, half + beta)),
    ],
)
