r"""`--to latex`: statement, hypotheses and derivation as a part of a document of one's own.

The rows stand in `align*` with their reasons as tags, which TeX moves below where there is no room,
or on lines of their own where they are longer than a line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from verify import __version__
from verify.notation.breaking import lines as broken
from verify.report.export.tex import (
    heading,
    numbered,
    reason_lines,
    reason_width,
    reasons,
    row_lines,
    words,
)
from verify.report.outline import Outline, Step, definitions, sections

#: The width of the text of an article in em, at 10, 11 or 12 pt; and the margin of a list.
ROOM, MARGIN = 31.0, 2.5

#: How wide reasons are beside the text: they are 0.8 of its size, but small letters are wider.
_SMALL = 0.85

#: Sets formulas one below the other, each a list of lines.
Display = Callable[[Sequence[Sequence[str]]], list[str]]

#: What a document needs to hold the part.
PACKAGES = ("amsmath", "amssymb")


def as_latex(page: Outline) -> str:
    """The part, with the packages that it needs in a comment at its head."""
    claim = page.claim
    lines = [
        f"% {claim.id}, written by chalkproof {__version__}",
        f"% \\usepackage{{{', '.join(PACKAGES)}}}",
        r"\begingroup \allowdisplaybreaks \emergencystretch=3em",
        rf"\paragraph{{{words(claim.title)}}}",
        *setting(page, ROOM),
        *derivation(page, page.steps),
        r"\par\endgroup",
    ]
    return "\n".join(lines) + "\n"


def derivation(page: Outline, shown: Sequence[Step]) -> list[str]:
    """The shown steps, each chain in a block, and where the kernel stopped."""
    lines: list[str] = []
    for headings, rows in sections(shown):
        heads = [line for each in headings for line in heading(each, ROOM)]
        lines += ["", *(rf"\noindent\textit{{{head}}}\par\nopagebreak" for head in heads)]
        lines += _aligned(rows)
    if page.verdict == "refused":
        lines += ["", rf"\noindent\textbf{{Refused at {page.refused_at}}}"]
    return lines


def setting(page: Outline, room: float, display: Display | None = None) -> list[str]:
    """The definitions, the hypotheses and the statement; `display` sets formulas (`displayed`)."""
    set_off = display or displayed
    claim = page.claim
    lines: list[str] = []
    defined = definitions(claim)
    if defined:
        lines += ["Let", *set_off([broken(each, room) for each in defined])]
    if claim.given:
        lines += ["Given", r"\begin{enumerate}"]
        for number, fact in enumerate(numbered(claim.given, room - MARGIN), 1):
            shown = r"\\ ".join(f"$\\displaystyle {line}$" for line in fact)
            lines.append(rf"  \item[({number})] {shown}")
        lines.append(r"\end{enumerate}")
    lines.append(lead(page))
    return [*lines, *set_off([broken(claim.states, room)])]


def lead(page: Outline) -> str:
    """The words before the statement."""
    if page.claim.expected == "refuted":
        return "It is \\emph{false} that"
    return "we have" if page.claim.given else "We have"


def displayed(formulas: Sequence[Sequence[str]]) -> list[str]:
    """Formulas one below the other, a long one on several lines."""
    return [r"\begin{align*}", *aligned(formulas), r"\end{align*}"]


def aligned(formulas: Sequence[Sequence[str]]) -> list[str]:
    """The lines of an alignment."""
    rows = [f"  & {line}" for lines in formulas for line in lines]
    return [*(f"{row} \\\\" for row in rows[:-1]), rows[-1]]


def _aligned(rows: Sequence[Step]) -> list[str]:
    if not rows:
        return []
    shown = []
    for step in rows:
        lines = [f"  & {line}" for line in row_lines(step, ROOM)]
        if _SMALL * reason_width(step) > ROOM:
            room = (ROOM - 2) / _SMALL
            told = [rf"\text{{\footnotesize {line}}}" for line in reason_lines(step, room)]
            lines += [rf"  & \qquad {line}" for line in told]
        elif step.reasons:
            lines[-1] += rf" \tag*{{\footnotesize {reasons(step)}}}"
        shown += lines
    ends = [f"{line} \\\\" for line in shown[:-1]]
    return [r"\begin{align*}", *ends, shown[-1], r"\end{align*}"]
