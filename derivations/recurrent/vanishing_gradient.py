"""Gradients through time: when they vanish, and how fast.

    v_{t+1} = W·D_t·v_t,  D_t = diag(σ'(h_t)),  |σ'| ≤ γ,  λ₁(WᵀW) < δ²/γ²
    give  ‖v_t‖ ≤ δ^t · ‖v₀‖

where v_t is the Jacobian ∂h_t/∂h₀ applied to any v₀. With δ < 1 nothing of the start is left after
a while, which is why plain recurrent networks forget, and why gates, skip connections and
orthogonal weights were invented.
"""

from typing import Any

from derivations.recurrent import vanishing_gradient_evidence as evidence
from verify import (
    Apply,
    Array,
    Claim,
    Delta,
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
    at_most,
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
    less,
    let,
    matrix,
    models,
    norm_squared,
    order,
    positive_definite,
    real,
    unequal,
    vector,
)

d = dimension("d")
i, j, k = index("i", d), index("j", d), index("k", d)
t, u = index("t", 0, None), index("u", 0, None)
W, v, s = matrix("W", d, d), real("v", (0, None), d), real("s", (0, None), d)
gamma, delta = real("gamma"), real("delta")
half = Rational(1, 2)

#: The recursion of the chain rule.
chain_rule = every([t, i], equation(v[t + 1, i], Sum(W[i, k] * (s[t, k] * v[t, k]), k)))
bounded_slopes = every([t, k], at_most(abs(s[t, k]), gamma))


def length(time: Any) -> Any:
    """‖v_time‖²."""
    return norm_squared(v[time])


# -- geometric decay ---------------------------------------------------------------------------

kappa = (1 - delta**2) / delta**2
powers = let("p", (t,), delta ** (2 * t))
above_zero, below_one = greater(delta, 0), less(delta, 1)


T, x, y = index("T", 0, None), real("x"), real("y")
some_start, shrunk = at_least(x, 0), at_most(y, powers(T) * x)


def at_most_a_share(first: Any, now: Any, time: Any, rate: Any = kappa) -> Any:
    """now ≤ first/(1 + time·rate)."""
    return at_most(now * (1 + time * rate), first)


kappa_above_zero = chain(
    kappa, equals((1 - delta) * (1 + delta) / delta**2, by=algebra), greater(0, by=order)
)


def bernoulli(time: Any) -> Any:
    """δ^{2·time}·(1 + time·κ)."""
    return powers(time) * (1 + time * kappa)


geometric_decay = Claim(
    id="recurrent.geometric_decay",
    title="δ^{2T} ≤ 1/(1 + T·κ) with κ = (1 − δ²)/δ² > 0: powers of δ < 1 tend to 0",
    source="004 Q5.2",
    states=all_of(greater(kappa, 0), at_most_a_share(x, y, T)),
    given=[above_zero, below_one, some_start, shrunk],
    proof=Parts(
        (
            kappa_above_zero,
            Obtain(
                every(u, at_most(bernoulli(u), 1)),
                Induction(
                    on=u,
                    base=chain(bernoulli(0), equals(1, by=definition(powers))),
                    step=chain(
                        bernoulli(u + 1),
                        equals(
                            bernoulli(u) - delta ** (2 * u) * u * (1 - delta**2) ** 2 / delta**2,
                            by=definition(powers),
                        ),
                        at_most(bernoulli(u), by=order),
                        at_most(1, by=order),
                    ),
                ),
                chain(
                    y * (1 + T * kappa),
                    equals(
                        x - (1 - bernoulli(T)) * x - (powers(T) * x - y) * (1 + T * kappa),
                        by=algebra,
                    ),
                    at_most(x, by=order),
                ),
            ),
        )
    ),
    worlds=evidence.decaying,
    model=models.Comparison(evidence.powers),
    points=[{"T": 7}],
    variants=[
        Variant("twice as fast", at_most_a_share(x, y, T, 2 * kappa)),
        Variant("κ = 1/δ²", at_most_a_share(x, y, T, 1 / delta**2)),
        Variant(
            "δ^T for δ^{2T}",
            given=[above_zero, below_one, some_start, at_most(y, delta**T * x)],
            worlds=evidence.decaying_slowly,
        ),
    ],
    without=[
        Without(above_zero, evidence.powers_of(-2), weakened=unequal(delta, 0)),
        Without(below_one, evidence.powers_of(2), weakened=unequal(delta, 1)),
        Without(below_one, evidence.powers_of(1), weakened=at_most(delta, 1)),
        Without(some_start, evidence.negative_start),
        Without(shrunk, evidence.staying),
    ],
    notes="By Bernoulli's inequality. For ε > 0, y < ε·x as soon as T > 1/(ε·κ), x > 0.",
)

# -- vanishing ---------------------------------------------------------------------------------

identity = Array(Delta(i, j), i, j)
#: λ₁(WᵀW) < δ²/γ².
room = delta**2 / gamma**2 * identity - W.T @ W
small_weights = positive_definite(room)
ratio = delta / gamma
#: One step: D·b, what comes out, and by how much a bound of the length shrinks.
before, after, D = vector("b", d), vector("a", d), vector("D", d)
rate, next_rate, first = real("R"), real("R_next"), real("Z")
gained = Array(D[k] * before[k], k)
not_gained = Sum((gamma - abs(D[k])) * (gamma + abs(D[k])) * before[k] ** 2, k)
passed = every(i, equation(after[i], Sum(W[i, k] * (D[k] * before[k]), k)))
bounded_gains = every(k, at_most(abs(D[k]), gamma))
so_far = at_most(norm_squared(before), rate * first)
next_step = equation(next_rate, delta**2 * rate)

vanishing_step = Claim(
    id="recurrent.vanishing_step",
    title="If λ₁(WᵀW) < δ²/γ², a step shortens a gradient to at most δ of its length",
    source="004 Q5.2",
    states=at_most(norm_squared(after), next_rate * first),
    given=[passed, bounded_gains, small_weights, so_far, next_step],
    well_formed=[unequal(gamma, 0)],
    proof=chain(
        norm_squared(after),
        equals(norm_squared(W @ gained), by=given(passed)),
        equals(ratio**2 * norm_squared(gained) - gained.T @ room @ gained, by=algebra),
        at_most(ratio**2 * norm_squared(gained), by=order),
        equals(delta**2 * norm_squared(before) - ratio**2 * not_gained, by=cases),
        at_most(delta**2 * norm_squared(before), by=order),
        at_most(delta**2 * (rate * first), by=order),
        equals(next_rate * first, by=given(next_step)),
    ),
    worlds=evidence.small_step,
    variants=[
        Variant("δ² of it", at_most(norm_squared(after), delta**2 * next_rate * first)),
        Variant("not above 0", at_most(norm_squared(after), 0)),
        Variant(
            "the weights' own eigenvalues",
            given=[
                passed,
                bounded_gains,
                positive_definite(ratio**2 * identity - W),
                so_far,
                next_step,
            ],
            worlds=evidence.one_step(-2, 1, -2),
        ),
    ],
    without=[
        Without(passed, evidence.one_step(0, 1, 1)),
        Without(bounded_gains, evidence.one_step(Rational(1, 3), 3, 1)),
        Without(small_weights, evidence.one_step(2, 1, 2)),
        Without(so_far, evidence.one_step(Rational(1, 3), 1, Rational(1, 3), bound=0)),
        Without(next_step, evidence.one_step(Rational(1, 3), 1, Rational(1, 3), following=0)),
    ],
)

shares = at_most_a_share(length(0), length(t), t)
shorter = at_most(length(t), powers(t) * length(0))

vanishing_gradient = Claim(
    id="recurrent.vanishing_gradient",
    title="If λ₁(WᵀW) < δ²/γ² with δ < 1, gradients shrink like δ^t and tend to 0",
    source="004 Q5.2",
    states=all_of(greater(kappa, 0), every(t, all_of(shorter, shares))),
    given=[chain_rule, bounded_slopes, small_weights, above_zero, below_one],
    well_formed=[unequal(gamma, 0)],
    proof=Parts(
        (
            kappa_above_zero,
            Induction(
                on=t,
                base=Parts(
                    (
                        chain(length(0), equals(powers(0) * length(0), by=definition(powers))),
                        Apply(geometric_decay, {x: length(0), y: length(0), T: 0}),
                    )
                ),
                step=Parts(
                    (
                        Apply(
                            vanishing_step,
                            {
                                before: v[t],
                                after: v[t + 1],
                                D: s[t],
                                rate: powers(t),
                                next_rate: powers(t + 1),
                                first: length(0),
                            },
                        ),
                        Apply(geometric_decay, {x: length(0), y: length(t + 1), T: t + 1}),
                    )
                ),
            ),
        )
    ),
    worlds=evidence.small_network,
    model=models.Comparison(evidence.small_tanh_network),
    points=[{"d": 3, "t": 4, "delta": 0.9}, {"d": 8, "t": 9, "delta": 0.6}],
    variants=[
        Variant(
            "δ^{2t} for the length itself",
            every(t, at_most(length(t), delta ** (4 * t) * length(0))),
        ),
        Variant("twice as fast", every(u, at_most_a_share(length(0), length(u), u, 2 * kappa))),
        Variant(
            "the weights' own eigenvalues",
            given=[
                chain_rule,
                bounded_slopes,
                positive_definite(ratio**2 * identity - W),
                above_zero,
                below_one,
            ],
            worlds=evidence.one_unit(-2, 1, half, -2),
        ),
        Variant(
            "δ = 1 allowed",
            given=[chain_rule, bounded_slopes, small_weights, above_zero, at_most(delta, 1)],
            worlds=evidence.one_unit(0, 1, 1, 0),
        ),
    ],
    without=[
        Without(chain_rule, evidence.one_unit(0, 1, half, 1)),
        Without(bounded_slopes, evidence.one_unit(Rational(1, 3), 3, half, 1)),
        Without(small_weights, evidence.one_unit(2, 1, half, 2)),
        Without(above_zero, evidence.one_unit(1, 1, -2, 1), weakened=unequal(delta, 0)),
        Without(below_one, evidence.one_unit(1, 1, 2, 1), weakened=unequal(delta, 1)),
        Without(below_one, evidence.one_unit(0, 1, 1, 0), weakened=at_most(delta, 1)),
    ],
    notes=(
        "The sheet's λ₁(WᵀW) ≤ δ²/γ² with δ < 1 is the same condition: take any δ' between δ and "
        "1. No gradient of a recurrent network is proved here to be v_t: that v_{t+1} = W·D_t·v_t "
        "is the chain rule."
    ),
)
