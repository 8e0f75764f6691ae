"""What is called bare draws is what the generator and BLAS take, and nothing else changes."""

import time
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from benchmarks.tables import spent_table
from benchmarks.time_spent import (
    Spent,
    Stopwatch,
    Watched,
    WatchedGenerator,
    peak_memory,
    spent,
    time_spent,
    watched,
    with_draws,
)
from verify.authoring.names import dimension, random_variable, real
from verify.authoring.statements import equation
from verify.authoring.terms import V
from verify.claim import Claim
from verify.crosscheck.models import BoundedMean, Comparison, Mean, SameDistribution
from verify.discovery import claims
from verify.report.page import plain

n, v, X = dimension("n"), real("v"), random_variable("X")


def draw(rng: Any, point: Any, size: int) -> Any:
    weights = rng.standard_normal((size, 1, point["n"])) * np.sqrt(point["v"])
    return (weights @ np.ones((point["n"], 1)))[:, 0, 0] ** 2


CLAIM = Claim(
    id="made_up.sum_variance",
    title="",
    states=equation(V(X), n * v),
    model=Mean(draw, lambda p: float(2 * (p["n"] * p["v"]) ** 2)),
    points=[{"n": 3, "v": 0.7}],
)


def test_watching_changes_no_number_and_adds_up_time() -> None:
    watch = Stopwatch()
    rng = WatchedGenerator(np.random.default_rng(3), watch)
    plain_draws = draw(np.random.default_rng(3), {"n": 4, "v": 2.0}, 1000)
    found = draw(rng, {"n": 4, "v": 2.0}, 1000)
    assert np.array_equal(found, plain_draws)
    assert isinstance(found, Watched)
    assert watch.seconds > 0


def test_only_products_are_timed() -> None:
    class Counting(Stopwatch):
        calls = 0

        def __call__(self, work: Any, *parts: Any, **named: Any) -> Any:
            self.calls += 1
            return super().__call__(work, *parts, **named)

    watch = Counting()
    array = watched(np.eye(3), watch)
    assert float(np.sum(np.maximum(array, 0) + array**2)) == 6
    assert watch.calls == 0
    for value in (array @ array, np.einsum("ij,jk->ik", array, array), np.dot(array, array)):
        assert np.array_equal(value, np.eye(3))
    assert watch.calls == 3
    out = np.zeros((3, 3))
    np.add(array, array, out=out)
    assert out[0, 0] == 2


def test_a_stopwatch_counts_the_processor_and_not_the_clock() -> None:
    watch = Stopwatch()
    watch(time.sleep, 0.05)
    assert watch.seconds < 0.05


def test_a_sampled_claim_is_split_into_its_parts() -> None:
    found = spent(CLAIM, alpha=1e-6)
    assert found.model is not None
    assert found.bare is not None
    assert 0 < found.bare < found.simulated
    assert found.model < found.simulated
    assert 0.5 < found.draws / found.formula < 2


def test_other_models_have_no_bare_draws() -> None:
    compared = replace(CLAIM, model=Comparison(lambda rng, p: (p["n"] * p["v"], dict(p))))
    found = spent(compared, alpha=1e-6)
    assert (found.bare, found.draws) == (None, 0)
    assert spent(replace(CLAIM, model=None), alpha=1e-6) == Spent(CLAIM.id, 0.0, 0.0)


@pytest.mark.parametrize(
    "model", [BoundedMean(draw, 0, 1), SameDistribution(draw, draw, [0.0]), CLAIM.model]
)
def test_every_draw_of_a_model_is_changed(model: Any) -> None:
    changed = with_draws(model, lambda each: "changed")
    draws = [getattr(changed, name) for name in vars(changed) if name.startswith("draw")]
    assert set(draws) == {"changed"}


def test_the_table_adds_up_what_is_sampled_and_what_is_not() -> None:
    rows = [
        Spent("algebra.one", 1.0, 3.0, 2.0, 1.5, 2000, 1000.0),
        Spent("algebra.two", 0.5, 1.0, 1.0, 0.5, 300, 0.0),
        Spent("algebra.three", 0.25, 4.0),
    ]
    lines = plain(spent_table(rows)).splitlines()
    sampled = "all that is sampled 1.50 4.00 3.00 2.00 2.00× 2.0k 2.00"
    assert [" ".join(line.split()) for line in lines[-2:]] == [
        sampled,
        "all that is not 0.25 4.00",
    ]
    assert not any("…" in line for line in lines)


def test_memory_is_told_in_megabytes() -> None:
    assert 20 < peak_memory() < 20_000


@pytest.mark.slow
def test_all_simulations_together_take_the_draws_that_the_design_predicts() -> None:
    sampled = [
        replace(claim, worlds=None)
        for claim in claims()
        if isinstance(claim.model, Mean | BoundedMean | SameDistribution)
        and claim.expected == "proved"
    ]
    found = time_spent(sampled)
    assert len(found) > 40
    assert all(each.draws and each.formula for each in found)
    assert sum(each.draws for each in found) < 1.3 * sum(each.formula for each in found)
