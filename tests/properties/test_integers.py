"""Affine comparisons of integers: true by construction accepted, accepted ones hold everywhere."""

import operator
from itertools import product
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.attacks.declarations import assert_accepted, claimed
from verify import (
    at_least,
    at_most,
    chain,
    dimension,
    equation,
    greater,
    index,
    less,
    order,
    unequal,
)
from verify.kernel.prove import derive
from verify.kernel.theorem import is_theorem

n, m = dimension("n"), dimension("m")
i = index("i", n)
j = index("j", i, n)
TERMS = (n, m, i, j)
coefficients = st.tuples(*(st.integers(-3, 3) for _ in range(5)))
#: What is ≥ 0 whatever the hypotheses: i − 1, n − i, j − i, n − j, m − 1, as (1, n, m, i, j).
BOUNDS = ((-1, 0, 0, 1, 0), (0, 1, 0, -1, 0), (0, 0, 0, -1, 1), (0, 1, 0, 0, -1), (-1, 0, 1, 0, 0))
#: m < n, so n − m − 1 ≥ 0.
BELOW = (-1, 1, -1, 0, 0)


def written(weights: tuple[int, ...]) -> Any:
    total: Any = weights[0] + 0 * n
    for weight, term in zip(weights[1:], TERMS, strict=True):
        total = total + weight * term
    return total


def claim(weights: tuple[int, ...], given: Any = ()) -> Any:
    left = written(weights)
    return claimed(at_least(left, 0), chain(left, at_least(0, by=order)), given=list(given))


Fact = tuple[Any, tuple[int, ...]]
RELATIONS = {
    at_least: operator.ge,
    at_most: operator.le,
    equation: operator.eq,
    greater: operator.gt,
    less: operator.lt,
    unequal: operator.ne,
}
facts = st.lists(st.tuples(st.sampled_from(list(RELATIONS)), coefficients), max_size=2)


def holds(weights: tuple[int, ...], facts: list[Fact]) -> bool:
    """At all small values of n, m, i ≤ j that satisfy the ranges and the facts."""
    return all(
        value(weights, each) >= 0
        for a, b in product(range(1, 6), repeat=2)
        for each in ((a, b, k, last) for k in range(1, a + 1) for last in range(k, a + 1))
        if all(RELATIONS[relation](value(of, each), 0) for relation, of in facts)
    )


def value(weights: tuple[int, ...], at: tuple[int, ...]) -> int:
    return weights[0] + sum(w * v for w, v in zip(weights[1:], at, strict=True))


@settings(max_examples=30)
@given(coefficients, facts)
def test_what_is_accepted_holds_at_all_small_values(
    weights: tuple[int, ...], facts: list[Fact]
) -> None:
    stated = [relation(written(of), 0) for relation, of in facts]
    if is_theorem(derive(claim(weights, stated))):
        assert holds(weights, facts)


@given(st.tuples(*(st.integers(0, 3) for _ in BOUNDS)), st.integers(0, 4))
def test_combinations_of_the_ends_of_ranges_are_accepted(times: tuple[int, ...], more: int) -> None:
    weights = [sum(k * b[place] for k, b in zip(times, BOUNDS, strict=True)) for place in range(5)]
    weights[0] += more
    if any(weights):
        assert_accepted(claim(tuple(weights)))


@given(st.tuples(*(st.integers(0, 3) for _ in BOUNDS)))
def test_of_integers_less_is_less_by_one(times: tuple[int, ...]) -> None:
    parts = zip((*times, 1), (*BOUNDS, BELOW), strict=True)
    pairs = list(parts)
    weights = tuple(sum(k * b[place] for k, b in pairs) for place in range(5))
    if any(weights):
        assert_accepted(claim(weights, [less(m, n)]))
