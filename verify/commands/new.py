"""`verify new subject/name`: a module with one claim, complete and commented, to be changed."""

from __future__ import annotations

import os
import sys
from argparse import Namespace

from verify.commands.outcome import OK, UsageError

_HERE = os.path.dirname(os.path.abspath(__file__))


def run(options: Namespace) -> int:
    """Writes the module and says how to check it.

    Raises UsageError for a name that cannot be one, and for a file that is there already.
    """
    subject, _, name = options.name.partition("/")
    if not all(part.isidentifier() and part.islower() for part in (subject, name)):
        raise UsageError(
            f"{options.name} is not of the form subject/name, of small letters, digits and _"
        )
    root = options.root or ("derivations" if os.path.isdir("derivations") else ".")
    folder = os.path.join(root, subject)
    path = os.path.normpath(os.path.join(folder, f"{name}.py"))
    if os.path.exists(path):
        raise UsageError(f"{path} is there already")
    try:
        _write(path, template(subject, name), root)
    except OSError as problem:
        raise UsageError(f"{path}: {problem}") from problem
    sys.stdout.write(
        f"{path}\n\n  verify show {subject}.{name} --in {path}\n  verify all {path} --watch\n"
    )
    return OK


def template(subject: str, name: str) -> str:
    """The text of the module."""
    with open(os.path.join(_HERE, "new_claim.txt"), encoding="utf-8") as file:
        return file.read().replace("SUBJECT", subject).replace("NAME", name)


def _write(path: str, text: str, root: str) -> None:
    folder = os.path.dirname(path)
    os.makedirs(folder, exist_ok=True)
    package = os.path.join(folder, "__init__.py")
    if os.path.exists(os.path.join(root, "__init__.py")) and not os.path.exists(package):
        with open(package, "w", encoding="utf-8"):
            pass
    with open(path, "x", encoding="utf-8") as file:
        file.write(text)
