import os
from pathlib import Path

import pytest

from verify.sources import remembered
from verify.sources.remembered import Entry, recalled, remember

LINES: list[Entry] = [
    ("a.one", "First, with ✓", "proved", ("000 A1", "003")),
    ("a.two", "Second", "refuted", ()),
]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CHALKPROOF_CACHE", str(tmp_path / "cache"))
    (tmp_path / "course").mkdir()
    (tmp_path / "course" / "a.py").write_text("a = 1\n")
    assert recalled() is None
    remember(LINES, [str(tmp_path / "course")])
    assert recalled() == LINES
    return tmp_path


def test_a_changed_a_new_and_a_removed_file_are_noticed(folder: Path) -> None:
    file = folder / "course" / "a.py"
    os.utime(file, ns=(1, 1))
    assert recalled() is None
    remember(LINES, [str(folder / "course")])
    (folder / "course" / "b.py").write_text("")
    assert recalled() is None
    remember(LINES, [str(folder / "course")])
    file.unlink()
    assert recalled() is None


def test_another_version_forgets(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.__version__", "0.0")
    assert recalled() is None


@pytest.mark.parametrize("place", [0, 3, 30, -2])
def test_damage_is_noticed(place: int, folder: Path) -> None:
    path = Path(remembered._path())
    content = bytearray(path.read_bytes())
    content[place] ^= 1
    path.write_bytes(bytes(content))
    assert recalled() is None
    path.write_bytes(b"")
    assert recalled() is None


def test_a_title_of_two_lines_is_not_kept(folder: Path) -> None:
    remember([("a.one", "First\nline", "proved", ())], [str(folder / "course")])
    assert recalled() == LINES
