"""One step of mirror descent on (0, 1) with the entropy as mirror map.

    min_x g·(x − x₀) + λ·D(x, x₀)   gives   x* = x₀e^{−g/λ} / (1 − x₀ + x₀e^{−g/λ})

It is a gradient step on the logit: multiplicative updates never leave (0, 1), which is why
probabilities and attention weights are updated this way and not clipped.
"""

from verify import (
    Claim,
    Minimum,
    algebra,
    chain,
    cases,
    definition,
    equals,
    equation,
    exp,
    exponential,
    given,
    greater,
    less,
    log,
    logarithm,
    minimum,
    order,
    real,
    sigmoid,
)

g, lam, x, x0 = real("g"), real("lambda"), real("x"), real("x_0")
e = exp(-g / lam)
Z = 1 - x0 + x0 * e
best = x0 * e / Z


def divergence(p, q):  # type: ignore[no-untyped-def]
    """D(p, q) = p·log(p/q) + (1 − p)·log((1 − p)/(1 − q))."""
    return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))


def objective(p):  # type: ignore[no-untyped-def]
    """g·(p − x₀) + λ·D(p, x₀)."""
    return g * (p - x0) + lam * divergence(p, x0)


value = -g * x0 - lam * log(Z)
inside = [greater(x0, 0), less(x0, 1)]


def above_tangent(t):  # type: ignore[no-untyped-def]
    """t − 1 − log t, which is ≥ 0 and vanishes at t = 1 only."""
    return t - 1 - log(t)


mirror_descent_step = Claim(
    id="optimization.mirror_descent_step",
    title="The mirror step on (0, 1) is the unique global minimiser",
    source="000 A4",
    states=minimum(
        objective(x),
        over=x,
        subject_to=[greater(x, 0), less(x, 1)],
        at=best,
        value=value,
        unique=True,
    ),
    given=[greater(lam, 0), *inside],
    proof=Minimum(
        feasible=(
            chain(best, greater(0, by=order)),
            chain(best, equals(1 - (1 - x0) / Z, by=algebra), less(1, by=order)),
        ),
        attains=chain(objective(best), equals(value, by=logarithm)),
        gap=chain(
            objective(x) - value,
            equals(
                lam * (x * above_tangent(best / x) + (1 - x) * above_tangent((1 - best) / (1 - x))),
                by=logarithm,
            ),
        ),
        unique=chain(x, equals(best, by=given(equation(best / x - 1, 0), times=x))),
    ),
)

mirror_step_is_logit_step = Claim(
    id="optimization.mirror_step_is_logit_step",
    title="The mirror step moves the logit by −g/λ: x* = sigmoid(logit(x₀) − g/λ)",
    source="000 A4",
    states=equation(best, sigmoid(log(x0 / (1 - x0)) - g / lam)),
    given=[*inside],
    well_formed=[greater(lam, 0)],
    proof=chain(
        best,
        equals(1 / (1 + (1 - x0) / (x0 * e)), by=algebra),
        equals(1 / (1 + exp(-(log(x0 / (1 - x0)) - g / lam))), by=exponential),
        equals(sigmoid(log(x0 / (1 - x0)) - g / lam), by=definition),
    ),
)
