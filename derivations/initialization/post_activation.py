"""The variances of a ReLU layer's outputs follow He's recurrence too, if the laws keep their shape.

    V[ReLU(a)] = ½ · V[W] · Σ_j V[ReLU(z_j)],   a = Σ_j W_j ReLU(z_j)

Frameworks log the variance of outputs, and it is ½·V[z] for no symmetric law that is ever nonzero:
what E[z]² takes away depends on the shape. Between two normal layers that share cancels, so that
He's scale is read off the outputs as well as off the preactivations.
"""

from derivations.initialization import relu as unit
from derivations.initialization import relu_network as row
from derivations.initialization.relu import a as one
from derivations.initialization.relu import half, relu_second_moment, without_symmetry
from derivations.initialization.simulations import post_activation as simulation
from derivations.initialization.simulations import relu as unit_simulation
from verify import (
    Array,
    Claim,
    E,
    Obtain,
    Rational,
    Sum,
    V,
    Variant,
    Without,
    algebra,
    cases,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    finite_moment,
    given,
    independent,
    index,
    lemma,
    linearity,
    models,
    random_vector,
    real,
    relu,
    same_law,
    symmetric,
    symmetry,
    uncorrelated,
)

n = dimension("n")
W, z = random_vector("W", n), random_vector("z", n)
v, kappa = real("v"), real("kappa")
j = index("j", n)
quarter = Rational(1, 4)

relu_output_variance = Claim(
    id="initialization.relu_output_variance",
    title="V[ReLU(a)] = ½·E[a²] − ¼·E[|a|]² for a symmetric about 0",
    source="003 4h",
    states=equation(V(relu(one)), half * E(one**2) - quarter * E(abs(one)) ** 2),
    given=[symmetric(one)],
    well_formed=[finite_moment(one, 2)],
    proof=chain(
        V(relu(one)),
        equals(E(relu(one) ** 2) - E(relu(one)) ** 2, by=definition),
        equals(half * E(one**2) - E(relu(one)) ** 2, by=lemma(relu_second_moment)),
        equals(half * E(one**2) - E((one + abs(one)) / 2) ** 2, by=cases),
        equals(half * E(one**2) - quarter * (E(one) + E(abs(one))) ** 2, by=linearity),
        equals(half * E(one**2) - quarter * E(abs(one)) ** 2, by=symmetry(one)),
    ),
    worlds=unit_simulation.symmetric_variable,
    model=models.Mean(
        simulation.variances_of_one,
        simulation.variance_of_a_draw_of_one,
        known=simulation.moments_of_one,
    ),
    points=simulation.points_of_one,
    variants=[
        Variant("half of the variance", equation(V(relu(one)), half * V(one))),
        Variant(
            "a quarter of the variance of |a|",
            equation(V(relu(one)), quarter * V(abs(one))),
        ),
        Variant(
            "the squared mean of |a| whole",
            equation(V(relu(one)), half * (E(one**2) - E(abs(one)) ** 2)),
        ),
        *unit.weaker_laws,
    ],
    without=without_symmetry,
)

above = Sum(W[j] * relu(z[j]), j)
negated = Sum((-W[j]) * relu(z[j]), j)
#: V[ReLU(a)] as a share of E[a²].
share = half - quarter * kappa

weights = uncorrelated(W, variance=v)
symmetric_below = every(j, symmetric(z[j]))
shape_below = every(j, equation(E(abs(z[j])) ** 2, kappa * E(z[j] ** 2)))
shape_above = equation(E(abs(above)) ** 2, kappa * E(above**2))
laws = [weights, symmetric(W), independent(W, z), symmetric_below, shape_below]

post_activation_variance = Claim(
    id="initialization.post_activation_variance",
    title="Between layers of one shape V[ReLU(a)] = ½ · V[W] · Σ_j V[ReLU(z_j)]",
    source="003 4h",
    states=equation(V(relu(above)), half * v * Sum(V(relu(z[j])), j)),
    given=[*laws, shape_above],
    well_formed=[finite_moment(z, 2)],
    proof=Obtain(
        symmetric(above),
        chain(
            above,
            same_law(negated, by=symmetry(W)),
            equals(-above, by=algebra),
        ),
        chain(
            V(relu(above)),
            equals(
                half * E(above**2) - quarter * E(abs(above)) ** 2,
                by=lemma(relu_output_variance, {one: above}),
            ),
            equals(share * E(above**2), by=given(shape_above, times=quarter)),
            equals(share * (V(above) + E(above) ** 2), by=definition(V(above))),
            equals(share * V(above), by=symmetry(W)),
            equals(
                share * v * Sum(E(relu(z[j]) ** 2), j),
                by=lemma(
                    row.symmetric_preactivation_variance,
                    {row.d: n, row.w: W, row.x: Array(relu(z[j]), j), row.s: v},
                ),
            ),
            equals(
                share * v * Sum(half * E(z[j] ** 2), j), by=lemma(relu_second_moment, {one: z[j]})
            ),
            equals(
                half * v * Sum(half * E(z[j] ** 2) - quarter * (kappa * E(z[j] ** 2)), j),
                by=algebra,
            ),
            equals(
                half * v * Sum(half * E(z[j] ** 2) - quarter * E(abs(z[j])) ** 2, j),
                by=given(shape_below, times=half * v * quarter),
            ),
            equals(half * v * Sum(V(relu(z[j])), j), by=lemma(relu_output_variance, {one: z[j]})),
        ),
    ),
    worlds=simulation.opposite_pair,
    model=models.Mean(
        simulation.variances_of_outputs,
        simulation.variance_of_a_draw,
        known=simulation.variances_below,
    ),
    points=[
        {"n": 2, "v": 0.7, "spread": [1.5]},
        {"n": 4, "v": 0.5, "spread": [1.0, 0.5]},
    ],
    variants=[
        Variant("without the ½", equation(V(relu(above)), v * Sum(V(relu(z[j])), j))),
        Variant(
            "the variances of the preactivations",
            equation(V(relu(above)), half * v * Sum(V(z[j]), j)),
        ),
        Variant(
            "second moments of the outputs below",
            equation(V(relu(above)), half * v * Sum(E(relu(z[j]) ** 2), j)),
        ),
        Variant(
            "symmetric laws of any shape above", given=laws, worlds=simulation.another_shape_above
        ),
    ],
    without=[
        Without(weights, simulation.correlated_weights, weakened=every(j, equation(V(W[j]), v))),
        Without(weights, simulation.another_variance, weakened=uncorrelated(W)),
        Without(symmetric(W), simulation.constant_weights),
        Without(independent(W, z), simulation.signs_that_see_the_weights),
        Without(symmetric_below, simulation.constant_below),
        Without(shape_below, simulation.another_shape_below),
        Without(shape_above, simulation.another_shape_above),
    ],
    notes=(
        "κ = E[|z|]²/E[z²] is the shape: 2/π for every normal law, whatever its variance, so that "
        "normal preactivations in both layers are enough; equal variances below are not asked."
    ),
)
