"""A figure that notebooks show without being told to."""

from __future__ import annotations

from matplotlib.figure import Figure

from verify.report.plots.style import as_bytes


class Picture(Figure):
    """A Matplotlib figure that no window manager knows, shown as SVG."""

    def _repr_svg_(self) -> str:
        return as_bytes(self, "svg").decode()
