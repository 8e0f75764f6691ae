"""Deep ReLU networks die, with He's weights as with any: the variance does not show it.

    P(z_L ≠ 0) = Π_{l=1..L−1} (1 − 2^{−n_l}),   while V[z_L] = 2 in every layer

With 4 units a layer and 100 layers 0.17 % of the networks have an output at all; in these it is the
larger, so that the mean of its square stays. He's scale keeps means over draws of the weights, and
keeps no single narrow network alive.
"""

from typing import Any

from derivations.initialization import dead_units as one_layer
from derivations.initialization.dead_units import dead, dead_relu_layer
from derivations.initialization.he_depth import at_every_depth, he_depth, he_scale, normalised
from derivations.initialization.relu_network import (
    W,
    a,
    each_centred,
    finite,
    half,
    in_every_layer,
    j,
    l,
    m,
    n,
    network,
    new_weights,
    r,
    symmetric_rows,
    uncorrelated_rows,
    units,
    z,
)
from derivations.initialization.relu_network import activation as relu_activation
from derivations.initialization.relu_network import forward as weighted_sums
from derivations.initialization.simulations import he_networks_die as simulation
from verify import (
    Claim,
    E,
    Induction,
    Obtain,
    Parts,
    Product,
    V,
    Variant,
    Without,
    algebra,
    all_of,
    chain,
    equals,
    equation,
    every,
    given,
    index,
    lemma,
    models,
    mutually_independent,
    peel,
    sign,
    uncorrelated,
)

g, q, k = index("L", 1, None), index("q"), index("k")


def nonzero(layer: Any, unit: Any) -> Any:
    """1 where a preactivation is not 0, else 0."""
    return sign(z[layer, unit] ** 2)


def all_dead(layer: Any) -> Any:
    """1 where all units of a layer are ≤ 0, else 0."""
    return Product(dead(z[layer, r]), units(layer))


def silent(layer: Any) -> Any:
    """1 where all activations of a layer are 0, else 0."""
    return Product(1 - sign(a[layer, j] ** 2), units(layer, j))


def alive_below(layer: Any) -> Any:
    """Π_{k=2..layer} (1 − 2^{−n_{k−1}})."""
    return Product(1 - half ** n[k - 1], (k, 2, layer))


independent_entries = every(l, mutually_independent(W[l]))
nonzero_input = equation(silent(0), 0)
first_layer = every(units(1), equation(nonzero(1, r), 1 - silent(0)))
no_ties = every([m, units(m, q)], equation(nonzero(m, q), 1 - all_dead(m - 1)))
laws = [
    *network,
    independent_entries,
    nonzero_input,
    first_layer,
    no_ties,
    normalised,
    he_scale,
]


def in_layer(layer: Any, value: Any) -> Any:
    """P(z ≠ 0) of every unit of a layer."""
    return every(units(layer, q), equation(E(nonzero(layer, q)), value))


def die(value: Any, variance: Any = 2) -> Any:
    """The variance of every unit of every layer L, and P(z ≠ 0)."""
    return all_of(at_every_depth(variance), every(g, in_layer(g, value)))


together = every(l, every(units(l), equation(nonzero(l, r), nonzero(l, 1))))
at_this_layer = {
    one_layer.m: n[g],
    one_layer.d: n[g - 1],
    one_layer.M: W[g],
    one_layer.x: a[g - 1],
    one_layer.z: z[g],
}

he_networks_die = Claim(
    id="initialization.he_networks_die",
    title="A ReLU network lives with probability Π_{l<L} (1 − 2^{−n_l}), while V[z_L] stays 2",
    source="000 A1",
    states=die(alive_below(g)),
    given=laws,
    well_formed=finite,
    proof=Obtain(
        together,
        Induction(
            on=l,
            base=chain(
                nonzero(1, r),
                equals(1 - silent(0), by=given(first_layer)),
                equals(nonzero(1, 1), by=given(first_layer)),
            ),
            step=chain(
                nonzero(l + 1, r),
                equals(1 - all_dead(l), by=given(no_ties)),
                equals(nonzero(l + 1, 1), by=given(no_ties)),
            ),
        ),
        Parts(
            (
                chain(V(z[g, q]), equals(2, by=lemma(he_depth))),
                Induction(
                    on=g,
                    base=chain(
                        E(nonzero(1, q)),
                        equals(E(1 - silent(0)), by=given(first_layer)),
                        equals(1, by=given(nonzero_input)),
                        equals(alive_below(1), by=algebra),
                    ),
                    step=chain(
                        E(nonzero(g + 1, q)),
                        equals(E(1 - all_dead(g)), by=given(no_ties)),
                        equals(
                            (1 - half ** n[g]) * E(nonzero(g, 1)),
                            by=lemma(dead_relu_layer, at_this_layer),
                        ),
                        equals(
                            (1 - half ** n[g]) * alive_below(g),
                            by=given(in_layer(g, alive_below(g))),
                        ),
                        equals(alive_below(g + 1), by=peel),
                    ),
                ),
            )
        ),
    ),
    worlds=simulation.network,
    model=models.BoundedMean(simulation.lives, 0, 1),
    points=simulation.points,
    variants=[
        Variant("nothing dies", die(1)),
        Variant("½ for every layer", die(Product(half, (k, 2, g)))),
        Variant("the layer itself too", die(alive_below(g + 1))),
        Variant("1/(n + 1) for 2^{−n}", die(Product(1 - 1 / (n[k - 1] + 1), (k, 2, g)))),
        Variant("some layer dead", die(1 - alive_below(g))),
        Variant(
            "a variance that dies likewise",
            die(alive_below(g), 2 * alive_below(g)),
        ),
        Variant(
            "equal units for independent ones",
            given=[each for each in laws if each != independent_entries],
            worlds=simulation.two_equal_units,
        ),
        Variant(
            "mean zero for symmetric rows",
            given=[each_centred if each == symmetric_rows else each for each in laws],
            worlds=simulation.centred_but_skewed,
        ),
    ],
    without=[
        Without(weighted_sums, simulation.another_forward_pass),
        Without(relu_activation, simulation.another_activation),
        Without(
            uncorrelated_rows,
            simulation.a_variance_that_is_not_stated,
            weakened=in_every_layer(uncorrelated(W[l, r])),
        ),
        Without(symmetric_rows, simulation.centred_but_skewed, weakened=each_centred),
        Without(new_weights, simulation.weights_that_see_the_layer_below),
        Without(independent_entries, simulation.three_units_independent_in_pairs),
        Without(nonzero_input, simulation.an_input_that_may_be_zero),
        Without(first_layer, simulation.a_first_layer_with_an_atom),
        Without(no_ties, simulation.a_second_layer_with_an_atom),
        Without(normalised, simulation.large_inputs),
        Without(he_scale, simulation.small_weights),
    ],
    notes=(
        "Of weights without atoms one consequence is used: a preactivation of the first layer is 0 "
        "only where the input is, one of a later layer only where all units below are dead. It "
        "holds save with probability 0, as a sum with an independent summand without atoms has "
        "none. The scale of the weights matters for the variance only."
    ),
)
