"""Plots, each a function that returns a Matplotlib figure (the extra `plots`)."""

from __future__ import annotations

from collections.abc import Callable
from inspect import signature
from typing import TYPE_CHECKING, Any

from verify.report.plots.graph import computational_graph, computational_graph_tikz
from verify.report.plots.layers import variance_per_layer
from verify.report.plots.relus import square_by_three_relus
from verify.report.plots.style import MissingPlotsError, NothingDrawnError, as_bytes
from verify.report.plots.wealth import wealth
from verify.report.plots.weight_norm import weight_norm_growth

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = [
    "PICTURES",
    "MissingPlotsError",
    "NothingDrawnError",
    "as_bytes",
    "computational_graph",
    "computational_graph_tikz",
    "picture",
    "square_by_three_relus",
    "variance_per_layer",
    "wealth",
    "weight_norm_growth",
]

#: Claims that have a picture of their own; of any other the cross-check is shown.
PICTURES: dict[str, Callable[..., Figure]] = {
    "activations.square_by_three_relus": square_by_three_relus,
    "initialization.he_depth": variance_per_layer,
    "initialization.he_recurrence": variance_per_layer,
    "initialization.he_recurrence_general": variance_per_layer,
    "initialization.he_variance": variance_per_layer,
    "initialization.relu_network_depth": variance_per_layer,
    "initialization.relu_network_recurrence": variance_per_layer,
    "initialization.xavier_forward": variance_per_layer,
    "normalization.erratum_growth_with_the_rate": weight_norm_growth,
    "normalization.weight_norm_growth": weight_norm_growth,
    "normalization.weight_norm_growth_rate": weight_norm_growth,
    "recurrent.bidirectional_graph": computational_graph,
}


def picture(claim: Any, *, seed: int = 0, crosscheck: bool = False) -> Figure:
    """The picture of a claim, or (`crosscheck`, or where it has none) how its simulation went.

    Raises MissingPlotsError without Matplotlib, NothingDrawnError where nothing is simulated.
    """
    own = None if crosscheck else PICTURES.get(claim.id)
    if own is None:
        return wealth(claim, seed=seed)
    asked = signature(own).parameters
    wanted = {"claim": claim, "seed": seed}
    return own(**{name: value for name, value in wanted.items() if name in asked})
