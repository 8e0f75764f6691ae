"""x² by three ReLUs on [0, 1], with the band of its largest error."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from verify.report.plots.style import AGAINST, CONFIRMS, new_figure, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]

#: Slopes and offsets of the three units, whose outputs are added.
SLOPES, OFFSETS = (0.2, 0.6, 0.8), (0.0, -0.12, -0.48)

#: The largest error on [0, 1].
ERROR = 1 / 25


def three_relus(x: Floats) -> Floats:
    """ReLU(x/5) + ReLU(3x/5 − 3/25) + ReLU(4x/5 − 12/25); the shape of x."""
    units = np.multiply.outer(np.array(SLOPES), x)
    units += np.array(OFFSETS).reshape((-1,) + (1,) * np.ndim(x))
    return np.asarray(np.maximum(units, 0).sum(axis=0))


@styled
def square_by_three_relus() -> Figure:
    """The net beside x², and its error with the band ±1/25 that it touches at 2/5 and 4/5.

    Raises MissingPlotsError without Matplotlib.
    """
    x = np.linspace(0, 1, 501)
    net = three_relus(x)
    figure, (curves, errors) = new_figure(2, width=3.9)
    curves.fill_between(x, x**2 - ERROR, x**2 + ERROR, color=CONFIRMS, alpha=0.15, lw=0)
    curves.plot(x, x**2, color=CONFIRMS, label="$x^2$, and $1/25$ around it")
    curves.plot(x, net, color=AGAINST, label="three ReLUs")
    curves.set_xlabel("$x$")
    curves.legend()
    errors.axhspan(-ERROR, ERROR, color=CONFIRMS, alpha=0.15, lw=0)
    errors.plot(x, net - x**2, color=AGAINST)
    largest = np.array([0.4, 0.8])
    errors.plot(largest, three_relus(largest) - largest**2, "o", color=AGAINST)
    errors.set_xlabel("$x$")
    errors.set_ylabel("error")
    errors.set_yticks([-ERROR, 0, ERROR], ["$-1/25$", "$0$", "$1/25$"])
    return figure
