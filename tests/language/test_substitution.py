"""Substitution replaces what is free, through definitions, and captures nothing."""

from typing import Any

import pytest

from tests.attacks.declarations import X, b, c, d, i, j, m, n, x, y
from verify import Array, E, Sum, equation, every, exists, index, let, vector
from verify.language.definitions import unfold
from verify.language.substitution import free_names, substitute

scaled = let("f", (c,), Sum(c * x[j], j))


def test_a_bound_index_is_renamed_when_the_value_mentions_it() -> None:
    result = substitute(Sum(c * x[j], j), {c: y[j]})
    bound = result.args[1][0]
    assert bound != j
    assert j in free_names(result)
    assert bound not in free_names(result)


def test_an_argument_of_a_definition_is_not_captured() -> None:
    assert j in free_names(unfold(scaled(y[j])))


def test_a_quantified_name_is_renamed() -> None:
    result = substitute(exists(d, equation(c, d)), {c: d})
    assert d in free_names(result)
    assert result.args[1] != d


def test_a_bound_name_is_left_alone() -> None:
    statement = every(j, equation(x[j], 0))
    assert substitute(statement, {j: i}) == statement


def test_ranges_follow() -> None:
    result = substitute(Sum(c, j), {n: m})
    assert m in free_names(result)
    assert n not in free_names(result)


def test_several_values_are_put_in_at_once() -> None:
    assert substitute(c + d, {c: d, d: c}) == d + c


@pytest.mark.parametrize(
    ("term", "free"),
    [
        (Sum(x[j], j), {x, n}),
        (Array(x[j] * c, j), {x, n, c}),
        (x[j], {x, n, j}),
        (E(X * c), {X, c}),
        (let("a", x[j]), {x, n, j}),
        (scaled(b), {x, n, b}),
        (vector("z", m)[1], {vector("z", m), m}),
        (Sum(x[j], (j, 1, j)), {x, n, j}),
        (index("q"), {index("q")}),
    ],
)
def test_free_names(term: Any, free: set[Any]) -> None:
    assert free_names(term) == free
