from fractions import Fraction
from typing import Any

from verify import (
    World,
    at_least,
    equation,
    every,
    greater,
    index,
    less,
    matrix,
    positive_definite,
    real,
    symmetric_matrix,
    unequal,
    vector,
)
from verify.authoring.names import dimension
from verify.edges import edges

n = dimension("n")
a, b, x = real("a"), real("b"), vector("x", n)
i = index("i", n)
WORLD = World({n: 2, a: 5, b: Fraction(3, 2), x: [1, 4]})


def values(fact: Any, name: Any) -> list[Any]:
    return [world.values[name] for world in edges(fact, WORLD)]


def test_a_bounded_name_is_put_at_its_bound_and_beyond() -> None:
    assert values(greater(a, 2), a) == [2, -1]
    assert values(less(b, a - 3), b)[:2] == [2, Fraction(5, 2)]
    assert values(unequal(0, a), a) == [0, -5]


def test_either_of_two_names_is_moved() -> None:
    found = [(world.values[a], world.values[b]) for world in edges(at_least(a, b), WORLD)]
    assert found == [
        (Fraction(3, 2), Fraction(3, 2)),
        (-2, Fraction(3, 2)),
        (5, 5),
        (5, Fraction(17, 2)),
    ]


def test_all_entries_are_moved_where_every_entry_is_bounded() -> None:
    assert values(every(i, greater(x[i], 0)), x) == [[0, 0], [-1, -4]]


def test_a_name_within_a_term_is_put_at_zero() -> None:
    assert [w.values[a] for w in edges(greater(a * b, 1), WORLD)] == [0, 5]
    assert values(unequal(x.T @ x, 0), x) == [[0, 0]]
    outer = matrix("M", n, n)
    world = World({n: 1, outer: [[2]]})
    assert [w.values[outer] for w in edges(positive_definite(outer), world)] == [[[0]]]


def test_other_facts_have_no_edge() -> None:
    assert list(edges(equation(a, 5), WORLD)) == []
    assert list(edges(symmetric_matrix(x @ x.T), WORLD)) == []
    assert list(edges(greater(real("c"), 0), WORLD)) == []
