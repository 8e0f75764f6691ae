"""What a tanh leaves of a second moment, in numbers.

    q − 2q² ≤ E[tanh(z)²] ≤ q − 2q² + (17/3)q³   for z with the first six moments of N(0, q)
    E[tanh(z)²] ≤ q/(1 + ⅔q)                      for every z with E[z²] = q

That tanh(z) is close to z near 0 is a statement about E[z⁴]: where the fourth moment is not small
beside the second, the variance may be as small as one likes and still be lost.
"""

from derivations.initialization.simulations import tanh as simulation
from derivations.initialization.tanh_bounds import (
    quartic,
    sextic,
    tanh_square_from_above,
    tanh_square_from_below,
    two_thirds,
    x,
)
from derivations.initialization.tanh_saturation import (
    M,
    bend,
    flatter,
    m,
    polynomial,
    tanh_square_at_two_sizes,
    tanh_square_tangent,
    vanishing,
)
from verify import (
    Claim,
    E,
    Obtain,
    Parts,
    Rational,
    V,
    Variant,
    Without,
    algebra,
    all_of,
    at_least,
    at_most,
    chain,
    definition,
    equals,
    equation,
    finite_moment,
    given,
    implies,
    lemma,
    less,
    linearity,
    models,
    monotone,
    order,
    random_variable,
    real,
    tanh,
    unequal,
)

z, q = random_variable("z"), real("q")
rest = Rational(17, 45)

#: E[z²], and what is behind the tanh.
second, kept = E(z**2), E(tanh(z) ** 2)
lower = second - two_thirds * E(z**4)
upper = second - two_thirds * E(z**4) + rest * E(z**6)

tanh_moment_below = Claim(
    id="initialization.tanh_moment_below",
    title="E[tanh(z)²] ≥ E[z²] − ⅔E[z⁴]",
    source="002 Ex. 2b",
    states=at_least(kept, lower),
    well_formed=[finite_moment(z, 4)],
    proof=chain(
        kept,
        at_least(E(quartic.xreplace({x: z})), by=(monotone, lemma(tanh_square_from_below, {x: z}))),
        equals(lower, by=linearity),
    ),
    worlds=simulation.any_variable,
    model=models.Comparison(simulation.second_moment),
    points=[{}],
    variants=[
        Variant("E[z²]: tanh(z) is about z", at_least(kept, second)),
        Variant(
            "the square for the fourth moment", at_least(kept, second - two_thirds * second**2)
        ),
        Variant("half of the fourth moment", at_least(kept, second - E(z**4) / 2)),
    ],
)

tanh_moment_above = Claim(
    id="initialization.tanh_moment_above",
    title="E[tanh(z)²] ≤ E[z²] − ⅔E[z⁴] + (17/45)E[z⁶]",
    source="002 Ex. 2b",
    states=at_most(kept, upper),
    well_formed=[finite_moment(z, 6)],
    proof=chain(
        kept,
        at_most(E(sextic.xreplace({x: z})), by=(monotone, lemma(tanh_square_from_above, {x: z}))),
        equals(upper, by=linearity),
    ),
    worlds=simulation.any_variable,
    model=models.Comparison(simulation.second_moment),
    points=[{}],
    variants=[
        Variant("no sixth moment", at_most(kept, lower)),
        Variant("a third of the sixth moment", at_most(kept, lower + E(z**6) / 3)),
        Variant("the cube for the sixth moment", at_most(kept, lower + rest * second**3)),
    ],
)

#: z has at most the second moment q, of which a tanh lets at most q/(1 + ⅔q) pass.
has_second = at_most(second, q)
divisor = 1 + two_thirds * q
at_most_part = at_most(kept, q / divisor)

tanh_shrinks = Claim(
    id="initialization.tanh_shrinks",
    title="E[tanh(z)²] ≤ q/(1 + ⅔q) where E[z²] ≤ q: less than q, unless q is 0",
    source="002 Ex. 2b",
    states=all_of(implies(unequal(q, 0), less(kept, q)), at_most_part),
    given=[has_second],
    proof=Obtain(
        at_most_part,
        chain(
            kept,
            at_most(
                E(q / divisor + (z**2 - q) / divisor**2),
                by=(monotone, lemma(tanh_square_tangent, {x: z, m: q})),
            ),
            equals(q / divisor + (second - q) / divisor**2, by=linearity),
            at_most(q / divisor, by=order),
        ),
        Parts(
            (
                chain(
                    kept,
                    at_most(q / divisor, by=order),
                    equals(q - two_thirds * q**2 / divisor, by=algebra),
                    less(q, by=order),
                ),
                chain(kept, at_most(q / divisor, by=order)),
            )
        ),
    ),
    worlds=simulation.any_variable,
    model=models.Comparison(simulation.second_moment),
    points=[{}],
    variants=[
        Variant("kept", equation(kept, q)),
        Variant("less, for z = 0 too", less(kept, q), worlds=simulation.zero),
        Variant("q/(1 + q)", at_most(kept, q / (1 + q))),
        Variant("what a normal law loses", at_most(kept, q - 2 * q**2)),
    ],
    without=[
        Without(has_second, simulation.more_than_is_said),
    ],
    notes="The mean of a tangent of q/(1 + ⅔q) that lies above tanh², as in Jensen's inequality.",
)

before, behind = V(z), V(tanh(z))
passes = before / (1 + two_thirds * before)
centred = equation(E(z), 0)
variance_loses = implies(unequal(before, 0), less(behind, before))
variance_part = at_most(behind, passes)

tanh_shrinks_variance = Claim(
    id="initialization.tanh_shrinks_variance",
    title="V[tanh(z)] ≤ V[z]/(1 + ⅔V[z]) for centred z: no tanh keeps a variance but 0",
    source="002 Ex. 2b",
    states=all_of(variance_loses, variance_part),
    given=[centred],
    well_formed=[finite_moment(z, 2)],
    proof=Obtain(
        equation(second, before),
        chain(
            second,
            equals(second - E(z) ** 2, by=given(centred)),
            equals(before, by=definition),
        ),
        Obtain(
            variance_part,
            chain(
                behind,
                equals(kept - E(tanh(z)) ** 2, by=definition),
                at_most(kept, by=order),
                at_most(passes, by=(order, lemma(tanh_shrinks, {q: before}))),
            ),
            Parts(
                (
                    chain(
                        behind,
                        at_most(passes, by=order),
                        equals(
                            before - two_thirds * before**2 / (1 + two_thirds * before), by=algebra
                        ),
                        less(before, by=order),
                    ),
                    chain(behind, at_most(passes, by=order)),
                )
            ),
        ),
    ),
    worlds=simulation.centred_variable,
    model=models.Comparison(simulation.variance),
    points=[{}],
    variants=[
        Variant("kept", equation(behind, before)),
        Variant("less, for z = 0 too", less(behind, before), worlds=simulation.zero),
        Variant("V/(1 + V)", at_most(behind, before / (1 + before)), worlds=simulation.fair_sign),
        Variant("the second moment", at_most(kept, before / (1 + before))),
    ],
)

fourth, sixth = equation(E(z**4), 3 * q**2), at_most(E(z**6), 15 * q**3)
of_variance = equation(second, q)
two_terms = q - 2 * q**2
three_terms = q - 2 * q**2 + Rational(17, 3) * q**3

tanh_normal_second_moment = Claim(
    id="initialization.tanh_normal_second_moment",
    title="q − 2q² ≤ E[tanh(z)²] ≤ q − 2q² + (17/3)q³ with the moments of N(0, q)",
    source="002 Ex. 2b",
    states=all_of(at_least(kept, two_terms), at_most(kept, three_terms)),
    given=[of_variance, fourth, sixth],
    proof=Parts(
        (
            chain(
                kept,
                at_least(lower, by=(order, lemma(tanh_moment_below))),
                equals(two_terms, by=given),
            ),
            chain(
                kept,
                at_most(upper, by=(order, lemma(tanh_moment_above))),
                equals(two_terms + rest * E(z**6), by=given),
                at_most(two_terms + rest * (15 * q**3), by=order),
                equals(three_terms, by=algebra),
            ),
        )
    ),
    worlds=simulation.moments_of_a_normal_law,
    model=models.Comparison(simulation.normal_by_quadrature),
    points=[{}],
    variants=[
        Variant("E[z²]: tanh(z) is about z", equation(kept, q)),
        Variant("E[z]² for E[z²]", equation(kept, E(z) ** 2)),
        Variant("q² once", at_least(kept, q - q**2)),
        Variant("no third term", at_most(kept, two_terms)),
        Variant("the sixth moment of ±√q", at_most(kept, two_terms + rest * q**3)),
    ],
    without=[
        Without(of_variance, simulation.another_variance),
        Without(fourth, simulation.lighter_tails, weakened=at_most(E(z**4), 3 * q**2)),
        Without(fourth, simulation.heavier_tails, weakened=at_least(E(z**4), 3 * q**2)),
        Without(sixth, simulation.far_outliers),
    ],
    notes="Two terms of the expansion in q from below, three from above.",
)

Z, c = random_variable("Z"), real("c")
whole, scaled = E((c * Z) ** 2), c**2 * E(Z**2)
ratio = E(tanh(c * Z) ** 2) / scaled
ratio_below = 1 - two_thirds * c**2 * E(Z**4) / E(Z**2)
ratio_above = 1 / (1 + two_thirds * c**2 * E(Z**2))

tanh_ratio = Claim(
    id="initialization.tanh_ratio",
    title="E[tanh(cZ)²]/E[(cZ)²] is 1 up to a multiple of c²: its limit is 1 as c → 0",
    source="002 Ex. 2b",
    states=all_of(at_least(ratio, ratio_below), at_most(ratio, ratio_above)),
    well_formed=[unequal(c, 0), unequal(E(Z**2), 0), finite_moment(Z, 4)],
    proof=Parts(
        (
            chain(
                ratio,
                at_least(
                    (whole - two_thirds * E((c * Z) ** 4)) / scaled,
                    by=(order, lemma(tanh_moment_below, {z: c * Z})),
                ),
                equals(ratio_below, by=linearity),
            ),
            chain(
                ratio,
                at_most(
                    whole / (1 + two_thirds * whole) / scaled,
                    by=(order, lemma(tanh_shrinks, {z: c * Z, q: whole})),
                ),
                equals(scaled / (1 + two_thirds * scaled) / scaled, by=linearity),
                equals(ratio_above, by=algebra),
            ),
        )
    ),
    worlds=simulation.scaled_variable,
    model=models.Comparison(simulation.ratio_of_a_scaled_sample),
    points=[{}],
    variants=[
        Variant("1: the approximation is exact", at_least(ratio, 1)),
        Variant(
            "a small variance is enough",
            at_least(ratio, 1 - two_thirds * scaled),
            worlds=simulation.rare_and_large_factor,
        ),
        Variant("half of the fourth moment", at_least(ratio, 1 - c**2 * E(Z**4) / E(Z**2) / 2)),
        Variant("c² alone", at_most(ratio, 1 / (1 + two_thirds * c**2))),
    ],
    notes=(
        "The fourth moment gives the rate. Where E[Z²] alone is finite the limit is 1 too, by "
        "dominated convergence, but without a rate."
    ),
)

#: z has no value but 0 and ±M.
fourth_of_two, sixth_of_two = equation(E(z**4), M**2 * second), equation(E(z**6), M**4 * second)

tanh_small_variance = Claim(
    id="initialization.tanh_small_variance",
    title="Of z with the values 0 and ±M a tanh keeps 1/(1 + ⅔M²) at most, however small V[z] is",
    source="002 Ex. 2b",
    states=at_most(kept, vanishing * second),
    given=[fourth_of_two, sixth_of_two],
    proof=chain(
        kept,
        at_most(
            E(polynomial.xreplace({x: z})),
            by=(monotone, lemma(tanh_square_at_two_sizes, {x: z})),
        ),
        equals(
            vanishing * second
            - flatter * (E(z**4) - M**2 * second)
            + bend * (E(z**6) - 2 * M**2 * E(z**4) + M**4 * second),
            by=linearity,
        ),
        equals(vanishing * second, by=given),
    ),
    worlds=simulation.rare_and_large,
    model=models.Comparison(simulation.rare_and_large_sample),
    points=[{}],
    variants=[
        Variant("all but ⅔ of the variance", at_least(kept, second * (1 - two_thirds * second))),
        Variant("all", at_least(kept, second)),
        Variant("1/(1 + M²)", at_most(kept, second / (1 + M**2))),
    ],
    without=[
        Without(fourth_of_two, simulation.smaller_than_is_said(6)),
        Without(sixth_of_two, simulation.smaller_than_is_said(4)),
    ],
    notes=(
        "With probability M⁻³ for ±M the variance is 1/M and tends to 0 as M → ∞, and so does the "
        "share of it that is kept. What has to be small is E[z⁴]/E[z²]: initialization.tanh_ratio."
    ),
)
