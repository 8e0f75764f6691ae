import os
import subprocess
from itertools import pairwise
from pathlib import Path

import pytest

from verify.commands.watching import State, follow, once, state
from verify.listing import listed


class StopError(Exception):
    pass


def test_the_run_is_repeated_when_something_changes_and_not_otherwise() -> None:
    seen: list[State] = [{"a": 1}, {"a": 1}, {"a": 2}, {"a": 2}, {"a": 2, "b": 1}, {"a": 2}]
    looks, acts = iter(seen), []

    def look() -> State:
        try:
            return next(looks)
        except StopIteration:
            raise StopError from None

    with pytest.raises(StopError):
        follow(look, lambda: acts.append(1), pause=lambda seconds: None)
    assert len(acts) == 4


def test_what_is_run_again_is_the_same_command_without_watch(tmp_path: Path) -> None:
    (tmp_path / "verify.py").write_text("another = 1\n")
    command, environment = once(["--watch", "list"])
    done = subprocess.run(
        command, env=environment, cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert listed()[0].id in done.stdout


def test_a_changed_a_new_and_a_removed_file_are_seen(tmp_path: Path) -> None:
    first = tmp_path / "first.py"
    first.write_text("a = 1\n")
    states = [state([str(tmp_path)])]
    os.utime(first, ns=(1, 1))
    states.append(state([str(tmp_path)]))
    (tmp_path / "second.py").write_text("b = 1\n")
    states.append(state([str(tmp_path)]))
    first.unlink()
    states.append(state([str(tmp_path)]))
    assert all(one != other for one, other in pairwise(states))
    assert state([str(tmp_path)]) == states[-1]


def test_a_target_that_is_gone_is_waited_for(tmp_path: Path) -> None:
    assert str(tmp_path) not in " ".join(state([str(tmp_path / "gone.py")]))
