from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from verify.authoring.names import dimension, index, vector
from verify.authoring.rows import at_least, at_most, greater, less, unequal
from verify.authoring.statements import equation, implies
from verify.claim import Claim
from verify.crosscheck import crosscheck
from verify.crosscheck.models import Comparison
from verify.language.arrays import Sum

n = dimension("n")
x, y, j = vector("x", n), vector("y", n), index("j", n)
inner = Sum(x[j] * y[j], j)


def sides(rng: np.random.Generator, point: Any) -> Any:
    first, second = rng.standard_normal((2, point["n"]))
    return float(first @ second), {"x": first, "y": second}


SAME = Claim(
    id="made_up.inner",
    title="",
    states=equation(inner, Sum(y[j] * x[j], j)),
    model=Comparison(sides, repeats=40),
    points=[{"n": 4}],
)


def test_two_programs_that_agree_confirm_the_equation() -> None:
    found = crosscheck(SAME)
    assert (found.verdict, found.rung) == ("confirmed", "numeric")
    assert found.points[0].samples == 40


@pytest.mark.parametrize(
    ("states", "verdict"),
    [
        (equation(inner, Sum(y[j], j)), "contradicted"),
        (at_most(inner, Sum(x[j] ** 2 + y[j] ** 2, j) / 2), "confirmed"),
        (at_most(inner, Sum(x[j] ** 2 + y[j] ** 2, j) / 4), "contradicted"),
        (at_least(inner, -Sum(x[j] ** 2 + y[j] ** 2, j) / 2), "confirmed"),
        (at_least(inner, 0 * n), "contradicted"),
        (unequal(inner, 0 * n), "undecided"),
        (equation(inner, 1 / (n - n)), "undecided"),
    ],
)
def test_the_relation_and_the_right_side_are_those_of_the_statement(
    states: Any, verdict: str
) -> None:
    assert crosscheck(replace(SAME, states=states)).verdict == verdict


@pytest.mark.parametrize(
    ("pair", "message"),
    [
        ((np.nan, 1.0), "NaN"),
        (([1.0, 2.0], [1.0, 2.0, 3.0]), "shapes"),
        (([], []), "nothing"),
        (3, "TypeError"),
    ],
)
def test_sides_that_cannot_be_compared_are_undecided(pair: Any, message: str) -> None:
    found = crosscheck(replace(SAME, model=Comparison(lambda rng, p: pair)))
    assert found.verdict == "undecided"
    assert message in found.reason


def test_arrays_are_compared_entry_by_entry() -> None:
    def rows(rng: np.random.Generator, point: Any) -> Any:
        return np.array([1.0, 2.0]), np.array([1.0, 2.0 + 1e-6])

    assert crosscheck(replace(SAME, model=Comparison(rows))).verdict == "contradicted"
    loose = Comparison(rows, tolerance=1e-5)
    assert crosscheck(replace(SAME, model=loose)).verdict == "confirmed"


def test_data_at_which_the_premise_fails_refute_nothing() -> None:
    """Half of the data have the first entry of x below 0."""
    some = replace(SAME, states=implies(greater(x[1], 0), greater(x[1], 0)))

    def first(rng: np.random.Generator, point: Any) -> Any:
        entries = rng.standard_normal(point["n"])
        return float(entries[0]), {"x": entries}

    found = crosscheck(replace(some, model=Comparison(first, repeats=40)))
    assert found.verdict == "confirmed"
    assert 0 < found.points[0].samples < 40
    never = replace(some, states=implies(greater(x[1], 1000), greater(x[1], 0)))
    found = crosscheck(replace(never, model=Comparison(first, repeats=40)))
    assert found.verdict == "undecided"
    assert "premise" in found.reason


@pytest.mark.parametrize("relation", [less, greater])
def test_sides_that_are_always_equal_do_not_confirm_a_strict_order(relation: Any) -> None:
    zero = Comparison(lambda rng, point: (0.0, {"x": np.zeros(point["n"])}))
    found = crosscheck(replace(SAME, states=relation(inner, Sum(x[j], j)), model=zero))
    assert found.verdict == "undecided"
    assert "equal in each data set" in found.reason
