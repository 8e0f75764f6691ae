"""What centring the inputs of least squares gives, and what it costs.

    min ½ E[(wᵀ(x − μ) − t)²] = ½(vᵀμ)² + ½ E[ε²]   for t = vᵀx + ε

Centred, the problem is round and one gradient step solves it. Without a bias the centred model
pays ½(vᵀμ)² for that, since it cannot say the mean of the targets; a bias would repair it.
"""

from typing import Any

from derivations.optimization import centering_evidence as evidence
from derivations.optimization.hessian_condition import kappa
from derivations.optimization.least_squares import (
    H,
    after_step,
    d,
    error,
    high,
    i,
    j,
    low,
    mu,
    sigma,
)
from verify import (
    Array,
    Both,
    Cases,
    Claim,
    Delta,
    E,
    Minimum,
    Obtain,
    Parts,
    Rational,
    Sum,
    V,
    Variant,
    Without,
    World,
    algebra,
    all_of,
    at_least,
    chain,
    definition,
    equals,
    equation,
    every,
    finite_moment,
    given,
    iff,
    index,
    let,
    linearity,
    minimum,
    models,
    moments,
    norm_squared,
    order,
    random_variable,
    random_vector,
    sqrt,
    square_root,
    uncorrelated,
    unequal,
    vector,
)

x, noise = random_vector("x", d), random_variable("epsilon")
v, w, u = vector("v", d), vector("w", d), vector("u", d)
half = Rational(1, 2)
k = index("k", d)

#: Centred inputs, the targets, and the losses of the two models.
z = let("z", Array(x[i] - mu[i], i))
t = let("t", Sum(v[i] * x[i], i) + noise)
J = let("J", (w,), half * E((Sum(w[i] * x[i], i) - t) ** 2))
C = let("C", (w,), half * E((Sum(w[i] * z[i], i) - t) ** 2))
along = Sum(v[i] * mu[i], i)
least = half * E(noise**2)
price = half * along**2


def best(loss: Any, over: Any, at: Any, value: Any) -> Any:
    """The weights `at` alone have the least loss, and it is `value`."""
    return minimum(loss(over), over=over, at=at, value=value, unique=True)


def centred(cost: Any, at: Any = v) -> Any:
    """The Hessian is σ²I; the least loss is that of the noise, or centred this much more."""
    return all_of(
        every([i, j], equation(E(z[i] * z[j]), sigma**2 * Delta(i, j))),
        best(J, w, v, least),
        best(C, u, at, cost + least),
    )


mean_of_inputs = every(i, equation(E(x[i]), mu[i]))
spherical = uncorrelated(x, variance=sigma**2)
mean_of_noise = equation(E(noise), 0)
unrelated = every(i, equation(E(noise * x[i]), 0))
spread = unequal(sigma, 0)
second_moments = every([i, j], equation(E(x[i] * x[j]), low * Delta(i, j) + mu[i] * mu[j]))


def worlds(draw: Any) -> Any:
    """Worlds from the regressions that `draw` returns."""

    def world(random: Any) -> World:
        found = draw(random)
        values = {d: found.d, mu: found.mean, sigma: found.deviation, v: found.v}
        outcomes = [(weight, {x: row, noise: by}) for weight, row, by in found.law]
        return World(values, outcomes, candidates={w: found.points, u: found.points})

    return world


def line(*outcomes: tuple[int, int], **values: int) -> Any:
    """The world of one input and its noise."""
    return worlds(lambda _: evidence.line(list(outcomes), **values))


def data(rng: Any, point: Any) -> Any:
    """Random data, and the second moment of its noise."""
    found = evidence.data(rng, point)
    return {**found, E(noise**2): found["square of the noise"]}


centering = Claim(
    id="optimization.centering",
    title="Centring makes the Hessian σ²I, and costs a model without bias exactly ½(vᵀμ)²",
    source="002 Ex. 1c",
    states=centred(price),
    given=[mean_of_inputs, spherical, mean_of_noise, unrelated, spread],
    well_formed=[finite_moment(noise, 2)],
    proof=Obtain(
        second_moments,
        chain(
            E(x[i] * x[j]),
            equals(E(x[i]) * E(x[j]) + low * Delta(i, j), by=moments),
            equals(low * Delta(i, j) + mu[i] * mu[j], by=given(mean_of_inputs)),
        ),
        Parts(
            (
                chain(
                    E(z[i] * z[j]),
                    equals(E((x[i] - mu[i]) * (x[j] - mu[j])), by=definition(z)),
                    equals(
                        E(x[i] * x[j]) - E(x[i]) * mu[j] - mu[i] * E(x[j]) + mu[i] * mu[j],
                        by=linearity,
                    ),
                    equals(low * Delta(i, j), by=(given(second_moments), given(mean_of_inputs))),
                ),
                Minimum(
                    feasible=(),
                    attains=chain(J(v), equals(least, by=definition(J, t))),
                    gap=chain(
                        J(w) - least,
                        equals(
                            half * Sum((w[i] - v[i]) * (w[j] - v[j]) * E(x[i] * x[j]), i, j)
                            - Sum((w[i] - v[i]) * E(noise * x[i]), i),
                            by=(definition(J, t), linearity),
                        ),
                        equals(
                            half * low * norm_squared(w - v)
                            + half * Sum((w[i] - v[i]) * mu[i], i) ** 2,
                            by=(given(second_moments), given(unrelated)),
                        ),
                    ),
                    unique=chain(w[k], equals(v[k], by=given(every(k, equation((w - v)[k], 0))))),
                ),
                Minimum(
                    feasible=(),
                    attains=chain(
                        C(v),
                        equals(half * E((along + noise) ** 2), by=definition(C, t, z)),
                        equals(price + along * E(noise) + least, by=linearity),
                        equals(price + least, by=given(mean_of_noise)),
                    ),
                    gap=chain(
                        C(u) - (price + least),
                        equals(
                            half * Sum((u[i] - v[i]) * (u[j] - v[j]) * E(z[i] * z[j]), i, j)
                            - Sum((u[i] - v[i]) * (E(noise * x[i]) - E(noise) * mu[i]), i)
                            - along * Sum((u[i] - v[i]) * (E(x[i]) - mu[i]), i)
                            + along * E(noise),
                            by=(definition(C, t, z), linearity),
                        ),
                        equals(half * low * norm_squared(u - v), by=given),
                    ),
                    unique=chain(u[k], equals(v[k], by=given(every(k, equation((u - v)[k], 0))))),
                ),
            )
        ),
    ),
    worlds=worlds(evidence.regression),
    model=models.Optimum(
        data=data,
        objective=evidence.loss_of_centred,
        excess=evidence.no_constraint,
        feasible=evidence.weights,
        solve=evidence.solve,
    ),
    points=[{"d": 2}, {"d": 5}],
    variants=[
        Variant("nothing to pay", centred(0)),
        Variant("(vᵀμ)²", centred(2 * price)),
        Variant("½‖v‖²‖μ‖²", centred(half * norm_squared(v) * norm_squared(mu))),
        Variant("½Σ(v_iμ_i)²", centred(half * Sum((v[i] * mu[i]) ** 2, i))),
        Variant("other weights, v + μ", centred(price, at=v + mu)),
    ],
    without=[
        Without(mean_of_inputs, line((1, 0), (3, 0))),
        Without(
            spherical,
            worlds(lambda _: evidence.equal_inputs()),
            weakened=every(i, equation(V(x[i]), low)),
        ),
        Without(spherical, line((2, 0), (-2, 0)), weakened=uncorrelated(x)),
        Without(mean_of_noise, line((0, 2), (2, 0), mean=1)),
        Without(unrelated, line((1, 1), (-1, -1))),
        Without(spread, line((0, 0), deviation=0)),
    ],
)

costs = equation(C(v) - J(v), price)
free, no_mean, some_mean = equation(C(v), J(v)), equation(along, 0), unequal(along, 0)


def loss_without_cost(rng: Any, point: Any) -> Any:
    """The loss of the centred model at v ⊥ μ, and the mean that the other loss is made of."""
    loss, found = evidence.loss_at_the_truth(rng, point)
    means: dict[Any, Any] = {E((Sum(w[i] * x[i], i) - t) ** 2): found["square of the noise"]}
    return loss, {**found, **means}


centering_is_free = Claim(
    id="optimization.centering_is_free",
    title="Centring costs a model without bias nothing exactly when the targets have mean vᵀμ = 0",
    source="002 Ex. 1c",
    states=iff(free, no_mean),
    given=[mean_of_noise],
    well_formed=[finite_moment(x, 2), finite_moment(noise, 2)],
    proof=Obtain(
        costs,
        chain(
            C(v) - J(v),
            equals(half * E((along + noise) ** 2) - half * E(noise**2), by=definition(C, J, t, z)),
            equals(price + along * E(noise), by=linearity),
            equals(price, by=given(mean_of_noise)),
        ),
        Both(
            forward=Cases(
                (no_mean, some_mean),
                (
                    chain(along, equals(0, by=given(no_mean, times=1))),
                    chain(
                        along,
                        equals(2 * price / along, by=algebra),
                        equals(2 * (C(v) - J(v)) / along, by=given(costs, times=2 / along)),
                        equals(0, by=given(free, times=2 / along)),
                    ),
                ),
            ),
            backward=chain(
                C(v),
                equals(J(v) + price, by=given(costs, times=1)),
                equals(J(v), by=given(no_mean, times=half * along)),
            ),
        ),
    ),
    worlds=worlds(evidence.regression),
    model=models.Comparison(loss_without_cost),
    points=[{"d": 2}, {"d": 5}],
    variants=[
        Variant("always free", free),
        Variant("never free", unequal(C(v), J(v))),
        Variant("free when μ = 0 only", iff(free, equation(norm_squared(mu), 0))),
        Variant(
            "whatever the mean of the noise", given=[], worlds=line((2, -2), (2, -2), mean=2, v=2)
        ),
    ],
    without=[Without(mean_of_noise, line((2, -2), (2, -2), mean=2, v=2))],
)

#: What a step leaves of the error.
kept = let("rho", (kappa - 1) / (kappa + 1))
after = after_step(error, (low + high) / 2)


def size(of: Any) -> Any:
    """The length of a vector."""
    return sqrt(norm_squared(of))


def contracts(by: Any) -> Any:
    """A step of 2/(λ₁ + λ_d) multiplies the length of the error by this."""
    return equation(size(after), by * size(error))


def settings(random: Any) -> World:
    """A mean, a deviation and an error of rational length."""
    drawn = evidence.setting(random)
    return World({d: drawn.d, mu: drawn.mean, sigma: drawn.deviation, error: drawn.error})


gradient_descent_contraction = Claim(
    id="optimization.gradient_descent_contraction",
    title="A gradient step of 2/(λ₁ + λ_d) multiplies the error by exactly (κ − 1)/(κ + 1)",
    source="002 Ex. 1c",
    states=contracts(kept),
    well_formed=[unequal(sigma, 0)],
    proof=Obtain(
        at_least(kept, 0),
        chain(
            kept,
            equals(norm_squared(mu) / (low + high), by=definition(kept, kappa)),
            at_least(0, by=order),
        ),
        chain(
            size(after),
            equals(sqrt(kept**2 * norm_squared(error)), by=definition(H, kept, kappa)),
            equals(kept * size(error), by=square_root),
        ),
    ),
    worlds=settings,
    model=models.Comparison(evidence.error_after_a_step),
    points=[{"d": 2}, {"d": 6}],
    variants=[
        Variant("(κ − 1)/κ", contracts((kappa - 1) / kappa)),
        Variant("κ/(κ + 1)", contracts(kappa / (kappa + 1))),
        Variant("the square of it", contracts(kept**2)),
        Variant("a step of 1/λ₁", equation(size(after_step(error, high)), kept * size(error))),
        Variant("a step of 1/λ_d", equation(size(after_step(error, low)), kept * size(error))),
    ],
    notes=(
        "Every step does so, since after each there is another error. Centred, κ is 1 and nothing "
        "is left after one step."
    ),
)
