"""A derivation on slides: as many rows as fit, each slide going on from the row before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from verify.notation.mathml import width
from verify.report.export.tex import reasons, row_lines
from verify.report.outline import Outline, Step, sections

#: A character of a reason, which is set smaller, and the margin that reasons may use.
_SMALL, _MARGIN = 0.75, 14.0


@dataclass(frozen=True)
class Slide:
    """Rows of one chain that fit on a slide; `before` is the row that they continue."""

    headings: tuple[Step, ...]
    before: Step | None
    rows: tuple[Step, ...]


def slides(page: Outline, room: float, lines: float) -> Iterator[Slide]:
    """The slides of a derivation, for slides of `room` characters and `lines` plain lines."""
    pending: tuple[Step, ...] = ()
    for headings, rows in sections(page.steps):
        headings = (*pending, *headings)
        if not rows:  # a heading that nothing follows stands with the next
            pending = headings
            continue
        pending = ()
        for before, part in _filled(rows, room, lines - len(headings)):
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
    """In plain lines: sums are about twice as high, fractions less."""
    tall = [
        2.2 if r"\sum" in line or r"\prod" in line else 1.7 if r"\frac" in line else 1.0
        for line in row_lines(step, room)
    ]
    return sum(tall) + (0.8 if step.kind == "row" and not beside([step], room) else 0.0)


def beside(rows: Sequence[Step], room: float) -> bool:
    """Whether there is room for the reasons beside the formulas of all the rows."""
    formulas = max(width(line) for step in rows for line in row_lines(step, room))
    longest = max(len(_plain(step)) for step in rows)
    return formulas + _SMALL * longest <= room + _MARGIN


def _plain(step: Step) -> str:
    """About what is seen of the reasons."""
    return "".join(mark for mark in reasons(step) if mark not in "\\${}")
