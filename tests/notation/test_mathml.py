from xml.etree.ElementTree import fromstring

import pytest

from tests.notation.test_text import STATEMENTS, TERMS
from verify import real
from verify.notation import latex, text
from verify.notation.mathml import mathml

NODES = [node for node, _ in [*TERMS, *STATEMENTS]]
OF, TIMES = "\N{FUNCTION APPLICATION}", "\N{INVISIBLE TIMES}"


@pytest.mark.parametrize("node", NODES, ids=str)
def test_every_formula_is_well_formed_mathml_without_a_trace_of_latex(node: object) -> None:
    shown = mathml(latex(node))
    root = fromstring(shown)  # noqa: S314 - our own
    assert root.tag == "math"
    assert "\\" not in "".join(root.itertext())


@pytest.mark.parametrize("node", NODES, ids=str)
@pytest.mark.parametrize("style", [latex, text], ids=["latex", "text"])
def test_a_formula_is_cut_without_losing_anything(style: object, node: object) -> None:
    assert "".join(style.parts(node)) == style(node)  # type: ignore[attr-defined, operator]


def test_a_word_is_one_name() -> None:
    assert "<mi>bias</mi>" in mathml(r"\mathrm{bias} + 1")
    assert "<mi>ReLU</mi>" in mathml(r"\operatorname{ReLU}\left(x\right)")


def test_functions_are_applied_and_factors_multiplied_for_those_who_listen() -> None:
    assert f"<mi>log</mi><mo>{OF}</mo><mrow><mo>(</mo>" in mathml(r"\log\left(x\right)")
    assert f"{TIMES}</mo><mi>log</mi>" in mathml(r"x \log\left(x\right)")
    assert f"<mi>𝔼</mi><mo>{OF}</mo>" in mathml(r"\mathbb{E}\left[x\right]")


def test_a_definition_is_written_with_one_mark() -> None:
    assert "<mo>:=</mo>" in mathml("a := b")


def test_limits_stand_below_and_above_within_parentheses_too() -> None:
    assert "<munderover><mo>∑</mo>" in mathml(r"\left(\sum_{j=1}^{n} x_{j}\right)^{2}")


def test_the_mark_at_the_head_of_a_continued_line_stands_between_two_sides() -> None:
    assert '<mo form="infix">−</mo>' in mathml("- x", continued=True)
    assert 'form="infix"' not in mathml("- x")


def test_half_of_a_pair_of_brackets_keeps_its_size() -> None:
    first, last = (fromstring(mathml(each)) for each in (r"\biggl( a", r"b \biggr)^{2}"))  # noqa: S314
    halves = [next(each for each in root.iter("mo")) for root in (first, last)]
    assert [each.get("form") for each in halves] == ["prefix", "postfix"]
    assert halves[0].get("minsize") == halves[1].get("maxsize") is not None


def test_text_of_an_author_cannot_become_markup() -> None:
    stray = real("a") + "<b>_&\\{x}~^#$% 'q'"
    root = fromstring(mathml(latex(stray)))  # noqa: S314 - our own
    shown = "".join(root.itertext()).replace("\N{NO-BREAK SPACE}", " ")
    assert "<b>_&\\\\{x}~^#$% 'q'" in shown  # quoted as Python quotes it
    assert {each.tag for each in root.iter()} <= {"math", "mi", "mo", "mtext", "mrow"}
