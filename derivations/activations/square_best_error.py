"""The least error with which n kinks approximate x² on [0, 1]: 1/(2(2n + 1)²).

    E ≥ 1/(2(2n + 1)²) for every piecewise linear function with n kinks, = for the staircase

A network of n ReLUs with an output bias is piecewise linear with n kinks. Where all of them bend
upwards, as x² does, the first piece cannot rise: there every unit still stands at 0 or falls.
Otherwise a kink that bends downwards is no use for x², and its two pieces count as one. In either
case the pieces are too short for a smaller error; accuracy costs width, √2 times as many units
for half the error.
"""

from derivations.activations import square_best_error_evidence as evidence
from derivations.activations.square_pieces import (
    E,
    at_end,
    at_middle,
    at_start,
    count,
    covers,
    end,
    error_from_reach,
    g,
    i,
    length,
    lengths_with_a_short_first,
    lengths_with_two_as_one,
    n,
    near,
    p,
    q,
    reach,
    s,
    some_error,
    square_first_piece,
    square_long_piece,
    start,
)
from derivations.activations.square_staircase import M, S, inside, m, square_staircase, x
from verify import (
    Apply,
    Claim,
    Delta,
    Obtain,
    Parts,
    Proof,
    Variant,
    Without,
    all_of,
    at_least,
    at_most,
    chain,
    equals,
    equation,
    every,
    given,
    greater,
    implies,
    let,
    models,
    real,
    relu,
)

#: Values at the kinks k[0] = 0, …, k[n + 1] = 1, and in the middle of the pieces p − 1 and p.
F, G = real("F", (0, n + 1)), real("G")
k = real("k", (0, n + 1))
starts_at_zero, steps = equation(k[0], 0), every(i, equation(k[i + 1], k[i] + g[i]))

near_at_the_kinks = every(q, near(F[q], k[q]))
near_in_the_middle = every(i, near((F[i] + F[i + 1]) / 2, (k[i] + k[i + 1]) / 2))
near_about_p = near(G, (k[p - 1] + k[p + 1]) / 2)
first_does_not_rise = at_most(F[1], F[0])
p_bends_down = at_least(G, (F[p - 1] + F[p + 1]) / 2)

best = 1 / (2 * (2 * n + 1) ** 2)

each_short = every(i, at_most(g[i], 2 * reach))


def from_lengths(rest: Proof) -> Proof:
    """The rest of a proof, in which every length is known to be short."""
    piece = {
        start: k[i],
        end: k[i + 1],
        length: g[i],
        at_start: F[i],
        at_end: F[i + 1],
        at_middle: (F[i] + F[i + 1]) / 2,
    }
    return Obtain(each_short, Apply(square_long_piece, piece), rest)


first = {start: k[0], end: k[1], length: g[0], at_start: F[0], at_end: F[1]}
where_the_first_does_not_rise = Obtain(
    all_of(some_error, at_most(g[0], reach)),
    Apply(square_first_piece, first),
    from_lengths(
        Obtain(
            at_most(1, (2 * n + 1) * reach),
            Apply(lengths_with_a_short_first, {s: reach}),
            Apply(error_from_reach, {count: 2 * n + 1}),
        )
    ),
)

two_lengths, both = k[p + 1] - k[p - 1], g[p - 1] + g[p]
about_p = {
    start: k[p - 1],
    end: k[p + 1],
    length: both,
    at_start: F[p - 1],
    at_end: F[p + 1],
    at_middle: G,
}
where_p_bends_down = Obtain(
    equation(two_lengths, both),
    chain(two_lengths, equals(both, by=given(steps, times=Delta(i, p) + Delta(i, p - 1)))),
    Obtain(
        all_of(some_error, at_most(both, 2 * reach)),
        Apply(square_long_piece, about_p),
        from_lengths(
            Obtain(
                all_of(at_most(1, 2 * n * reach), at_most(1, (2 * n + 1) * reach)),
                Apply(lengths_with_two_as_one, {s: reach}),
                Apply(error_from_reach, {count: 2 * n + 1}),
            )
        ),
    ),
)

#: The staircase with n units at one x.
width = let("h", 1 / (2 * n + 1))
ends_at = let("L", (m,), (2 * m + 1) * width)
level = equation(S[0], width**2 / 2)
one_more = every(m, equation(S[m + 1], S[m] + 4 * width * relu(x - ends_at(m))))
attained = at_most(abs(S[n] - x**2), width**2 / 2)

square_best_error = Claim(
    id="activations.square_best_error",
    title="With n kinks the error is 1/(2(2n + 1)²) at least, and a staircase attains it",
    source="003 1a",
    states=all_of(
        implies(first_does_not_rise, at_least(E, best)),
        implies(p_bends_down, at_least(E, best)),
        attained,
    ),
    given=[
        covers,
        starts_at_zero,
        steps,
        near_at_the_kinks,
        near_in_the_middle,
        near_about_p,
        level,
        one_more,
        *inside,
    ],
    proof=Parts(
        (
            where_the_first_does_not_rise,
            where_p_bends_down,
            Apply(square_staircase, {M: n}),
        )
    ),
    worlds=evidence.functions,
    model=models.Comparison(evidence.staircase),
    points=[{"n": 1}, {"n": 4}],
    variants=[
        Variant(
            "1/(8n²)",
            implies(first_does_not_rise, at_least(E, 1 / (8 * n**2))),
            worlds=evidence.best,
        ),
        Variant(
            "more than that",
            implies(first_does_not_rise, greater(E, best)),
            worlds=evidence.best,
        ),
        Variant("whatever the first piece", at_least(E, best), worlds=evidence.rising),
        Variant("a staircase twice as good", at_most(abs(S[n] - x**2), width**2 / 4)),
    ],
    without=[
        Without(covers, evidence.nothing_covered),
        Without(starts_at_zero, evidence.starts_below_zero),
        Without(steps, evidence.other_lengths),
        Without(near_at_the_kinks, evidence.kinks_free),
        Without(near_in_the_middle, evidence.middles_free),
        Without(near_about_p, evidence.about_p_free),
        Without(level, evidence.another_bias),
        Without(one_more, evidence.unit_left_out),
        Without(inside[0], evidence.at(-2)),
        Without(inside[1], evidence.at(2)),
    ],
    notes=(
        "The errors are assumed to be at most E at the kinks and in the middle of pieces only. "
        "That a network of n ReLUs is linear between n points, and that where its first piece "
        "rises some kink bends down, is said above and not proved here: it takes a numbering of "
        "the kinks by their place. For one unit square_minimal_width proves all of it."
    ),
)
