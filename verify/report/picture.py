"""The report as a picture for the README: `python -m verify.report.picture docs/report.svg`."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from html import unescape
from io import StringIO
from pathlib import Path

from verify.discovery import claims
from verify.report.page import WIDTH, console_on
from verify.report.run import Run
from verify.report.terminal import report

_FONTS = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


def as_svg(run: Run) -> str:
    """The terminal report of a run, drawn. The drawing loads nothing from elsewhere."""
    console = console_on(
        StringIO(), width=WIDTH, record=True, force_terminal=True, color_system="truecolor"
    )
    console.print(report(run))
    drawn = _local(console.export_svg(title="verify all", unique_id="chalkproof"))
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def shown(svg: str) -> str:
    """The text of a drawing, line by line, with durations masked: what a test compares."""
    lines: dict[str, list[str]] = {}
    for height, inside in re.findall(r'<text [^>]*y="([\d.]+)"[^>]*>([^<]*)</text>', svg):
        lines.setdefault(height, []).append(unescape(inside).replace("\xa0", " ").strip())
    whole = ("  ".join(part for part in parts if part) for parts in lines.values())
    return "\n".join(re.sub(r"\b\d+(\.\d\d)? s\b", "_ s", line) for line in whole if line)


def main(arguments: Sequence[str]) -> int:
    """Checks every claim and writes the picture."""
    from verify.session import run_claims

    (target,) = arguments
    Path(target).write_text(as_svg(run_claims(list(claims()))), encoding="utf-8")
    return 0


def _local(drawn: str) -> str:
    """Without Rich's web fonts and comments."""
    drawn = re.sub(r" *<!-- .*? -->\n", "", drawn)
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return drawn.replace("Fira Code, monospace", _FONTS)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
