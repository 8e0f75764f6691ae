"""The computational graph of a bidirectional recurrent net, unrolled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from verify.report.plots.style import AGAINST, CONFIRMS, THIRD, new_figure, styled

if TYPE_CHECKING:
    from matplotlib.figure import Figure

#: Heights of the rows of the drawing.
_ROWS = {"x": 0.0, "f": 1.0, "b": 2.0, "z": 3.0, "L": 4.0}
#: How far along an edge its matrix is named: away from where edges cross.
_ALONG = {"W^f": 0.5, "W^b": 0.72, "U^f": 0.62, "U^b": 0.62, "V^f": 0.25, "V^b": 0.5}
_COLOURS = {"f": CONFIRMS, "b": AGAINST, "z": THIRD}


@dataclass(frozen=True)
class Node:
    """A quantity at a time: x, the forward or backward state f or b, the output z, the loss L."""

    kind: str
    time: int


@dataclass(frozen=True)
class Edge:
    """One quantity enters another, through a matrix ("" for none)."""

    start: Node
    end: Node
    weight: str


def edges(steps: int) -> list[Edge]:
    """The graph of

        h^f_t = σ(W^f x_t + U^f h^f_{t−1}),  h^b_t = σ(W^b x_t + U^b h^b_{t+1}),
        z_t = V^f h^f_t + V^b h^b_t,  L = Σ_t ‖z_t − y_t‖²

    for t = 1..steps; h^f_0 and h^b_{steps+1} are the initial states.
    """
    loss = Node("L", (steps + 1) // 2)
    found = []
    for t in range(1, steps + 1):
        forward, backward, output = Node("f", t), Node("b", t), Node("z", t)
        found += [
            Edge(Node("x", t), forward, "W^f"),
            Edge(Node("x", t), backward, "W^b"),
            Edge(Node("f", t - 1), forward, "U^f"),
            Edge(Node("b", t + 1), backward, "U^b"),
            Edge(forward, output, "V^f"),
            Edge(backward, output, "V^b"),
            Edge(output, loss, ""),
        ]
    return found


@styled
def bidirectional_graph(steps: int = 3) -> Figure:
    """The graph for so many steps, with the matrices on its edges.

    Raises MissingPlotsError without Matplotlib.
    """
    found = edges(steps)
    figure, (panel,) = new_figure(width=1.5 * (steps + 2), height=4.6)
    for node in dict.fromkeys(each for edge in found for each in (edge.start, edge.end)):
        _draw_node(panel, node)
    for edge in found:
        _draw_edge(panel, edge)
    panel.set_xlim(-0.45, steps + 1.45)
    panel.set_ylim(-0.4, 4.4)
    panel.set_aspect("auto")
    panel.axis("off")
    return figure


def bidirectional_tikz(steps: int = 3) -> str:
    r"""The same graph as a `tikzpicture`, for a document with `\usepackage{tikz}`."""
    found = edges(steps)
    nodes = dict.fromkeys(each for edge in found for each in (edge.start, edge.end))
    lines = [r"\begin{tikzpicture}[x=24mm, y=16mm, >=stealth, every node/.style={font=\small}]"]
    for node in nodes:
        x, y = _place(node)
        at, name = f"({x:g}, {y:g})", _name(node)
        lines.append(rf"  \node[circle, draw] ({node.kind}{node.time}) at {at} {{${name}$}};")
    for edge in found:
        start, end = (f"({node.kind}{node.time})" for node in (edge.start, edge.end))
        named = ""
        if edge.weight:
            along = f"pos={_ALONG[edge.weight]:g}"
            named = f"node[fill=white, inner sep=1pt, {along}] {{${edge.weight}$}} "
        lines.append(rf"  \draw[->] {start} -- {named}{end};")
    return "\n".join([*lines, r"\end{tikzpicture}"]) + "\n"


def _name(node: Node) -> str:
    names = {"x": "x_{%d}", "f": "h^f_{%d}", "b": "h^b_{%d}", "z": "z_{%d}"}
    return "L" if node.kind == "L" else names[node.kind] % node.time


def _place(node: Node) -> tuple[float, float]:
    """The backward states stand a little to the right, so that no edge hides another."""
    shift = {"b": 0.26, "f": -0.26}.get(node.kind, 0.0)
    return node.time + shift, _ROWS[node.kind]


def _draw_node(panel: Any, node: Node) -> None:
    colour = _COLOURS.get(node.kind, "#5a6068")
    panel.annotate(
        f"${_name(node)}$", _place(node), ha="center", va="center", fontsize=11,
        bbox={"boxstyle": "circle,pad=0.28", "fc": "white", "ec": colour, "lw": 1.4}, zorder=3,
    )  # fmt: skip


def _draw_edge(panel: Any, edge: Edge) -> None:
    start, end = _place(edge.start), _place(edge.end)
    colour = _COLOURS.get(edge.end.kind if edge.end.kind in "fb" else edge.start.kind, "#5a6068")
    panel.annotate(
        "", end, start, zorder=1,
        arrowprops={
            "arrowstyle": "-|>", "color": colour, "lw": 1, "shrinkA": 14, "shrinkB": 14,
        },
    )  # fmt: skip
    if edge.weight:
        along = _ALONG[edge.weight]
        place = [a + along * (b - a) for a, b in zip(start, end, strict=True)]
        panel.annotate(
            f"${edge.weight}$", place, ha="center", va="center", fontsize=8, color=colour,
            bbox={"boxstyle": "round,pad=0.08", "fc": "white", "ec": "none"}, zorder=2,
        )  # fmt: skip
