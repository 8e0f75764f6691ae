import math
from collections.abc import Callable

import numpy as np
import pytest

from verify.crosscheck.eprocess import BETS, Floats, Plan, Test, influence, summarise

Law = Callable[[np.random.Generator, int], Floats]

#: Name, draws, mean, variance; each law with a heavier tail than the one before.
LAWS: list[tuple[str, Law, float, float]] = [
    ("normal", lambda rng, k: rng.normal(1, 0.7, k), 1, 0.49),
    ("square of a normal", lambda rng, k: rng.standard_normal(k) ** 2, 1, 2),
    ("two values", lambda rng, k: (rng.random(k) < 0.1) / 0.1, 1, 9),
    ("fourth power", lambda rng, k: rng.standard_normal(k) ** 4 / 3, 1, 96 / 9),
    ("Student, 5 degrees", lambda rng, k: rng.standard_t(5, k) + 1, 1, 5 / 3),
]
IDS = [name for name, *_ in LAWS]


def decided(law: Law, plan: Plan, seed: int = 0) -> Test:
    test = Test(plan)
    rng = np.random.Generator(np.random.SFC64(seed))
    for _ in range(plan.chunks):
        test.feed(summarise(law(rng, plan.chunk_draws), plan))
        if test.decision != "undecided":
            break
    return test


def plan_for(claimed: float, variance: float, detect: float = 0.01) -> Plan:
    return Plan(claimed, detect * abs(claimed), variance, 1e-6, 1e-6, 32768)


@pytest.mark.parametrize(("name", "law", "mean", "variance"), LAWS, ids=IDS)
def test_a_true_mean_is_confirmed(name: str, law: Law, mean: float, variance: float) -> None:
    assert decided(law, plan_for(mean, variance)).decision == "confirmed"


@pytest.mark.parametrize("factor", [0.99, 1.01, 1.02, 2.0])
@pytest.mark.parametrize(("name", "law", "mean", "variance"), LAWS, ids=IDS)
def test_a_mean_wrong_by_one_per_cent_is_contradicted(
    name: str, law: Law, mean: float, variance: float, factor: float
) -> None:
    wrong = mean / factor
    plan = Plan(wrong, abs(mean - wrong), variance, 1e-6, 1e-6, 32768)
    assert decided(law, plan).decision == "contradicted"


@pytest.mark.parametrize(("name", "law", "mean", "variance"), LAWS[:4], ids=IDS[:4])
def test_a_variance_bound_that_is_too_small_is_caught(
    name: str, law: Law, mean: float, variance: float
) -> None:
    assert decided(law, plan_for(mean, 0.6 * variance)).decision == "bound exceeded"


def test_a_generous_bound_only_costs_draws() -> None:
    tight = decided(LAWS[0][1], plan_for(1, 0.49))
    loose = decided(LAWS[0][1], plan_for(1, 4 * 0.49))
    assert tight.decision == loose.decision == "confirmed"
    assert loose.draws > 2 * tight.draws


def test_false_alarms_of_the_process_stay_below_their_bound() -> None:
    # 400 true suites at alpha = 0.05, watched at every block: Ville allows 5 % of them.
    alarms = 0
    for seed in range(400):
        plan = Plan(0.0, 0.25, 1.0, 0.05, 1e-12, 4096)
        test = decided(lambda rng, k: rng.standard_normal(k), plan, seed)
        alarms += test.decision == "contradicted"
    assert alarms <= 0.05 * 400 + 5 * math.sqrt(400 * 0.05 * 0.95)


def test_the_influence_lies_between_catonis_bounds() -> None:
    y = np.linspace(-30, 30, 4001)
    assert (influence(y) <= np.log1p(y + y * y / 2) + 1e-12).all()
    assert (influence(y) >= -np.log1p(-y + y * y / 2) - 1e-12).all()
    assert (np.diff(influence(y)) > 0).all()


def test_the_sample_bound_follows_the_formula() -> None:
    plan = plan_for(2.0, 3.0)
    a, b = math.log(4e6), math.log(1e6)
    bound = 2 * (math.sqrt(a) + math.sqrt(b)) ** 2 * 3.0 / 0.02**2
    assert bound <= plan.draws <= 1.2 * bound
    assert plan.chunk_draws <= 32768
    assert plan.draws % plan.block == 0
    assert plan.block % 2 == 0


@pytest.mark.parametrize(("name", "law", "mean", "variance"), LAWS[:4], ids=IDS[:4])
def test_a_true_mean_takes_the_draws_of_the_formula(
    name: str, law: Law, mean: float, variance: float
) -> None:
    plan = Plan(mean, 0.05 * mean, variance, 1e-6, 1e-6, 32768)
    ratios = [decided(law, plan, seed).draws / plan.expected for seed in range(60)]
    assert 1 / 1.3 < float(np.mean(ratios)) < 1.3
    assert plan.expected < 0.3 * plan.draws


@pytest.mark.parametrize("pairs", [1, 15, 16, 17, 100])
def test_bets_on_the_variance_do_not_need_whole_groups(pairs: int) -> None:
    draws = np.random.default_rng(0).standard_normal(2 * pairs)
    plan = Plan(0.0, 1.0, 1.0, 1e-6, 1e-6, 32768)
    ratio = (draws[0::2] - draws[1::2]) ** 2 / 2
    found = summarise(draws, plan)
    assert plan.block == 2
    whole = pairs - pairs % 16
    groups = [*ratio[:whole].reshape(16, -1).mean(axis=0)]
    groups += [ratio[whole:].mean()] if whole < pairs else []
    for bet, log in zip(BETS, found.bets, strict=True):
        assert log == pytest.approx(sum(math.log1p(bet * (each - 1)) for each in groups))
    assert found.pairs == pairs
    assert found.squares == pytest.approx(ratio.sum())


def test_an_overwhelming_variance_is_infinite_evidence_and_no_warning() -> None:
    plan = Plan(0.0, 1.0, 1.0, 1e-6, 1e-6, 32768)
    draws = np.tile([1e60, -1e60], 64)
    with np.errstate(all="raise"):
        assert Test(plan).feed(summarise(draws, plan)) == "bound exceeded"


def test_sharing_alpha_costs_little() -> None:
    alone, shared = plan_for(1, 1), Plan(1, 0.01, 1, 1e-8, 1e-6, 32768)
    assert alone.draws < shared.draws < 1.3 * alone.draws


def test_a_draw_without_variance_is_decided_at_once() -> None:
    plan = Plan(2.0, 0.02, 0.0, 1e-6, 1e-6, 32768)
    assert decided(lambda rng, k: np.full(k, 2.0), plan).decision == "confirmed"
    assert decided(lambda rng, k: np.full(k, 2.1), plan).decision == "contradicted"
    assert decided(lambda rng, k: rng.normal(2, 1, k), plan).decision == "bound exceeded"


def test_the_decision_does_not_depend_on_the_size_of_chunks() -> None:
    draws = np.random.default_rng(1).normal(1, 0.7, 400_000)
    ends = []
    for size in (4096, 65536):
        plan = Plan(1.0, 0.01, 0.49, 1e-6, 1e-6, size)
        test, start = Test(plan), 0
        while test.decision == "undecided" and start + plan.chunk_draws <= len(draws):
            test.feed(summarise(draws[start : start + plan.chunk_draws], plan))
            start += plan.chunk_draws
        ends.append((test.decision, test.draws))
    assert ends[0] == ends[1]
    assert ends[0][0] == "confirmed"


@pytest.mark.slow
@pytest.mark.parametrize(("name", "law", "mean", "variance"), LAWS, ids=IDS)
def test_no_suite_of_a_hundred_claims_goes_wrong(
    name: str, law: Law, mean: float, variance: float
) -> None:
    true, wrong = Plan(mean, 0.05 * mean, variance, 1e-8, 1e-6, 32768), mean / 1.05
    off = Plan(wrong, mean - wrong, variance, 1e-8, 1e-6, 32768)
    for seed in range(100):
        assert decided(law, true, seed).decision == "confirmed"
        assert decided(law, off, seed).decision == "contradicted"
