"""Functions of one real variable, and the square root."""

from __future__ import annotations

from verify.language.terms import Term


class Function(Term):
    """A named real function applied to one scalar."""


class Root(Term):
    """The nonnegative square root; its argument must be shown to be >= 0."""


class Abs(Function):
    """|x|."""


class Sign(Function):
    """-1, 0 or 1."""


class ReLU(Function):
    """max(x, 0)."""


class Exp(Function):
    """e^x."""


class Log(Function):
    """The natural logarithm; its argument must be shown to be > 0."""


class Tanh(Function):
    """The hyperbolic tangent."""


class Sigmoid(Function):
    """1/(1 + e^(-x))."""
