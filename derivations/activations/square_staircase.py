"""A network of m ReLUs and a bias that comes within 1/(2(2m + 1)²) of x² on [0, 1].

    N_0 = h²/2,   N_{m+1} = N_m + 4h·ReLU(x − (2m + 1)h),   h = 1/(2m + 1):   |N_m − x²| ≤ h²/2

The first piece is level, which the output bias makes as good as half a piece; every further unit
adds a piece twice as long. The error falls with the square of the number of units: two units are
better here than the three that a step by step choice of slopes arrives at.
"""

from typing import Any

from derivations.activations import square_staircase_evidence as evidence
from verify import (
    Apply,
    Cases,
    Claim,
    Induction,
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
    every,
    given,
    greater,
    index,
    less,
    let,
    models,
    order,
    real,
    relu,
)

N, x, a, h = real("N"), real("x"), real("a"), real("h")
#: The value with one unit more, and the end of the piece that it adds.
next_value, next_end = real("N_next"), real("a_next")

#: What lies beyond the last piece, which ends at a, and beyond the next one.
beyond, further = relu(x - a), relu(x - next_end)
flat, high = x**2 - h**2 / 2, x**2 + h**2 / 2


def low(excess: Any, length: Any = h) -> Any:
    """x² less what the last line has fallen below it."""
    return x**2 - (length**2 / 2 + 2 * length * excess + excess**2)


def within(value: Any, excess: Any, length: Any = h) -> tuple[Any, Any, Any]:
    """Exactly `low` beyond the last piece; nowhere above x² + length²/2 nor below `low`."""
    return (
        equation(excess * (value - low(excess, length)), 0),
        at_most(value, x**2 + length**2 / 2),
        at_least(value, low(excess, length)),
    )


added = equation(next_value, N + 4 * h * beyond)
longer = equation(next_end, a + 2 * h)
exact_beyond, not_above, not_below = within(N, beyond)
wide = at_least(h, 0)
known = equation(N, low(beyond))


def on_the_line(*rows: Row, start: Any = next_value) -> Proof:
    """Where x > a the value is known, and so is what the new unit makes of it."""
    return Obtain(
        known,
        chain(
            N,
            equals(low(beyond) + beyond * (N - low(beyond)) / beyond, by=algebra),
            equals(low(beyond), by=given(exact_beyond, times=1 / beyond)),
        ),
        chain(start, *rows),
    )


with_unit = equals(N + 4 * h * beyond, by=given(added))
line = equals(low(beyond) + 4 * h * beyond, by=given(known))
before_or_beyond = at_most(x, a), greater(x, a)
on_or_beyond_the_next = at_most(x, next_end), greater(x, next_end)
next_defect = further * (next_value - low(further))


def with_slope(slope: int) -> list[Any]:
    """The hypotheses of `staircase_step` with another slope of the new unit."""
    another = equation(next_value, N + slope * h * beyond)
    return [wide, another, longer, exact_beyond, not_above, not_below]


staircase_step = Claim(
    id="activations.staircase_step",
    title="A unit of slope 4h at the end of the last piece adds a piece of length 2h",
    source="003 1a",
    states=all_of(*within(next_value, further)),
    given=[wide, added, longer, exact_beyond, not_above, not_below],
    proof=Parts(
        (
            Cases(
                on_or_beyond_the_next,
                (
                    chain(next_defect, equals(0, by=cases)),
                    on_the_line(
                        equals(further * (N + 4 * h * beyond - low(further)), by=given(added)),
                        equals(
                            further * (low(beyond) + 4 * h * beyond - low(further)),
                            by=given(known),
                        ),
                        equals(0, by=(cases, given(longer))),
                        start=next_defect,
                    ),
                ),
            ),
            Cases(
                before_or_beyond,
                (
                    chain(next_value, with_unit, equals(N, by=cases), at_most(high, by=order)),
                    on_the_line(
                        with_unit,
                        line,
                        equals(high - (beyond - h) ** 2, by=algebra),
                        at_most(high, by=order),
                    ),
                ),
            ),
            Cases(
                before_or_beyond,
                (
                    chain(
                        next_value,
                        with_unit,
                        equals(N, by=cases),
                        at_least(low(beyond), by=order),
                        equals(flat, by=cases),
                        equals(low(further), by=cases),
                    ),
                    Cases(
                        on_or_beyond_the_next,
                        (
                            on_the_line(
                                with_unit,
                                line,
                                equals(flat + (x - a) * (next_end - x), by=(cases, given(longer))),
                                at_least(flat, by=order),
                                equals(low(further), by=cases),
                            ),
                            on_the_line(
                                with_unit, line, equals(low(further), by=(cases, given(longer)))
                            ),
                        ),
                    ),
                ),
            ),
        )
    ),
    worlds=evidence.steps(),
    variants=[
        Variant(
            "a piece of length h",
            given=[wide, added, equation(next_end, a + h), exact_beyond, not_above, not_below],
            worlds=evidence.steps(length=1),
        ),
        Variant("slope 3h", given=with_slope(3), worlds=evidence.steps(slope=3)),
        Variant("slope 5h", given=with_slope(5), worlds=evidence.steps(slope=5)),
        Variant("no unit", given=with_slope(0), worlds=evidence.steps(slope=0)),
    ],
    without=[
        Without(wide, evidence.fixed(-1, 0, 1, half=-1)),
        Without(added, evidence.fixed(0, 1, 0, grown=5)),
        Without(longer, evidence.fixed(1, 0, Rational(-5, 2), length=0)),
        Without(exact_beyond, evidence.fixed(1, 0, Rational(3, 2))),
        Without(not_above, evidence.fixed(0, 1, 5)),
        Without(not_below, evidence.fixed(0, 1, -5)),
    ],
)

staircase_end = Claim(
    id="activations.staircase_end",
    title="Where the pieces reach, the network is within h²/2 of x²",
    source="003 1a",
    states=at_most(abs(N - x**2), h**2 / 2),
    given=[not_above, not_below, before_or_beyond[0]],
    proof=Cases(
        (at_least(N - x**2, 0), less(N - x**2, 0)),
        (
            chain(
                abs(N - x**2),
                equals(N - x**2, by=cases),
                at_most(h**2 / 2, by=order),
            ),
            chain(
                abs(N - x**2),
                equals(x**2 - N, by=cases),
                at_most(x**2 - low(beyond), by=order),
                equals(h**2 / 2, by=cases),
            ),
        ),
    ),
    worlds=evidence.ends,
    variants=[
        Variant("within h²/4", at_most(abs(N - x**2), h**2 / 4)),
        Variant("below x²", at_most(N, x**2)),
        Variant("above x²", at_least(N, x**2)),
    ],
    without=[
        Without(not_above, evidence.fixed(0, 1, 5)),
        Without(not_below, evidence.fixed(0, 1, -5)),
        Without(before_or_beyond[0], evidence.fixed(2, 0, Rational(-9, 2))),
    ],
)

m, M = index("m", 0, None), index("M", 0, None)
S = real("S", (0, None))
width = let("h", 1 / (2 * M + 1))
#: Where the pieces of a network of m units end.
L = let("L", (m,), (2 * m + 1) * width)

level = equation(S[0], width**2 / 2)
one_more = every(m, equation(S[m + 1], S[m] + 4 * width * relu(x - L(m))))
inside = at_least(x, 0), at_most(x, 1)
pieces = every(m, all_of(*within(S[m], relu(x - L(m)), width)))

first_unit = relu(x - L(0))
first_value = equals(width**2 / 2, by=given(level))
at_the_first_end = (definition(L), cases)
floor = x**2 - width**2 / 2


def apart(value: Any, tolerance: Any) -> Any:
    """|value − x²| ≤ tolerance."""
    return at_most(abs(value - x**2), tolerance)


square_staircase = Claim(
    id="activations.square_staircase",
    title="m ReLUs and a bias come within 1/(2(2m + 1)²) of x² on [0, 1]",
    source="003 1a",
    states=apart(S[M], width**2 / 2),
    given=[level, one_more, *inside],
    proof=Obtain(
        pieces,
        Induction(
            on=m,
            base=Parts(
                (
                    chain(
                        first_unit * (S[0] - low(first_unit, width)),
                        equals(
                            first_unit * (width**2 / 2 - low(first_unit, width)), by=given(level)
                        ),
                        equals(0, by=at_the_first_end),
                    ),
                    chain(S[0], first_value, at_most(x**2 + width**2 / 2, by=order)),
                    Cases(
                        (at_most(x, width), greater(x, width)),
                        (
                            chain(
                                S[0],
                                first_value,
                                equals(floor + (width - x) * (width + x), by=algebra),
                                at_least(floor, by=order),
                                equals(low(first_unit, width), by=at_the_first_end),
                            ),
                            chain(
                                S[0],
                                first_value,
                                equals(low(first_unit, width), by=at_the_first_end),
                            ),
                        ),
                    ),
                )
            ),
            step=Apply(
                staircase_step,
                {N: S[m], next_value: S[m + 1], a: L(m), next_end: L(m + 1), h: width},
            ),
        ),
        Obtain(
            at_most(x, L(M)),
            chain(x, at_most(1, by=order), equals(L(M), by=definition(L, width))),
            Apply(staircase_end, {N: S[M], a: L(M), h: width}),
        ),
    ),
    worlds=evidence.staircases,
    model=models.Comparison(evidence.best_network),
    points=[{"M": 2}, {"M": 5}],
    variants=[
        Variant("half of it", apart(S[M], width**2 / 4)),
        Variant("1/(2(2m + 2)²)", apart(S[M], Rational(1, 8) / (M + 1) ** 2)),
        Variant("with one unit more", apart(S[M], 1 / (2 * (2 * M + 3) ** 2))),
        Variant("beyond 1", given=[level, one_more, inside[0]], worlds=evidence.beyond_one),
    ],
    without=[
        Without(level, evidence.another_bias),
        Without(one_more, evidence.unit_left_out),
        Without(inside[0], evidence.below_zero),
        Without(inside[1], evidence.beyond_one),
    ],
)
