import re
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from verify.notation.differences import readable

LEAD = "the two sides differ by "


def shown(gap: str) -> str:
    return readable(LEAD + gap).removeprefix(LEAD)


@pytest.mark.parametrize(
    ("gap", "expected"),
    [
        ("-1·Σ[#1.0=1..n] E(X[#1.0]^2)·n^-2", "-Σ_{i=1..n} E[X[i]²]/n²"),
        ("-1·power(a, t) + power(a, 1 + t)", "-a^t + a^(1 + t)"),
        ("power(a, t)^2·power(a + b, 2)", "(a^t)²·(a + b)^2"),
        ("-1 + -1·n + Σ[#1.0=3..1 + n] #1.0", "-1 - n + Σ_{i=3..1 + n} i"),
        (
            "1/2·Σ[#1.0=1..d] Σ[#2.0=1..n] x·n^-1·m^-3",
            "1/2·Σ_{i=1..d} Σ_{j=1..n} x/(n·m³)",
        ),
        ("(a + -1·b)^2·abs(x)·(c + d)^-1", "(a - b)²·|x|/(c + d)"),
        ("a + -1·root(-1·a + b)·h(x, y)", "a - √(-a + b)·h(x, y)"),
        ("0", "0"),
        ("a^-1", "1/a"),
    ],
)
def test_a_difference_is_written_for_people(gap: str, expected: str) -> None:
    assert shown(gap) == expected


def test_an_index_gets_a_letter_that_means_nothing_else() -> None:
    assert shown("Σ[#1.0=1..i] j[#1.0]·W[#1.0, k]") == "Σ_{l=1..i} j[l]·W[l, k]"


def test_only_the_difference_is_rewritten() -> None:
    told = f"{LEAD}-1·a; did you mean x^-1·Σ[#1.0=1..n] y?"
    assert readable(told) == f"{LEAD}-a; did you mean x^-1·Σ[#1.0=1..n] y?"
    assert readable("-1·a is not >= 0") == "-1·a is not >= 0"


VALUES = {"a": Fraction(3, 7), "b": Fraction(-5, 7), "c": Fraction(11, 7)}
factors = st.tuples(st.sampled_from(sorted(VALUES)), st.sampled_from([-3, -2, -1, 1, 2, 3]))
numbers = st.sampled_from(["", "-1·", "2·", "-3·", "1/2·", "-5/3·"])


@st.composite
def sums(draw: Any, depth: int = 2) -> str:
    terms = []
    for _ in range(draw(st.integers(1, 3))):
        parts = [
            name if power == 1 else f"{name}^{power}"
            for name, power in draw(st.lists(factors, min_size=1, max_size=3))
        ]
        if depth and draw(st.booleans()):
            parts.append(f"({draw(sums(depth=depth - 1))})^2")
        terms.append(draw(numbers) + "·".join(parts))
    return " + ".join(terms)


def value(text: str) -> Fraction:
    for digit, raised in zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True):
        text = text.replace(raised, f"**{digit}")
    code = text.replace("·", "*").replace("^", "**")
    code = re.sub(r"(?<!\*\*)(?<!\*\*-)\b\d+", lambda found: f"Fraction({found[0]})", code)
    return Fraction(eval(code, {"Fraction": Fraction, **VALUES}))  # noqa: S307 - our own text


@given(sums())
def test_the_value_stays_the_same(gap: str) -> None:
    assert value(shown(gap)) == value(gap)
