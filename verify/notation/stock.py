"""The same mathematics in stock SymPy, which evaluates freely. Nothing here is trusted.

Scalars become expressions, named arrays `IndexedBase`s, other arrays a `Lambda` of their
indices. Definitions are unfolded; E[...] and V[...] become undefined functions E and V, and so
does an unknown function of a number.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import sympy
from sympy import Basic

from verify.language import arrays as a
from verify.language import functions as f
from verify.language.calculus import Applied, Derivative, Partial
from verify.language.definitions import Call, unfold
from verify.language.names import Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.terms import Illegal, Negative, Plus, Power, Quotient, Times

_BOUND = "ijklpqrstuvwxyz"


def as_sympy(term: Basic) -> Any:
    """`term` in stock SymPy.

    Raises ValueError if the term is ill-formed (shapes that do not fit, or an object that does
    not belong in a term), or holds an unknown function of an array.
    """
    if isinstance(term, Name) and term.sort == "function":
        return sympy.Function(term.name)
    if isinstance(term, Name):
        return _symbol(term) if not term.axes else _base(term)
    rank = len(a.axes(term))
    if rank == 0:
        return _entry(term, ())
    indices = tuple(sympy.Symbol(letter, integer=True) for letter in _fresh(term, rank))
    return sympy.Lambda(indices, _entry(term, indices))


def _symbol(name: Name) -> Any:
    known = {"dimension": {"positive": True}, "natural": {"nonnegative": True}}.get(name.sort)
    if known is None:
        return sympy.Symbol(name.name, real=True)
    return sympy.Symbol(name.name, integer=True, **known)


def _base(name: Name) -> Any:
    return sympy.IndexedBase(name.name, real=True)


def _index(index: Index) -> Any:
    return sympy.Symbol(index.name, integer=True)


def _fresh(term: Basic, count: int, at: tuple[Any, ...] = ()) -> list[str]:
    """Letters that neither the term nor the stock indices in use contain."""
    taken = {node.name for node in _names(term)}
    taken |= {str(symbol) for index in at for symbol in index.free_symbols}
    free = [letter for letter in _BOUND if letter not in taken]
    return (free + [f"i_{n}" for n in range(count)])[:count]


def _names(term: Basic) -> set[Any]:
    if isinstance(term, Call):
        return _names(unfold(term))
    found = {term} if isinstance(term, (Name, Index)) else set()
    return found.union(*(_names(part) for part in term.args)) if term.args else found


def _entry(term: Basic, at: tuple[Any, ...]) -> Any:
    """The entry of a term at stock indices (all of them: the result is a scalar)."""
    for kind in type(term).__mro__:
        if kind in _RULES:
            return _RULES[kind](term, at)
    raise ValueError(f"{term} has no stock SymPy form")


def _name(name: Name, at: tuple[Any, ...]) -> Any:
    return _base(name)[at] if at else as_sympy(name)


def _array(array: a.Array, at: tuple[Any, ...]) -> Any:
    bound = [where[0] for where in array.args[1:]]
    stock = [_index(each) for each in bound]
    body = _entry(array.args[0], at[len(bound) :])
    return body.subs(dict(zip(stock, at, strict=False)), simultaneous=True)


def _of_entry(node: a.Entry, at: tuple[Any, ...]) -> Any:
    return _entry(node.args[0], (*(_entry(index, ()) for index in node.args[1:]), *at))


def _product(node: a.MatMul, at: tuple[Any, ...]) -> Any:
    left, right = node.args
    rank = len(a.axes(left))
    if rank == 1 and not a.is_row(left):  # column times row
        return _entry(left, at[:1]) * _entry(right, at[1:])
    ((low, high),) = a.axes(right)[:1]
    k = sympy.Symbol(_fresh(node, 1, at)[0], integer=True)
    body = _entry(left, (*at[: rank - 1], k)) * _entry(right, (k, *at[rank - 1 :]))
    return sympy.Sum(body, (k, _entry(low, ()), _entry(high, ())))


def _transposed(node: a.Transpose, at: tuple[Any, ...]) -> Any:
    return _entry(node.args[0], at[::-1])


def _inverse(node: a.Inverse, at: tuple[Any, ...]) -> Any:
    return sympy.IndexedBase(f"({node.args[0]})^-1", real=True)[at]


def _binding(make: Any) -> Callable[[Any, tuple[Any, ...]], Any]:
    def convert(node: a.Binding, at: tuple[Any, ...]) -> Any:
        result = _entry(node.args[0], at)
        for bound, low, *high in reversed(node.args[1:]):
            end = _entry(high[0], ()) if high else sympy.oo
            result = make(result, (_index(bound), _entry(low, ()), end))
        return result

    return convert


def _column(node: a.Vector, at: tuple[Any, ...]) -> Any:
    (position,) = at
    cases = [
        (_entry(part, ()), sympy.Eq(position, number)) for number, part in enumerate(node.args, 1)
    ]
    return sympy.Piecewise(*cases)


def _scalar(make: Any) -> Callable[[Any, tuple[Any, ...]], Any]:
    return lambda node, at: make(*(_entry(part, ()) for part in node.args))


def _elementwise(make: Any) -> Callable[[Any, tuple[Any, ...]], Any]:
    """Scalars among the parts of an array expression apply to each entry."""

    def convert(node: Basic, at: tuple[Any, ...]) -> Any:
        return make(*(_entry(part, at if a.axes(part) else ()) for part in node.args))

    return convert


def _applied(node: Applied, at: tuple[Any, ...]) -> Any:
    return _function_of_a_number(node)(_entry(node.args[1], ()))


def _partial(node: Partial, at: tuple[Any, ...]) -> Any:
    place = sympy.Symbol(_fresh(node, 1)[0], real=True)
    slope = sympy.Derivative(_function_of_a_number(node)(place), place)
    return sympy.Subs(slope, place, _entry(node.args[1], ()))


def _function_of_a_number(node: Basic) -> Any:
    function, argument = node.args[:2]
    if a.axes(argument):
        raise ValueError(f"{node}: stock SymPy has no function {function.name} of an array")
    return as_sympy(function)


def _illegal(node: Illegal, at: tuple[Any, ...]) -> Any:
    raise ValueError(f"not a term: {node.what}")


_RULES: dict[type, Callable[[Any, tuple[Any, ...]], Any]] = {
    sympy.Rational: lambda node, at: node,
    Name: _name,
    Index: lambda node, at: _index(node),
    Illegal: _illegal,
    Call: lambda node, at: _entry(unfold(node), at),
    Plus: _elementwise(sympy.Add),
    Negative: _elementwise(lambda part: -part),
    Times: _elementwise(sympy.Mul),
    Quotient: _elementwise(lambda top, bottom: top / bottom),
    Power: _scalar(sympy.Pow),
    a.Sum: _binding(sympy.Sum),
    a.Product: _binding(sympy.Product),
    a.Array: _array,
    a.Vector: _column,
    a.Entry: _of_entry,
    a.Delta: _scalar(sympy.KroneckerDelta),
    a.Transpose: _transposed,
    a.MatMul: _product,
    a.Inverse: _inverse,
    f.Root: _scalar(sympy.sqrt),
    f.Abs: _scalar(sympy.Abs),
    f.Sign: _scalar(sympy.sign),
    f.ReLU: _scalar(lambda x: sympy.Max(x, 0)),
    f.Exp: _scalar(sympy.exp),
    f.Log: _scalar(sympy.log),
    f.Tanh: _scalar(sympy.tanh),
    f.Sigmoid: _scalar(lambda x: 1 / (1 + sympy.exp(-x))),
    Expectation: _scalar(sympy.Function("E")),
    Variance: _scalar(sympy.Function("V")),
    Applied: _applied,
    Partial: _partial,
    Derivative: _scalar(sympy.Derivative),
}
