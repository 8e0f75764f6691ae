from dataclasses import replace

from tests.report.made_up import BINOMIAL, CITED, ERRATUM, FALSE, a, b, square
from verify import (
    Apply,
    Cases,
    Induction,
    Obtain,
    Parts,
    algebra,
    at_least,
    cases,
    chain,
    definition,
    equals,
    equation,
    given,
    lemma,
    less,
    let,
    natural,
)
from verify.hypotheses import hypotheses
from verify.kernel.prove import derive
from verify.notation.reasons import reasons
from verify.report.derivation import derivation, lines, wrapped
from verify.report.page import plain


def test_a_proof_is_printed_line_by_line_in_the_authors_order() -> None:
    text = plain(derivation(BINOMIAL, derive(BINOMIAL)))
    first, second = text.index("✓ = (a + b)·(a + b)"), text.index("✓ = a² + 2·a·b + b²")
    assert first < second
    assert text.startswith("The square of a sum\nalgebra.binomial · 000 A1a · 003 §4\n")
    assert text.rstrip().endswith("proved")


def test_each_row_names_its_reason_and_the_hypotheses_that_it_used() -> None:
    text = plain(derivation(CITED, derive(CITED)))
    assert "given   (1) b = 1" in text
    row = next(line for line in text.splitlines() if line.startswith("✓"))
    assert row.split() == ["✓", "=", "(a", "+", "1)²", "given", "(1)"]


def test_a_refused_row_is_marked() -> None:
    text = plain(derivation(FALSE, derive(FALSE)))
    assert "✗ = a² + b²" in text
    assert "refused at row 1: the two sides differ by" in text


def test_definitions_are_shown() -> None:
    claim = replace(
        BINOMIAL,
        states=equation(square, (a + b) ** 2),
        proof=chain(square, equals((a + b) ** 2, by=definition)),
    )
    assert "where   s := (a + b)²" in plain(derivation(claim, derive(claim)))


def test_an_erratum_says_that_it_is_false() -> None:
    assert "states, falsely,  a² > 0" in plain(derivation(ERRATUM, None))


def test_every_shape_of_proof_has_its_headings() -> None:
    row = chain(a, equals(a, by=[algebra, lemma(CITED)]))
    t = natural("t")
    proof = Parts(
        (
            Cases((less(a, 0), at_least(a, 0)), (row, row)),
            Induction(t, row, row),
            Obtain(equation(a, b), row, Apply(CITED, {a: b})),
        )
    )
    found = list(lines(proof))
    shown = [line.text for line in found if line.kind == "heading"]
    assert {line.depth for line in found} == {0, 1, 2}
    assert shown == [
        "part 1",
        "case 1: a < 0",
        "case 2: a ≥ 0",
        "part 2",
        "induction on t, base",
        "induction on t, step",
        "part 3",
        "fact: a = b",
        "then",
        "by algebra.substituted with a = b",
    ]
    whys = {line.reasons for line in found if line.kind == "row"}
    assert whys == {"algebra, lemma(algebra.substituted)"}


def test_the_purpose_of_each_hypothesis_is_shown() -> None:
    found = hypotheses(CITED)
    shown = plain(derivation(CITED, derive(CITED), found))
    assert "without (1): the proof stops at row 1" in shown
    senseless = replace(found[0], verdict="needed", counterexample="b = 0", undefined=True)
    shown = plain(derivation(CITED, derive(CITED), [senseless]))
    assert "without (1): no value for b = 0" in shown


def test_a_reason_prints_what_it_cites() -> None:
    s = let("s", (a + b) ** 2)
    assert reasons((definition(s), cases)) == "definition(s), cases"
    assert reasons(given(equation(a, b), times=a)) == "given(a = b, times a)"
    assert reasons(lemma(CITED, {a: b + 1})) == "lemma(algebra.substituted, a = b + 1)"


def test_reasons_stand_beside_short_formulas_and_below_long_ones() -> None:
    total = a
    for _ in range(22):
        total = total + b
    claim = replace(
        BINOMIAL,
        states=equation(total, a + 22 * b),
        proof=chain(total, equals(a + 22 * b, by=algebra), equals(total, by=algebra)),
    )
    shown = plain(derivation(claim, None)).splitlines()
    short = next(line for line in shown if "= a + 22·b" in line and "algebra" in line)
    below = next(line for line in shown if line.strip() == "algebra")
    assert short.index("algebra") == below.index("algebra")


def test_a_long_formula_is_broken_before_an_operator() -> None:
    formula = "aaaa + bbbb·cccc - dddd = eeee"
    assert wrapped(formula, 20) == "aaaa + bbbb·cccc\n  - dddd = eeee"
    assert wrapped(formula, 99) == formula


def test_a_formula_is_broken_outside_parentheses_where_there_is_room() -> None:
    assert wrapped("aaaaaaaa + (b + c)·d", 16) == "aaaaaaaa\n  + (b + c)·d"
