"""Indexed sums, entries, vectors and matrices: each is decided by its entries."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, Self

from sympy import Basic, Integer, Tuple

from verify.language.names import Index, Name
from verify.language.terms import Illegal, Term, lift, shared


def binder(where: Any) -> Basic:
    """(index, first, last), or an index declared with its range, as a `Tuple` node.

    The node has three parts, or two (index, first) when the range is unbounded above.
    """
    if isinstance(where, Tuple) and len(where) in (2, 3) and isinstance(where[0], Index):
        return where
    if isinstance(where, Index) and where.low is not None:
        return Tuple(where, *(end for end in (where.low, where.high) if end is not None))
    if isinstance(where, tuple) and len(where) == 3 and isinstance(where[0], Index):
        return Tuple(where[0], *(lift(end) for end in where[1:] if end is not None))
    return Illegal("a range that is neither (index, first, last) nor an index declared with one")


class Binding(Term):
    """A node `(body, (index, first, last), ...)` that binds its indices in the body."""

    def __new__(cls, body: Any, *where: Any) -> Self:
        node: Self = shared(cls, lift(body), *[binder(each) for each in where])
        return node


class Sum(Binding):
    """The sum of `body` over its ranges (nested, first range outermost); an empty sum is 0."""


class Product(Binding):
    """The product of `body` over its ranges; an empty product is 1."""


class Array(Binding):
    """The vector or matrix whose entry at the given indices is `body`."""


class Vector(Term):
    """The vector with these entries, written out."""


class Entry(Term):
    """base[indices]; with fewer indices than axes, the slice of the leading ones."""


class Delta(Term):
    """Kronecker's delta: 1 if the two indices are equal, else 0."""


class Transpose(Term):
    """The transpose of a matrix; of a vector, its row."""


class MatMul(Term):
    """The matrix product of two arrays: row @ column is a scalar, column @ row a matrix."""


class Inverse(Term):
    """The inverse of a square matrix, which must be shown to exist."""


def entry(base: Term, *indices: Any) -> Term:
    """`base[indices]`, with nested entries written as one."""
    if isinstance(base, Entry):
        return Entry(*base.args, *indices)
    return Entry(base, *indices)


def norm_squared(x: Term) -> Term:
    """The squared Euclidean length of a vector, x.T @ x."""
    return MatMul(Transpose(x), x)


def _rectangular(term: Any, axes: tuple[Any, ...]) -> tuple[tuple[Any, Any], ...]:
    """The ranges of a name's axes; raises ValueError if one of them depends on the index before."""
    from verify.language.substitution import free_names

    own = {axis[0] for axis in axes}
    if any(own & free_names(end) for _, *ends in axes for end in ends if end is not None):
        raise ValueError(f"the rows of {term} differ in length; write its entries")
    return tuple((low, high) for _, low, high in axes)


@lru_cache(maxsize=100_000)
def axes(term: Basic) -> tuple[tuple[Any, Any], ...]:
    """The index ranges of an array term, () for a scalar; raises ValueError if they clash."""
    from verify.language.definitions import Call, unfold

    if isinstance(term, Call):
        return axes(unfold(term))
    if isinstance(term, Name):
        return _rectangular(term, term.axes)
    if isinstance(term, Array):
        return tuple((low, high) for _, low, high in term.args[1:])
    if isinstance(term, Vector):
        return ((lift(1), lift(len(term.args))),)
    if isinstance(term, Entry):
        return entry_axes(term)
    if isinstance(term, (Transpose, Inverse)):
        return axes(term.args[0])[::-1]
    if isinstance(term, MatMul):
        return _product_axes(*term.args)
    found: tuple[tuple[Any, Any], ...] = ()
    rows: bool | None = None
    for part in elementwise(term):
        there = axes(part)
        if there and found and not same_axes(there, found):
            raise ValueError(f"arrays of different ranges in {term}")
        if there and rows is not None and is_row(part) != rows:
            raise ValueError(f"a row and a column in {term}")
        found, rows = found or there, is_row(part) if there else rows
    return found


def same_axes(x: tuple[tuple[Any, Any], ...], y: tuple[tuple[Any, Any], ...]) -> bool:
    """Whether two shapes agree, index arithmetic aside."""
    return len(x) == len(y) and all(map(same_range, x, y))


def same_range(x: tuple[Any, Any], y: tuple[Any, Any]) -> bool:
    """Whether two ranges agree, index arithmetic aside: 1..n[(k-1)-1] and 1..n[k-2] do."""
    return [_addends(end) for end in x] == [_addends(end) for end in y]


def _addends(term: Any, factor: int = 1) -> Any:
    """An index expression as {addend: multiple}, addends read likewise."""
    from verify.language.terms import Negative, Plus

    total: dict[Any, int] = {}
    if isinstance(term, (Plus, Negative)):
        inner = -factor if isinstance(term, Negative) else factor
        for part in term.args:
            for key, value in _addends(part, inner):
                total[key] = total.get(key, 0) + value
    elif isinstance(term, Integer):
        total[()] = factor * int(term)
    elif isinstance(term, Entry):
        total[(term.args[0], *(_addends(i) for i in term.args[1:]))] = factor
    else:
        total[term] = factor
    return frozenset((key, value) for key, value in total.items() if value)


def entry_axes(term: Entry) -> tuple[tuple[Any, Any], ...]:
    """The ranges left after indexing; later ranges are read at the indices given."""
    from verify.language.substitution import substitute

    base, indices = term.args[0], term.args[1:]
    if isinstance(base, Name):
        known: dict[Basic, Basic] = {}
        for axis, value in zip(base.axes, indices, strict=False):
            if axis[0] is not None:
                known[axis[0]] = value
        return tuple(
            (substitute(low, known), None if high is None else substitute(high, known))
            for low, high in _rectangular(term, base.axes[len(indices) :])
        )
    return axes(base)[len(indices) :]


def elementwise(term: Basic) -> tuple[Basic, ...]:
    """The arguments whose shape an arithmetic node inherits."""
    from verify.language.terms import Negative, Plus, Quotient, Times

    if isinstance(term, Quotient):
        return tuple(term.args[:1])
    if isinstance(term, (Plus, Negative, Times)):
        return tuple(term.args)
    return ()


def _product_axes(left: Basic, right: Basic) -> tuple[tuple[Any, Any], ...]:
    a, b = axes(left), axes(right)
    column_left, row_right = len(a) == 1 and not is_row(left), is_row(right)
    if column_left and row_right:
        return a + b
    if not a or not b or column_left or row_right or not same_range(a[-1], b[0]):
        raise ValueError(f"{left} @ {right}: the shapes do not fit; v.T is the row of a vector v")
    return a[:-1] + b[1:]


def is_row(term: Basic) -> bool:
    """Whether a rank-one term stands for a row: a transposed vector, or a row times a matrix."""
    from verify.language.definitions import Call, unfold

    if isinstance(term, Call):
        return is_row(unfold(term))
    if isinstance(term, MatMul):
        return is_row(term.args[0]) and len(axes(term)) == 1
    parts = elementwise(term)
    if parts:
        return any(is_row(part) for part in parts)
    return isinstance(term, Transpose) and len(axes(term)) == 1 and not is_row(term.args[0])
