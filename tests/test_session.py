"""Runs over claims at hand and over files, with and without the cache."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from verify import Claim, E, Rational, equation, models, random_variable, worker
from verify.listing import Catalogue, catalogue
from verify.report.run import Run
from verify.report.terminal import summary
from verify.session import SHARES, Options, run_claims, run_found

X = random_variable("X")


def draw(rng: np.random.Generator, point: Any, size: int) -> Any:
    return rng.uniform(-1.0, 1.0, size) ** 2


def variance(point: Any) -> float:
    return 4 / 45


CLAIM = Claim(
    id="probability.uniform",
    title="The second moment of a uniform law on [-1, 1]",
    states=equation(E(X**2), Rational(1, 3)),
    model=models.Mean(draw, variance),
    points=[{}],
)


def test_another_seed_draws_other_samples() -> None:
    first, second = (run_claims([CLAIM], seed=seed).results[0].evidence for seed in (1, 2))
    assert first is not None
    assert second is not None
    assert first.points[0].observed != second.points[0].observed


def test_the_claim_without_a_proof_stays_undecided_or_fails() -> None:
    run = run_claims([CLAIM])
    assert run.exit_code() in (1, 3)
    assert not run.results[0].ok


def test_what_is_found_of_a_claim_does_not_depend_on_the_others() -> None:
    other = replace(CLAIM, id="probability.uniform_again")
    alone, beside = run_claims([CLAIM]).results[0], run_claims([other, CLAIM]).results[1]
    assert alone.evidence is not None
    assert beside.evidence is not None
    assert alone.evidence.points == beside.evidence.points
    assert SHARES >= 2


EVIDENCE = """
from fractions import Fraction

from verify import World, real

a = real("a")


def worlds(random):
    return World({a: Fraction(random.randint(1, 9), 7)})
"""

MODULE = """
from verify import Claim, World, Variant, algebra, chain, equals, equation, real
from PACKAGE.evidence import worlds

a = real("a")

square = Claim(
    id="PACKAGE.square",
    title="A square",
    states=equation(a * a, a**2),
    proof=chain(a * a, equals(a**2, by=algebra)),
    variants=[
        Variant("a cube", states=equation(a * a, a**3 + 1)),
        Variant("a double", states=equation(a * a, a + a + 1)),
        Variant("more", states=equation(a * a, a**2 + 1)),
    ],
    worlds=WORLDS,
)

cube = Claim(
    id="PACKAGE.cube",
    title="A cube",
    states=equation(a * a * a, a**3),
    proof=chain(a * a * a, equals(a**POWER, by=algebra)),
    worlds=worlds,
)
"""


class Course:
    """A package of two claims on disk, which can be changed and is imported afresh."""

    count = 0

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        Course.count += 1
        self.package = f"course{Course.count}"
        self.folder, self._monkeypatch = folder / self.package, monkeypatch
        self.folder.mkdir()
        monkeypatch.setenv("CHALKPROOF_CACHE", str(folder / "cache"))
        (self.folder / "__init__.py").write_text("")
        (self.folder / "evidence.py").write_text(EVIDENCE)
        self.write()

    def write(self, power: str = "3", worlds: str = "worlds") -> None:
        text = MODULE.replace("PACKAGE", self.package).replace("POWER", power)
        (self.folder / "squares.py").write_text(text.replace("WORLDS", worlds))
        self.forget()

    def forget(self) -> None:
        """As a new process: nothing is imported."""
        for name in [each for each in sys.modules if each.split(".")[0] == self.package]:
            del sys.modules[name]
        worker._closures.cache_clear()
        worker._content.cache_clear()
        for path in self.folder.rglob("*.pyc"):
            path.unlink()

    def found(self) -> Catalogue:
        return catalogue(str(self.folder))

    def run(self, **options: Any) -> Run:
        found = self.found()
        settings = {key: options.pop(key) for key in ("seed", "alpha", "detect") if key in options}
        return run_found(found.found, found, options=Options(**options), **settings)


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    return Course(tmp_path, monkeypatch)


def cached(run: Run) -> list[str]:
    return [each.claim.id.split(".")[1] for each in run.cached]


def test_the_second_run_comes_from_the_cache_without_importing_and_says_so(course: Course) -> None:
    first = course.run()
    assert cached(first) == []
    assert [each.ok for each in first.results] == [False, True]  # the cube has no variants
    course.forget()
    second = course.run()
    assert cached(second) == ["cube", "square"]
    assert f"{course.package}.squares" not in sys.modules
    assert [replace(each, cached=False) for each in second.results] == list(first.results)
    assert "2 from the cache" in summary(second)
    assert second.exit_code() == first.exit_code()


def test_a_changed_claim_is_checked_again_and_its_neighbour_is_not(course: Course) -> None:
    course.run()
    course.write(power="4")
    again = course.run()
    assert cached(again) == ["square"]
    proof = again.results[0].proof
    assert proof is not None
    assert proof.verdict == "undecided"


def test_a_changed_function_of_a_claim_is_noticed_wherever_it_is(course: Course) -> None:
    course.write(worlds="lambda random: worlds(random)")
    course.run()
    course.write(worlds="lambda random: World({a: 3})")
    assert "square" not in cached(course.run())


def test_a_changed_import_of_a_module_is_noticed(course: Course) -> None:
    course.run()
    (course.folder / "evidence.py").write_text(EVIDENCE.replace("9", "8"))
    course.forget()
    assert cached(course.run()) == []


def test_a_changed_comment_or_layout_changes_nothing(course: Course) -> None:
    course.run()
    (course.folder / "evidence.py").write_text("# why\n" + EVIDENCE.replace("(1, 9)", "( 1, 9 )"))
    course.forget()
    assert cached(course.run()) == ["cube", "square"]


@pytest.mark.parametrize("options", [{"seed": 1}, {"alpha": 1e-5}, {"detect": 0.02}])
def test_other_settings_are_another_question(options: dict[str, Any], course: Course) -> None:
    course.run()
    assert cached(course.run(**options)) == []
    assert cached(course.run()) == ["cube", "square"]


def test_no_cache_neither_reads_nor_writes(course: Course) -> None:
    course.run(cached=False)
    assert cached(course.run()) == []
    assert cached(course.run(cached=False)) == []


def test_a_damaged_entry_is_made_again(course: Course) -> None:
    course.run()
    folder = course.folder.parent / "cache" / "claims"
    for entry in folder.iterdir():
        entry.write_bytes(entry.read_bytes()[:-2])
    assert cached(course.run()) == []
    assert cached(course.run()) == ["cube", "square"]


def test_a_file_that_changes_during_the_check_is_not_kept(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = worker.check_claim

    def slow(claim: Any, *rest: Any, **named: Any) -> Any:
        record = real(claim, *rest, **named)
        (course.folder / "evidence.py").write_text(EVIDENCE.replace("9", "8"))
        return record

    monkeypatch.setattr(worker, "check_claim", slow)
    course.run()
    monkeypatch.setattr(worker, "check_claim", real)
    (course.folder / "evidence.py").write_text(EVIDENCE)
    course.forget()
    assert "square" not in cached(course.run())


def test_a_worker_that_sees_other_files_does_not_answer(course: Course) -> None:
    found = course.found()
    (course.folder / "evidence.py").write_text(EVIDENCE.replace("9", "8"))
    course.forget()
    run = run_found(found.found, found, options=Options(cached=False))
    assert all(each.undecided for each in run.results)
    assert "is not the same in its worker's files" in run.results[0].problems[0]


def test_a_module_that_cannot_be_imported_fails_alone(course: Course) -> None:
    text = (course.folder / "squares.py").read_text().replace(course.package, "broken")
    (course.folder / "broken.py").write_text(text.replace("from broken.evidence", "1 / 0  #"))
    run = course.run()
    assert [each.claim.id.split(".")[0] for each in run.results if each.ok] == [course.package]
    assert "ZeroDivisionError" in run.results[0].problems[0]
    assert not run.results[0].undecided


def test_a_module_that_is_imported_from_elsewhere_under_one_name_is_refused(
    course: Course,
) -> None:
    other = course.folder.parent / "elsewhere"
    other.mkdir()
    (other / "evidence.py").write_text(EVIDENCE)
    spec = spec_from_file_location(f"{course.package}.evidence", other / "evidence.py")
    assert spec is not None
    assert spec.loader is not None
    impostor = module_from_spec(spec)
    spec.loader.exec_module(impostor)
    sys.modules[f"{course.package}.evidence"] = impostor
    run = course.run()
    assert not any(each.ok for each in run.results)
    assert "the name" in run.results[0].problems[0]


def test_records_are_kept_where_the_environment_says(course: Course) -> None:
    course.run()
    assert os.listdir(course.folder.parent / "cache" / "claims")
