"""The gradient of weight normalisation: projected, and scaled by γ/‖u‖.

    w = γu/‖u‖:   ∇_u L = (γ/‖u‖)·P·∇_w L,   P = I − uuᵀ/‖u‖²,   Pu = 0

Only what is orthogonal to u is left of the gradient, since lengthening u does not change w. Hence
gradient descent lengthens u at every step (`weight_norm_growth`), and the longer it is, the
smaller are its gradients.
"""

from typing import Any

from derivations.normalization import weight_norm_gradient_evidence as evidence
from verify import (
    Array,
    Claim,
    Delta,
    Parts,
    Sum,
    Variant,
    World,
    algebra,
    all_of,
    chain,
    definition,
    derivative,
    differentiable,
    differentiate,
    dimension,
    equals,
    equation,
    function,
    greater,
    index,
    lemma,
    let,
    models,
    norm_squared,
    partial,
    real,
    sqrt,
    vector,
)

d = dimension("d")
i, j, k = index("i", d), index("j", d), index("k", d)
u, gamma = vector("u", d), real("gamma")
L = function("L", d)

square = norm_squared(u)
length = sqrt(square)
w = let("w", Array(gamma * u[j] / length, j))
scale = let("s", gamma / length)
#: The projection onto what is orthogonal to u.
P = let("P", Array(Delta(i, j) - u[i] * u[j] / square, i, j))
#: Two that are no such projection.
unscaled, onto = Array(Delta(i, j) - u[i] * u[j], i, j), Array(u[i] * u[j] / square, i, j)


def layers(random: Any) -> World:
    """A layer with a loss."""
    drawn = evidence.layer(random)
    return World({d: drawn.d, u: drawn.u, gamma: drawn.gamma, L: drawn.L, i: drawn.i})


def simulated(rng: Any, point: Any) -> tuple[Any, Any]:
    """∂L/∂u_1, and what the right-hand side is made of."""
    found = evidence.gradients(rng, point)
    slopes = {partial(L, w, k): slope for k, slope in enumerate(found.by_w, 1)}
    return found.by_u[0], {"u": found.u, "gamma": found.gamma, "i": 1, **slopes}


def summed(rng: Any, point: Any) -> tuple[Any, Any]:
    """uᵀ∇_u L + 1, and 1: an error of 0 has no scale."""
    found = evidence.gradients(rng, point)
    return found.u @ found.by_u + 1, 1.0


smooth, nonzero = differentiable(L), greater(square, 0)
#: ∇_w L.
g = let("g", Array(partial(L, w, j), j))
by_chain_rule = equals(
    Sum(partial(L, w, j) * (gamma / length * Delta(i, j) - gamma * u[i] * u[j] / length**3), j),
    by=differentiate,
)


def projected(value: Any, projection: Any = P) -> Any:
    """The projection is one, and ∂L/∂u_i is this."""
    return all_of(
        equation((projection @ u)[i], 0),
        equation(projection.T, projection),
        equation(projection @ projection, projection),
        equation(derivative(L(w), u[i]), value),
    )


weight_norm_gradient = Claim(
    id="normalization.weight_norm_gradient",
    title="∇_u L = (γ/‖u‖)·P·∇_w L, where P projects onto what is orthogonal to u",
    source="004 Q4.2",
    states=projected(scale * (P @ g)[i]),
    given=[smooth],
    well_formed=[nonzero],
    proof=Parts(
        (
            chain(
                (P @ u)[i],
                equals(u[i] - u[i] * square / square, by=definition(P)),
                equals(0, by=algebra),
            ),
            chain(P.T, equals(P, by=definition(P))),
            chain(P @ P, equals(P, by=definition(P))),
            chain(
                derivative(L(w), u[i]),
                by_chain_rule,
                equals(
                    gamma
                    / length
                    * Sum((Delta(i, j) - u[i] * u[j] / square) * partial(L, w, j), j),
                    by=algebra,
                ),
                equals(scale * (P @ g)[i], by=definition(scale, P, g)),
            ),
        )
    ),
    worlds=layers,
    model=models.Comparison(simulated),
    points=[{"d": 2}, {"d": 6}],
    variants=[
        Variant("not projected, only scaled", projected(scale * g[i])),
        Variant("not scaled, only projected", projected((P @ g)[i])),
        Variant("u uᵀ for u uᵀ/‖u‖²", projected(scale * (unscaled @ g)[i], unscaled)),
        Variant("the projection onto u", projected(scale * (onto @ g)[i], onto)),
        Variant("1/‖u‖ for γ/‖u‖", projected((P @ g)[i] / length)),
    ],
)

along = Sum(u[i] * derivative(L(w), u[i]), i)

weight_norm_gradient_orthogonal = Claim(
    id="normalization.weight_norm_gradient_orthogonal",
    title="The gradient of a normalised weight is orthogonal to it: uᵀ∇_u L = 0",
    source=("004 Q4.2", "004 Q4.3"),
    states=equation(along, 0),
    given=[smooth],
    well_formed=[nonzero],
    proof=chain(
        along,
        equals(Sum(u[i] * (scale * (P @ g)[i]), i), by=lemma(weight_norm_gradient, {i: k})),
        equals(0, by=definition(P)),
    ),
    worlds=layers,
    model=models.Comparison(summed),
    points=[{"d": 2}, {"d": 6}],
    variants=[
        Variant("with ∇_w", equation(Sum(u[i] * g[i], i), 0)),
        Variant("every entry 0", equation(Sum(u[i] * derivative(L(w), u[i]) ** 2, i), 0)),
        Variant("with the squares of u", equation(Sum(u[i] ** 2 * derivative(L(w), u[i]), i), 0)),
    ],
)
