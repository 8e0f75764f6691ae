import shutil
import subprocess
from pathlib import Path

import pytest

from derivations.recurrent.bidirectional_graph import bidirectional_graph
from tests.report.made_up import BINOMIAL
from verify import Claim, equation, let, matrix, real, vector
from verify.report.plots import NothingDrawnError, as_bytes, computational_graph_tikz
from verify.report.plots.graph import Edge, Layout, Node, edges

PDFLATEX = shutil.which("pdflatex")
GRAPH = edges(bidirectional_graph)


def claim_about(term: object) -> Claim:
    return Claim(id="a.graph", title="Of definitions", states=equation(term, 0))


def edge(start: str, end: str, weight: str = "") -> Edge:
    return Edge(Node(start), Node(end), weight)


def test_the_edges_are_what_the_definitions_mention() -> None:
    a, x, w = real("a"), vector("x", 2), matrix("W", 2, 2)
    first = let("s_1", a * w[1, 2] * x[2] + a)
    second = let("s_2", (first + (w @ x)[1]) ** 2)
    assert edges(claim_about(second)) == [
        edge("a", "s_1", "W"),
        edge("x", "s_1", "W"),
        edge("a", "s_1"),
        edge("s_1", "s_2"),
        edge("x", "s_2", "W"),
    ]


def test_a_function_is_read_at_its_arguments() -> None:
    a, b, u = real("a"), real("b"), real("u")
    square = let("f", (u,), u**2 + b)
    assert edges(claim_about(let("s", square(a)))) == [edge("a", "s"), edge("b", "s")]


def test_three_steps_in_both_directions_have_these_edges() -> None:
    expected = {edge("x_1", "h_f_1", "W_f"), edge("h_f_0", "h_f_1", "U_f")}
    for t in (1, 2, 3):
        expected |= {
            edge(f"x_{t}", f"h_f_{t}", "W_f"), edge(f"h_f_{t - 1}", f"h_f_{t}", "U_f"),
            edge(f"x_{t}", f"h_b_{t}", "W_b"), edge(f"h_b_{t + 1}", f"h_b_{t}", "U_b"),
            edge(f"h_f_{t}", f"y_{t}", "V_f"), edge(f"h_b_{t}", f"y_{t}", "V_b"),
            edge(f"y_{t}", "L"), edge(f"z_{t}", "L"),
        }  # fmt: skip
    assert set(GRAPH) == expected
    assert len(GRAPH) == len(expected)


def test_what_is_made_of_others_stands_above_them_and_no_two_in_one_place() -> None:
    layout = Layout(GRAPH)
    for each in GRAPH:
        if each.start.kind != each.end.kind:
            assert layout.place(each.start)[1] < layout.place(each.end)[1]
    assert len({layout.place(node) for node in layout.nodes}) == len(layout.nodes)


def test_without_definitions_there_is_no_graph() -> None:
    with pytest.raises(NothingDrawnError, match="make no graph"):
        computational_graph_tikz(BINOMIAL)


def test_the_graph_comes_out_the_same_again() -> None:
    pytest.importorskip("matplotlib")
    from verify.report import plots

    first, again = (as_bytes(plots.picture(bidirectional_graph), "svg") for _ in range(2))
    assert first == again
    assert first.startswith(b"<?xml")


def test_the_graph_in_tikz_has_every_edge_once() -> None:
    shown = computational_graph_tikz(bidirectional_graph)
    assert shown.count(r"\draw[->]") == len(GRAPH)
    assert r"(h_f_0) -- node[fill=white, inner sep=1pt, pos=0.5] {$U_{f}$} (h_f_1);" in shown
    assert "(h_b_4) at" in shown


@pytest.mark.slow
@pytest.mark.skipif(PDFLATEX is None, reason="no TeX is installed")
def test_the_graph_in_tikz_compiles(tmp_path: Path) -> None:
    shown = computational_graph_tikz(bidirectional_graph)
    head = r"\documentclass{article}\usepackage{tikz}\begin{document}"
    (tmp_path / "graph.tex").write_text(f"{head}\n{shown}\\end{{document}}\n", encoding="utf-8")
    done = subprocess.run(
        [str(PDFLATEX), "-interaction=nonstopmode", "-halt-on-error", "graph.tex"],
        cwd=tmp_path, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:]
    assert b"Overfull" not in done.stdout
