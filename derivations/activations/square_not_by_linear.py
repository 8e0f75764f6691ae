"""No line comes closer to x² on [0, 1] than 1/8, and x − 1/8 comes as close.

    e(0) − 2·e(½) + e(1) = ½,   e(x) = x² − (αx + β)

Layers without an activation between them are one affine map, whatever their number and width,
and one affine map cannot bend: for a tolerance of 1/25 it is too stiff by a factor of three.
"""

from derivations.activations import square_evidence as evidence
from verify import (
    Cases,
    Chain,
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
    exists,
    greater,
    less,
    let,
    models,
    order,
    real,
)

x, y = real("x"), real("y")
alpha, beta = real("alpha"), real("beta")
error = let("e", (y,), y**2 - (alpha * y + beta))
half, bound = Rational(1, 2), Rational(1, 8)
best = x**2 - (x - bound)

#: Some y in [0, 1] has |e(y)| ≥ 1/8.
far_somewhere = exists(y, all_of(at_least(y, 0), at_most(y, 1), at_least(abs(error(y)), bound)))
#: The sizes of the errors at the ends.
left, right = abs(error(0)), abs(error(1))

large = {point: chain(abs(error(point)), at_least(bound, by=order)) for point in (0, 1)}
in_the_middle = chain(
    abs(error(half)),
    at_least(-error(half), by=order),
    equals(Rational(1, 4) - (error(0) + error(1)) / 2, by=definition(error)),
    at_least(Rational(1, 4) - (left + right) / 2, by=order),
    greater(bound, by=order),
)


def same(number: int) -> Chain:
    """number = number, for an end that is its own bound."""
    return chain(number, equals(number + alpha - alpha, by=algebra), equals(number, by=algebra))


def shown_at(point: Rational, above: Chain, below: Chain, rows: Chain) -> Exhibit:
    """The point is in [0, 1], and there the error is shown to be large."""
    return Exhibit({y: point}, Parts((above, below, rows)))


square_not_by_linear = Claim(
    id="activations.square_not_by_linear",
    title="No line comes closer to x² on [0, 1] than 1/8, and x − 1/8 comes as close",
    source="003 1b",
    states=all_of(far_somewhere, at_most(abs(best), bound)),
    given=[at_least(x, 0), at_most(x, 1)],
    proof=Parts(
        (
            Cases(
                (at_least(left, bound), less(left, bound)),
                (
                    shown_at(Rational(0), same(0), chain(0, less(1, by=order)), large[0]),
                    Cases(
                        (at_least(right, bound), less(right, bound)),
                        (
                            shown_at(
                                Rational(1), chain(1, greater(0, by=order)), same(1), large[1]
                            ),
                            shown_at(
                                half,
                                chain(half, greater(0, by=order)),
                                chain(half, less(1, by=order)),
                                in_the_middle,
                            ),
                        ),
                    ),
                ),
            ),
            Cases(
                (at_least(best, 0), less(best, 0)),
                (
                    chain(
                        abs(best),
                        equals(best, by=cases),
                        equals(bound - x * (1 - x), by=algebra),
                        at_most(bound, by=order),
                    ),
                    chain(
                        abs(best),
                        equals(-best, by=cases),
                        equals(bound - (x - half) ** 2, by=algebra),
                        at_most(bound, by=order),
                    ),
                ),
            ),
        )
    ),
    worlds=evidence.lines,
    model=models.Comparison(evidence.best_line),
    points=[{}],
    variants=[
        Variant("every line far at 0", at_least(left, bound), worlds=evidence.line(1, 0)),
        Variant("every line far in the middle", at_least(abs(error(half)), bound)),
        Variant("within the sheet's 1/25", at_most(abs(best), Rational(1, 25))),
        Variant("the chord as close", at_most(abs(x**2 - x), bound)),
        Variant("least squares as close", at_most(abs(x**2 - (x - Rational(1, 6))), bound)),
    ],
    without=[
        Without(at_least(x, 0), evidence.line(1, 0, -1)),
        Without(at_most(x, 1), evidence.line(1, 0, 2)),
    ],
)
