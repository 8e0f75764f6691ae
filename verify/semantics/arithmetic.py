"""Arithmetic and functions of numbers and arrays, as functions of a frame."""

from __future__ import annotations

from collections.abc import Callable
from operator import add as plain_add
from operator import mul as plain_multiply
from typing import TYPE_CHECKING, Any

from sympy import Basic

from verify.language import arrays as a
from verify.language import functions as f
from verify.language import terms as t
from verify.semantics import scalars as s
from verify.semantics.array_values import (
    ArrayValue,
    Value,
    add,
    entrywise,
    inverse,
    matrix_product,
    multiply,
    transpose,
)
from verify.semantics.frames import Frame, Made
from verify.semantics.remembering import remembered
from verify.semantics.scalars import ONE, ZERO
from verify.semantics.scopes import Scope, read

if TYPE_CHECKING:
    from verify.semantics.evaluation import Terms


def _plus(terms: Terms, term: Basic, scope: Scope) -> Made:
    return _joined(terms, term, scope, plain_add, add)


def _times(terms: Terms, term: Basic, scope: Scope) -> Made:
    return _joined(terms, term, scope, plain_multiply, multiply)


def _joined(terms: Terms, term: Basic, scope: Scope, join: Any, general: Any) -> Made:
    made = [terms.value(part, scope) for part in term.args]
    number = all(part.number for part in made)
    put, (first, *rest) = join if number else general, [part.run for part in made]
    if len(rest) == 1:
        (second,) = rest
        return Made(lambda frame: put(first(frame), second(frame)), number)

    def run(frame: Frame) -> Value:
        total = first(frame)
        for part in rest:
            total = put(total, part(frame))
        return total

    return Made(run, number)


def _negative(terms: Terms, term: Basic, scope: Scope) -> Made:
    made = terms.value(term.args[0], scope)
    run: Any = made.run
    if made.number:
        return Made(lambda frame: -run(frame), True)
    return Made(lambda frame: entrywise(run(frame), ZERO, lambda x, _: -x), False)


def _quotient(terms: Terms, term: Basic, scope: Scope) -> Made:
    (top, number), bottom = terms.value(term.args[0], scope), terms.number(term.args[1], scope)
    if number:
        return Made(lambda frame: s.divide(top(frame), bottom(frame)), True)
    return Made(lambda frame: entrywise(top(frame), bottom(frame), s.divide), False)


def _power(terms: Terms, term: Basic, scope: Scope) -> Made:
    base, exponent = (terms.number(part, scope) for part in term.args)
    return Made(lambda frame: s.power(base(frame), exponent(frame)), True)


def _delta(terms: Terms, term: Basic, scope: Scope) -> Made:
    if all(terms.is_of_integers(part, scope) for part in term.args):
        i, j = (terms.integer(part, scope) for part in term.args)
        return Made(lambda frame: ONE if i(frame) == j(frame) else ZERO, True)
    left, right = (terms.number(part, scope) for part in term.args)
    return Made(lambda frame: ONE if s.order(left(frame), right(frame)) == 0 else ZERO, True)


def _matmul(terms: Terms, term: Basic, scope: Scope) -> Made:
    return Made(_joined(terms, term, scope, matrix_product, matrix_product).run, False)


def _transpose(terms: Terms, term: Basic, scope: Scope) -> Made:
    run, number = terms.value(term.args[0], scope)

    def transposed(frame: Frame) -> Value:
        found = run(frame)
        return transpose(found) if type(found) is ArrayValue else found

    return Made(run if number else transposed, number)


def _inverse(terms: Terms, term: Basic, scope: Scope) -> Made:
    run, number = terms.value(term.args[0], scope)

    def inverted(frame: Frame) -> Value:
        found = run(frame)
        return inverse(found) if type(found) is ArrayValue else s.divide(ONE, found)

    return Made(remembered(inverted, read(term, scope)), number)


def _vector(terms: Terms, term: Basic, scope: Scope) -> Made:
    parts = [terms.number(part, scope) for part in term.args]
    axes = (range(1, len(parts) + 1),)

    def run(frame: Frame) -> Value:
        return ArrayValue(1, {(i,): x(frame) for i, x in enumerate(parts, 1)}, axes)

    return Made(run, False)


def _function(work: s.ScalarFunction) -> Callable[[Terms, Basic, Scope], Made]:
    def rule(terms: Terms, term: Basic, scope: Scope) -> Made:
        argument = terms.number(term.args[0], scope)
        return Made(lambda frame: work(argument(frame)), True)

    return rule


RULES: dict[type[Basic], Callable[[Terms, Any, Scope], Made]] = {
    t.Plus: _plus,
    t.Times: _times,
    t.Negative: _negative,
    t.Quotient: _quotient,
    t.Power: _power,
    a.Vector: _vector,
    a.Delta: _delta,
    a.Transpose: _transpose,
    a.MatMul: _matmul,
    a.Inverse: _inverse,
    f.Root: _function(s.root),
    f.Abs: _function(s.absolute),
    f.Sign: _function(s.sign),
    f.ReLU: _function(s.positive_part),
    f.Exp: _function(s.exponential),
    f.Log: _function(s.logarithm),
    f.Tanh: _function(s.hyperbolic_tangent),
    f.Sigmoid: _function(s.logistic),
}
