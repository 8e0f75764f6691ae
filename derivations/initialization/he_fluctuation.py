"""How much a ReLU network's output varies with the weights drawn: more with every layer.

    E[z_L⁴]/E[z_L²]² = 3 · Π_{l=1..L−1} (1 + 5/n_l)

He's scale keeps the mean of the squared preactivations at every depth, and no scale keeps this
ratio: 3 for a normal variable, 9.2 behind five layers of 20 units. Few draws of the weights then
carry the mean, so that a narrow and deep network is typically far smaller than on average, and
measuring its variance by sampling takes the more draws the deeper it is.
"""

from typing import Any

from derivations.initialization import fourth_moments as one_layer
from derivations.initialization.fourth_moments import (
    preactivation_fourth_moment,
    quarter,
    relu_layer_fourth_moment,
)
from derivations.initialization.relu import a as relu_input
from derivations.initialization.relu import half, relu_second_moment
from derivations.initialization.relu_network import (
    W,
    a,
    activation,
    each_centred,
    forward,
    in_every_layer,
    j,
    l,
    n,
    preactivation,
    r,
    symmetric_rows,
    u,
    units,
    v,
    z,
)
from derivations.initialization.simulations import he_fluctuation as simulation
from verify import (
    Claim,
    E,
    Induction,
    Obtain,
    Product,
    Sum,
    V,
    Variant,
    Without,
    algebra,
    chain,
    definition,
    equals,
    equation,
    every,
    finite_moment,
    given,
    independence,
    independent,
    index,
    lemma,
    linearity,
    models,
    moments,
    mutually_independent,
    peel,
    relu,
    same_law,
    symmetric,
    symmetry,
    unequal,
)

g, low, q, t = index("L", 1, None), index("h", 0, None), index("q"), index("t")
m, unit = index("m"), index("k", n[l])
below = units(l - 1, j)


def of_every_weight(statement: Any) -> Any:
    """The statement for each weight W^l_{rj}."""
    return every([l, units(l), below], statement)


independent_entries = in_every_layer(mutually_independent(W[l, r]))
squares = of_every_weight(equation(E(W[l, r, j] ** 2), v[l]))
fourths = of_every_weight(equation(E(W[l, r, j] ** 4), 3 * v[l] ** 2))
rows_apart = in_every_layer(independent(W[l, r], a[l - 1]))
pairs_apart = every([l, units(l), (t, 1, r - 1)], independent(W[l, r], W[l, t], a[l - 1]))


def length(layer: Any) -> Any:
    """Σ_j (a^layer_j)²."""
    return Sum(a[layer, j] ** 2, units(layer, j))


def second(layer: Any) -> Any:
    """The mean of the squared length of a layer."""
    return E(length(layer))


def fourth(layer: Any) -> Any:
    """The second moment of the squared length of a layer."""
    return E(length(layer) ** 2)


def widths_up_to(layer: Any) -> Any:
    """Π_{m=1..layer} (1 + 5/n_m)."""
    return Product(1 + 5 / n[m], (m, 1, layer))


def ratio(value: Any) -> Any:
    """E[z⁴]/E[z²]² of every unit of every layer L."""
    here = equation(E(z[g, q] ** 4) / E(z[g, q] ** 2) ** 2, value)
    return every(g, every(units(g, q), here))


fixed_length = equation(V(length(0)), 0)
seconds_of_units = in_every_layer(equation(E(z[l, r] ** 2), v[l] * second(l - 1)))
fourths_of_units = in_every_layer(equation(E(z[l, r] ** 4), 3 * v[l] ** 2 * fourth(l - 1)))
symmetric_units = in_every_layer(symmetric(z[l, r]))
seconds = every(l, equation(second(l), half * n[l] * v[l] * second(l - 1)))
layer_factor = quarter * n[l] * (n[l] + 5) * v[l] ** 2
recursion = every(l, equation(fourth(l), layer_factor * fourth(l - 1)))
spread_here = equation(fourth(low), widths_up_to(low) * second(low) ** 2)
spread = every(low, spread_here)

square_of_second = E(z[g, q] ** 2) ** 2
above = low + 1
factor_above = quarter * n[above] * (n[above] + 5) * v[above] ** 2
mean_above = half * n[above] * v[above] * second(low)
at_one_layer = {
    one_layer.d: n[l - 1],
    one_layer.s: v[l],
    one_layer.x: a[l - 1],
}

by_induction = Induction(
    on=low,
    base=chain(
        fourth(0),
        equals(V(length(0)) + second(0) ** 2, by=definition(V(length(0)))),
        equals(second(0) ** 2, by=given(fixed_length)),
        equals(widths_up_to(0) * second(0) ** 2, by=algebra),
    ),
    step=chain(
        fourth(above),
        equals(factor_above * fourth(low), by=given(recursion)),
        equals(factor_above * (widths_up_to(low) * second(low) ** 2), by=given(spread_here)),
        equals(widths_up_to(low) * (1 + 5 / n[above]) * mean_above**2, by=algebra),
        equals(widths_up_to(above) * mean_above**2, by=peel),
        equals(widths_up_to(above) * second(above) ** 2, by=given(seconds)),
    ),
)

conclusion = chain(
    E(z[g, q] ** 4) / square_of_second,
    equals(3 * v[g] ** 2 * fourth(g - 1) / square_of_second, by=given(fourths_of_units)),
    equals(
        3 * v[g] ** 2 * (widths_up_to(g - 1) * second(g - 1) ** 2) / square_of_second,
        by=given(spread),
    ),
    equals(3 * widths_up_to(g - 1) * (v[g] * second(g - 1)) ** 2 / square_of_second, by=algebra),
    equals(
        3 * widths_up_to(g - 1) * square_of_second / square_of_second, by=given(seconds_of_units)
    ),
    equals(3 * widths_up_to(g - 1), by=algebra),
)

#: Facts on the way, each with its proof.
ROUTE = [
    (each_centred, chain(E(W[l, r, j]), equals(0, by=symmetry(W[l, r])))),
    (
        seconds_of_units,
        chain(
            E(z[l, r] ** 2),
            equals(E(preactivation(l, r) ** 2), by=given(forward)),
            equals(
                Sum(E(W[l, r, j] * W[l, r, u] * a[l - 1, j] * a[l - 1, u]), below, units(l - 1, u)),
                by=linearity,
            ),
            equals(
                Sum(
                    E(W[l, r, j] * W[l, r, u]) * E(a[l - 1, j] * a[l - 1, u]),
                    below,
                    units(l - 1, u),
                ),
                by=independence,
            ),
            equals(v[l] * Sum(E(a[l - 1, j] ** 2), below), by=(moments, given)),
            equals(v[l] * second(l - 1), by=linearity),
        ),
    ),
    (
        fourths_of_units,
        chain(
            E(z[l, r] ** 4),
            equals(E(preactivation(l, r) ** 4), by=given(forward)),
            equals(
                3 * v[l] ** 2 * fourth(l - 1),
                by=lemma(preactivation_fourth_moment, {**at_one_layer, one_layer.w: W[l, r]}),
            ),
        ),
    ),
    (
        symmetric_units,
        chain(
            z[l, r],
            equals(preactivation(l, r), by=given(forward)),
            same_law(Sum((-W[l, r, j]) * a[l - 1, j], below), by=symmetry(W[l, r])),
            equals(-preactivation(l, r), by=algebra),
            equals(-z[l, r], by=given(forward)),
        ),
    ),
    (
        seconds,
        chain(
            second(l),
            equals(Sum(E(relu(z[l, r]) ** 2), units(l)), by=(given(activation), linearity)),
            equals(
                Sum(half * E(z[l, r] ** 2), units(l)),
                by=lemma(relu_second_moment, {relu_input: z[l, unit]}),
            ),
            equals(half * n[l] * v[l] * second(l - 1), by=given(seconds_of_units)),
        ),
    ),
    (
        recursion,
        chain(
            fourth(l),
            equals(E(Sum(relu(z[l, r]) ** 2, units(l)) ** 2), by=given(activation)),
            equals(E(Sum(relu(preactivation(l, r)) ** 2, units(l)) ** 2), by=given(forward)),
            equals(
                layer_factor * fourth(l - 1),
                by=lemma(
                    relu_layer_fourth_moment,
                    {**at_one_layer, one_layer.m: n[l], one_layer.M: W[l]},
                ),
            ),
        ),
    ),
    (spread, by_induction),
]


def by_way_of(facts: Any, last: Any) -> Any:
    """The last proof, from facts that are shown one after the other."""
    for fact, proof in reversed(facts):
        last = Obtain(fact, proof, last)
    return last


network = [
    forward,
    activation,
    independent_entries,
    symmetric_rows,
    squares,
    fourths,
    rows_apart,
    pairs_apart,
    fixed_length,
]

he_fluctuation = Claim(
    id="initialization.he_fluctuation",
    title="In a ReLU network E[z_L⁴]/E[z_L²]² = 3 · Π_{l<L} (1 + 5/n_l), whatever the scale is",
    source="000 A1",
    states=ratio(3 * widths_up_to(g - 1)),
    given=network,
    well_formed=[
        finite_moment(z, 4),
        finite_moment(a, 4),
        finite_moment(W, 4),
        in_every_layer(unequal(E(z[l, r] ** 2), 0)),
    ],
    proof=by_way_of(ROUTE, conclusion),
    worlds=simulation.network,
    model=models.Mean(simulation.draw, simulation.variance_of_a_draw),
    points=simulation.points,
    variants=[
        Variant("normal at every depth", ratio(3)),
        Variant("4 for 5", ratio(3 * Product(1 + 4 / n[m], (m, 1, g - 1)))),
        Variant("2 for 5, as without ReLUs", ratio(3 * Product(1 + 2 / n[m], (m, 1, g - 1)))),
        Variant("the layer's own width too", ratio(3 * widths_up_to(g))),
        Variant("2 for 3", ratio(2 * widths_up_to(g - 1))),
        Variant("a sum for a product", ratio(3 * (1 + Sum(5 / n[m], (m, 1, g - 1))))),
        Variant(
            "two moments for four",
            given=[each for each in network if each != fourths],
            worlds=simulation.signs_for_weights,
        ),
    ],
    without=[
        Without(forward, simulation.a_bias),
        Without(activation, simulation.linear_network),
        Without(independent_entries, simulation.entries_independent_in_pairs),
        Without(symmetric_rows, simulation.a_skewed_first_layer, weakened=each_centred),
        Without(squares, simulation.another_second_moment),
        Without(fourths, simulation.signs_for_weights),
        Without(rows_apart, simulation.weights_that_see_the_layer_below),
        Without(pairs_apart, simulation.two_equal_units),
        Without(pairs_apart, simulation.an_input_that_sees_both_rows),
        Without(fixed_length, simulation.inputs_of_two_lengths),
    ],
    notes=(
        "Independent normal weights of any variance, He's or another, have all that is assumed of "
        "them; of the input only the length is fixed. Where E[z²] = 0 there is no ratio."
    ),
)
