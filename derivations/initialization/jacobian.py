"""He's weights keep the gradients of a ReLU network as well, for every depth and all widths.

    E‖∂z^L/∂x‖² = 2 · n_L   (the sum of the squares of all entries)

A gradient at the input is this Jacobian's transpose times the gradient at layer L: on average it
neither vanishes nor explodes with depth, which is what makes very deep nets trainable at all.
"""

from typing import Any

from derivations.initialization.relu_network import (
    W,
    each_centred,
    each_variance,
    half,
    in_every_layer,
    l,
    n,
    symmetric_rows,
    uncorrelated_rows,
    units,
    v,
)
from derivations.initialization.simulations import jacobian as simulation
from verify import (
    Array,
    Claim,
    Delta,
    E,
    Induction,
    Obtain,
    Sum,
    Variant,
    Without,
    algebra,
    cases,
    chain,
    equals,
    equation,
    every,
    finite_moment,
    given,
    independence,
    independent,
    index,
    linearity,
    models,
    moments,
    random_array,
    real,
    relu,
    same_law,
    sign,
    symmetric,
    symmetry,
    uncorrelated,
)

low, g = index("h", 0, None), index("L", 1, None)
#: The Jacobians of preactivations and of outputs (those of layer 0 are the inputs).
J, G = random_array("J", l, n[l], n[0]), random_array("G", low, n[low], n[0])
x = real("x", n[0])
r, u, w, j, k, q = (index(name) for name in "ruwjkq")
input_j, input_k = units(0, j), units(0, k)


def slope(value: Any) -> Any:
    """The slope of the ReLU: 1 above 0, else 0."""
    return relu(sign(value))


def each_entry(statement: Any) -> Any:
    """The statement for each entry (r, j) of the Jacobian of each layer l."""
    return every([l, units(l), input_j], statement)


def entry(column: Any, negative: bool = False) -> Any:
    """Σ_u ±W_{ru} G_{u,column}."""
    weight = -W[l, r, u] if negative else W[l, r, u]
    return Sum(weight * G[l - 1, u, column], units(l - 1, u))


#: Without biases a preactivation is the Jacobian's row times the input.
z = Sum(J[l, r, k] * x[k], input_k)
z_negated = Sum((-J[l, r, k]) * x[k], input_k)
passed, passed_negated = (slope(value) ** 2 * J[l, r, j] ** 2 for value in (z, z_negated))

forward = each_entry(equation(J[l, r, j], entry(j)))
gates = each_entry(equation(G[l, r, j], slope(z) * J[l, r, j]))
off_the_kink = each_entry(equation(E(sign(z) ** 2 * J[l, r, j] ** 2), E(J[l, r, j] ** 2)))
at_the_input = every([units(0), input_j], equation(G[0, r, j], Delta(r, j)))
new_weights = every(l, independent(W[l], G[l - 1]))
he_scale = every(l, equation(v[l], 2 / n[l - 1]))

symmetric_jacobian = every([l, units(l)], symmetric(J[l, r]))
halved = each_entry(equation(E(G[l, r, j] ** 2), half * E(J[l, r, j] ** 2)))
spread = each_entry(
    equation(E(J[l, r, j] ** 2), v[l] * Sum(E(G[l - 1, u, j] ** 2), units(l - 1, u)))
)


def row_norm(layer: Any) -> Any:
    """E of the sum of the squares of row q."""
    return E(Sum(J[layer, q, j] ** 2, input_j))


def by_entries(layer: Any) -> Any:
    """The same, entry by entry."""
    return Sum(E(J[layer, q, j] ** 2), input_j)


def rows_are_two(layer: Any) -> Any:
    """Every row of a layer's Jacobian has a mean square of 2."""
    return every(units(layer, q), equation(row_norm(layer), 2))


def through(squares: Any) -> Any:
    """V[W] times a sum over the units below and the inputs."""
    return Sum(v[g + 1] * Sum(squares, units(g, u)), input_j)


whole = E(Sum(J[g, q, j] ** 2, units(g, q), input_j))


def jacobian_is(value: Any) -> Any:
    """The mean square of the Jacobian of every layer."""
    return every(g, equation(whole, value))


laws = [uncorrelated_rows, symmetric_rows, new_weights]

he_jacobian = Claim(
    id="initialization.he_jacobian",
    title="With He's weights E‖∂z^L/∂x‖² = 2 · n_L at every depth",
    source="000 A1",
    states=jacobian_is(2 * n[g]),
    given=[forward, gates, off_the_kink, at_the_input, *laws, he_scale],
    well_formed=[finite_moment(J, 2), finite_moment(G, 2)],
    proof=Obtain(
        symmetric_jacobian,
        chain(
            J[l, r],
            equals(Array(entry(j), input_j), by=given(forward)),
            same_law(Array(entry(j, negative=True), input_j), by=symmetry(W[l, r])),
            equals(-Array(entry(j), input_j), by=algebra),
            equals(-J[l, r], by=given(forward)),
        ),
        Obtain(
            halved,
            chain(
                E(G[l, r, j] ** 2),
                equals(E(passed), by=given(gates)),
                equals(half * (E(passed) + E(passed)), by=algebra),
                equals(half * (E(passed) + E(passed_negated)), by=symmetry(J[l, r])),
                equals(half * E(passed + slope(-z) ** 2 * J[l, r, j] ** 2), by=linearity),
                equals(half * E(sign(z) ** 2 * J[l, r, j] ** 2), by=cases),
                equals(half * E(J[l, r, j] ** 2), by=given(off_the_kink)),
            ),
            Obtain(
                spread,
                chain(
                    E(J[l, r, j] ** 2),
                    equals(E(entry(j) ** 2), by=given(forward)),
                    equals(
                        Sum(
                            E(W[l, r, u] * W[l, r, w] * G[l - 1, u, j] * G[l - 1, w, j]),
                            units(l - 1, u),
                            units(l - 1, w),
                        ),
                        by=linearity,
                    ),
                    equals(
                        Sum(
                            E(W[l, r, u] * W[l, r, w]) * E(G[l - 1, u, j] * G[l - 1, w, j]),
                            units(l - 1, u),
                            units(l - 1, w),
                        ),
                        by=independence,
                    ),
                    equals(
                        Sum(
                            (E(W[l, r, u]) * E(W[l, r, w]) + v[l] * Delta(u, w))
                            * E(G[l - 1, u, j] * G[l - 1, w, j]),
                            units(l - 1, u),
                            units(l - 1, w),
                        ),
                        by=moments,
                    ),
                    equals(
                        v[l] * Sum(E(G[l - 1, u, j] ** 2), units(l - 1, u)), by=symmetry(W[l, r])
                    ),
                ),
                Obtain(
                    every(g, rows_are_two(g)),
                    Induction(
                        on=g,
                        base=chain(
                            row_norm(1),
                            equals(by_entries(1), by=linearity),
                            equals(
                                Sum(v[1] * Sum(E(G[0, u, j] ** 2), units(0, u)), input_j),
                                by=given(spread),
                            ),
                            equals(
                                Sum(v[1] * Sum(E(Delta(u, j) ** 2), units(0, u)), input_j),
                                by=given(at_the_input),
                            ),
                            equals(v[1] * n[0], by=linearity),
                            equals(2, by=given(he_scale)),
                        ),
                        step=chain(
                            row_norm(g + 1),
                            equals(by_entries(g + 1), by=linearity),
                            equals(through(E(G[g, u, j] ** 2)), by=given(spread)),
                            equals(through(half * E(J[g, u, j] ** 2)), by=given(halved)),
                            equals(half * v[g + 1] * Sum(row_norm(g), units(g, q)), by=linearity),
                            equals(
                                half * v[g + 1] * Sum(2, units(g, q)), by=given(rows_are_two(g))
                            ),
                            equals(2, by=given(he_scale)),
                        ),
                    ),
                    chain(
                        whole,
                        equals(Sum(row_norm(g), units(g, q)), by=linearity),
                        equals(2 * n[g], by=given(every(g, rows_are_two(g)))),
                    ),
                ),
            ),
        ),
    ),
    worlds=simulation.he_network,
    model=models.BoundedMean(simulation.squared_norms, 0, simulation.largest([2, 2, 2])),
    points=[{"n": [2, 2, 2], "L": 2}, {"n": [4, 2, 2], "L": 2}],
    variants=[
        Variant("2 in all", jacobian_is(2)),
        Variant("the input's width", jacobian_is(2 * n[0])),
        Variant("1 a unit", jacobian_is(n[g])),
        Variant("half of it in each layer", jacobian_is(2 * n[g] * half ** (g - 1))),
    ],
    without=[
        Without(forward, simulation.another_forward_pass),
        Without(gates, simulation.linear_network),
        Without(off_the_kink, simulation.at_the_kink),
        Without(at_the_input, simulation.scaled_inputs),
        Without(uncorrelated_rows, simulation.equal_weights, weakened=each_variance),
        Without(
            uncorrelated_rows,
            simulation.a_variance_that_is_not_stated,
            weakened=in_every_layer(uncorrelated(W[l, r])),
        ),
        Without(symmetric_rows, simulation.centred_but_skewed, weakened=each_centred),
        Without(new_weights, simulation.weights_that_see_the_layer_below),
        Without(he_scale, simulation.small_weights),
    ],
    notes=(
        "E[sign(z)²·J²] = E[J²] says that almost surely no row of the Jacobian is alive where its "
        "preactivation is exactly 0: so it is for weights without atoms and x ≠ 0, where z = 0 "
        "only behind a layer that is dead, and the row is 0 as well."
    ),
)
