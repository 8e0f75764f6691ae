"""Batch norm applied after the ReLU instead of before it.

    BN(ReLU(Wx + b))

The order matters: behind the ReLU the output no longer forgets the bias, and forgets the scale
only if the bias is scaled with the weights. This is one reason why batch norm is usually put
before the nonlinearity.
"""

from typing import Any

from derivations.normalization import batch_norm_after_relu_evidence as evidence
from derivations.normalization.batch_norm import (
    S,
    a,
    b,
    batch_statistics,
    c,
    hat,
    i,
    j,
    k,
    m,
    mu,
    sigma,
    simulated,
    sizes,
    t,
    two_inputs,
    u,
    w,
    worlds,
    x,
    z,
)
from verify import (
    Abs,
    Array,
    Cases,
    Claim,
    Exhibit,
    Obtain,
    Parts,
    Sum,
    Variant,
    Vector,
    Without,
    World,
    algebra,
    all_of,
    at_least,
    at_most,
    cases,
    chain,
    definition,
    equals,
    equation,
    every,
    exists,
    given,
    greater,
    implies,
    index,
    lemma,
    less,
    let,
    order,
    peel,
    real,
    relu,
    sqrt,
    square_root,
    unequal,
    vector,
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
                (h(c * w, c * b)[i] - Sum(h(c * w, c * b)[k], k) / m)
                / sqrt(Sum((h(c * w, c * b)[i] - Sum(h(c * w, c * b)[k], k) / m) ** 2, i) / m),
                by=definition(hat, sigma, S, z, mu),
            ),
            equals(
                (c * h(w, b)[i] - Sum(c * h(w, b)[k], k) / m)
                / sqrt(Sum((c * h(w, b)[i] - Sum(c * h(w, b)[k], k) / m) ** 2, i) / m),
                by=given(scaled),
            ),
            equals(
                c
                * (h(w, b)[i] - Sum(h(w, b)[k], k) / m)
                / (c * sqrt(Sum((h(w, b)[i] - Sum(h(w, b)[k], k) / m) ** 2, i) / m)),
                by=square_root,
            ),
            equals(
                (h(w, b)[i] - Sum(h(w, b)[k], k) / m)
                / sqrt(Sum((h(w, b)[i] - Sum(h(w, b)[k], k) / m) ** 2, i) / m),
                by=algebra,
            ),
            equals(hat(h(w, b))[i], by=definition(hat, sigma, S, z, mu)),
        ),
    ),
    worlds=worlds(evidence.straddling),
    model=simulated(evidence.scaled),
    points=sizes,
    variants=[
        Variant("the weights alone scaled", equation(hat(h(c * w, b))[i], hat(h(w, b))[i])),
        Variant("the bias alone scaled", equation(hat(h(w, c * b))[i], hat(h(w, b))[i])),
        Variant("multiplied by c", equation(hat(h(c * w, c * b))[i], c * hat(h(w, b))[i])),
        Variant("the bias forgotten", equation(hat(h(c * w, c * b))[i], hat(h(w, 0))[i])),
        Variant("c ≠ 0 for c > 0", given=[unequal(c, 0)], worlds=worlds(evidence.flipped)),
    ],
    without=[Without(greater(c, 0), two_inputs(c=-1), weakened=unequal(c, 0))],
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
    worlds=worlds(evidence.straddling_without_bias),
    model=simulated(evidence.scaled_without_bias),
    points=sizes,
    variants=[
        Variant("with a bias", equation(hat(h(c * w, b))[i], hat(h(w, b))[i])),
        Variant("a bias on one side", equation(hat(h(c * w, c * b))[i], hat(h(w, 0))[i])),
        Variant("multiplied by c", equation(hat(h(c * w, 0))[i], c * hat(h(w, 0))[i])),
        Variant(
            "c ≠ 0 for c > 0",
            given=[unequal(c, 0)],
            worlds=worlds(evidence.flipped_without_bias),
        ),
    ],
    without=[Without(greater(c, 0), two_inputs(c=-1), weakened=unequal(c, 0))],
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
    worlds=worlds(evidence.straddling),
    model=simulated(evidence.all_values),
    points=sizes,
    variants=[
        Variant("never negative", at_least(hat(h(w, b))[i], 0)),
        Variant("at least −1", at_least(hat(h(w, b))[i], -1)),
        Variant("more than −μ/σ", greater(hat(h(w, b))[i], -mu(h(w, b)) / sigma(h(w, b)))),
        Variant("at most μ/σ", at_most(hat(h(w, b))[i], mu(h(w, b)) / sigma(h(w, b)))),
        Variant("the ReLU left out", at_least(hat(a(w, b))[i], -mu(a(w, b)) / sigma(a(w, b)))),
    ],
)

#: A batch of four: p holds the products Wx, and the bias is added behind them.
four = batch_statistics(4)
p, r, shift = vector("p", 4), vector("r", 4), real("t")
o, f = index("o", 4), index("f", 4)
rectified = let("h", (r, shift), Array(relu(r[o] + shift), o))
every_definition = definition(four.hat, four.sigma, four.S, four.z, four.mu, rectified)


def first(products: Any, bias: Any) -> Any:
    """The first normalised value of a batch of four."""
    return four.hat(rectified(products, bias))[1]


def spread(products: Any, bias: Any) -> Any:
    """The standard deviation of a batch of four behind the ReLU."""
    return four.sigma(rectified(products, bias))


#: Products that straddle the kink of the ReLU whatever the sign of the bias.
straddling = Abs(b) * Vector(-2, 0, 2, 3)


def fours(random: Any) -> World:
    """A bias; batches, factors and other biases are tried."""
    drawn = evidence.fours(random)
    return World({b: drawn.b}, candidates={p: drawn.p, c: drawn.c, t: drawn.t})


def of_scaled(statement: Any) -> Any:
    """The statement for every batch and every c > 0 for which both sides have a value."""
    defined = all_of(greater(c, 0), unequal(spread(p, b), 0), unequal(spread(c * p, b), 0))
    return every([p, c], implies(defined, statement))


def of_biased(statement: Any) -> Any:
    """The statement for every batch and every bias t ≠ 0 for which both sides have a value."""
    defined = all_of(unequal(t, 0), unequal(spread(p, t), 0), unequal(spread(p, 0), 0))
    return every([p, t], implies(defined, statement))


def unequal_values(at_one: Any, at_two: Any, root_one: Any, root_two: Any) -> Parts:
    """The witness p = |b|·(−2, 0, 2, 3), c = 2, with the first values at c = 2 and c = 1."""
    unfold = (every_definition, peel, cases, square_root)
    return Parts(
        (
            chain(2, greater(0, by=order)),
            chain(spread(straddling, b), equals(root_one, by=unfold), unequal(0, by=order)),
            chain(spread(2 * straddling, b), equals(root_two, by=unfold), unequal(0, by=order)),
            chain(
                first(2 * straddling, b),
                equals(at_two, by=unfold),
                unequal(at_one, by=order),
                equals(first(straddling, b), by=unfold),
            ),
        )
    )


batch_norm_after_relu_bias_breaks_scale = Claim(
    id="normalization.batch_norm_after_relu_bias_breaks_scale",
    title="With any bias b ≠ 0, scaling the weights alone changes some batch",
    source="000 A2b",
    states=exists(
        [p, c],
        all_of(
            greater(c, 0),
            unequal(spread(p, b), 0),
            unequal(spread(c * p, b), 0),
            unequal(first(c * p, b), first(p, b)),
        ),
    ),
    given=[unequal(b, 0)],
    proof=Exhibit(
        {p: straddling, c: 2},
        Cases(
            (greater(b, 0), less(b, 0)),
            (
                unequal_values(
                    at_one=-2 * sqrt(10) / 5,
                    at_two=-13 * sqrt(131) / 131,
                    root_one=b * sqrt(10) / 2,
                    root_two=b * sqrt(131) / 4,
                ),
                unequal_values(
                    at_one=-3 * sqrt(11) / 11,
                    at_two=-2 * sqrt(2) / 3,
                    root_one=-b * sqrt(11) / 4,
                    root_two=-3 * b * sqrt(2) / 2,
                ),
            ),
        ),
    ),
    worlds=fours,
    variants=[
        Variant("no batch shows it", of_scaled(equation(first(c * p, b), first(p, b)))),
        Variant("every batch shows it", of_scaled(unequal(first(c * p, b), first(p, b)))),
        Variant("the value grows", of_scaled(greater(first(c * p, b), first(p, b)))),
        Variant("the value shrinks", of_scaled(less(first(c * p, b), first(p, b)))),
    ],
    notes=(
        "For b = 0 there is no such batch: that is batch_norm_after_relu_without_bias. A finite "
        "world cannot show it, since it can try only some batches."
    ),
)

#: A batch of four whose preactivations stay positive: the bias does not show by accident.
lucky = Vector(1, 2, 4, 5)
#: One with a product below 0, which the ReLU cuts off.
cut_off = Vector(-1, 0, 1, 2)

batch_norm_after_relu_bias_matters = Claim(
    id="normalization.batch_norm_after_relu_bias_matters",
    title="Behind a ReLU, batch norm does not forget the bias",
    source="000 A2b",
    states=exists(
        [p, t],
        all_of(
            unequal(spread(p, t), 0),
            unequal(spread(p, 0), 0),
            unequal(first(p, t), first(p, 0)),
        ),
    ),
    proof=Exhibit(
        {p: cut_off, t: 1},
        Parts(
            (
                chain(
                    spread(cut_off, 1),
                    equals(sqrt(5) / 2, by=(every_definition, peel, cases, square_root)),
                    unequal(0, by=order),
                ),
                chain(
                    spread(cut_off, 0),
                    equals(sqrt(11) / 4, by=(every_definition, peel, cases, square_root)),
                    unequal(0, by=order),
                ),
                chain(
                    first(cut_off, 1),
                    equals(-3 * sqrt(5) / 5, by=(every_definition, peel, cases, square_root)),
                    unequal(-3 * sqrt(11) / 11, by=order),
                    equals(first(cut_off, 0), by=(every_definition, peel, cases, square_root)),
                ),
            )
        ),
    ),
    worlds=fours,
    variants=[
        Variant("no batch shows it", of_biased(equation(first(p, t), first(p, 0)))),
        Variant("every batch shows it", of_biased(unequal(first(p, t), first(p, 0)))),
        Variant("the bias is added", of_biased(equation(first(p, t), first(p, 0) + t))),
        Variant("the value grows", of_biased(greater(first(p, t), first(p, 0)))),
    ],
)

batch_norm_after_relu_accident = Claim(
    id="normalization.batch_norm_after_relu_accident",
    title="A batch that stays positive does not show the bias: 1, 2, 4, 5 under c = 3",
    source="000 A2b",
    states=equation(first(3 * lucky, 1), first(lucky, 1)),
    proof=chain(
        first(3 * lucky, 1),
        equals(first(lucky, 1), by=(every_definition, cases, square_root)),
    ),
    worlds=lambda _: World(),
    model=simulated(evidence.stays_positive),
    variants=[
        Variant("a batch that is cut off", equation(first(3 * cut_off, 1), first(cut_off, 1))),
        Variant("a bias that cuts", equation(first(3 * lucky, -2), first(lucky, -2))),
        Variant("multiplied by 3", equation(first(3 * lucky, 1), 3 * first(lucky, 1))),
        Variant("the spread too", equation(spread(3 * lucky, 1), spread(lucky, 1))),
    ],
)
