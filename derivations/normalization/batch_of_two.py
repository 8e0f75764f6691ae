"""How far batch norm lets a value go: no further than √(m − 1), and with m = 2 nowhere at all.

    m = 2:  â = ±1            any m:  |â_i| ≤ √(m − 1)

In a batch of two every pair of activations leaves as ±1, so that nothing but their order is
passed on, and no gradient comes back (`batch_of_two_gradient`): this is why batch norm fails at
tiny batch sizes. At any size an outlier is capped at √(m − 1), however large it was.
"""

from typing import Any

from derivations.normalization import batch_of_two_evidence as evidence
from derivations.normalization.batch_norm import S, batch_statistics, hat, i, k, m, mu, sigma, v, z
from verify import (
    Abs,
    Apply,
    Claim,
    Delta,
    Obtain,
    Parts,
    Sum,
    Variant,
    Without,
    World,
    algebra,
    all_of,
    at_most,
    cases,
    chain,
    definition,
    equals,
    equation,
    every,
    given,
    greater,
    less,
    models,
    monotone,
    order,
    peel,
    real,
    sign,
    sqrt,
    square_root,
    unequal,
    vector,
)

two = batch_statistics(2)
p = vector("p", 2)
every_definition = definition(two.hat, two.sigma, two.S, two.z, two.mu)


def normalised(first: Any, second: Any) -> Any:
    """The two values are normalised to these."""
    return all_of(equation(two.hat(p)[1], first), equation(two.hat(p)[2], second))


def pairs(random: Any) -> World:
    """Two different values."""
    return World({p: evidence.pair(random)})


def to_sign(here: int, there: int) -> Any:
    """One of the two values, normalised to the sign of its difference from the other."""
    gap = p[here] - p[there]
    return chain(
        two.hat(p)[here],
        equals(gap / 2 / sqrt((gap / 2) ** 2), by=(every_definition, peel)),
        equals(gap / Abs(gap), by=square_root),
        equals(sign(gap) * Abs(gap) / Abs(gap), by=cases),
        equals(sign(gap), by=algebra),
    )


batch_of_two = Claim(
    id="normalization.batch_of_two",
    title="In a batch of two, batch norm leaves 1 for the larger value and −1 for the smaller",
    source="000 A2a",
    states=normalised(sign(p[1] - p[2]), sign(p[2] - p[1])),
    well_formed=[unequal(two.sigma(p), 0), unequal(p[1], p[2])],
    proof=Parts((to_sign(1, 2), to_sign(2, 1))),
    worlds=pairs,
    model=models.Comparison(evidence.second_of_two),
    points=[{"spread": 1e-3}, {"spread": 100.0}],
    variants=[
        Variant("the difference kept", normalised(p[1] - p[2], p[2] - p[1])),
        Variant("half the difference", normalised((p[1] - p[2]) / 2, (p[2] - p[1]) / 2)),
        Variant("the signs of the values", normalised(sign(p[1]), sign(p[2]))),
        Variant("the signs exchanged", normalised(sign(p[2] - p[1]), sign(p[1] - p[2]))),
    ],
)

#: Values with mean 0 and mean square 1, such as the normalised ones of a batch.
a = vector("a", m)
centred, unit = equation(Sum(a[k], k), 0), equation(Sum(a[k] ** 2, k), m)
#: m times the squared distance of a_i·a from the direction of the i-th value.
rest = Sum((m * Delta(i, k) - 1 - a[i] * a[k]) ** 2, k)
square_bounded = at_most(a[i] ** 2, m - 1)


def standard(draw: Any) -> Any:
    """Worlds from the standardised values that `draw` returns."""
    return lambda random: World(dict(zip((m, a, i), draw(random), strict=True)))


def at_most_in_size(by: Any, value: Any = a[i]) -> Any:
    """|a_i| ≤ by."""
    return at_most(Abs(value), by)


standardised_values_bounded = Claim(
    id="normalization.standardised_values_bounded",
    title="Of m values with mean 0 and mean square 1 none exceeds √(m − 1)",
    source="000 A2a",
    states=at_most_in_size(sqrt(m - 1)),
    given=[centred, unit],
    proof=Obtain(
        square_bounded,
        chain(
            a[i] ** 2,
            equals(
                m - 1 - rest / m,
                by=(given(centred, times=2 * a[i] / m), given(unit, times=a[i] ** 2 / m)),
            ),
            at_most(m - 1, by=order),
        ),
        chain(
            Abs(a[i]),
            equals(sqrt(a[i] ** 2), by=square_root),
            at_most(sqrt(m - 1), by=monotone),
        ),
    ),
    worlds=standard(evidence.standardised),
    model=models.Comparison(evidence.largest_standardised),
    points=[{"m": 3}, {"m": 20}],
    variants=[
        Variant("less than √(m − 1)", less(Abs(a[i]), sqrt(m - 1))),
        Variant("at most 1", at_most_in_size(1)),
        Variant("at most √m − 1", at_most_in_size(sqrt(m) - 1)),
        Variant("at most √(m − 1)/2", at_most_in_size(sqrt(m - 1) / 2)),
    ],
    without=[
        Without(centred, standard(lambda _: evidence.one_value(1))),
        Without(unit, standard(evidence.stretched)),
    ],
)

c, s = real("c"), real("s")


def batches(draw: Any) -> Any:
    """Worlds from the batches that `draw` returns."""
    return lambda random: World(dict(zip((m, v, i, c, s), draw(random), strict=True)))


batch_norm_bound = Claim(
    id="normalization.batch_norm_bound",
    title="Batch norm caps every value of a batch of m at √(m − 1)",
    source="000 A2a",
    states=at_most_in_size(sqrt(m - 1), hat(v)[i]),
    well_formed=[unequal(sigma(v), 0)],
    proof=Obtain(
        all_of(equation(Sum(hat(v)[k], k), 0), equation(Sum(hat(v)[k] ** 2, k), m)),
        Parts(
            (
                chain(Sum(hat(v)[k], k), equals(0, by=definition(hat, z, mu))),
                chain(Sum(hat(v)[k] ** 2, k), equals(m, by=definition(hat, z, sigma, S))),
            )
        ),
        Apply(standardised_values_bounded, {a: hat(v)}),
    ),
    worlds=batches(evidence.some_batch),
    model=models.Comparison(evidence.heavy_tails),
    points=[{"m": 3}, {"m": 20}],
    variants=[
        Variant("less than √(m − 1)", less(Abs(hat(v)[i]), sqrt(m - 1))),
        Variant("at most 1", at_most_in_size(1, hat(v)[i])),
        Variant("at most √m − 1", at_most_in_size(sqrt(m) - 1, hat(v)[i])),
        Variant("the centred values too", at_most_in_size(sqrt(m - 1), z(v)[i])),
    ],
)

#: The outlier c + s among values that are all c.
alone = every(k, equation(v[k], c + s * Delta(i, k)))
mean_of_alone = equation(mu(v), c + s / m)
variance_of_alone = equation(S(v), (m - 1) * s**2 / m**2)


def reached(value: Any) -> Any:
    """The outlier is normalised to this."""
    return equation(hat(v)[i], value)


batch_norm_bound_attained = Claim(
    id="normalization.batch_norm_bound_attained",
    title="A single outlier is normalised to √(m − 1), however far it was from the others",
    source="000 A2a",
    states=reached(sqrt(m - 1)),
    given=[alone, greater(s, 0)],
    well_formed=[unequal(sigma(v), 0), greater(m, 1)],
    proof=Obtain(
        all_of(mean_of_alone, variance_of_alone),
        Parts(
            (
                chain(
                    mu(v),
                    equals(Sum(v[k], k) / m, by=definition(mu)),
                    equals(c + s / m, by=given(alone)),
                ),
                chain(
                    S(v),
                    equals(Sum((v[k] - mu(v)) ** 2, k) / m, by=definition(S, z)),
                    equals(Sum((v[k] - (c + s / m)) ** 2, k) / m, by=given(mean_of_alone)),
                    equals((m - 1) * s**2 / m**2, by=given(alone)),
                ),
            )
        ),
        chain(
            hat(v)[i],
            equals((v[i] - mu(v)) / sqrt(S(v)), by=definition(hat, z, sigma)),
            equals(
                (v[i] - (c + s / m)) / sqrt((m - 1) * s**2 / m**2),
                by=(given(mean_of_alone), given(variance_of_alone)),
            ),
            equals((c + s - (c + s / m)) / sqrt((m - 1) * s**2 / m**2), by=given(alone)),
            equals((m - 1) / sqrt(m - 1), by=square_root),
            equals(sqrt(m - 1), by=algebra),
        ),
    ),
    worlds=batches(evidence.outlier),
    model=models.Comparison(evidence.one_outlier),
    points=[{"m": 3}, {"m": 20}],
    variants=[
        Variant("in proportion to how far it is", reached(s * sqrt(m - 1))),
        Variant("√m for √(m − 1)", reached(sqrt(m))),
        Variant("m − 1 for its root", reached(m - 1)),
        Variant(
            "above or below the others",
            given=[alone, unequal(s, 0)],
            worlds=batches(evidence.low_outlier),
        ),
    ],
    without=[
        Without(alone, batches(evidence.two_outliers)),
        Without(greater(s, 0), batches(evidence.low_outlier), weakened=unequal(s, 0)),
    ],
)
