"""How steep sigmoid and tanh are, and what is left of a gradient after many of their slopes.

    0 < s(x)·(1 − s(x)) ≤ ¼,   0 < 1 − tanh(x)² ≤ 1,   Π_{l=1..t} s(x_l)·(1 − s(x_l)) ≤ 4^{−t}

Backpropagation multiplies one slope a layer. Sigmoid's is never above ¼, so that ten layers leave
at most a millionth of the gradient; tanh's reaches 1, and only there the gradient is kept.
"""

from typing import Any

from derivations.activations import slope_bounds_evidence as evidence
from verify import (
    Cases,
    Claim,
    Induction,
    Obtain,
    Parts,
    Rational,
    Variant,
    Without,
    algebra,
    all_of,
    at_most,
    chain,
    definition,
    equals,
    equation,
    every,
    exp,
    exponential,
    given,
    greater,
    implies,
    index,
    lemma,
    less,
    let,
    models,
    monotone,
    order,
    real,
    sigmoid,
    tanh,
    unequal,
)

x, half, quarter = real("x"), Rational(1, 2), Rational(1, 4)


def sigmoid_slope(u: Any) -> Any:
    """s(u)·(1 − s(u)), the derivative of the sigmoid at u."""
    return sigmoid(u) * (1 - sigmoid(u))


def tanh_slope(u: Any) -> Any:
    """1 − tanh(u)², the derivative of tanh at u."""
    return 1 - tanh(u) ** 2


def bounded(slope: Any, top: Any, where: Any = 0) -> Any:
    """0 < slope ≤ top, with equality at one point only."""
    return all_of(
        greater(slope(x), 0),
        equation(slope(where), top),
        implies(unequal(x, where), less(slope(x), top)),
        at_most(slope(x), top),
    )


def away_from(function: Any, middle: Any, rows: Any) -> Cases:
    """The function is increasing, so that it has its value at 0 nowhere else."""
    return Cases(
        (greater(x, 0), less(x, 0)),
        (
            chain(function(x), greater(function(0), by=monotone), *rows),
            chain(function(x), less(function(0), by=monotone), *rows),
        ),
    )


at_origin = 1 / (1 + exp(0))
at_zero = (
    equals(at_origin, by=definition(sigmoid(0))),
    equals(half, by=exponential),
)
tanh_at_zero = (equals(0, by=definition(tanh(0))),)

sigmoid_slope_bound = Claim(
    id="activations.sigmoid_slope_bound",
    title="The slope of the sigmoid is above 0 and at most ¼, and ¼ only at 0",
    source="003 2e",
    states=bounded(sigmoid_slope, quarter),
    proof=Parts(
        (
            chain(sigmoid_slope(x), greater(0, by=order)),
            chain(
                sigmoid_slope(0),
                equals(at_origin * (1 - at_origin), by=definition(sigmoid(0))),
                equals(quarter, by=exponential),
            ),
            Obtain(
                unequal(sigmoid(x), half),
                away_from(sigmoid, half, at_zero),
                chain(
                    sigmoid_slope(x),
                    equals(quarter - (sigmoid(x) - half) ** 2, by=algebra),
                    less(quarter, by=order),
                ),
            ),
            chain(
                sigmoid_slope(x),
                equals(quarter - (sigmoid(x) - half) ** 2, by=algebra),
                at_most(quarter, by=order),
            ),
        )
    ),
    worlds=evidence.anywhere,
    model=models.Comparison(evidence.sigmoid_quotients),
    points=[{}],
    variants=[
        Variant("at most 1/5", bounded(sigmoid_slope, Rational(1, 5)), worlds=evidence.at(0)),
        Variant("never ¼", less(sigmoid_slope(x), quarter), worlds=evidence.at(0)),
        Variant("¼ at 1", bounded(sigmoid_slope, quarter, 1)),
        Variant("above 1/10 everywhere", greater(sigmoid_slope(x), Rational(1, 10))),
    ],
)

tanh_slope_bound = Claim(
    id="activations.tanh_slope_bound",
    title="The slope of tanh is above 0 and at most 1, and 1 only at 0",
    source="003 2e",
    states=bounded(tanh_slope, 1),
    proof=Parts(
        (
            chain(
                tanh_slope(x),
                equals((1 - tanh(x)) * (1 + tanh(x)), by=algebra),
                greater(0, by=order),
            ),
            chain(tanh_slope(0), equals(1, by=definition(tanh(0)))),
            Obtain(
                unequal(tanh(x), 0),
                away_from(tanh, 0, tanh_at_zero),
                chain(tanh_slope(x), less(1, by=order)),
            ),
            chain(tanh_slope(x), at_most(1, by=order)),
        )
    ),
    worlds=evidence.anywhere,
    model=models.Comparison(evidence.tanh_quotients),
    points=[{}],
    variants=[
        Variant("at most ¼", bounded(tanh_slope, quarter)),
        Variant("never 1", less(tanh_slope(x), 1), worlds=evidence.at(0)),
        Variant("1 at 1", bounded(tanh_slope, 1, 1)),
        Variant("above 1/2 everywhere", greater(tanh_slope(x), half)),
    ],
)

t, k = index("t", 0, None), index("k", 1, None)
z, P = real("z", (1, None)), real("P", (0, None))

starts_at_one = equation(P[0], 1)


def product_of(slope: Any) -> Any:
    """P_k = P_{k−1}·slope(z_k)."""
    return every(k, equation(P[k], P[k - 1] * slope(z[k])))


def at_most_powers(top: Any) -> Any:
    """0 < P_t ≤ top(t) for every t."""
    return every(t, all_of(greater(P[t], 0), at_most(P[t], top(t))))


b = let("b", (t,), quarter**t)
by_slopes = product_of(sigmoid_slope)
one_more = P[t] * sigmoid_slope(z[t + 1])
bound_there = lemma(sigmoid_slope_bound, {x: z[t + 1]})

sigmoid_slopes_vanish = Claim(
    id="activations.sigmoid_slopes_vanish",
    title="The product of t slopes of the sigmoid is above 0 and at most 4^{−t}",
    source="003 2e",
    states=at_most_powers(b),
    given=[starts_at_one, by_slopes],
    proof=Induction(
        on=t,
        base=Parts(
            (
                chain(P[0], equals(1, by=given), greater(0, by=order)),
                chain(P[0], equals(1, by=given), equals(b(0), by=definition)),
            )
        ),
        step=Parts(
            (
                chain(P[t + 1], equals(one_more, by=given), greater(0, by=order)),
                chain(
                    P[t + 1],
                    equals(one_more, by=given),
                    at_most(P[t] * quarter, by=(order, bound_there)),
                    at_most(b(t) * quarter, by=order),
                    equals(quarter**t * quarter, by=definition(b(t))),
                    equals(b(t + 1), by=definition(b(t + 1))),
                ),
            )
        ),
    ),
    worlds=evidence.layers,
    model=models.Comparison(evidence.chain_of_sigmoids),
    points=[{"t": 3}, {"t": 12}],
    variants=[
        Variant("at most 5^{−t}", at_most_powers(lambda time: Rational(1, 5) ** time)),
        Variant(
            "below 4^{−t}",
            every(t, less(P[t], b(t))),
        ),
        Variant(
            "for tanh", given=[starts_at_one, product_of(tanh_slope)], worlds=evidence.tanh_layers
        ),
    ],
    without=[
        Without(starts_at_one, evidence.another_start),
        Without(by_slopes, evidence.another_product),
    ],
)
