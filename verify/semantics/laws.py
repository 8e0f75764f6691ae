"""Short ways to write the outcomes of a world."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm
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
    joined: list[tuple[int, Mapping[Any, Any]]] = [(1, {})]
    common, known = 1, set[Any]()
    for law in laws:
        share, parts = _whole_weights(law)
        common *= share
        names = set[Any]().union(*(more for _, more in parts))
        if names & known:
            raise WorldError(f"two laws for {min(name.name for name in names & known)}")
        known |= names
        joined = [
            (weight * factor, {**values, **more})
            for weight, values in joined
            for factor, more in parts
        ]
    return _weighted(joined, common)


def _whole_weights(law: Sequence[tuple[Any, Any]]) -> tuple[int, list[tuple[int, Any]]]:
    """The weights as multiples of 1/n, and n: products of integers are quick."""
    exact = [(exact_weight(weight), value) for weight, value in law]
    common = lcm(*(weight.denominator for weight, _ in exact))
    return common, [(int(weight * common), value) for weight, value in exact]


def _weighted(found: Sequence[tuple[int, Any]], common: int) -> list[tuple[Fraction, Any]]:
    weights = {whole: Fraction(whole, common) for whole in {whole for whole, _ in found}}
    return [(weights[whole], value) for whole, value in found]


def uniform_on(values: Sequence[Mapping[Any, Any]]) -> list[Weighted]:
    """Each of the given assignments {random name: value} with the same weight."""
    return [(Fraction(1, len(values)), value) for value in values]


def independent_entries(
    name: Any, size: int, law: Sequence[tuple[Any, Any]], *, shape: tuple[int, ...] | None = None
) -> list[Weighted]:
    """The law of a random array whose `size` entries are iid with law [(weight, value), ...].

    `shape` arranges the entries (default: a vector).
    """
    common, parts = _whole_weights(law)
    joined: list[tuple[int, tuple[Any, ...]]] = [(1, ())]
    for _ in range(size):
        joined = [
            (weight * factor, (*entries, value))
            for weight, entries in joined
            for factor, value in parts
        ]
    arranged = [
        (weight, {name: _arranged(entries, shape or (size,))}) for weight, entries in joined
    ]
    return _weighted(arranged, common**size)


def _arranged(entries: Sequence[Any], shape: tuple[int, ...]) -> Any:
    if len(shape) == 1:
        return list(entries)
    step = len(entries) // shape[0]
    return [_arranged(entries[i * step : (i + 1) * step], shape[1:]) for i in range(shape[0])]
