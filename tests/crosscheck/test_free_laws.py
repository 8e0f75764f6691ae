"""What is claimed of every law is tried with laws that the worlds do not draw."""

from random import Random
from typing import Any

import pytest

from verify.authoring.names import random_variable
from verify.authoring.rows import at_most
from verify.authoring.statements import equation, finite_moment, independent
from verify.authoring.terms import E, V
from verify.claim import Claim
from verify.crosscheck import crosscheck
from verify.language.statements import Statement
from verify.semantics import World, uniform_on

X, Y = random_variable("X"), random_variable("Y")


def kind(_: Random) -> World:
    """X and Y are independent signs."""
    return World({}, uniform_on([{X: a, Y: b} for a in (1, -1) for b in (1, -1)]))


def found(states: Statement, *given: Statement) -> Any:
    return crosscheck(
        Claim(
            id="made_up.law",
            title="",
            states=states,
            given=given,
            well_formed=[finite_moment(X, 2), finite_moment(Y, 2)],
            worlds=kind,
        )
    )


@pytest.mark.parametrize(
    "states",
    [
        equation(V(X + Y), V(X) + V(Y)),
        equation(E(X * Y), E(X) * E(Y)),
        at_most(E(X) ** 2, E(X * Y)),
    ],
)
def test_what_only_kind_laws_satisfy_is_contradicted(states: Statement) -> None:
    evidence = found(states)
    assert (evidence.verdict, evidence.rung) == ("contradicted", "exact")


def test_what_every_law_satisfies_is_confirmed_under_others_too() -> None:
    evidence = found(equation(E(X + Y), E(X) + E(Y)))
    assert evidence.verdict == "confirmed"
    (point,) = (each for each in evidence.points if each.rung == "search")
    assert (point.at, point.samples) == ({"moved": "the law of X, Y"}, 6)


def test_a_law_that_a_hypothesis_speaks_of_stays() -> None:
    evidence = found(equation(V(X + Y), V(X) + V(Y)), independent(X, Y))
    assert evidence.verdict == "confirmed"
    assert all(point.rung != "search" for point in evidence.points)
