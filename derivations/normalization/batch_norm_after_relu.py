"""Batch norm applied after the ReLU instead of before it.

    BN(ReLU(Wx + b))

The order matters: behind the ReLU the output no longer forgets the bias, and forgets the scale
only if the bias is scaled with the weights. This is one reason why batch norm is usually put
before the nonlinearity.
"""

from verify import (
    Array,
    Cases,
    Claim,
    Exhibit,
    Obtain,
    Parts,
    Vector,
    Abs,
    Sum,
    algebra,
    all_of,
    at_least,
    cases,
    chain,
    definition,
    equals,
    equation,
    every,
    exists,
    given,
    greater,
    less,
    lemma,
    let,
    order,
    peel,
    relu,
    sqrt,
    square_root,
    unequal,
)
from derivations.normalization.batch_norm import (
    S,
    a,
    b,
    c,
    d,
    hat,
    i,
    j,
    l,
    m,
    mu,
    sigma,
    t,
    u,
    w,
    x,
    z,
)

#: The outputs of the ReLU behind one neuron.
h = let("h", (u, t), Array(relu(a(u, t)[i]), i))

scaled = every(i, equation(h(c * w, c * b)[i], c * h(w, b)[i]))

batch_norm_after_relu = Claim(
    id="normalization.batch_norm_after_relu",
    title="Behind a ReLU, batch norm forgets the scale of weights and bias together",
    source="000 A2b",
    states=equation(hat(h(c * w, c * b))[i], hat(h(w, b))[i]),
    given=[greater(c, 0)],
    well_formed=[unequal(sigma(h(w, b)), 0)],
    proof=Obtain(
        scaled,
        chain(
            h(c * w, c * b)[i],
            equals(relu(Sum(c * w[j] * x[i, j], j) + c * b), by=definition(h, a)),
            equals(c * relu(Sum(w[j] * x[i, j], j) + b), by=cases),
            equals(c * h(w, b)[i], by=definition(h, a)),
        ),
        chain(
            hat(h(c * w, c * b))[i],
            equals(
                (h(c * w, c * b)[i] - Sum(h(c * w, c * b)[l], l) / m)
                / sqrt(
                    Sum((h(c * w, c * b)[i] - Sum(h(c * w, c * b)[l], l) / m) ** 2, i) / m
                ),
                by=definition(hat, sigma, S, z, mu),
            ),
            equals(
                (c * h(w, b)[i] - Sum(c * h(w, b)[l], l) / m)
                / sqrt(Sum((c * h(w, b)[i] - Sum(c * h(w, b)[l], l) / m) ** 2, i) / m),
                by=given(scaled),
            ),
            equals(
                c * (h(w, b)[i] - Sum(h(w, b)[l], l) / m)
                / (c * sqrt(Sum((h(w, b)[i] - Sum(h(w, b)[l], l) / m) ** 2, i) / m)),
                by=square_root,
            ),
            equals(
                (h(w, b)[i] - Sum(h(w, b)[l], l) / m)
                / sqrt(Sum((h(w, b)[i] - Sum(h(w, b)[l], l) / m) ** 2, i) / m),
                by=algebra,
            ),
            equals(hat(h(w, b))[i], by=definition(hat, sigma, S, z, mu)),
        ),
    ),
)

batch_norm_after_relu_without_bias = Claim(
    id="normalization.batch_norm_after_relu_without_bias",
    title="Without a bias, batch norm behind a ReLU forgets the scale of the weights",
    source="000 A2b",
    states=equation(hat(h(c * w, 0))[i], hat(h(w, 0))[i]),
    given=[greater(c, 0)],
    well_formed=[unequal(sigma(h(w, 0)), 0)],
    proof=chain(
        hat(h(c * w, 0))[i],
        equals(hat(h(c * w, c * 0))[i], by=algebra),
        equals(hat(h(w, 0))[i], by=lemma(batch_norm_after_relu, {b: 0})),
    ),
)

batch_norm_after_relu_lower_bound = Claim(
    id="normalization.batch_norm_after_relu_lower_bound",
    title="Behind a ReLU, the normalised values are at least −μ/σ",
    source="000 A2b",
    states=at_least(hat(h(w, b))[i], -mu(h(w, b)) / sigma(h(w, b))),
    well_formed=[unequal(sigma(h(w, b)), 0)],
    proof=chain(
        hat(h(w, b))[i],
        equals(
            relu(a(w, b)[i]) / sigma(h(w, b)) - mu(h(w, b)) / sigma(h(w, b)),
            by=definition(hat, z, h),
        ),
        at_least(-mu(h(w, b)) / sigma(h(w, b)), by=order),
    ),
)

#: Four examples whose preactivations straddle 0 for either sign of the bias.
four = Array(Abs(b) * Vector(-2, 0, 2, 3)[i], i, (j, 1, 1))
unfold_all = definition(hat, sigma, S, z, mu, h, a)


def first_two(k):  # type: ignore[no-untyped-def]
    """hat(h(k·w, b)) of the first example."""
    return hat(h(k * w, b))[1]


different = exists(
    [m, d, x, w, c],
    all_of(
        greater(c, 0),
        unequal(sigma(h(w, b)), 0),
        unequal(sigma(h(c * w, b)), 0),
        unequal(hat(h(c * w, b))[1], hat(h(w, b))[1]),
    ),
)
