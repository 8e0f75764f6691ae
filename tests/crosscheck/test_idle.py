"""Worlds in which a statement asks for nothing confirm nothing."""

from fractions import Fraction
from random import Random
from typing import Any

import pytest

from verify.authoring.names import dimension, index, real, vector
from verify.authoring.rows import greater, less
from verify.authoring.statements import all_of, equation, every, iff, implies
from verify.claim import Claim
from verify.crosscheck import crosscheck
from verify.language.statements import GlobalMinimum, Statement
from verify.semantics import World

n = dimension("n")
x, z, u = real("x"), real("z"), vector("u", n)
j = index("j", n)


def small(random: Random) -> World:
    """x within (0, 9], one entry of u, and values of z from 3 to 9."""
    number = Fraction(random.randint(1, 9), random.randint(1, 5))
    tried = [Fraction(random.randint(21, 63), 7) for _ in range(20)]
    return World({x: number, n: 1, u: [number]}, candidates={z: tried})


def found(states: Statement, worlds: Any = small) -> Any:
    return crosscheck(Claim(id="made_up.idle", title="", states=states, worlds=worlds))


@pytest.mark.parametrize(
    "states",
    [
        implies(greater(x, 100), equation(x, 3)),
        every(z, implies(greater(z, 100), less(z, 0))),
        every((j, 2, n), equation(u[j], 7)),
        iff(equation(x, 100), equation(x, 101)),
        all_of(equation(x, x), implies(greater(x, 100), equation(x, 3))),
        every((j, 1, n), implies(greater(u[j], 100), equation(u[j], 3))),
    ],
)
def test_a_statement_that_is_never_asked_for_is_undecided(states: Statement) -> None:
    evidence = found(states)
    assert evidence.verdict == "undecided"
    assert "no world asks anything of" in evidence.reason


def test_candidates_that_are_infeasible_confirm_no_minimum() -> None:
    """The minimum of (z − 3)² over {−2, 2} is at 2; no candidate is feasible."""
    evidence = found(GlobalMinimum((z - 3) ** 2, z, (equation(z**2, 4),), -2, 25))
    assert evidence.verdict == "undecided"


def test_candidates_that_miss_the_premise_are_not_counted() -> None:
    evidence = found(every(z, implies(greater(z, 8), greater(z, 7))))
    (point, *_) = evidence.points
    assert 0 < point.samples < 12 * 20


def test_a_premise_that_holds_rarely_is_waited_for() -> None:
    def rarely(random: Random) -> World:
        return World({x: random.randint(1, 40)})

    assert found(implies(equation(x, 3), equation(x**2, 9)), rarely).verdict == "confirmed"
    assert found(implies(equation(x, 3), equation(x**2, 8)), rarely).verdict == "contradicted"
