from dataclasses import replace
from typing import Any

import pytest
import sympy

from verify import (
    Claim,
    Row,
    Variant,
    algebra,
    chain,
    equals,
    equation,
    greater,
    let,
    natural,
    real,
    vector,
)
from verify.faults import faults

a, b = real("a"), real("b")
GOOD = Claim(
    id="algebra.sum",
    title="A sum",
    states=equation(a + b, b + a),
    proof=chain(a + b, equals(b + a, by=algebra)),
)


def test_a_well_formed_claim_has_no_faults() -> None:
    assert faults(GOOD) == []


CASES: list[tuple[dict[str, Any], str]] = [
    ({"states": True}, "statement: True is not a statement"),
    ({"states": equation(a, 0.5)}, "statement: the float 0.5; write an exact Rational"),
    ({"given": [equation(a, "b")]}, "given 1: the string 'b'; declare a name instead"),
    ({"given": [a]}, "given 1: a (of type Name) is not a statement"),
    ({"given": equation(a, b)}, "given: a = b (of type Equation) is not a list of statements"),
    ({"id": "sum"}, "id: 'sum' is not of the form subject.name"),
    ({"proof": "obvious"}, "proof: "),
    (
        {"proof": chain(a + b, equals(b + sympy.Symbol("a"), by=algebra))},
        "row 1: the stock SymPy object a; declare names with verify",
    ),
    ({"proof": chain(a + 0.5)}, "start: the float 0.5; write an exact Rational"),
    (
        {"well_formed": [equation(vector("a", natural("t"))[1], 0)]},
        "well_formed 1: a is declared otherwise here than in statement",
    ),
    (
        {"given": [equation(let("s", vector("b", 3)[1]), 0)]},
        "given 1: b is declared otherwise here than in statement",
    ),
    ({"expected": "true"}, "expected: 'true' is neither 'proved' nor 'refuted'"),
    ({"points": [3]}, "points 1: 3 (of type int) is not a mapping from names to values"),
    ({"variants": ["b = a"]}, "variants 1: 'b = a' (of type str) is not a Variant"),
    (
        {"variants": [Variant("a half", equation(a, 0.5))]},
        "variant 1 (a half), statement: the float 0.5; write an exact Rational",
    ),
    ({"without": [a]}, "without 1: a (of type Name) is not a Without"),
]


@pytest.mark.parametrize(("change", "message"), CASES, ids=[message for _, message in CASES])
def test_a_fault_is_reported_with_its_place(change: dict[str, Any], message: str) -> None:
    (found,) = faults(replace(GOOD, **change))
    assert found.startswith(message)


def test_a_row_that_is_no_row_is_named() -> None:
    odd: Any = (a + b, Row)
    (found,) = faults(replace(GOOD, proof=chain(a + b, odd)))
    assert found.startswith("row 1: ")
    assert found.endswith("is not a row")


def test_an_erratum_needs_no_proof() -> None:
    assert faults(replace(GOOD, proof=None, expected="refuted")) == []


def test_a_point_that_violates_a_hypothesis_is_named() -> None:
    claim = replace(GOOD, given=[greater(a, 0)], points=[{"a": 2.0}, {"a": -1.0}, {"b": 3}])
    assert faults(claim) == ["points 2: {'a': -1.0} violates given 1 (a > 0)"]
