"""Why the scale must be He's: with ρ times it, depth makes the variance vanish or explode.

    V[W^l] = ρ · 2/n_{l−1}:   V[z^L] = ρ^{L−1} · V[z^1]

Half of He's variance in each layer leaves nothing after a few dozen layers, and twice of it
overflows; ρ = 1 alone does neither. The bounds say how fast, so that no limit is needed.
"""

from typing import Any

from derivations.initialization.he_depth import (
    at_every_depth,
    first_variance,
    g,
    in_layer,
    sum_here,
)
from derivations.initialization.relu_network import (
    finite,
    half,
    m,
    n,
    network,
    relu_network_recurrence,
    s,
    simulated,
    units,
    v,
    without_network,
    z,
)
from derivations.initialization.simulations import relu_network as simulation
from verify import (
    Both,
    Claim,
    Induction,
    Obtain,
    Parts,
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
    every,
    given,
    greater,
    iff,
    index,
    lemma,
    less,
    let,
    models,
    order,
    real,
    unequal,
)

rho = real("rho")
k, t, q, p = index("k", 1, None), index("t", 0, None), index("q"), index("p")

# -- powers ------------------------------------------------------------------------------------


def lower(bound: Any) -> Any:
    """ρ^t is at least this."""
    return every(t, at_least(rho**t, bound))


line = 1 + t * (rho - 1)

bernoulli_inequality = Claim(
    id="initialization.bernoulli_inequality",
    title="Powers grow at least linearly: ρ^t ≥ 1 + t(ρ − 1) for ρ ≥ 0",
    source="004 Q1.2d",
    states=lower(line),
    given=[at_least(rho, 0)],
    proof=Induction(
        on=t,
        base=chain(rho**0, equals(1 + 0 * (rho - 1), by=algebra)),
        step=chain(
            rho ** (t + 1),
            equals(
                1 + (t + 1) * (rho - 1) + rho * (rho**t - line) + t * (rho - 1) ** 2, by=algebra
            ),
            at_least(1 + (t + 1) * (rho - 1), by=order),
        ),
    ),
    worlds=simulation.ratios,
    model=models.Comparison(simulation.power),
    points=[{"t": 3}, {"t": 12}],
    variants=[
        Variant("more than linearly", every(t, greater(rho**t, line))),
        Variant("one step ahead", lower(1 + (t + 1) * (rho - 1))),
        Variant("at most linearly", every(t, at_most(rho**t, line))),
        Variant("quadratically", lower(line + t * (t - 1) * (rho - 1) / 2)),
    ],
    without=[Without(at_least(rho, 0), simulation.ratio(-3))],
)

#: What a power is, times what it has fallen by at least.
left = rho**t * (1 + t * (1 - rho))


def upper(value: Any) -> Any:
    """The value is at most 1."""
    return every(t, at_most(value, 1))


powers_decay = Claim(
    id="initialization.powers_decay",
    title="Powers fall at least like 1/(1 + t(1 − ρ)): ρ^t·(1 + t(1 − ρ)) ≤ 1 for ρ ≥ 0",
    source="004 Q1.2d",
    states=upper(left),
    given=[at_least(rho, 0)],
    proof=Induction(
        on=t,
        base=chain(rho**0 * (1 + 0 * (1 - rho)), equals(1, by=algebra)),
        step=chain(
            rho ** (t + 1) * (1 + (t + 1) * (1 - rho)),
            equals(left - (t + 1) * rho**t * (1 - rho) ** 2, by=algebra),
            at_most(left, by=order),
            at_most(1, by=order),
        ),
    ),
    worlds=simulation.ratios,
    model=models.Comparison(simulation.power_times_loss),
    points=[{"t": 3}, {"t": 12}],
    variants=[
        Variant("less than 1", every(t, less(left, 1))),
        Variant("1 + t", upper(rho**t * (1 + t))),
        Variant("one step ahead", upper(rho**t * (1 + (t + 1) * (1 - rho)))),
        Variant("at least 1", every(t, at_least(left, 1))),
    ],
    without=[Without(at_least(rho, 0), simulation.ratio(-3))],
)

# -- the variance ------------------------------------------------------------------------------

#: The variance in layer k.
reached = let("u", (k,), s * rho ** (k - 1))
scaled = every(m, equation(v[m], rho * (2 / n[m - 1])))
at_depth = at_every_depth(reached(g))

by_induction = Induction(
    on=g,
    base=chain(
        V(z[1, q]),
        equals(s, by=given(first_variance)),
        equals(reached(1), by=definition(reached)),
    ),
    step=chain(
        V(z[g + 1, q]),
        equals(half * v[g + 1] * sum_here, by=lemma(relu_network_recurrence)),
        equals(half * v[g + 1] * n[g] * reached(g), by=given(in_layer(g, reached(g)))),
        equals(rho * reached(g), by=given(scaled)),
        equals(reached(g + 1), by=definition(reached)),
    ),
)
line_in_depth = 1 + (g - 1) * (rho - 1)
constant = every([k, units(k, p)], equation(V(z[k, p]), s))


def only_he(ratio: Any = 1, variance: Any = at_depth) -> Any:
    """Constant for this ratio alone, and what the variance in each layer is."""
    return all_of(iff(constant, equation(rho, ratio)), variance)


is_he = Claim(
    id="initialization.is_he",
    title="V[z^L] = ρ^{L−1} · V[z^1] with ρ times He's variances: constant for ρ = 1 alone",
    source=("004 Q1.2c", "004 Q1.2d"),
    states=only_he(),
    given=[*network, first_variance, scaled, unequal(s, 0)],
    well_formed=finite,
    proof=Obtain(
        at_depth,
        by_induction,
        Parts(
            (
                Both(
                    forward=chain(
                        rho,
                        equals(s * rho ** (2 - 1) / s, by=algebra),
                        equals(V(z[2, 1]) / s, by=(given(at_depth), definition(reached))),
                        equals(s / s, by=given(constant)),
                        equals(1, by=algebra),
                    ),
                    backward=chain(
                        V(z[k, p]),
                        equals(s * rho ** (k - 1), by=(given(at_depth), definition(reached))),
                        equals(s * 1 ** (k - 1), by=given(equation(rho, 1))),
                        equals(s, by=algebra),
                    ),
                ),
                chain(V(z[g, q]), equals(reached(g), by=given(at_depth))),
            )
        ),
    ),
    worlds=simulation.scaled_network,
    model=simulated("L"),
    points=[
        {"n": [2, 3, 2, 1], "v": [0.7, 1.0, 1.5], "L": 3, "q": 1, "s": 1.4, "rho": 1.5},
        {
            "n": [4, *[50] * 6, 1],
            "v": [0.35, *[2.2 / 50] * 6],
            "L": 7,
            "q": 1,
            "s": 1.4,
            "rho": 1.1,
            "drawn": "lengths",
        },
    ],
    variants=[
        Variant("Xavier's scale, half of He's", only_he(ratio=half)),
        Variant("twice He's", only_he(ratio=2)),
        Variant("ρ^L", only_he(variance=at_every_depth(s * rho**g))),
        Variant("a factor of ρ in all", only_he(variance=at_every_depth(s * rho))),
        Variant("linear in the depth", only_he(variance=at_every_depth(s * line_in_depth))),
        Variant("the same in every layer", only_he(variance=at_every_depth(s))),
    ],
    without=[
        *without_network,
        Without(first_variance, simulation.another_first_variance),
        Without(scaled, simulation.another_ratio),
        Without(unequal(s, 0), simulation.no_signal_at_three_times_he),
    ],
    notes=(
        "How fast: for ρ = 2 the variance in layer L is at least L times the first by "
        "`bernoulli_inequality`, for ρ = ½ at most 2/(L + 1) times it by `powers_decay`; in fact "
        "it is doubled, or halved, by each layer."
    ),
)
