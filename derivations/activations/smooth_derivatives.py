"""Derivatives of the smooth activation functions.

    s' = s·(1 − s),   tanh' = 1 − tanh²,   swish' = s(βx) + βx·s(βx)·(1 − s(βx)),
    mish' = tanh(ζ) + x·(1 − tanh(ζ)²)·e^x/(1 + e^x),   ζ = log(1 + e^x)

Backpropagation multiplies by these slopes at every layer. Sigmoid's and tanh's are functions of
the output alone, so that the input need not be stored; Swish and Mish let the input through, since
their slope is near 1 where it is large.
"""

from typing import Any

from derivations.activations import smooth_derivatives_evidence as evidence
from verify import (
    Claim,
    Parts,
    Rational,
    Variant,
    algebra,
    all_of,
    chain,
    definition,
    derivative,
    differentiate,
    equals,
    equation,
    exp,
    exponential,
    log,
    models,
    real,
    sigmoid,
    tanh,
)

x, beta, half = real("x"), real("beta"), Rational(1, 2)


def simulated(sides: Any) -> models.Comparison:
    """The derivative by a complex step against the claimed right-hand side."""
    return models.Comparison(sides)


def has_slope(function: Any, slope: Any) -> Any:
    """The derivative of the function is this."""
    return equation(derivative(function, x), slope)


# -- sigmoid and tanh --------------------------------------------------------------------------

falling, rising = exp(-x), exp(x)
logistic = 1 / (1 + falling)
s = sigmoid(x)

sigmoid_derivative = Claim(
    id="activations.sigmoid_derivative",
    title="The derivative of the sigmoid s is s·(1 − s)",
    source="003 2b",
    states=has_slope(logistic, s * (1 - s)),
    proof=chain(
        derivative(logistic, x),
        equals(falling / (1 + falling) ** 2, by=differentiate),
        equals(logistic * (1 - logistic), by=algebra),
        equals(s * (1 - s), by=definition(s)),
    ),
    worlds=evidence.anywhere,
    model=simulated(evidence.sigmoid_slope),
    points=[{}],
    variants=[
        Variant("s² for s·(1 − s)", has_slope(logistic, s**2)),
        Variant("the sign of the exponent lost", has_slope(logistic, -s * (1 - s))),
        Variant("1 − s² as for tanh", has_slope(logistic, 1 - s**2)),
        Variant("the denominator not squared", has_slope(logistic, falling / (1 + falling))),
    ],
)

quotient = (rising - falling) / (rising + falling)

tanh_derivative = Claim(
    id="activations.tanh_derivative",
    title="The derivative of tanh is 1 − tanh²",
    source="003 2c",
    states=has_slope(quotient, 1 - tanh(x) ** 2),
    proof=chain(
        derivative(quotient, x),
        equals(
            ((rising + falling) ** 2 - (rising - falling) ** 2) / (rising + falling) ** 2,
            by=differentiate,
        ),
        equals(1 - quotient**2, by=algebra),
        equals(1 - tanh(x) ** 2, by=definition(tanh(x))),
    ),
    worlds=evidence.anywhere,
    model=simulated(evidence.tanh_slope),
    points=[{}],
    variants=[
        Variant("tanh·(1 − tanh) as for the sigmoid", has_slope(quotient, tanh(x) * (1 - tanh(x)))),
        Variant("1 + tanh²", has_slope(quotient, 1 + tanh(x) ** 2)),
        Variant("1 − tanh", has_slope(quotient, 1 - tanh(x))),
        Variant("half of it", has_slope(quotient, half * (1 - tanh(x) ** 2))),
    ],
)

# -- Swish and Mish ----------------------------------------------------------------------------

decay, gate = exp(-(beta * x)), sigmoid(beta * x)
swish = x / (1 + decay)


def gated(gate: Any, scale: Any = beta) -> Any:
    """gate + scale·x·gate·(1 − gate)."""
    return gate + scale * x * gate * (1 - gate)


def both_forms(slope: Any, numerator: Any) -> Any:
    """The derivative of Swish is numerator/(1 + e^{−βx})², and this slope."""
    return all_of(has_slope(swish, numerator / (1 + decay) ** 2), has_slope(swish, slope))


numerator = 1 + decay + x * beta * decay
as_quotient = equals(numerator / (1 + decay) ** 2, by=differentiate)

swish_derivative = Claim(
    id="activations.swish_derivative",
    title="The derivative of x·s(βx) is s(βx) + βx·s(βx)·(1 − s(βx))",
    source=("003 2d", "003 3c"),
    states=both_forms(gated(gate), numerator),
    proof=Parts(
        (
            chain(derivative(swish, x), as_quotient),
            chain(
                derivative(swish, x),
                as_quotient,
                equals(gated(1 / (1 + decay)), by=algebra),
                equals(gated(gate), by=definition(gate)),
            ),
        )
    ),
    worlds=evidence.any_scale,
    model=simulated(evidence.swish_slope),
    points=[{}],
    variants=[
        Variant("e^{+βx} in the gate", has_slope(swish, gated(sigmoid(-beta * x)))),
        Variant("β forgotten in the inner derivative", has_slope(swish, gated(gate, 1))),
        Variant("the gate held constant", has_slope(swish, gate)),
        Variant("only the gate differentiated", has_slope(swish, gated(gate) - gate)),
        Variant("x forgotten", both_forms(gated(gate), 1 + decay + beta * decay)),
    ],
)

softplus = log(1 + rising)
mish = x * tanh(softplus)
share = rising / (1 + rising)


def through(gate: Any, inner: Any) -> Any:
    """gate + x·(1 − gate²)·inner."""
    return gate + x * (1 - gate**2) * inner


mish_derivative = Claim(
    id="activations.mish_derivative",
    title="The derivative of x·tanh ζ is tanh ζ + x·(1 − tanh² ζ)·s(x), where ζ = log(1 + e^x)",
    source="003 3c",
    states=all_of(
        has_slope(mish, through(tanh(softplus), share)), has_slope(mish, through(tanh(softplus), s))
    ),
    proof=Parts(
        (
            chain(derivative(mish, x), equals(through(tanh(softplus), share), by=differentiate)),
            chain(
                derivative(mish, x),
                equals(through(tanh(softplus), share), by=differentiate),
                equals(through(tanh(softplus), logistic), by=exponential),
                equals(through(tanh(softplus), s), by=definition(s)),
            ),
        )
    ),
    worlds=evidence.anywhere,
    model=simulated(evidence.mish_slope),
    points=[{}],
    variants=[
        Variant("the slope of ζ forgotten", has_slope(mish, through(tanh(softplus), 1))),
        Variant("e^x for the slope of ζ", has_slope(mish, through(tanh(softplus), rising))),
        Variant("tanh ζ held constant", has_slope(mish, tanh(softplus))),
        Variant("s for tanh ζ", has_slope(mish, through(s, share))),
        Variant("s(−x) for s(x)", has_slope(mish, through(tanh(softplus), sigmoid(-x)))),
    ],
)
