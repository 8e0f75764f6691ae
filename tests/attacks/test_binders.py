"""Binders: names that a substitution captures, under sums, in definitions and in minima."""

from dataclasses import replace
from typing import Any

import pytest

from tests.attacks.declarations import (
    W,
    X,
    assert_accepted,
    assert_refused,
    b,
    c,
    claimed,
    d,
    equal,
    i,
    n,
    related,
    t,
    x,
    y,
)
from verify import (
    Apply,
    Claim,
    E,
    Exhibit,
    Induction,
    Minimum,
    Parts,
    Product,
    Sum,
    algebra,
    all_of,
    at_least,
    at_most,
    chain,
    definition,
    equals,
    equation,
    every,
    exists,
    finite_moment,
    given,
    greater,
    index,
    lemma,
    let,
    linearity,
    matrix,
    minimum,
    natural,
    order,
    peel,
    real,
    unequal,
)


def named(claim: Claim) -> Claim:
    return replace(claim, id="binders.lemma")


def least(objective: Any, at: Any, value: Any, there: Any, gap: Any) -> Claim:
    """The least value over c, by a gap that one row of algebra makes visible."""
    proof = Minimum((), chain(there, equals(value, by=algebra)), chain(objective - value, gap))
    return claimed(minimum(objective, over=c, at=at, value=value), proof)


square = equals((c - d) ** 2, by=algebra)
distance = named(least((c - d) ** 2, d, 0, (d - d) ** 2, square))
other = real("c'")
first = let("f", (c, other), c + d)
first_of_two = named(equal(first(b, y[1]), b + d, definition))
k, upper, r, s = index("k", n), index("i'", n), index("r", n), index("s")
up_to = Sum(d * x[k], i, (k, 1, upper))
counted = named(equal(up_to * 1, n * Sum(d * x[k], (k, 1, upper))))

term_of_product = let("f", (c,), Product(1 + c - x[k], k))
distances = let("f", (c,), Sum(abs(c - W[k]), k))
spread = abs(Sum(distances(W[i]), i))
finite = [finite_moment(W, 4), finite_moment(X, 4)]

FALSE = {
    "a product within a product, of one index": related(
        greater, Product(term_of_product(x[i]), i), 0, order
    ),
    "a sum within a sum, of one index, seems constant": equal(
        E(spread * X), spread * E(X), linearity, well_formed=finite
    ),
    "a minimiser that mentions the variable": claimed(
        minimum((c - (c + 1)) ** 2, over=c, at=c + 1, value=0), Apply(distance, {d: c + 1})
    ),
    "a witness that is the variable of a minimum": claimed(
        exists(d, minimum(c - d, over=c, at=b, value=0)),
        Exhibit(
            {d: c},
            Minimum(
                (),
                chain(b - b, equals(0, by=algebra)),
                chain(c - c - 0, equals(0 * c, by=algebra)),
            ),
        ),
    ),
    "a parameter renamed to the next one": equal(y[1], b, lemma(first_of_two, {d: c})),
    "an index renamed to the end of an inner sum": related(
        at_most,
        Sum(y[i] * x[s], r, (s, 1, r)),
        n * Sum(y[i] * x[k], (k, 1, upper)),
        (order, lemma(counted, {d: y[i]})),
    ),
}


@pytest.mark.parametrize("what", FALSE)
def test_what_is_put_in_is_not_captured(what: str) -> None:
    assert_refused(FALSE[what])


def test_a_lemma_about_a_minimum_is_used_at_another_point() -> None:
    goal = minimum((c - b**2) ** 2, over=c, at=b**2, value=0)
    assert_accepted(claimed(goal, Apply(distance, {d: b**2})))
    renamed = minimum((other - c) ** 2, over=other, at=c, value=0)
    assert_accepted(claimed(renamed, Apply(distance, {d: c})))


def test_a_parameter_is_kept_apart_from_what_is_put_in() -> None:
    fact = equation(let("f", (c, other), c + d)(b, y[1]), b + d)
    assert_accepted(claimed(fact, Apply(first_of_two)))


up_to_t = index("h", 1, t)
below_t = named(related(at_least, t - up_to_t, 0, order))
trivial = replace(equal(c + d, d + c), id="binders.trivial")
level = index("l", 1, None)
within = index("w", level)


def test_no_induction_over_the_end_of_the_range_of_a_free_index() -> None:
    """At t = 0 the index has no value; of t = 1 nothing is known."""
    goal = at_least((t - 2) * up_to_t, 0)
    claim = claimed(goal, Induction(t, Apply(trivial), Apply(below_t)))
    assert "t is not arbitrary" in assert_refused(claim).reason


@pytest.mark.parametrize(
    "claim",
    [
        claimed(every(level, at_least(level, within)), chain(level, at_least(within, by=order))),
        claimed(every(n, at_least(n, i)), chain(n, at_least(i, by=order))),
        equal(Sum(within * level, (level, 1, t)) + 0, Sum(within * level, (level, 1, t))),
        equal(let("f", (n,), x[1])(n) * 1, x[1]),
    ],
    ids=lambda claim: str(claim.states),
)
def test_what_is_bound_decides_no_range_outside(claim: Claim) -> None:
    assert "bind it within" in assert_refused(claim).reason


start = index("a", 0, n)
after, only = index("b", 1, start), index("o", i, i)
positive = chain(start, at_least(after, by=order), at_least(1, by=order))
at_end, at_start = n + y[n] ** 2, 1 + 2 * y[n] ** 2 + y[1] ** 2
ends = [(lemma(named(related(way, only, i, order)), {i: i}), order) for way in (at_least, at_most)]


@pytest.mark.parametrize(
    "claim",
    [
        # The free index `after` has a value only where its own `start` is not 0.
        claimed(
            all_of(every(start, at_least(start, 1)), equation(c + 0 * after, c)),
            Parts((positive, chain(c + 0 * after, equals(c, by=algebra)))),
        ),
        # n ≤ 1, as `only` would be both n and 1: every value of the i that is its own.
        claimed(
            at_most(at_end, at_start),
            chain(at_end, at_most(only + 2 * y[n] ** 2, by=ends[0]), at_most(at_start, by=ends[1])),
        ),
        claimed(
            at_most(after + y[1] ** 2, 1 + 2 * y[1] ** 2),
            chain(
                after + y[1] ** 2,
                at_most(
                    1 + 2 * y[1] ** 2,
                    by=(lemma(named(related(at_most, after, start, order)), {start: start}), order),
                ),
            ),
        ),
    ],
    ids=lambda claim: str(claim.states),
)
def test_what_decides_the_range_of_a_free_index_is_not_arbitrary(claim: Claim) -> None:
    assert_refused(claim)


def test_an_index_bound_within_may_depend_on_what_is_bound() -> None:
    both = every([level, within], at_least(level, within))
    assert_accepted(claimed(both, chain(level, at_least(within, by=order))))


def test_a_chain_may_bind_other_indices_than_the_statement_but_captures_none() -> None:
    j, k = index("j", n), index("k", n)
    right = Sum(x[j] ** 2, j) * Sum(y[j], j)
    states = equation(Sum(x[j] * Sum(x[j] * y[k], k), j), right)
    last = equals(right, by=algebra)
    assert_accepted(claimed(states, chain(Sum(x[k] * Sum(x[k] * y[j], j), k), last)))
    for captured in (
        Sum(x[k] * Sum(x[j] * y[j], j), k),
        Sum(x[j] * Sum(x[k] * y[k], k), j),
        Sum(x[j] * Sum(x[j] * y[k], (k, 2, n)), j),
    ):
        assert (
            "the chain starts with" in assert_refused(claimed(states, chain(captured, last))).reason
        )


def test_an_induction_writes_the_range_of_its_sum_as_it_becomes() -> None:
    t, s = natural("t"), index("s", 1, natural("t"))
    z, h, later = real("z", (1, None)), real("h", (0, None)), index("l", 0, None)
    step = equation(h[later + 1], h[later] + z[later + 1])
    states = equation(h[t], h[0] + Sum(z[s], s))
    proof = Induction(
        t,
        chain(h[0], equals(h[0] + Sum(z[s], (s, 1, 0)), by=peel)),
        chain(
            h[t + 1],
            equals(h[t] + z[t + 1], by=given(every(later, step))),
            equals(h[0] + Sum(z[s], s) + z[t + 1], by=given(states)),
            equals(h[0] + Sum(z[s], (s, 1, t + 1)), by=peel),
        ),
    )
    assert_accepted(claimed(states, proof, given=[every(later, step)]))


def test_an_induction_may_write_t_plus_one_without_the_brackets_of_what_is_put_in() -> None:
    states = at_least(t - b + b + 1, 0)
    proof = Induction(
        t,
        chain(0 - b + b + 1, at_least(0, by=order)),
        chain(t + 1 - b + b + 1, at_least(0, by=order)),
    )
    assert_accepted(claimed(states, proof))
    wrong = replace(proof, step=chain(t - b + b + 1, at_least(0, by=order)))
    refused = assert_refused(claimed(states, wrong))
    assert "the chain starts with" in refused.reason


@pytest.mark.parametrize(
    "ill_formed", [every(c, equation(c / c, 1)), exists(c, equation(c / c, 1))]
)
def test_what_is_known_of_a_free_name_says_nothing_of_a_bound_one(ill_formed: Any) -> None:
    """c / c has no value at c = 0, whatever is given of another c."""
    refusal = assert_refused(equal(d + 0, d, given=[unequal(c, 0), ill_formed]))
    assert "not arbitrary" in refusal.reason


@pytest.mark.parametrize("where", ["j", "ij"])
def test_a_sum_is_peeled_within_the_one_whose_index_ends_its_range(where: str) -> None:
    # Peeled first, the outer sum left its index behind in the range of the inner one.
    rows, columns, top = index("p"), index("q"), index("s")
    u = matrix("u", t + 1, t + 1)

    def triangle(last: Any) -> Any:
        entry = u[columns, columns] if where == "j" else u[rows, columns]
        return Sum(entry, (rows, 1, last), (columns, 1, rows))

    whole = Sum(triangle(top), (top, 1, t + 1))
    rest = Sum(triangle(top), (top, 1, t))
    assert_accepted(equal(whole, rest + triangle(t + 1), peel))
    assert_refused(equal(whole, rest + triangle(t), peel))
