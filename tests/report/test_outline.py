from dataclasses import replace

import pytest

from tests.report.made_up import BINOMIAL, CITED, FALSE, a, b, n, results
from verify import (
    Apply,
    Cases,
    Definite,
    Parts,
    algebra,
    at_least,
    chain,
    equals,
    equation,
    every,
    less,
    real,
    vector,
)
from verify.kernel.prove import derive
from verify.report.outline import outline, sections, steps


def test_rows_carry_the_kernels_verdict_and_the_hypotheses_used() -> None:
    page = outline(CITED, derive(CITED))
    (row,) = [step for step in page.steps if step.kind == "row"]
    assert (page.verdict, row.verdict, row.used) == ("proved", "accepted", (1,))


def test_a_record_says_the_same_as_the_theorem() -> None:
    records = {each.claim.id: each.proof for each in results()}
    for claim in (BINOMIAL, CITED, FALSE):
        assert outline(claim, records[claim.id]) == outline(claim, derive(claim))


def test_a_refused_row_is_marked_and_later_ones_are_unread() -> None:
    claim = replace(
        FALSE,
        states=equation((a + b) ** 2, b),
        proof=chain(
            (a + b) ** 2,
            equals((a + b) * (a + b), by=algebra),
            equals(a, by=algebra),
            equals(b, by=algebra),
        ),
    )
    page = outline(claim, derive(claim))
    verdicts = [step.verdict for step in page.steps if step.kind == "row"]
    assert verdicts == ["accepted", "refused", "unread"]
    assert (page.verdict, page.refused_at) == ("refused", "row 2")
    assert "differ by" in page.reason


def test_nobody_asked_is_not_a_verdict() -> None:
    assert outline(BINOMIAL).verdict == ""


def test_a_forged_answer_is_not_believed() -> None:
    with pytest.raises(TypeError, match="no answer of the kernel"):
        outline(BINOMIAL, object())


def test_until_shows_so_many_rows_and_leaves_no_heading_hanging() -> None:
    row = chain(a, equals(a, by=algebra))
    page = outline(replace(BINOMIAL, proof=Parts((row, row))))
    kinds = [[step.kind for step in page.until(count)] for count in (0, 1, 2)]
    assert kinds[0] == ["heading", "start"]
    assert kinds[1] == ["heading", "start", "row"]
    assert kinds[2] == ["heading", "start", "row"] * 2
    assert page.rows == 2


def test_sections_are_chains_with_the_headings_that_lead_to_them() -> None:
    row = chain(a, equals(a, by=algebra))
    proof = Parts((Cases((less(a, 0), at_least(a, 0)), (row, Apply(CITED, {a: b}))), row))
    found = sections(outline(replace(BINOMIAL, proof=proof)).steps)
    # The second case is a citation: it has no rows, and its headings stand before the next part.
    assert [(len(heads), len(rows)) for heads, rows in found] == [(2, 2), (3, 2)]


def test_headings_show_what_a_shape_is_about() -> None:
    row = chain(a, equals(a, by=algebra))
    known = every(real("c"), equation(real("c"), a))
    proof = Parts((Definite(vector("z", n), row), Apply(known, {real("c"): b}), Apply(CITED)))
    said = [step.says for step in steps(proof) if step.kind == "heading"]
    assert said[1] == ("for every vector ", vector("z", n), " ≠ 0")
    assert said[3] == ("by ", known, " with ", equation(real("c"), b))
    assert said[5] == ("by algebra.substituted",)
