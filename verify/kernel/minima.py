"""Global minima: a feasible point, its value, a gap that is visibly ≥ 0, its zeros."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sympy import Basic

from verify.kernel import laws, matching, signs, visible
from verify.kernel.context import Context
from verify.kernel.polynomial import index_var
from verify.kernel.refusal import Refusal
from verify.kernel.theory import ALGEBRA
from verify.language import arrays as a
from verify.language import functions as f
from verify.language import proofs as pf
from verify.language import statements as s
from verify.language import terms as t
from verify.language.definitions import Call, unfold
from verify.language.names import Index, Name
from verify.language.substitution import free_names, substitute

if TYPE_CHECKING:
    from verify.kernel.shapes import Checker


def prove(checker: Checker, context: Context, goal: Basic, proof: pf.Minimum, path: str) -> None:
    """Feasibility and value at the point; objective − value = C ≥ 0; C = 0 only at the point."""
    objective, variable, constraints, at, value = goal.args
    _variable(context, variable, at, value)
    if len(proof.feasible) != len(constraints):
        raise Refusal(f"{len(constraints)} constraints need as many proofs")
    for number, (c, part) in enumerate(zip(constraints, proof.feasible, strict=True), 1):
        checker.prove(context, substitute(c, {variable: at}), part, f"{path}constraint {number}, ")
    there = substitute(objective, {variable: at})
    checker.prove(context, s.Equation(there, value), proof.attains, path + "value, ")
    inner = context.child()
    for constraint in constraints:
        inner.add(constraint, "assumed")
    gap = _gap(checker, inner, objective, value, proof.gap, path + "gap, ")
    if isinstance(goal, s.UniqueMinimum):
        if proof.unique is None:
            raise Refusal("the statement says unique; the proof has no part for it")
        _unique(checker, inner, goal, gap, proof.unique, path + "uniqueness, ")
    elif proof.unique is not None:
        raise Refusal("the proof shows uniqueness; the statement does not say it")


def _variable(context: Context, variable: Basic, at: Basic, value: Basic) -> None:
    if not isinstance(variable, Name) or variable.sort != "real" or variable.random:
        raise Refusal(f"{variable} is not a declared real name to minimise over")
    if variable in free_names(at) | free_names(value):
        raise Refusal(f"the minimiser or the minimum mentions {variable} itself")
    if not a.same_axes(a.axes(at), a.axes(variable)):
        raise Refusal(f"{at} has not the shape of {variable}")
    if laws.is_random(at) or laws.is_random(value):
        raise Refusal("the minimiser and the minimum are fixed, not random")
    context.require_fresh(variable)


def _gap(
    checker: Checker, context: Context, objective: Basic, value: Basic, gap: Any, path: str
) -> Basic:
    if not isinstance(gap, pf.Chain) or not gap.rows:
        raise Refusal("the gap is a chain from objective − value to a term that is ≥ 0")
    if gap.start != objective - value:
        raise Refusal(f"the gap starts with {gap.start}, not with {objective - value}")
    if checker.walk(context, gap, path) is not s.Equation:
        raise Refusal("the gap is a chain of equalities")
    last: Basic = gap.rows[-1].term
    if not visible.sign_of(context, last, None, signs.NONNEGATIVE) <= signs.NONNEGATIVE:
        raise Refusal(f"the gap {last} is not shown to be ≥ 0")
    return last


def _unique(
    checker: Checker, context: Context, goal: Basic, gap: Basic, proof: Any, path: str
) -> None:
    _, variable, _, at, _ = goal.args
    inner = context.child()
    for binders, term in zeros(context, gap, ()):
        fact: Basic = s.Equation(term, 0)
        inner.add(s.Every(fact, *binders) if binders else fact, "obtained")
    if not isinstance(proof, pf.Chain):
        raise Refusal("uniqueness is a chain from the variable to the point")
    target = at
    if a.axes(variable):
        start = proof.start
        fits = isinstance(start, a.Entry) and start.args[0] == variable
        indices = start.args[1:] if fits else ()
        if len(indices) != len(a.axes(variable)) or len(set(indices)) != len(indices):
            raise Refusal(f"uniqueness starts with an entry of {variable} at a free index")
        for index, axis in zip(indices, a.axes(variable), strict=True):
            if not isinstance(index, Index):
                raise Refusal(f"{index} is not a free index")
            inner = inner.bound_to(index, tuple(end for end in axis if end is not None))
        target = a.Entry(at, *indices)
    elif proof.start != variable:
        raise Refusal(f"uniqueness starts with {variable}")
    if checker.walk(inner, proof, path) is not s.Equation:
        raise Refusal("uniqueness is a chain of equalities")
    if not matching.equal_arrays(inner, ALGEBRA, proof.rows[-1].term, target):
        raise Refusal(f"uniqueness ends with {proof.rows[-1].term}, not with {target}")


Binders = tuple[Basic, ...]


def zeros(context: Context, term: Basic, binders: Binders) -> list[tuple[Binders, Basic]]:
    """What must vanish when a term that is a visible sum of terms ≥ 0 vanishes."""
    if isinstance(term, Call) and not a.axes(term):
        return zeros(context, unfold(term), binders)
    quadratic = visible.quadratic(term)
    if quadratic is not None:
        return _zero_vector(context, *quadratic, binders)
    if isinstance(term, t.Plus):
        touching = _tangent(context, term)
        if touching is not None:
            return [(binders, touching)]
        if all(
            _sign(context, part, binders, signs.NONNEGATIVE) <= signs.NONNEGATIVE
            for part in term.args
        ):
            return [zero for part in term.args for zero in zeros(context, part, binders)]
    if isinstance(term, (t.Times, t.Quotient)):
        factors = term.args[:1] if isinstance(term, t.Quotient) else term.args
        left = [part for part in factors if 0 in _sign(context, part, binders, signs.NONZERO)]
        if len(left) == 1:
            return zeros(context, left[0], binders)
    if isinstance(term, t.Power) and term.args[1].is_Integer and term.args[1] > 0:
        return zeros(context, term.args[0], binders)
    if isinstance(term, (f.Root, f.Abs)):
        return zeros(context, term.args[0], binders)
    if isinstance(term, a.Sum):
        inner = (*binders, *term.args[1:])
        if _sign(context, term.args[0], inner, signs.NONNEGATIVE) <= signs.NONNEGATIVE:
            return zeros(context, term.args[0], inner)
    return [(binders, term)]


def _sign(context: Context, term: Basic, binders: Binders, wanted: signs.Signs) -> signs.Signs:
    env: dict[Basic, Any] = {}
    n = context.normal(ALGEBRA)
    for index, low, high in binders:
        name = context.fresh(n.of(low, env), n.of(high, env))
        env[index] = index_var(name)
    return visible.sign_of(context, term, env, wanted)


def _tangent(context: Context, term: Basic) -> Basic | None:
    """x − 1 if the term is x − 1 − log x, which vanishes at x = 1 only."""
    logs = [p for p in term.args if isinstance(p, t.Negative) and isinstance(p.args[0], f.Log)]
    if len(logs) != 1:
        return None
    rest = t.Plus(*(part for part in term.args if part is not logs[0]))
    x = logs[0].args[0].args[0]
    touching: Basic = t.Plus(x, t.Negative(1))
    return touching if matching.equal_arrays(context, ALGEBRA, rest, touching) else None


def _zero_vector(
    context: Context, vector: Basic, matrix: Basic | None, binders: Binders
) -> list[tuple[Binders, Basic]]:
    if matrix is not None and not visible.is_positive_definite(context, matrix):
        raise Refusal(f"{matrix} is not shown to be positive definite")
    (low, high) = a.axes(vector)[0]
    taken = {x.name for x in free_names(vector)}
    name = next(x for x in ("i", "j", "k", "l", "i'", "i''", "i'''") if x not in taken)
    index = Index(name)
    return [((*binders, a.binder((index, low, high))), a.Entry(vector, index))]
