import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from verify.cli import COMMANDS, main
from verify.commands.completion import commands
from verify.kernel.rules import RULES
from verify.listing import listed

ROOT = Path(__file__).parents[2]


def test_every_command_and_option_is_completed() -> None:
    found = commands()
    assert list(found) == list(COMMANDS)
    flags = {flag for flag, _ in found["all"][1]}
    assert flags >= {"-k", "--jobs", "--cluster", "--format", "--no-cache", "--proofs-only"}
    assert flags >= {"--seed", "--alpha", "--detect", "--output", "--allow-undecided", "--watch"}


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_the_program_is_one_that_the_shell_can_read(
    shell: str, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    assert main(["completion", shell]) == 0
    program = tmp_path / "program"
    program.write_text(capsys.readouterr().out)
    found = shutil.which(shell)
    if found is None:
        assert "verify" in program.read_text()
    else:
        subprocess.run([found, "-n", str(program)], check=True)


def completed(tmp_path: Path, program: str, *words: str) -> list[str]:
    command = tmp_path / "verify"
    command.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m verify "$@"\n')
    command.chmod(0o755)
    given = " ".join(f"'{word}'" for word in words)
    script = f"{program}\nCOMP_WORDS=({given})\nCOMP_CWORD={len(words) - 1}\n_verify\n"
    script += 'printf "%s\\n" "${COMPREPLY[@]}"\n'
    path = f"{tmp_path}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        ["bash", "-c", script], env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout.split()


@pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")
def test_bash_completes_commands_options_ids_and_rules(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["completion", "bash"]) == 0
    program = capsys.readouterr().out
    assert completed(tmp_path, program, "verify", "err") == ["errata"]
    assert completed(tmp_path, program, "verify", "all", "--pro") == ["--proofs-only"]
    some = listed()[0].id
    assert some in completed(tmp_path, program, "verify", "show", some[:-2])
    rule = sorted(RULES)[0]
    assert rule in completed(tmp_path, program, "verify", "explain", rule[:3])
