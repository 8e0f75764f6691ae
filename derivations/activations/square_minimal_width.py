"""How many ReLUs the tolerance 1/25 takes for x² on [0, 1]: two, with an output bias.

    one unit: the error is 1/18 at best,   two units: 1/50 at best

A unit bends the network once. One bend is not enough for 1/25, two are: width is what the
tolerance costs, and the third unit of a construction that fits slopes one after the other is the
price of having no output bias and of never looking back.
"""

from typing import Any

from derivations.activations import square_minimal_width_evidence as evidence
from verify import (
    Cases,
    Chain,
    Claim,
    Exhibit,
    Obtain,
    Parts,
    Proof,
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
    exists,
    greater,
    lemma,
    less,
    let,
    models,
    monotone,
    order,
    real,
    relu,
)

# -- a ReLU is convex -------------------------------------------------------------------------

p, r = real("p"), real("r")
middle = (p + r) / 2

relu_midpoint = Claim(
    id="activations.relu_midpoint",
    title="A ReLU halfway between two points is at most the mean of its values there",
    source="003 1a",
    states=at_most(relu(middle), (relu(p) + relu(r)) / 2),
    proof=Cases(
        (at_least(middle, 0), less(middle, 0)),
        (
            chain(
                relu(middle),
                equals(middle, by=cases),
                at_most((relu(p) + relu(r)) / 2, by=order),
            ),
            chain(
                relu(middle),
                equals(0, by=cases),
                at_most((relu(p) + relu(r)) / 2, by=order),
            ),
        ),
    ),
    worlds=evidence.two_points,
    model=models.Comparison(evidence.midpoints),
    points=[{}],
    variants=[
        Variant("equality", equation(relu(middle), (relu(p) + relu(r)) / 2)),
        Variant("the other way", at_least(relu(middle), (relu(p) + relu(r)) / 2)),
        Variant("at most the lesser", at_most(relu(middle), relu(p))),
    ],
)

# -- one unit ---------------------------------------------------------------------------------

x, y = real("x"), real("y")
c, u, w, b = real("c"), real("u"), real("w"), real("b")
f = let("f", (y,), c + u * relu(w * y + b))
error = let("e", (y,), y**2 - f(y))

third, two_thirds = Rational(1, 3), Rational(2, 3)
one_unit, two_units = Rational(1, 18), Rational(1, 50)


def far_somewhere(distance: Any) -> Any:
    """Some y in [0, 1] has |e(y)| ≥ distance."""
    return exists(y, all_of(at_least(y, 0), at_most(y, 1), at_least(abs(error(y)), distance)))


def shown_at(point: Rational, rows: Chain) -> Exhibit:
    """The point is in [0, 1], and there the error is shown to be large."""

    def bounded(end: int, relation: Any) -> Chain:
        if point == end:  # a number is its own bound
            return chain(end, equals(end + c - c, by=algebra), equals(end, by=algebra))
        return chain(point, relation(end, by=order))

    return Exhibit({y: point}, Parts((bounded(0, greater), bounded(1, less), rows)))


def large_at(point: Rational, otherwise: Proof) -> Cases:
    """Either the error is large at this point, or the proof goes on."""
    size = abs(error(point))
    return Cases(
        (at_least(size, one_unit), less(size, one_unit)),
        (shown_at(point, chain(size, at_least(one_unit, by=order))), otherwise),
    )


#: A network that does not rise from 0 to 1/3 is far from x² at one of the two.
does_not_rise = at_most(f(third), f(0))
where_it_does_not_rise = large_at(
    Rational(0),
    shown_at(
        third,
        chain(
            abs(error(third)),
            at_least(error(third), by=order),
            equals(Rational(1, 9) - f(third), by=definition(error)),
            at_least(Rational(1, 9) - f(0), by=order),
            equals(Rational(1, 9) + error(0), by=definition(error)),
            at_least(Rational(1, 9) - abs(error(0)), by=order),
            greater(one_unit, by=order),
        ),
    ),
)

#: A network that is not convex on 1/3, 2/3, 1 is far from x² at one of the three.
not_convex = at_least(f(two_thirds), (f(third) + f(1)) / 2)
where_it_is_not_convex = large_at(
    third,
    large_at(
        Rational(1),
        shown_at(
            two_thirds,
            chain(
                abs(error(two_thirds)),
                at_least(-error(two_thirds), by=order),
                equals(f(two_thirds) - Rational(4, 9), by=definition(error)),
                at_least((f(third) + f(1)) / 2 - Rational(4, 9), by=order),
                equals(Rational(1, 9) - (error(third) + error(1)) / 2, by=definition(error)),
                at_least(Rational(1, 9) - (abs(error(third)) + abs(error(1))) / 2, by=order),
                greater(one_unit, by=order),
            ),
        ),
    ),
)


def unit(point: Any) -> Any:
    """The hidden unit at a number."""
    return relu(w * point + b)


both_ends = (unit(third) + unit(1)) / 2
concave = Obtain(
    at_most(unit(two_thirds), both_ends),
    chain(
        unit(two_thirds),
        equals(relu(((w * third + b) + (w * 1 + b)) / 2), by=algebra),
        at_most(both_ends, by=(order, lemma(relu_midpoint, {p: w * third + b, r: w * 1 + b}))),
    ),
    Obtain(
        not_convex,
        chain(
            f(two_thirds),
            equals(c + u * unit(two_thirds), by=definition),
            equals(c + u * both_ends - u * (both_ends - unit(two_thirds)), by=algebra),
            at_least(c + u * both_ends, by=order),
            equals((f(third) + f(1)) / 2, by=definition(f)),
        ),
        where_it_is_not_convex,
    ),
)
falling = Obtain(
    at_most(unit(third), relu(b)),
    chain(unit(third), at_most(relu(b), by=monotone)),
    Obtain(
        does_not_rise,
        chain(
            f(third),
            equals(c + u * unit(third), by=definition),
            equals(c + u * relu(b) - u * (relu(b) - unit(third)), by=algebra),
            at_most(c + u * relu(b), by=order),
            equals(f(0), by=definition),
        ),
        where_it_does_not_rise,
    ),
)
late = Obtain(
    does_not_rise,
    chain(
        f(third),
        equals(c + u * unit(third), by=definition),
        equals(c, by=cases),
        equals(c + u * relu(b), by=cases),
        equals(f(0), by=definition),
    ),
    where_it_does_not_rise,
)
early = Obtain(
    not_convex,
    chain(
        f(two_thirds),
        equals(c + u * unit(two_thirds), by=definition),
        equals(c + u * both_ends, by=cases),
        equals((f(third) + f(1)) / 2, by=definition(f)),
    ),
    where_it_is_not_convex,
)
best_of_one_unit = Cases(
    (at_most(u, 0), greater(u, 0)),
    (
        concave,
        Cases(
            (at_most(w, 0), greater(w, 0)),
            (
                falling,
                Cases((at_most(w / 3 + b, 0), greater(w / 3 + b, 0)), (late, early)),
            ),
        ),
    ),
)

# -- explicit networks ------------------------------------------------------------------------


def apart(network: Any, tolerance: Any) -> Any:
    """|network − x²| ≤ tolerance."""
    return at_most(abs(network - x**2), tolerance)


def on_piece(network: Any, centre: Rational, half_length: Rational) -> Proof:
    """On a piece the network is the line x² + half_length²/2 − (x − centre)²."""
    height = half_length**2 / 2
    line = 2 * centre * x + (height - centre**2) if centre else height
    gap = line - x**2
    start, end = centre - half_length, centre + half_length
    return Cases(
        (at_least(gap, 0), less(gap, 0)),
        (
            chain(
                abs(network - x**2),
                equals(gap, by=cases),
                equals(height - (x - centre) ** 2, by=algebra),
                at_most(height, by=order),
            ),
            chain(
                abs(network - x**2),
                equals(-gap, by=cases),
                equals(height - (x - start) * (end - x), by=algebra),
                at_most(height, by=order),
            ),
        ),
    )


fifth = Rational(1, 5)
network_of_one = one_unit + 4 * relu(x - third) / 3
network_of_two = two_units + 4 * (relu(x - fifth) + relu(x - 3 * fifth)) / 5
pieces_of_one = Cases(
    (at_most(x, third), greater(x, third)),
    (
        on_piece(network_of_one, Rational(0), third),
        on_piece(network_of_one, two_thirds, third),
    ),
)
pieces_of_two = Cases(
    (at_most(x, fifth), greater(x, fifth)),
    (
        on_piece(network_of_two, Rational(0), fifth),
        Cases(
            (at_most(x, 3 * fifth), greater(x, 3 * fifth)),
            (
                on_piece(network_of_two, 2 * fifth, fifth),
                on_piece(network_of_two, 4 * fifth, fifth),
            ),
        ),
    ),
)

square_minimal_width = Claim(
    id="activations.square_minimal_width",
    title="With an output bias one ReLU comes within 1/18 of x² at best, two within 1/50",
    source="003 1a",
    states=all_of(
        far_somewhere(one_unit),
        apart(network_of_one, one_unit),
        apart(network_of_two, two_units),
    ),
    given=[at_least(x, 0), at_most(x, 1)],
    proof=Parts((best_of_one_unit, pieces_of_one, pieces_of_two)),
    worlds=evidence.networks,
    model=models.Comparison(evidence.two_units),
    points=[{}],
    variants=[
        Variant("one unit far at 0", at_least(abs(error(0)), one_unit), worlds=evidence.no_bias),
        Variant("one unit far at 1", at_least(abs(error(1)), one_unit)),
        Variant("one unit within 1/25", apart(network_of_one, Rational(1, 25))),
        Variant("two units within 1/51", apart(network_of_two, Rational(1, 51))),
        Variant("two units without a bias", apart(network_of_two - two_units, two_units)),
    ],
    without=[
        Without(at_least(x, 0), evidence.at(-1)),
        Without(at_most(x, 1), evidence.at(2)),
    ],
    notes="1/50 ≤ 1/25 < 1/18: for the sheet's tolerance two units are enough, and one is not.",
)
