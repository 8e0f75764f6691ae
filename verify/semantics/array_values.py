"""The values of vectors and matrices: entries by index, and the operations on them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from verify.semantics.faults import IllFormedError, UndefinedError
from verify.semantics.scalars import ONE, ZERO, Scalar, divide, is_zero, show, signum

Key = tuple[int, ...]


@dataclass(frozen=True)
class ArrayValue:
    """Entries by index tuple. `ranges` is None when later axes depend on earlier ones.

    `row`: a vector written as a row (a transposed column).
    """

    rank: int
    entries: Mapping[Key, Scalar]
    ranges: tuple[range, ...] | None
    row: bool = False


Value: TypeAlias = Scalar | ArrayValue


def rectangular(ranges: tuple[range, ...], at: Callable[[Key], Scalar]) -> ArrayValue:
    """The array with entry `at(indices)` over a product of ranges."""
    keys: list[Key] = [()]
    for axis in ranges:
        keys = [(*key, i) for key in keys for i in axis]
    return ArrayValue(len(ranges), {key: at(key) for key in keys}, ranges)


def scalar(value: Value, what: str) -> Scalar:
    """The value, which must be a number."""
    if isinstance(value, ArrayValue):
        raise IllFormedError(f"{what} is an array where a number belongs")
    return value


def entrywise(left: Value, right: Value, join: Callable[[Scalar, Scalar], Scalar]) -> Value:
    """`join` of matching entries; a number goes with every entry of an array."""
    if not isinstance(left, ArrayValue):
        if not isinstance(right, ArrayValue):
            return join(left, right)
        fixed = left
        return mapped(right, lambda entry: join(fixed, entry))
    if not isinstance(right, ArrayValue):
        other = right
        return mapped(left, lambda entry: join(entry, other))
    match(left, right)
    entries = {key: join(left.entries[key], right.entries[key]) for key in left.entries}
    return ArrayValue(left.rank, entries, left.ranges, left.row)


def paired(left: Value, right: Value) -> list[tuple[Scalar, Scalar]]:
    """The matching entries of two values."""
    pairs: list[tuple[Scalar, Scalar]] = []

    def pair(x: Scalar, y: Scalar) -> Scalar:
        pairs.append((x, y))
        return x

    entrywise(left, right, pair)
    return pairs


def mapped(array: ArrayValue, change: Callable[[Scalar], Scalar]) -> ArrayValue:
    """`change` of every entry."""
    entries = {key: change(entry) for key, entry in array.entries.items()}
    return ArrayValue(array.rank, entries, array.ranges, array.row)


def match(left: ArrayValue, right: ArrayValue) -> None:
    """Raise IllFormedError unless the two arrays have the same shape."""
    if left.entries.keys() != right.entries.keys() or left.row != right.row:
        raise IllFormedError(f"arrays of different shapes: {shape(left)} and {shape(right)}")


def shape(array: ArrayValue) -> str:
    """The index ranges as text."""
    if array.ranges is None:
        return f"{len(array.entries)} entries"
    sides = " x ".join(f"{axis.start}..{axis.stop - 1}" for axis in array.ranges)
    return f"row {sides}" if array.row else sides


def transpose(array: ArrayValue) -> ArrayValue:
    """Rows and columns exchanged; a vector becomes a row and back."""
    if array.rank == 1:
        return ArrayValue(1, array.entries, array.ranges, not array.row)
    if array.rank != 2 or array.ranges is None:
        raise IllFormedError(f"the transpose of an array with {array.rank} axes")
    entries: dict[Key, Scalar] = {(j, i): entry for (i, j), entry in array.entries.items()}
    return ArrayValue(2, entries, array.ranges[::-1])


def matrix_product(left: Value, right: Value) -> Value:
    """The matrix product of rows, columns and matrices."""
    if not isinstance(left, ArrayValue) or not isinstance(right, ArrayValue):
        raise IllFormedError("a matrix product with a number")
    a, b = _as_matrix(left), _as_matrix(right)
    if a[1] != b[0]:
        raise IllFormedError(f"a matrix product of {shape(left)} and {shape(right)}")
    inner = a[1]

    def entry(i: int, j: int) -> Scalar:
        total: Scalar = ZERO
        for k in inner:
            total = total + left.entries[_key(left, i, k)] * right.entries[_key(right, k, j)]
        return total

    rows, columns = _kept(left, a[0]), _kept(right, b[1])
    if rows is not None and columns is not None:
        return rectangular((rows, columns), lambda key: entry(*key))
    if rows is not None:
        return ArrayValue(1, {(i,): entry(i, 0) for i in rows}, (rows,))
    if columns is not None:
        return ArrayValue(1, {(j,): entry(0, j) for j in columns}, (columns,), True)
    return entry(0, 0)


_SINGLE = range(1)


def _as_matrix(array: ArrayValue) -> tuple[range, range]:
    if array.ranges is None or array.rank > 2:
        raise IllFormedError(f"a matrix product with an array of {array.rank} axes")
    if array.rank == 2:
        return array.ranges[0], array.ranges[1]
    return (_SINGLE, array.ranges[0]) if array.row else (array.ranges[0], _SINGLE)


def _key(array: ArrayValue, i: int, j: int) -> Key:
    if array.rank == 2:
        return (i, j)
    return (j,) if array.row else (i,)


def _kept(array: ArrayValue, side: range) -> range | None:
    return None if array.rank == 1 and side is _SINGLE else side


def inverse(array: ArrayValue) -> ArrayValue:
    """The inverse by Gauss-Jordan elimination; raises UndefinedError for a singular matrix."""
    _, rows, columns = square_matrix(array)
    left = [[array.entries[i, j] for j in columns] for i in rows]
    right = [[ONE if i == j else ZERO for j in range(len(rows))] for i in range(len(rows))]
    for step in range(len(rows)):
        _pivot(left, right, step)
    solved: dict[Key, Scalar] = {
        (i, j): right[i - columns.start][j - rows.start] for i in columns for j in rows
    }
    return ArrayValue(2, solved, (columns, rows))


def _pivot(left: list[list[Scalar]], right: list[list[Scalar]], step: int) -> None:
    size = len(left)
    found = next((i for i in range(step, size) if not is_zero(left[i][step])), None)
    if found is None:
        raise UndefinedError("the inverse of a singular matrix")
    for table in (left, right):
        table[step], table[found] = table[found], table[step]
    lead = left[step][step]
    for table in (left, right):
        table[step] = [divide(entry, lead) for entry in table[step]]
    for i in range(size):
        factor = left[i][step]
        if i == step or factor == 0:
            continue
        for table in (left, right):
            pairs = zip(table[i], table[step], strict=True)
            table[i] = [entry - factor * above for entry, above in pairs]


def square_matrix(array: Value) -> tuple[ArrayValue, range, range]:
    """The matrix with its two ranges; raises IllFormedError for anything but a square matrix."""
    if not isinstance(array, ArrayValue) or array.rank != 2 or array.ranges is None:
        raise IllFormedError("a matrix is needed here")
    if len(array.ranges[0]) != len(array.ranges[1]):
        raise IllFormedError(f"a square matrix is needed, not {shape(array)}")
    return array, array.ranges[0], array.ranges[1]


def is_positive_definite(array: ArrayValue) -> bool:
    """zᵀMz > 0 for every z ≠ 0: the pivots of the symmetric part are positive (Sylvester)."""
    _, rows, columns = square_matrix(array)
    size, low, first = len(rows), rows.start, columns.start
    table = [
        [
            (array.entries[low + i, first + j] + array.entries[low + j, first + i]) / 2
            for j in range(size)
        ]
        for i in range(size)
    ]
    for k in range(size):
        if signum(table[k][k]) <= 0:
            return False
        for i in range(k + 1, size):
            factor = table[i][k] / table[k][k]
            table[i] = [a - factor * b for a, b in zip(table[i], table[k], strict=True)]
    return True


def show_value(value: Value) -> str:
    """A short printable form: nested brackets in index order."""
    if not isinstance(value, ArrayValue):
        return show(value)
    return show_nested(value.entries, value.rank)


def show_nested(entries: Mapping[Key, Scalar], rank: int) -> str:
    """Nested brackets of entries by index tuple."""
    if rank == 0:
        return show(entries[()])
    parts: dict[int, dict[Key, Scalar]] = {}
    for key, entry in entries.items():
        parts.setdefault(key[0], {})[key[1:]] = entry
    return "[" + ", ".join(show_nested(part, rank - 1) for _, part in sorted(parts.items())) + "]"


def add(left: Value, right: Value) -> Value:
    """The sum of two numbers, or of two arrays entry by entry."""
    if isinstance(left, ArrayValue) or isinstance(right, ArrayValue):
        return entrywise(left, right, lambda x, y: x + y)
    return left + right


def multiply(left: Value, right: Value) -> Value:
    """The product of two numbers, or of a number and an array."""
    if isinstance(left, ArrayValue) or isinstance(right, ArrayValue):
        return entrywise(left, right, lambda x, y: x * y)
    return left * right


def indexed(value: Value, where: Key) -> Value:
    """The entry or slice at leading indices; raises if they are out of range."""
    if not where:
        return value
    if not isinstance(value, ArrayValue) or len(where) > value.rank:
        raise IllFormedError("more indices than the array has axes")
    if len(where) == value.rank:
        if where not in value.entries:
            raise UndefinedError(f"index {list(where)} is out of range")
        return value.entries[where]
    if value.ranges is not None and any(
        i not in axis for i, axis in zip(where, value.ranges, strict=False)
    ):
        raise UndefinedError(f"index {list(where)} is out of range")
    count = len(where)
    entries = {key[count:]: x for key, x in value.entries.items() if key[:count] == where}
    ranges = None if value.ranges is None else value.ranges[count:]
    return ArrayValue(value.rank - count, entries, ranges)
