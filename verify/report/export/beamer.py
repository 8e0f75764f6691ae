r"""`--to beamer`: slides that uncover one row after the other. Compiles with pdfLaTeX alone."""

from __future__ import annotations

from collections.abc import Sequence

from verify.report.export.latex import setting
from verify.report.export.slides import Slide, beside, reason_room, slides
from verify.report.export.tex import heading, reason_lines, reasons, row_lines, words
from verify.report.outline import Outline, Step

#: The width of a slide in em, the reasons not counted, and lines of plain text down one below its
#: title.
ROOM, LINES = 31.0, 9.5

_HEAD = r"""\documentclass[aspectratio=169]{beamer}
\usepackage[utf8]{inputenc}
\usepackage[T1]{fontenc}
\usepackage{amsmath, amssymb, graphicx}
\setbeamertemplate{navigation symbols}{}
\setbeamertemplate{frametitle continuation}[from second]
\setbeamercovered{invisible}
% What is wider than the slide, and all that is higher, is made smaller.
\newsavebox{\linebox}
\newsavebox{\wholebox}
\newcommand{\fitted}[1]{%
  \sbox{\linebox}{#1}%
  \ifdim\wd\linebox>\linewidth
    \sbox{\linebox}{\resizebox{\linewidth}{!}{\usebox{\linebox}}}%
  \fi
  \noindent\usebox{\linebox}\par}
\newcommand{\whole}[1]{%
  \setbox\wholebox\vbox{#1}%
  \ifdim\dimexpr\ht\wholebox+\dp\wholebox\relax>0.74\textheight
    \sbox{\wholebox}{\resizebox*{!}{0.74\textheight}{\usebox{\wholebox}}}%
  \fi
  \noindent\usebox{\wholebox}\par}
\newcommand{\reason}[1]{\text{\footnotesize\color{structure} #1}}
"""


def as_beamer(page: Outline) -> str:
    """A whole document: the setting, then the derivation row by row."""
    claim = page.claim
    title = words(claim.title)
    parts = [
        _HEAD,
        rf"\title{{{title}}}",
        r"\begin{document}",
        "",
        rf"\begin{{frame}}[allowframebreaks]{{{title}}}",
        r"\small",
        *setting(page, ROOM, _displayed),
        r"\end{frame}",
    ]
    for slide in slides(page, ROOM, LINES):
        parts += ["", *_frame(title, slide)]
    return "\n".join([*parts, "", r"\end{document}"]) + "\n"


def _displayed(formulas: Sequence[Sequence[str]]) -> list[str]:
    """Lines between which a slide may end; the indentation of those that go on is in them."""
    shown = [rf"\fitted{{\quad $\displaystyle {{}} {line}$}}" for each in formulas for line in each]
    return [r"\par\smallskip", *shown, r"\smallskip"]


def _frame(title: str, slide: Slide) -> list[str]:
    lines = [rf"\begin{{frame}}[t]{{{title}}}", r"\small", r"\whole{%"]
    for each in slide.headings:
        lines += [rf"\fitted{{\textit{{{line}}}}}" for line in heading(each, ROOM)]
    if slide.rows:
        lines += [r"\fitted{$\displaystyle", r"\begin{aligned}", *_rows(slide), r"\end{aligned}$}"]
    return [*lines, "}", r"\end{frame}"]


def _rows(slide: Slide) -> list[str]:
    shown = [] if slide.before is None else [_continued(slide.before)]
    room = beside(slide.rows, ROOM)
    at = 1
    for step in slide.rows:
        lines = row_lines(step, ROOM)
        cells = [_cell(at, line) for line in lines]
        if step.kind == "row":
            if room:
                cells[-1] += rf" && \uncover<{at}->{{\reason{{{reasons(step)}}}}}"
            else:
                told = reason_lines(step, reason_room(ROOM))
                cells += [_cell(at, rf"\qquad \reason{{{line}}}") for line in told]
        shown += cells
        at += 1
    return [f"{line} \\\\" for line in shown[:-1]] + shown[-1:]


def _cell(at: int, line: str) -> str:
    return rf"  & \uncover<{at}->{{{{}}{line}}}"


def _continued(before: Step) -> str:
    """The row that the slide before ended with, without its relation."""
    first = Step("start", before.where, before.depth, term=before.term)
    return " \\\\\n".join(f"  & {line}" for line in row_lines(first, ROOM))
