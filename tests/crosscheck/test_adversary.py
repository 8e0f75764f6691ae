"""Inequalities are tried where they hold least, and a violation is exact."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from verify.authoring.names import dimension, index, random_variable, real, vector
from verify.authoring.rows import at_least, at_most, greater, less
from verify.authoring.statements import all_of, equation, every
from verify.authoring.terms import E, exp, log, relu, sqrt
from verify.claim import Claim
from verify.crosscheck import adversary, crosscheck
from verify.language.arrays import Sum
from verify.language.statements import GlobalMinimum, Implies, Statement
from verify.semantics import World, uniform_on
from verify.semantics.slack import Slack, bound_names, has_inequality, slack
from verify.semantics.truth import Truth

n = dimension("n")
x, c, z, u, X = real("x"), real("c"), real("z"), vector("u", n), random_variable("X")
j = index("j", n)


def whole_numbers(random: Random) -> World:
    size = random.randint(1, 2)
    return World(
        {n: size, x: random.randint(2, 5), c: random.randint(-3, 3), u: [3] * size},
        uniform_on([{X: 1}, {X: -1}]),
        {z: [Fraction(random.randint(-9, 9)) for _ in range(20)]},
    )


def found(states: Statement, *given: Statement) -> Any:
    claim = Claim(id="made_up.bound", title="", states=states, given=given, worlds=whole_numbers)
    return crosscheck(claim)


def searched(evidence: Any) -> Any:
    return next(each for each in evidence.points if "moved" in each.at)


def test_a_bound_that_fails_between_the_worlds_is_contradicted_exactly() -> None:
    evidence = found(at_least(x**2, x))
    assert (evidence.verdict, evidence.rung) == ("contradicted", "exact")
    assert "x = 1/2" in evidence.counterexample
    assert "not 1/4 ≥ 1/2" in evidence.counterexample


def test_the_search_stays_within_the_hypotheses() -> None:
    evidence = found(at_least(x**2, x), greater(x, 1))
    assert evidence.verdict == "confirmed"
    point = searched(evidence)
    assert (point.verdict, point.rung, point.at) == ("confirmed", "search", {"moved": "x"})
    assert 0 <= float(point.observed.removeprefix("least slack ")) < 1e-4


def test_rounding_where_two_sides_nearly_meet_is_no_violation() -> None:
    """log(1 + e^x) − x is e^−x, which soon is less than a ball shows."""
    evidence = found(greater(log(1 + exp(x)), relu(x)), greater(x, 0))
    assert evidence.verdict == "confirmed"
    assert searched(evidence).observed.startswith("least slack")


TINY = Fraction(1, 10**15)


def test_a_violation_however_small_is_one_where_exact_values_say_so() -> None:
    """(x − 1/4)(x − 1/2) is negative between its roots, and far below 10⁻¹⁵ when multiplied."""
    evidence = found(at_least(TINY * x**2 + TINY / 8, TINY * 3 * x / 4))
    assert (evidence.verdict, evidence.rung) == ("contradicted", "exact")
    small = found(at_least(TINY * exp(x) * x**2, TINY * exp(x) * x / 2))
    assert small.verdict == "contradicted"


def test_a_gap_that_balls_do_not_resolve_counts_as_nothing_where_exact_values_hold() -> None:
    """64 bits lose the gap; the 128 bits of the judgement do not."""
    least = 10**25
    evidence = found(at_least(least + exp(x) + 1, exp(x) + least))
    assert evidence.verdict == "confirmed"
    assert searched(evidence).observed == "least slack 0"


@pytest.mark.parametrize(
    ("relative", "verdict"), [(-(2.0**-29), "undecided"), (-(2.0**-31), "confirmed")]
)
def test_what_no_exact_value_decides_is_rounding_only_beside_the_sides(
    monkeypatch: pytest.MonkeyPatch, relative: float, verdict: str
) -> None:
    """The gap is far below any fixed tolerance in both cases."""
    monkeypatch.setattr(adversary, "slack", lambda states, world: Slack(-1e-40, relative))
    monkeypatch.setattr(adversary, "judge", lambda fact, world: Truth(None))
    evidence = found(at_least(x**2 + 1, x))
    assert evidence.verdict == verdict


def test_sides_too_large_for_a_float_have_a_slack() -> None:
    world = World({x: 1000})
    assert slack(less(exp(x), exp(2 * x)), world).relative == pytest.approx(1)
    assert slack(less(exp(2 * x), exp(x)), world).relative == pytest.approx(-1)


def apart(random: Random) -> World:
    """x is large, c is small."""
    return World({x: 100 * random.randint(1, 9), c: Fraction(random.randint(1, 9), 500)})


@pytest.mark.parametrize(
    "states",
    [
        at_most(sqrt(x * c), Fraction(99, 100) * (x + c) / 2),
        greater(x**2 + c**2, 2 * x * c),
        greater((2 * x - 1) ** 2 + c**2, c**2),
    ],
)
def test_a_bound_that_fails_where_names_are_equal_or_simple_is_contradicted(
    states: Statement,
) -> None:
    claim = Claim(id="made_up.bound", title="", states=states, given=[at_least(c, 0)], worlds=apart)
    assert crosscheck(claim).verdict == "contradicted"


def test_a_hypothesis_that_is_only_searched_refutes_nothing() -> None:
    """c + z ≥ 0 for every z holds nowhere, and so the claim is true."""

    def shortsighted(random: Random) -> World:
        return World({c: random.randint(-3, 3)}, candidates={z: range(4, 20)})

    claim = Claim(
        id="made_up.bound",
        title="",
        states=at_least(c, 0),
        given=[every(z, at_least(c + z, 0))],
        worlds=shortsighted,
    )
    evidence = crosscheck(claim)
    assert evidence.verdict == "undecided"
    assert "at the values tried" in evidence.reason


def test_a_name_that_an_equation_holds_does_not_move() -> None:
    assert found(at_least(x**2, c), equation(c, c), greater(x, 1)).verdict == "confirmed"


def test_quantified_names_are_moved_too() -> None:
    narrow = every(z, at_least((3 * z - 1) ** 2 - Fraction(1, 10**6), 0))
    evidence = found(narrow)
    assert evidence.verdict == "contradicted"
    assert "z = 1/3" in evidence.counterexample or "z = " in evidence.counterexample
    assert found(every(z, at_least((3 * z - 1) ** 2, 0))).verdict == "confirmed"


def test_a_minimum_that_the_candidates_miss_is_found() -> None:
    objective = (z - Fraction(1, 2)) ** 2
    wrong = GlobalMinimum(objective, z, (), 1, Fraction(1, 4))
    evidence = found(wrong)
    assert evidence.verdict == "contradicted"
    assert "is feasible and lower" in evidence.counterexample
    right = GlobalMinimum(objective, z, (at_least(z, 1),), 1, Fraction(1, 4))
    assert found(right).verdict == "confirmed"


def test_the_same_search_gives_the_same_evidence() -> None:
    first, second = (found(at_least(x**2, 0)).points for _ in range(2))
    assert first == second


@pytest.mark.parametrize(
    ("statement", "value"),
    [
        (at_most(1, 2), 1 / 4),
        (at_least(1, 2), -1 / 4),
        (all_of(less(1, 2), greater(3, 1)), 1 / 4),
        (every(j, at_most(u[j], 5)), 2 / 9),
        (every(z, at_most(z, 3)), 1 / 6),
        (at_most(X, 2), 1 / 4),
        (at_most(E(X), 1), 1 / 2),
        (Implies(greater(x, 0), at_most(1, 2)), 1 / 4),
        (GlobalMinimum((z - 2) ** 2, z, (), 2, 0), 0),
        (GlobalMinimum((z - 2) ** 2, z, (at_most(z, 1),), 1, 1), 0),
    ],
)
def test_slack_is_relative_and_the_least_there_is(statement: Statement, value: float) -> None:
    outcomes = uniform_on([{X: 1}, {X: -1}])
    world = World({n: 2, x: 1, u: [1, 3]}, outcomes, {z: [1, 2]})
    assert slack(statement, world).least == pytest.approx(value)


@pytest.mark.parametrize(
    "statement", [equation(x, x), Implies(greater(x, 0), equation(x, x)), every(z, equation(z, z))]
)
def test_statements_without_an_inequality_are_left_alone(statement: Statement) -> None:
    assert not has_inequality(statement)
    assert slack(statement, World({x: 1}, candidates={z: [1]})).least == float("inf")


def test_bound_names_are_those_of_quantifiers_and_minima() -> None:
    assert bound_names(every(z, Implies(greater(z, 0), at_least(z, Sum(u[j], j))))) == [z]
    assert bound_names(all_of(GlobalMinimum(c, c, (), 0, 0), every(j, at_most(u[j], 1)))) == [c]


def test_a_world_without_candidates_is_searched_for_what_it_has() -> None:
    claim = Claim(
        id="made_up.bound",
        title="",
        states=at_least(x**2 + 1, 2 * x),
        worlds=lambda random: World({x: Fraction(random.randint(-5, 5))}),
    )
    assert crosscheck(claim).verdict == "confirmed"
    assert crosscheck(replace(claim, states=at_least(x**2 + 1, 3 * x))).verdict == "contradicted"
