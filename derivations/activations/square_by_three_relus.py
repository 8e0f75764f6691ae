"""x² by three ReLUs on [0, 1]: the largest error is 1/25, at 2/5 and 4/5 and nowhere else.

    g(x) = ReLU(x/5) + ReLU(3x/5 − 3/25) + ReLU(4x/5 − 12/25)

A network of ReLUs bends only at its kinks, so that what it can approximate is a matter of where
the kinks stand: between two of them the error of a chord of x² grows with the square of their
distance, and an approximation is as good as its longest piece.
"""

from typing import Any

from derivations.activations import square_evidence as evidence
from verify import (
    Cases,
    Claim,
    Obtain,
    Parts,
    Proof,
    Rational,
    Row,
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
    greater,
    implies,
    less,
    let,
    models,
    order,
    real,
    relu,
    unequal,
)

x, tolerance = real("x"), Rational(1, 25)
net = relu(x / 5) + relu(3 * x / 5 - Rational(3, 25)) + relu(4 * x / 5 - Rational(12, 25))
error = let("e", (x,), net - x**2)

#: The ends of the pieces, and the two points where the error is largest.
first, second = Rational(1, 5), Rational(3, 5)
left, right = Rational(2, 5), Rational(4, 5)
low = Rational(1, 100)


def piece(start: Any, end: Any, line: Any, *last: Row) -> Proof:
    """Where the net is this line: |e(x)| is largest in the middle; then the last rows."""
    height, middle = ((end - start) / 2) ** 2, (start + end) / 2
    above = at_least(line - x**2, 0)
    return Obtain(
        above,
        chain(
            line - x**2,
            equals((x - start if start else x) * (end - x), by=algebra),
            at_least(0, by=order),
        ),
        chain(
            abs(error(x)),
            equals(abs(net - x**2), by=definition(error(x))),
            equals(line - x**2, by=cases),
            equals(height - (x - middle) ** 2, by=algebra),
            *last,
        ),
    )


def by_pieces(last: Row) -> Proof:
    """The same row on each of the three pieces."""
    return Cases(
        (at_most(x, first), greater(x, first)),
        (
            piece(Rational(0), first, x / 5, at_most(low, by=order), less(tolerance, by=order)),
            Cases(
                (at_most(x, second), greater(x, second)),
                (
                    piece(first, second, 4 * x / 5 - Rational(3, 25), last),
                    piece(second, Rational(1), 8 * x / 5 - Rational(3, 5), last),
                ),
            ),
        ),
    )


def at(point: Any) -> Proof:
    """The error at a number."""
    there = relu(point / 5) + relu(3 * point / 5 - Rational(3, 25))
    return chain(
        abs(error(point)),
        equals(
            abs(there + relu(4 * point / 5 - Rational(12, 25)) - point**2),
            by=definition(error(point)),
        ),
        equals(tolerance, by=cases),
    )


def largest(*points: Any, height: Any = tolerance) -> Any:
    """|e| is this high at the points, lower elsewhere, and nowhere higher."""
    elsewhere = all_of(*(unequal(x, point) for point in points))
    return all_of(
        *(equation(abs(error(point)), height) for point in points),
        implies(elsewhere, less(abs(error(x)), height)),
        at_most(abs(error(x)), height),
    )


square_by_three_relus = Claim(
    id="activations.square_by_three_relus",
    title="Three ReLUs come within 1/25 of x² on [0, 1]: 1/25 at 2/5 and 4/5, less elsewhere",
    source="003 1a",
    states=largest(left, right),
    given=[at_least(x, 0), at_most(x, 1)],
    proof=Parts(
        (
            at(left),
            at(right),
            by_pieces(less(tolerance, by=order)),
            by_pieces(at_most(tolerance, by=order)),
        )
    ),
    worlds=evidence.in_unit_interval,
    model=models.Comparison(evidence.three_relus),
    points=[{}],
    variants=[
        Variant("within 1/26", largest(left, right, height=Rational(1, 26))),
        Variant("at 2/5 only", largest(left), worlds=evidence.at(right)),
        Variant("as large on the first piece", largest(Rational(1, 10), left, right)),
        Variant(
            "without the third unit",
            at_most(abs(relu(x / 5) + relu(3 * x / 5 - Rational(3, 25)) - x**2), tolerance),
        ),
        Variant(
            "biases not scaled by the weights",
            at_most(
                abs(
                    relu(x / 5)
                    + relu(3 * x / 5 - Rational(1, 5))
                    + relu(4 * x / 5 - Rational(3, 5))
                    - x**2
                ),
                tolerance,
            ),
        ),
    ],
    without=[
        Without(at_least(x, 0), evidence.at(-1)),
        Without(at_most(x, 1), evidence.at(2)),
    ],
)
