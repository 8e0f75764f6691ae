import re

import pytest
from sympy import Basic

from tests.report.claims import nodes
from verify import (
    Array,
    E,
    Sum,
    all_of,
    dimension,
    equation,
    every,
    exp,
    index,
    let,
    random_vector,
    real,
    sqrt,
)
from verify.language.definitions import Definition
from verify.notation import latex
from verify.notation.breaking import Piece, filled, lines
from verify.notation.measure import width
from verify.report.export import beamer
from verify.report.export import latex as article

a, b, c, d = (real(name) for name in "abcd")
n = dimension("n")
j = index("j", n)
X = random_vector("X", n)

LONG = (a + b + c) * (a + b + d) * (a + c + d) + (a + b) ** 2 / (c + d)


def marks(shown: str) -> str:
    """The marks of a formula in their order, without how brackets, dots and breaks are set."""
    shown = re.sub(r"\\begin\{aligned\}|\\end\{aligned\}|\\quad|\\left|\\right", "", shown)
    shown = re.sub(r"\\[bB]igg?[lr]", "", shown)
    return re.sub(r"\\cdot|\\\\|&|\s", "", shown)


def whole(node: Basic) -> str:
    return latex.defined(node) if isinstance(node, Definition) else latex(node)


def test_what_fits_stays_on_one_line() -> None:
    assert lines(a + b, 30) == ["a + b"]


def test_a_relation_is_broken_before_its_mark_first() -> None:
    fact = equation(a + b + c, a + b + d)
    assert lines(fact, width(latex(fact)) - 1) == ["a + b + c", r"\quad = a + b + d"]


def test_addends_that_go_on_stand_deeper_than_the_mark() -> None:
    fact = equation(a + b + c, b + c + d)
    assert lines(fact, 5) == ["a + b + c", r"\quad = b + c", r"\quad \quad + d"]


def test_a_product_shows_its_dots_where_it_is_cut() -> None:
    assert lines((a + b) * (c + d), 5) == [
        r"\left(a + b\right)",
        r"\quad \cdot \left(c + d\right)",
    ]


def test_cut_brackets_are_of_one_size_on_all_lines() -> None:
    shown = lines((a + b + c + d) ** 2, 6)
    assert shown[0].startswith(r"\bigl( a")
    assert shown[-1].endswith(r"\bigr)^{2}")
    tall = lines(E(Sum(X[j], j) + a + b + c), 7)
    assert tall[0].startswith(r"\mathbb{E}\biggl[ \sum")
    assert tall[-1].endswith(r"\biggr]")


def test_a_long_half_of_a_fraction_is_stacked() -> None:
    (shown,) = lines((a + b + c + d + a + b) / d, 6)
    assert shown.startswith(r"\frac{\begin{aligned} & a + b")
    assert width(shown) <= 6
    (root,) = lines(sqrt(a + b + c + d + a + b), 6)
    assert root.startswith(r"\sqrt{\begin{aligned} & a + b")


def test_a_long_exponent_comes_down() -> None:
    assert lines(exp(a + b + c + d), 3.5)[0].startswith(r"\exp\bigl( a")


def test_a_definition_keeps_its_name_before_it() -> None:
    assert lines(let("f", (a,), a + b + c + d), 7)[0].startswith(r"f\left(a\right) := a")


def test_ranges_of_a_quantifier_may_stand_on_lines_of_their_own() -> None:
    k = index("k", n)
    first, second, *_ = lines(every([j, k], equation(a, b)), 9)
    assert first == r"\text{for every }j = 1, \dots, n,"
    assert second.startswith(r"\quad k = 1")


def test_a_term_may_follow_the_mark_of_its_row() -> None:
    assert lines(a + b, 30, "= ") == ["= a + b"]


def test_lines_are_broken_where_the_fewest_brackets_are_open() -> None:
    found = [Piece("a", 0), Piece(" + b", 1), Piece(" + c", 0), Piece(" + d", 1)]
    room = width("a + b + c") + 1
    assert filled(found, room) == ["a + b", r"\quad + c + d"]


@pytest.mark.parametrize("room", [4.0, 9.0, 16.0, 40.0])
@pytest.mark.parametrize(
    "node",
    [
        LONG,
        every(j, equation(Array(LONG * X[j], j)[j], E(LONG * X[j]))),
        all_of(equation(LONG, a), equation(a, Sum(LONG * X[j], j))),
    ],
    ids=["term", "array", "facts"],
)
def test_nothing_is_lost_and_nothing_changes_its_place(node: Basic, room: float) -> None:
    assert marks("".join(lines(node, room))) == marks(latex(node))


@pytest.mark.slow
@pytest.mark.parametrize("room", [article.ROOM, article.ROOM - article.MARGIN, beamer.ROOM])
def test_every_formula_of_the_claims_fits_its_lines_and_is_whole(room: float) -> None:
    for node in nodes():
        shown = lines(node, room)
        assert max(map(width, shown)) <= room, whole(node)
        if r"\exp" not in "".join(shown):  # an exponent that has come down
            assert marks("".join(shown)) == marks(whole(node))
