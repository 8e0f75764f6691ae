"""What each shape of proof asks for, and what it says when that is missing."""

from dataclasses import replace
from typing import Any

import pytest

from tests.attacks.declarations import (
    S,
    W,
    assert_accepted,
    assert_refused,
    b,
    c,
    claimed,
    d,
    equal,
    m,
    related,
    t,
    x,
)
from verify import (
    Definite,
    Exhibit,
    Induction,
    Minimum,
    Parts,
    Sum,
    algebra,
    all_of,
    at_least,
    cases,
    chain,
    dimension,
    equals,
    equation,
    exists,
    given,
    greater,
    index,
    lemma,
    minimum,
    monotone,
    order,
    peel,
    positive_definite,
    real,
    vector,
)
from verify.kernel.polynomial import Refusal
from verify.kernel.prove import derive, refusal
from verify.kernel.rules import RULES
from verify.kernel.theorem import Refused
from verify.kernel.theory import ALGEBRA
from verify.language.terms import Power

s = index("s", 0, None)

u = real("u")
two_rows = claimed(
    equation(abs(c) * d, d * c),
    chain(abs(c) * d, equals(d * abs(c), by=algebra), equals(d * c, by=cases)),
    given=[greater(c, 0)],
)


def least_number(*constraints: Any) -> Any:
    """The least u, under these constraints, is b."""
    return claimed(
        minimum(u * 1, over=u, at=b, value=b, subject_to=constraints),
        Minimum(
            feasible=tuple(chain(b - b, equals(0, by=algebra)) for _ in constraints),
            attains=chain(b * 1, equals(b, by=algebra)),
            gap=chain(u * 1 - b, equals(u - b, by=algebra)),
        ),
    )


REFUSED = {
    "a chain from a vector to a number": (equal(x, c), "shape"),
    "a vector of another length": (
        claimed(
            equation(x, x + 0 * x),
            chain(x, equals(vector("z", m), by=algebra), equals(x + 0 * x, by=algebra)),
        ),
        "the shapes of",
    ),
    "a form of a vector that the matrix mentions": (
        claimed(
            positive_definite(S + x @ x.T),
            Definite(x, chain(x.T @ (S + x @ x.T) @ x, greater(0, by=order))),
        ),
        "says nothing of",
    ),
    "a form of a random vector": (
        claimed(positive_definite(S), Definite(W, chain(W.T @ S @ W, greater(0, by=order)))),
        "says nothing of",
    ),
    "a form of a vector of another length": (
        claimed(
            positive_definite(S),
            Definite(vector("z", m), chain(c, greater(0, by=order))),
        ),
        "length",
    ),
    "a witness for a name too many": (
        claimed(
            exists(u, equation(u, c)), Exhibit({u: c, d: c}, chain(c, equals(c + 0, by=algebra)))
        ),
        "witness",
    ),
    "no witness": (
        claimed(exists(u, equation(u, c)), Exhibit({}, chain(c, equals(c + 0, by=algebra)))),
        "witness",
    ),
    "monotone beside order": (
        related(greater, abs(c) + 1, 0, (order, monotone)),
        "without monotone",
    ),
    "a hypothesis that is no statement": (
        equal(c, c + 0, given=[dimension("1n")]),
        "stands where a statement belongs",
    ),
    "a function of arrays that cannot be added": (
        equal(abs(x + vector("z", m)), c),
        "different ranges",
    ),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_missing_is_said(what: str) -> None:
    claim, said = REFUSED[what]
    assert said in assert_refused(claim).reason


def test_a_refusal_is_not_true() -> None:
    assert not derive(equal(c, d))


def test_a_minimum_under_constraints_may_use_them() -> None:
    assert_accepted(least_number(at_least(u - b, 0)))
    assert "≥ 0" in assert_refused(least_number()).reason


def test_each_part_of_a_conjunction_may_use_those_before_it() -> None:
    first = equation(abs(c), c)
    both = all_of(first, equation(abs(c) + d, d + c))
    proofs = (
        chain(abs(c), equals(c, by=cases)),
        chain(abs(c) + d, equals(d + c, by=given(first))),
    )
    assert_accepted(claimed(both, Parts(proofs), given=[greater(c, 0)]))
    swapped = all_of(*reversed(both.args))
    assert_refused(claimed(swapped, Parts(proofs[::-1]), given=[greater(c, 0)]))


def test_single_rows_can_be_asked_about() -> None:
    """Without the hypothesis the second row does not follow; the first does not need it."""
    less = replace(two_rows, given=())
    assert refusal(less, frozenset({"row 1"})) is None
    found = refusal(less, frozenset({"row 2"}))
    assert isinstance(found, Refused)
    assert found.where == "row 2"
    assert refusal(two_rows, frozenset({"row 1", "row 2"})) is None


def test_a_lemma_that_is_cited_twice_is_named_once() -> None:
    positive = replace(equal(abs(c), c, cases, given=[greater(c, 0)]), id="lemma.positive")
    twice = claimed(
        equation(abs(c) + abs(d), c + d),
        chain(
            abs(c) + abs(d),
            equals(c + abs(d), by=lemma(positive)),
            equals(c + d, by=lemma(positive, {c: d})),
        ),
        given=[greater(c, 0), greater(d, 0)],
    )
    found: Any = derive(twice)
    assert found.lemmas == ("lemma.positive",)


def test_a_lemma_is_no_reduction() -> None:
    use: Any = None
    with pytest.raises(Refusal, match="resolved before"):
        RULES["lemma"](use, ALGEBRA)


def test_integers_that_induction_puts_in_are_added_up() -> None:
    past = Sum(s, (s, 0, t - 1))
    step = chain(
        2 * Sum(s, (s, 0, t)),
        equals(2 * past + 2 * t, by=peel),
        equals(t**2 - t + 2 * t, by=given),
        equals((t + 1) ** 2 - (t + 1), by=algebra),
    )
    base = chain(2 * Sum(s, (s, 0, -1)), equals(Power(0, 2) - 0, by=peel))
    assert_accepted(claimed(equation(2 * past, t**2 - t), Induction(t, base, step)))


def test_integers_that_induction_puts_in_are_multiplied() -> None:
    goal = equation(c ** (2 * t) * d, d * c ** (2 * t))
    step = chain(c ** (2 * (t + 1)) * d, equals(d * c ** (2 * (t + 1)), by=algebra))
    base, wrong = (chain(Power(c, k) * d, equals(d * Power(c, k), by=algebra)) for k in (0, 2))
    assert_accepted(claimed(goal, Induction(t, base, step)))
    assert_refused(claimed(goal, Induction(t, wrong, step)))
