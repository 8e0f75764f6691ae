"""`verify explain`: every rule with examples on which the kernel agrees."""

import pytest

from verify.cli import main
from verify.kernel.prove import derive
from verify.kernel.rules import RULES
from verify.kernel.theorem import is_theorem
from verify.proving import well_formed
from verify.report.rule_page import rule_page, rule_text
from verify.rule_examples import EXAMPLES


@pytest.mark.parametrize("name", sorted(RULES))
def test_every_rule_has_examples_that_the_kernel_accepts_and_refuses(name: str) -> None:
    examples = EXAMPLES[name]
    assert examples.accepted
    assert examples.refused
    for claim in (*examples.accepted, *examples.refused):
        well_formed(claim)
    assert [is_theorem(derive(claim)) for claim in examples.accepted] == [True] * len(
        examples.accepted
    )
    assert not any(is_theorem(derive(claim)) for claim in examples.refused)


@pytest.mark.parametrize("name", sorted(RULES))
def test_the_page_has_the_figure_and_the_examples_with_reasons(name: str) -> None:
    page = rule_page(name)
    assert page.parts["Figure"]
    assert len(page.accepted) == len(EXAMPLES[name].accepted)
    assert all(each.refusal for each in page.refused)
    text = rule_text(page)
    assert text.startswith(f"{name} · ")
    assert max(map(len, text.splitlines())) <= 110
    assert "✓" in text
    assert "✗" in text


def test_explain_without_a_rule_lists_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain"]) == 0
    shown = capsys.readouterr().out
    assert [line.split()[0] for line in shown.splitlines()[: len(RULES)]] == sorted(RULES)
