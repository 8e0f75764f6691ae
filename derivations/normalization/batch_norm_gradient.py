"""The gradient through batch norm, and the two directions that it never has.

    ρ = √(σ² + ε),  â = (a − μ)/ρ,  g = ∇_â L:
    ∂L/∂a_i = (g_i − (1/m) Σ_k g_k − â_i·(1/m) Σ_k g_k·â_k)/ρ
    Σ_i ∂L/∂a_i = 0,   Σ_i ∂L/∂a_i·â_i = ε·ρ⁻³·Σ_k g_k·â_k

μ and σ depend on every activation, so that the backward pass is not division by σ: it takes the
mean and the part along â out of the gradient. Shifting or stretching a batch is thereby never
learned; with ε the stretching is, a little, which matters only where σ² is not large against ε.
"""

from typing import Any

from derivations.normalization import batch_norm_gradient_evidence as evidence
from derivations.normalization.batch_norm import S, m, mu, v, y, z
from verify import (
    Array,
    Claim,
    Delta,
    Obtain,
    Parts,
    Sum,
    Variant,
    World,
    all_of,
    chain,
    definition,
    derivative,
    differentiable,
    differentiate,
    equals,
    equation,
    every,
    function,
    given,
    greater,
    implies,
    index,
    lemma,
    let,
    models,
    partial,
    real,
    sqrt,
)

i, j, k = index("i", m), index("j", m), index("k", m)
eps, L = real("eps"), function("L", m)

rho = let("rho", (y,), sqrt(S(y) + eps))
hat = let("h", (y,), Array(z(y)[i] / rho(y), i))
#: ∇_â L, and its mean and its mean product with â.
g = let("g", Array(partial(L, hat(v), i), i))
mean, product = Sum(g[k], k) / m, Sum(g[k] * hat(v)[k], k) / m
#: The backward pass.
b = let("b", Array((g[i] - mean - hat(v)[i] * product) / rho(v), i))


def slope(at: Any = i) -> Any:
    """∂L/∂a_i."""
    return derivative(L(hat(v)), v[at])


smooth, spread = differentiable(L), greater(S(v) + eps, 0)
along = partial(L, hat(v), j)


def chained(inner: Any) -> Any:
    """Σ_j ∂_j L·inner."""
    return Sum(along * inner, j)


moved = (Delta(i, j) - 1 / m) / rho(v)


def batches(random: Any) -> World:
    """A batch with a loss."""
    drawn = evidence.activations(random)
    return World({m: drawn.m, v: drawn.v, eps: drawn.eps, L: drawn.L})


def simulated(rng: Any, point: Any) -> tuple[evidence.Gradients, dict[Any, Any]]:
    """Gradients, and what the right-hand sides are made of."""
    found = evidence.gradients(rng, point)
    slopes = {partial(L, hat(v), k): each for k, each in enumerate(found.by_hat, 1)}
    return found, {"v": found.a, "eps": found.eps, **slopes}


def last_slope(rng: Any, point: Any) -> tuple[Any, Any]:
    """∂L/∂a_m."""
    found, values = simulated(rng, point)
    return found.by_a[-1], {**values, "i": point["m"]}


def stretching(rng: Any, point: Any) -> tuple[Any, Any]:
    """Σ_i ∂L/∂a_i·â_i."""
    found, values = simulated(rng, point)
    return found.by_a @ found.hat, values


def backward(value: Any) -> Any:
    """∂L/∂a_i is this, for every i."""
    return every(i, equation(slope(), value))


batch_norm_gradient = Claim(
    id="normalization.batch_norm_gradient",
    title="The gradient through batch norm is g less its mean and its part along â, over √(σ² + ε)",
    source="000 A2",
    states=backward(b[i]),
    given=[smooth],
    well_formed=[spread],
    proof=chain(
        slope(),
        equals(
            chained(
                moved
                - z(v)[j]
                * Sum(z(v)[k] * (Delta(i, k) - 1 / m), k)
                / (m * sqrt(S(v) + eps) * rho(v) ** 2)
            ),
            by=differentiate,
        ),
        equals(
            chained(moved - z(v)[j] * z(v)[i] / (m * sqrt(S(v) + eps) * rho(v) ** 2)),
            by=definition(z, mu),
        ),
        equals(chained(moved - z(v)[j] * z(v)[i] / (m * rho(v) ** 3)), by=definition(rho)),
        equals(
            chained(Delta(i, j) - 1 / m - hat(v)[j] * hat(v)[i] / m) / rho(v), by=definition(hat)
        ),
        equals(b[i], by=definition(b, g)),
    ),
    worlds=batches,
    model=models.Comparison(last_slope),
    points=[{"m": 2}, {"m": 6}],
    variants=[
        Variant("μ and σ held constant", backward(g[i] / rho(v))),
        Variant("σ held constant", backward((g[i] - mean) / rho(v))),
        Variant("μ held constant", backward((g[i] - hat(v)[i] * product) / rho(v))),
        Variant("σ² + ε for its root", backward((g[i] - mean - hat(v)[i] * product) / rho(v) ** 2)),
        Variant("the part along â added", backward((g[i] - mean + hat(v)[i] * product) / rho(v))),
    ],
)

centred = equation(Sum(hat(v)[k], k), 0)
length = equation(Sum(hat(v)[k] ** 2, k), m * S(v) / rho(v) ** 2)
total, stretch = Sum(slope(), i), Sum(slope() * hat(v)[i], i)
left = eps / rho(v) ** 3 * Sum(g[k] * hat(v)[k], k)
by_gradient = lemma(batch_norm_gradient)
stretched = equation(stretch, left)


def orthogonal(left: Any) -> Any:
    """The gradient adds up to 0 and, with ε = 0, is orthogonal to â; with ε this is left."""
    return all_of(
        equation(total, 0),
        implies(equation(eps, 0), equation(stretch, 0)),
        equation(stretch, left),
    )


opened = (g[i] - mean - hat(v)[i] * product) / rho(v)

batch_norm_gradient_orthogonality = Claim(
    id="normalization.batch_norm_gradient_orthogonality",
    title="Through batch norm Σ ∂L/∂a_i = 0, and Σ ∂L/∂a_i·â_i = 0 but for ε",
    source="000 A2",
    states=orthogonal(left),
    given=[smooth],
    well_formed=[spread],
    proof=Obtain(
        all_of(centred, length),
        Parts(
            (
                chain(Sum(hat(v)[k], k), equals(0, by=definition(hat, z, mu))),
                chain(
                    Sum(hat(v)[k] ** 2, k),
                    equals(Sum(z(v)[k] ** 2, k) / rho(v) ** 2, by=definition(hat)),
                    equals(m * S(v) / rho(v) ** 2, by=definition(S)),
                ),
            )
        ),
        Obtain(
            stretched,
            chain(
                stretch,
                equals(Sum(b[i] * hat(v)[i], i), by=by_gradient),
                equals(Sum(opened * hat(v)[i], i), by=definition(b)),
                equals(
                    m * product * (1 - S(v) / rho(v) ** 2) / rho(v),
                    by=(
                        given(centred, times=mean / rho(v)),
                        given(length, times=product / rho(v)),
                    ),
                ),
                equals(left, by=definition(rho)),
            ),
            Parts(
                (
                    chain(
                        total,
                        equals(Sum(b[i], i), by=by_gradient),
                        equals(Sum(opened, i), by=definition(b)),
                        equals(0, by=given(centred, times=product / rho(v))),
                    ),
                    chain(
                        stretch,
                        equals(left, by=given(stretched, times=1)),
                        equals(0, by=given(equation(eps, 0))),
                    ),
                    chain(stretch, equals(left, by=given(stretched, times=1))),
                )
            ),
        ),
    ),
    worlds=batches,
    model=models.Comparison(stretching),
    points=[{"m": 2}, {"m": 6}],
    variants=[
        Variant("orthogonal with ε too", orthogonal(0)),
        Variant("ρ for ρ³", orthogonal(eps / rho(v) * Sum(g[k] * hat(v)[k], k))),
        Variant("σ² for ε", orthogonal(S(v) / rho(v) ** 3 * Sum(g[k] * hat(v)[k], k))),
        Variant("g itself", all_of(equation(Sum(g[i], i), 0), equation(stretch, left))),
    ],
)
