import math
import tracemalloc
from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Future, ThreadPoolExecutor
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from verify.authoring.names import dimension, index, random_variable, random_vector, real
from verify.authoring.rows import greater, same_law
from verify.authoring.statements import all_of, equation, every, iff, implies
from verify.authoring.terms import E, V, relu
from verify.claim import Claim
from verify.crosscheck import crosscheck, sampling
from verify.crosscheck.models import AsymptoticMean, BoundedMean, Mean, SameDistribution
from verify.errors import ClaimError

n, v, X, W = dimension("n"), real("v"), random_variable("X"), random_vector("W", dimension("n"))


def draw(rng: np.random.Generator, point: Any, size: int) -> Any:
    return rng.standard_normal((size, point["n"])).sum(axis=1) ** 2 * point["v"]


def variance(point: Any) -> float:
    return float(2 * (point["n"] * point["v"]) ** 2)


TRUE = Claim(
    id="made_up.sum_variance",
    title="the variance of a sum",
    states=equation(V(X), n * v),
    model=Mean(draw, variance),
    points=[{"n": 3, "v": 0.7}, {"n": 5, "v": 2.0}],
)


def test_a_true_claim_is_confirmed_with_its_smallest_detectable_error() -> None:
    found = crosscheck(TRUE)
    assert (found.verdict, found.rung) == ("confirmed", "variance-bounded")
    assert [point.smallest_detectable for point in found.points] == [0.01, 0.01]
    assert all(point.samples > 10_000 for point in found.points)


@pytest.mark.parametrize(
    "right", [n * v * Fraction(101, 100), n * v**2, n**2 * v, v, (n - 1) * v, -n * v]
)
def test_a_changed_statement_is_contradicted_by_the_same_model(right: Any) -> None:
    found = crosscheck(replace(TRUE, states=equation(V(X), right)))
    assert found.verdict == "contradicted"
    assert found.counterexample is not None
    assert "made_up.sum_variance, point n=3, v=0.7" in found.counterexample


def test_one_per_cent_in_a_small_constant_is_what_is_detected() -> None:
    claim = replace(TRUE, states=equation(V(X) + 1, n * v + Fraction(1, 2)), points=TRUE.points[:1])
    shifted = Mean(lambda rng, p, k: draw(rng, p, k) + 0.5, variance)
    found = crosscheck(replace(claim, model=shifted), detect=0.1)
    assert found.verdict == "confirmed"
    smallest = found.points[0].smallest_detectable
    assert smallest is not None
    assert smallest == pytest.approx(0.1 * 0.5 / 2.6)


@pytest.mark.parametrize(
    ("broken", "message"),
    [
        (lambda rng, p, k: np.full(k, np.nan), "NaN"),
        (lambda rng, p, k: np.full(k, np.inf), "NaN or infinity"),
        (lambda rng, p, k: np.zeros((k, 1)), "shape"),
        (lambda rng, p, k: np.zeros(k - 1), "shape"),
        (lambda rng, p, k: 1.0, "shape"),
        (lambda rng, p, k: ["a"] * k, "not real numbers"),
        (lambda rng, p, k: np.zeros(k, dtype=complex), "not real numbers"),
        (lambda rng, p, k: 1 / 0, "ZeroDivisionError"),
        (lambda rng, p, k: p["missing"], "KeyError"),
        (lambda rng, p, k: 30 * draw(rng, p, k) - 29 * p["n"] * p["v"], "more than the bound"),
    ],
)
def test_a_model_that_fails_is_undecided_and_says_where(
    broken: Callable[..., Any], message: str
) -> None:
    found = crosscheck(replace(TRUE, model=Mean(broken, variance)))
    assert found.verdict == "undecided"
    assert message in found.reason
    assert "made_up.sum_variance, point n=3, v=0.7" in found.reason


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"points": [{"n": 3}]}, "no value to v"),
        ({"states": equation(V(X), E(X))}, "no value of an Expectation"),
        ({"states": same_law(X, -X)}, "needs a statement of the kind Equation"),
        ({"states": equation(V(X), 1 / (n - n))}, "division by zero"),
        ({"model": Mean(draw, lambda p: -1.0)}, "the variance bound is -1"),
        ({"model": Mean(draw, lambda p: math.nan)}, "the variance bound is nan"),
        ({"model": Mean(draw, lambda p: 1e12)}, "draws would be needed"),
    ],
)
def test_a_point_that_cannot_be_tested_is_undecided(change: Any, message: str) -> None:
    found = crosscheck(replace(TRUE, **change))
    assert found.verdict == "undecided"
    assert message in found.reason


def test_quantities_on_the_right_side_may_be_supplied() -> None:
    half = Claim(
        id="made_up.half",
        title="",
        states=implies(equation(E(X), 0), equation(E(relu(X) ** 2), E(X**2) / 2)),
        model=Mean(
            lambda rng, p, k: np.maximum(rng.uniform(-1, 1, k), 0) ** 2,
            lambda p: 1 / 10 - 1 / 36,
            known=lambda p: {E(X**2): 1 / 3},
        ),
    )
    assert crosscheck(half, detect=0.05).verdict == "confirmed"


def test_a_quantified_index_takes_its_value_from_the_point() -> None:
    j = index("j", n)
    claim = replace(
        TRUE,
        states=every(j, equation(E(W[j]), v * j)),
        model=Mean(lambda rng, p, k: rng.normal(p["v"] * p["j"], 1, k), lambda p: 1.0),
        points=[{"n": 3, "v": 2.0, "j": 2}],
    )
    assert crosscheck(claim).verdict == "confirmed"


def test_where_the_mean_is_zero_the_scale_is_a_standard_deviation() -> None:
    centred = replace(
        TRUE,
        states=equation(E(X), 0),
        model=Mean(lambda rng, p, k: rng.normal(0, 3, k), lambda p: 9.0),
        points=[{}],
    )
    found = crosscheck(centred, detect=0.05)
    assert found.verdict == "confirmed"
    assert found.points[0].smallest_detectable == 0.05
    off = replace(centred, model=Mean(lambda rng, p, k: rng.normal(0.15, 3, k), lambda p: 9.0))
    assert crosscheck(off, detect=0.05).verdict == "contradicted"
    scaled = Mean(lambda rng, p, k: rng.normal(0.15, 3, k), lambda p: 9.0, scale=lambda p: 30.0)
    assert crosscheck(replace(centred, model=scaled), detect=0.05).verdict != "contradicted"


def test_bounded_draws_are_checked_against_their_range() -> None:
    coin = replace(
        TRUE,
        states=equation(E(X), Fraction(3, 10) + 0 * v),
        model=BoundedMean(lambda rng, p, k: rng.random(k) < 0.3, 0, 1),
        points=[{"v": 1}],
    )
    found = crosscheck(coin, detect=0.05)
    assert (found.verdict, found.rung) == ("confirmed", "bounded")
    wide = BoundedMean(lambda rng, p, k: 3 * rng.random(k), 0, 1)
    assert "outside [0, 1]" in crosscheck(replace(coin, model=wide)).reason


COIN = replace(
    TRUE, points=[{"v": 1}], model=BoundedMean(lambda rng, p, k: rng.random(k) < 0.1, 0, 1)
)


def says(mean: Fraction) -> Claim:
    """That the coin has this mean."""
    return replace(COIN, states=equation(E(X), mean + 0 * v))


def test_a_bounded_variable_with_a_mean_near_its_bound_takes_fewer_draws() -> None:
    claim = says(Fraction(1, 10))
    draws = [
        crosscheck(each, detect=0.05).points[0].samples
        for each in (claim, replace(claim, model=Mean(claim.model.draw, lambda p: 1 / 4)))
    ]
    assert draws[0] < draws[1] / 2  # their variance is at most 0.1 · 0.9, and not 1/4


@pytest.mark.parametrize(
    "mean", ["1/1000", "1/20", "19/200", "21/200", "1/2", "999/1000", "3", "-1"]
)
def test_a_bounded_variable_of_more_variance_than_the_claimed_mean_allows_contradicts(
    mean: str,
) -> None:
    assert crosscheck(says(Fraction(mean))).verdict == "contradicted"


def test_without_a_bound_of_the_variance_the_evidence_is_called_asymptotic() -> None:
    model = AsymptoticMean(draw)
    found = crosscheck(replace(TRUE, model=model))
    assert (found.verdict, found.rung) == ("confirmed", "asymptotic")
    wrong = replace(TRUE, model=model, states=equation(V(X), n * v * Fraction(101, 100)))
    assert crosscheck(wrong).verdict == "contradicted"
    assert crosscheck(replace(TRUE, model=model)).points == found.points
    constant = AsymptoticMean(lambda rng, p, k: np.full(k, p["n"] * p["v"]), pilot=64)
    assert "all 64 pilot draws are 2.1" in crosscheck(replace(TRUE, model=constant)).reason


def _cauchy(shift: float) -> Any:
    return lambda rng, p, k: rng.standard_cauchy(k) + shift


def test_equal_laws_are_confirmed_without_moments_and_shifted_ones_contradicted() -> None:
    model = SameDistribution(_cauchy(0), lambda rng, p, k: -rng.standard_cauchy(k), [-1, 0, 2])
    symmetric = replace(TRUE, states=same_law(X, -X), model=model)
    found = crosscheck(symmetric, detect=0.02)
    assert (found.verdict, found.rung) == ("confirmed", "bounded")
    shifted = replace(model, draw_right=_cauchy(0.1))
    assert crosscheck(replace(symmetric, model=shifted), detect=0.02).verdict == "contradicted"
    nowhere = replace(model, thresholds=lambda p: [])
    assert "no thresholds" in crosscheck(replace(symmetric, model=nowhere)).reason


def test_the_same_seed_gives_the_same_figures_and_another_seed_others() -> None:
    first, again, other = (crosscheck(TRUE, seed=seed) for seed in (7, 7, 8))
    assert first.points == again.points
    assert first.points[0].observed != other.points[0].observed


@pytest.mark.parametrize(("numbers", "batch"), [(1, 524_296), (16, 32_776), (1000, 528)])
def test_batches_are_sized_by_the_random_numbers_of_one_draw(numbers: int, batch: int) -> None:
    model = Mean(lambda rng, p, k: rng.random((k, numbers)).sum(axis=1), variance)
    assert sampling.batch_size(model, {}) == batch


def test_a_model_is_asked_for_no_more_than_a_batch_at_once() -> None:
    asked = []

    def wide(rng: np.random.Generator, point: Any, size: int) -> Any:
        asked.append(size)
        return (rng.standard_normal((size, 500)) ** 2).mean(axis=1)

    claim = replace(TRUE, states=equation(V(X), n / n), model=Mean(wide, lambda p: 2 / 500))
    assert crosscheck(claim).verdict == "confirmed"
    assert max(asked) <= 1056


def test_memory_does_not_grow_with_the_number_of_draws() -> None:
    peaks, draws = [], []
    for detect in (0.02, 0.004):
        tracemalloc.start()
        (point,) = crosscheck(replace(TRUE, points=TRUE.points[:1]), detect=detect).points
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        draws.append(point.samples)
    assert draws[1] > 10 * draws[0] > 1e6
    assert max(peaks) < 100e6


def test_workers_do_not_change_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "_named", {TRUE.id: TRUE}.__getitem__)
    with ThreadPoolExecutor(3) as pool:
        spread = crosscheck(TRUE, executor=pool)
    assert spread.points == crosscheck(TRUE).points


class Losing(ThreadPoolExecutor):
    """Loses every third chunk, and refuses work after a while, as a broken pool does."""

    count = 0

    def submit(self, work: Any, /, *parts: Any, **named: Any) -> Any:
        self.count += 1
        if self.count > 9:
            raise BrokenExecutor("the pool is broken")
        future: Future[Any] = Future()
        if self.count % 3 == 0:
            future.set_exception(BrokenExecutor("a worker was lost"))
            return future
        return super().submit(work, *parts, **named)


def test_lost_workers_do_not_change_a_figure(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sampling, "_named", {TRUE.id: TRUE}.__getitem__)
    with Losing(2) as pool:
        assert crosscheck(TRUE, executor=pool).points == crosscheck(TRUE).points
    assert pool.count > 9


def test_more_checks_in_the_suite_need_more_evidence_each() -> None:
    wrong = replace(TRUE, states=equation(V(X), n * v * Fraction(11, 10)), points=TRUE.points[:1])
    alone, among_many = crosscheck(wrong), crosscheck(wrong, checks=10**6)
    assert alone.verdict == among_many.verdict == "contradicted"
    assert alone.points[0].samples < among_many.points[0].samples


@pytest.mark.parametrize(
    "options", [{"alpha": 0}, {"detect": 1}, {"power": 1.0}, {"checks": 0}, {"alpha": 2}]
)
def test_levels_outside_their_range_are_an_error(options: Any) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        crosscheck(TRUE, **options)


def test_a_claim_without_worlds_and_model_is_undecided() -> None:
    assert crosscheck(replace(TRUE, model=None)).verdict == "undecided"


def test_an_unknown_model_is_an_error_of_the_claim() -> None:
    with pytest.raises(ClaimError, match=r"made_up\.sum_variance, model"):
        crosscheck(replace(TRUE, model=draw))


def test_the_equation_is_found_inside_a_compound_statement() -> None:
    within = replace(TRUE, states=all_of(same_law(X, -X), TRUE.states, same_law(X, X)))
    evidence = crosscheck(within)
    assert [point.verdict for point in evidence.points] == ["confirmed", "confirmed"]
    assert evidence.verdict == "undecided"  # of the other parts nothing speaks
    assert "one part of the statement only" in evidence.reason


def test_a_premise_that_fails_at_the_point_makes_it_no_test() -> None:
    never = replace(TRUE, states=implies(greater(n, 1000), equation(V(X), 2 * n * v)))
    evidence = crosscheck(never)
    assert evidence.verdict == "undecided"
    assert "the premise fails at the point: n > 1000" in evidence.reason
    always = replace(TRUE, states=implies(all_of(greater(n, 0), same_law(X, X)), TRUE.states))
    assert crosscheck(always).verdict == "confirmed"


def test_draws_that_never_differ_do_not_test_a_mean_of_a_stated_variance() -> None:
    zeros = Mean(lambda rng, point, size: np.zeros(size), lambda point: 1.0)
    claim = replace(TRUE, states=equation(E(X), 0), model=zeros)
    evidence = crosscheck(claim)
    assert evidence.verdict == "undecided"
    assert "draws are alike" in evidence.reason
    sure = replace(zeros, variance=lambda point: 0.0, scale=lambda point: 1.0)
    assert crosscheck(replace(claim, model=sure)).verdict == "confirmed"


def test_a_variance_that_rare_large_draws_exceed_is_caught() -> None:
    """1000 with probability 1/1000 has the variance 999; most groups of draws see nothing of it."""
    rare = Mean(lambda rng, point, size: (rng.random(size) < 1e-3) * 1e3, lambda point: 99.0)
    evidence = crosscheck(replace(TRUE, states=equation(E(X), 1), model=rare), detect=0.05)
    assert evidence.verdict == "undecided"
    assert "more than the bound 99" in evidence.reason


def test_thresholds_beyond_all_draws_test_no_law() -> None:
    laws = SameDistribution(
        lambda rng, point, size: rng.standard_normal(size),
        lambda rng, point, size: 2 * rng.standard_normal(size),
        [50.0, -50.0],
    )
    evidence = crosscheck(replace(TRUE, states=same_law(X, 2 * X), model=laws))
    assert evidence.verdict == "undecided"
    assert "no threshold" in evidence.reason


def test_an_iff_is_sampled_where_its_right_side_holds() -> None:
    both = replace(TRUE, states=iff(equation(V(X), 6 + 0 * v), equation(v, 6 / n)))
    point = {"n": 3, "v": 2.0}
    (at,) = crosscheck(replace(both, points=[point])).points
    assert at.verdict == "confirmed"
    found = crosscheck(replace(both, points=[{"n": 3, "v": 1.0}]))
    assert found.verdict == "undecided"
    assert "right side of the iff fails" in found.reason
    wrong = replace(both, states=iff(equation(V(X), 6 + 0 * v), equation(v, 3 / n)))
    assert crosscheck(replace(wrong, points=[{"n": 3, "v": 1.0}])).verdict == "contradicted"
    other = replace(both, states=iff(TRUE.states, same_law(X, -X)))
    assert "only an iff" in crosscheck(other).reason


@pytest.mark.parametrize("factor", [1, 2])
def test_a_point_holds_the_wealth_that_decided_it(factor: int) -> None:
    claim = replace(TRUE, states=equation(V(X), factor * n * v))
    for point in crosscheck(claim, checks=10).points:
        path = point.wealth
        assert path is not None
        assert path.draws[0] == 0
        assert path.draws[-1] == point.samples
        assert path.confirms == pytest.approx(6)
        assert path.contradicts == pytest.approx(7)
        if point.verdict == "confirmed":
            assert min(max(path.above), max(path.below)) >= path.confirms - 0.01
        else:
            assert path.against[-1] >= path.contradicts
