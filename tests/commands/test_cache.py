from pathlib import Path

import pytest

from tests.report import made_up
from verify.cache.store import Store
from verify.cli import main


def test_the_cache_is_shown_and_cleared(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("CHALKPROOF_CACHE", str(tmp_path))
    Store().put("key", made_up.results()[0])
    assert main(["cache"]) == 0
    folder, size = capsys.readouterr().out.splitlines()
    assert folder == str(tmp_path / "claims")
    assert size.startswith("1 result, ")
    assert main(["cache", "clear"]) == 0
    assert capsys.readouterr().out.startswith("1 result removed")
    assert Store().get("key") is None
    assert main(["cache", "clear"]) == 0
    assert capsys.readouterr().out.startswith("0 results removed")
