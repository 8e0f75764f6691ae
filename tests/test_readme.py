"""What the README shows is what the project does."""

import re

import pytest

from docs.render import PICTURE, README, ROOT, filled
from verify.report.picture import as_svg, pictured, shown
from verify.session import run_claims


def test_the_derivation_and_its_source_are_up_to_date() -> None:
    text = README.read_text(encoding="utf-8")
    assert filled(text) == text, "run `python -m docs.render`"


def test_the_picture_shows_every_claim_of_the_sheet_as_expected() -> None:
    lines = shown(PICTURE.read_text(encoding="utf-8")).splitlines()
    seen = {line.split()[1] for line in lines if line.startswith("✓")}
    assert seen == {each.id.split(".")[1] for each in pictured()}, "run `python -m docs.render`"


@pytest.mark.slow
def test_the_picture_is_what_verify_all_prints() -> None:
    again = shown(as_svg(run_claims(pictured())))
    assert again == shown(PICTURE.read_text(encoding="utf-8")), "run `python -m docs.render`"


def test_the_commands_are_those_that_are_run() -> None:
    text = README.read_text(encoding="utf-8")
    commands = re.findall(r"```sh\n(.*?)\n```", text, flags=re.DOTALL)
    assert len(commands) == 2
    assert all(command.startswith("python3 -m venv .venv && ") for command in commands)
    assert commands[0].endswith(".venv/bin/verify all")
    assert commands[1].endswith(".venv/bin/pytest -n 2")
    assert "\npytest -n 2\n" in (ROOT / ".ci/run").read_text(encoding="utf-8")


def test_every_linked_file_exists() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README.read_text(encoding="utf-8"))
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
