"""The slopes of ReLU and of the leaky ReLU, and what there is at the kink instead of a derivative.

    x ≠ 0:  ReLU'(x) = (1 + sign x)/2,  1 on the right and 0 on the left
    x = 0:  no derivative;  ReLU(y) ≥ g·y for all y  ⇔  0 ≤ g ≤ 1

Every framework returns some number at 0 and calls it a gradient. Any g in [0, 1] serves a
subgradient method; none is the derivative, and an argument that differentiates through a unit at
exactly 0 (dead inputs, zero initialisation) depends on which of them was chosen.
"""

from typing import Any

from derivations.activations import relu_derivative_evidence as evidence
from verify import (
    Cases,
    Claim,
    Parts,
    Rational,
    Variant,
    Without,
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
    given,
    greater,
    implies,
    less,
    let,
    models,
    order,
    real,
    relu,
    sign,
    unequal,
)

x, y, a, u = real("x"), real("y"), real("a"), real("u")
g, h = real("g"), real("h")
half = Rational(1, 2)

# -- away from 0 -------------------------------------------------------------------------------

#: 1 on the right of 0 and 0 on the left; and the other way round.
on_the_right, on_the_left = (1 + sign(x)) / 2, (1 - sign(x)) / 2


#: u for u ≥ 0, a·u for u < 0.
leaky = let("f", (u,), relu(u) - a * relu(-u))


def has_slope(function: Any, slope: Any) -> Any:
    """The derivative of the function is this."""
    return equation(derivative(function, x), slope)


relu_derivative = Claim(
    id="activations.relu_derivative",
    title="Away from 0 the derivative of ReLU is 1 on the right and 0 on the left",
    source="003 2a",
    states=has_slope(relu(x), on_the_right),
    well_formed=[unequal(x, 0)],
    proof=chain(derivative(relu(x), x), equals(on_the_right, by=differentiate)),
    worlds=evidence.anywhere,
    model=models.Comparison(evidence.relu_slope),
    points=[{}],
    variants=[
        Variant("1 on both sides", has_slope(relu(x), 1)),
        Variant("−1 on the left, as for |x|", has_slope(relu(x), sign(x))),
        Variant("the sides exchanged", has_slope(relu(x), on_the_left)),
        Variant("half of it", has_slope(relu(x), half * on_the_right)),
    ],
    notes="What there is at 0 is said by `relu_has_no_derivative_at_zero`, `relu_subgradients`.",
)


def leaky_slope(left: Any) -> Any:
    """The derivative of the leaky ReLU is 1 on the right and `left` on the left."""
    return has_slope(leaky(x), on_the_right + left * on_the_left)


leaky_relu_derivative = Claim(
    id="activations.leaky_relu_derivative",
    title="Away from 0 the derivative of the leaky ReLU is 1 on the right and a on the left",
    source="003 3d",
    states=leaky_slope(a),
    well_formed=[unequal(x, 0)],
    proof=chain(
        derivative(leaky(x), x),
        equals((1 + sign(x)) / 2 + a * ((1 + sign(-x)) / 2), by=differentiate),
        equals(on_the_right + a * on_the_left, by=cases),
    ),
    worlds=evidence.any_leak,
    model=models.Comparison(evidence.leaky_slope),
    points=[{}],
    variants=[
        Variant("0 on the left, as for ReLU", leaky_slope(0)),
        Variant("−a on the left", leaky_slope(-a)),
        Variant("a on both sides", has_slope(leaky(x), a)),
        Variant("the sides exchanged", has_slope(leaky(x), on_the_left + a * on_the_right)),
    ],
    notes="At 0: `leaky_relu_has_no_derivative_at_zero`.",
)

# -- at 0 --------------------------------------------------------------------------------------


def quotient(function: Any, step: Any) -> Any:
    """(f(step) − f(0))/step."""
    return (function(step) - function(0)) / step


def kink(function: Any, right: Any, left: Any, apart: Any) -> Any:
    """Quotients at 0 are `right` and `left`; their distances from any g add up to this or more."""
    there, back = quotient(function, h), quotient(function, -h)
    return all_of(
        equation(there, right),
        equation(back, left),
        at_least(abs(there - g) + abs(back - g), apart),
    )


def between(function: Any, left: Any, by: Any, *rows: Any) -> Any:
    """The distances of both quotients from g, and rows that bound their sum."""
    there, back = quotient(function, h), quotient(function, -h)
    return chain(abs(there - g) + abs(back - g), equals(abs(1 - g) + abs(left - g), by=by), *rows)


one_sided = (
    chain(quotient(relu, h), equals(1, by=cases)),
    chain(quotient(relu, -h), equals(0, by=cases)),
)
forward = greater(h, 0)

relu_has_no_derivative_at_zero = Claim(
    id="activations.relu_has_no_derivative_at_zero",
    title="At 0 ReLU has slope 1 to the right and 0 to the left, and so no number as derivative",
    source="003 2a",
    states=kink(relu, 1, 0, 1),
    given=[forward],
    proof=Parts((*one_sided, between(relu, 0, cases, at_least(1, by=order)))),
    worlds=evidence.slopes_and_steps,
    model=models.Comparison(evidence.distances),
    points=[{}],
    variants=[
        Variant("1 on the left too", kink(relu, 1, 1, 0)),
        Variant("½ on both sides", kink(relu, half, half, 0)),
        Variant("2 apart", kink(relu, 1, 0, 2)),
        Variant("for |x| too", kink(abs, 1, 0, 1)),
        Variant("steps of either sign", given=[unequal(h, 0)], worlds=evidence.backward_step),
    ],
    without=[Without(forward, evidence.backward_step, weakened=unequal(h, 0))],
    notes=(
        "Were g the derivative, both quotients would come as close to it as one likes when h does "
        "to 0. They do not for any g: their distances from it add up to 1 at every h."
    ),
)

by_sides = (definition(leaky), cases)

leaky_relu_has_no_derivative_at_zero = Claim(
    id="activations.leaky_relu_has_no_derivative_at_zero",
    title="At 0 the leaky ReLU has slopes 1 and a: no derivative unless a = 1, and then it is x",
    source="003 3d",
    states=all_of(implies(equation(a, 1), equation(leaky(x), x)), kink(leaky, 1, a, abs(1 - a))),
    given=[forward],
    proof=Parts(
        (
            chain(
                leaky(x),
                equals(relu(x) - a * relu(-x), by=definition),
                equals(relu(x) - relu(-x), by=given),
                equals(x, by=cases),
            ),
            Parts(
                (
                    chain(quotient(leaky, h), equals(1, by=by_sides)),
                    chain(quotient(leaky, -h), equals(a, by=by_sides)),
                    Cases(
                        (at_most(a, 1), greater(a, 1)),
                        (
                            between(
                                leaky,
                                a,
                                by_sides,
                                at_least(1 - a, by=order),
                                equals(abs(1 - a), by=cases),
                            ),
                            between(
                                leaky,
                                a,
                                by_sides,
                                at_least(a - 1, by=order),
                                equals(abs(1 - a), by=cases),
                            ),
                        ),
                    ),
                )
            ),
        )
    ),
    worlds=evidence.leaks_and_steps,
    model=models.Comparison(evidence.leaky_distances),
    points=[{}],
    variants=[
        Variant("0 on the left", kink(leaky, 1, 0, 1)),
        Variant("|1 + a| apart", kink(leaky, 1, a, abs(1 + a))),
        Variant("always 1 apart", kink(leaky, 1, a, 1)),
        Variant("the slopes exchanged", kink(leaky, a, 1, abs(1 - a))),
        Variant("x for every a", equation(leaky(x), x)),
    ],
    without=[Without(forward, evidence.leaky_backward_step, weakened=unequal(h, 0))],
)


def supports(low: Any, high: Any, relation: Any = at_least) -> Any:
    """For slopes in [low, high] the line g·y lies nowhere above ReLU; outside, on one side."""
    return all_of(
        implies(all_of(less(g, low), less(y, 0)), less(relu(y), g * y)),
        implies(all_of(greater(g, high), greater(y, 0)), less(relu(y), g * y)),
        implies(all_of(at_least(g, low), at_most(g, high)), relation(relu(y), g * y)),
    )


relu_subgradients = Claim(
    id="activations.relu_subgradients",
    title="ReLU(y) ≥ g·y for all y exactly if 0 ≤ g ≤ 1: these are its subgradients at 0",
    source="003 2a",
    states=supports(0, 1),
    proof=Parts(
        (
            chain(
                relu(y),
                equals(0, by=cases),
                less(g * y, by=order),
            ),
            chain(
                relu(y),
                equals(g * y - (g - 1) * y, by=cases),
                less(g * y, by=order),
            ),
            Cases(
                (at_least(y, 0), less(y, 0)),
                (
                    chain(
                        relu(y),
                        equals(g * y + (1 - g) * y, by=cases),
                        at_least(g * y, by=order),
                    ),
                    chain(
                        relu(y),
                        equals(g * y + g * (-y), by=cases),
                        at_least(g * y, by=order),
                    ),
                ),
            ),
        )
    ),
    worlds=evidence.lines,
    model=models.Comparison(evidence.line_below),
    points=[{}],
    variants=[
        Variant("[−1, 1], as for |y|", supports(-1, 1)),
        Variant("any slope up to 2", supports(0, 2)),
        Variant("only up to ½", supports(0, half)),
        Variant("strictly above each line", supports(0, 1, greater)),
    ],
    notes=(
        "Outside [0, 1] the line is above ReLU on a whole side of 0: for g < 0 at every y < 0, for "
        "g > 1 at every y > 0."
    ),
)
