"""A derivation on slides: as many rows as fit, each slide going on from the row before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verify.notation.measure import width
from verify.report.export.tex import heading, reason_lines, reason_width, row_lines
from verify.report.outline import Outline, Step, sections

#: The size of reasons beside that of the formulas, and the margin that reasons may use, in em.
SMALL, MARGIN = 0.9, 8.5


@dataclass(frozen=True)
class Slide:
    """Rows of one chain that fit on a slide; `before` is the row that they continue."""

    headings: tuple[Step, ...]
    before: Step | None
    rows: tuple[Step, ...]


def slides(page: Outline, room: float, lines: float) -> Iterator[Slide]:
    """The slides of a derivation, for slides of `room` em and `lines` plain lines."""
    pending: tuple[Step, ...] = ()
    for headings, rows in sections(page.steps):
        headings = (*pending, *headings)
        if not rows:  # a heading that nothing follows stands with the next
            pending = headings
            continue
        pending = ()
        above = sum(_tall(line) for each in headings for line in heading(each, room))
        if above > lines / 2:  # what is to be shown stands alone, and its proof follows
            yield Slide(headings, None, ())
            headings, above = (), 0.0
        for before, part in _filled(rows, room, lines - above):
            yield Slide(headings, before, part)
    if pending:
        yield Slide(pending, None, ())


def _filled(
    rows: Sequence[Step], room: float, lines: float
) -> Iterator[tuple[Step | None, tuple[Step, ...]]]:
    """The rows of a chain in groups that fill a slide, each with the last row before it."""
    group: list[Step] = []
    before: Step | None = None
    used = 0.0
    for step in rows:
        needed = _height(step, room)
        if len(group) > 1 and used + needed > lines:
            yield before, tuple(group)
            before, group = group[-1], []
            used = _height(before, room)
        group.append(step)
        used += needed
    yield before, tuple(group)


def _height(step: Step, room: float) -> float:
    """In plain lines, the reasons below a long formula included."""
    tall = sum(_tall(line) for line in row_lines(step, room))
    if step.kind == "row" and not beside([step], room):
        tall += 0.8 * len(reason_lines(step, reason_room(room)))
    return tall


def reason_room(room: float) -> float:
    """The width of a line of reasons below a formula, in em of their own size."""
    return (room + MARGIN - 2) / SMALL


def _tall(line: str) -> float:
    """The height of a line: sums are about twice as high as words, fractions less."""
    return 2.2 if r"\sum" in line or r"\prod" in line else 1.7 if r"\frac" in line else 1.0


def beside(rows: Sequence[Step], room: float) -> bool:
    """Whether there is room for the reasons beside the formulas of all the rows."""
    formulas = max(width(line) for step in rows for line in row_lines(step, room))
    longest = max(reason_width(step) for step in rows)
    return formulas + SMALL * longest <= room + MARGIN
