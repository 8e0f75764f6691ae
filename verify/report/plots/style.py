"""How the plots look: two colours that differ in brightness too, thin axes, no boxes."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from io import BytesIO
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Colours that colour-blind readers tell apart (after Okabe and Ito).
CONFIRMS, AGAINST, THIRD, FOURTH = "#0072b2", "#d55e00", "#009e73", "#cc79a7"
COLOURS = (CONFIRMS, AGAINST, THIRD, FOURTH, "#e69f00", "#56b4e9")

_LOOK: dict[Any, Any] = {
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.titlesize": 9,
    "axes.labelsize": 9,
    "xtick.labelsize": 8,
    "ytick.labelsize": 8,
    "legend.fontsize": 8,
    "legend.frameon": False,
    "lines.linewidth": 1.4,
    "lines.markersize": 4,
    "font.family": "serif",
    "font.serif": ["STIXGeneral"],
    "mathtext.fontset": "stix",
    "svg.fonttype": "none",
}


class MissingPlotsError(Exception):
    """Matplotlib is not installed."""


class NothingDrawnError(Exception):
    """A claim has nothing of what is to be drawn; the message says of what."""


def new_figure(panels: int = 1, *, height: float = 3.4, width: float = 4.6) -> tuple[Figure, Any]:
    """A figure and its panels side by side."""
    from verify.report.plots.figure import Picture

    figure = Picture(figsize=(width * panels, height), layout="constrained")
    return figure, figure.subplots(1, panels, squeeze=False)[0]


def styled(draw: Callable[..., Figure]) -> Callable[..., Figure]:
    """Draws in this look, whatever Matplotlib is set to otherwise."""

    @wraps(draw)
    def drawn(*arguments: Any, **options: Any) -> Figure:
        try:
            from matplotlib import rc_context
        except ImportError as problem:
            raise MissingPlotsError(
                "plots need Matplotlib: pip install 'chalkproof[plots]'"
            ) from problem
        with rc_context(_LOOK):
            return draw(*arguments, **options)

    return drawn


def as_bytes(figure: Figure, form: str) -> bytes:
    """The figure as a file: svg, pdf or png; the same figure gives the same bytes."""
    from matplotlib import rc_context

    content = BytesIO()
    settings = {**_LOOK, "svg.hashsalt": "chalkproof"}
    with rc_context(settings):
        figure.savefig(content, format=form, dpi=200, metadata=_UNDATED.get(form))
    return content.getvalue()


#: No date in a file.
_UNDATED: dict[str, dict[str, Any]] = {"svg": {"Date": None}, "pdf": {"CreationDate": None}}
