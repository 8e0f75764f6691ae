"""What a term is evaluated in, and which random names its value depends on there."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Protocol, TypeAlias

from sympy import Basic

from verify.language.definitions import Call, Definition
from verify.language.names import Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.substitution import free_names
from verify.semantics.scalars import Scalar
from verify.semantics.tables import Table


@dataclass(frozen=True)
class Closure:
    """A term still to be evaluated, with the values of the names that it mentions."""

    term: Basic
    env: Mapping[Basic, Any]


Environment: TypeAlias = Mapping[Basic, "int | Closure | Table | Definition"]
Outcome: TypeAlias = Mapping[Basic, Table]


class Source(Protocol):
    """What an evaluator asks of a world."""

    @property
    def horizon(self) -> int | None:
        """The last index tried on an unbounded axis."""

    def table(self, name: Name) -> Table:
        """The values of a fixed name."""

    def function(self, name: Name) -> Definition:
        """The value of an unknown function."""

    def position(self, index: Index) -> int:
        """The value of a fixed index."""

    def law(self, names: frozenset[Basic]) -> tuple[tuple[Scalar, Outcome], ...]:
        """The joint law of the random names among `names`: weights and values."""


def inside_call(call: Basic, env: Environment) -> Environment:
    """The environment of a definition's body at one call."""
    definition = call.args[0]
    bound = {
        parameter: Closure(argument, env)
        for parameter, argument in zip(definition.parameters, call.args[1:], strict=True)
    }
    return {**env, **bound}


def bindings(term: Basic, env: Environment) -> frozenset[Any]:
    """What the environment says of the names that a term mentions: with the term, a key."""
    relevant = free_names(term)
    return frozenset(
        (
            name,
            (bound.term, bindings(bound.term, bound.env)) if isinstance(bound, Closure) else bound,
        )
        for name, bound in env.items()
        if name in relevant
    )


def random_names(term: Basic, env: Environment) -> frozenset[Basic]:
    """The random names whose outcome decides the value of a term: those outside E and V."""
    if not may_be_random(term, env):
        return frozenset()
    bound = env.get(term)
    if isinstance(bound, Closure):
        return random_names(bound.term, bound.env)
    if isinstance(term, Name):
        return frozenset({term}) if term.random and bound is None else frozenset()
    if isinstance(term, Call):
        return random_names(term.args[0].body, inside_call(term, env))
    return frozenset().union(*(random_names(part, env) for part in term.args))


def may_be_random(term: Basic, env: Environment) -> bool:
    """Whether a random name stands outside E and V in a term or in what it is given."""
    if _draws(term):
        return True
    if isinstance(term, (Expectation, Variance)):
        return False
    relevant = free_names(term)
    return any(
        isinstance(bound, Closure) and may_be_random(bound.term, bound.env)
        for name, bound in env.items()
        if name in relevant
    )


@lru_cache(maxsize=100_000)
def _draws(term: Basic) -> bool:
    if isinstance(term, (Expectation, Variance)):
        return False
    if isinstance(term, Name):
        return bool(term.random)
    if isinstance(term, Call):
        return _draws(term.args[0].body) or any(_draws(part) for part in term.args[1:])
    return any(_draws(part) for part in term.args)
