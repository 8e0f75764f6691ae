"""Terms as an author writes them: functions by their usual names, definitions, derivatives."""

from __future__ import annotations

from typing import Any

from verify.language.calculus import Derivative, Partial
from verify.language.definitions import Call, Definition
from verify.language.functions import Exp, Log, ReLU, Root, Sigmoid, Sign, Tanh
from verify.language.names import NAME, Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.terms import Illegal

E = Expectation
V = Variance
sqrt = Root
sign, relu, exp, log, tanh, sigmoid = Sign, ReLU, Exp, Log, Tanh, Sigmoid


def let(name: str, *parts: Any) -> Any:
    """`let("a", body)` names a term; `let("f", (x, c), body)` names a function of x and c.

    Parameters are declared real names (scalars or arrays), naturals or indices.
    """
    if not isinstance(name, str) or not NAME.match(name):
        return Illegal(f"the name {name!r} (names are letters, then digits, then _subscripts)")
    if len(parts) == 1:
        return Call(Definition(name, (), parts[0]))
    if len(parts) == 2 and isinstance(parts[0], tuple):
        parameters, body = parts
        if parameters and all(isinstance(p, (Name, Index)) for p in parameters):
            return Definition(name, parameters, body)
    return Illegal(f"the definition of {name}; write let(name, body) or let(name, (x, ...), body)")


def derivative(body: Any, along: Any) -> Derivative:
    """The derivative of a term with respect to a declared name or an entry of one."""
    return Derivative(body, along)


def partial(function: Any, argument: Any, *indices: Any) -> Partial:
    """The partial derivative of an unknown function along a coordinate, at the argument."""
    return Partial(function, argument, *indices)
