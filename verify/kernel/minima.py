"""Global minima: a feasible point, its value, a gap that is visibly ≥ 0, its zeros."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Basic

from verify import language as l
from verify.kernel import matching, order
from verify.kernel.context import Context
from verify.kernel.polynomial import Refusal
from verify.kernel.sign_sets import NONNEGATIVE
from verify.kernel.theory import ALGEBRA

if TYPE_CHECKING:
    from verify.kernel.shapes import Checker


def prove(checker: Checker, context: Context, goal: Basic, proof: l.Minimum, path: str) -> None:
    """Feasibility and value at the point; objective − value = C ≥ 0; C = 0 only at the point."""
    objective, variable, constraints, at, value = goal.args
    _variable(context, variable, at, value)
    if len(proof.feasible) != len(constraints):
        raise Refusal(f"{len(constraints)} constraints need as many proofs")
    here = {variable: at}
    for number, (c, part) in enumerate(zip(constraints, proof.feasible, strict=True), 1):
        checker.prove(context, l.substitute(c, here), part, f"{path}constraint {number}, ")
    there = l.Equation(l.substitute(objective, here), value)
    checker.prove(context, there, proof.attains, path + "value, ")
    inner = context.child()
    for constraint in constraints:
        inner.add(constraint, "assumed")
    gap = proof.gap
    if not isinstance(gap, l.Chain) or not gap.rows or gap.start != objective - value:
        raise Refusal(f"the gap is a chain from {objective - value} to a term that is ≥ 0")
    last = _equal_to(checker, inner, gap, path + "gap, ")
    if not order.sign_of(inner, last, None, NONNEGATIVE) <= NONNEGATIVE:
        raise Refusal(f"the gap {last} is not shown to be ≥ 0")
    unique = isinstance(goal, l.UniqueMinimum)
    if unique != (proof.unique is not None):
        raise Refusal("the statement and the proof differ on whether the minimiser is unique")
    if proof.unique is not None:
        inner.add(l.Equation(last, 0), "obtained")
        _unique(checker, inner, variable, at, proof.unique, path + "uniqueness, ")


def _equal_to(checker: Checker, context: Context, chain: l.Chain, path: str) -> Basic:
    """The end of a chain of equalities."""
    if checker.walk(context, chain, path) is not l.Equation:
        raise Refusal("only equalities are allowed in this chain")
    end: Basic = chain.rows[-1].term
    return end


def _variable(context: Context, variable: Any, at: Basic, value: Basic) -> None:
    if not isinstance(variable, l.Name) or variable.sort != "real" or variable.random:
        raise Refusal(f"{variable} is not a declared real name to minimise over")
    if variable in l.free_names(at) | l.free_names(value):
        raise Refusal(f"the minimiser or the minimum mentions {variable} itself")
    if not l.same_axes(l.axes(at), l.axes(variable)):
        raise Refusal(f"{at} has not the shape of {variable}")
    if l.is_random(at) or l.is_random(value):
        raise Refusal("the minimiser and the minimum are fixed, not random")
    context.require_fresh(variable)


def _unique(
    checker: Checker, inner: Context, variable: Any, at: Basic, proof: Any, path: str
) -> None:
    if not isinstance(proof, l.Chain):
        raise Refusal("uniqueness is a chain from the variable to the point")
    start, axes = proof.start, l.axes(variable)
    indices = start.args[1:] if axes and isinstance(start, l.Entry) else ()
    free = all(isinstance(i, l.Index) for i in indices) and len(set(indices)) == len(axes)
    if not free or start != (l.Entry(variable, *indices) if axes else variable):
        raise Refusal(f"uniqueness starts with {variable}, or its entry at free indices")
    for index, axis in zip(indices, axes, strict=True):
        inner = inner.bound_to(index, tuple(end for end in axis if end is not None))
    target = l.Entry(at, *indices) if axes else at
    end = _equal_to(checker, inner, proof, path)
    if not matching.equal_arrays(inner, ALGEBRA, end, target):
        raise Refusal(f"uniqueness ends with {end}, not with {target}")
