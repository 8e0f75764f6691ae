"""`check`, `prove` and the assertions on small claims of every kind."""

from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

import pytest

from verify import (
    Claim,
    Variant,
    Without,
    World,
    algebra,
    chain,
    check,
    checking,
    equals,
    equation,
    given,
    greater,
    prove,
    real,
    sqrt,
    square_root,
    unequal,
)
from verify.errors import ClaimError
from verify.kernel.theorem import Refused, is_theorem
from verify.results import RowCheck
from verify.testing import assert_confirmed, assert_proved

a, b = real("a"), real("b")


def positive(random: Random) -> World:
    return World({a: Fraction(random.randint(1, 9), 7), b: Fraction(random.randint(1, 9), 5)})


def negative(random: Random) -> World:
    return World({a: -2, b: 3})


CLAIM = Claim(
    id="algebra.root",
    title="The root of a square times a number",
    states=equation(sqrt(a**2) * b, a * b),
    given=[unequal(a, -1), greater(a, 0)],
    proof=chain(sqrt(a**2) * b, equals(a * b, by=square_root)),
    worlds=positive,
    variants=[
        Variant("the square for the root", states=equation(sqrt(a**2) * b, a**2 * b)),
        Variant("a factor lost", states=equation(sqrt(a**2) * b, a)),
        Variant("the wrong sign", states=equation(sqrt(a**2) * b, -(a * b))),
    ],
    without=[Without(greater(a, 0), negative)],
)
TOO_STRONG = replace(CLAIM, given=[greater(a, 0)])


def test_a_hypothesis_that_is_stronger_than_the_proof_needs_is_a_problem() -> None:
    result = check(TOO_STRONG)
    assert is_theorem(result.proof)
    assert not result.ok
    assert result.problems == ("unneeded hypothesis: a > 0; a ≥ 0 is enough",)


def test_of_a_superfluous_hypothesis_no_weaker_form_is_proposed() -> None:
    result = check(replace(CLAIM, given=[greater(b, 0), greater(a, 0)]))
    assert "unneeded hypothesis: b > 0" in result.problems
    assert not any("b" in problem and "is enough" in problem for problem in result.problems)


def weakest(claim: Claim) -> Claim:
    from verify import at_least

    fact = at_least(a, 0)
    return replace(claim, given=[fact], without=[Without(fact, negative)])


BEST = weakest(CLAIM)


def test_a_claim_with_all_that_is_asked_for_is_ok() -> None:
    result = check(BEST)
    assert result.problems == ()
    assert (result.ok, result.undecided) == (True, False)
    assert result.evidence is not None
    assert (result.evidence.verdict, result.evidence.rung) == ("confirmed", "exact")
    assert [each.verdict for each in result.hypotheses] == ["needed"]
    assert [each.verdict for each in result.variants] == ["refuted"] * 3
    assert all(each.counterexample for each in result.variants)


def test_a_hypothesis_that_nothing_uses_is_a_problem() -> None:
    result = check(replace(BEST, given=[unequal(a, -1), *BEST.given]))
    assert not result.ok
    assert "unneeded hypothesis: a ≠ -1" in result.problems


def test_contradictory_hypotheses_are_an_error() -> None:
    claim = replace(BEST, given=[*BEST.given, equation(a, -1)])
    answer = prove(claim)
    assert isinstance(answer, Refused)
    assert answer.where == "given"
    with pytest.raises(ClaimError, match="given"):
        check(claim)


def test_a_variant_that_survives_is_a_failure() -> None:
    same = Variant("nothing", states=BEST.states)
    true = Variant("the sides swapped", states=equation(a * b, sqrt(a**2) * b))
    result = check(replace(BEST, variants=[*BEST.variants, same, true]))
    assert [each.verdict for each in result.variants][3:] == ["survived", "survived"]
    assert (result.ok, result.undecided) == (False, False)


def test_fewer_than_three_variants_are_a_problem() -> None:
    result = check(replace(BEST, variants=BEST.variants[:2]))
    assert result.problems == ("2 false variants; at least 3 are asked for",)


def test_a_false_claim_is_contradicted() -> None:
    result = check(replace(BEST, states=equation(sqrt(a**2) * b, a * b + 1)))
    assert isinstance(result.proof, Refused)
    assert result.evidence is not None
    assert result.evidence.verdict == "contradicted"
    assert not result.ok
    assert not result.undecided


def test_a_claim_without_a_proof_is_undecided() -> None:
    result = check(replace(BEST, proof=None))
    assert isinstance(result.proof, Refused)
    assert (result.ok, result.undecided) == (False, True)


def test_proofs_only_leaves_the_simulation_out() -> None:
    result = check(BEST, proofs_only=True)
    assert result.ok
    assert (result.evidence, result.variants) == (None, ())


def test_rows_are_judged_in_exact_worlds_where_that_is_asked_for() -> None:
    assert check(BEST).rows == ()
    (row,) = check(BEST, rows=True).rows
    assert (row.where, row.verdict, row.worlds > 0) == ("row 1", "holds", True)


def test_a_row_that_the_kernel_accepts_and_a_world_refutes_is_a_failure(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    wrong = RowCheck("row 1", "fails", 1, "a = -2, b = 3")
    monkeypatch.setattr(checking, "check_rows", lambda claim, seed: (wrong,))
    result = check(BEST, rows=True)
    assert (result.ok, result.undecided) == (False, False)
    assert result.problems == ("row 1 was accepted by the kernel and is false for a = -2, b = 3",)


ERRATUM = Claim(
    id="algebra.e_root",
    title="The root of a square",
    states=equation(sqrt(a**2) * b, a * b),
    worlds=negative,
    expected="refuted",
    corrected="initialization.preactivation_variance",
)


def test_an_erratum_is_refuted_by_an_exact_world() -> None:
    result = check(ERRATUM)
    assert result.ok
    assert result.evidence is not None
    assert result.evidence.counterexample == "a = -2, b = 3"


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        ({"worlds": positive}, None),
        ({"corrected": None}, "an erratum names the claim that is true instead"),
        ({"awaits": "algebra.nowhere"}, "an erratum names the claim that is true instead"),
        (
            {"corrected": None, "awaits": "initialization.preactivation_variance"},
            "awaits: initialization.preactivation_variance is there",
        ),
        ({"corrected": "algebra.nowhere"}, "corrected: there is no claim 'algebra.nowhere'"),
        (
            {
                "states": equation(a * b, b * a),
                "proof": chain(a * b, equals(b * a, by=algebra)),
            },
            "the erratum has a proof",
        ),
    ],
)
def test_an_erratum_that_is_not_refuted_is_not_ok(change: Any, problem: str | None) -> None:
    result = check(replace(ERRATUM, **change))
    assert not result.ok
    assert result.undecided is (problem is None)
    assert problem is None or result.problems[0].startswith(problem)


def test_an_erratum_may_stand_before_its_correction_is_proved() -> None:
    assert check(replace(ERRATUM, corrected=None, awaits="algebra.nowhere")).ok


def test_malformed_input_is_a_claim_error_with_its_place() -> None:
    odd: Any = 0.5
    with pytest.raises(ClaimError, match=r"^algebra.root, row 1: the float 0.5"):
        check(replace(BEST, proof=chain(a, equals(a + odd, by=algebra))))
    not_a_claim: Any = "algebra.root"
    with pytest.raises(ClaimError, match=r"'algebra\.root' is not a Claim"):
        prove(not_a_claim)


def test_assert_proved_returns_the_theorem_or_shows_the_row() -> None:
    assert assert_proved(BEST).states == BEST.states
    wrong = replace(BEST, proof=chain(sqrt(a**2) * b, equals(a * b, by=given)))
    with pytest.raises(AssertionError, match=r"refused at row 1, by given: (.|\n)*to    a·b"):
        assert_proved(wrong)


def test_assert_confirmed_returns_the_evidence_or_shows_it() -> None:
    assert assert_confirmed(BEST, seed=3).rung == "exact"
    with pytest.raises(AssertionError, match=r"cross-check contradicted(.|\n)*counterexample: a ="):
        assert_confirmed(replace(BEST, states=equation(sqrt(a**2) * b, a)))
