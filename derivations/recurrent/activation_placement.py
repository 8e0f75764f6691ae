"""The activation before or after the weights: two recurrences, one network.

    h_t = W·σ(h_{t−1}) + U·x_t + b,   g_t = σ(W·g_{t−1} + U·x_t + b),   g₀ = σ(h₀)
    give  g_t = σ(h_t)

Papers and frameworks write a recurrent unit in either way; trained weights may be moved from one
to the other, if the first state is moved as well. A first state outside the range of σ cannot be.
"""

from typing import Any

from derivations.recurrent import activation_placement_evidence as evidence
from verify import (
    Claim,
    Induction,
    Obtain,
    Rational,
    Sum,
    Variant,
    Without,
    at_least,
    at_most,
    chain,
    dimension,
    equals,
    equation,
    every,
    function,
    given,
    index,
    less,
    matrix,
    models,
    order,
    real,
    relu,
    sigmoid,
    unequal,
    vector,
)

d, e = dimension("d"), dimension("e")
i, j, k = index("i", d), index("j", d), index("k", e)
t, r = index("t", 0, None), index("r", 1, None)
W, U, b = matrix("W", d, d), matrix("U", d, e), vector("b", d)
x, h, g = real("x", (1, None), e), real("h", (0, None), d), real("g", (0, None), d)

#: Any activation whatever: no row below knows more of it than its name.
sigma, u = function("sigma"), real("u")


def step(state: Any, time: Any) -> Any:
    """W·state + U·x_time + b, at entry i; state is a function of the index j."""
    return Sum(W[i, j] * state(j), j) + Sum(U[i, k] * x[time, k], k) + b[i]


def after_h(time: Any) -> Any:
    """What the first recurrence makes of h_{time − 1}."""
    return step(lambda at: sigma(h[time - 1, at]), time)


def after_g(time: Any) -> Any:
    """What the second recurrence applies σ to."""
    return step(lambda at: g[time - 1, at], time)


outside = every([r, i], equation(h[r, i], after_h(r)))
inside = every([r, i], equation(g[r, i], sigma(after_g(r))))
start = every(i, equation(g[0, i], sigma(h[0, i])))
same = equation(g[t, i], sigma(h[t, i]))

activation_placement = Claim(
    id="recurrent.activation_placement",
    title="σ after the weights or before: g_t = σ(h_t) at every time if g₀ = σ(h₀)",
    source="004 Q5.1",
    states=every(t, every(i, same)),
    given=[outside, inside, start],
    proof=Induction(
        on=t,
        base=chain(g[0, i], equals(sigma(h[0, i]), by=given(start))),
        step=chain(
            g[t + 1, i],
            equals(sigma(after_g(t + 1)), by=given(inside)),
            equals(sigma(step(lambda at: sigma(h[t, at]), t + 1)), by=given(every(i, same))),
            equals(sigma(h[t + 1, i]), by=given(outside)),
        ),
    ),
    worlds=evidence.two_networks,
    model=models.Comparison(evidence.both_recurrences),
    points=[{"d": 3, "e": 2, "t": 4}, {"d": 1, "e": 1, "t": 7}],
    variants=[
        Variant("no σ", every(t, every(i, equation(g[t, i], h[t, i])))),
        Variant("one step late", every(t, every(i, equation(g[t + 1, i], sigma(h[t, i]))))),
        Variant("σ the other way", every(t, every(i, equation(h[t, i], sigma(g[t, i]))))),
        Variant(
            "the same first state",
            given=[outside, inside, every(i, equation(g[0, i], h[0, i]))],
            worlds=evidence.same_start,
        ),
    ],
    without=[
        Without(outside, evidence.outside_stands_still),
        Without(inside, evidence.inside_stands_still),
        Without(start, evidence.same_start),
    ],
)

#: h made of the second recurrence: what it applies σ to.
applied = every([r, i], equation(h[r, i], after_g(r)))

activation_placement_converse = Claim(
    id="recurrent.activation_placement_converse",
    title="What a network of the second kind applies σ to is a network of the first kind",
    source="004 Q5.1",
    states=every([r, i], equation(h[r, i], after_h(r))),
    given=[inside, applied, start],
    proof=Obtain(
        every(t, every(i, same)),
        Induction(
            on=t,
            base=chain(g[0, i], equals(sigma(h[0, i]), by=given(start))),
            step=chain(
                g[t + 1, i],
                equals(sigma(after_g(t + 1)), by=given(inside)),
                equals(sigma(h[t + 1, i]), by=given(applied)),
            ),
        ),
        chain(
            h[r, i],
            equals(after_g(r), by=given(applied)),
            equals(after_h(r), by=given(every(t, every(i, same)))),
        ),
    ),
    worlds=evidence.two_networks,
    model=models.Comparison(evidence.applied_to),
    points=[{"d": 3, "e": 2, "t": 4}, {"d": 1, "e": 1, "t": 7}],
    variants=[
        Variant("no σ", every([r, i], equation(h[r, i], step(lambda at: h[r - 1, at], r)))),
        Variant("without the bias", every([r, i], equation(h[r, i], after_h(r) - b[i]))),
        Variant(
            "the same first state",
            given=[inside, applied, every(i, equation(g[0, i], h[0, i]))],
            worlds=evidence.same_start_applied,
        ),
    ],
    without=[
        Without(inside, evidence.inside_jumps),
        Without(applied, evidence.outside_stands_still),
        Without(start, evidence.same_start_applied),
    ],
)

first = real("g_first")
in_range = at_least(first, 1)

first_state_out_of_range = Claim(
    id="recurrent.first_state_out_of_range",
    title="A first state of 1 or more is the sigmoid of no state: it cannot be moved",
    source="004 Q5.1",
    states=every(u, unequal(sigmoid(u), first)),
    given=[in_range],
    proof=chain(sigmoid(u), less(1, by=order), at_most(first, by=order)),
    worlds=evidence.first_states,
    variants=[
        Variant("of no ReLU", every(u, unequal(relu(u), first))),
        Variant("of no leaky ReLU", every(u, unequal(relu(u) - relu(-u) / 2, first))),
        Variant("from ½ on", given=[at_least(first, Rational(1, 2))], worlds=evidence.one_half),
    ],
    without=[Without(in_range, evidence.one_half)],
)
