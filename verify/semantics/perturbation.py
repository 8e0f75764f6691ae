"""By how much a right-hand side moves when one of its constants is wrong.

A check that sees an error of this size sees 1 % in any constant of the claim.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from sympy import Basic, Rational, Tuple

from verify.language import arrays as a
from verify.language.calculus import Applied, Derivative, Partial
from verify.language.definitions import Call, unfold
from verify.language.probability import Expectation, Variance
from verify.language.statements import Every, Exists
from verify.language.terms import Power, lift
from verify.semantics.faults import UndefinedError
from verify.semantics.numeric import Values, numeric

#: What a simulation knows as a whole, and not by its formula.
_QUANTITIES = (Expectation, Variance, Applied, Partial, Derivative)


def perturbations(term: Basic, by: Fraction = Fraction(1, 100)) -> list[Basic]:
    """The term with each nonzero numeric constant changed by the factor 1 + `by`, one at a time.

    Exponents, indices and ranges stay: they are the shape of the formula, and another shape is
    another claim, for a variant to state. Constants inside E, V, derivatives and the arguments of
    unknown functions stay as well, being part of the quantity and not of the formula for it.
    Definitions are unfolded first.
    """
    factor = Rational(by.numerator, by.denominator) + 1
    return list(_changed(_unfolded(term), factor))


def smallest_effect(term: Basic, values: Values, by: Fraction = Fraction(1, 100)) -> float:
    """The smallest relative change of the term over `perturbations` up and down, at most `by`.

    `by` itself stands for the formula's implicit overall factor. A constant without
    effect at these values (it multiplies 0, say) is left out. Raises as `numeric`, and
    UndefinedError for the value 0.
    """
    here = numeric(term, values)
    if here == 0:
        raise UndefinedError("a relative change of 0")
    smallest = float(by)
    for changed in (*perturbations(term, by), *perturbations(term, -by)):
        try:
            effect = abs(numeric(changed, values) - here) / abs(here)
        except UndefinedError:
            continue
        if effect > 1e-12:
            smallest = min(smallest, float(effect))
    return smallest


def _unfolded(term: Basic) -> Basic:
    if isinstance(term, Call):
        return _unfolded(unfold(term))
    if isinstance(term, _QUANTITIES) or not term.args:
        return term
    return term.func(*(_unfolded(part) for part in term.args))


def _changed(term: Basic, factor: Rational) -> Iterator[Basic]:
    if isinstance(term, Rational):
        if term != 0:
            yield lift(term * factor)
        return
    fixed = _fixed_arguments(term)
    for position, part in enumerate(term.args):
        if position in fixed:
            continue
        for changed in _changed(part, factor):
            yield term.func(*term.args[:position], changed, *term.args[position + 1 :])


def _fixed_arguments(term: Basic) -> range:
    count = len(term.args)
    if isinstance(term, (*_QUANTITIES, a.Delta, Tuple)):
        return range(count)
    if isinstance(term, (Power, a.Binding, a.Entry, Every, Exists)):
        return range(1, count)
    return range(0)
