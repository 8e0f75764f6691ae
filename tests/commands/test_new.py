import sys
from pathlib import Path

import pytest

from verify.cli import main
from verify.commands.new import template
from verify.discovery import claims
from verify.testing import assert_proved


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    return tmp_path


def test_the_template_runs_as_it_is(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["new", "course_a/sum_of_squares"]) == 0
    shown = capsys.readouterr().out
    assert "course_a/sum_of_squares.py" in shown
    assert "verify all" in shown
    (claim,) = claims("course_a/sum_of_squares.py")
    assert claim.id == "course_a.sum_of_squares"
    assert_proved(claim)
    assert main(["all", "course_a"]) == 0
    assert "1 claim · 1 as expected · 1 proved · 3/3 variants" in capsys.readouterr().out


def test_a_claim_is_written_into_the_package_that_is_there(folder: Path) -> None:
    (folder / "derivations").mkdir()
    (folder / "derivations" / "__init__.py").write_text("")
    assert main(["new", "algebra/square"]) == 0
    assert (folder / "derivations" / "algebra" / "square.py").is_file()
    assert (folder / "derivations" / "algebra" / "__init__.py").is_file()
    assert main(["new", "algebra/square", "--root", "elsewhere"]) == 0
    assert (folder / "elsewhere" / "algebra" / "square.py").is_file()


def test_what_is_there_is_never_overwritten(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", "algebra/square"]) == 0
    (folder / "algebra" / "square.py").write_text("mine")
    assert main(["new", "algebra/square"]) == 2
    assert "is there already" in capsys.readouterr().err
    assert (folder / "algebra" / "square.py").read_text() == "mine"


@pytest.mark.parametrize("name", ["square", "algebra/", "/square", "a/b/c", "Algebra/x", "a/2x"])
def test_a_name_that_cannot_be_one_is_refused(
    name: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["new", name]) == 2
    assert "is not of the form subject/name" in capsys.readouterr().err
    assert list(folder.iterdir()) == []


def test_the_template_keeps_to_the_width_of_a_page() -> None:
    assert max(map(len, template("initialization", "preactivation_variance").splitlines())) <= 100
