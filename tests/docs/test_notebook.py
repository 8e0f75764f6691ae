"""The example notebook, run as a lecturer would run it."""

from typing import Any

import pytest

from docs.render import ROOT

nbformat = pytest.importorskip("nbformat")
nbclient = pytest.importorskip("nbclient")
pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def shown() -> list[dict[str, Any]]:
    """What each code cell shows, by MIME type; an error in any cell fails."""
    book = nbformat.read(ROOT / "docs/lecture.ipynb", 4)
    place = {"metadata": {"path": str(ROOT)}}
    nbclient.NotebookClient(book, timeout=300, resources=place).execute()
    code = [cell for cell in book.cells if cell.cell_type == "code"]
    return [dict(out.get("data", {})) for cell in code[1:] for out in cell.outputs]


def markdown(shown: list[dict[str, Any]], start: str) -> str:
    return next(text for each in shown if start in (text := str(each.get("text/markdown", ""))))


def test_every_cell_shows_something(shown: list[dict[str, Any]]) -> None:
    book = nbformat.read(ROOT / "docs/lecture.ipynb", 4)
    cells = [cell for cell in book.cells if cell.cell_type == "code"]
    assert len(shown) == len(cells) - 1  # the first imports


def test_the_theorem_is_shown_with_its_reasons(shown: list[dict[str, Any]]) -> None:
    assert r"\text{linearity (1) (2)}" in markdown(shown, "**Proved**")


def test_each_next_shows_one_row_more(shown: list[dict[str, Any]]) -> None:
    rows = [
        text.count("&&")
        for each in shown
        if (text := str(each.get("text/markdown", ""))).startswith("$$")
    ]
    assert rows == [0, 1, 3]


def test_wrong_steps_are_refused_with_both_sides(shown: list[dict[str, Any]]) -> None:
    refused = [each for each in shown if "Refused at row 1" in str(each.get("text/markdown"))]
    assert len(refused) == 2
    assert all(r"\text{from}" in each["text/markdown"] for each in refused)


def test_the_evidence_and_its_picture_are_shown(shown: list[dict[str, Any]]) -> None:
    assert "variance-bounded" in markdown(shown, "**Confirmed**")
    assert "<svg" in shown[-1]["image/svg+xml"]


def test_the_notebook_is_stored_without_outputs() -> None:
    book = nbformat.read(ROOT / "docs/lecture.ipynb", 4)
    assert not any(cell.get("outputs") for cell in book.cells)
