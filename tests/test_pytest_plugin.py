"""The plugin, in a pytest of its own that runs a lecturer's files."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]

TRUE = """
from verify import Claim, Variant, World, algebra, chain, equals, equation, real

a, b = real("a"), real("b")


def worlds(random):
    return World({a: random.randint(2, 9), b: random.randint(2, 9)})


square_of_a_sum = Claim(
    id="mine.square_of_a_sum",
    title="The square of a sum",
    states=equation((a + b) ** 2, a**2 + 2 * a * b + b**2),
    proof=chain((a + b) ** 2, equals(a**2 + 2 * a * b + b**2, by=algebra)),
    worlds=worlds,
    variants=[
        Variant("no cross term", equation((a + b) ** 2, a**2 + b**2)),
        Variant("one cross term", equation((a + b) ** 2, a**2 + a * b + b**2)),
        Variant("minus", equation((a + b) ** 2, a**2 - 2 * a * b + b**2)),
    ],
)
"""
FALSE = TRUE.replace("mine.square_of_a_sum", "mine.freshmans_dream").replace(
    "square_of_a_sum", "freshmans_dream"
).replace("a**2 + 2 * a * b + b**2", "a**2 + b**2").replace(
    'Variant("no cross term", equation((a + b) ** 2, a**2 + b**2))',
    'Variant("twice", equation((a + b) ** 2, 2 * a**2 + b**2))',
)  # fmt: skip


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "exercises").mkdir()
    (tmp_path / "exercises/good.py").write_text(TRUE, encoding="utf-8")
    (tmp_path / "exercises/bad.py").write_text(FALSE, encoding="utf-8")
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests/test_other.py").write_text("def test_other():\n    pass\n")
    configure(tmp_path, 'chalkproof_claims = ["./exercises"]')
    return tmp_path


def configure(folder: Path, line: str) -> None:
    text = f'[tool.pytest.ini_options]\ntestpaths = ["tests"]\n{line}\n'
    (folder / "pyproject.toml").write_text(text, encoding="utf-8")


def pytest_run(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *_PLUGIN, *arguments],
        cwd=folder,
        env={"PYTHONPATH": str(ROOT), "PATH": "/usr/bin:/bin", "XDG_CACHE_HOME": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout + done.stderr


#: The plugin of this tree, whether or not a distribution of it is installed.
_PLUGIN = ("-p", "no:chalkproof", "-p", "verify.pytest_plugin")


def test_importing_the_plugin_imports_neither_sympy_nor_numpy() -> None:
    code = (
        "import sys, verify.pytest_plugin;"
        "sys.exit(bool({'sympy', 'numpy', 'rich'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0


def test_claims_are_items_that_fail_with_the_refused_row_alone(folder: Path) -> None:
    shown = pytest_run(folder, "-v")
    assert "exercises/good.py::square_of_a_sum PASSED" in shown
    assert "exercises/bad.py::freshmans_dream FAILED" in shown
    assert "refused at row 1, by algebra: the two sides differ by 2·a·b" in shown
    assert "Traceback" not in shown
    assert "2 passed" in shown  # the other test too
    assert "1 failed" in shown


def test_one_claim_is_run_by_its_node_id(folder: Path) -> None:
    shown = pytest_run(folder, "exercises/good.py::square_of_a_sum")
    assert "1 passed" in shown


def test_claims_are_not_added_to_tests_that_are_named(folder: Path) -> None:
    assert "1 passed" in pytest_run(folder, "tests/test_other.py")


def test_items_are_collected_without_importing_sympy(folder: Path) -> None:
    (folder / "conftest.py").write_text(
        "import sys\n\ndef pytest_collection_finish(session):\n"
        "    print('imported:', sorted({'sympy', 'numpy'} & set(sys.modules)))\n"
    )
    shown = pytest_run(folder, "--collect-only", "-q", "-s")
    assert "imported: []" in shown
    assert "exercises/bad.py::freshmans_dream" in shown


def test_without_the_entry_nothing_is_collected(folder: Path) -> None:
    configure(folder, "")
    assert "1 passed" in pytest_run(folder)


def test_a_target_that_is_not_there_is_an_error_of_the_configuration(folder: Path) -> None:
    configure(folder, 'chalkproof_claims = ["nowhere.at_all"]')
    shown = pytest_run(folder)
    assert "chalkproof_claims" in shown
    assert "nowhere" in shown
    assert "Traceback" not in shown


ASSERTIONS = """
import pytest
from verify import claims
from verify.testing import assert_confirmed, assert_proved

@pytest.mark.parametrize("claim", claims("./exercises"))
def test_claim(claim):
    assert_proved(claim)
    assert_confirmed(claim)
"""


def test_assertions_name_the_claim_and_show_the_refused_row_alone(folder: Path) -> None:
    configure(folder, "")
    (folder / "tests/test_claims.py").write_text(ASSERTIONS)
    shown = pytest_run(folder, "-v")
    assert "test_claim[mine.square_of_a_sum] PASSED" in shown
    assert "test_claim[mine.freshmans_dream] FAILED" in shown
    assert "refused at row 1, by algebra" in shown
    assert "verify/testing.py" not in shown.replace(str(ROOT), "")
