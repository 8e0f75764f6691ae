"""Random arithmetic, printed and read back by Python, keeps its value and its order."""

import re
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from verify import Rational, real
from verify.language.terms import Negative, Plus, Power, Quotient, Times

NAMES = {name: Fraction(value, 7) for name, value in (("a", 3), ("b", -5), ("c", 11))}

leaves = st.one_of(
    st.sampled_from([real(name) for name in NAMES]),
    st.sampled_from([Rational(2), Rational(-3), Rational(1, 2), Rational(2, 7), Rational(-5, 3)]),
)
terms = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.builds(Plus, inner, inner),
        st.builds(Plus, inner, inner, inner),
        st.builds(Negative, inner),
        st.builds(Times, inner, inner),
        st.builds(Times, inner, inner, inner),
        st.builds(Quotient, inner, inner),
        st.builds(Power, inner, st.sampled_from([Rational(2), Rational(3)])),
    ),
    max_leaves=8,
)

MARKS = {"·": "*", "²": "**2", "³": "**3", "½": "(1/2)", "⅓": "(1/3)", "⅔": "(2/3)", "¾": "(3/4)"}


def read(text: str) -> Fraction:
    for mark, code in MARKS.items():
        text = text.replace(mark, code)
    text = re.sub(r"\d+", lambda found: f"Fraction({found[0]})", text)
    value = eval(text, {"Fraction": Fraction, **NAMES})  # noqa: S307 (our own printing)
    return Fraction(value)


def value(term: Any) -> Fraction:
    if not term.args:
        return NAMES[term.name] if hasattr(term, "name") else Fraction(term.p, term.q)
    parts = [value(part) for part in term.args]
    if isinstance(term, Plus):
        return sum(parts, Fraction(0))
    if isinstance(term, Negative):
        return -parts[0]
    if isinstance(term, Quotient):
        return parts[0] / parts[1]
    if isinstance(term, Power):
        return Fraction(parts[0] ** int(parts[1]))
    product = Fraction(1)
    for part in parts:
        product *= part
    return product


@settings(deadline=None)
@given(terms)
def test_what_is_printed_means_what_was_written(term: Any) -> None:
    try:
        expected = value(term)
    except ZeroDivisionError:
        return
    assert read(str(term)) == expected


def in_order(term: Any) -> list[str]:
    if not term.args:
        return [term.name] if hasattr(term, "name") else []
    return [name for part in term.args for name in in_order(part)]


@settings(deadline=None)
@given(terms)
def test_names_are_printed_in_the_order_in_which_they_were_written(term: Any) -> None:
    assert re.findall(r"[abc]", str(term)) == in_order(term)
