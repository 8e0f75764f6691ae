"""Derivatives of normal forms: sum, product and chain rule, and the table of functions.

That a body has a derivative where it is taken is shown on the author's tree, by `check_smooth`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import Basic, Tuple

from verify import language as l
from verify.kernel import contraction, expectation, functions, laws, order
from verify.kernel.polynomial import ONE, ZERO, Atom, Poly, Refusal, index_var, of_atom
from verify.kernel.sign_sets import NONZERO, POSITIVE
from verify.kernel.theory import ALGEBRA

if TYPE_CHECKING:
    from verify.kernel.context import Context
    from verify.kernel.normal import Env, Normalizer

At = tuple[Poly, ...]


def mentions(p: Poly, x: Basic) -> bool:
    """Whether a normal form depends on a name, through definitions as well."""
    return any(_depends(atom, x) for mono in p.terms for atom, _ in mono.factors)


def _depends(atom: Atom, x: Basic) -> bool:
    own = atom.head == x or (atom.kind == "call" and x in l.free_names(atom.head))
    return own or any(mentions(part, x) for part in atom.parts)


def along(n: Normalizer, p: Poly, x: Basic, at: At) -> Poly:
    """∂p/∂x[at]; all other names are constants."""
    total = ZERO
    for mono, c in p.terms.items():
        m = n.context.opened(mono)
        for atom, e in m.factors:
            if _depends(atom, x):
                rest = [pair for pair in m.factors if pair[0] != atom] + [(atom, e - 1)]
                part = n.mul(_of_atom(n, atom, x, at), contraction.build(n, (), rest))
                total = total + n.bind(m.binders, part).scaled(c * e)
    return total


def _of_atom(n: Normalizer, atom: Atom, x: Any, at: At) -> Poly:
    plain, itself = n.context.normal(ALGEBRA), of_atom(atom)
    p = atom.parts[0] if atom.parts else ZERO
    match atom.kind:
        case "name":
            return n.times(*(n.delta(i - j) for i, j in zip(atom.parts, at, strict=True)))
        case "poly":
            return along(n, p, x, at)
        case "call":
            return along(n, plain.unfolded(atom), x, at)
        case "derivative":
            return along(n, along(plain, p, atom.head, atom.parts[1:]), x, at)
        case "E":
            return _of_expectation(n, p, x, at)
        case "V":
            square = _of_expectation(n, plain.mul(p, p), x, at)
            mean = n.mul(expectation.expect(n, p), _of_expectation(n, p, x, at))
            return square - mean.scaled(2)
        case "power" if not mentions(atom.parts[1], x):
            k = atom.parts[1]
            if 0 in n.context.sign(p, n, NONZERO) and not n.context.sign(k - ONE) <= {0, 1}:
                raise Refusal(f"{p} may be 0 under the exponent {k} - 1")
            return n.times(k, n.raised(p, k - ONE), along(n, p, x, at))
        case "applied":
            return _chained(n, atom, x, at)
    outer = {
        "root": lambda: n.recip(itself.scaled(2)),
        "exp": lambda: itself,
        "log": lambda: n.recip(p),
        "tanh": lambda: ONE - n.mul(itself, itself),
        "sigmoid": lambda: itself - n.mul(itself, itself),
        "abs": lambda: functions.NAMED["sign"](n, p),
        "relu": lambda: (ONE + functions.NAMED["sign"](n, p)).scaled(Fraction(1, 2)),
        "sign": lambda: ZERO,
    }.get(atom.kind)
    if outer is None:
        raise Refusal(f"no derivative is known of {atom}")
    return n.mul(outer(), along(n, p, x, at))


def _of_expectation(n: Normalizer, p: Poly, x: Basic, at: At) -> Poly:
    """∂E[p]/∂x = E[∂p/∂x]."""
    _check_mean(n, p, x)
    return expectation.expect(n, along(n, p, x, at))


def _check_mean(n: Normalizer, p: Poly, x: Basic) -> None:
    """Raise unless p is a polynomial in x with integrable coefficients."""
    for mono in p.terms:
        m = n.context.opened(mono)
        rest = [pair for pair in m.factors if (pair[0].kind, pair[0].head) != ("name", x)]
        moving = [pair for pair in rest if laws.leaves(n, pair[0])]
        inside = any(_depends(atom, x) for atom, _ in rest) or any(
            atom.head == x and e < 0 for atom, e in m.factors)  # fmt: skip
        if inside or (moving and not laws.integrable(n, moving)):
            raise Refusal(f"E[{p}] is not a polynomial in {x} with integrable coefficients")


def _chained(n: Normalizer, atom: Atom, x: Basic, at: At) -> Poly:
    """Σ_j ∂_j L(y) · ∂y_j/∂x."""
    (body,), (bound,) = atom.parts, atom.bound
    plain = n.context.normal(ALGEBRA)
    ends = [(plain.of(low), plain.of(high)) for _, low, high in atom.head.axes]
    names = [n.context.fresh(low, high) for low, high in ends]
    here = tuple(index_var(v) for v in names)
    inner = plain.rebuilt(body, dict(zip(bound, here, strict=True)))
    partial = Atom("partial", atom.head, (body, *here), (bound, *((),) * len(here)))
    binders = tuple((v, *pair) for v, pair in zip(names, ends, strict=True))
    return n.bind(binders, n.mul(of_atom(partial), along(n, inner, x, at)))


def check_smooth(context: Context, node: Any, x: Basic, env: Env) -> None:
    """Raise `Refusal` unless a defined term has a derivative along x: what has a kink or an edge
    is away from it, and unknown functions are differentiable.
    """
    if x not in l.free_names(node):
        return
    inside: Any = node.args[0] if node.args else None
    match node:
        case l.Sum() | l.Product() | l.Array():
            env = context.ranged(node.args[1:], env)[1]
        case l.Call():
            check_smooth(context, l.unfold(node), x, env)
        case l.Abs() | l.Sign() | l.ReLU() | l.Root():
            wanted = POSITIVE if isinstance(node, l.Root) else NONZERO
            if not order.sign_of(context, inside, env, wanted) <= wanted:
                raise Refusal(f"{inside} may be 0, where {node} has no derivative")
        case l.Applied():
            smooth = l.Differentiable(inside)
            known = {f for f in context.facts if f.statement == smooth and not f.binders}
            if not known:
                raise Refusal(f"{inside.name} is not known to be differentiable")
            context.used |= known
        case l.Expectation() | l.Variance():
            n = context.normal(context.unfolding(inside))
            p = n.of(inside, env)
            _check_mean(n, n.mul(p, p) if isinstance(node, l.Variance) else p, x)
        case l.Derivative():
            _check_twice(inside, {x, l.variable(node)})
        case l.Partial() | l.Inverse():
            raise Refusal(f"no derivative is known of {node}")
    for part in node.args:
        if isinstance(part, l.Term) and not isinstance(part, Tuple):
            check_smooth(context, part, x, env)


def _check_twice(node: Any, along: set[Basic]) -> None:
    """Raise if an unknown function is to be differentiated along all of these: it may not be."""
    if isinstance(node, l.Applied) and along <= l.free_names(node):
        raise Refusal(f"{node.args[0].name} is not known to be differentiable twice")
    for part in (*node.args, *([l.unfold(node)] if isinstance(node, l.Call) else [])):
        _check_twice(part, along)
