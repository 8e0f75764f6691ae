from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tests.report import made_up
from verify.claim import Claim
from verify.kernel.theorem import Theorem
from verify.recording import malformed, plain, record
from verify.records import ClaimRecord


def test_a_theorem_of_this_process_is_recorded_as_proved_with_its_rows() -> None:
    made = record(made_up.found()[1])
    assert made.proved
    assert made.proof is not None
    (row,) = made.proof.rows
    assert (row.where, row.formula.text, row.rule) == ("row 1", "= (a + 1)²", "given")
    assert [fact.text for fact in row.used] == ["b = 1"]
    assert made.checked_by == "this process"


def test_a_refusal_is_recorded_with_both_sides() -> None:
    made = record(made_up.found()[3])
    assert not made.proved
    assert made.proof is not None
    assert made.proof.refusal is not None
    assert made.proof.refusal.after is not None
    assert made.proof.refusal.after.text == "a² + b²"


@pytest.mark.parametrize("forged", [object(), object.__new__(Theorem), True])
def test_nothing_but_a_genuine_theorem_can_be_recorded_as_proved(forged: object) -> None:
    with pytest.raises(TypeError, match="no theorem of this process"):
        record(replace(made_up.found()[0], proof=forged))


def test_a_record_holds_plain_data_only() -> None:
    found = made_up.found()[0]
    assert found.evidence is not None
    point = replace(found.evidence.points[0], at={"q": Fraction(1, 3), "n": (1, 2)})
    made = record(replace(found, evidence=replace(found.evidence, points=(point,))))
    assert made.evidence is not None
    assert made.evidence.points[0].at == {"q": "1/3", "n": [1, 2]}
    assert plain(object) == str(object)


def test_a_claim_of_odd_parts_is_recorded_as_malformed() -> None:
    parts: dict[str, Any] = {"id": 5, "title": None, "states": 0.5, "source": [1]}
    odd = Claim(**parts, proof=None)
    made: ClaimRecord = malformed(odd, "5, id: not of the form subject.name\n5, states: 0.5")
    assert (made.claim.id, made.states.text, made.ok, made.undecided) == ("5", "0.5", False, False)
    assert len(made.problems) == 2
