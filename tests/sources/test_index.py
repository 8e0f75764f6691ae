from pathlib import Path

import pytest

from verify.sources import index as indexing
from verify.sources.index import Index
from verify.sources.scan import Scan


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "a.py"
    path.write_text("import math\n")
    return path


def refuse(text: str) -> Scan:
    raise AssertionError(f"scanned again: {text}")


def cache(file: Path) -> str:
    return str(file.parent / "cache")


def test_a_text_is_scanned_once(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Index(cache(file))
    found = first.scan(str(file))
    first.save()
    monkeypatch.setattr(indexing, "scan", refuse)
    assert Index(cache(file)).scan(str(file)) == found
    file.write_text("import re\n")
    with pytest.raises(AssertionError, match="import re"):
        Index(cache(file)).scan(str(file))


def test_another_version_of_the_program_scans_again(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Index(cache(file))
    first.scan(str(file))
    first.save()
    monkeypatch.setattr(indexing, "code_digest", lambda: "another")
    monkeypatch.setattr(indexing, "scan", refuse)
    with pytest.raises(AssertionError, match="scanned again"):
        Index(cache(file)).scan(str(file))


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"x": 3}', b"\x00" * 99])
def test_a_damaged_index_is_ignored(content: bytes, file: Path) -> None:
    first = Index(cache(file))
    found = first.scan(str(file))
    first.save()
    (path,) = Path(cache(file)).iterdir()
    path.write_bytes(content)
    assert Index(cache(file)).scan(str(file)) == found


def test_a_file_that_cannot_be_read_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "latin.py").write_bytes(b"x = '\xe9'\n")
    index = Index(str(tmp_path))
    assert "utf-8" in index.scan(str(tmp_path / "latin.py")).fault
    assert "No such file" in index.scan(str(tmp_path / "gone.py")).fault
