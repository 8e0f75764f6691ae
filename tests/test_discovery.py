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
    with pytest.raises(DiscoveryError, match=r"algebra\.same belongs to another claim already, in"):
        list(claims("notes"))


def test_a_module_that_fails_to_import_is_named(package: Path) -> None:
    write(package, "broken", "algebra.broken")
    (package / "algebra" / "broken.py").open("a").write("1 / 0\n")
    with pytest.raises(
        DiscoveryError, match=r"notes.algebra.broken .*ZeroDivisionError.*broken.py, line \d+"
    ):
        list(claims("notes"))


def test_a_module_with_a_wrong_syntax_is_named_with_its_line(package: Path) -> None:
    (package / "algebra" / "broken.py").write_text("a = 1\nb = = 2\n")
    with pytest.raises(DiscoveryError, match=r"broken.py: line 2: invalid syntax"):
        list(claims("notes"))


FACTORY = """
from verify import Claim, equation, real

a = real("a")


def made(name):
    return Claim(id="algebra." + name, title="One", states=equation(a, a))
"""


def test_claims_that_a_function_makes_are_found_by_importing(package: Path) -> None:
    write(package, "first", "algebra.one")
    (package / "algebra" / "factory.py").write_text(FACTORY)
    text = "from notes.algebra.factory import made\nfrom notes.algebra.first import one\n"
    (package / "algebra" / "second.py").write_text(text + 'two = made("two")\n')
    assert [each.id for each in listed("notes")] == ["algebra.one", "algebra.two"]


def test_a_copy_of_a_claim_with_another_id_is_found(package: Path) -> None:
    write(package, "first", "algebra.one")
    (package / "algebra" / "second.py").write_text(
        "from dataclasses import replace\nfrom notes.algebra.first import one\n"
        'two = replace(one, id="algebra.two")\n'
    )
    assert [each.id for each in listed("notes")] == ["algebra.one", "algebra.two"]


def test_a_file_and_a_folder_of_files_are_targets(tmp_path: Path) -> None:
    text = MODULE.format(name="own", id="exercises.own", source='"mine"')
    (tmp_path / "exercises_of_mine.py").write_text(text)
    for target in (str(tmp_path / "exercises_of_mine.py"), str(tmp_path)):
        assert [each.id for each in claims(target)] == ["exercises.own"]


def test_a_target_that_is_not_there_is_an_error() -> None:
    with pytest.raises(DiscoveryError, match="no such file, folder or module"):
        list(claims("no_such_package"))


def test_a_file_named_like_a_module_of_python_is_refused(tmp_path: Path) -> None:
    (tmp_path / "random.py").write_text("")
    with pytest.raises(DiscoveryError, match="random belongs to another module; rename"):
        list(claims(str(tmp_path / "random.py")))


def test_installed_packages_are_found_by_their_entry_point(
    tmp_path: Path, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(package, "first", "algebra.one")
    info = tmp_path / "lecture-1.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(
        "[console_scripts]\nnotes = x:y\n\n[chalkproof.derivations]\nlecture = notes\n"
    )
    assert "algebra.one" in [each.id for each in listed()]


def test_an_unknown_id_suggests_similar_ones(package: Path) -> None:
    write(package, "first", "algebra.binomial")
    assert isinstance(claim("algebra.binomial", "notes"), Claim)
    with pytest.raises(UnknownClaimError, match=r"no claim 'binomal'; did you mean algebra.binom"):
        claim("binomal", "notes")


def test_the_list_is_read_without_importing(package: Path) -> None:
    write(package, "first", "algebra.one", source='["000 A1", "003"]')
    (package / "algebra" / "broken.py").write_text("1 / 0\n")
    assert listed("notes") == [Listed("algebra.one", "One", ("000 A1", "003"), "proved")]
    assert "notes.algebra.first" not in sys.modules


def test_a_claim_whose_id_is_computed_is_listed_by_importing(package: Path) -> None:
    write(package, "first", "algebra.one")
    path = package / "algebra" / "first.py"
    path.write_text(path.read_text().replace('"algebra.one"', '"algebra." + "one"'))
    assert [each.id for each in listed("notes")] == ["algebra.one"]


def test_the_list_agrees_with_the_derivations() -> None:
    found = [
        Listed(each.id, each.title, each.sources, each.expected, each.corrected, each.awaits)
        for each in claims()
    ]
    assert found
    assert listed() == sorted(found)
