"""Batch norm in a batch of two passes no gradient back.

    m = 2:  â = ±1 whatever the activations are, so that ∂L/∂a_1 = ∂L/∂a_2 = 0

Nothing below the layer learns: the outputs do not move when the activations do. With ε a little
gets through, which hides the fault without mending it; this is why tiny batches need another norm.
"""

from typing import Any

from derivations.normalization import batch_of_two_evidence as evidence
from derivations.normalization.batch_of_two import p, two
from verify import (
    Array,
    Claim,
    Delta,
    Obtain,
    Parts,
    Rational,
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
    function,
    given,
    index,
    models,
    partial,
    peel,
    sqrt,
    unequal,
)

half, j, k = Rational(1, 2), index("j", 2), index("k", 2)
L = function("L", 2)
z, S, sigma, hat = two.z(p), two.S(p), two.sigma(p), two.hat(p)
first, second = partial(L, hat, 1), partial(L, hat, 2)

opposite, squared = equation(z[2], -z[1]), equation(S, z[1] ** 2)
opened = definition(two.z, two.mu)
#: How the normalised values move with p_n.
inner = {
    n: (Delta(n, j) - half) / sigma
    - z[j] * Sum(z[k] * (Delta(n, k) - half), k) / (2 * sqrt(S) * sigma**2)
    for n in (1, 2)
}


def slopes(one: Any, other: Any, normalised: Any = hat) -> Any:
    """The derivatives of L(normalised) with respect to p_1 and p_2."""
    return all_of(
        equation(derivative(L(normalised), p[1]), one),
        equation(derivative(L(normalised), p[2]), other),
    )


def vanishing(n: int, sign: int) -> Any:
    """∂L/∂p_n = 0; the difference of two values has this sign in front of p_n."""
    pull = sign * half * (first - second)
    return chain(
        derivative(L(hat), p[n]),
        equals(Sum(partial(L, hat, j) * inner[n], j), by=differentiate),
        equals(
            pull / sigma
            - sign * (z[1] - z[2]) / (4 * sqrt(S) * sigma**2) * (first * z[1] + second * z[2]),
            by=peel,
        ),
        equals(pull * (1 / sigma - z[1] ** 2 / (sqrt(S) * sigma**2)), by=given(opposite)),
        equals(pull * (1 / sigma - S / (sqrt(S) * sigma**2)), by=given(squared)),
        equals(0, by=definition(two.sigma)),
    )


def pairs(random: Any) -> World:
    """Two different values and a loss."""
    return World({p: evidence.pair(random), L: evidence.loss(random)})


batch_of_two_gradient = Claim(
    id="normalization.batch_of_two_gradient",
    title="In a batch of two, batch norm passes no gradient to the activations",
    source="000 A2",
    states=slopes(0, 0),
    given=[differentiable(L)],
    well_formed=[unequal(sigma, 0)],
    proof=Obtain(
        opposite,
        chain(
            z[2],
            equals((p[2] - p[1]) / 2, by=(opened, peel)),
            equals(-z[1], by=(opened, peel)),
        ),
        Obtain(
            squared,
            chain(
                S,
                equals((z[1] ** 2 + z[2] ** 2) / 2, by=(definition(two.S), peel)),
                equals(z[1] ** 2, by=given(opposite)),
            ),
            Parts((vanishing(1, 1), vanishing(2, -1))),
        ),
    ),
    worlds=pairs,
    model=models.Comparison(evidence.gradient_of_two),
    points=[{"spread": 1e-2}, {"spread": 10.0}],
    variants=[
        Variant("μ and σ held constant", slopes(first / sigma, second / sigma)),
        Variant(
            "σ held constant",
            slopes(half * (first - second) / sigma, half * (second - first) / sigma),
        ),
        Variant("one of them learns", slopes(0, second / sigma)),
        Variant("with ε = 1", slopes(0, 0, Array(z[j] / sqrt(S + 1), j))),
    ],
)
