import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.report import made_up
from verify import checking
from verify.cli import main
from verify.commands import check_all
from verify.errors import ClaimError
from verify.listing import listed
from verify.report.run import Run
from verify.session import Options

IDS = [each.id for each in listed()]


def python(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **environment},
    )


def fake(monkeypatch: pytest.MonkeyPatch, run: Run) -> dict[str, Any]:
    """Replaces the checking of claims; returns the options that it was called with."""
    seen: dict[str, Any] = {}

    def run_found(chosen: Any, catalogue: Any, **options: Any) -> Run:
        seen.update(options, chosen=[each.listed.id for each in chosen])
        return run

    monkeypatch.setattr(check_all, "run_found", run_found)
    return seen


#: Modules without which a command answers at once.
SLOW_TO_IMPORT = {
    "sympy", "numpy", "rich", "flint", "scipy", "msgspec", "dataclasses", "inspect", "shutil",
    "typing", "pathlib", "logging",
}  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "without"),
    [
        (["--help"], set()),
        (["--version"], {"argparse", "re"}),
        (["list"], {"argparse", "hashlib", "json"}),
        (["list", "-k", "variance"], {"hashlib", "json"}),
        (["all", "--help"], set()),
    ],
)
def test_quick_commands_import_nothing_slow(arguments: list[str], without: set[str]) -> None:
    code = (
        "import sys; before = set(sys.modules); from verify.cli import main; "
        "code = main(sys.argv[1:]); new = set(sys.modules) - before; "
        f"sys.exit(code or 9 * bool({SLOW_TO_IMPORT | without!r} & new))"
    )
    python("-m", "verify", *arguments)  # what is remembered from here on
    found = python("-c", code, *arguments)
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout


def test_a_remembered_list_is_forgotten_when_a_file_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    package = tmp_path / "derivations"
    package.mkdir()
    (package / "__init__.py").write_text("")
    text = 'from verify import Claim\none = Claim(id="a.one", title="{}", states=None)\n'
    (package / "a.py").write_text(text.format("First"))
    monkeypatch.setattr(sys, "path", [str(tmp_path), *sys.path])
    for title in ("First", "First", "Second, and longer"):
        (package / "a.py").write_text(text.format(title))
        assert main(["list"]) == 0
        assert capsys.readouterr().out == f"a.one  {title}\n"
    (package / "b.py").write_text(text.format("Other").replace("a.one", "b.two"))
    assert main(["list"]) == 0
    assert len(capsys.readouterr().out.splitlines()) == 2


def test_importing_verify_imports_nothing_heavy() -> None:
    code = "import sys, verify; sys.exit(bool({'sympy', 'numpy', 'rich'} & set(sys.modules)))"
    assert python("-c", code).returncode == 0


def test_list_prints_id_and_title(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["list"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines] == IDS


def test_list_selects_and_writes_json(tmp_path: Path) -> None:
    target = tmp_path / "list.json"
    assert main(["list", "-k", IDS[0], "--format", "json", "--output", str(target)]) == 0
    found = json.loads(target.read_text(encoding="utf-8"))
    assert found["schema"] == 1
    assert IDS[0] in [each["id"] for each in found["claims"]]


@pytest.mark.parametrize("command", ["list", "all"])
def test_selecting_nothing_is_exit_5(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "-k", "no_such_claim"]) == 5
    assert capsys.readouterr().err == "verify: no claim matches -k 'no_such_claim'\n"


@pytest.mark.parametrize("command", ["list", "all", "errata"])
def test_a_mistyped_choice_suggests_ids(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([command, "-k", "preactivation_varance"]) == 5
    told = capsys.readouterr().err
    assert told.startswith(f"verify: no {'erratum' if command == 'errata' else 'claim'} matches")
    assert "; did you mean initialization.preactivation_variance" in told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("import os\nx = 1 / 0\n", "ZeroDivisionError: division by zero"),
        ("import os\nimport no_such_module\n", "no_such_module"),
        ("x = (\n", "line 1: '(' was never closed"),
        ("import os\nraise SystemExit\n", "SystemExit"),
    ],
)
@pytest.mark.parametrize("command", ["list", "all", "errata"])
def test_a_file_that_cannot_be_read_is_named_without_a_traceback(
    command: str, text: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "unreadable_exercise.py").write_text(text)
    assert main([command, str(tmp_path)]) == 2
    shown = capsys.readouterr().err
    assert "unreadable_exercise" in shown
    assert told in shown
    assert "Traceback" not in shown


def test_options_are_written_in_full(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["all", "--wat"]) == 2
    assert "unrecognized arguments: --wat" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "COMMAND"),
        (["prove"], "there is no command"),
        (["all", "--alpha", "2"], "2 is not between 0 and 1"),
        (["all", "--detect", "x"], "x is not between 0 and 1"),
        (["all", "--jobs", "0"], "0 is not a positive integer"),
        (["all", "--seed", "-1"], "-1 is not an integer, 0 or more"),
        (["all", "--time-limit", "nan"], "nan is not a positive number of seconds"),
        (["all", "nowhere.py"], "nowhere.py: there is no such file, folder or module"),
        (["all", "--format", "xml"], "invalid choice"),
        (["list", "-k", "a and"], "a word is missing"),
        (["show", "initialization.nowhere"], "there is no claim 'initialization.nowhere'"),
        (["list", "-k", "(a"], "a parenthesis is not closed"),
        (["show", "initialization.preactivation_varance"], "did you mean initialization.preact"),
        (["explain", "algebr"], "there is no rule 'algebr'; did you mean algebra?"),
    ],
)
def test_wrong_usage_is_exit_2_without_a_traceback(
    arguments: list[str], message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments) == 2
    shown = capsys.readouterr().err
    assert message in shown
    assert "Traceback" not in shown


def test_all_passes_its_options_on(monkeypatch: pytest.MonkeyPatch) -> None:
    seen = fake(monkeypatch, made_up.run(made_up.results()[0]))
    options = ["--seed", "7", "--alpha", "1e-3", "--detect", "0.05", "--jobs", "2"]
    options += ["--rows", "--time-limit", "9", "--memory-limit", "500"]
    assert main(["all", "-k", IDS[0], "--proofs-only", "--no-cache", *options]) == 0
    assert IDS[0] in seen.pop("chosen")
    assert seen.pop("options") == Options(jobs=2, seconds=9.0, megabytes=500, cached=False)
    assert seen == {"seed": 7, "alpha": 1e-3, "detect": 0.05, "proofs_only": True, "rows": True}


@pytest.mark.parametrize(
    ("results", "options", "code"),
    [
        (made_up.results()[:3], [], 0),
        (made_up.results(), [], 1),
        ((made_up.undecided(),), [], 3),
        ((made_up.undecided(),), ["--allow-undecided"], 0),
    ],
)
def test_the_exit_code_tells_the_outcome(
    results: Any, options: list[str], code: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake(monkeypatch, made_up.run(*results))
    assert main(["all", *options]) == code


@pytest.mark.parametrize("style", ["text", "json", "junit", "github"])
def test_a_report_can_be_written_to_a_file(
    style: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake(monkeypatch, made_up.run())
    target = tmp_path / "report"
    assert main(["all", "--format", style, "--output", str(target)]) == 1
    written = target.read_text(encoding="utf-8")
    assert capsys.readouterr().out == ""
    assert main(["all", "--format", style]) == 1
    assert capsys.readouterr().out == written
    assert "wrong_step" in written


def test_a_file_that_cannot_be_written_is_a_usage_error(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    fake(monkeypatch, made_up.run())
    assert main(["all", "--output", str(tmp_path / "no" / "where")]) == 2
    assert capsys.readouterr().err.startswith("verify: --output: ")


def test_an_interrupted_run_reports_what_is_done_and_exits_130(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    done = iter(made_up.found()[:1])

    def check(claim: Any, **options: Any) -> Any:
        try:
            return next(done)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(checking, "check", check)
    assert main(["all", "--no-cache"]) == 130
    shown = capsys.readouterr().out
    assert "binomial" in shown
    assert shown.rstrip().endswith("interrupted")


def test_a_malformed_claim_fails_alone(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def check(claim: Any, **options: Any) -> Any:
        raise ClaimError(f"{claim.id}, row 1: the float 0.5; write an exact Rational")

    monkeypatch.setattr(checking, "check", check)
    assert main(["all", "--no-cache", "-k", IDS[0]]) == 1
    shown = capsys.readouterr().out
    assert f"{IDS[0]}, row 1: the float 0.5" in " ".join(shown.split())


def test_show_prints_the_derivation(capsys: pytest.CaptureFixture[str]) -> None:
    main(["show", "initialization.preactivation_variance"])
    shown = capsys.readouterr().out
    assert "initialization.preactivation_variance · 000 A1a" in shown
    assert "linearity" in shown
    assert "W[j]·x[j]" in shown


def test_explain_prints_the_rule_as_the_kernel_documents_it(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert main(["explain", "algebra"]) == 0
    shown = capsys.readouterr().out
    assert shown.startswith("algebra · Commutative algebra")
    assert "Figure" in shown
    assert "Source" in shown


def test_python_m_verify_is_the_command() -> None:
    found = python("-m", "verify", "--version")
    assert (found.returncode, found.stdout) == (0, "chalkproof 0.1.0\n")


@pytest.mark.parametrize(
    ("typed", "told"),
    [("lst", "'lst'; did you mean list? ("), ("xyzzy", "'xyzzy' (`verify --help` lists them)")],
)
def test_a_mistyped_command_is_told_with_what_may_be_meant(
    typed: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([typed]) == 2
    assert f"there is no command {told}" in capsys.readouterr().err
