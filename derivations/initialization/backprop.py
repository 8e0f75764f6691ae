"""Backpropagation: one layer by the chain rule, any number of layers by induction.

    δ_l = D_l W_{l+1}ᵀ D_{l+1} W_{l+2}ᵀ ⋯ W_Lᵀ D_L ∇_y,   ∂/∂W_l = δ_l · a_{l−1}ᵀ

D_l holds the slopes σ'(z_l). That gradients are products of as many matrices as there are layers is
why they vanish or explode with depth, and why the scale of the weights matters backward too.
"""

from typing import Any

from derivations.initialization.simulations import backprop as simulation
from verify import (
    Array,
    Claim,
    Delta,
    Induction,
    Parts,
    Sum,
    Variant,
    Without,
    algebra,
    all_of,
    chain,
    derivative,
    differentiable,
    differentiate,
    dimension,
    equals,
    equation,
    every,
    function,
    given,
    index,
    matrix,
    models,
    partial,
    real,
    vector,
)

# -- one layer ---------------------------------------------------------------------------------

m, d = dimension("m"), dimension("d")
#: The loss as a function of this layer's preactivations; the activation function.
Q, sigma = function("Q", m), function("sigma")
u, A, b = vector("u", d), matrix("A", m, d), vector("b", m)
p, q, e = index("p", m), index("q", d), index("e", d)
preactivations = Array(Sum(A[p, e] * sigma(u[e]), e) + b[p], p)
loss = Q(preactivations)

#: ∂Q/∂y_p, and Σ_p A_pq ∂Q/∂y_p.
arriving = partial(Q, preactivations, p)
returned = Sum(A[p, q] * arriving, p)
slope = partial(sigma, u[q])


def gradients(inputs: Any, weights: Any) -> Any:
    """The derivatives of the loss in u_q and in A_pq."""
    return all_of(
        every(q, equation(derivative(loss, u[q]), inputs)),
        every([p, q], equation(derivative(loss, A[p, q]), weights)),
    )


backprop_layer = Claim(
    id="initialization.backprop_layer",
    title="One layer: ∂L/∂z = σ'(z)·Wᵀδ and ∂L/∂W = δ·σ(z)ᵀ",
    source="003 4a",
    states=gradients(slope * returned, arriving * sigma(u[q])),
    given=[differentiable(Q), differentiable(sigma)],
    proof=Parts(
        (
            chain(derivative(loss, u[q]), equals(slope * returned, by=differentiate)),
            chain(derivative(loss, A[p, q]), equals(arriving * sigma(u[q]), by=differentiate)),
        )
    ),
    worlds=simulation.one_layer,
    model=models.Comparison(simulation.layer_gradients, repeats=50),
    points=[{"m": 3, "d": 4}, {"m": 5, "d": 2}],
    variants=[
        Variant("without the slope", gradients(returned, arriving * sigma(u[q]))),
        Variant("the slope twice", gradients(slope**2 * returned, arriving * sigma(u[q]))),
        Variant("inputs before the activation", gradients(slope * returned, arriving * u[q])),
        Variant("the slope in the weights too", gradients(slope * returned, arriving * slope)),
    ],
    notes=(
        "Q is the loss as a function of the preactivations A·σ(u) + b; what stands behind them may "
        "be any differentiable function, so that the claim holds at every layer of a network."
    ),
)

# -- any number of layers ----------------------------------------------------------------------

k, o = index("k", 0, None), index("o", 1, None)
n = dimension("n", (0, None))
W, F = real("W", o, n[o], n[o - 1]), real("F", k, n[k], n[0])
s, r, delta = (real(name, k, n[k]) for name in ("s", "r", "delta"))
i, j, h = index("i"), index("j"), index("h")


def units(layer: Any, name: Any) -> Any:
    """The range of an index over the units of a layer."""
    return (name, 1, n[layer])


def times_slopes(layer: Any, unit: Any) -> Any:
    """What a layer makes of the gradient that arrives at its outputs."""
    return s[layer, unit] * r[layer, unit]


def sent_back(layer: Any, unit: Any) -> Any:
    """Σ_i W_{i,unit} δ_i of the layer above."""
    return Sum(W[layer + 1, i, unit] * delta[layer + 1, i], units(layer + 1, i))


slopes = every([k, units(k, j)], equation(delta[k, j], times_slopes(k, j)))
backwards = every([k, units(k, j)], equation(r[k, j], sent_back(k, j)))
no_layers = every([units(0, i), units(0, j)], equation(F[0, i, j], Delta(i, j)))
one_more = every(
    [o, units(o, i), units(0, j)],
    equation(F[o, i, j], Sum(W[o, i, h] * s[o - 1, h] * F[o - 1, h, j], units(o - 1, h))),
)


def from_layer(layer: Any, unit: Any = i) -> Any:
    """(Fᵀδ)_j of a layer."""
    return Sum(F[layer, unit, j] * delta[layer, unit], units(layer, unit))


def at_the_start(value: Any) -> Any:
    """Every entry of the gradient at layer 0."""
    return every(units(0, j), equation(delta[0, j], value))


backprop_product = Claim(
    id="initialization.backprop_product",
    title="δ₀ = (W_k D_{k−1} ⋯ W₁D₀)ᵀ·δ_k: a gradient is a product over the layers above it",
    source=("003 4a", "003 4b"),
    states=every(k, at_the_start(from_layer(k))),
    given=[slopes, backwards, no_layers, one_more],
    proof=Induction(
        on=k,
        base=chain(
            delta[0, j],
            equals(Sum(Delta(i, j) * delta[0, i], units(0, i)), by=algebra),
            equals(from_layer(0), by=given(no_layers)),
        ),
        step=chain(
            delta[0, j],
            equals(from_layer(k, h), by=given(at_the_start(from_layer(k)))),
            equals(Sum(F[k, h, j] * times_slopes(k, h), units(k, h)), by=given(slopes)),
            equals(Sum(F[k, h, j] * (s[k, h] * sent_back(k, h)), units(k, h)), by=given(backwards)),
            equals(
                Sum(
                    Sum(W[k + 1, i, h] * s[k, h] * F[k, h, j], units(k, h)) * delta[k + 1, i],
                    units(k + 1, i),
                ),
                by=algebra,
            ),
            equals(from_layer(k + 1), by=given(one_more)),
        ),
    ),
    worlds=simulation.network,
    model=models.Comparison(simulation.network_gradients, repeats=50),
    points=[{"n": [3, 5, 4, 2], "k": 2}, {"n": [4, 2, 3, 5, 3], "k": 4}],
    variants=[
        Variant(
            "without the product",
            every(k, at_the_start(Sum(delta[k, i], units(k, i)))),
        ),
        Variant(
            "the layer's own slopes once more",
            every(k, at_the_start(Sum(F[k, i, j] * s[k, i] * delta[k, i], units(k, i)))),
        ),
        Variant(
            "without the layer's slopes",
            every(k, at_the_start(Sum(F[k, i, j] * r[k, i], units(k, i)))),
        ),
        Variant("one layer less", every(k, at_the_start(from_layer(0) * s[0, j]))),
    ],
    without=[
        Without(slopes, simulation.one_unit(first=2)),
        Without(backwards, simulation.one_unit(first=2, arriving=2)),
        Without(no_layers, simulation.one_unit(start=2, product=2)),
        Without(one_more, simulation.one_unit(product=2)),
    ],
    notes=(
        "Layers are counted from any layer l = 0 upwards; r is the gradient in a layer's outputs, "
        "δ = D·r in its preactivations, as `backprop_layer` has them. At the last layer δ is "
        "D_L·∇_y, which makes δ_l the product above; the gradient in W_l is δ_l·a_{l−1}ᵀ."
    ),
)
