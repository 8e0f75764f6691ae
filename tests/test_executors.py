import os
import subprocess
import sys
from pathlib import Path

import pytest

from verify.executors import processes

ROOT = Path(__file__).parents[1]

DERIVATION = """
import numpy as np
from verify.claim import Claim
from verify.crosscheck.models import Mean
from verify.authoring.names import random_variable, real
from verify.authoring.terms import V
from verify.authoring.statements import equation

v = real("v")


def draw(rng, point, size):
    return rng.normal(0, point["v"] ** 0.5, size) ** 2


scale = Claim(
    id="made_up.scale",
    title="",
    states=equation(V(random_variable("X")), v),
    model=Mean(lambda rng, p, k: draw(rng, p, k), lambda p: 2 * p["v"] ** 2),
    points=[{"v": 2.0}],
)
"""

SCRIPT = """
from verify.crosscheck import crosscheck
from verify.executors import processes
from verify.discovery import claim

if __name__ == "__main__":
    with processes(2) as pool:
        spread = crosscheck(claim("made_up.scale"), executor=pool)
    assert spread.points == crosscheck(claim("made_up.scale")).points
    print(spread.verdict, spread.points[0].samples > 100_000)
"""


def test_two_processes_give_the_figures_of_one(tmp_path: Path) -> None:
    package = tmp_path / "derivations"
    package.mkdir()
    (package / "__init__.py").write_text("", encoding="utf-8")
    (package / "made_up.py").write_text(DERIVATION, encoding="utf-8")
    (tmp_path / "run.py").write_text(SCRIPT, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path), str(ROOT)])
    done = subprocess.run(
        [sys.executable, str(tmp_path / "run.py")],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == ["confirmed", "True"]


def test_workers_get_one_blas_thread_and_the_environment_is_restored() -> None:
    before = os.environ.get("OMP_NUM_THREADS")
    with processes(1) as pool:
        assert pool.submit(os.getenv, "OMP_NUM_THREADS").result() == "1"
    assert os.environ.get("OMP_NUM_THREADS") == before


def test_fewer_than_one_process_is_an_error() -> None:
    with pytest.raises(ValueError, match="at least 1"), processes(0):
        pass
