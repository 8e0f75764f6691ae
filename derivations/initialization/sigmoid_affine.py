"""Affine changes that make the sigmoid odd with slope 1 at 0, and why a ReLU has none.

    f(x) = 4·(s(x) − ½),   g(x) = 2·s(2x) − 1 = tanh(x),   2x/(2 + x) ≤ f(x) ≤ 2x/(2 − x)

Xavier's rule is for odd activations of slope 1 at 0: a sigmoid can be turned into one by
shifting and scaling, a ReLU cannot, and so needs a rule of its own.
"""

from derivations.initialization.simulations import sigmoid_affine as simulation
from verify import (
    Cases,
    Claim,
    Exhibit,
    Parts,
    Rational,
    Variant,
    Without,
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
    exp,
    exponential,
    given,
    greater,
    less,
    let,
    models,
    order,
    real,
    relu,
    sigmoid,
    tanh,
    unequal,
)

x = real("x")
half, mirrored = Rational(1, 2), -x
f = let("f", (x,), 4 * (sigmoid(x) - half))
g = let("g", (x,), 2 * sigmoid(2 * x) - 1)
f_odd, g_odd = equation(f(-x), -f(x)), equation(g(-x), -g(x))

sigmoid_affine = Claim(
    id="initialization.sigmoid_affine",
    title="4·(s(x) − ½) is odd, and so is 2·s(2x) − 1, which is tanh(x)",
    source="003 4g",
    states=all_of(f_odd, g_odd, equation(g(x), tanh(x))),
    proof=Parts(
        (
            chain(
                f(-x),
                equals(4 * (sigmoid(-x) - half), by=definition(f(-x))),
                equals(4 * (1 / (1 + exp(-mirrored)) - half), by=definition(sigmoid(mirrored))),
                equals(4 * (1 / (1 + 1 / exp(-x)) - half), by=exponential),
                equals(-(4 * (1 / (1 + exp(-x)) - half)), by=algebra),
                equals(-(4 * (sigmoid(x) - half)), by=definition(sigmoid(x))),
                equals(-f(x), by=definition(f(x))),
            ),
            chain(
                g(-x),
                equals(2 * sigmoid(2 * (-x)) - 1, by=definition(g(-x))),
                equals(2 * (1 / (1 + exp(-(2 * (-x))))) - 1, by=definition(sigmoid(2 * (-x)))),
                equals(2 * (1 / (1 + 1 / exp(-(2 * x)))) - 1, by=exponential),
                equals(-(2 * (1 / (1 + exp(-(2 * x)))) - 1), by=algebra),
                equals(-(2 * sigmoid(2 * x) - 1), by=definition(sigmoid(2 * x))),
                equals(-g(x), by=definition(g(x))),
            ),
            chain(
                g(x),
                equals(2 * sigmoid(2 * x) - 1, by=definition(g(x))),
                equals(2 * (1 / (1 + exp(-(2 * x)))) - 1, by=definition(sigmoid(2 * x))),
                equals(2 * (1 / (1 + exp(-x) / exp(x))) - 1, by=exponential),
                equals((exp(x) - exp(-x)) / (exp(x) + exp(-x)), by=algebra),
                equals(tanh(x), by=definition(tanh(x))),
            ),
        )
    ),
    worlds=simulation.anywhere,
    model=models.Comparison(simulation.tanh_from_sigmoid),
    points=[{}],
    variants=[
        Variant("the sigmoid itself", equation(sigmoid(-x), -sigmoid(x))),
        Variant("no factor 2 inside", equation(2 * sigmoid(x) - 1, tanh(x))),
        Variant("4·(s(x) − ½) is tanh(x)", equation(f(x), tanh(x))),
        Variant("even", equation(f(-x), f(x))),
    ],
)

lower, upper = 2 * x / (2 + x), 2 * x / (2 - x)

sigmoid_affine_slope = Claim(
    id="initialization.sigmoid_affine_slope",
    title="2x/(2 + x) ≤ 4·(s(x) − ½) ≤ 2x/(2 − x): its slope at 0 is 1",
    source="003 4g",
    states=all_of(at_least(f(x), lower), at_most(f(x), upper)),
    given=[greater(x, -2), less(x, 2)],
    proof=Parts(
        (
            chain(
                f(x),
                equals(4 * (sigmoid(x) - half), by=definition(f(x))),
                equals(4 * (1 / (1 + exp(-x)) - half), by=definition(sigmoid(x))),
                equals(4 * (1 / (1 + 1 / exp(x)) - half), by=exponential),
                equals(lower + 4 * (exp(x) - 1 - x) / ((1 + exp(x)) * (2 + x)), by=algebra),
                at_least(lower, by=order),
            ),
            chain(
                f(x),
                equals(4 * (sigmoid(x) - half), by=definition(f(x))),
                equals(4 * (1 / (1 + exp(-x)) - half), by=definition(sigmoid(x))),
                equals(upper - 4 * (exp(-x) - 1 - (-x)) / ((1 + exp(-x)) * (2 - x)), by=algebra),
                at_most(upper, by=order),
            ),
        )
    ),
    worlds=simulation.near_zero,
    model=models.Comparison(simulation.centred_sigmoid),
    points=[{}],
    variants=[
        Variant("s(x) − ½", at_least(sigmoid(x) - half, lower)),
        Variant("the bounds exchanged", at_least(f(x), upper)),
        Variant("slope 2", at_least(2 * f(x), 2 * upper)),
    ],
    without=[
        Without(greater(x, -2), simulation.far(-3), weakened=unequal(x, -2)),
        Without(less(x, 2), simulation.far(3), weakened=unequal(x, 2)),
    ],
    notes="Divided by x, the two bounds tend to 1 as x → 0.",
)

alpha, beta, c, gamma = map(real, ("alpha", "beta", "c", "gamma"))
r = let("r", (x,), alpha * relu(beta * x + c) + gamma)

#: Two points beyond the kink on either side, and r(x) + r(−x) at the first.
near, distant = (abs(c) + 1) / beta, (abs(c) + 2) / beta
total = alpha * (c + abs(c) + 1) + 2 * gamma

relu_not_affinely_odd = Claim(
    id="initialization.relu_not_affinely_odd",
    title="No α·ReLU(βx + c) + γ with α, β ≠ 0 is odd",
    source="003 4h",
    states=exists(x, unequal(r(-x), -r(x))),
    given=[unequal(alpha, 0), unequal(beta, 0)],
    proof=Cases(
        (unequal(total, 0), equation(total, 0)),
        (
            Exhibit(
                {x: near},
                chain(
                    r(-near),
                    equals(alpha * relu(beta * (-near) + c) + gamma, by=definition(r(-near))),
                    equals(alpha * relu(c - abs(c) - 1) + gamma, by=algebra),
                    equals(gamma, by=cases),
                    equals(total - (alpha * relu(c + abs(c) + 1) + gamma), by=cases),
                    equals(total - r(near), by=definition(r(near))),
                    unequal(-r(near), by=order),
                ),
            ),
            Exhibit(
                {x: distant},
                chain(
                    r(-distant),
                    equals(alpha * relu(beta * (-distant) + c) + gamma, by=definition(r(-distant))),
                    equals(alpha * relu(c - abs(c) - 2) + gamma, by=algebra),
                    equals(gamma, by=cases),
                    equals(alpha + total - (alpha * relu(c + abs(c) + 2) + gamma), by=cases),
                    equals(alpha + total - r(distant), by=definition(r(distant))),
                    equals(alpha - r(distant), by=given(equation(total, 0), times=1)),
                    unequal(-r(distant), by=order),
                ),
            ),
        ),
    ),
    worlds=simulation.shifted_relu,
    variants=[
        Variant(
            "r(−x) ≠ −r(x) at every x",
            every(x, unequal(r(-x), -r(x))),
            worlds=simulation.odd_at(1),
        ),
        Variant("at the nearer point", unequal(r(-near), -r(near)), worlds=simulation.odd_at(1)),
        Variant(
            "at the farther point", unequal(r(-distant), -r(distant)), worlds=simulation.odd_at(2)
        ),
    ],
)
