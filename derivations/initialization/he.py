"""He's recurrence: how the variance of preactivations travels from one ReLU layer to the next.

    V[a^k] = ½ · n_{k−1} · V[W^k] · V[a^{k−1}]

It says what scale of weights keeps a deep ReLU network's signal from dying or exploding at
initialisation: V[W^k] = 2/n_{k−1}, the default of today's frameworks.
"""

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
    algebra,
    chain,
    definition,
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
    random_array,
    real,
    relu,
    symmetric,
    uncorrelated,
    unequal,
)
from derivations.initialization.preactivation import (
    W as row,
    n as width,
    preactivation_symmetry,
    preactivation_variance_general,
    mu as row_mean,
    v as row_variance,
    x as inputs,
)
from derivations.initialization.relu import a as variable
from derivations.initialization.relu import relu_second_moment_variance

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

laws = [
    uncorrelated(W[k, r], mean=0, variance=v[k]),
    every(j, symmetric(W[k - 1, j])),
    independent(W[k], W[k - 1], x[k - 2]),
]
finite = [finite_moment(W[k - 1], 2), finite_moment(x[k - 2], 2)]

he_recurrence_general = Claim(
    id="initialization.he_recurrence_general",
    title="A ReLU layer maps variances by ½ · V[W], summed over its inputs",
    source="000 A1",
    states=equation(V(a), half * v[k] * Sum(V(below[j]), j)),
    given=laws,
    well_formed=finite,
    proof=Obtain(
        every(j, symmetric(below[j])),
        Apply(preactivation_symmetry, {width: n[k - 2], row: W[k - 1, j], inputs: x[k - 2]}),
        chain(
            V(a),
            equals(
                v[k] * Sum(E(relu(below[j]) ** 2), j),
                by=lemma(
                    preactivation_variance_general,
                    {
                        width: n[k - 1],
                        row: W[k, r],
                        inputs: Array(relu(below[j]), j),
                        row_mean: 0,
                        row_variance: v[k],
                    },
                ),
            ),
            equals(
                v[k] * Sum(half * V(below[j]), j),
                by=lemma(relu_second_moment_variance, {variable: below[j]}),
            ),
            equals(half * v[k] * Sum(V(below[j]), j), by=algebra),
        ),
    ),
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
)
