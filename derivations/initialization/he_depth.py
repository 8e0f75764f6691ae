"""The variance in a ReLU network of any depth: constant with He's weights, by induction.

    V[W^l] = 2/n_{l−1}:   V[z^L] = 2 in every layer L, whatever the widths are

The value is 2 and not 1 because the first layer's input comes from no ReLU, which would have
halved it. With another scale each layer multiplies the variance, and depth makes it vanish or
explode (`is_he`).
"""

from typing import Any

from derivations.initialization.relu_network import (
    a,
    finite,
    half,
    j,
    l,
    m,
    n,
    network,
    relu_network_recurrence,
    relu_network_squares,
    s,
    simulated,
    units,
    v,
    without_network,
    z,
)
from derivations.initialization.simulations import relu_network as simulation
from verify import (
    Claim,
    E,
    Induction,
    Sum,
    V,
    Variant,
    Without,
    chain,
    equals,
    equation,
    every,
    given,
    index,
    lemma,
    real,
)

g, q = index("L", 1, None), index("q")
c = real("c", (1, None))

normalised = every(units(0, j), equation(E(a[0, j] ** 2), 1))
he_scale = every(l, equation(v[l], 2 / n[l - 1]))


def in_layer(layer: Any, value: Any) -> Any:
    """The variance of every unit of a layer."""
    return every(units(layer, q), equation(V(z[layer, q]), value))


def at_every_depth(value: Any) -> Any:
    """The variance of every unit of every layer."""
    return every(g, in_layer(g, value))


#: The sum of the variances in layer L.
sum_here = Sum(V(z[g, j]), units(g, j))

he_depth = Claim(
    id="initialization.he_depth",
    title="With He's weights every preactivation of every layer has variance 2",
    source="002 Ex. 2a",
    states=at_every_depth(2),
    given=[*network, normalised, he_scale],
    well_formed=finite,
    proof=Induction(
        on=g,
        base=chain(
            V(z[1, q]),
            equals(
                v[1] * Sum(E(a[0, j] ** 2), units(0, j)),
                by=lemma(relu_network_squares),
            ),
            equals(v[1] * n[0], by=given(normalised)),
            equals(2, by=given(he_scale)),
        ),
        step=chain(
            V(z[g + 1, q]),
            equals(half * v[g + 1] * sum_here, by=lemma(relu_network_recurrence)),
            equals(half * v[g + 1] * n[g] * 2, by=given(in_layer(g, 2))),
            equals(2, by=given(he_scale)),
        ),
    ),
    worlds=simulation.he_network,
    model=simulated("L"),
    points=[
        {"n": [2, 3, 2, 1], "v": [1.0, 2 / 3, 1.0], "L": 3, "q": 1},
        {
            "n": [5, *[48] * 7, 1],
            "v": [2 / 5, *[2 / 48] * 7],
            "L": 8,
            "q": 1,
            "drawn": "lengths",
        },
    ],
    variants=[
        Variant("the constant is 1", at_every_depth(1)),
        Variant("half of it in each layer", at_every_depth(half ** (g - 2))),
        Variant("the width", at_every_depth(n[g])),
        Variant(
            "1/n for 2/n",
            given=[*network, normalised, every(l, equation(v[l], 1 / n[l - 1]))],
            worlds=simulation.small_weights,
        ),
    ],
    without=[
        *without_network,
        Without(normalised, simulation.large_inputs),
        Without(he_scale, simulation.small_weights),
    ],
    notes="Only E[x_j²] = 1 is asked of the input; it need not be centred or whitened.",
)

first_variance = in_layer(1, s)
first_factor = equation(c[1], 1)
factors = every(m, equation(c[m], half * n[m - 1] * v[m] * c[m - 1]))

relu_network_depth = Claim(
    id="initialization.relu_network_depth",
    title="With any scale V[z^L] = V[z^1] · Π_{k=2..L} ½ · n_{k−1} · V[W^k]",
    source="002 Ex. 2a",
    states=at_every_depth(s * c[g]),
    given=[*network, first_variance, first_factor, factors],
    well_formed=finite,
    proof=Induction(
        on=g,
        base=chain(
            V(z[1, q]),
            equals(s, by=given(first_variance)),
            equals(s * c[1], by=given(first_factor)),
        ),
        step=chain(
            V(z[g + 1, q]),
            equals(half * v[g + 1] * sum_here, by=lemma(relu_network_recurrence)),
            equals(half * v[g + 1] * n[g] * (s * c[g]), by=given(in_layer(g, s * c[g]))),
            equals(s * c[g + 1], by=given(factors)),
        ),
    ),
    worlds=simulation.growing_network,
    model=simulated("L"),
    points=[
        {
            "n": [2, 3, 2, 1],
            "v": [0.7, 0.5, 0.8],
            "L": 3,
            "q": 1,
            "s": 1.4,
            "c": [1, 0.75, 0.6],
        },
        {
            "n": [5, 30, 40, 50, 60, 1],
            "v": [0.3, 1.6 / 30, 2.2 / 40, 1.8 / 50, 2.5 / 60],
            "L": 5,
            "q": 1,
            "s": 1.5,
            "c": [1, 0.8, 0.88, 0.792, 0.99],
            "drawn": "lengths",
        },
    ],
    variants=[
        Variant("the same in every layer", at_every_depth(s)),
        Variant("the product from the first layer on", at_every_depth(s * c[g] * v[1] * n[0])),
        Variant("one factor less", every(g, in_layer(g + 1, s * c[g]))),
        Variant("no first layer", at_every_depth(c[g])),
    ],
    without=[
        *without_network,
        Without(first_variance, simulation.another_first_variance),
        Without(first_factor, simulation.another_first_factor),
        Without(factors, simulation.another_factor),
    ],
    notes="c_L is the product: c_1 = 1, and each layer multiplies it by its ½ · n_{k−1} · V[W^k].",
)
