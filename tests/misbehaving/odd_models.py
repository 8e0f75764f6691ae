"""Claims whose models misbehave, each in its own way, between two whose models do not."""

import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np

from verify import Claim, E, Rational, equation, models, random_variable

X = random_variable("X")
held: list[Any] = []


def variance(point: Any) -> float:
    return 4 / 45


def honest(rng: np.random.Generator, point: Any, size: int) -> Any:
    return rng.uniform(-1.0, 1.0, size) ** 2


def hangs(rng: np.random.Generator, point: Any, size: int) -> Any:
    marker = os.environ.get("ODD_MODELS_MARKER")
    if marker:
        Path(marker).touch()
    time.sleep(3600)
    return honest(rng, point, size)


def loops(rng: np.random.Generator, point: Any, size: int) -> Any:
    while True:
        try:
            sum(range(1000))
        except Exception:  # noqa: BLE001, S112 (what an author might write)
            continue


def dies(rng: np.random.Generator, point: Any, size: int) -> Any:
    os._exit(3)


def exits(rng: np.random.Generator, point: Any, size: int) -> Any:
    sys.exit("enough")


def leaks(rng: np.random.Generator, point: Any, size: int) -> Any:
    while True:
        held.append(np.zeros(2**24))


def claim(name: str, draw: Any) -> Claim:
    return Claim(
        id=f"odd.{name}",
        title="The second moment of a uniform law on [-1, 1]",
        states=equation(E(X**2), Rational(1, 3)),
        model=models.Mean(draw, variance),
    )


a_honest = claim("a_honest", honest)
dying = claim("dying", dies)
exiting = claim("exiting", exits)
hanging = claim("hanging", hangs)
leaking = claim("leaking", leaks)
looping = claim("looping", loops)
z_honest = claim("z_honest", honest)
