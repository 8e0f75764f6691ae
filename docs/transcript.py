"""Pages whose commands are run: files are written, and outputs filled in.

A block ```` ```python NAME ```` (or toml) writes the file NAME, with a `+` after the name it adds
to it. A block ```` ```console ```` holds commands after `$`, and what they print.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from verify.cache.directory import VARIABLE

_BLOCK = re.compile(r"^```(?P<kind>\w+)(?P<name>[^\n]*)\n(?P<body>.*?)^```$", re.M | re.S)

#: Commands of a page, by what runs them.
_PROGRAMS = {
    "verify": [sys.executable, "-m", "verify"],
    "pytest": [sys.executable, "-m", "pytest", "-p", "no:cacheprovider"],
}


def filled(page: str, folder: Path, root: Path) -> str:
    """The page with the outputs that its commands give in `folder`, one after the other.

    root: where `verify` is imported from. Raises ValueError for a command that is not known.
    """

    def block(found: re.Match[str]) -> str:
        name, body = found["name"].strip(), found["body"]
        if found["kind"] == "console":
            commands = re.findall(r"^\$ (.*)$", body, re.M)
            return "```console\n" + "".join(_ran(each, folder, root) for each in commands) + "```"
        if name:
            path, _, more = name.partition(" ")
            with (folder / path).open("a" if more == "+" else "w", encoding="utf-8") as file:
                file.write(body)
        return found[0]

    return _BLOCK.sub(block, page)


def _ran(command: str, folder: Path, root: Path) -> str:
    program, *arguments = shlex.split(command)
    if program not in _PROGRAMS:
        raise ValueError(f"{program} is none of {', '.join(_PROGRAMS)}")
    own = {"PYTHONPATH": os.pathsep.join((str(folder), str(root)))}
    # What a reader sees at first is not what was kept from an earlier rendering.
    environment = {**os.environ, **own, VARIABLE: str(folder / ".cache")}
    plugin = ["-p", "no:chalkproof", "-p", "verify.pytest_plugin"] if program == "pytest" else []
    done = subprocess.run(  # noqa: S603 - the commands of our own pages
        [*_PROGRAMS[program], *plugin, *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    output = (done.stdout + done.stderr).rstrip()
    return f"$ {command}\n{output}\n" if output else f"$ {command}\n"


def masked(page: str) -> str:
    """The page without durations, blanks that align, and the normal forms of a refused row."""
    page = re.sub(r"\b\d+(\.\d+)?s\b", "_s", page)
    page = re.sub(r"the two sides differ by .*?(?=^```)", "", page, flags=re.M | re.S)
    page = re.sub(r"^\.+ *\[100%\]$", "", page, flags=re.M)
    return re.sub(r"[ \t]+", " ", page)
