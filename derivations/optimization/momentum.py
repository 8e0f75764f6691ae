"""Momentum and the running average of gradients are one rule in two parametrisations.

    a_t = α·a_{t−1} + ε·g_t,  Δ_t = −a_t
    b_t = β·b_{t−1} + (1 − β)·g_t,  Δ'_t = −δ·b_t

make the same steps exactly when α = β and ε = δ(1 − β). A learning rate that was tuned for one of
the two is therefore wrong by the factor 1 − β for the other.
"""

from fractions import Fraction
from typing import Any

from derivations.optimization import averaging
from derivations.optimization import momentum_evidence as evidence
from derivations.optimization.averaging import velocity_unrolled
from verify import (
    Both,
    Claim,
    Obtain,
    Parts,
    Sum,
    Variant,
    Without,
    World,
    algebra,
    all_of,
    chain,
    equals,
    equation,
    every,
    given,
    iff,
    index,
    lemma,
    real,
    unequal,
)

t, s, r, i = index("t", 1, None), index("s", 1, None), index("r", 0, None), index("i")
g = real("g", (1, None))
a, b = real("a", (0, None)), real("b", (0, None))
D, F = real("Delta", (0, None)), real("Delta'", (0, None))
alpha, eps, beta, delta = map(real, ("alpha", "epsilon", "beta", "delta"))

velocity = every(s, equation(a[s], alpha * a[s - 1] + eps * g[s]))
average = every(s, equation(b[s], beta * b[s - 1] + (1 - beta) * g[s]))
step_of_velocity = every(r, equation(D[r], -a[r]))
step_of_average = every(r, equation(F[r], -delta * b[r]))
at_rest = [equation(a[0], 0), equation(b[0], 0)]
rules = [velocity, average, step_of_velocity, step_of_average]


def world(drawn: evidence.Rules) -> World:
    """The world of two rules on the same gradients."""
    names = (alpha, eps, beta, delta, t, g, a, b, D, F)
    return World(dict(zip(names, drawn, strict=True)), horizon=evidence.STEPS)


def worlds(draw: Any) -> Any:
    """Worlds from the rules that `draw` returns."""
    return lambda random: world(draw(random))


def run(parameters: Any, gradients: Any = (1, 1, 1), starts: tuple[int, int] = (0, 0)) -> Any:
    """The world of rules with these (α, ε, β, δ)."""
    alpha, eps, beta, delta = (Fraction(parameter) for parameter in parameters)
    row = [Fraction(gradient) for gradient in gradients]
    return lambda _: world(evidence.rules(alpha, eps, beta, delta, row, starts))


def recursions(momentum_rate: Any, average_rate: Any) -> Any:
    """Each step is the decayed one before less a multiple of the gradient."""
    return all_of(
        equation(D[t], alpha * D[t - 1] - momentum_rate * g[t]),
        equation(F[t], beta * F[t - 1] - average_rate * g[t]),
    )


half = Fraction(1, 2)
tilted = evidence.tilted

momentum_recursions = Claim(
    id="optimization.momentum_recursions",
    title="Δ_t = αΔ_{t−1} − εg_t for momentum, Δ'_t = βΔ'_{t−1} − δ(1 − β)g_t for the average",
    source="004 Q3.1",
    states=recursions(eps, delta * (1 - beta)),
    given=rules,
    proof=Parts(
        (
            chain(
                D[t],
                equals(-a[t], by=given(step_of_velocity)),
                equals(-(alpha * a[t - 1] + eps * g[t]), by=given(velocity)),
                equals(alpha * D[t - 1] - eps * g[t], by=given(step_of_velocity)),
            ),
            chain(
                F[t],
                equals(-delta * b[t], by=given(step_of_average)),
                equals(-delta * (beta * b[t - 1] + (1 - beta) * g[t]), by=given(average)),
                equals(beta * F[t - 1] - delta * (1 - beta) * g[t], by=given(step_of_average)),
            ),
        )
    ),
    worlds=worlds(evidence.any_rules),
    variants=[
        Variant("δ for δ(1 − β)", recursions(eps, delta)),
        Variant("1 − β for δ(1 − β)", recursions(eps, 1 - beta)),
        Variant("+ε for −ε", recursions(-eps, delta * (1 - beta))),
    ],
    without=[Without(rule, worlds(tilted(k))) for k, rule in enumerate(rules)],
)

agree = every(t, equation(D[t], F[t]))
same_rate, same_decay = equation(eps, delta * (1 - beta)), equation(alpha, beta)
first_velocity, first_average = equation(a[1], eps * g[1]), equation(b[1], (1 - beta) * g[1])
some_gradient, some_rate = unequal(g[1], 0), unequal(eps, 0)


def weighed(decay: Any) -> Any:
    """Σ_{i=1..t} decay^{t−i} g_i."""
    return Sum(decay ** (t - i) * g[i], (i, 1, t))


def as_lemma(sequence: Any, decay: Any, rate: Any) -> Any:
    """The unrolled form of one of the two velocities."""
    names = {averaging.v: sequence, averaging.g: g, averaging.c: decay, averaging.e: rate}
    return lemma(velocity_unrolled, names)


equal_rates = chain(
    eps,
    equals(eps * g[1] / g[1], by=algebra),
    equals(a[1] / g[1], by=given(first_velocity)),
    equals(-D[1] / g[1], by=given(step_of_velocity)),
    equals(-F[1] / g[1], by=given(agree)),
    equals(delta * b[1] / g[1], by=given(step_of_average)),
    equals(delta * (1 - beta), by=given(first_average)),
)
rest = eps * g[2]
equal_decays = chain(
    alpha,
    equals((alpha * (eps * g[1]) + eps * g[2] - rest) / (eps * g[1]), by=algebra),
    equals((a[2] - rest) / (eps * g[1]), by=(given(velocity), given(first_velocity))),
    equals((-D[2] - rest) / (eps * g[1]), by=given(step_of_velocity)),
    equals((-F[2] - rest) / (eps * g[1]), by=given(agree)),
    equals((delta * b[2] - rest) / (eps * g[1]), by=given(step_of_average)),
    equals(
        (delta * (beta * ((1 - beta) * g[1]) + (1 - beta) * g[2]) - rest) / (eps * g[1]),
        by=(given(average), given(first_average)),
    ),
    equals(
        (beta * eps * g[1] + eps * g[2] - rest) / (eps * g[1]),
        by=given(same_rate, times=(beta * g[1] + g[2]) / (eps * g[1])),
    ),
    equals(beta, by=algebra),
)
equal_steps = chain(
    D[t],
    equals(-a[t], by=given(step_of_velocity)),
    equals(-(eps * weighed(alpha)), by=as_lemma(a, alpha, eps)),
    equals(-(delta * (1 - beta) * weighed(beta)), by=(given(same_rate), given(same_decay))),
    equals(-delta * b[t], by=as_lemma(b, beta, 1 - beta)),
    equals(F[t], by=given(step_of_average)),
)

momentum_is_ema = Claim(
    id="optimization.momentum_is_ema",
    title="Momentum and running average make the same steps iff α = β and ε = δ(1 − β)",
    source="004 Q3.1",
    states=iff(agree, all_of(same_rate, same_decay)),
    given=[*rules, *at_rest, some_gradient, some_rate],
    proof=Obtain(
        first_velocity,
        chain(
            a[1],
            equals(alpha * 0 + eps * g[1], by=(given(velocity), given(at_rest[0]))),
            equals(eps * g[1], by=algebra),
        ),
        Obtain(
            first_average,
            chain(
                b[1],
                equals(beta * 0 + (1 - beta) * g[1], by=(given(average), given(at_rest[1]))),
                equals((1 - beta) * g[1], by=algebra),
            ),
            Both(Parts((equal_rates, equal_decays)), equal_steps),
        ),
    ),
    worlds=worlds(evidence.any_rules),
    variants=[
        Variant("ε = δ", iff(agree, all_of(equation(eps, delta), same_decay))),
        Variant("ε = δβ", iff(agree, all_of(equation(eps, delta * beta), same_decay))),
        Variant("any rates", iff(agree, same_decay)),
        Variant("any decays", iff(agree, same_rate)),
        Variant("never the same", unequal(D[t], F[t])),
    ],
    without=[
        *(Without(rule, worlds(tilted(k))) for k, rule in enumerate(rules)),
        Without(at_rest[0], run((half, half, half, 1), starts=(1, 0))),
        Without(at_rest[1], run((half, half, half, 1), starts=(0, 1))),
        Without(some_gradient, run((1, 1, 0, 1), gradients=(0, 0, 1))),
        Without(some_rate, run((half, 0, 1, 1))),
    ],
    notes=(
        "One sequence of gradients with g_1 ≠ 0 is enough to tell the rules apart; where the "
        "parameters agree, the steps do for every sequence."
    ),
)
