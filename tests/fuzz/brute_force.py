"""Values of simple terms by direct computation, written apart from `verify.semantics`.

Only numbers of the kind that Python's `Fraction` holds: no roots, logarithms or exponentials.
"""

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any

from sympy import Basic, Rational

from verify import Delta, E, Sum, V, relu, sign
from verify.language.arrays import Entry, Product
from verify.language.definitions import Call
from verify.language.functions import Abs
from verify.language.names import Index, Name
from verify.language.terms import Negative, Plus, Power, Quotient, Times
from verify.semantics import World


class Inexpressible(Exception):
    """The term is not of the simple kind."""


def brute_force(term: Basic, world: World) -> Fraction:
    """The value of a term; raises ZeroDivisionError where it has none."""
    return _value(term, dict(world.values), list(world.outcomes))


def _value(term: Basic, at: Mapping[Any, Any], outcomes: list[Any]) -> Fraction:
    if isinstance(term, Rational):
        return Fraction(int(term.p), int(term.q))
    if isinstance(term, (Name, Index)):
        return Fraction(at[term])
    if isinstance(term, Entry):
        found = at[term.args[0]]
        for place in term.args[1:]:
            position = int(_value(place, at, outcomes))
            if not 1 <= position <= len(found):
                raise Inexpressible("beyond the end")
            found = found[position - 1]
        return Fraction(found)
    if isinstance(term, (Sum, Product)):
        total = [_value(term.args[0], inner, outcomes) for inner in _inner(term.args[1:], at)]
        return sum(total, Fraction(0)) if isinstance(term, Sum) else prod(total, start=Fraction(1))
    if isinstance(term, Call):
        definition, *arguments = term.args
        if any(name.axes for name in definition.parameters if isinstance(name, Name)):
            raise Inexpressible("an array as an argument")
        values = [_value(each, at, outcomes) for each in arguments]
        inner = {**at, **dict(zip(definition.parameters, values, strict=True))}
        return _value(definition.body, inner, outcomes)
    if isinstance(term, (E, V)):
        rows = [(weight, {**at, **drawn}) for weight, drawn in outcomes]
        mean = sum((w * _value(term.args[0], row, []) for w, row in rows), Fraction(0))
        if isinstance(term, E):
            return mean
        return sum((w * _value(term.args[0], row, []) ** 2 for w, row in rows), Fraction(0)) - (
            mean**2
        )
    return _operation(term, [_value(part, at, outcomes) for part in term.args])


def _inner(binders: Any, at: Mapping[Any, Any]) -> list[dict[Any, Any]]:
    rows = [dict(at)]
    for index, first, last in binders:
        rows = [
            {**row, index: position}
            for row in rows
            for position in range(int(_value(first, row, [])), int(_value(last, row, [])) + 1)
        ]
    return rows


def _operation(term: Basic, parts: list[Fraction]) -> Fraction:
    first = parts[0]
    if isinstance(term, Plus):
        return sum(parts, Fraction(0))
    if isinstance(term, Times):
        return prod(parts, start=Fraction(1))
    if isinstance(term, Negative):
        return -first
    if isinstance(term, Quotient):
        return first / parts[1]
    if isinstance(term, Power) and parts[1].denominator == 1:
        return Fraction(first ** int(parts[1]))
    if isinstance(term, Delta):
        return Fraction(int(first == parts[1]))
    if isinstance(term, Abs):
        return abs(first)
    if isinstance(term, relu):
        return max(first, Fraction(0))
    if isinstance(term, sign):
        return Fraction((first > 0) - (first < 0))
    raise Inexpressible(type(term).__name__)
