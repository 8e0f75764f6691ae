"""How far tanh is from the identity: polynomials around it, and a bound that is good everywhere.

    x² − ⅔x⁴ ≤ tanh(x)² ≤ x² − ⅔x⁴ + (17/45)x⁶,   tanh(x)² ≤ x²/(1 + ⅔x²)

Each polynomial is the Taylor polynomial that ends there. They are found one from the other by the
mean value theorem: a bound of tanh² is a bound of the slope 1 − tanh² of tanh, and a bound of tanh
and tanh³ one of the slope 2·(tanh − tanh³) of tanh². On the left of 0 parity takes over.
"""

from typing import Any

from derivations.initialization.simulations import tanh_bounds as simulation
from verify import (
    Cases,
    Claim,
    MeanValue,
    Parts,
    Rational,
    Variant,
    algebra,
    all_of,
    at_least,
    at_most,
    chain,
    definition,
    derivative,
    differentiate,
    equals,
    equation,
    every,
    exp,
    implies,
    lemma,
    less,
    models,
    monotone,
    order,
    real,
    tanh,
)

x, y, m = real("x"), real("y"), real("m")
zero, two_thirds = Rational(0), Rational(2, 3)
t = tanh(x)
from_zero, negative = at_least(x, 0), less(x, 0)


def beyond_zero(*relations: Any) -> Any:
    """For every x ≥ 0."""
    return every(x, implies(from_zero, all_of(*relations) if relations[1:] else relations[0]))


def at_zero(left: Any, right: Any) -> Any:
    """Both sides are 0 at x = 0."""
    start, end = (side.xreplace({x: zero}) for side in (left, right))
    return chain(start, equals(end, by=definition(tanh(0))))


def here(claim: Claim) -> Any:
    """A bound for every x, at x."""
    return lemma(claim, {x: x})


cubic, quintic = x - x**3 / 3, x - x**3 / 3 + Rational(2, 15) * x**5
cube_below = x**3 - x**5
quartic = x**2 - two_thirds * x**4
sextic = x**2 - two_thirds * x**4 + Rational(17, 45) * x**6

mirrored = -x
square_slope = equals(2 * t - 2 * t**3, by=differentiate)

tanh_odd = Claim(
    id="initialization.tanh_odd",
    title="tanh is odd",
    source="002 Ex. 2b",
    states=every(x, equation(tanh(-x), -t)),
    proof=chain(
        tanh(-x),
        equals((exp(-x) - exp(-mirrored)) / (exp(-x) + exp(-mirrored)), by=definition),
        equals(-((exp(x) - exp(-x)) / (exp(x) + exp(-x))), by=algebra),
        equals(-t, by=definition),
    ),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.mirrored),
    points=[{}],
    variants=[
        Variant("even", every(x, equation(tanh(-x), t))),
        Variant("the identity", every(x, equation(tanh(-x), -x))),
        Variant("the complement", every(x, equation(tanh(-x), 1 - t))),
    ],
)

tanh_at_most_identity = Claim(
    id="initialization.tanh_at_most_identity",
    title="tanh(x) ≤ x for x ≥ 0",
    source="002 Ex. 2b",
    states=beyond_zero(at_most(t, x)),
    proof=MeanValue(
        at_zero(t, x),
        chain(
            derivative(t, x),
            equals(1 - t**2, by=differentiate),
            at_most(1, by=order),
            equals(derivative(x, x), by=differentiate),
        ),
    ),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.first_power),
    points=[{}],
    variants=[
        Variant("for every x", every(x, at_most(t, x))),
        Variant("below x at 0 too", beyond_zero(less(t, x))),
        Variant("at most 9/10 of x", beyond_zero(at_most(t, Rational(9, 10) * x))),
    ],
)

tanh_powers = Claim(
    id="initialization.tanh_powers",
    title="Powers of tanh(x) are at most those of x, for x ≥ 0",
    source="002 Ex. 2b",
    states=beyond_zero(at_most(t**2, x**2), at_most(t**4, x**4), at_most(t**3, x**3)),
    proof=Parts(
        tuple(
            chain(t**k, at_most(x**k, by=(monotone, here(tanh_at_most_identity))))
            for k in (2, 4, 3)
        )
    ),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.third_power),
    points=[{}],
    variants=[
        Variant("the cube for every x", every(x, at_most(t**3, x**3))),
        Variant("the cube of x for its square", beyond_zero(at_most(t**2, x**3))),
        Variant("the other way", beyond_zero(at_least(t**3, x**3))),
    ],
)

tanh_cubic = Claim(
    id="initialization.tanh_cubic",
    title="tanh(x) ≥ x − x³/3 for x ≥ 0",
    source="002 Ex. 2b",
    states=beyond_zero(at_least(t, cubic)),
    proof=MeanValue(
        at_zero(t, cubic),
        chain(
            derivative(t, x),
            equals(1 - t**2, by=differentiate),
            at_least(1 - x**2, by=(order, here(tanh_powers))),
            equals(derivative(cubic, x), by=differentiate),
        ),
    ),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.first_power),
    points=[{}],
    variants=[
        Variant("for every x", every(x, at_least(t, cubic))),
        Variant("a fourth of the cube", beyond_zero(at_least(t, x - x**3 / 4))),
        Variant("no cube", beyond_zero(at_least(t, x))),
    ],
)

tanh_square_quartic = Claim(
    id="initialization.tanh_square_quartic",
    title="tanh(x)² ≥ x² − ⅔x⁴ for x ≥ 0",
    source="002 Ex. 2b",
    states=beyond_zero(at_least(t**2, quartic)),
    proof=MeanValue(
        at_zero(t**2, quartic),
        chain(
            derivative(t**2, x),
            square_slope,
            at_least(2 * cubic - 2 * t**3, by=(order, here(tanh_cubic))),
            at_least(2 * cubic - 2 * x**3, by=(order, here(tanh_powers))),
            equals(derivative(quartic, x), by=differentiate),
        ),
    ),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.second_power),
    points=[{}],
    variants=[
        Variant("half of x⁴", beyond_zero(at_least(t**2, x**2 - x**4 / 2))),
        Variant("no x⁴", beyond_zero(at_least(t**2, x**2))),
        Variant("the other way", beyond_zero(at_most(t**2, quartic))),
    ],
)

tanh_quintic = Claim(
    id="initialization.tanh_quintic",
    title="tanh(x) ≤ x − x³/3 + (2/15)x⁵ for x ≥ 0",
    source="002 Ex. 2b",
    states=beyond_zero(at_most(t, quintic)),
    proof=MeanValue(
        at_zero(t, quintic),
        chain(
            derivative(t, x),
            equals(1 - t**2, by=differentiate),
            at_most(1 - quartic, by=(order, here(tanh_square_quartic))),
            equals(derivative(quintic, x), by=differentiate),
        ),
    ),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.first_power),
    points=[{}],
    variants=[
        Variant("for every x", every(x, at_most(t, quintic))),
        Variant("a tenth of x⁵", beyond_zero(at_most(t, cubic + x**5 / 10))),
        Variant("no x⁵", beyond_zero(at_most(t, cubic))),
    ],
)

tanh_cube = Claim(
    id="initialization.tanh_cube",
    title="tanh(x)³ ≥ x³ − x⁵ for x ≥ 0",
    source="002 Ex. 2b",
    states=beyond_zero(at_least(t**3, cube_below)),
    proof=MeanValue(
        at_zero(t**3, cube_below),
        chain(
            derivative(t**3, x),
            equals(3 * t**2 - 3 * t**4, by=differentiate),
            at_least(3 * quartic - 3 * t**4, by=(order, here(tanh_square_quartic))),
            at_least(3 * quartic - 3 * x**4, by=(order, here(tanh_powers))),
            equals(derivative(cube_below, x), by=differentiate),
        ),
    ),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.third_power),
    points=[{}],
    variants=[
        Variant("for every x", every(x, at_least(t**3, cube_below))),
        Variant("⅔ of x⁵", beyond_zero(at_least(t**3, x**3 - two_thirds * x**5))),
        Variant("no x⁵", beyond_zero(at_least(t**3, x**3))),
    ],
)

tanh_square_sextic = Claim(
    id="initialization.tanh_square_sextic",
    title="tanh(x)² ≤ x² − ⅔x⁴ + (17/45)x⁶ for x ≥ 0",
    source="002 Ex. 2b",
    states=beyond_zero(at_most(t**2, sextic)),
    proof=MeanValue(
        at_zero(t**2, sextic),
        chain(
            derivative(t**2, x),
            square_slope,
            at_most(2 * quintic - 2 * t**3, by=(order, here(tanh_quintic))),
            at_most(2 * quintic - 2 * cube_below, by=(order, here(tanh_cube))),
            equals(derivative(sextic, x), by=differentiate),
        ),
    ),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.second_power),
    points=[{}],
    variants=[
        Variant("a third of x⁶", beyond_zero(at_most(t**2, quartic + x**6 / 3))),
        Variant("no x⁶", beyond_zero(at_most(t**2, quartic))),
        Variant("x⁴ with 1", beyond_zero(at_most(t**2, x**2 - x**4 + Rational(17, 45) * x**6))),
    ],
)


def on_both_sides(relation: Any, bound: Any, proved: Claim) -> Cases:
    """A bound of tanh² by an even function, from the bound for x ≥ 0."""
    at_mirrored = bound.xreplace({x: mirrored})
    return Cases(
        (from_zero, negative),
        (
            chain(t**2, relation(bound, by=(order, here(proved)))),
            chain(
                t**2,
                equals((-t) ** 2, by=algebra),
                equals(tanh(-x) ** 2, by=here(tanh_odd)),
                relation(at_mirrored, by=(order, lemma(proved, {x: mirrored}))),
                equals(bound, by=algebra),
            ),
        ),
    )


tanh_square_from_below = Claim(
    id="initialization.tanh_square_from_below",
    title="tanh(x)² ≥ x² − ⅔x⁴ for every x",
    source="002 Ex. 2b",
    states=every(x, at_least(t**2, quartic)),
    proof=on_both_sides(at_least, quartic, tanh_square_quartic),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.second_power),
    points=[{}],
    variants=[
        Variant("tanh(x)² ≈ x² from below", every(x, at_least(t**2, x**2))),
        Variant("half of x⁴", every(x, at_least(t**2, x**2 - x**4 / 2))),
        Variant("a cube for x⁴", every(x, at_least(t**2, x**2 - two_thirds * x**3))),
    ],
)

tanh_square_from_above = Claim(
    id="initialization.tanh_square_from_above",
    title="tanh(x)² ≤ x² − ⅔x⁴ + (17/45)x⁶ for every x",
    source="002 Ex. 2b",
    states=every(x, at_most(t**2, sextic)),
    proof=on_both_sides(at_most, sextic, tanh_square_sextic),
    worlds=simulation.real_line,
    model=models.Comparison(simulation.second_power),
    points=[{}],
    variants=[
        Variant("a third of x⁶", every(x, at_most(t**2, quartic + x**6 / 3))),
        Variant("no x⁶", every(x, at_most(t**2, quartic))),
        Variant("the powers of |x|³", every(x, at_most(t**2, quartic + x**5))),
    ],
)
