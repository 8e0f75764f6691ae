"""Random rows: what one is, and how a figure of a rule is put into a context."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from sympy import Basic

from tests.fuzz.grammar import rearranged, scalar
from tests.fuzz.setting import random_world
from verify.language.statements import Equation
from verify.language.terms import lift
from verify.semantics import World

Pair = tuple[Any, Any]


@dataclass(frozen=True)
class RandomRow:
    """before R after, by the reasons."""

    before: Any
    after: Any
    by: Any
    relation: type[Basic] = Equation


@dataclass(frozen=True)
class Family:
    """Rows of one rule: what is assumed, how true ones are made, false ones that look true (where
    a side condition fails), unrelated terms, and worlds where the hypotheses hold.
    """

    given: list[Basic]
    true: Callable[[Random], RandomRow]
    tempting: Callable[[Random], RandomRow]
    term: Callable[[Random], Any] = scalar
    world: Callable[[Random, int], World] = random_world


def embedded(rng: Random, before: Any, after: Any, part: Any = scalar) -> Pair:
    """Both in one context, and one of them rearranged."""
    before, after = lift(before), lift(after)
    kind = rng.randrange(6)
    other = part(rng, 1) if kind else None
    if kind == 1:
        before, after = before + other, after + other
    elif kind == 2:
        before, after = other * before, other * after
    elif kind == 3:
        before, after = before - other, after - other
    elif kind == 4:
        before, after = before**2 * other, after**2 * other
    if rng.random() < 0.5:
        after = rearranged(rng, after)
    return (before, after) if rng.random() < 0.5 else (after, before)


def one_of(*pairs: Callable[[Random], Pair]) -> Callable[[Random], Pair]:
    return lambda rng: rng.choice(pairs)(rng)


def in_context(rule: Any, pair: Callable[[Random], Pair]) -> Callable[[Random], RandomRow]:
    return lambda rng: RandomRow(*embedded(rng, *pair(rng)), rule)


def two_terms(rng: Random, make: Any = scalar) -> Pair:
    return make(rng, 1), make(rng, 1)
