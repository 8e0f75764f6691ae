"""Integers: bounds that do not hold, indices bound twice, and what one case knows of another."""

from typing import Any

import pytest
from sympy import Integer, Rational

from tests.attacks.declarations import assert_accepted, assert_refused, claimed, m, n, x
from verify import (
    Cases,
    E,
    Obtain,
    Parts,
    Sum,
    algebra,
    all_of,
    at_least,
    at_most,
    chain,
    dimension,
    equals,
    equation,
    every,
    greater,
    index,
    less,
    linearity,
    moments,
    natural,
    order,
    peel,
    random_vector,
    real,
    uncorrelated,
    unequal,
)

i, j, t = index("i", n), index("j", 0, m), natural("t")
half = real("c")


def one(relation: Any, left: Any, right: Any, *facts: Any) -> Any:
    return claimed(relation(left, right), chain(left, relation(right, by=order)), given=list(facts))


@pytest.mark.parametrize(
    "claim",
    [
        one(greater, n, 1),
        one(at_least, n, m),
        one(at_least, t, 1),
        one(greater, i, 1),
        one(less, i, n),
        one(at_least, j, 1),
        one(at_least, n - i, m - j),
        one(at_least, n * m, n + m),  # 1 · 1 < 2
        one(at_least, i * i, n),
        one(greater, n - m, 0, at_least(n, m)),
        one(greater, n - m, 0, unequal(n, m)),
        one(at_least, n - m, 2, greater(n, m)),
        one(at_least, 2 * n - m, 1, less(m, 2 * n + 1)),
    ],
)
def test_what_ranges_and_hypotheses_do_not_give_is_refused(claim: Any) -> None:
    assert_refused(claim)


def test_less_means_less_by_one_for_integers_only() -> None:
    assert_accepted(one(at_least, n - m, 1, less(m, n)))
    assert_accepted(one(at_least, 2 * n - m, 1, less(m, 2 * n)))
    c, d = real("c"), real("d")
    assert_refused(one(at_least, c - d, 1, less(d, c)))
    assert_refused(one(at_least, c - n, 1, less(n, c)))


def test_an_index_bound_again_has_its_new_range_only() -> None:
    k = index("k")
    narrow, wide = every((k, 1, m), at_most(k, m)), every((k, 1, n), at_most(k, m))
    row = chain(k, at_most(m, by=order))
    assert_accepted(claimed(narrow, row))
    assert_refused(claimed(all_of(narrow, wide), Parts((row, row))))
    assert_refused(claimed(all_of(wide, narrow), Parts((row, row))))
    wrong = every((k, 1, m), every((k, 1, n), at_most(k, m)))
    assert_refused(claimed(wrong, row))


def test_what_one_case_assumes_is_not_known_in_the_other() -> None:
    goal = greater(n, m)
    proof = Cases(
        (greater(n, m), at_most(n, m)),
        (chain(n, greater(m, by=order)), chain(n, greater(m, by=order))),
    )
    assert_refused(claimed(goal, proof))


def test_an_empty_range_is_not_taken_for_one_with_a_value() -> None:
    late = index("late", m, n)
    assert_refused(one(at_least, n, m))
    total = Sum(x[late], late)
    split = Sum(x[late], (late, m, n - 1)) + x[n]
    assert_refused(claimed(equation(total, split), chain(total, equals(split, by=peel))))
    assert_accepted(
        claimed(
            equation(total, split),
            chain(total, equals(split, by=peel)),
            given=[at_most(m, n)],
        )
    )


def test_a_hypothesis_for_every_index_says_nothing_beyond_its_range() -> None:
    size = dimension("s", (1, None))
    fact = every(i, at_least(size[i], 2))
    assert_accepted(one(at_least, size[i], 2, fact))
    assert_refused(one(at_least, size[i], 3, fact))
    assert_refused(one(at_least, n, 2, fact))


def test_an_integer_that_is_not_at_its_end_is_beyond_it() -> None:
    c = real("c")
    assert_accepted(one(greater, n - 1, 0, unequal(n, 1)))
    assert_accepted(one(at_least, n, 2, unequal(n, 1)))
    assert_accepted(one(at_least, n - i, 1, unequal(i, n)))
    assert_accepted(one(at_least, n, 2, at_least(n / 2, 1)))
    assert_accepted(
        claimed(
            equation(c / (n - 1) * 2, 2 * c / (n - 1)),
            chain(c / (n - 1) * 2, equals(2 * c / (n - 1), by=algebra)),
            given=[unequal(n, 1)],
        )
    )
    assert_refused(one(at_least, n, 3, unequal(n, 2)))
    assert_refused(one(greater, n - m, 0, unequal(n, m)))
    assert_refused(one(at_least, c, 1, unequal(c, 0), at_least(c, 0)))
    assert_refused(one(at_least, n / m, 1))  # the least value of a quotient is not that of n


third, at_c = index("e", Rational(1, 3), Rational(2, 3)), index("e", half, half)
half_as_long = random_vector("W", n / 2)


def positive_integer(e: Any, *facts: Any) -> Any:
    """1 ≤ the end of the range of a positive index."""
    row = chain(Integer(1), at_most(e, by=order), at_most(e.high, by=order))
    fact = greater(e, 0)
    proof = Obtain(fact, chain(e, greater(0, by=order)), row)
    return claimed(at_most(1, e.high), proof, given=list(facts))


def test_a_range_between_other_numbers_than_integers_has_no_index() -> None:
    assert "not between integers" in assert_refused(positive_integer(third)).reason
    assert "not between integers" in assert_refused(positive_integer(at_c, greater(half, 0))).reason


def test_a_vector_has_a_whole_number_of_entries() -> None:
    second = E(half_as_long.T @ half_as_long)
    claim = claimed(
        equation(second, n / 2),
        chain(second, equals(n / 2, by=(linearity, moments))),
        given=[uncorrelated(half_as_long, mean=0, variance=1)],
    )
    assert "not between integers" in assert_refused(claim).reason


def test_every_comparison_of_integers_is_read_both_ways() -> None:
    for fact in (equation(n, m), equation(m, n), at_least(n, m), at_most(m, n), greater(n, m)):
        assert_accepted(one(at_least, n + 1, m, fact))
    for fact in (at_most(n, m), less(n, m), unequal(n, m)):
        assert_refused(one(at_least, n, m, fact))
