import os
import subprocess
import sys
from pathlib import Path

import pytest

from verify.threads import VARIABLES, keep_to_one_thread, one_thread_for_children

ROOT = Path(__file__).parents[1]


def test_children_get_one_thread_and_the_environment_is_restored(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(VARIABLES[0], "7")
    monkeypatch.delenv(VARIABLES[1], raising=False)
    with one_thread_for_children():
        assert {os.environ[name] for name in VARIABLES} == {"1"}
    assert os.environ[VARIABLES[0]] == "7"
    assert VARIABLES[1] not in os.environ


def test_it_is_too_late_once_numpy_is_there(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "numpy" in sys.modules
    monkeypatch.setenv(VARIABLES[0], "7")
    keep_to_one_thread()
    assert os.environ[VARIABLES[0]] == "7"


def test_a_run_from_the_command_line_keeps_to_one_thread() -> None:
    code = (
        "import os; from verify.threads import *; keep_to_one_thread(); "
        "print({os.environ[name] for name in VARIABLES})"
    )
    found = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert found.stdout.strip() == "{'1'}"
