"""He's recurrence: how the variance of preactivations travels from one ReLU layer to the next.

    V[a^k] = ½ · n_{k−1} · V[W^k] · V[a^{k−1}]

It says what scale of weights keeps a deep ReLU network's signal from dying or exploding at
initialisation: V[W^k] = 2/n_{k−1}, the default of today's frameworks.
"""

from derivations.initialization import preactivation as row
from derivations.initialization import relu as unit
from derivations.initialization.preactivation import (
    preactivation_symmetry,
    preactivation_variance_general,
)
from derivations.initialization.relu import relu_second_moment_variance
from derivations.initialization.simulations import he as simulation
from derivations.initialization.weaker_weights import weaker_weights
from verify import (
    Apply,
    Array,
    Both,
    Claim,
    E,
    Obtain,
    Rational,
    Sum,
    V,
    Variant,
    Without,
    algebra,
    all_of,
    chain,
    dimension,
    equals,
    equation,
    every,
    finite_moment,
    given,
    iff,
    independent,
    index,
    lemma,
    let,
    models,
    random_array,
    real,
    relu,
    symmetric,
    uncorrelated,
    unequal,
)

layer, lower = index("l", 1, None), index("h", 0, None)
k = index("k", 2, None)
n = dimension("n", (0, None))
v, s = real("v", (1, None)), real("s")
W = random_array("W", layer, n[layer], n[layer - 1])
x = random_array("x", lower, n[lower])
r, j, i = index("r", n[k]), index("j", n[k - 1]), index("i", n[k - 2])
half = Rational(1, 2)

#: The preactivations of layer k − 1, and one preactivation of layer k.
below = let("b", Array(Sum(W[k - 1, j, i] * x[k - 2, i], i), j))
a = Sum(W[k, r, j] * relu(below[j]), j)

uncorrelated_row = uncorrelated(W[k, r], mean=0, variance=v[k])
symmetric_below = every(j, symmetric(W[k - 1, j]))
independent_layers = independent(W[k], W[k - 1], x[k - 2])
laws = [uncorrelated_row, symmetric_below, independent_layers]
finite = [finite_moment(W[k - 1], 2), finite_moment(x[k - 2], 2)]

#: Less than each law, and a network in which the claims fail.
centred_below = every([j, i], equation(E(W[k - 1, j, i]), 0))
weaker_laws = [uncorrelated_row, centred_below, independent_layers]
without_laws = [
    *weaker_weights(
        W[k, r],
        j,
        mean=0,
        variance=v[k],
        correlated=simulation.equal_weights,
        another_mean=simulation.a_mean_that_is_not_stated,
        another_variance=simulation.a_variance_that_is_not_stated,
    ),
    Without(symmetric_below, simulation.centred_but_skewed_below, weakened=centred_below),
    Without(
        symmetric_below,
        simulation.symmetric_entries_below,
        weakened=every([j, i], symmetric(W[k - 1, j, i])),
    ),
    Without(
        independent_layers,
        simulation.independent_in_pairs,
        weakened=all_of(
            independent(W[k], W[k - 1]),
            independent(W[k], x[k - 2]),
            independent(W[k - 1], x[k - 2]),
        ),
    ),
]

he_recurrence_general = Claim(
    id="initialization.he_recurrence_general",
    title="A ReLU layer maps variances by ½ · V[W], summed over its inputs",
    source="000 A1",
    states=equation(V(a), half * v[k] * Sum(V(below[j]), j)),
    given=laws,
    well_formed=finite,
    proof=Obtain(
        every(j, symmetric(below[j])),
        Apply(preactivation_symmetry, {row.n: n[k - 2], row.W: W[k - 1, j], row.x: x[k - 2]}),
        chain(
            V(a),
            equals(
                v[k] * Sum(E(relu(below[j]) ** 2), j),
                by=lemma(
                    preactivation_variance_general,
                    {
                        row.n: n[k - 1],
                        row.W: W[k, r],
                        row.x: Array(relu(below[j]), j),
                        row.mu: 0,
                        row.v: v[k],
                    },
                ),
            ),
            equals(
                v[k] * Sum(half * V(below[j]), j),
                by=lemma(relu_second_moment_variance, {unit.a: below[j]}),
            ),
            equals(half * v[k] * Sum(V(below[j]), j), by=algebra),
        ),
    ),
    worlds=simulation.any_rows,
    model=models.Mean(
        simulation.variances,
        simulation.variance_of_a_draw,
        known=lambda point: {
            V(below[position]): variance
            for position, variance in enumerate(simulation.variances_below(point), 1)
        },
    ),
    points=[{"n": [3, 4, 1], "k": 2, "v": [0.5, 0.4], "row_scale": [0.5, 1, 1.5, 0.8]}],
    variants=[
        Variant("without the ½", equation(V(a), v[k] * Sum(V(below[j]), j))),
        Variant(
            "the variances of the ReLU's outputs",
            equation(V(a), v[k] * Sum(V(relu(below[j])), j)),
        ),
        Variant("the first unit for all", equation(V(a), half * n[k - 1] * v[k] * V(below[1]))),
        Variant(
            "mean zero for symmetric below",
            given=weaker_laws,
            worlds=simulation.centred_but_skewed_below,
        ),
    ],
    without=without_laws,
)

he_recurrence = Claim(
    id="initialization.he_recurrence",
    title="V[a^k] = ½ · n_{k−1} · V[W^k] · V[a^{k−1}]",
    source="000 A1",
    states=equation(V(a), half * n[k - 1] * v[k] * s),
    given=[*laws, every(j, equation(V(below[j]), s))],
    well_formed=finite,
    proof=chain(
        V(a),
        equals(half * v[k] * Sum(V(below[j]), j), by=lemma(he_recurrence_general)),
        equals(half * n[k - 1] * v[k] * s, by=given),
    ),
    worlds=simulation.rows_alike,
    model=simulation.model,
    points=[
        {"n": [2, 4, 3], "k": 2, "v": [0.7, 0.3]},
        {"n": [3, 5, 2], "k": 2, "v": [0.2, 0.5]},
    ],
    variants=[
        Variant("without the ½", equation(V(a), n[k - 1] * v[k] * s)),
        Variant("the layer's own width", equation(V(a), half * n[k] * v[k] * s)),
        Variant("the scale of the layer below", equation(V(a), half * n[k - 1] * v[k - 1] * s)),
        Variant(
            "mean zero for symmetric below",
            given=[*weaker_laws, every(j, equation(V(below[j]), s))],
            worlds=simulation.centred_but_skewed_below,
        ),
    ],
    without=[
        *without_laws,
        Without(every(j, equation(V(below[j]), s)), simulation.another_variance_below),
    ],
)

he_variance = Claim(
    id="initialization.he_variance",
    title="The variance is kept exactly by He's scale: V[W^k] = 2/n_{k−1}",
    source=("000 A1", "003 4h", "004 Q1.2c"),
    states=iff(equation(V(a), s), equation(v[k], 2 / n[k - 1])),
    given=[*laws, every(j, equation(V(below[j]), s)), unequal(s, 0)],
    well_formed=finite,
    proof=Both(
        forward=chain(
            v[k],
            equals(2 * (half * n[k - 1] * v[k] * s) / (n[k - 1] * s), by=algebra),
            equals(2 * V(a) / (n[k - 1] * s), by=lemma(he_recurrence)),
            equals(2 * s / (n[k - 1] * s), by=given(equation(V(a), s))),
            equals(2 / n[k - 1], by=algebra),
        ),
        backward=chain(
            V(a),
            equals(half * n[k - 1] * v[k] * s, by=lemma(he_recurrence)),
            equals(half * n[k - 1] * (2 / n[k - 1]) * s, by=given(equation(v[k], 2 / n[k - 1]))),
            equals(s, by=algebra),
        ),
    ),
    worlds=simulation.rows_alike_at_he_scale_or_not,
    model=simulation.model,
    points=[
        {"n": [2, 4, 3], "k": 2, "v": [0.7, 2 / 4]},
        {"n": [3, 5, 2], "k": 2, "v": [0.2, 2 / 5]},
    ],
    variants=[
        Variant("Xavier's scale", iff(equation(V(a), s), equation(v[k], 1 / n[k - 1]))),
        Variant("the layer's own width", iff(equation(V(a), s), equation(v[k], 2 / n[k]))),
        Variant(
            "the standard deviation for the variance",
            iff(equation(V(a), s), equation(v[k], (2 / n[k - 1]) ** 2)),
        ),
        Variant(
            "mean zero for symmetric below",
            given=[*weaker_laws, every(j, equation(V(below[j]), s)), unequal(s, 0)],
            worlds=simulation.centred_but_skewed_below,
        ),
    ],
    without=[
        *without_laws,
        Without(every(j, equation(V(below[j]), s)), simulation.another_variance_below),
        Without(unequal(s, 0), simulation.no_signal),
    ],
)
