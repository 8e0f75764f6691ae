"""One step of mirror descent on (0, 1) with the entropy as mirror map.

    min_x g·(x − x₀) + λ·D(x, x₀)   gives   x* = x₀e^{−g/λ} / (1 − x₀ + x₀e^{−g/λ})

It is a gradient step on the logit: multiplicative updates never leave (0, 1), which is why
probabilities and attention weights are updated this way and not clipped.
"""

from typing import Any

from derivations.optimization import mirror_descent_evidence as evidence
from verify import (
    Claim,
    Minimum,
    Parts,
    Rational,
    Variant,
    Without,
    World,
    algebra,
    all_of,
    chain,
    definition,
    equals,
    equation,
    exp,
    exponential,
    given,
    greater,
    less,
    let,
    log,
    logarithm,
    minimum,
    models,
    order,
    real,
    sigmoid,
    unequal,
)

g, lam, x, x0 = real("g"), real("lambda"), real("x"), real("x_0")
e = exp(-g / lam)
Z = 1 - x0 + x0 * e
best = x0 * e / Z


def divergence(p: Any, q: Any) -> Any:
    """D(p, q) = p·log(p/q) + (1 − p)·log((1 − p)/(1 − q))."""
    return p * log(p / q) + (1 - p) * log((1 - p) / (1 - q))


def objective(p: Any) -> Any:
    """g·(p − x₀) + λ·D(p, x₀)."""
    return g * (p - x0) + lam * divergence(p, x0)


value = -g * x0 - lam * log(Z)
inside = [greater(x0, 0), less(x0, 1)]


def best_inside(at: Any, worth: Any) -> Any:
    """`at` is the only minimiser of the objective in (0, 1), and `worth` the minimum."""
    within = [greater(x, 0), less(x, 1)]
    return minimum(objective(x), over=x, subject_to=within, at=at, value=worth, unique=True)


def above_tangent(t: Any) -> Any:
    """t − 1 − log t, which is ≥ 0 and vanishes at t = 1 only."""
    return t - 1 - log(t)


#: Steps that are wrong.
uphill = x0 * exp(g / lam) / (1 - x0 + x0 * exp(g / lam))
unweighted = x0 * exp(-g) / (1 - x0 + x0 * exp(-g))


def settings(random: Any) -> World:
    """Rational slopes, weights and starts; the minimiser is irrational."""
    slope, weight, start, points = evidence.setting(random)
    return World({g: slope, lam: weight, x0: start}, candidates={x: points})


def setting(weight: int, start: Any) -> Any:
    """One world, without a slope: the step stays at the start, and is worth 0."""
    values = {g: 0, lam: weight, x0: start}
    return lambda random: World(values, candidates={x: [Rational(1, 4)]})


mirror_descent_step = Claim(
    id="optimization.mirror_descent_step",
    title="The mirror step on (0, 1) is the unique global minimiser",
    source="000 A4",
    states=best_inside(best, value),
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
    worlds=settings,
    model=models.Optimum(
        data=evidence.data,
        objective=evidence.objective,
        excess=evidence.excess,
        feasible=evidence.feasible,
        solve=evidence.solve,
    ),
    points=[{"x_0": 0.3}, {"x_0": 0.85}],
    variants=[
        Variant("e^{+g/λ}", best_inside(uphill, objective(uphill))),
        Variant("no normaliser", best_inside(x0 * e, objective(x0 * e))),
        Variant("no λ", best_inside(unweighted, objective(unweighted))),
        Variant("a gradient step on x", best_inside(x0 - g / lam, objective(x0 - g / lam))),
        Variant("the value without −g·x₀", best_inside(best, -lam * log(Z))),
    ],
    without=[
        Without(greater(lam, 0), setting(-1, Rational(1, 2)), weakened=unequal(lam, 0)),
        Without(greater(x0, 0), setting(1, -1), weakened=unequal(x0, 0)),
        Without(less(x0, 1), setting(1, 2), weakened=unequal(x0, 1)),
    ],
)

logit = log(x0 / (1 - x0))

mirror_step_is_logit_step = Claim(
    id="optimization.mirror_step_is_logit_step",
    title="The mirror step moves the logit by −g/λ: x* = sigmoid(logit(x₀) − g/λ)",
    source="000 A4",
    states=equation(best, sigmoid(logit - g / lam)),
    well_formed=[*inside, unequal(lam, 0)],
    proof=chain(
        best,
        equals(1 / (1 + (1 - x0) / (x0 * e)), by=algebra),
        equals(1 / (1 + exp(-(logit - g / lam))), by=exponential),
        equals(sigmoid(logit - g / lam), by=definition),
    ),
    worlds=settings,
    model=models.Comparison(evidence.reweighted),
    points=[{"x_0": 0.3}, {"x_0": 0.85}],
    variants=[
        Variant("the logit moved by +g/λ", equation(best, sigmoid(logit + g / lam))),
        Variant("the logit moved by −g", equation(best, sigmoid(logit - g))),
        Variant("log(x₀) for the logit", equation(best, sigmoid(log(x0) - g / lam))),
        Variant("the sigmoid left out", equation(best, x0 - g / lam)),
    ],
)

#: The minimiser by a name of its own, and D(x, q) with its logarithms taken apart.
q = let("q", best)
apart = x * (log(x) - log(q)) + (1 - x) * (log(1 - x) - log(1 - q))
least = equation(objective(q), value)


def three_points(excess: Any) -> Any:
    """q < 1, the objective is `value` there, and at x it is higher by `excess`."""
    return all_of(less(q, 1), least, equation(objective(x), value + excess))


def settings_with_a_point(random: Any) -> World:
    """As `settings`, with a point of (0, 1) that is not the start."""
    slope, weight, start, points = evidence.setting(random)
    return World({g: slope, lam: weight, x0: start, x: next(p for p in points if p != start)})


mirror_three_point = Claim(
    id="optimization.mirror_three_point",
    title="Any x in (0, 1) is worse than the mirror step q by λ·D(x, q): F(x) = F(q) + λ·D(x, q)",
    source="000 A4",
    states=three_points(lam * divergence(x, q)),
    given=[*inside, greater(x, 0), less(x, 1)],
    well_formed=[unequal(lam, 0)],
    proof=Parts(
        (
            chain(q, equals(1 - (1 - x0) / Z, by=definition(q)), less(1, by=order)),
            chain(
                objective(q),
                equals(objective(best), by=definition(q)),
                equals(value, by=logarithm),
            ),
            chain(
                objective(x),
                equals(value + lam * apart, by=(definition(q), logarithm)),
                equals(value + lam * divergence(x, q), by=logarithm),
            ),
        )
    ),
    worlds=settings_with_a_point,
    model=models.Comparison(evidence.objective_at_random),
    points=[{"x_0": 0.3}, {"x_0": 0.85}],
    variants=[
        Variant("the arguments of D exchanged", three_points(lam * divergence(q, x))),
        Variant("D from the start", three_points(lam * divergence(x, x0))),
        Variant("without λ", three_points(divergence(x, q))),
        Variant("lower, not higher", three_points(-lam * divergence(x, q))),
        Variant("half as much", three_points(lam * divergence(x, q) / 2)),
    ],
    notes=(
        "For λ > 0 the divergence D(x, q) ≥ 0 makes q the minimiser: optimality by algebra alone. "
        "The identity itself holds for every λ ≠ 0."
    ),
)
