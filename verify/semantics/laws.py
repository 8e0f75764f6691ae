"""Short ways to write the outcomes of a world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sympy import Rational

from verify.semantics.faults import WorldError

Weighted = tuple[Fraction, Mapping[Any, Any]]


def exact_weight(value: Any) -> Fraction:
    """The weight as a Fraction; raises WorldError for a float."""
    if isinstance(value, bool) or not isinstance(value, (int, Fraction, Rational)):
        raise WorldError(f"the weight {value!r} is not exact; give an int or a Fraction")
    return Fraction(int(value.numerator), int(value.denominator))


def independent_product(*laws: Sequence[tuple[Any, Mapping[Any, Any]]]) -> list[Weighted]:
    """The outcomes of independent parts: weights multiply, values are put together.

    Each law is a list of (weight, {random name: value}); no name occurs in two of them.
    Raises WorldError when one does, or for a weight that is not exact.
    """
    joined: list[Weighted] = [(Fraction(1), {})]
    for law in laws:
        step: list[Weighted] = []
        for weight, values in joined:
            for factor, more in law:
                twice = values.keys() & more.keys()
                if twice:
                    raise WorldError(f"two laws for {min(key.name for key in twice)}")
                step.append((weight * exact_weight(factor), {**values, **more}))
        joined = step
    return joined


def uniform_on(values: Sequence[Mapping[Any, Any]]) -> list[Weighted]:
    """Each of the given assignments {random name: value} with the same weight."""
    return [(Fraction(1, len(values)), value) for value in values]


def independent_entries(
    name: Any, size: int, law: Sequence[tuple[Any, Any]], *, shape: tuple[int, ...] | None = None
) -> list[Weighted]:
    """The law of a random array whose `size` entries are iid with law [(weight, value), ...].

    `shape` arranges the entries (default: a vector).
    """
    joined: list[tuple[Fraction, tuple[Any, ...]]] = [(Fraction(1), ())]
    for _ in range(size):
        joined = [
            (weight * exact_weight(factor), (*entries, value))
            for weight, entries in joined
            for factor, value in law
        ]
    return [(weight, {name: _arranged(entries, shape or (size,))}) for weight, entries in joined]


def _arranged(entries: Sequence[Any], shape: tuple[int, ...]) -> Any:
    if len(shape) == 1:
        return list(entries)
    step = len(entries) // shape[0]
    return [_arranged(entries[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]
