"""Weights whose square is 0, and a gradient that explodes: W = r·1ᵀ with Σ_i r_i = 0.

    h_{t+1} = W·ReLU(h_t), h₀ = a·r   give   h_t = a·κ^t·r,   ‖v_n‖ = κ^{n−1}·|m|·‖r‖

where v_n is ∂h_n/∂h₀ applied to v₀, κ = Σ_i ReLU(r_i) and m = Σ_j [r_j > 0]·v₀_j, while the
linear network has forgotten v₀ after two steps. All eigenvalues of W are 0: what explodes is
the product with the activation's slopes, so that the spectrum of W alone says nothing about a
network that switches units off.
"""

from typing import Any

from derivations.recurrent import nilpotent_explosion_evidence as evidence
from verify import (
    Claim,
    Induction,
    Obtain,
    Parts,
    Rational,
    Sum,
    Variant,
    Without,
    algebra,
    all_of,
    at_least,
    cases,
    chain,
    definition,
    dimension,
    equals,
    equation,
    every,
    given,
    greater,
    index,
    let,
    models,
    norm_squared,
    order,
    real,
    relu,
    sign,
    unequal,
    vector,
)

d = dimension("d")
i, j = index("i", d), index("j", d)
t, n = index("t", 0, None), index("n", 1, None)
r, a = vector("r", d), real("a")
h, s = real("h", (0, None), d), real("s", (0, None), d)
v, f = real("v", (0, None), d), real("f", (0, None), d)

positive_part = Sum(relu(r[j]), j)
kappa = let("kappa", positive_part)
#: 1 where r_i > 0, and 0 where r_i < 0.
on = let("on", (i,), (1 + sign(r[i])) / 2)
m = Sum(on(j) * v[0, j], j)

centred = equation(Sum(r[j], j), 0)
no_kink = every(i, unequal(r[i], 0))
forwards = greater(a, 0)
starts = every(i, equation(h[0, i], a * r[i]))
recurrence = every([t, i], equation(h[t + 1, i], r[i] * Sum(relu(h[t, j]), j)))
#: s is the slope of ReLU at h, which is any number at h = 0.
slopes = every([t, i], equation(s[t, i] * h[t, i], relu(h[t, i])))
passed, whole = Sum(s[t, j] * v[t, j], j), Sum(f[t, j], j)
P, F = let("P", (t,), passed), let("F", (t,), whole)
gradient = every([t, i], equation(v[t + 1, i], r[i] * P(t)))
linear = every([t, i], equation(f[t + 1, i], r[i] * F(t)))

power, rate = let("c", (t,), kappa**t), let("q", (n,), kappa ** (n - 1))
there = a * power(t) * r[i]
path = every(t, every(i, equation(h[t, i], there)))
slope_there = every([t, i], equation(s[t, i], on(i)))
grown = every(n, every(i, equation(v[n, i], rate(n) * m * r[i])))


growth = greater(kappa, 0)


def explodes(growth: Any) -> Any:
    """‖v_n‖² = growth(n)²·m²·‖r‖² for every n ≥ 1."""
    squared = growth(n) ** 2 * m**2 * norm_squared(r)
    return every(n, equation(norm_squared(v[n]), squared))


positive_rate = chain(
    kappa,
    equals(positive_part, by=definition),
    equals(Sum(r[j], j) / 2 + Sum(abs(r[j]), j) / 2, by=cases),
    equals(Sum(abs(r[j]), j) / 2, by=given(centred, times=Rational(1, 2))),
    greater(0, by=order),
)
positive_power = chain(power(t), equals(kappa**t, by=definition), greater(0, by=order))

states_grow = Induction(
    on=t,
    base=chain(
        h[0, i],
        equals(a * r[i], by=given(starts)),
        equals(a * power(0) * r[i], by=definition(power)),
    ),
    step=chain(
        h[t + 1, i],
        equals(r[i] * Sum(relu(h[t, j]), j), by=given(recurrence)),
        equals(
            r[i] * Sum(relu(a * power(t) * r[j]), j),
            by=given(every(i, equation(h[t, i], there))),
        ),
        equals(r[i] * (a * power(t) * positive_part), by=cases),
        equals(r[i] * (a * power(t) * kappa), by=definition(kappa)),
        equals(a * power(t + 1) * r[i], by=definition(power)),
    ),
)
linear_forgets = chain(
    f[t + 2, i],
    equals(r[i] * F(t + 1), by=given(linear)),
    equals(r[i] * Sum(f[t + 1, j], j), by=definition(F)),
    equals(r[i] * F(t) * Sum(r[j], j), by=given(linear)),
    equals(0, by=given(centred, times=r[i] * F(t))),
)
slopes_stay = chain(
    s[t, i],
    equals(s[t, i] * there / there, by=algebra),
    equals(s[t, i] * h[t, i] / there, by=given(path)),
    equals(relu(h[t, i]) / there, by=given(slopes)),
    equals(relu(there) / there, by=given(path)),
    equals((1 + sign(r[i])) / 2 * r[i] / r[i], by=cases),
    equals(on(i), by=definition(on)),
)
gradients_grow = Induction(
    on=n,
    base=chain(
        v[1, i],
        equals(r[i] * P(0), by=given(gradient)),
        equals(r[i] * Sum(s[0, j] * v[0, j], j), by=definition(P)),
        equals(r[i] * m, by=given(slope_there)),
        equals(rate(1) * m * r[i], by=definition(rate)),
    ),
    step=chain(
        v[n + 1, i],
        equals(r[i] * P(n), by=given(gradient)),
        equals(r[i] * Sum(s[n, j] * v[n, j], j), by=definition(P)),
        equals(
            r[i] * Sum(on(j) * (rate(n) * m * r[j]), j),
            by=(given(slope_there), given(every(i, equation(v[n, i], rate(n) * m * r[i])))),
        ),
        equals(r[i] * rate(n) * m * positive_part, by=(definition(on), cases)),
        equals(r[i] * rate(n) * m * kappa, by=definition(kappa)),
        equals(rate(n + 1) * m * r[i], by=definition(rate)),
    ),
)
lengths_grow = chain(
    norm_squared(v[n]),
    equals(rate(n) ** 2 * m**2 * norm_squared(r), by=given(grown)),
)

nilpotent_explosion = Claim(
    id="recurrent.nilpotent_explosion",
    title="W² = 0, and yet with ReLU a gradient grows by the factor κ in every step",
    source="004 Q5.3",
    states=all_of(path, every([t, i], equation(f[t + 2, i], 0)), explodes(rate)),
    given=[centred, no_kink, forwards, starts, recurrence, slopes, gradient, linear],
    proof=Obtain(
        growth,
        positive_rate,
        Obtain(
            every(t, greater(power(t), 0)),
            positive_power,
            Parts(
                (
                    states_grow,
                    linear_forgets,
                    Obtain(slope_there, slopes_stay, Obtain(grown, gradients_grow, lengths_grow)),
                )
            ),
        ),
    ),
    worlds=evidence.networks,
    model=models.Comparison(evidence.relu_network),
    points=[{"d": 2, "n": 5}, {"d": 6, "n": 3}],
    variants=[
        Variant("one power more", explodes(lambda time: kappa**time)),
        Variant("no growth", explodes(lambda time: 1)),
        Variant("the rate of ‖r‖₁", explodes(lambda time: (2 * kappa) ** (time - 1))),
        Variant("the linear network as well", every([t, i], equation(f[t + 2, i], v[t + 2, i]))),
    ],
    without=[
        Without(centred, evidence.not_centred),
        Without(no_kink, evidence.at_a_kink),
        Without(forwards, evidence.backwards, weakened=unequal(a, 0)),
        Without(forwards, evidence.at_zero, weakened=at_least(a, 0)),
        Without(starts, evidence.broken(h, [2, -2])),
        Without(recurrence, evidence.broken(h, [1, -1], [5, -5])),
        Without(slopes, evidence.another_slope),
        Without(gradient, evidence.broken(v, [1, 0], [0, 0])),
        Without(linear, evidence.broken(f, [1, 0])),
    ],
    notes="For r = (2, −2), a = ½: h₀ = (1, −1), and ‖∂h_n/∂h₀‖ = √2·2^n.",
)
