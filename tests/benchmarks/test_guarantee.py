"""The guarantee is measured: many suites, each of a hundred claims, at a level that shows."""

import numpy as np
import pytest
from scipy.stats import binom

from benchmarks.__main__ import main
from benchmarks.guarantee import LEVEL, OURS, guarantee, misdeclared
from benchmarks.laws import DEPTH, LAWS, WIDTH, Law, deep_network, full_network
from benchmarks.tables import alarms_table, guarantee_table
from benchmarks.usual_checks import USUAL, Setting, bounded_support
from verify.crosscheck.eprocess import Plan, Test, summarise
from verify.report.page import plain


def decided(law: Law, claimed: float, gap: float, bound: float) -> str:
    plan, rng = Plan(claimed, gap, bound, 1e-6, 1e-6, 32768), np.random.default_rng(0)
    test = Test(plan)
    for _ in range(plan.chunks):
        if test.feed(summarise(law.draw(rng, (plan.chunk_draws,)), plan)) != "undecided":
            break
    return test.decision


@pytest.mark.parametrize("law", LAWS, ids=lambda law: law.name)
def test_each_law_has_the_mean_and_the_variance_that_it_states(law: Law) -> None:
    assert decided(law, 1.0, 0.05, law.variance) == "confirmed"
    assert decided(law, 1.0, 0.05, 0.7 * law.variance) == "bound exceeded"


def test_the_layer_conditional_reduction_has_the_law_of_the_full_network() -> None:
    rng = np.random.default_rng(1)
    plan = Plan(0.0, 0.02, 0.5, 1e-6 / 4, 1e-6, 16384)
    tests = {threshold: Test(plan) for threshold in (0.01, 0.1, 1.0, 4.0)}
    while any(test.decision == "undecided" for test in tests.values()):
        left, right = (f(rng, (plan.chunk_draws,)) for f in (deep_network, full_network))
        for threshold, test in tests.items():
            if test.decision == "undecided":
                apart = np.subtract(left > threshold, right > threshold, dtype=np.float64)
                test.feed(summarise(apart, plan))
    assert {test.decision for test in tests.values()} == {"confirmed"}
    assert (WIDTH, DEPTH) == (10, 4)


def test_every_check_judges_the_same_claims() -> None:
    found = guarantee(2)
    for check in (OURS, *USUAL):
        total = found.total(check)
        assert total.true == total.wrong == 200
        assert total.caught + total.missed <= total.wrong
        assert total.alarmed <= {0, 1}
    assert found.total(OURS).draws < found.total("3 standard errors").draws / 2


def test_the_interval_for_bounded_laws_holds_the_mean_and_needs_the_bound() -> None:
    rng, setting = np.random.default_rng(2), Setting(alpha=1e-6, gap=0.1, high=1.0)
    draws = rng.random((50, 1000))
    bounds = bounded_support(draws, setting)
    assert bounds.passed(np.full(50, 0.5)).all()
    assert not bounds.passed(np.full(50, 0.9)).any()
    assert not bounded_support(2 * draws, setting).passed(np.full(50, 1.0)).any()


def test_a_variance_declared_too_small_is_told_and_not_blamed_on_the_claim() -> None:
    total = misdeclared(2).total(OURS)
    assert total.exceeded > 0.9 * (total.true + total.wrong)


def test_the_tables_have_a_row_for_each_check() -> None:
    found = guarantee(1)
    text = plain(guarantee_table(found, found, found)) + plain(alarms_table(found))
    for check in (OURS, *USUAL):
        assert text.count(f" {check} ") == 2
    assert "…" not in text


@pytest.mark.parametrize("arguments", [["nothing"], ["guarantee", "--suites", "0"]])
def test_a_wrong_call_of_the_benchmarks_is_explained(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        main(arguments)
    assert "python -m benchmarks: error: " in capsys.readouterr().err


@pytest.mark.slow
def test_a_thousand_suites_keep_the_guarantee_that_the_usual_checks_break() -> None:
    suites = 1000
    found = guarantee(suites)
    # What a true rate of LEVEL exceeds once in a million.
    most = binom.isf(1e-6, suites, LEVEL)
    ours = found.total(OURS)
    assert len(ours.alarmed) <= most
    assert len(ours.deceived) <= most
    assert ours.caught > 0.99 * ours.wrong
    assert ours.draws / ours.true < 1.3 * found.formula
    assert len(found.total("3 standard errors").alarmed) > most
    assert len(found.total("3 standard errors, watched").alarmed) > 0.9 * suites
    assert len(found.total("np.isclose").deceived) > 0.9 * suites
    assert len(found.total("bounded support (DKWM)").deceived) > 0.9 * suites
