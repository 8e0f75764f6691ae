"""The way in: `verify` as a command, and `python -m chalkproof`.

It stands outside the package `verify`, so that it can say so when another package of that name
is in the way (one is on PyPI, and a file verify.py is quickly written).
"""

from __future__ import annotations

import sys


def main() -> int:
    """Runs the command, and returns its exit code: 2 if another `verify` shadows ours."""
    try:
        import verify

        if getattr(verify, "DISTRIBUTION", None) != "chalkproof":
            raise ImportError
        from verify.cli import main as run
    except ImportError as problem:
        found = getattr(sys.modules.get("verify"), "__file__", None)
        where = f"it is {found}" if found else "it cannot be imported"
        if found and getattr(sys.modules["verify"], "DISTRIBUTION", None) == "chalkproof":
            raise problem from None  # ours, and broken: that is another matter
        sys.stderr.write(
            f"verify: the module `verify` is not the one of chalkproof: {where}.\n"
            "Rename that file, or uninstall the package it belongs to (`pip uninstall verify`), "
            "or run chalkproof in an environment of its own; then `pip install "
            "--force-reinstall --no-deps chalkproof`.\n"
        )
        return 2
    return run()
