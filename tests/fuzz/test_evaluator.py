"""The gate is as good as its evaluator: it agrees with direct computation on random terms."""

from collections.abc import Callable
from random import Random
from typing import Any

import pytest

from tests.fuzz.brute_force import Inexpressible, brute_force
from tests.fuzz.grammar import dice, mutated, random_scalar, rearranged, scalar
from tests.fuzz.rows import RandomRow
from tests.fuzz.setting import random_world
from verify import E, V
from verify.language.terms import lift
from verify.semantics import UndefinedError, WorldError, evaluate, judge

_MAKERS: dict[str, Callable[[Random], Any]] = {
    "fixed": lambda rng: scalar(rng, 3),
    "mean": lambda rng: E(random_scalar(rng, 2)),
    "variance": lambda rng: V(random_scalar(rng, 1)),
    "mutated": lambda rng: mutated(rng, lift(scalar(rng, 3))),
}


@pytest.mark.parametrize("kind", _MAKERS)
def test_the_evaluator_agrees_with_direct_computation(kind: str) -> None:
    rng = dice(kind)
    worlds = [random_world(rng, size) for size in (1, 2, 3) for _ in range(3)]
    compared = 0
    for _ in range(250):
        term, world = lift(_MAKERS[kind](rng)), rng.choice(worlds)
        try:
            expected = brute_force(term, world)
        except ZeroDivisionError:
            with pytest.raises(UndefinedError):
                evaluate(term, world)
            continue
        except (Inexpressible, KeyError, TypeError):
            continue
        assert evaluate(term, world) == expected, f"{term} in {world.values}"
        compared += 1
    assert compared > 100


def test_rearranging_keeps_the_value() -> None:
    rng = dice(3)
    worlds = [random_world(rng, size) for size in (1, 2, 3)]
    for _ in range(150):
        term = lift(scalar(rng, 3))
        other = rearranged(rng, term)
        for world in worlds:
            same = RandomRow(term, other, ())
            try:
                states: Any = same.relation(term, other)
                assert judge(states, world).value is True, f"{term}; {other}"
            except (UndefinedError, WorldError):
                continue


def test_mutations_change_the_value_more_often_than_not() -> None:
    rng, changed = dice(4), 0
    worlds = [random_world(rng, size) for size in (2, 3)]
    for _ in range(200):
        term = lift(scalar(rng, 2))
        states: Any = RandomRow(0, 0, ()).relation(term, mutated(rng, term))
        try:
            changed += any(judge(states, world).value is False for world in worlds)
        except (UndefinedError, WorldError):
            changed += 1
    assert changed > 100
