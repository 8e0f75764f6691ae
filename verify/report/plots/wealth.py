"""The cross-check as it went: the wealth of each e-process against the number of draws."""

from __future__ import annotations

from textwrap import fill
from typing import TYPE_CHECKING, Any

from verify.claim import Claim
from verify.crosscheck import crosscheck
from verify.points import in_words
from verify.report.plots.style import AGAINST, CONFIRMS, NothingDrawnError, new_figure, styled
from verify.results import Evidence, PointResult, Wealth

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Characters of a line above a panel.
_WIDTH = 50


@styled
def wealth(shown: Claim | Evidence, **options: Any) -> Figure:
    """One panel a point: wealth against draws, with the bars that decide.

    shown: evidence, or a claim, which is checked with the `options` of `verify.crosscheck`.
    Raises NothingDrawnError if no e-process ran, MissingPlotsError without Matplotlib.
    """
    found = shown if isinstance(shown, Evidence) else crosscheck(shown, **options)
    drawn = [(point, point.wealth) for point in found.points if point.wealth is not None]
    if not drawn:
        raise NothingDrawnError("no simulation drew anything: there is no wealth to show")
    figure, panels = new_figure(len(drawn), height=3.2)
    for panel, (point, path) in zip(panels, drawn, strict=True):
        _draw(panel, point, path)
    panels[0].set_ylabel(r"$\log_{10}$ of the wealth")
    figure.legend(*panels[0].get_legend_handles_labels(), loc="outside lower center", ncols=3)
    return figure


def _draw(panel: Any, point: PointResult, path: Wealth) -> None:
    at = in_words(point.at, "\N{NO-BREAK SPACE}=\N{NO-BREAK SPACE}")
    title = fill(f"{at}: {point.verdict}" if at else point.verdict, _WIDTH)
    panel.set_title(title.replace("\N{NO-BREAK SPACE}", " "))
    panel.plot(path.draws, path.above, color=CONFIRMS, label=r"that it is not $c + \Delta$")
    panel.plot(
        path.draws, path.below, color=CONFIRMS, ls="--", label=r"that it is not $c - \Delta$"
    )
    panel.plot(path.draws, path.against, color=AGAINST, label=r"that it is not $c$")
    for height, word, colour, side in (
        (path.confirms, "confirms", CONFIRMS, "left"),
        (path.contradicts, "contradicts", AGAINST, "right"),
    ):
        panel.axhline(height, color=colour, lw=0.8, ls=":")
        panel.annotate(
            word, (side == "right", height), xycoords=("axes fraction", "data"), ha=side,
            xytext=(0, 2), textcoords="offset points", va="bottom", color=colour, fontsize=8,
        )  # fmt: skip
    top = max(path.contradicts, path.confirms)
    logs = (*path.against, *path.above, *path.below, top)
    lowest, highest = min(logs), max(logs)
    panel.set_ylim(max(lowest, -2 * top) - 0.5, min(highest, 3 * top) + 1)
    panel.set_xlabel("draws")
    panel.set_xlim(left=0)
    panel.xaxis.set_major_formatter(_counts())


def _counts() -> Any:
    from matplotlib.ticker import EngFormatter

    return EngFormatter(sep="")
