"""The pages of the documentation say what the project does."""

import re
from pathlib import Path

import pytest

from docs.render import ROOT, RULES_PAGE, TUTORIAL, rules, tutorial
from docs.transcript import filled, masked
from verify.kernel.rules import RULES

PAGES = sorted((ROOT / "docs").glob("*.md"))


@pytest.mark.slow
def test_the_tutorial_runs_and_prints_what_it_shows() -> None:
    shown = masked(TUTORIAL.read_text(encoding="utf-8"))
    assert masked(tutorial()) == shown, "run `python -m docs.render tutorial`"


def test_the_page_of_the_rules_is_up_to_date() -> None:
    assert rules() == RULES_PAGE.read_text(encoding="utf-8"), "run `python -m docs.render rules`"


def test_every_rule_is_on_the_page() -> None:
    headings = re.findall(r"^## (\w+)$", RULES_PAGE.read_text(encoding="utf-8"), re.M)
    assert headings == sorted(RULES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_linked_file_exists(page: Path) -> None:
    prose = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.S)
    for link in re.findall(r"\]\(([^)#:]+)\)", prose):
        assert (page.parent / link).exists(), link


def test_a_transcript_writes_files_adds_to_them_and_runs_commands(tmp_path: Path) -> None:
    page = (
        "```python f.py\nx = 1\n```\n```python f.py +\ny = 2\n```\n"
        "```console\n$ verify --version\n```\n"
    )
    shown = filled(page, tmp_path, ROOT)
    assert (tmp_path / "f.py").read_text() == "x = 1\ny = 2\n"
    assert "$ verify --version\nchalkproof " in shown


def test_a_transcript_runs_no_other_program(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="rm is none of"):
        filled("```console\n$ rm -r .\n```\n", tmp_path, ROOT)


def test_what_is_masked_does_not_count() -> None:
    assert masked("a   0.51s b") == masked("a 12s  b")
    assert masked("3 passed") != masked("2 passed")
