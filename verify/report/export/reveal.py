"""`--to reveal`: reveal.js slides that step row by row, in a file that loads nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from markupsafe import Markup

from verify.report.export.slides import Slide, slides
from verify.report.outline import Outline
from verify.report.web import html
from verify.report.web.rendering import asset, rendered, self_contained_style
from verify.report.web.views import Row, claim_view, row_view

#: The width of a slide in em, the reasons not counted, and lines of plain text down one below its
#: title.
ROOM, LINES = 36.0, 9.0


@dataclass(frozen=True)
class _View:
    """One slide as the template shows it; `before` is the term that it goes on from."""

    headings: tuple[Markup, ...]
    before: Row | None
    rows: tuple[Row, ...]


def as_reveal(page: Outline) -> str:
    """The slides: the setting, then the derivation, every row a fragment."""
    style = self_contained_style() + Markup(asset("slides.css").decode())  # noqa: S704
    return rendered(
        "slides.html",
        claim=claim_view(page, _nowhere),
        slides=list(_views(page)),
        reveal_style=Markup(asset("reveal/reveal.css").decode()),  # noqa: S704 - our own files
        reveal=Markup(asset("reveal/reveal.js").decode()),  # noqa: S704
        style=style,
    )


def _views(page: Outline) -> Iterator[_View]:
    for slide in slides(page, ROOM, LINES):
        yield _View(
            headings=tuple(html.said(each.says) for each in slide.headings),
            before=_before(slide),
            rows=tuple(row_view(step, _nowhere) for step in slide.rows),
        )


def _before(slide: Slide) -> Row | None:
    """The row that the slide before ended with, without its relation and reasons."""
    if slide.before is None:
        return None
    start = replace(slide.before, kind="start", relation=None, reasons=(), used=())
    return row_view(start, _nowhere)


def _nowhere(name: str) -> None:
    """A slide leads nowhere."""
