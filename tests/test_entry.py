"""The way in, also when another `verify` is in the way."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def run(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Runs the program in a folder whose modules are found before ours."""
    path = os.pathsep.join([str(folder), str(ROOT)])
    return subprocess.run(
        [sys.executable, "-c", code, "--version"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": path},
        cwd=folder,
    )


ENTRY = "import sys; from chalkproof import main; sys.exit(main())"


def test_the_command_is_found(tmp_path: Path) -> None:
    found = run(ENTRY, tmp_path)
    assert (found.returncode, found.stdout, found.stderr) == (0, "chalkproof 0.1.0\n", "")


def test_a_file_called_verify_that_is_in_the_way_is_named(tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_text("answer = 42\n")
    found = run(ENTRY, tmp_path)
    assert found.returncode == 2
    assert f"is not the one of chalkproof: it is {tmp_path / 'verify.py'}" in found.stderr
    assert "Traceback" not in found.stderr


def test_a_package_called_verify_that_cannot_be_imported_is_named_too(tmp_path: Path) -> None:
    (tmp_path / "verify").mkdir()
    (tmp_path / "verify" / "__init__.py").write_text("import nowhere\n")
    found = run(ENTRY, tmp_path)
    assert found.returncode == 2
    assert "is not the one of chalkproof: it cannot be imported" in found.stderr


def test_a_fault_of_our_own_is_not_mistaken_for_another_package(tmp_path: Path) -> None:
    code = "import sys; sys.modules['verify.cli'] = None; " + ENTRY
    found = run(code, tmp_path)
    assert "Traceback" in found.stderr
    assert "is not the one of chalkproof" not in found.stderr
