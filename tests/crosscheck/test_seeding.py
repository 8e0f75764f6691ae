from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from verify import Claim, E, Rational, crosscheck, equation, models, random_variable, real

X, a = random_variable("X"), real("a")


def honest(rng: np.random.Generator, point: Any, size: int) -> Any:
    return rng.uniform(-1.0, 1.0, size) ** 2


def global_state(rng: np.random.Generator, point: Any, size: int) -> Any:
    return np.random.default_rng().uniform(-1.0, 1.0, size) ** 2


def own_seed(rng: np.random.Generator, point: Any, size: int) -> Any:
    return np.random.default_rng(1).uniform(-1.0, 1.0, size) ** 2


def claim(draw: Any) -> Claim:
    return Claim(
        id="probability.uniform",
        title="The second moment of a uniform law on [-1, 1]",
        states=equation(E(X**2), Rational(1, 3)),
        model=models.Mean(draw, lambda point: 4 / 45),
    )


def test_a_model_that_draws_from_its_generator_is_confirmed() -> None:
    assert crosscheck(claim(honest)).verdict == "confirmed"


@pytest.mark.parametrize(
    ("draw", "reason"),
    [
        (global_state, "the same seed gave other draws"),
        (own_seed, "another seed gave the same draws"),
    ],
)
def test_a_model_that_ignores_its_seed_is_undecided(draw: Any, reason: str) -> None:
    found = crosscheck(claim(draw))
    assert (found.verdict, found.points[0].samples) == ("undecided", 0)
    assert reason in found.reason


def test_a_constant_is_the_same_for_every_seed_and_no_fault() -> None:
    constant = replace(
        claim(lambda rng, point, size: np.full(size, 0.25)),
        states=equation(E(X**2), Rational(1, 4)),
        model=models.Mean(lambda rng, point, size: np.full(size, 0.25), lambda point: 0.0),
    )
    assert crosscheck(constant).verdict == "confirmed"


def test_one_number_for_a_whole_batch_is_no_sample() -> None:
    found = crosscheck(claim(lambda rng, point, size: np.full(size, rng.standard_normal())))
    assert found.verdict == "undecided"
    assert "they must be independent" in found.reason


@pytest.mark.parametrize(
    "model",
    [
        models.SameDistribution(global_state, honest, (0.5,)),
        models.Comparison(lambda rng, point: (np.random.default_rng().normal(size=3), 0.0)),
        models.Optimum(
            data=lambda rng, point: {"a": np.random.default_rng().normal()},
            objective=lambda data, x: 0.0,
            excess=lambda data, x: 0.0,
            feasible=lambda rng, data, count: np.zeros(count),
            solve=lambda data: 0.0,
        ),
    ],
)
def test_every_kind_of_model_is_drawn_twice(model: Any) -> None:
    found = crosscheck(replace(claim(honest), model=model))
    assert found.verdict == "undecided"
    assert "the same seed gave other draws" in found.reason


def test_a_model_that_raises_is_undecided_with_what_it_raised() -> None:
    def broken(rng: np.random.Generator, point: Any, size: int) -> Any:
        raise KeyError("q")

    found = crosscheck(claim(broken))
    assert found.verdict == "undecided"
    assert "KeyError: 'q'" in found.reason


@pytest.mark.parametrize("value", [np.nan, np.inf])
def test_a_model_that_returns_no_numbers_is_undecided(value: float) -> None:
    found = crosscheck(claim(lambda rng, point, size: np.full(size, value)))
    assert found.verdict == "undecided"
    assert "NaN or infinity" in found.reason
