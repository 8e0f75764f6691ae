"""How long the pieces of a piecewise linear function can be that stays within E of x².

    any piece ≤ 2·√(2E),   the first ≤ √(2E) if the function does not rise on it

From these lengths alone follows how many pieces [0, 1] takes, and so how many ReLUs a given
error costs (`square_best_error`): halving the error multiplies the width by √2.
"""

from typing import Any

from derivations.activations import square_pieces_evidence as evidence
from verify import (
    Claim,
    Delta,
    Obtain,
    Parts,
    Sum,
    Variant,
    Without,
    algebra,
    all_of,
    at_least,
    at_most,
    chain,
    dimension,
    equals,
    equation,
    every,
    given,
    greater,
    index,
    less,
    monotone,
    order,
    real,
    sqrt,
    square_root,
    unequal,
)

# -- one piece --------------------------------------------------------------------------------

start, end, length, E = real("a"), real("b"), real("l"), real("E")
at_start, at_middle, at_end = real("F_a"), real("F_c"), real("F_b")
middle = (start + end) / 2
reach = sqrt(2 * E)


def near(value: Any, point: Any) -> Any:
    """|value − point²| ≤ E."""
    return at_most(abs(value - point**2), E)


ends_near = [near(at_start, start), near(at_end, end)]
middle_near = near(at_middle, middle)
not_below_the_chord = at_least(at_middle, (at_start + at_end) / 2)
some_error = at_least(E, 0)
spans = equation(end - start, length)
too_high = 2 * (start**2 - at_start) + 2 * (end**2 - at_end) + 4 * (at_middle - middle**2)

square_long_piece = Claim(
    id="activations.square_long_piece",
    title="A piece on which a function is within E of x² and not convex is 2·√(2E) long at most",
    source="003 1a",
    states=all_of(some_error, at_most(length, 2 * reach)),
    given=[spans, *ends_near, middle_near, not_below_the_chord],
    proof=Parts(
        (
            chain(E, at_least(abs(at_middle - middle**2), by=order), at_least(0, by=order)),
            Obtain(
                at_most((end - start) ** 2, 8 * E),
                chain(
                    (end - start) ** 2,
                    equals(too_high - 4 * (at_middle - (at_start + at_end) / 2), by=algebra),
                    at_most(too_high, by=order),
                    at_most(
                        2 * abs(at_start - start**2)
                        + 2 * abs(at_end - end**2)
                        + 4 * abs(at_middle - middle**2),
                        by=order,
                    ),
                    at_most(2 * E + 2 * E + 4 * E, by=order),
                    equals(8 * E, by=algebra),
                ),
                chain(
                    length,
                    equals(end - start, by=given(spans)),
                    at_most(abs(end - start), by=order),
                    equals(sqrt((end - start) ** 2), by=square_root),
                    at_most(sqrt(8 * E), by=monotone),
                    equals(2 * reach, by=square_root),
                ),
            ),
        )
    ),
    worlds=evidence.pieces,
    variants=[
        Variant("√(2E) long", at_most(length, reach), worlds=evidence.longest_piece),
        Variant("never that long", less(length, 2 * reach), worlds=evidence.longest_piece),
        Variant(
            "a convex function",
            given=[spans, *ends_near, middle_near, at_most(at_middle, (at_start + at_end) / 2)],
            worlds=evidence.square_itself,
        ),
    ],
    without=[
        Without(spans, evidence.another_length),
        Without(ends_near[0], evidence.start_free),
        Without(ends_near[1], evidence.end_free),
        Without(middle_near, evidence.middle_free),
        Without(not_below_the_chord, evidence.square_itself),
    ],
)

does_not_rise, starts_at_zero = at_most(at_end, at_start), equation(start, 0)

square_first_piece = Claim(
    id="activations.square_first_piece",
    title="A first piece on which a function within E of x² does not rise is √(2E) long at most",
    source="003 1a",
    states=all_of(some_error, at_most(length, reach)),
    given=[spans, *ends_near, does_not_rise, starts_at_zero],
    proof=Parts(
        (
            chain(E, at_least(abs(at_end - end**2), by=order), at_least(0, by=order)),
            Obtain(
                at_most(end**2, 2 * E),
                chain(
                    end**2,
                    equals(
                        (end**2 - at_end) + (at_start - start**2) - (at_start - at_end),
                        by=given(starts_at_zero),
                    ),
                    at_most((end**2 - at_end) + (at_start - start**2), by=order),
                    at_most(abs(at_end - end**2) + abs(at_start - start**2), by=order),
                    at_most(E + E, by=order),
                    equals(2 * E, by=algebra),
                ),
                chain(
                    length,
                    equals(end - start, by=given(spans)),
                    equals(end, by=given(starts_at_zero)),
                    at_most(abs(end), by=order),
                    equals(sqrt(end**2), by=square_root),
                    at_most(reach, by=monotone),
                ),
            ),
        )
    ),
    worlds=evidence.first_pieces,
    variants=[
        Variant("√E long", at_most(length, sqrt(E)), worlds=evidence.longest_first_piece),
        Variant("never that long", less(length, reach), worlds=evidence.longest_first_piece),
        Variant(
            "a rising function",
            given=[spans, *ends_near, at_least(at_end, at_start), starts_at_zero],
            worlds=evidence.rising_first_piece,
        ),
    ],
    without=[
        Without(spans, evidence.another_first_length),
        Without(ends_near[0], evidence.first_start_free),
        Without(ends_near[1], evidence.first_end_free),
        Without(does_not_rise, evidence.rising_first_piece),
        Without(starts_at_zero, evidence.starts_below_zero),
    ],
)

# -- all pieces -------------------------------------------------------------------------------

n = dimension("n")
i, p, q, j = index("i", 0, n), index("p", 1, n), index("q", 0, n + 1), index("j")
g, s = real("g", (0, n)), real("s")

covers = equation(Sum(g[i], i), 1)
each_short = every(i, at_most(g[i], 2 * s))
first_short, two_short = at_most(g[0], s), at_most(g[p - 1] + g[p], 2 * s)
#: The length that n + 1 pieces can have together.
all_long = 2 * (n + 1) * s

lengths_with_a_short_first = Claim(
    id="activations.lengths_with_a_short_first",
    title="n + 1 lengths of 2s at most, the first of s at most, cover (2n + 1)·s at most",
    source="003 1a",
    states=at_most(1, (2 * n + 1) * s),
    given=[covers, each_short, first_short],
    proof=chain(
        1,
        equals(Sum(g[i], i), by=given(covers, times=1)),
        equals(
            all_long - (2 * s - g[0]) - Sum((2 * s - g[i]) * (1 - Delta(i, 0)) ** 2, i),
            by=algebra,
        ),
        at_most(all_long - (2 * s - g[0]), by=order),
        at_most((2 * n + 1) * s, by=order),
    ),
    worlds=evidence.lengths_first_short,
    variants=[
        Variant("2n·s", at_most(1, 2 * n * s), worlds=evidence.tight_lengths),
        Variant("(n + 1)·s", at_most(1, (n + 1) * s), worlds=evidence.tight_lengths),
        Variant("less than (2n + 1)·s", less(1, (2 * n + 1) * s), worlds=evidence.tight_lengths),
    ],
    without=[
        Without(covers, evidence.lengths(0, 0)),
        Without(each_short, evidence.lengths(0, 1)),
        Without(first_short, evidence.two_halves),
    ],
)

lengths_with_two_as_one = Claim(
    id="activations.lengths_with_two_as_one",
    title="n + 1 lengths of 2s at most, two neighbours together of 2s at most, cover 2n·s at most",
    source="003 1a",
    states=all_of(at_most(1, 2 * n * s), at_most(1, (2 * n + 1) * s)),
    given=[covers, each_short, two_short],
    proof=Parts(
        (
            chain(
                1,
                equals(Sum(g[i], i), by=given(covers, times=1)),
                equals(
                    all_long
                    - (2 * s - g[p - 1])
                    - (2 * s - g[p])
                    - Sum((2 * s - g[i]) * (1 - Delta(i, p - 1)) ** 2 * (1 - Delta(i, p)) ** 2, i),
                    by=algebra,
                ),
                at_most(all_long - (2 * s - g[p - 1]) - (2 * s - g[p]), by=order),
                equals(2 * n * s - (2 * s - (g[p - 1] + g[p])), by=algebra),
                at_most(2 * n * s, by=order),
            ),
            Obtain(
                at_least(s, 0),
                chain(
                    s,
                    equals(1 / (2 * n) + (2 * n * s - 1) / (2 * n), by=algebra),
                    at_least(0, by=order),
                ),
                chain(
                    1,
                    at_most(2 * n * s, by=order),
                    at_most(2 * n * s + s, by=order),
                    equals((2 * n + 1) * s, by=algebra),
                ),
            ),
        )
    ),
    worlds=evidence.lengths_two_as_one,
    variants=[
        Variant("(2n − 1)·s", at_most(1, (2 * n - 1) * s), worlds=evidence.tight_neighbours),
        Variant("n·s", at_most(1, n * s), worlds=evidence.tight_neighbours),
        Variant("less than 2n·s", less(1, 2 * n * s), worlds=evidence.tight_neighbours),
    ],
    without=[
        Without(covers, evidence.lengths(0, 0)),
        Without(each_short, evidence.lengths(0, 0, 1)),
        Without(two_short, evidence.two_halves),
    ],
)

count = real("N")
reached = at_most(1, count * reach)

error_from_reach = Claim(
    id="activations.error_from_reach",
    title="If N pieces of √(2E) cover [0, 1], E is 1/(2N²) at least",
    source="003 1a",
    states=at_least(E, 1 / (2 * count**2)),
    given=[reached],
    well_formed=[some_error, unequal(count, 0)],
    proof=chain(
        E,
        equals(
            1 / (2 * count**2) + (count * reach - 1) * (count * reach + 1) / (2 * count**2),
            by=algebra,
        ),
        at_least(1 / (2 * count**2), by=order),
    ),
    worlds=evidence.reaches,
    variants=[
        Variant("1/N²", at_least(E, 1 / count**2), worlds=evidence.exact_reach),
        Variant("1/(2N)", at_least(E, 1 / (2 * count)), worlds=evidence.exact_reach),
        Variant("more", greater(E, 1 / (2 * count**2)), worlds=evidence.exact_reach),
    ],
    without=[Without(reached, evidence.no_reach)],
)
