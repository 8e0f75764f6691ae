"""Terms: SymPy expressions that never evaluate and keep the author's order.

Stock SymPy simplifies while an expression is being built (``x/x`` becomes 1), which
destroys exactly the steps that a derivation must show. Every node here is a SymPy
``Expr`` whose constructor stores its arguments and does nothing else.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any, ClassVar, Self

from sympy import Basic, Expr, Integer, Rational
from sympy.core.expr import AtomicExpr

Number = Rational
_NODES: dict[Any, Any] = {}
_MOST_NODES = 500_000


def shared(cls: Any, *args: Any, **own: Any) -> Any:
    """The node of a class with these arguments and own attributes; equal nodes are one object, and
    so compared at a glance.
    """
    key = (cls, args, *own.values())
    node = _NODES.get(key)
    if node is None:
        if len(_NODES) >= _MOST_NODES:
            _NODES.clear()
        node = _NODES[key] = Basic.__new__(cls, *args)
        for name, value in own.items():
            setattr(node, name, value)
    return node


class Leaf(Basic):  # type: ignore[misc]
    """A node without arguments that is what its own attributes say."""

    __slots__ = ()
    own: ClassVar[tuple[str, ...]] = ()

    def _hashable_content(self) -> tuple[Any, ...]:
        return tuple([getattr(self, name) for name in self.own])

    def __getnewargs__(self) -> tuple[Any, ...]:
        return self._hashable_content()


class Term(Expr):  # type: ignore[misc]
    """A scalar, vector or matrix expression; operators build nodes, nothing is computed."""

    __slots__ = ()
    _op_priority = 1000.0
    is_commutative = True

    def __new__(cls, *args: Any) -> Self:
        node: Self = shared(cls, *[lift(argument) for argument in args])
        return node

    def __add__(self, other: Any) -> Term:
        head = self.args if type(self) is Plus else (self,)
        return Plus(*head, other)

    def __radd__(self, other: Any) -> Term:
        return Plus(other, self)

    def __sub__(self, other: Any) -> Term:
        head = self.args if type(self) is Plus else (self,)
        return Plus(*head, Negative(other))

    def __rsub__(self, other: Any) -> Term:
        return Plus(other, Negative(self))

    def __mul__(self, other: Any) -> Term:
        head = self.args if type(self) is Times else (self,)
        return Times(*head, other)

    def __rmul__(self, other: Any) -> Term:
        return Times(other, self)

    def __truediv__(self, other: Any) -> Term:
        return Quotient(self, other)

    def __rtruediv__(self, other: Any) -> Term:
        return Quotient(other, self)

    def __pow__(self, other: Any, modulo: Any = None) -> Term:
        return Power(self, other)

    def __rpow__(self, other: Any) -> Term:
        return Power(other, self)

    def __matmul__(self, other: Any) -> Term:
        from verify.language.arrays import MatMul

        return MatMul(self, other)

    def __neg__(self) -> Term:
        return Negative(self)

    def __pos__(self) -> Term:
        return self

    def __abs__(self) -> Term:
        from verify.language.functions import Abs

        return Abs(self)

    def __getitem__(self, indices: Any) -> Term:
        from verify.language.arrays import entry

        return entry(self, *(indices if isinstance(indices, tuple) else (indices,)))

    def __iter__(self) -> Any:
        raise TypeError("a term cannot be iterated over; index it with a declared index")

    def __bool__(self) -> bool:
        raise TypeError("a term has no truth value; state it with equation, at_most or unequal")

    @property
    def T(self) -> Term:  # noqa: N802 (the field's notation)
        """The transpose."""
        from verify.language.arrays import Transpose

        return Transpose(self)

    def as_sympy(self) -> Expr:
        """The same expression in stock SymPy, for computing outside the kernel."""
        from verify.notation.stock import as_sympy

        return as_sympy(self)


class Illegal(Leaf, Term, AtomicExpr):  # type: ignore[misc]
    """Something that does not belong in a term, kept so that `check` can name its row."""

    __slots__ = ("what",)
    own = ("what",)
    what: str

    def __new__(cls, what: str) -> Self:
        node: Self = shared(cls, what=what)
        return node


class Plus(Term):
    """A sum of the author's addends, in the author's order."""


class Negative(Term):
    """The negative of a term."""


class Times(Term):
    """A product of the author's factors, in the author's order."""


class Quotient(Term):
    """numerator / denominator."""


class Power(Term):
    """base ** exponent."""


def lift(value: Any) -> Basic:
    """`value` as a node: terms and exact rationals pass, anything else becomes `Illegal`.

    Errors are reported when a claim is checked, with its row, and not at import.
    """
    from verify.language.definitions import Definition
    from verify.language.statements import Statement

    if isinstance(value, (Term, Definition, Statement)):
        return value
    if isinstance(value, bool):
        return Illegal(f"the truth value {value}; a statement is built with equation, at_most, ...")
    if isinstance(value, int):
        return Integer(value)
    if isinstance(value, Fraction):
        return Rational(value.numerator, value.denominator)
    if isinstance(value, Rational) and value.is_finite:
        return value
    if isinstance(value, float):
        return Illegal(f"the float {value!r}; write an exact Rational")
    if isinstance(value, str):
        return Illegal(f"the string {value!r}; declare a name instead")
    if isinstance(value, Basic):
        return Illegal(f"the stock SymPy object {value!r}; declare names with verify")
    return Illegal(f"an object of type {type(value).__name__}")
