import sys
from pathlib import Path

import pytest

from verify.sources.targets import Source, TargetError, defaults, installed, sources


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("course/__init__.py", "course/a.py", "course/sub/b.py", "loose/c.py", "d.py"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("")
    (tmp_path / "course" / "__pycache__").mkdir()
    (tmp_path / "course" / "__pycache__" / "x.py").write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def modules(*targets: str) -> list[str]:
    return [each.module for each in sources(targets)]


def test_a_package_is_found_by_path_and_by_name(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert modules("course/") == modules("course") == ["course", "course.a", "b"]
    (folder / "course" / "sub" / "__init__.py").write_text("")
    expected = ["course", "course.a", "course.sub", "course.sub.b"]
    assert modules(str(folder / "course")) == expected
    monkeypatch.setattr(sys, "path", [str(folder), *sys.path])
    assert modules("course") == expected
    assert modules("course.sub") == ["course.sub", "course.sub.b"]
    assert modules("course.a") == ["course.a"]


def test_a_file_is_named_from_its_outermost_package(folder: Path) -> None:
    assert sources(("d.py",)) == [Source("d", str(folder / "d.py"), str(folder))]
    (found,) = sources(("course/a.py",))
    assert found == Source("course.a", str(folder / "course" / "a.py"), str(folder))
    assert modules("loose", "d.py", "d.py") == ["c", "d"]


def test_two_files_that_would_share_a_name_are_an_error(folder: Path) -> None:
    (folder / "loose" / "d.py").write_text("")
    with pytest.raises(TargetError, match="would both be imported as d; rename one"):
        sources(("d.py", "loose/d.py"))


@pytest.mark.parametrize("target", ["nowhere", "nowhere.py", "a/b", "no.such.module", ""])
def test_what_is_not_there_is_named(target: str, folder: Path) -> None:
    with pytest.raises(TargetError, match="there is no such file, folder or module"):
        sources((target, "d.py") if not target else (target,))


@pytest.mark.parametrize("name", ["random", "numpy", "verify", "sympy"])
def test_a_file_that_would_hide_another_module_is_refused(name: str, folder: Path) -> None:
    (folder / f"{name}.py").write_text("")
    with pytest.raises(TargetError, match=f"the name {name} belongs to another module"):
        sources((f"./{name}.py",))


def test_our_derivations_are_the_default() -> None:
    assert defaults()[0] == "derivations"
    assert "derivations.initialization.he" in modules()


def test_entry_points_are_read_without_importlib_metadata(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    info = folder / "lecture-2.0.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(
        "[chalkproof.derivations]\nmine = course\n more= loose.c [extra]\n\n[other]\nx = y\n"
    )
    monkeypatch.setattr(sys, "path", [str(folder), str(folder / "gone")])
    assert installed() == ["course", "loose.c"]
