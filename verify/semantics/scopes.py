"""What is known of the names of a term before it runs: where their values will stand.

A term is made into a function once and runs in many worlds. While it runs, every value stands in a
numbered slot of its frame: a name of the world in the slot of the name, a bound index or name in
one that its binder took. The argument of a definition has none: it is a term, still to be made
into a function where the body mentions it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import count
from typing import Any, TypeAlias

from sympy import Basic

from verify.language.definitions import Call
from verify.language.names import Name
from verify.language.probability import Expectation, Variance
from verify.language.substitution import free_names


@dataclass(frozen=True, eq=False)
class Later:
    """The argument of a definition, with the scope of the call."""

    term: Basic
    scope: Scope


#: The slots of bound indices and names, and the arguments of the definition around a term.
Scope: TypeAlias = Mapping[Basic, "int | Later"]

#: The scope of a term that stands alone.
ALONE: Scope = {}

_numbers = count()


def fresh() -> int:
    """A slot that nothing else has."""
    return next(_numbers)


@cache
def slot_of(name: Basic) -> int:
    """The slot of a name that nothing binds: the same for equal names, in every term."""
    return fresh()


def inside_call(call: Basic, scope: Scope) -> Scope:
    """The scope of a definition's body at one call."""
    definition = call.args[0]
    arguments = (Later(argument, scope) for argument in call.args[1:])
    return {**scope, **dict(zip(definition.parameters, arguments, strict=True))}


def bindings(term: Basic, scope: Scope) -> frozenset[Any]:
    """What the scope says of the names that a term mentions: with the term, a key."""
    if not scope:
        return frozenset()
    relevant = free_names(term)
    return frozenset(
        (
            name,
            (bound.term, bindings(bound.term, bound.scope)) if isinstance(bound, Later) else bound,
        )
        for name, bound in scope.items()
        if name in relevant
    )


def read(term: Basic, scope: Scope) -> frozenset[int]:
    """The slots that decide the value of a term within one world."""
    found = {slot_of(name) for name in random_names(term, scope)}
    for name in free_names(term):
        bound = scope.get(name)
        if isinstance(bound, Later):
            found |= read(bound.term, bound.scope)
        elif bound is not None:
            found.add(bound)
    return frozenset(found)


def random_names(term: Basic, scope: Scope) -> frozenset[Basic]:
    """The random names whose outcome decides the value of a term: those outside E and V."""
    if not _may_be_random(term, scope):
        return frozenset()
    bound = scope.get(term)
    if isinstance(bound, Later):
        return random_names(bound.term, bound.scope)
    if isinstance(term, Name):
        return frozenset({term}) if term.random and bound is None else frozenset()
    if isinstance(term, Call):
        return random_names(term.args[0].body, inside_call(term, scope))
    return frozenset().union(*(random_names(part, scope) for part in term.args))


def _may_be_random(term: Basic, scope: Scope) -> bool:
    """Whether a random name stands outside E and V in a term or in what it is given."""
    if _draws(term):
        return True
    if isinstance(term, (Expectation, Variance)):
        return False
    relevant = free_names(term)
    return any(
        isinstance(bound, Later) and _may_be_random(bound.term, bound.scope)
        for name, bound in scope.items()
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
