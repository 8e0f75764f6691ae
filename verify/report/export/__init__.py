"""`verify export`: one claim in the format of a lecture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from verify.records import ClaimRecord
from verify.report.export.beamer import as_beamer
from verify.report.export.html import as_html
from verify.report.export.latex import as_latex
from verify.report.export.markdown import as_markdown
from verify.report.export.reveal import as_reveal
from verify.report.outline import Outline


@dataclass(frozen=True)
class Format:
    """How a claim is written, and the ending of the file that holds it."""

    write: Callable[[Outline, ClaimRecord], str]
    ending: str


#: The formats by the name that `--to` takes.
FORMATS = {
    "latex": Format(lambda page, result: as_latex(page), ".tex"),
    "beamer": Format(lambda page, result: as_beamer(page), "-slides.tex"),
    "markdown": Format(lambda page, result: as_markdown(page), ".md"),
    "html": Format(as_html, ".html"),
    "reveal": Format(lambda page, result: as_reveal(page), "-slides.html"),
}
