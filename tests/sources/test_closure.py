from pathlib import Path

import pytest

from verify.listing import catalogue
from verify.sources.closure import Closure, Closures
from verify.sources.index import Index
from verify.sources.targets import Source, sources

FILES = {
    "course/__init__.py": "",
    "course/first.py": "from course.sub import shared\nfrom .evidence import draw\n",
    "course/evidence.py": "import numpy as np\nfrom course.sub.deep import number\n",
    "course/alone.py": "from fractions import Fraction\n",
    "course/sub/__init__.py": "shared = 1\n",
    "course/sub/deep.py": "number = 2\n",
    "course/sub/other.py": "number = 3\n",
}


@pytest.fixture
def course(tmp_path: Path) -> Path:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "course"


def closure(course: Path, module: str = "course.first") -> Closure:
    found = sources((str(course),))
    source = next(each for each in found if each.module == module)
    return Closures(Index(str(course.parent / "cache")), found).of(source)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("first.py", "x = 1\nfrom course.sub import shared\nfrom .evidence import draw\n"),
        ("evidence.py", "import numpy as np\nfrom course.sub.deep import number as n\n"),
        ("sub/deep.py", "number = 4\n"),
        ("sub/__init__.py", "shared = 2\n"),
        ("__init__.py", "x = 1\n"),
    ],
)
def test_a_change_of_anything_that_is_imported_changes_the_digest(
    name: str, text: str, course: Path
) -> None:
    before = closure(course)
    (course / name).write_text(text)
    assert closure(course).digest != before.digest


def test_a_change_elsewhere_does_not(course: Path) -> None:
    before = closure(course)
    (course / "sub" / "other.py").write_text("number = 5\n")
    (course / "alone.py").write_text("x = 1\n")
    (course / "evidence.py").write_text("# why\n" + FILES["course/evidence.py"])
    assert closure(course) == before


def test_two_modules_with_one_text_have_two_digests(course: Path) -> None:
    (course / "twin.py").write_text(FILES["course/alone.py"])
    assert closure(course, "course.twin").digest != closure(course, "course.alone").digest


@pytest.mark.parametrize(
    ("text", "outside"),
    [("import os\n", "imports os"), ("import torch\n", "imports torch"), ("x = open(1)\n", "uses")],
)
def test_what_is_read_beside_the_sources_is_noticed_at_any_depth(
    text: str, outside: str, course: Path
) -> None:
    (course / "sub" / "deep.py").write_text(text)
    assert closure(course).outside.startswith(outside)
    assert closure(course, "course.alone").outside == ""


def test_a_circle_of_imports_ends(course: Path) -> None:
    (course / "sub" / "deep.py").write_text("import course.first\n")
    assert closure(course).outside == ""
    assert closure(course, "course.sub.deep").digest != closure(course).digest


def test_a_module_that_is_gone_is_noticed(course: Path) -> None:
    found = Closures(Index(), ()).of(Source("gone", str(course / "gone.py"), str(course)))
    assert "gone.py" in found.outside


def test_every_module_of_ours_depends_on_its_sources_alone() -> None:
    """So that every claim of ours can be cached, and `verify all` is quick when nothing changed."""
    found = catalogue()
    assert {each.source.module: each.closure.outside for each in found.found} == {
        each.source.module: "" for each in found.found
    }
