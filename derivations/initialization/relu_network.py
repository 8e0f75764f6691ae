"""A ReLU network of any depth and any widths, and what its variances do from layer to layer.

    z^l = W^l a^{l−1},  a^l = ReLU(z^l),  a^0 the input:   V[z^m] = ½ · V[W^m] · Σ_j V[z^{m−1}_j]

Its rows are symmetric, with uncorrelated entries, and independent of the layer below: less than
independent normal weights, and all that the scale of a deep network at initialisation depends on.
"""

from typing import Any

from derivations.initialization.relu import a as relu_input
from derivations.initialization.relu import relu_second_moment_variance
from derivations.initialization.simulations import deep_network
from derivations.initialization.simulations import relu_network as simulation
from verify import (
    Claim,
    Delta,
    E,
    Obtain,
    Rational,
    Sum,
    V,
    Variant,
    Without,
    algebra,
    chain,
    definition,
    dimension,
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
    random_array,
    random_vector,
    real,
    relu,
    same_law,
    symmetric,
    symmetry,
    uncorrelated,
)

l, m, low = index("l", 1, None), index("m", 2, None), index("h", 0, None)  # noqa: E741
n, v = dimension("n", (0, None)), real("v", (1, None))
W = random_array("W", l, n[l], n[l - 1])
z, a = random_array("z", l, n[l]), random_array("a", low, n[low])
r, u, j = index("r"), index("u"), index("j")
half = Rational(1, 2)


def units(layer: Any, at: Any = r) -> Any:
    """The range of an index over the units of a layer."""
    return (at, 1, n[layer])


def preactivation(layer: Any, unit: Any) -> Any:
    """Σ_j W^layer_{unit,j} · a^{layer−1}_j."""
    return Sum(W[layer, unit, j] * a[layer - 1, j], units(layer - 1, j))


def in_every_layer(statement: Any) -> Any:
    """The statement for each unit r of each layer l."""
    return every([l, units(l)], statement)


forward = in_every_layer(equation(z[l, r], preactivation(l, r)))
activation = in_every_layer(equation(a[l, r], relu(z[l, r])))
uncorrelated_rows = in_every_layer(uncorrelated(W[l, r], variance=v[l]))
symmetric_rows = in_every_layer(symmetric(W[l, r]))
new_weights = every(l, independent(W[l], a[l - 1]))
network = [forward, activation, uncorrelated_rows, symmetric_rows, new_weights]
finite = [finite_moment(z, 2), finite_moment(a, 2)]

#: Less than uncorrelated rows, and than symmetric ones.
each_variance = every([l, units(l), units(l - 1, j)], equation(V(W[l, r, j]), v[l]))
each_centred = every([l, units(l), units(l - 1, j)], equation(E(W[l, r, j]), 0))

#: Networks in which one of the hypotheses fails, and with it every claim about variances.
without_weights = [
    Without(forward, simulation.another_forward_pass),
    Without(uncorrelated_rows, simulation.equal_weights, weakened=each_variance),
    Without(
        uncorrelated_rows,
        simulation.a_variance_that_is_not_stated,
        weakened=in_every_layer(uncorrelated(W[l, r])),
    ),
    Without(new_weights, simulation.weights_that_see_the_layer_below),
]
without_network = [
    *without_weights,
    Without(activation, simulation.linear_network),
    Without(symmetric_rows, simulation.centred_but_skewed, weakened=each_centred),
]


def simulated(depth: str, known: Any = None) -> models.Mean:
    """The variance of a unit of the layer that the point calls `depth`."""
    return models.Mean(
        lambda rng, point, size: _method(point).variances(rng, point, size, point[depth]),
        lambda point: _method(point).variance_of_a_draw(point, point[depth]),
        known=known,
    )


def _method(point: Any) -> Any:
    """Every weight is drawn, or, where the point says so, no more than the lengths of layers."""
    return deep_network if point.get("drawn") == "lengths" else simulation


# -- one unit ----------------------------------------------------------------------------------

d, s = dimension("d"), real("s")
w, x = random_vector("w", d), random_vector("x", d)
i, o = index("i", d), index("o", d)
one_sum = Sum(w[i] * x[i], i)

symmetric_preactivation_variance = Claim(
    id="initialization.symmetric_preactivation_variance",
    title="Symmetric, uncorrelated weights give V[Σ w_i x_i] = V[w] · Σ E[x_i²]",
    source="000 A1a",
    states=equation(V(one_sum), s * Sum(E(x[i] ** 2), i)),
    given=[uncorrelated(w, variance=s), symmetric(w), independent(w, x)],
    well_formed=[finite_moment(x, 2)],
    proof=chain(
        V(one_sum),
        equals(E(one_sum**2) - E(one_sum) ** 2, by=definition),
        equals(Sum(E(w[i] * w[o] * x[i] * x[o]), i, o) - Sum(E(w[i] * x[i]), i) ** 2, by=linearity),
        equals(
            Sum(E(w[i] * w[o]) * E(x[i] * x[o]), i, o) - Sum(E(w[i]) * E(x[i]), i) ** 2,
            by=independence,
        ),
        equals(
            Sum((E(w[i]) * E(w[o]) + s * Delta(i, o)) * E(x[i] * x[o]), i, o)
            - Sum(E(w[i]) * E(x[i]), i) ** 2,
            by=moments,
        ),
        equals(s * Sum(E(x[i] ** 2), i), by=symmetry(w)),
    ),
    worlds=simulation.one_row,
    model=simulated("layers", known=lambda point: {E(x[k] ** 2): 1 for k in range(1, 4)}),
    points=[{"layers": 1, "n": [3], "v": [0.7], "d": 3, "s": 0.7}],
    variants=[
        Variant("the variances of the inputs", equation(V(one_sum), s * Sum(V(x[i]), i))),
        Variant("the square of the sum", equation(V(one_sum), s * E(Sum(x[i], i) ** 2))),
        Variant("the first input for all", equation(V(one_sum), s * d * E(x[1] ** 2))),
        Variant(
            "any mean",
            given=[uncorrelated(w, variance=s), independent(w, x)],
            worlds=simulation.one_with_a_mean,
        ),
    ],
    without=[
        Without(
            uncorrelated(w, variance=s),
            simulation.equal_pair,
            weakened=every(i, equation(V(w[i]), s)),
        ),
        Without(
            uncorrelated(w, variance=s), simulation.unstated_variance, weakened=uncorrelated(w)
        ),
        Without(symmetric(w), simulation.one_with_a_mean),
        Without(independent(w, x), simulation.inputs_that_are_the_weights),
    ],
)

# -- one layer ---------------------------------------------------------------------------------

below = units(l - 1, j)
squares_below = Sum(E(a[l - 1, j] ** 2), below)


def from_squares(value: Any) -> Any:
    """The variance of every preactivation."""
    return in_every_layer(equation(V(z[l, r]), value))


relu_network_squares = Claim(
    id="initialization.relu_network_squares",
    title="In every layer V[z^l] = V[W^l] · Σ_j E[(a^{l−1}_j)²], the first one included",
    source="002 Ex. 2a",
    states=from_squares(v[l] * squares_below),
    given=[forward, uncorrelated_rows, symmetric_rows, new_weights],
    well_formed=finite,
    proof=chain(
        V(z[l, r]),
        equals(V(preactivation(l, r)), by=given(forward)),
        equals(
            v[l] * squares_below,
            by=lemma(
                symmetric_preactivation_variance,
                {d: n[l - 1], w: W[l, r], x: a[l - 1], s: v[l]},
            ),
        ),
    ),
    worlds=simulation.any_network,
    model=simulated(
        "l",
        known=lambda point: {
            E(a[l - 1, k] ** 2): simulation.layer_variances(point, point["l"] - 1)[-1] / 2
            for k in range(1, point["n"][point["l"] - 1] + 1)
        },
    ),
    points=[{"n": [3, 6, 1], "v": [0.5, 0.4], "l": 2, "r": 1}],
    variants=[
        Variant("variances of the activations", from_squares(v[l] * Sum(V(a[l - 1, j]), below))),
        Variant("half of it, as behind a ReLU", from_squares(half * v[l] * squares_below)),
        Variant("the square of the sum", from_squares(v[l] * E(Sum(a[l - 1, j], below) ** 2))),
        Variant("the layer's own width", from_squares(v[l] * n[l] * E(a[l - 1, 1] ** 2))),
    ],
    without=[*without_weights, Without(symmetric_rows, simulation.weights_with_a_mean)],
)

each_below = index("k", n[m - 1])


def summed(term: Any) -> Any:
    """The sum of a term over the units j of layer m − 1."""
    return Sum(term, units(m - 1, j))


def recurrence(value: Any) -> Any:
    """The variance of every preactivation behind a ReLU."""
    return every([m, units(m, u)], equation(V(z[m, u]), value))


relu_network_recurrence = Claim(
    id="initialization.relu_network_recurrence",
    title="Behind a ReLU layer V[z^m] = ½ · V[W^m] · Σ_j V[z^{m−1}_j]",
    source=("000 A1", "002 Ex. 2a"),
    states=recurrence(half * v[m] * summed(V(z[m - 1, j]))),
    given=network,
    well_formed=finite,
    proof=Obtain(
        every([l, units(l, u)], symmetric(z[l, u])),
        chain(
            z[l, u],
            equals(preactivation(l, u), by=given(forward)),
            same_law(Sum((-W[l, u, j]) * a[l - 1, j], below), by=symmetry(W[l, u])),
            equals(-preactivation(l, u), by=algebra),
            equals(-z[l, u], by=given(forward)),
        ),
        chain(
            V(z[m, u]),
            equals(v[m] * summed(E(a[m - 1, j] ** 2)), by=lemma(relu_network_squares)),
            equals(v[m] * summed(E(relu(z[m - 1, j]) ** 2)), by=given(activation)),
            equals(
                v[m] * summed(half * V(z[m - 1, j])),
                by=lemma(relu_second_moment_variance, {relu_input: z[m - 1, each_below]}),
            ),
            equals(half * v[m] * summed(V(z[m - 1, j])), by=algebra),
        ),
    ),
    worlds=simulation.any_network,
    model=simulated(
        "m",
        known=lambda point: {
            V(z[m - 1, k]): simulation.layer_variances(point, point["m"] - 1)[-1]
            for k in range(1, point["n"][point["m"] - 1] + 1)
        },
    ),
    points=[{"n": [3, 6, 1], "v": [0.5, 0.4], "m": 2, "u": 1}],
    variants=[
        Variant("without the ½", recurrence(v[m] * summed(V(z[m - 1, j])))),
        Variant("the layer's own width", recurrence(half * v[m] * n[m] * V(z[m - 1, 1]))),
        Variant(
            "the scale of the layer below", recurrence(half * v[m - 1] * summed(V(z[m - 1, j])))
        ),
        Variant(
            "mean zero for symmetric rows",
            given=[forward, activation, uncorrelated_rows, each_centred, new_weights],
            worlds=simulation.centred_but_skewed,
        ),
    ],
    without=without_network,
)
