"""The length of normalised weights under gradient descent, one line a learning rate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from verify.report.plots.style import COLOURS, new_figure, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Floats = NDArray[np.float64]


def lengths(rate: float, *, steps: int, inputs: Floats, targets: Floats, start: Floats) -> Floats:
    """‖u‖ before each step and after the last, shape (steps + 1,).

    The model is y = g·uᵀx/‖u‖, the loss ½·mean (y − t)²; u and g descend with the same rate.
    inputs: shape (n, d); targets: (n,); start: u of shape (d,). The gradient along u is
    (g/‖u‖)·(I − uuᵀ/‖u‖²)·∇_w, which is orthogonal to u: no step makes u shorter.
    """
    u, gain = start.copy(), 1.0
    found = [float(np.linalg.norm(u))]
    for _ in range(steps):
        length = float(np.linalg.norm(u))
        unit = u / length
        slope = inputs.T @ (inputs @ (gain * unit) - targets) / len(targets)
        u = u - rate * gain / length * (slope - unit * (unit @ slope))
        gain -= rate * float(unit @ slope)
        found.append(float(np.linalg.norm(u)))
    return np.array(found)


@styled
def weight_norm_growth(
    rates: Sequence[float] = (0.1, 0.3, 1.0, 1.6),
    *,
    steps: int = 60,
    samples: int = 200,
    inputs: int = 8,
    seed: int = 0,
) -> Figure:
    """How ‖u‖ grows for each learning rate, on noisy linear data.

    rates: learning rates; samples, inputs: the size of the data. Raises MissingPlotsError without
    Matplotlib.
    """
    rng = np.random.default_rng(seed)
    data = rng.standard_normal((samples, inputs)) * np.linspace(0.5, 1.5, inputs)
    targets = data @ rng.standard_normal(inputs) + rng.standard_normal(samples)
    start = rng.standard_normal(inputs)
    start /= np.linalg.norm(start)
    figure, (panel,) = new_figure(width=5.6)
    for rate, colour in zip(rates, COLOURS * len(rates), strict=False):
        seen = lengths(rate, steps=steps, inputs=data, targets=targets, start=start)
        panel.plot(seen, color=colour, label=f"$\\eta = {rate:g}$")
    panel.set_xlabel("steps")
    panel.set_ylabel(r"$\Vert u \Vert$")
    panel.set_title("The length of normalised weights never falls")
    panel.legend()
    return figure
