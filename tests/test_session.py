from typing import Any

import numpy as np

from verify import Claim, E, Rational, equation, models, random_variable
from verify.session import run_claims

X = random_variable("X")


def draw(rng: np.random.Generator, point: Any, size: int) -> Any:
    return rng.uniform(-1.0, 1.0, size) ** 2


def variance(point: Any) -> float:
    return 4 / 45


CLAIM = Claim(
    id="probability.uniform",
    title="The second moment of a uniform law on [-1, 1]",
    states=equation(E(X**2), Rational(1, 3)),
    model=models.Mean(draw, variance),
    points=[{}],
)


def test_another_seed_draws_other_samples() -> None:
    first, second = (run_claims([CLAIM], seed=seed).results[0].evidence for seed in (1, 2))
    assert first is not None
    assert second is not None
    assert first.points[0].observed != second.points[0].observed


def test_the_claim_without_a_proof_stays_undecided_or_fails() -> None:
    run = run_claims([CLAIM])
    assert run.exit_code() in (1, 3)
    assert not run.results[0].ok
