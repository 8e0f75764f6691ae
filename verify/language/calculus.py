"""Derivatives of terms, and unknown differentiable functions."""

from __future__ import annotations

from sympy import Basic

from verify.language.names import Name
from verify.language.terms import Term


class Applied(Term):
    """`Applied(L, x)`: the value at x of an unknown function, a name of sort "function"."""


class Partial(Term):
    """`Partial(L, x, j)`: the partial derivative of the function along coordinate j, at x."""


class Derivative(Term):
    """`Derivative(body, x)` or `Derivative(body, x[i])`: how the body changes with that variable
    alone, all other names staying as they are, at its present value.
    """


def variable(derivative: Basic) -> Basic:
    """The name along which a derivative is taken (an entry of it, if it is an array)."""
    along = derivative.args[1]
    return along if isinstance(along, Name) else along.args[0] if along.args else along
