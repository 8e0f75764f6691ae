"""`--format github`: workflow commands that annotate a pull request."""

from __future__ import annotations

from verify.report.run import Run
from verify.report.terminal import failure_lines, summary


def as_github(run: Run) -> str:
    """One annotation for each claim that is not as expected, then the summary."""
    lines = []
    for result in run.results:
        if not result.ok:
            kind = "warning" if result.undecided else "error"
            message = _data("\n".join(failure_lines(result)))
            lines.append(f"::{kind} title={_property(result.claim.id)}::{message}")
    lines.append(f"::notice title=chalkproof::{_data(summary(run))}")
    return "\n".join(lines) + "\n"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
