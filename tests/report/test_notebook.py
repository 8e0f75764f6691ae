from typing import Any

import pytest

from tests.report.made_up import BINOMIAL, CITED, FALSE, evidence, found
from verify.kernel.prove import derive
from verify.kernel.theorem import Theorem
from verify.report.notebook import Steps

THEOREM: Any = derive(CITED)
REFUSED: Any = derive(FALSE)
CLAIM: Any = BINOMIAL


def markdown(shown: Any) -> str:
    return str(shown._repr_mimebundle_()["text/markdown"])


@pytest.mark.parametrize(
    "shown", [CLAIM, THEOREM, REFUSED, CLAIM.proof, evidence(), found()[1]], ids=type
)
def test_everything_has_markdown_and_plain_text(shown: Any) -> None:
    bundle = shown._repr_mimebundle_(include=None, exclude=None)
    assert {"text/markdown", "text/plain"} <= set(bundle)
    assert all(isinstance(each, str) and each for each in bundle.values())


def test_a_claim_shows_title_statement_and_rows_without_a_verdict() -> None:
    shown = markdown(CLAIM)
    assert shown.startswith("**The square of a sum** (`algebra.binomial`)")
    assert r"\left(a + b\right)^{2} = a^{2} + 2 a b + b^{2}" in shown
    assert "Proved" not in shown


def test_a_theorem_shows_hypotheses_reasons_and_that_it_is_proved() -> None:
    shown = markdown(THEOREM)
    assert "1. $b = 1$" in shown
    assert r"&& \text{given (1)}" in shown
    assert "**Proved**" in shown


def test_a_refusal_shows_both_sides_of_the_row_and_what_is_missing() -> None:
    shown = markdown(REFUSED)
    assert "**Refused at row 1**, by *algebra*" in shown
    assert r"\text{to}\quad & a^{2} + b^{2}" in shown


def test_evidence_shows_its_verdict_and_where_it_looked() -> None:
    shown = markdown(evidence("contradicted", counterexample="a = 1"))
    assert shown.startswith("**Contradicted** (exact)")
    assert "Counterexample: a = 1" in shown
    assert "| n = 3 | 4 | 5.25 | 1,234 | 0.97% | exact | contradicted |" in shown


def test_until_shows_so_many_rows() -> None:
    assert str(CLAIM.proof.show(until=1)) == "  (a + b)²\n= (a + b)·(a + b)"
    assert str(CLAIM.proof.show(until=0)) == "  (a + b)²"
    assert str(CLAIM.proof.show()) == str(CLAIM.show())


@pytest.mark.parametrize("until", [-1, 3])
def test_a_row_that_is_not_there_cannot_be_shown(until: int) -> None:
    with pytest.raises(ValueError, match="the proof has 2 rows"):
        CLAIM.proof.show(until=until)


def test_steps_reveal_line_by_line() -> None:
    steps = THEOREM.steps()
    assert str(next(steps)) == "  (a + b)²"
    assert r"\text{given (1)}" in markdown(next(steps))
    with pytest.raises(StopIteration):
        next(steps)


def test_steps_on_a_page_unfold_without_a_kernel() -> None:
    shown = Steps(CLAIM.steps()._page)._repr_mimebundle_()["text/html"]
    assert shown.count("<details>") == shown.count("</details>") == 2
    assert "<script" not in shown


def test_the_latex_of_a_claim_is_shown_as_it_is_copied() -> None:
    shown = CLAIM.latex()
    assert repr(shown) == shown == r"\left(a + b\right)^{2} = a^{2} + 2 a b + b^{2}"


def test_showing_a_theorem_makes_no_other() -> None:
    latex = THEOREM.latex()
    assert isinstance(THEOREM, Theorem)
    assert latex == r"\left(a + b\right)^{2} = \left(a + 1\right)^{2}"
