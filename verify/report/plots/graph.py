"""The computational graph of a claim's definitions: which quantity enters which, through what."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sympy import Basic

from verify.claim import Claim
from verify.language import arrays as a
from verify.language.definitions import Call, unfold
from verify.language.names import Name
from verify.language.terms import Times
from verify.notation import latex
from verify.report.outline import definitions
from verify.report.plots.style import (
    AGAINST,
    CONFIRMS,
    THIRD,
    NothingDrawnError,
    new_figure,
    styled,
)

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_TIMED = re.compile(r"(?P<kind>.*)_(?P<time>\d+)\Z")
_GREY = "#5a6068"


@dataclass(frozen=True)
class Node:
    """A definition without parameters, or a name that enters one: `h_f_2` is h_f at time 2."""

    name: str

    @property
    def kind(self) -> str:
        """The name without its time."""
        found = _TIMED.match(self.name)
        return found["kind"] if found else self.name

    @property
    def time(self) -> int | None:
        """The number at the end of the name."""
        found = _TIMED.match(self.name)
        return int(found["time"]) if found else None


@dataclass(frozen=True)
class Edge:
    """One quantity enters another, through a matrix ("" for none)."""

    start: Node
    end: Node
    weight: str


def edges(claim: Claim) -> list[Edge]:
    """What the bodies of the claim's definitions mention, read off in the order of the claim."""
    found = [
        Edge(Node(name), Node(each.name), weight)
        for each in definitions(claim)
        if not each.parameters
        for name, weight in _entering(each.body)
    ]
    return list(dict.fromkeys(found))


def _entering(node: Basic, weight: str = "") -> Iterator[tuple[str, str]]:
    """The quantities that a term is made of, with the matrix that multiplies each."""
    if isinstance(node, Call):
        if len(node.args) == 1:
            yield node.args[0].name, weight
        else:  # a function of several: what it is made of at these arguments
            yield from _entering(unfold(node), weight)
    elif isinstance(node, Name):
        if len(node.axes) < 2 and node.sort == "real":
            yield node.name, weight
    elif isinstance(node, (Times, a.MatMul)):
        through = next((_matrix(part) for part in node.args if _matrix(part)), weight)
        for part in node.args:
            yield from _entering(part, through)
    elif isinstance(node, (a.Binding, a.Array, a.Entry)):
        yield from _entering(node.args[0], weight)  # and not the ranges or the indices
    else:
        for part in node.args:
            yield from _entering(part, weight)


def _matrix(node: Basic) -> str:
    """The name of a matrix, or of one whose entry this is."""
    base = node.args[0] if isinstance(node, a.Entry) else node
    return base.name if isinstance(base, Name) and len(base.axes) == 2 else ""


class Layout:
    """Where the nodes stand: time to the right, and what is made of others above them."""

    def __init__(self, found: list[Edge]) -> None:
        self.edges = found
        self.nodes = list(dict.fromkeys(each for edge in found for each in (edge.start, edge.end)))
        self.times = sorted({node.time for node in self.nodes if node.time is not None}) or [0]

    @cached_property
    def recurrent(self) -> list[str]:
        """The kinds that enter themselves, at another time."""
        kinds = [edge.end.kind for edge in self.edges if edge.end.kind == edge.start.kind]
        return list(dict.fromkeys(kinds))

    @cached_property
    def rows(self) -> dict[str, tuple[float, float]]:
        """Of each kind how far to the right it is shifted, and its height."""
        places: dict[str, tuple[float, float]] = {}
        height = -1.0
        for level in sorted(set(self._levels.values())):
            kinds = [kind for kind, its in self._levels.items() if its == level]
            apart = [kind for kind in kinds if kind in self.recurrent]
            beside = [kind for kind in kinds if kind not in self.recurrent]
            for number, kind in enumerate(apart):
                height += 1
                # No edge should hide behind a node of the row between.
                places[kind] = (0.52 * number - 0.26 * (len(apart) - 1), height)
            height += bool(beside)
            for number, kind in enumerate(beside):
                places[kind] = (0.42 * number, height)
        return places

    @cached_property
    def _levels(self) -> dict[str, int]:
        """The length of the longest way to a kind; what nothing enters stands below its users."""
        ways = {(edge.start.kind, edge.end.kind) for edge in self.edges}
        ways = {(start, end) for start, end in ways if start != end}
        kinds = list(dict.fromkeys(node.kind for node in self.nodes))
        levels = dict.fromkeys(kinds, 0)
        for _ in kinds:
            for start, end in ways:
                levels[end] = max(levels[end], levels[start] + 1)
        for kind in kinds:
            users = [levels[end] for start, end in ways if start == kind]
            if users and all(end != kind for _, end in ways):
                levels[kind] = min(users) - 1
        return levels

    def place(self, node: Node) -> tuple[float, float]:
        """Right and up; what has no time stands in the middle."""
        shift, height = self.rows[node.kind]
        middle = (self.times[0] + self.times[-1]) / 2
        return (middle if node.time is None else node.time + shift), height

    def along(self, edge: Edge) -> float:
        """How far along an edge its matrix is named: away from where edges cross."""
        rise = self.rows[edge.end.kind][1] - self.rows[edge.start.kind][1]
        if rise < 2:
            return 0.5
        enters = any(each.end.kind == edge.start.kind for each in self.edges)
        return 0.25 if enters else 0.72


def _layout(claim: Claim) -> Layout:
    found = edges(claim)
    if not found:
        raise NothingDrawnError("its definitions make no graph")
    return Layout(found)


@styled
def computational_graph(claim: Claim) -> Figure:
    """The graph of the claim's definitions, with the matrices on its edges.

    Raises NothingDrawnError if there are none, and MissingPlotsError without Matplotlib.
    """
    layout = _layout(claim)
    figure, (panel,) = new_figure(width=1.5 * len(layout.times), height=1 + 0.9 * _top(layout))
    colours = dict(zip(layout.recurrent, (CONFIRMS, AGAINST, THIRD), strict=False))
    for node in layout.nodes:
        _draw_node(panel, layout.place(node), node, colours.get(node.kind, _GREY))
    for edge in layout.edges:
        near = edge.end.kind if edge.end.kind in colours else edge.start.kind
        _draw_edge(panel, layout, edge, colours.get(near, _GREY))
    panel.set_xlim(layout.times[0] - 0.6, layout.times[-1] + 0.6)
    panel.set_ylim(-0.4, _top(layout) + 0.4)
    panel.set_aspect("auto")
    panel.axis("off")
    return figure


def _top(layout: Layout) -> float:
    return max(height for _, height in layout.rows.values())


def computational_graph_tikz(claim: Claim) -> str:
    r"""The same as a `tikzpicture`, for a document with `\usepackage{tikz}`.

    Raises NothingDrawnError if there are no definitions.
    """
    layout = _layout(claim)
    lines = [r"\begin{tikzpicture}[x=22mm, y=16mm, >=stealth, every node/.style={font=\small}]"]
    for node in layout.nodes:
        x, y = layout.place(node)
        at, name = f"({x:g}, {y:g})", latex.name(node.name)
        lines.append(rf"  \node[circle, draw] ({node.name}) at {at} {{${name}$}};")
    for edge in layout.edges:
        named = ""
        if edge.weight:
            along = f"pos={layout.along(edge):g}"
            weight = latex.name(edge.weight)
            named = f"node[fill=white, inner sep=1pt, {along}] {{${weight}$}} "
        lines.append(rf"  \draw[->] ({edge.start.name}) -- {named}({edge.end.name});")
    return "\n".join([*lines, r"\end{tikzpicture}"]) + "\n"


def _draw_node(panel: Any, place: tuple[float, float], node: Node, colour: str) -> None:
    panel.annotate(
        f"${latex.name(node.name)}$", place, ha="center", va="center", fontsize=10,
        bbox={"boxstyle": "circle,pad=0.2", "fc": "white", "ec": colour, "lw": 1.4}, zorder=3,
    )  # fmt: skip


def _draw_edge(panel: Any, layout: Layout, edge: Edge, colour: str) -> None:
    start, end = layout.place(edge.start), layout.place(edge.end)
    panel.annotate(
        "", end, start, zorder=1,
        arrowprops={
            "arrowstyle": "-|>", "color": colour, "lw": 1, "shrinkA": 15, "shrinkB": 15,
        },
    )  # fmt: skip
    if edge.weight:
        along = layout.along(edge)
        place = [p + along * (q - p) for p, q in zip(start, end, strict=True)]
        panel.annotate(
            f"${latex.name(edge.weight)}$", place, ha="center", va="center", fontsize=8,
            color=colour, zorder=2,
            bbox={"boxstyle": "round,pad=0.08", "fc": "white", "ec": "none"},
        )  # fmt: skip
