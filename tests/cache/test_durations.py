from dataclasses import replace
from pathlib import Path

import pytest

from tests.report import made_up
from verify.cache.directory import VARIABLE
from verify.cache.durations import keep, longest_first


@pytest.fixture(autouse=True)
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(VARIABLE, str(tmp_path))
    return tmp_path


def test_what_took_longest_comes_first_and_the_unknown_before_all() -> None:
    first, second, *_ = made_up.results()
    keep([replace(first, seconds=1.0), replace(second, seconds=2.0)])
    assert longest_first([first.claim.id, second.claim.id, "a.unknown"]) == [2, 1, 0]
    keep([replace(first, seconds=3.0)])
    assert longest_first([first.claim.id, second.claim.id]) == [0, 1]


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"a.b": "long"}'])
def test_what_is_damaged_is_not_known(content: bytes, cache: Path) -> None:
    (cache / "durations.json").write_bytes(content)
    assert longest_first(["a.b", "a.a"]) == [0, 1]
