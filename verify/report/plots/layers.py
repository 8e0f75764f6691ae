"""The variance of the preactivations layer by layer, for weights of different scales."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from verify.report.plots.style import COLOURS, new_figure, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: n · V[W] of the weights that are compared: what He and Xavier choose, and scales that are wrong.
SCALES = {"He, $V[W] = 2/n$": 2.0, "Xavier, $1/n$": 1.0, "$1.6/n$": 1.6, "$2.5/n$": 2.5}


def second_moments(
    gain: float, *, width: int, depth: int, nets: int, rng: np.random.Generator
) -> NDArray[np.float64]:
    """Mean squares of the preactivations of ReLU layers, shape (depth,), averaged over nets.

    gain: n · V[W] for Gaussian weights; width: units of every layer; inputs are standard normal,
    biases zero.
    """
    found = np.zeros(depth)
    for _ in range(nets):
        layer = rng.standard_normal(width)
        for level in range(depth):
            weights = rng.standard_normal((width, width)) * np.sqrt(gain / width)
            sums = weights @ layer
            found[level] += np.mean(sums**2) / nets
            layer = np.maximum(sums, 0)
    return found


def predicted(gain: float, depth: int) -> NDArray[np.float64]:
    """What the recurrence V[z_l] = ½ · n · V[W] · V[z_{l−1}] says, from V[z_1] = n · V[W]."""
    return np.asarray(gain * (gain / 2) ** np.arange(depth))


@styled
def variance_per_layer(
    scales: Mapping[str, float] = SCALES,
    *,
    width: int = 128,
    depth: int = 30,
    nets: int = 20,
    seed: int = 0,
) -> Figure:
    """Measured (points) and predicted (lines) variance of each layer of deep ReLU nets.

    scales: n · V[W] by the name in the legend. Raises MissingPlotsError without Matplotlib.
    """
    rng = np.random.default_rng(seed)
    figure, (panel,) = new_figure(width=5.6)
    layers = np.arange(1, depth + 1)
    for (name, gain), colour in zip(scales.items(), COLOURS * len(scales), strict=False):
        seen = second_moments(gain, width=width, depth=depth, nets=nets, rng=rng)
        panel.plot(layers, seen, ".", color=colour, label=name)
        panel.plot(layers, predicted(gain, depth), color=colour, lw=1)
    panel.set_yscale("log")
    panel.set_xlabel("layer")
    panel.set_ylabel("variance of the preactivations")
    panel.set_title(
        f"ReLU nets of width {width}: {nets} nets (points), ½ · n · V[W] a layer (lines)"
    )
    panel.legend()
    return figure
