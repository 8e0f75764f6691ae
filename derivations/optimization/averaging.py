"""The exponential running average of gradients: unrolled, its bias and its variance.

    v_t = β·v_{t−1} + (1 − β)·g_t,  v_0 = 0     gives   v_t = (1 − β) Σ_{i=1..t} β^{t−i} g_i

Adam divides its averages by 1 − β^t because their weights sum to that and not to 1; the variance
says how much noise is left when the averaging has settled.
"""

from collections.abc import Callable
from typing import Any

from derivations.optimization import averaging_evidence as evidence
from verify import (
    Both,
    Claim,
    E,
    Induction,
    Obtain,
    Sum,
    V,
    Variant,
    Without,
    World,
    algebra,
    chain,
    definition,
    equals,
    equation,
    every,
    finite_moment,
    given,
    iff,
    index,
    lemma,
    let,
    linearity,
    models,
    moments,
    peel,
    random_array,
    real,
    uncorrelated,
    unequal,
)

t, s, r = index("t", 1, None), index("s", 1, None), index("r", 1, None)
i, h = index("i"), index("h")
g, v = random_array("g", (1, None)), random_array("v", (0, None))
beta, mu, sigma = real("beta"), real("mu"), real("sigma")
c, e = real("c"), real("e")

at_rest = equation(v[0], 0)


def recursion(decay: Any, rate: Any) -> Any:
    """v_s = decay · v_{s−1} + rate · g_s."""
    return every(s, equation(v[s], decay * v[s - 1] + rate * g[s]))


def unrolled(decay: Any, rate: Any, time: Any) -> Any:
    """rate · Σ_{i=1..time} decay^{time − i} · g_i."""
    return rate * Sum(decay ** (time - i) * g[i], (i, 1, time))


def world(drawn: evidence.Average) -> World:
    """The world of a running average."""
    return World(
        {
            beta: drawn.beta,
            c: drawn.beta,
            e: 1 - drawn.beta,
            mu: drawn.mean,
            sigma: drawn.deviation,
            t: drawn.t,
        },
        [(weight, {g: gradients, v: average}) for weight, gradients, average in drawn.outcomes],
        horizon=evidence.STEPS,
    )


def worlds(draw: Any) -> Any:
    """Worlds from the averages that `draw` returns."""
    return lambda random: world(draw(random))


# -- unrolling ---------------------------------------------------------------------------------

u = let("u", (r,), unrolled(c, e, r))
is_unrolled = every(r, equation(v[r], u(r)))

velocity_unrolled = Claim(
    id="optimization.velocity_unrolled",
    title="A velocity with any decay and any rate is a weighted sum of all gradients",
    source="004 Q3.2",
    states=every(t, equation(v[t], unrolled(c, e, t))),
    given=[recursion(c, e), at_rest],
    proof=Obtain(
        is_unrolled,
        Induction(
            on=r,
            base=chain(
                v[1],
                equals(c * 0 + e * g[1], by=(given(recursion(c, e)), given(at_rest))),
                equals(e * Sum(c ** (1 - i) * g[i], (i, 1, 1)), by=peel),
                equals(u(1), by=definition(u)),
            ),
            step=chain(
                v[r + 1],
                equals(
                    c * u(r) + e * g[r + 1],
                    by=(given(recursion(c, e)), given(equation(v[r], u(r)))),
                ),
                equals(
                    e * Sum(c * c ** (r - i) * g[i], (i, 1, r)) + e * g[r + 1],
                    by=definition(u),
                ),
                equals(e * Sum(c ** (r + 1 - i) * g[i], (i, 1, r + 1)), by=peel),
                equals(u(r + 1), by=definition(u)),
            ),
        ),
        chain(
            v[t],
            equals(u(t), by=given(is_unrolled)),
            equals(unrolled(c, e, t), by=definition(u)),
        ),
    ),
    worlds=worlds(evidence.constant_mean),
    model=models.Comparison(evidence.last_velocity),
    points=[{"t": 4, "c": 0.7, "e": 0.2}, {"t": 9, "c": -0.4, "e": 3.0}],
    variants=[
        Variant(
            "the oldest gradient weighs most",
            every(t, equation(v[t], e * Sum(c ** (i - 1) * g[i], (i, 1, t)))),
        ),
        Variant(
            "one power too many",
            every(t, equation(v[t], e * Sum(c ** (t - i + 1) * g[i], (i, 1, t)))),
        ),
        Variant(
            "the rate forgotten",
            every(t, equation(v[t], Sum(c ** (t - i) * g[i], (i, 1, t)))),
        ),
        Variant("the last gradient only", every(t, equation(v[t], e * g[t]))),
    ],
    without=[
        Without(recursion(c, e), worlds(evidence.another_recursion)),
        Without(at_rest, worlds(evidence.another_start)),
    ],
)

averages = recursion(beta, 1 - beta)


def average(time: Any) -> Any:
    """(1 − β) Σ_{i=1..time} β^{time − i} g_i."""
    return unrolled(beta, 1 - beta, time)


ema_unrolled = Claim(
    id="optimization.ema_unrolled",
    title="A running average weighs the gradient of i steps ago by (1 − β)·β^i",
    source="004 Q3.2",
    states=every(t, equation(v[t], average(t))),
    given=[averages, at_rest],
    proof=chain(v[t], equals(average(t), by=lemma(velocity_unrolled, {c: beta, e: 1 - beta}))),
    worlds=worlds(evidence.constant_mean),
    model=models.Comparison(evidence.last_average),
    points=[{"t": 4, "beta": 0.7}, {"t": 12, "beta": 0.9}],
    variants=[
        Variant(
            "the oldest gradient weighs most",
            every(t, equation(v[t], (1 - beta) * Sum(beta ** (i - 1) * g[i], (i, 1, t)))),
        ),
        Variant("without 1 − β", every(t, equation(v[t], Sum(beta ** (t - i) * g[i], (i, 1, t))))),
        Variant("equal weights", every(t, equation(v[t], Sum(g[i], (i, 1, t)) / t))),
        Variant(
            "β for 1 − β",
            every(t, equation(v[t], beta * Sum(beta ** (t - i) * g[i], (i, 1, t)))),
        ),
    ],
    without=[
        Without(averages, worlds(evidence.another_recursion)),
        Without(at_rest, worlds(evidence.another_start)),
    ],
)

# -- the sum of the weights --------------------------------------------------------------------


def weights_sum(power: Callable[[Any], Any]) -> tuple[Any, Obtain]:
    """(1 − q) Σ_{i=1..t} q^{t−i} = 1 − q^t for q = power(β), and its proof by induction."""

    def total(time: Any) -> Any:
        return (1 - power(beta)) * Sum(power(beta ** (time - i)), (i, 1, time))

    def end(time: Any) -> Any:
        return 1 - power(beta**time)

    q, w = power(beta), let("w", (r,), total(r))
    older = Sum(q * power(beta ** (r - i)), (i, 1, r))
    for_all = every(r, equation(w(r), end(r)))
    induction = Induction(
        on=r,
        base=chain(
            w(1),
            equals((1 - q) * Sum(power(beta ** (1 - i)), (i, 1, 1)), by=definition(w)),
            equals(end(1), by=peel),
        ),
        step=chain(
            w(r + 1),
            equals((1 - q) * Sum(power(beta ** (r + 1 - i)), (i, 1, r + 1)), by=definition(w)),
            equals((1 - q) * older + (1 - q), by=peel),
            equals(q * w(r) + (1 - q), by=definition(w)),
            equals(q * end(r) + (1 - q), by=given(equation(w(r), end(r)))),
            equals(end(r + 1), by=algebra),
        ),
    )
    here = chain(total(t), equals(w(t), by=definition(w)), equals(end(t), by=given(for_all)))
    return equation(total(t), end(t)), Obtain(for_all, induction, here)


sum_of_weights, proof_of_sum = weights_sum(lambda x: x)
sum_of_squares, proof_of_squares = weights_sum(lambda x: x**2)

# -- bias --------------------------------------------------------------------------------------

constant_mean = every(s, equation(E(g[s]), mu))
biased_mean = (1 - beta**t) * mu
integrable = finite_moment(v, 1)

without_average = [
    Without(averages, worlds(evidence.another_recursion)),
    Without(at_rest, worlds(evidence.another_start)),
]

ema_bias = Claim(
    id="optimization.ema_bias",
    title="The running average of gradients with mean μ has mean (1 − β^t)·μ",
    source="004 Q3.3",
    states=equation(E(v[t]), biased_mean),
    given=[averages, at_rest, constant_mean],
    well_formed=[integrable],
    proof=Obtain(
        sum_of_weights,
        proof_of_sum,
        chain(
            E(v[t]),
            equals(E(average(t)), by=lemma(ema_unrolled, {})),
            equals((1 - beta) * Sum(beta ** (t - i) * E(g[i]), (i, 1, t)), by=linearity),
            equals((1 - beta) * Sum(beta ** (t - i), (i, 1, t)) * mu, by=given(constant_mean)),
            equals(biased_mean, by=given(sum_of_weights, times=mu)),
        ),
    ),
    worlds=worlds(evidence.constant_mean),
    model=models.Mean(evidence.correlated_averages, evidence.variance_of_an_average),
    points=[{"t": 3, "beta": 0.8, "mu": 1.5}, {"t": 10, "beta": 0.9, "mu": -2.0}],
    variants=[
        Variant("no bias", equation(E(v[t]), mu)),
        Variant("1 − β for 1 − β^t", equation(E(v[t]), (1 - beta) * mu)),
        Variant("β^{t−1} for β^t", equation(E(v[t]), (1 - beta ** (t - 1)) * mu)),
        Variant("β^t for 1 − β^t", equation(E(v[t]), beta**t * mu)),
    ],
    without=[
        *without_average,
        Without(constant_mean, worlds(evidence.changing_mean)),
    ],
)

ema_is_biased = Claim(
    id="optimization.ema_is_biased",
    title="For β ≠ 0 the running average is biased at every time, unless the mean gradient is 0",
    source="004 Q3.3",
    states=iff(equation(E(v[t]), mu), equation(mu, 0)),
    given=[averages, at_rest, constant_mean, unequal(beta, 0)],
    well_formed=[integrable],
    proof=Both(
        chain(
            mu,
            equals((mu - biased_mean) / beta**t, by=algebra),
            equals((mu - E(v[t])) / beta**t, by=lemma(ema_bias, {})),
            equals(0, by=given(equation(E(v[t]), mu))),
        ),
        chain(
            E(v[t]),
            equals(biased_mean, by=lemma(ema_bias, {})),
            equals(mu, by=given(equation(mu, 0))),
        ),
    ),
    worlds=worlds(evidence.constant_mean),
    variants=[
        Variant("biased for every mean", unequal(E(v[t]), mu)),
        Variant("unbiased for every mean", equation(E(v[t]), mu)),
        Variant(
            "any β, 0 as well",
            given=[averages, at_rest, constant_mean],
            worlds=worlds(evidence.forgetful),
        ),
        Variant(
            "any mean at each time",
            given=[averages, at_rest, unequal(beta, 0)],
            worlds=worlds(evidence.unbiased_by_chance),
        ),
    ],
    without=[
        Without(averages, worlds(evidence.gradients_themselves)),
        Without(at_rest, worlds(evidence.right_start)),
        Without(constant_mean, worlds(evidence.unbiased_by_chance)),
        Without(unequal(beta, 0), worlds(evidence.forgetful)),
    ],
)

ema_bias_correction = Claim(
    id="optimization.ema_bias_correction",
    title="Divided by 1 − β^t, the running average is unbiased",
    source="004 Q3.3",
    states=equation(E(v[t] / (1 - beta**t)), mu),
    given=[averages, at_rest, constant_mean],
    well_formed=[integrable, unequal(beta**t, 1)],
    proof=chain(
        E(v[t] / (1 - beta**t)),
        equals(E(v[t]) / (1 - beta**t), by=linearity),
        equals(biased_mean / (1 - beta**t), by=lemma(ema_bias, {})),
        equals(mu, by=algebra),
    ),
    worlds=worlds(evidence.constant_mean),
    model=models.Mean(evidence.corrected_averages, evidence.variance_of_a_corrected_average),
    points=[{"t": 3, "beta": 0.8, "mu": 1.5}, {"t": 10, "beta": 0.9, "mu": -2.0}],
    variants=[
        Variant("divided by 1 − β", equation(E(v[t] / (1 - beta)), mu)),
        Variant("multiplied by 1 − β^t", equation(E(v[t] * (1 - beta**t)), mu)),
        Variant("divided by β^t", equation(E(v[t] / beta**t), mu)),
        Variant("not divided", equation(E(v[t]), mu)),
    ],
    without=[
        *without_average,
        Without(constant_mean, worlds(evidence.changing_mean)),
    ],
)

# -- variance ----------------------------------------------------------------------------------

noise = uncorrelated(g, variance=sigma**2)
settled = sigma**2 * (1 - beta) / (1 + beta)
square_of_average = average(t) ** 2

ema_variance = Claim(
    id="optimization.ema_variance",
    title="Averaging uncorrelated gradients leaves (1 − β)(1 − β^{2t})/(1 + β) of their variance",
    source="004 Q3.3",
    states=equation(V(v[t]), sigma**2 * (1 - beta) * (1 - beta ** (2 * t)) / (1 + beta)),
    given=[averages, at_rest, noise],
    well_formed=[finite_moment(v, 2), unequal(beta, -1)],
    proof=Obtain(
        sum_of_squares,
        proof_of_squares,
        chain(
            V(v[t]),
            equals(V(average(t)), by=lemma(ema_unrolled, {})),
            equals(E(square_of_average) - E(average(t)) ** 2, by=definition(V(average(t)))),
            equals(
                (1 - beta) ** 2
                * Sum(
                    Sum(
                        beta ** (t - i) * beta ** (t - h) * (E(g[i] * g[h]) - E(g[i]) * E(g[h])),
                        (h, 1, t),
                    ),
                    (i, 1, t),
                ),
                by=linearity,
            ),
            equals((1 - beta) ** 2 * Sum((beta ** (t - i)) ** 2, (i, 1, t)) * sigma**2, by=moments),
            equals(
                sigma**2 * (1 - beta) * (1 - beta ** (2 * t)) / (1 + beta),
                by=given(sum_of_squares, times=settled),
            ),
        ),
    ),
    worlds=worlds(evidence.uncorrelated),
    model=models.Mean(evidence.variances, evidence.variance_of_a_variance),
    points=[{"t": 3, "beta": 0.6, "sigma": 1.5}, {"t": 8, "beta": 0.9, "sigma": 0.7}],
    variants=[
        Variant("the limit at every time", equation(V(v[t]), settled)),
        Variant(
            "β^t for β^{2t}",
            equation(V(v[t]), sigma**2 * (1 - beta) * (1 - beta**t) / (1 + beta)),
        ),
        Variant("that of the weights' sum", equation(V(v[t]), sigma**2 * (1 - beta**t) ** 2)),
        Variant("nothing averaged away", equation(V(v[t]), sigma**2)),
    ],
    without=[
        Without(averages, worlds(evidence.another_recursion)),
        Without(at_rest, worlds(evidence.noisy_start)),
        Without(noise, worlds(evidence.equal_gradients)),
        Without(noise, worlds(evidence.without_noise), weakened=uncorrelated(g)),
    ],
)
