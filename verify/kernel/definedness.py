"""Definedness: each operation in a term is shown to mean something, on the author's tree.

Normalising first would lose visible positivity and would cancel denominators, so this comes
before any row is compared.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from sympy import Basic, Rational, Tuple

from verify import language as l
from verify.kernel import laws
from verify.kernel.derivatives import check_smooth
from verify.kernel.integers import is_integer
from verify.kernel.normal import Entries
from verify.kernel.order import sign_of
from verify.kernel.polynomial import Refusal
from verify.kernel.sign_sets import NONNEGATIVE, NONZERO, POSITIVE
from verify.kernel.theory import ALGEBRA

if TYPE_CHECKING:
    from verify.kernel.context import Context
    from verify.kernel.normal import Env


def check(context: Context, node: Basic, binders: tuple[Basic, ...] = ()) -> None:
    """Raise `Refusal` unless every part of a term or statement is defined, its free indices among
    the binders lying in their ranges.
    """
    with context.defining():
        _check(context, l.Array(node, *binders) if binders else node, {})


def check_hypothesis(context: Context, statement: Basic) -> None:
    """`check` for a hypothesis: an expectation that it mentions is thereby assumed to exist."""
    context.asserting = True
    try:
        check(context, statement)
    finally:
        context.asserting = False


def _check(context: Context, node: Basic, env: Env) -> None:
    """What was shown once stays shown: hypotheses only grow while a proof is read."""
    closed = l.free_names(node).isdisjoint(env)
    if not closed or (node, context.asserting) not in context.defined:
        _check_new(context, node, env)
        if closed:
            context.defined.add((node, context.asserting))


def _check_new(context: Context, node: Any, env: Env) -> None:
    match node:
        case Rational() | l.Definition():
            return
        case l.Name(axes=axes):
            for index, *ends in axes:
                ends = [end for end in ends if end is not None]
                _check_ends(context, ends, env, node)
                if index is not None:
                    env = context.ranged([(index, *ends)], env)[1]
            return
        case l.Index():
            _check_index(context, node, env)
            return
        case l.Binding():
            for k, where in enumerate(node.args[1:]):
                _check_ends(context, where[1:], context.ranged(node.args[1 : k + 1], env)[1],
                            where[0])  # fmt: skip
            _check(context, node.args[0], context.ranged(node.args[1:], env)[1])
            return
        case l.Every() | l.Exists():  # an index is fixed here: what is assumed of it is of it alone
            values: dict[Basic, Basic] = {}
            for where in node.args[1:]:
                if isinstance(where, l.Name):
                    context.require_fresh(where)
                    continue
                ends = [l.substitute(end, values) for end in where[1:]]
                _check_ends(context, ends, env, where[0])
                values[where[0]] = context.unspoken(where[0], ends)
                context = context.bound_to(values[where[0]], ends)
            _check(context, l.substitute(node.args[0], values), env)
            return
        case l.Implies() | l.AllOf():
            for part in node.args:
                _check(context, part, env)
                context = context.child()
                context.add(part, "assumed")
            return
        case l.GlobalMinimum():
            objective, variable, constraints, at, value = node.args
            context.require_fresh(variable)
            _check(context, l.Implies(l.AllOf(*constraints), l.Equation(objective, 0)), env)
            for term in (at, value, l.substitute(objective, {variable: at})):
                _check(context, term, env)
            return
        case l.Call():
            _check(context, l.unfold(node), env)
    for part in node.args:
        if isinstance(part, (l.Term, l.Statement, Tuple)):
            _check(context, part, env)
    _check_node(context, node, env)


def _check_ends(context: Context, ends: Iterable[Basic], env: Env, of: Any) -> None:
    for end in ends:
        _check(context, end, env)
        _require(is_integer(context.normal(ALGEBRA).of(end, env)),
                 "the range of {} is not between integers", of.name)  # fmt: skip


def _require(holds: bool, otherwise: str, *about: Any) -> None:
    if not holds:
        raise Refusal(otherwise.format(*about))


def _check_index(context: Context, node: Basic, env: Env) -> None:
    """A free index stands for some value of its range, which must then have one."""
    if node in env or node in context.scope:
        return
    _check_ends(context, [end for end in (node.low, node.high) if end is not None], env, node)
    if node in context.present:
        return
    _require(context.known(node) in context.ranges,
             "the index {} is neither bound here nor declared with a range", node.name)  # fmt: skip
    low, high = context.ranges[node]
    _require(high is None or context.sign(high - low) <= NONNEGATIVE,
             "the range of the index {} is not shown to have a value", node.name)  # fmt: skip


def _check_node(context: Context, node: Any, env: Env) -> None:
    match node:
        case l.Quotient(args=(_, below)):
            _require(0 not in sign_of(context, below, env, NONZERO),
                     "the denominator {} is not shown to be nonzero", below)  # fmt: skip
        case l.Power(args=(base, exponent)):
            _check_power(context, base, exponent, env)
        case l.Root(args=(inside,)):
            _require(sign_of(context, inside, env, NONNEGATIVE) <= NONNEGATIVE,
                     "{} under a root is not shown to be ≥ 0", inside)  # fmt: skip
        case l.Log(args=(inside,)):
            _require(sign_of(context, inside, env, POSITIVE) == POSITIVE,
                     "{} under a logarithm is not shown to be > 0", inside)  # fmt: skip
        case l.Expectation() | l.Variance() if not context.asserting:
            _check_moment(context, node, env)
        case l.Inverse(args=(matrix,)):
            _require(
                context.positive_definite(matrix, env), "{} is not shown to be invertible", matrix
            )
        case l.Entry(args=(base, *indices)):
            ranges = base.axes if isinstance(base, l.Name) else [(None, *e) for e in l.axes(base)]
            _check_ranges(context, node, ranges, indices, env)
        case l.Derivative(args=(body, _)):
            check_smooth(context, body, l.variable(node), env)
        case l.Partial(args=(function, _, *indices)):
            check_smooth(context, l.Applied(function, node.args[1]), function, env)
            _check_ranges(context, node, function.axes, indices, env)
        case l.Delta(args=parts):
            for part in parts:
                _require(is_integer(context.normal(ALGEBRA).of(part, env)),
                         "{} in a Kronecker delta is not shown to be an integer", part)  # fmt: skip


def _check_power(context: Context, base: Basic, exponent: Basic, env: Env) -> None:
    value = context.normal(ALGEBRA).of(exponent, env)
    if is_integer(value):
        natural = context.sign(value) <= NONNEGATIVE
        _require(natural or 0 not in sign_of(context, base, env, NONZERO),
                 "{} may be 0 and the exponent {} negative", base, exponent)  # fmt: skip
    else:
        _require(sign_of(context, base, env, POSITIVE) == POSITIVE,
                 "{} to the power {} needs a base shown to be > 0", base, exponent)  # fmt: skip


def _check_moment(context: Context, node: Basic, env: Env) -> None:
    n = context.normal(ALGEBRA)
    inner = n.of(node.args[0], env)
    inner = n.mul(inner, inner) if isinstance(node, l.Variance) else inner
    for mono in inner.terms:
        moving = [(a, e) for a, e in context.opened(mono).factors if laws.leaves(n, a)]
        _require(not moving or laws.integrable(n, moving),
                 "{} is not known to exist; `well_formed` may say finite_moment", node)  # fmt: skip


def _check_ranges(context: Context, node: Basic, ranges: Any, indices: Any, env: Env) -> None:
    """Each index lies in its range, later ranges being read at the indices before."""
    _require(len(indices) <= len(ranges), "{} has {} indices", node, len(indices))
    n, known = context.normal(ALGEBRA), dict(env)
    for (index, low, high), i in zip(ranges, indices, strict=False):
        value, top = n.of(i, env), None if high is None else n.of(high, known)
        _require(context.in_range(value, n.of(low, known), top),
                 "the index of {} is not shown to lie in {}..{}", node, low, high)  # fmt: skip
        if index is not None:
            known[index] = Entries(value)
