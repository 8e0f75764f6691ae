"""`verify all --watch`: once more, whenever a file of the derivations changes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterable, Sequence

from verify.commands.outcome import OK
from verify.sources.targets import TargetError, sources

#: How often the files are looked at, in seconds.
_PAUSE = 0.5

#: When each file was changed last.
State = dict[str, int]


def watch(options: Namespace) -> int:
    """Runs the same command without --watch, again after each change, until Ctrl-C.

    Each run is a process of its own, so that what was imported before cannot linger; what has
    not changed comes from the cache.
    """
    command, environment = once(sys.argv[1:])

    def again() -> None:
        if sys.stdout.isatty():
            sys.stdout.write("\x1b[2J\x1b[H")
        subprocess.run(command, env=environment, check=False)  # noqa: S603 (our own command)
        sys.stderr.write("waiting for a change; Ctrl-C ends\n")

    try:
        follow(lambda: state(options.targets), again)
    except KeyboardInterrupt:
        sys.stderr.write("\n")
    return OK


def once(arguments: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """The command without --watch, and its environment: it imports from where this one does."""
    kept = [each for each in arguments if each != "--watch"]
    path = os.pathsep.join(map(os.path.abspath, sys.path))
    return [sys.executable, "-P", "-m", "chalkproof", *kept], {**os.environ, "PYTHONPATH": path}


def follow(
    look: Callable[[], State],
    act: Callable[[], None],
    pause: Callable[[float], None] = time.sleep,
) -> None:
    """Acts at once, and again whenever what `look` sees has changed; ends by an exception."""
    seen = look()
    act()
    while True:
        pause(_PAUSE)
        now = look()
        if now != seen:
            seen = now
            act()


def state(targets: Iterable[str]) -> State:
    """When each file of the targets, and of this package itself, was changed."""
    here = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    try:
        files = [each.file for each in sources(tuple(targets))]
    except TargetError:
        files = []
    files += [os.path.join(inside, name) for inside, _, names in os.walk(here) for name in names]
    return {file: changed for file in files if (changed := _changed(file))}


def _changed(file: str) -> int:
    try:
        return os.stat(file).st_mtime_ns if file.endswith(".py") else 0
    except OSError:
        return 0
