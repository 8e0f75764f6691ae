import sys
from pathlib import Path

import pytest

from verify import Claim
from verify.discovery import DiscoveryError, UnknownClaimError, claim, claims
from verify.listing import Listed, listed

MODULE = """
from verify import Claim, equation, real

a = real("a")
{name} = Claim(
    id="{id}", title="One", source={source}, states=equation(a, a), expected="proved"
)
again = {name}
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    root = tmp_path / "notes"
    (root / "algebra").mkdir(parents=True)
    (root / "__init__.py").write_text("")
    (root / "algebra" / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(str(tmp_path))
    for name in [name for name in sys.modules if name.split(".")[0] == "notes"]:
        monkeypatch.delitem(sys.modules, name)
    return root


def write(root: Path, module: str, id_: str, source: str = '"000 A1"') -> None:
    text = MODULE.format(name=id_.split(".")[1], id=id_, source=source)
    (root / "algebra" / f"{module}.py").write_text(text)


def test_each_claim_is_found_once_sorted_by_id(package: Path) -> None:
    write(package, "first", "algebra.zeta")
    write(package, "second", "algebra.alpha")
    assert [each.id for each in claims("notes")] == ["algebra.alpha", "algebra.zeta"]


def test_two_claims_with_one_id_are_an_error(package: Path) -> None:
    write(package, "first", "algebra.same")
    write(package, "second", "algebra.same")
    with pytest.raises(DiscoveryError, match=r"algebra\.same belongs to another claim"):
        list(claims("notes"))


def test_a_module_that_fails_to_import_is_named(package: Path) -> None:
    (package / "algebra" / "broken.py").write_text("1 / 0\n")
    with pytest.raises(DiscoveryError, match=r"notes.algebra.broken .*ZeroDivisionError"):
        list(claims("notes"))


def test_an_unknown_id_suggests_similar_ones(package: Path) -> None:
    write(package, "first", "algebra.binomial")
    assert isinstance(claim("algebra.binomial", "notes"), Claim)
    with pytest.raises(UnknownClaimError, match=r"no claim 'binomal'; did you mean algebra.binom"):
        claim("binomal", "notes")


def test_the_list_is_read_without_importing(package: Path) -> None:
    write(package, "first", "algebra.one", source='["000 A1", "003"]')
    (package / "algebra" / "broken.py").write_text("import nowhere\n")
    assert listed("notes") == [Listed("algebra.one", "One", ("000 A1", "003"), "proved")]
    assert "notes.algebra.first" not in sys.modules


def test_a_claim_whose_id_is_computed_is_listed_by_importing(package: Path) -> None:
    write(package, "first", "algebra.one")
    path = package / "algebra" / "first.py"
    path.write_text(path.read_text().replace('"algebra.one"', '"algebra." + "one"'))
    assert [each.id for each in listed("notes")] == ["algebra.one"]


def test_the_list_agrees_with_the_derivations() -> None:
    found = [Listed(each.id, each.title, each.sources, each.expected) for each in claims()]
    assert found
    assert listed() == sorted(found)
