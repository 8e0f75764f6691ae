"""Whether the value of an unknown function is continuously differentiable, by how it is written."""

from __future__ import annotations

from sympy import Basic, Integer, Rational

from verify.language import arrays as a
from verify.language import functions as f
from verify.language import terms as t
from verify.language.definitions import Call, unfold
from verify.language.names import Name
from verify.language.substitution import free_names

#: Defined everywhere with continuous derivatives of all orders, if their parts are.
_SMOOTH = (
    t.Plus, t.Negative, t.Times, a.Sum, a.Product, a.Array, a.Vector, a.Entry, a.Transpose,
    a.MatMul, f.Exp, f.Tanh, f.Sigmoid,
)  # fmt: skip


def is_smooth(body: Basic, parameter: Name) -> bool:
    """Whether a term is built from the parameter by smooth operations that are defined everywhere.

    False says nothing: |y|·y has a continuous derivative as well.
    """
    if parameter not in free_names(body):
        return True
    if body == parameter:
        return True
    if isinstance(body, Call):
        return is_smooth(unfold(body), parameter)
    if isinstance(body, t.Quotient):
        above, below = body.args
        return parameter not in free_names(below) and is_smooth(above, parameter)
    if isinstance(body, t.Power):
        base, exponent = body.args
        return isinstance(exponent, Integer) and exponent >= 0 and is_smooth(base, parameter)
    if not isinstance(body, _SMOOTH):
        return False
    first, *rest = body.args
    if isinstance(body, (a.Sum, a.Product, a.Array, a.Entry)):  # ranges and indices stay fixed
        return is_smooth(first, parameter) and all(parameter not in free_names(x) for x in rest)
    return all(isinstance(x, Rational) or is_smooth(x, parameter) for x in body.args)
