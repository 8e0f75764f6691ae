"""`verify export`, `verify report`, `verify plot`: what they write, and what can go wrong."""

import sys
from pathlib import Path

import pytest

from tests.test_pytest_plugin import FALSE, TRUE
from verify.cli import EXPORTS, main
from verify.report.export import FORMATS

BEGINS = {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}
GOOD, BAD = "mine.square_of_a_sum", "mine.freshmans_dream"


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A lecturer's own folder of derivations, outside this repository."""
    folder = tmp_path / f"mine_{tmp_path.name}"
    folder.mkdir()
    (folder / "good.py").write_text(TRUE, encoding="utf-8")
    (folder / "bad.py").write_text(FALSE, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", [*sys.path])
    for name in ("good", "bad"):  # of another test's folder
        sys.modules.pop(name, None)
    return str(folder)


def test_the_formats_of_the_command_are_those_that_there_are() -> None:
    assert list(EXPORTS) == list(FORMATS)


@pytest.mark.parametrize("form", EXPORTS)
def test_export_writes_a_file_for_each_claim(
    form: str, mine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", GOOD, "--in", mine, "--to", form, "-o", "out/slides"]) == 0
    (written,) = (tmp_path / "out/slides").iterdir()
    assert written.name == GOOD + FORMATS[form].ending
    assert str(Path("out/slides") / written.name) in capsys.readouterr().out


def test_export_of_a_refused_proof_says_so_in_the_file_and_the_exit_code(mine: str) -> None:
    assert main(["export", BAD, "--in", mine]) == 3
    assert "Refused at row 1" in Path(f"{BAD}.tex").read_text(encoding="utf-8")


def test_export_suggests_ids(mine: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "mine.square_of_sum", "--in", mine]) == 2
    assert f"did you mean {GOOD}?" in capsys.readouterr().err


def test_export_says_where_it_cannot_write(
    mine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "taken").write_text("")
    assert main(["export", GOOD, "--in", mine, "-o", "taken"]) == 2
    assert "-o: " in capsys.readouterr().err


def test_report_builds_a_site_of_ones_own_claims(
    mine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", mine, "--proofs-only", "-o", "site"]) == 0
    assert {page.stem for page in (tmp_path / "site/claims").iterdir()} == {GOOD, BAD}
    assert "2 claims" in capsys.readouterr().out


def test_report_leaves_a_folder_with_other_files_alone(
    mine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["report", mine, "--proofs-only", "-o", mine]) == 2
    assert "holds other files" in capsys.readouterr().err
    assert sorted(path.name for path in Path(mine).glob("*.*")) == ["bad.py", "good.py"]


def test_report_of_nothing_says_so(mine: str) -> None:
    assert main(["report", mine, "-k", "nothing_like_it"]) == 5


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_plot_writes_a_picture(ending: str, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    path = tmp_path / f"net.{ending}"
    assert main(["plot", "activations.square_by_three_relus", "-o", str(path)]) == 0
    assert path.read_bytes().startswith(
        {"svg": b"<?xml", "pdf": b"%PDF", "png": b"\x89PNG"}[ending]
    )


def test_plot_refuses_other_files(mine: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["plot", GOOD, "--in", mine, "-o", "net.docx"]) == 2
    assert "does not end in .svg, .pdf, .png or .tex" in capsys.readouterr().err


def test_plot_of_a_claim_that_draws_nothing_says_so(
    mine: str, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("matplotlib")
    assert main(["plot", GOOD, "--in", mine]) == 2
    assert f"{GOOD}: no simulation drew anything" in capsys.readouterr().err


def test_plot_without_matplotlib_says_what_to_install(
    mine: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    assert main(["plot", "activations.square_by_three_relus"]) == 2
    assert "pip install 'chalkproof[plots]'" in capsys.readouterr().err
