"""Definedness: each operation in a term is shown to mean something, on the author's tree.

Normalising first would lose visible positivity and would cancel denominators, so this comes
before any row is compared.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sympy import Basic, Rational, Tuple

from verify.kernel import laws
from verify.kernel.polynomial import Poly, index_var
from verify.kernel.refusal import Refusal
from verify.kernel.signs import NONNEGATIVE, NONZERO, POSITIVE, is_integer
from verify.kernel.theory import ALGEBRA
from verify.kernel.visible import is_positive_definite, sign_of
from verify.language import arrays as a
from verify.language import functions as f
from verify.language import probability as pr
from verify.language import statements as s
from verify.language import terms as t
from verify.language.definitions import Call, Definition, unfold
from verify.language.names import Index, Name
from verify.language.substitution import free_names, substitute

if TYPE_CHECKING:
    from verify.kernel.context import Context

Env = dict[Basic, Poly]


def check(context: Context, node: Basic) -> None:
    """Raise `Refusal` unless every part of a term or statement is defined."""
    with context.defining():
        _check(context, node, {})


def check_under(context: Context, term: Basic, binders: tuple[Basic, ...]) -> None:
    """`check` for a term whose free indices among the binders lie in their ranges."""
    with context.defining():
        _check(context, a.Array(term, *binders) if binders else term, {})


def check_hypothesis(context: Context, statement: Basic) -> None:
    """`check` for a hypothesis: an expectation that it mentions is thereby assumed to exist."""
    context.asserting = True
    try:
        check(context, statement)
    finally:
        context.asserting = False


def _check(context: Context, node: Basic, env: Env) -> None:
    """What was shown once stays shown: hypotheses only grow while a proof is read."""
    closed = not (env and free_names(node) & env.keys())
    if not closed or (node, context.asserting) not in context.defined:
        _check_new(context, node, env)
        if closed:
            context.defined.add((node, context.asserting))


def _check_new(context: Context, node: Basic, env: Env) -> None:
    if isinstance(node, (Rational, Definition)):
        return
    if isinstance(node, Index):
        _check_index(context, node, env)
        return
    if isinstance(node, Name):
        return
    if isinstance(node, (a.Binding, s.Every)):
        _check_bound(context, node, env)
        return
    if isinstance(node, s.Implies):
        _check(context, node.args[0], env)
        inner = context.child()
        inner.add(node.args[0], "assumed")
        _check(inner, node.args[1], env)
        return
    if isinstance(node, s.AllOf):
        for part in node.args:
            _check(context, part, env)
            context = context.child()
            context.add(part, "assumed")
        return
    if isinstance(node, s.GlobalMinimum):
        _check_minimum(context, node, env)
        return
    if isinstance(node, Call):
        _check(context, unfold(node), env)
    for part in node.args:
        if isinstance(part, (t.Term, s.Statement, Tuple)):
            _check(context, part, env)
    _check_node(context, node, env)


def _check_index(context: Context, node: Basic, env: Env) -> None:
    """A free index stands for some value of its range, which must then have one."""
    if node in env or node in context.scope or node in context.present:
        return
    if context.label(node) not in context.ranges:
        raise Refusal(f"the index {node.name} is neither bound here nor declared with a range")
    low, high = context.ranges[context.label(node)]
    if high is not None and not context.sign(high - low) <= NONNEGATIVE:
        raise Refusal(f"the range of the index {node.name} is not shown to have a value")


def _check_bound(context: Context, node: Basic, env: Env) -> None:
    inner = dict(env)
    n = context.normal(ALGEBRA)
    for where in node.args[1:]:
        if isinstance(where, Name):
            continue
        for end in where[1:]:
            _check(context, end, inner)
        ends = [n.of(end, inner) for end in where[1:]]
        if not all(is_integer(end) for end in ends):
            raise Refusal(f"the range of {where[0]} is not between integers")
        name = context.fresh(ends[0], ends[1] if len(ends) > 1 else None)
        inner[where[0]] = index_var(name)
    _check(context, node.args[0], inner)


def _check_minimum(context: Context, node: Basic, env: Env) -> None:
    objective, variable, constraints, at, value = node.args
    for constraint in constraints:
        _check(context, constraint, env)
    feasible = context.child()
    for constraint in constraints:
        feasible.add(constraint, "assumed")
    _check(feasible, objective, env)
    for term in (at, value, substitute(objective, {variable: at})):
        _check(context, term, env)


def _check_node(context: Context, node: Basic, env: Env) -> None:
    if isinstance(node, t.Quotient):
        if 0 in sign_of(context, node.args[1], env, NONZERO):
            raise Refusal(f"the denominator {node.args[1]} is not shown to be nonzero")
    elif isinstance(node, t.Power):
        _check_power(context, node, env)
    elif isinstance(node, f.Root):
        if not sign_of(context, node.args[0], env, NONNEGATIVE) <= NONNEGATIVE:
            raise Refusal(f"{node.args[0]} under a root is not shown to be ≥ 0")
    elif isinstance(node, f.Log):
        if sign_of(context, node.args[0], env) != POSITIVE:
            raise Refusal(f"{node.args[0]} under a logarithm is not shown to be > 0")
    elif isinstance(node, (pr.Expectation, pr.Variance)):
        _check_moment(context, node, env)
    elif isinstance(node, a.Inverse):
        if not is_positive_definite(context, node.args[0]):
            raise Refusal(f"{node.args[0]} is not shown to be invertible")
    elif isinstance(node, a.Entry):
        _check_entry(context, node, env)
    elif isinstance(node, a.Delta):
        for part in node.args:
            if not is_integer(context.normal(ALGEBRA).of(part, env)):
                raise Refusal(f"{part} in a Kronecker delta is not shown to be an integer")


def _check_power(context: Context, node: Basic, env: Env) -> None:
    base, exponent = node.args
    if exponent.is_Integer:
        if exponent < 0 and 0 in sign_of(context, base, env, NONZERO):
            raise Refusal(f"{base} to a negative power is not shown to be nonzero")
        return
    value = context.normal(ALGEBRA).of(exponent, env)
    if is_integer(value):
        if not context.sign(value) <= NONNEGATIVE and 0 in sign_of(context, base, env, NONZERO):
            raise Refusal(f"{base} may be 0 and the exponent {exponent} negative")
    elif sign_of(context, base, env) != POSITIVE:
        raise Refusal(f"{base} to the power {exponent} needs a base shown to be > 0")


def _check_moment(context: Context, node: Basic, env: Env) -> None:
    if context.asserting:
        return
    n = context.normal(ALGEBRA)
    inner = n.of(node.args[0], env)
    if isinstance(node, pr.Variance):
        inner = n.mul(inner, inner)
    for mono, _ in inner.terms:
        m = context.opened(mono)
        moving = [(atom, e) for atom, e in m.factors if laws.leaves(n, atom)]
        if moving and not laws.integrable(n, moving):
            what = "V" if isinstance(node, pr.Variance) else "E"
            raise Refusal(f"{what} of {node.args[0]} is not known to exist")


def _check_entry(context: Context, node: Basic, env: Env) -> None:
    base, indices = node.args[0], node.args[1:]
    n = context.normal(ALGEBRA)
    values = [n.of(i, env) for i in indices]
    known = dict(env)
    ranges = base.axes if isinstance(base, Name) else [(None, *ends) for ends in a.axes(base)]
    if len(values) > len(ranges):
        raise Refusal(f"{base} has {len(ranges)} indices, not {len(values)}")
    for (index, low, high), value in zip(ranges, values, strict=False):
        lo, hi = n.of(low, known), None if high is None else n.of(high, known)
        if not context.in_range(value, lo, hi):
            raise Refusal(f"the index of {node} is not shown to lie in {low}..{high}")
        if index is not None:
            known[index] = value
