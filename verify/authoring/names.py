"""Declarations: the kinds of names that an author declares."""

from __future__ import annotations

from typing import Any

from verify.language.names import NAME, Axis, Index, Name
from verify.language.terms import Illegal, lift


def _axis(value: Any) -> Axis:
    if isinstance(value, Index):
        return (value, value.low if value.low is not None else lift(0), value.high)
    if isinstance(value, tuple) and len(value) == 2:
        low, high = value
        return (None, lift(low), None if high is None else lift(high))
    if isinstance(value, tuple) and len(value) == 3 and isinstance(value[0], Index):
        low, high = value[1:]
        return (value[0], lift(low), None if high is None else lift(high))
    return (None, lift(1), lift(value))


def _declare(name: str, sort: str, ranges: tuple[Any, ...], random: bool) -> Any:
    if not isinstance(name, str) or not NAME.match(name):
        return Illegal(f"the name {name!r} (names are letters, then digits, then _subscripts)")
    return Name(name, sort, tuple(_axis(value) for value in ranges), random)


def real(name: str, *ranges: Any) -> Any:
    """A fixed real number, or with ranges an array of them.

    A range is a length (1..length), a pair (first, last) with last None for unbounded, or an
    `Index` whose name later ranges mention.
    """
    return _declare(name, "real", ranges, False)


def vector(name: str, length: Any) -> Any:
    """A fixed real vector with entries 1..length."""
    return real(name, (1, lift(length)))


def matrix(name: str, rows: Any, columns: Any) -> Any:
    """A fixed real matrix with entries (1..rows, 1..columns)."""
    return real(name, (1, lift(rows)), (1, lift(columns)))


def random_variable(name: str) -> Any:
    """A real random variable of unknown law, dependent on everything until stated otherwise."""
    return _declare(name, "real", (), True)


def random_vector(name: str, length: Any) -> Any:
    """A random vector of unknown law with entries 1..length."""
    return _declare(name, "real", ((1, lift(length)),), True)


def random_matrix(name: str, rows: Any, columns: Any) -> Any:
    """A random matrix of unknown law."""
    return _declare(name, "real", ((1, lift(rows)), (1, lift(columns))), True)


def random_array(name: str, *ranges: Any) -> Any:
    """A random array; `ranges` as for `real`."""
    return _declare(name, "real", ranges, True)


def dimension(name: str, *ranges: Any) -> Any:
    """An integer >= 1 (or a sequence of them): a width, a number of examples."""
    return _declare(name, "dimension", ranges, False)


def natural(name: str) -> Any:
    """An integer >= 0: a time, a number of steps."""
    return _declare(name, "natural", (), False)


def function(name: str, *ranges: Any) -> Any:
    """An unknown real function of one argument: of a number, or of an array with these ranges."""
    return _declare(name, "function", ranges, False)


def index(name: str, *bounds: Any) -> Any:
    """`index("j", n)` runs over 1..n, `index("k", 2, None)` over 2, 3, ...; no bounds: set by
    the sum or quantifier that binds it.
    """
    if not isinstance(name, str) or not NAME.match(name):
        return Illegal(f"the index name {name!r}; a name is letters, then digits")
    if not bounds:
        return Index(name)
    low, high = (1, bounds[0]) if len(bounds) == 1 else (bounds[0], bounds[1])
    return Index(name, low, high)
