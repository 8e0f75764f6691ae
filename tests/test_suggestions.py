"""What a refused row is told to cite instead."""

from __future__ import annotations

from typing import Any

import pytest

from verify import (
    Claim,
    E,
    Obtain,
    V,
    World,
    algebra,
    at_most,
    cases,
    chain,
    definition,
    equals,
    equation,
    finite_moment,
    given,
    independent,
    linearity,
    monotone,
    prove,
    random_variable,
    real,
    symmetric,
    symmetry,
    uniform_on,
)
from verify.kernel.prove import derive
from verify.kernel.theorem import Refused
from verify.language.proofs import Proof
from verify.suggestions import suggestion

X, Y = random_variable("X"), random_variable("Y")
a, b = real("a"), real("b")
expanded = E(X**2) - 2 * a * E(X) + a**2


def claimed(states: Any, proof: Proof, *given: Any) -> Claim:
    def world(_: Any) -> World:
        signs = [{X: x, Y: y} for x in (-1, 1) for y in (-1, 1)]
        return World({a: 2, b: 2}, uniform_on(signs))

    return Claim(
        id="test.row",
        title="A row with another reason",
        states=states,
        given=given,
        well_formed=[finite_moment(X, 4), finite_moment(Y, 4)],
        proof=proof,
        worlds=world,
    )


def row(before: Any, after: Any, by: Any, *given: Any) -> Claim:
    return claimed(equation(before, after), chain(before, equals(after, by=by)), *given)


def refused(claim: Claim) -> Refused:
    answer = derive(claim)
    assert isinstance(answer, Refused)
    return answer


@pytest.mark.parametrize(
    ("claim", "expected"),
    [
        (row(E((X - a) ** 2), expanded, algebra), "by=linearity"),
        (row(expanded, V(X) + (E(X) - a) ** 2, (definition, linearity)), "by=definition"),
        (row(a * b + a, a * (b + 1), linearity), "by=algebra"),
        (row(E(X**3 * abs(X)), 0, symmetry(X), symmetric(X)), "by=(symmetry(X), cases)"),
        (row(E(X * Y + X), E(X) * E(Y) + E(X), linearity, independent(X, Y)),
         "by=(linearity, independence)"),
    ],
    ids=["another", "one less", "algebra alone", "one more", "both"],
)  # fmt: skip
def test_a_row_with_the_wrong_reason_is_told_the_right_one(claim: Claim, expected: str) -> None:
    assert suggestion(claim, refused(claim)) == expected


def test_a_reason_is_found_for_an_inequality_within_a_shape() -> None:
    inner = chain(0 * b, at_most(b**2, by=monotone))
    proof = Obtain(at_most(0 * b, b**2), inner, chain(a, equals(b, by=given(equation(a, b)))))
    claim = claimed(equation(a, b), proof, equation(a, b))
    assert suggestion(claim, refused(claim)) == "by=order"


def test_nothing_is_suggested_for_a_false_row() -> None:
    claim = row(E(X * Y), E(X) * E(Y) + 1, linearity, independent(X, Y))
    assert suggestion(claim, refused(claim)) is None


def test_nothing_is_suggested_where_the_fault_is_not_in_a_row() -> None:
    claim = claimed(equation(a, b), chain(b, equals(a, by=given)), equation(a, b))
    assert suggestion(claim, refused(claim)) is None


def test_nothing_is_tried_after_the_time_given() -> None:
    claim = row(E((X - a) ** 2), expanded, algebra)
    assert suggestion(claim, refused(claim), seconds=-1.0) is None


def test_the_refusal_itself_says_what_is_accepted() -> None:
    answer = prove(row(E(X**3 * abs(X)), 0, symmetry(X), symmetric(X)))
    assert isinstance(answer, Refused)
    assert answer.reason.endswith("; by=(symmetry(X), cases) is accepted")


def test_what_is_suggested_is_accepted() -> None:
    assert prove(row(E(X**3 * abs(X)), 0, (symmetry(X), cases), symmetric(X)))


def test_a_proof_that_breaks_off_elsewhere_accepts_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Only a row that the kernel accepted is suggested, not one that it never came to judge."""
    claim = row(abs(a) * b, a * b, algebra, equation(a, 2))
    refused: Any = derive(claim)
    broken = Refused("proof", "language", "the claim is not well formed")
    monkeypatch.setattr("verify.suggestions.derive", lambda claim: broken)
    assert suggestion(claim, refused) is None
