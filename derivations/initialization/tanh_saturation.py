"""A bound of tanh that is good near 0 and far away, and what it says of a square.

    tanh(x) ≤ x/√(1 + ⅔x²) for x ≥ 0,   tanh(x)² ≤ x²/(1 + ⅔x²)

The right-hand side is concave as a function of s = x², so that it is below its tangents: these are
linear in x², and expectations can be taken of them whatever the law.
"""

from typing import Any

from derivations.initialization.simulations import tanh_bounds as simulation
from derivations.initialization.tanh_bounds import (
    beyond_zero,
    here,
    on_both_sides,
    t,
    two_thirds,
    x,
    zero,
)
from verify import (
    Apply,
    Claim,
    MeanValue,
    Obtain,
    Rational,
    Variant,
    algebra,
    at_least,
    at_most,
    chain,
    definition,
    derivative,
    differentiate,
    equals,
    every,
    exp,
    implies,
    models,
    monotone,
    order,
    real,
    sqrt,
    tanh,
    unequal,
)

y, m = real("y"), real("m")
fraction = x**2 / (1 + two_thirds * x**2)


def root(u: Any) -> Any:
    """√(1 + ⅔u²)."""
    return sqrt(1 + two_thirds * u**2)


def gap(u: Any) -> Any:
    """By how much u/√(1 + ⅔u²) is above tanh(u)."""
    return u / root(u) - tanh(u)


def factor(u: Any) -> Any:
    """2·cosh(u)·e^((3/2)·√(1 + ⅔u²)), the integrating factor of the gap."""
    return (exp(u) + exp(-u)) * exp(Rational(3, 2) * root(u))


def gap_slope(sinh: Any) -> Any:
    """The slope of gap·factor at y, with `sinh` for e^y − e^(−y)."""
    return (1 / root(y) - two_thirds * y**2 / root(y) ** 3 - (1 - tanh(y) ** 2)) * factor(y) + (
        gap(y) * (sinh * exp(Rational(3, 2) * root(y)) + factor(y) * y / root(y))
    )


sinh, cosh = exp(y) - exp(-y), exp(y) + exp(-y)  # twice these
gap_grows = every(y, implies(at_least(y, 0), at_least(gap(y) * factor(y), 0)))

tanh_root = Claim(
    id="initialization.tanh_root",
    title="tanh(x) ≤ x/√(1 + ⅔x²) for x ≥ 0",
    source="002 Ex. 2b",
    states=beyond_zero(at_most(t, x / root(x))),
    proof=Obtain(
        gap_grows,
        MeanValue(
            chain(
                (gap(y) * factor(y)).xreplace({y: zero}),
                equals(0, by=definition(tanh(0))),
            ),
            chain(
                derivative(gap(y) * factor(y), y),
                equals(gap_slope(sinh), by=differentiate),
                equals(gap_slope(sinh / cosh * cosh), by=algebra),
                equals(gap_slope(tanh(y) * cosh), by=definition(tanh(y))),
                equals(
                    (root(y) - 1) ** 2 * (root(y) + 2) / (2 * root(y) ** 3) * factor(y), by=algebra
                ),
                at_least(0, by=order),
                equals(derivative(zero, y), by=differentiate),
            ),
        ),
        Obtain(
            at_least(gap(x) * factor(x), 0),
            Apply(gap_grows, {y: x}),
            chain(
                t,
                equals(x / root(x) - gap(x) * factor(x) / factor(x), by=algebra),
                at_most(x / root(x), by=order),
            ),
        ),
    ),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.first_power),
    points=[{}],
    variants=[
        Variant("for every x", every(x, at_most(t, x / root(x)))),
        Variant("x² for ⅔x²", beyond_zero(at_most(t, x / sqrt(1 + x**2)))),
        Variant("the other way", beyond_zero(at_least(t, x / root(x)))),
    ],
    notes=(
        "y = x/√(1 + ⅔x²) grows at least by 1 − y², where tanh grows by exactly that. So y − tanh, "
        "times e to the integral of y + tanh, grows from 0."
    ),
)


tanh_square_fraction = Claim(
    id="initialization.tanh_square_fraction",
    title="tanh(x)² ≤ x²/(1 + ⅔x²) for x ≥ 0",
    source="002 Ex. 2b",
    states=beyond_zero(at_most(t**2, fraction)),
    proof=chain(
        t**2,
        at_most((x / root(x)) ** 2, by=(monotone, here(tanh_root))),
        equals(fraction, by=algebra),
    ),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.second_power),
    points=[{}],
    variants=[
        Variant("x² for ⅔x²", beyond_zero(at_most(t**2, x**2 / (1 + x**2)))),
        Variant("not squared", beyond_zero(at_most(t, fraction))),
        Variant("the other way", beyond_zero(at_least(t**2, fraction))),
    ],
)

tanh_square_saturates = Claim(
    id="initialization.tanh_square_saturates",
    title="tanh(x)² ≤ x²/(1 + ⅔x²) for every x",
    source="002 Ex. 2b",
    states=every(x, at_most(t**2, fraction)),
    proof=on_both_sides(at_most, fraction, tanh_square_fraction),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.second_power),
    points=[{}],
    variants=[
        Variant("x² for ⅔x²", every(x, at_most(t**2, x**2 / (1 + x**2)))),
        Variant("without squares", every(x, at_most(t, fraction))),
        Variant("the other way", every(x, at_least(t**2, fraction))),
    ],
)

slope = 1 + two_thirds * m
tangent = m / slope + (x**2 - m) / slope**2

tanh_square_tangent = Claim(
    id="initialization.tanh_square_tangent",
    title="tanh(x)² is below every tangent of s/(1 + ⅔s), as a function of s = x²",
    source="002 Ex. 2b",
    states=every(x, at_most(t**2, tangent)),
    well_formed=[unequal(slope, 0)],
    proof=chain(
        t**2,
        at_most(fraction, by=(order, here(tanh_square_saturates))),
        equals(
            tangent - two_thirds * (x**2 - m) ** 2 / (slope**2 * (1 + two_thirds * x**2)),
            by=algebra,
        ),
        at_most(tangent, by=order),
    ),
    worlds=simulation.touching,
    model=models.Comparison(simulation.square_and_tangent),
    points=[{}],
    variants=[
        Variant("the slope not squared", every(x, at_most(t**2, m / slope + (x**2 - m) / slope))),
        Variant("without its height", every(x, at_most(t**2, (x**2 - m) / slope**2))),
        Variant("above it", every(x, at_least(t**2, tangent))),
    ],
    notes="s/(1 + ⅔s) is concave; a mean of tangents is what Jensen's inequality takes.",
)

M = real("M")
vanishing = 1 / (1 + two_thirds * M**2)

#: 1/(1 + ⅔s) is at most its tangent at s = M² and a multiple of (s − M²)².
flatter, bend = two_thirds * vanishing**2, two_thirds**2 * vanishing**2
polynomial = x**2 * (vanishing - flatter * (x**2 - M**2) + bend * (x**2 - M**2) ** 2)
overshoot = two_thirds * x**4 * bend * (x**2 - M**2) ** 2

tanh_square_at_two_sizes = Claim(
    id="initialization.tanh_square_at_two_sizes",
    title="A polynomial above tanh(x)² that is x²/(1 + ⅔M²) at 0 and ±M",
    source="002 Ex. 2b",
    states=every(x, at_most(t**2, polynomial)),
    proof=chain(
        t**2,
        at_most(fraction, by=(order, here(tanh_square_saturates))),
        equals(
            polynomial - overshoot / (1 + two_thirds * x**2),
            by=algebra,
        ),
        at_most(polynomial, by=order),
    ),
    worlds=simulation.two_sizes,
    model=models.Comparison(simulation.square_and_size),
    points=[{}],
    variants=[
        Variant(
            "its tangent alone",
            every(x, at_most(t**2, x**2 * (vanishing - flatter * (x**2 - M**2)))),
        ),
        Variant("x²/(1 + ⅔M²) everywhere", every(x, at_most(t**2, x**2 * vanishing))),
        Variant("below it", every(x, at_least(t**2, polynomial))),
    ],
    notes="Its mean takes moments only, and is E[z²]/(1 + ⅔M²) where z has no value but 0 and ±M.",
)
