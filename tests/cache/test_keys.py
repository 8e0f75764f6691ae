from dataclasses import fields, replace
from typing import Any

import pytest

from verify.cache import keys
from verify.cache.keys import Settings, content_key, environment, source_key
from verify.listing import Found, Listed
from verify.sources.closure import Closure
from verify.sources.targets import Source

LISTED = Listed("a.b", "Title", ("000 A1",), "refuted", "a.true", None)
FOUND = Found(LISTED, Source("m.a", "/x/m/a.py", "/x"), Closure("digest", "", False))
SETTINGS = Settings(seed=0, alpha=1e-6, detect=0.01, claims=256, proofs_only=False)
OTHER: dict[str, Any] = {
    "seed": 1,
    "alpha": 1e-5,
    "detect": 0.02,
    "claims": 512,
    "proofs_only": True,
    "rows": True,
}


def key(settings: Settings = SETTINGS, known: tuple[str, ...] = ("a.true",)) -> str:
    return content_key(LISTED, "digest", settings, known)


@pytest.mark.parametrize("name", [each.name for each in fields(Settings)])
def test_every_setting_is_a_part_of_the_key(name: str) -> None:
    changed: Settings = replace(SETTINGS, **{name: OTHER[name]})
    assert key(changed) != key()
    assert source_key(FOUND, changed, ()) != source_key(FOUND, SETTINGS, ())


@pytest.mark.parametrize(
    "name", ["verify", "python", "flags", "machine", "system", *keys.DISTRIBUTIONS]
)
def test_every_version_is_a_part_of_the_key(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    before = key()
    changed = {**environment(), name: "another"}
    monkeypatch.setattr(keys, "environment", lambda: changed)
    assert key() != before


def test_id_content_and_module_are_parts_of_the_key() -> None:
    assert content_key(LISTED._replace(id="a.c"), "digest", SETTINGS, ()) != key(known=())
    assert content_key(LISTED, "other", SETTINGS, ()) != key(known=())
    changed = [
        FOUND._replace(source=Source("m.b", "/x/m/b.py", "/x")),
        FOUND._replace(closure=Closure("other", "", False)),
        FOUND._replace(listed=LISTED._replace(id="a.c")),
    ]
    found = {source_key(each, SETTINGS, ()) for each in (FOUND, *changed)}
    assert len(found) == 4


def test_whether_the_correction_of_an_erratum_exists_is_a_part_of_the_key() -> None:
    assert key(known=()) != key(known=("a.true",))
    assert key(known=("a.true", "a.else")) == key(known=("a.true",))
    awaiting = LISTED._replace(corrected=None, awaits="a.true")
    assert content_key(awaiting, "digest", SETTINGS, ("a.true",)) != key()


def test_the_two_kinds_of_key_never_meet() -> None:
    assert source_key(FOUND, SETTINGS, ("a.true",)) != key()


def test_a_module_that_reads_more_than_its_sources_has_no_source_key() -> None:
    reads = FOUND._replace(closure=Closure("digest", "uses open", False))
    assert source_key(reads, SETTINGS, ()) is None
