"""Bad input: each fault is refused with its place and a way out, and no exception escapes."""

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.attacks.declarations import (
    S,
    W,
    X,
    assert_refused,
    c,
    claimed,
    d,
    equal,
    i,
    n,
    t,
    x,
)
from verify import (
    Apply,
    Both,
    Cases,
    E,
    Exhibit,
    Induction,
    Minimum,
    Obtain,
    Parts,
    Sum,
    algebra,
    at_least,
    chain,
    definition,
    equals,
    equation,
    every,
    finite_moment,
    index,
    lemma,
    let,
    linearity,
    minimum,
    moments,
    order,
    positive_definite,
    real,
    relu,
    symmetric_matrix,
    uncorrelated,
    vector,
)
from verify import given as by_hypothesis
from verify.kernel.prove import derive
from verify.kernel.rules import RULES
from verify.kernel.theorem import Refused, is_theorem
from verify.language.proofs import Chain, Reason, Row

honest: Any = equal(c + d, d + c)
row = equals(d + c, by=algebra)


def second_row(by: Any, term: Any = None) -> Any:
    """A claim whose first row is right and whose second is under test."""
    end = c + d + 0 if term is None else term
    return claimed(equation(c + d, end), chain(c + d, row, equals(end, by=by)))


def test_an_unknown_rule_lists_the_rules() -> None:
    for by in ("simplify", Reason("simplify"), None, 3, object()):
        refusal = assert_refused(second_row(by))
        assert refusal.where == "row 2"
        assert all(name in refusal.reason for name in RULES)


def test_a_row_without_a_reason() -> None:
    assert assert_refused(second_row(())).where == "row 2"


@pytest.mark.parametrize("value", [0.5, "c", True, 1j, [c], {"c": 1}, object()])
def test_what_is_no_term_is_named_with_its_row(value: Any) -> None:
    refusal = assert_refused(second_row(algebra, value))
    assert refusal.where in ("row 2", "statement")
    assert refusal.rule == "language"


def test_an_undeclared_name() -> None:
    assert assert_refused(second_row(algebra, c + real("not a name"))).rule == "language"
    assert assert_refused(second_row(algebra, c + real(""))).rule == "language"
    assert assert_refused(second_row(algebra, x[index("2j", n)])).rule == "language"


def test_an_index_that_nothing_binds() -> None:
    loose = index("q")
    assert "q" in assert_refused(second_row(algebra, c + d + loose)).reason


def test_one_name_declared_twice_names_both_places() -> None:
    refusal = assert_refused(second_row(algebra, vector("c", n)[1]))
    assert "declared otherwise" in refusal.reason
    assert "rename" in refusal.reason


def test_a_missing_law() -> None:
    refusal = assert_refused(equal(E(W[i]), 0, moments, well_formed=[finite_moment(W, 1)]))
    assert refusal.where == "row 1"
    assert "E" in assert_refused(equal(E(X + 1), E(X) + 1, linearity)).reason


def test_a_chain_whose_ends_are_not_the_statement() -> None:
    wrong_start = claimed(equation(c, d + c), chain(c + d, row))
    wrong_end = claimed(equation(c + d, c), chain(c + d, row))
    assert "starts with" in assert_refused(wrong_start).reason
    assert "ends with" in assert_refused(wrong_end).reason


def test_a_row_that_does_not_follow_shows_the_difference() -> None:
    refusal = assert_refused(second_row(algebra, c + 2 * d))
    assert refusal.where == "row 2"
    assert "differ by" in refusal.reason
    assert refusal.before == d + c
    assert refusal.after == c + 2 * d


def test_a_denominator_says_what_is_missing() -> None:
    assert "nonzero" in assert_refused(second_row(algebra, (c + d) * c / c)).reason


def test_a_citation_of_what_nobody_assumed() -> None:
    refusal = assert_refused(second_row(by_hypothesis(equation(c, 3))))
    assert "nothing assumed" in refusal.reason


ODD: list[Any] = [
    None, 0, 1.5, "text", True, (), [], {}, object(), c, x, X, n, t, i, S, equation(c, d), algebra,
    Fraction(1, 2), honest, chain(c, row), Row, int, lambda: None, index("q"), let("a", c),
    let("f", (c,), c), every(i, equation(x[i], c)), E(X), relu(c), Sum(x[i], i), b"bytes", {1, 2},
    float("nan"), 10**30, -1,
]  # fmt: skip

BUILDERS: dict[str, Any] = {
    "claim": lambda o: o,
    "states": lambda o: replace(honest, states=o),
    "proof": lambda o: replace(honest, proof=o),
    "given": lambda o: replace(honest, given=o),
    "one given": lambda o: replace(honest, given=[o]),
    "well formed": lambda o: replace(honest, well_formed=o),
    "one well formed": lambda o: replace(honest, well_formed=[o]),
    "id": lambda o: replace(honest, id=o),
    "rows": lambda o: replace(honest, proof=Chain(c + d, o)),
    "one row": lambda o: replace(honest, proof=Chain(c + d, (o,))),
    "start": lambda o: replace(honest, proof=Chain(o, (row,))),
    "relation": lambda o: replace(honest, proof=Chain(c + d, (Row(o, d + c, algebra),))),
    "term": lambda o: replace(honest, proof=Chain(c + d, (Row(type(honest.states), o, algebra),))),
    "by": lambda o: second_row(o),
    "two reasons": lambda o: second_row((algebra, o)),
    "rule name": lambda o: second_row(Reason(o)),
    "about": lambda o: second_row(Reason("given", o)),
    "cited": lambda o: second_row(Reason("given", (o,))),
    "unfolded": lambda o: second_row(Reason("definition", (o,))),
    "times": lambda o: second_row(Reason("given", (), o)),
    "lemma": lambda o: second_row(Reason("lemma", (o, ()))),
    "lemma about": lambda o: second_row(Reason("lemma", o)),
    "lemma value": lambda o: second_row(Reason("lemma", (honest, ((c, o),)))),
    "lemma key": lambda o: second_row(Reason("lemma", (honest, ((o, c),)))),
    "apply": lambda o: replace(honest, proof=Apply(o)),
    "apply values": lambda o: replace(honest, proof=Apply(honest, o)),
    "obtain": lambda o: replace(honest, proof=Obtain(o, honest.proof, honest.proof)),
    "then": lambda o: replace(honest, proof=Obtain(honest.states, honest.proof, o)),
    "split": lambda o: replace(honest, proof=Cases(o, (honest.proof, honest.proof))),
    "one case": lambda o: replace(honest, proof=Cases((o, o), (honest.proof, honest.proof))),
    "case proofs": lambda o: replace(honest, proof=Cases((equation(c, 0), at_least(c, 0)), o)),
    "induction": lambda o: replace(honest, proof=Induction(o, honest.proof, honest.proof)),
    "base": lambda o: replace(honest, proof=Induction(t, o, honest.proof)),
    "witness": lambda o: replace(honest, proof=Exhibit(o, honest.proof)),
    "minimum": lambda o: claimed(
        minimum(c**2, over=c, at=0, value=0), Minimum((), honest.proof, o, o)
    ),
    "feasible": lambda o: claimed(
        minimum(c**2, over=c, at=0, value=0), Minimum(o, honest.proof, chain(c, row))
    ),
    "over": lambda o: claimed(
        minimum(c**2, over=o, at=0, value=0), Minimum((), honest.proof, chain(c, row))
    ),
    "at": lambda o: claimed(
        minimum(c**2, over=c, at=o, value=o), Minimum((), honest.proof, chain(c, row))
    ),
    "parts": lambda o: replace(honest, proof=Parts(o)),
    "both": lambda o: replace(honest, proof=Both(o, o)),
    "block": lambda o: replace(honest, given=[uncorrelated(o, mean=o, variance=o)]),
    "moment": lambda o: replace(honest, given=[finite_moment(X, o)]),
    "matrix": lambda o: replace(honest, given=[symmetric_matrix(o), positive_definite(o)]),
    "length": lambda o: second_row(algebra, vector("z", o)[1]),
    "index": lambda o: second_row(algebra, x[(o,)]),
    "range": lambda o: second_row(algebra, Sum(c, (i, o, o))),
    "binder": lambda o: second_row(algebra, Sum(c, o)),
    "name": lambda o: second_row(algebra, c + real(o)),
}


def harmless(claim: Any) -> bool:
    """Whether the claim is refused with words, or says nothing but what is true."""
    result = derive(claim)
    if isinstance(result, Refused):
        assert isinstance(result.reason, str)
        assert result.reason
        assert isinstance(result.where, str)
        assert result.where
        for word in (
            "Traceback", "has no attribute", "recursion depth", "not iterable", "subscriptable",
            "unpack", "tuple index",
        ):  # fmt: skip
            assert word not in result.reason, result.reason
        return True
    return is_theorem(result)


@pytest.mark.parametrize("place", BUILDERS)
def test_no_odd_object_makes_an_exception_escape(place: str) -> None:
    failed = []
    for odd in ODD:
        try:
            claim = BUILDERS[place](odd)
        except (TypeError, ValueError, AttributeError):
            continue  # refused by Python while the author's file is read
        if not harmless(claim):
            failed.append(odd)
    assert not failed


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from(sorted(BUILDERS)), st.recursive(
    st.sampled_from(ODD), lambda inner: st.lists(inner, max_size=2).map(tuple), max_leaves=4
))  # fmt: skip
def test_nested_odd_objects_are_harmless(place: str, odd: Any) -> None:
    try:
        claim = BUILDERS[place](odd)
    except (TypeError, ValueError, AttributeError):
        return
    assert harmless(claim)


def test_a_bare_definition_with_nothing_to_unfold() -> None:
    assert assert_refused(second_row(definition)).where == "row 2"


def test_a_row_of_another_relation() -> None:
    assert assert_refused(
        claimed(equation(c, c + 0), Chain(c, (Row(dict, c + 0, order),)))  # type: ignore[arg-type]
    ).where.startswith("row 1")


def test_a_lemma_that_is_not_a_claim_is_named() -> None:
    assert assert_refused(second_row(lemma("he_variance"))).where == "row 2"


def test_a_condition_of_well_formedness_is_no_hypothesis_to_cite() -> None:
    defined = equation(c, d)
    claim = equal(2 * c, 2 * d, by_hypothesis(defined), well_formed=[defined])
    assert "it stands in well_formed" in assert_refused(claim).reason


def test_a_column_is_not_followed_by_a_row() -> None:
    there, back = equals(x.T, by=algebra), equals(x + 0 * x, by=algebra)
    refusal = assert_refused(claimed(equation(x, x + 0 * x), chain(x, there, back)))
    assert (refusal.where, refusal.reason) == ("row 1", "one side is a row, the other a column")
