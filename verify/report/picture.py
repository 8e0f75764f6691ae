"""The report as a picture for the README: `python -m verify.report.picture docs/report.svg`."""

from __future__ import annotations

import re
import sys
from collections.abc import Sequence
from html import unescape
from io import StringIO
from pathlib import Path

from verify.claim import Claim
from verify.discovery import claims
from verify.report.page import WIDTH, console_on
from verify.report.run import Run
from verify.report.terminal import report
from verify.selection import wanted

_FONTS = "ui-monospace, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


#: Columns beyond a terminal's usual width, so that no name is folded.
_MORE = 24
#: The run that the README shows: all claims would make a picture of many screens.
SHEET = "000"


def as_svg(run: Run) -> str:
    """The terminal report of a run, drawn. The drawing loads nothing from elsewhere."""
    console = console_on(
        StringIO(), width=WIDTH + _MORE, record=True, force_terminal=True, color_system="truecolor"
    )
    console.print(report(run))
    title = f"verify all --sheet {SHEET}"
    drawn = _anchored(_local(console.export_svg(title=title, unique_id="chalkproof")))
    return "\n".join(line.rstrip() for line in drawn.splitlines()) + "\n"


def shown(svg: str) -> str:
    """The text of a drawing, line by line, with durations masked: what a test compares."""
    lines: dict[str, list[str]] = {}
    for height, inside in re.findall(r'<text [^>]*y="([\d.]+)"[^>]*>([^<]*)</text>', svg):
        lines.setdefault(height, []).append(unescape(inside).replace("\xa0", " ").strip())
    whole = ("  ".join(part for part in parts if part) for parts in lines.values())
    return "\n".join(re.sub(r"\b\d+(\.\d+)?s\b", "_s", line) for line in whole if line)


def pictured() -> list[Claim]:
    """The claims that the picture shows."""
    is_wanted = wanted("", SHEET)
    return [claim for claim in claims() if is_wanted(claim.id, claim.title, claim.sources)]


def main(arguments: Sequence[str]) -> int:
    """Checks the claims of the sheet and writes the picture."""
    from verify.session import run_claims

    (target,) = arguments
    Path(target).write_text(as_svg(run_claims(pictured())), encoding="utf-8")
    return 0


def _local(drawn: str) -> str:
    """Without Rich's web fonts and comments."""
    drawn = re.sub(r" *<!-- .*? -->\n", "", drawn)
    drawn = re.sub(r"@font-face \{.*?\}\s*", "", drawn, flags=re.DOTALL)
    return drawn.replace("Fira Code, monospace", _FONTS)


#: A text of the drawing: where it starts, how wide it is, what stands between, the text.
_TEXT = re.compile(r'x="([\d.]+)"([^>]*) textLength="([\d.]+)"([^>]*)>([^<]*)</text>')
_BLANK = "&#160;"


def _anchored(drawn: str) -> str:
    """With each text starting at its first mark: some viewers drop the blanks before it."""

    def moved(found: re.Match[str]) -> str:
        start, before, length, after, text = found.groups()
        cell = float(length) / len(unescape(text))
        shown = text
        while shown.startswith(_BLANK):
            shown = shown.removeprefix(_BLANK)
        left = float(start) + cell * (len(unescape(text)) - len(unescape(shown)))
        while shown.endswith(_BLANK):
            shown = shown.removesuffix(_BLANK)
        width = cell * len(unescape(shown))
        return f'x="{left:g}"{before} textLength="{width:g}"{after}>{shown}</text>'

    return _TEXT.sub(moved, drawn)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
