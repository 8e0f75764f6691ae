"""The values of one declared name, checked against its declaration."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any, TypeAlias

from flint import fmpq
from sympy import Basic, Rational

from verify.language.names import Name
from verify.language.substitution import free_names
from verify.language.terms import Illegal, Term
from verify.semantics.array_values import ArrayValue, Key, Value
from verify.semantics.faults import WorldError
from verify.semantics.scalars import Scalar, hashable, rational

#: A number, or a closed term that stands for an irrational one.
Leaf: TypeAlias = Scalar | Term
#: The ranges of the axes after some indices: (low, high or None), given the indices before.
AxisRange = Callable[[int, Key], tuple[int, int | None]]


class Table:
    """Values by index tuple: stored, or for unbounded names computed when asked for."""

    __slots__ = ("_compute", "_content", "_terms", "entries")

    def __init__(
        self, entries: dict[Key, Leaf], compute: Callable[[Key], Leaf | None] | None = None
    ) -> None:
        self.entries = entries
        self._compute = compute
        self._content: Any = None
        self._terms: bool | None = None

    def content(self) -> Any:
        """Equal for two tables with the same values (a computed table equals only itself)."""
        if self._content is None:
            numbers = ((key, hashable(leaf)) for key, leaf in self.entries.items())
            self._content = frozenset(numbers) if self._compute is None else id(self)
        return self._content

    def changed(self, key: Key, value: Any) -> Table:
        """The same table, but for one value."""
        return self.with_entries({**self.entries, key: value})

    def has_just(self, wanted: Sequence[Key]) -> bool:
        """Whether these are its index tuples, and no value is a term."""
        if len(wanted) != len(self.entries) or self.has_terms():
            return False
        return all(map(self.entries.__contains__, wanted))

    def has_terms(self) -> bool:
        """Whether a value may be a term that stands for a number."""
        if self._terms is None:
            stored = any(isinstance(leaf, Term) for leaf in self.entries.values())
            self._terms = stored or self._compute is not None
        return self._terms

    def with_entries(self, entries: dict[Key, Leaf]) -> Table:
        """The same table, but for the values that are stored."""
        return Table(entries, self._compute)

    def get(self, key: Key) -> Leaf | None:
        """The value at an index tuple, or None where the table has none."""
        found = self.entries.get(key)
        if found is None and self._compute is not None:
            found = self._compute(key)
            if found is not None:
                self.entries[key] = found
        return found


def build_table(name: Name, value: Any, axis_range: AxisRange) -> Table:
    """Check `value` against the declared sort and ranges of the name.

    Raises WorldError, naming the name, for a wrong size, a float, or a dimension below 1.
    """
    rank = len(name.axes)
    if callable(value) and not isinstance(value, Basic):
        return _computed(name, value, axis_range, rank)
    entries: dict[Key, Leaf] = {}
    if isinstance(value, Mapping):
        _from_mapping(name, value, axis_range, entries)
    else:
        _from_nested(name, value, axis_range, (), entries)
    return Table(entries)


def leaf(name: Name, value: Any, key: Key = ()) -> Leaf:
    """One number of the right sort."""
    if name.sort == "real" and type(value) in (int, Fraction):
        return rational(value)
    where = f"{name.name}{list(key) if key else ''}"
    if isinstance(value, Term) and not isinstance(value, Illegal) and name.sort == "real":
        return value
    exact = isinstance(value, (int, Fraction, Rational, fmpq)) and not isinstance(value, bool)
    if not exact:
        kind = "the float" if isinstance(value, float) else "the value"
        raise WorldError(f"{where}: {kind} {value!r} is not exact; give an int or a Fraction")
    number = rational(value)
    if name.sort != "real":
        least = 1 if name.sort == "dimension" else 0
        if number.q != 1 or number < least:
            raise WorldError(f"{where}: {number} is not an integer >= {least}")
    return number


def _computed(name: Name, value: Any, axis_range: AxisRange, rank: int) -> Table:
    def compute(key: Key) -> Leaf | None:
        if len(key) != rank:
            return None
        for depth, index in enumerate(key):
            low, high = axis_range(depth, key[:depth])
            if index < low or (high is not None and index > high):
                return None
        return leaf(name, value(*key), key)

    return Table({}, compute)


def _from_mapping(
    name: Name, value: Mapping[Any, Any], axis_range: AxisRange, entries: dict[Key, Leaf]
) -> None:
    given = {key if isinstance(key, tuple) else (key,): item for key, item in value.items()}
    wanted = keys(len(name.axes), axis_range, None)
    if wanted is not None:
        missing = [key for key in wanted if key not in given]
        if missing:
            raise WorldError(f"{name.name}: no value at {missing[0]}")
        extra = [key for key in given if key not in set(wanted)]
        if extra:
            raise WorldError(f"{name.name}: {extra[0]} is not an index of {name.name}")
    for key, item in given.items():
        entries[key] = leaf(name, item, key)


def _from_nested(
    name: Name, value: Any, axis_range: AxisRange, key: Key, entries: dict[Key, Leaf]
) -> None:
    if len(key) == len(name.axes):
        if isinstance(value, (list, tuple)):
            raise WorldError(f"{name.name}{list(key) if key else ''}: an array for a number")
        entries[key] = leaf(name, value, key)
        return
    if not isinstance(value, (list, tuple)):
        raise WorldError(
            f"{name.name}: {value!r} where an array with {len(name.axes) - len(key)} "
            "more axes belongs"
        )
    low, high = axis_range(len(key), key)
    if high is not None and len(value) != high - low + 1:
        raise WorldError(
            f"{name.name}: axis {len(key) + 1} has {len(value)} values, not {high - low + 1}"
        )
    last = len(key) + 1 == len(name.axes)
    for position, item in enumerate(value, low):
        if last and type(item) in (int, Fraction):  # without a call for each number
            entries[*key, position] = leaf(name, item, (*key, position))
        else:
            _from_nested(name, item, axis_range, (*key, position), entries)


def keys(
    rank: int, axis_range: AxisRange, horizon: int | None, prefix: Key = ()
) -> list[Key] | None:
    """Every index tuple after the prefix; None when an axis is unbounded and has no horizon."""
    if len(prefix) == rank:
        return [prefix]
    low, high = axis_range(len(prefix), prefix)
    last = horizon if high is None else high
    if last is None:
        return None
    found: list[Key] = []
    for index in range(low, last + 1):
        below = keys(rank, axis_range, horizon, (*prefix, index))
        if below is None:
            return None
        found += below
    return found


def as_table(value: Value) -> Table:
    """A value as the table of a name."""
    return Table(dict(value.entries) if isinstance(value, ArrayValue) else {(): value})


def axis_ranges(
    name: Name,
    start: int,
    find: AxisRange,
    prefix: Key,
    horizon: int | None,
) -> tuple[range, ...] | None:
    """The ranges of the axes from `start` on; None when one depends on another or has no end."""
    bound_later = {axis[0] for axis in name.axes[start:] if axis[0] is not None}
    for _, low, high in name.axes[start:]:
        ends = [end for end in (low, high) if end is not None]
        if any(bound_later & free_names(end) for end in ends):
            return None
    found = []
    for depth in range(start, len(name.axes)):
        low, high = find(depth, prefix)
        last = horizon if high is None else high
        if last is None:
            return None
        found.append(range(low, last + 1))
    return tuple(found)
