"""Large weights are necessary for exploding gradients through time, and not sufficient.

    ‖W·D·v‖ > ‖v‖  ⇒  λ₁(WᵀW) > 1/γ²,   but a delay line of any weights forgets all of v₀

where v_t is the Jacobian ∂h_t/∂h₀ applied to v₀, and v_{t+1} = W·D_t·v_t. The size of the weights
bounds what one step can do; whether many steps add up depends on directions, so that remedies look
at products and not at one matrix.
"""

from typing import Any

from derivations.recurrent import exploding_gradient_evidence as evidence
from verify import (
    Apply,
    Array,
    Claim,
    Induction,
    Parts,
    Rational,
    Sum,
    Variant,
    Without,
    all_of,
    at_least,
    at_most,
    cases,
    chain,
    dimension,
    equals,
    equation,
    every,
    given,
    greater,
    index,
    matrix,
    models,
    norm_squared,
    order,
    real,
    unequal,
    vector,
)

t, u = index("t", 0, None), index("u", 0, None)
m, n = index("m", 0, None), index("n", 1, None)
weights, slopes, p = (
    real("w", (1, None)),
    real("r", (0, None), (0, None)),
    real("p", (0, None), (0, None)),
)

#: A delay line: entry n hears entry n − 1 only, and entry 0 is silent.
delay = every([t, n], equation(p[t + 1, n], weights[n] * slopes[t, n - 1] * p[t, n - 1]))
silent = every(t, equation(p[t, 0], 0))
forgotten = every(m, every(u, equation(p[u + m, m], 0)))

delay_line_forgets = Claim(
    id="recurrent.delay_line_forgets",
    title="In a delay line, whatever its weights, entry m forgets the start in m steps",
    source="004 Q5.3",
    states=forgotten,
    given=[delay, silent],
    proof=Induction(
        on=m,
        base=chain(p[u + 0, 0], equals(0, by=given(silent))),
        step=chain(
            p[u + (m + 1), m + 1],
            equals(weights[m + 1] * slopes[u + m, m] * p[u + m, m], by=given(delay)),
            equals(0, by=given),
        ),
    ),
    worlds=evidence.delay_lines,
    model=models.Comparison(evidence.delayed),
    points=[{"m": 3, "u": 0}, {"m": 5, "u": 2}],
    variants=[
        Variant("one step earlier", every(m, every(u, equation(p[u + m, m + 1], 0)))),
        Variant("for any other network", given=[silent], worlds=evidence.delay_broken),
        Variant("nothing is ever heard", every(m, every(u, equation(p[u, m], 0)))),
    ],
    without=[
        Without(delay, evidence.delay_broken),
        Without(silent, evidence.not_silent),
    ],
)

half = Rational(1, 2)
d = dimension("d")
j = index("j", d)
W, v, D, gamma = matrix("W", d, d), vector("v", d), vector("D", d), real("gamma")

#: D·v, what the weights are applied to, and what slopes below γ take away.
scaled = Array(D[j] * v[j], j)
lost = Sum((gamma - abs(D[j])) * (gamma + abs(D[j])) * v[j] ** 2, j)
grows = greater(norm_squared(W @ scaled), norm_squared(v))
bounded_slopes = every(j, at_most(abs(D[j]), gamma))


def lengthens(bound: Any) -> Any:
    """‖W·y‖² > bound·‖y‖² at y = D·v, so that λ₁(WᵀW) > bound."""
    return greater(norm_squared(W @ scaled), bound * norm_squared(scaled))


explosion_is_necessary_not_sufficient = Claim(
    id="recurrent.explosion_is_necessary_not_sufficient",
    title="A gradient grows only if λ₁(WᵀW) > 1/γ²; a delay line has it, and forgets",
    source="004 Q5.3",
    states=all_of(forgotten, lengthens(1 / gamma**2)),
    given=[delay, silent, grows, bounded_slopes],
    well_formed=[unequal(gamma, 0)],
    proof=Parts(
        (
            Apply(delay_line_forgets),
            chain(
                norm_squared(W @ scaled),
                greater(norm_squared(v), by=order),
                equals(1 / gamma**2 * norm_squared(scaled) + lost / gamma**2, by=cases),
                at_least(1 / gamma**2 * norm_squared(scaled), by=order),
            ),
        )
    ),
    worlds=evidence.both,
    model=models.Comparison(evidence.growing_steps),
    points=[{"d": 3}, {"d": 8}],
    variants=[
        Variant("λ₁ > 2/γ²", lengthens(2 / gamma**2), worlds=evidence.step(Rational(6, 5), 1, 1)),
        Variant("1/γ for 1/γ²", lengthens(1 / gamma), worlds=evidence.step(Rational(2, 5), 4, 4)),
        Variant(
            "whatever the slopes", given=[delay, silent, grows], worlds=evidence.step(half, 3, 1)
        ),
        Variant(
            "not a delay line", given=[silent, grows, bounded_slopes], worlds=evidence.both_broken
        ),
    ],
    without=[
        Without(delay, evidence.both_broken),
        Without(silent, evidence.both_not_silent),
        Without(grows, evidence.step(1, 1, 1)),
        Without(bounded_slopes, evidence.step(half, 3, 1)),
    ],
    notes=(
        "A gradient that is not bounded grows in some step, so that λ₁ > 1/γ², and more than δ²/γ² "
        "with δ < 1. In a delay line λ₁(WᵀW) is the largest w_n², here any number; saturated units "
        "are another reason why large weights need not explode: γ is a bound and no more."
    ),
)
