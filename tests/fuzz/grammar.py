"""Random terms of a small grammar, random rearrangements that keep the value, and mutations."""

from collections.abc import Callable
from random import Random
from typing import Any

from sympy import Basic, Integer, Rational

from tests.fuzz import setting as o
from verify import Delta, E, Sum, exp, log, relu, sigmoid, sign, sqrt, tanh
from verify.language.arrays import Product
from verify.language.functions import Function, Root
from verify.language.names import Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.statements import Statement
from verify.language.terms import Negative, Plus, Power, Quotient, Term, Times, lift

Make = Callable[[Random], Any]


def dice(seed: int | str) -> Random:
    """A source of random choices; the seed is the test's own."""
    return Random(seed)  # noqa: S311


def leaf(rng: Random, at: tuple[Any, ...] = (o.i, o.j)) -> Any:
    """A number, a name, or an entry of a vector at one of the indices."""
    position = rng.choice(at)
    return rng.choice([
        lift(rng.randint(-2, 3)), Rational(1, 2), o.b, o.c, o.d, o.c, o.d, o.n,
        o.p, o.x[position], o.y[position], o.x[position], o.u[position],
    ])  # fmt: skip


def positive(rng: Random, at: tuple[Any, ...] = (o.i, o.j)) -> Any:
    """A term that is > 0 under the sign hypotheses."""
    return rng.choice([
        o.p, o.p, o.u[rng.choice(at)], o.n, o.p + o.q, o.p * o.u[at[0]], 1 + o.c**2, lift(2),
        Rational(3, 4), o.p * o.p,
    ])  # fmt: skip


def scalar(rng: Random, depth: int = 2, at: tuple[Any, ...] = (o.i, o.j)) -> Any:
    """A fixed number: sums, products, quotients, powers, roots, |·|, indexed sums, deltas."""
    if depth == 0 or rng.random() < 0.15:
        return leaf(rng, at)
    kind = rng.randrange(15)
    one = scalar(rng, depth - 1, at)
    if kind <= 2:
        return one + scalar(rng, depth - 1, at)
    if kind == 3:
        return one - scalar(rng, depth - 1, at)
    if kind <= 6:
        return one * scalar(rng, depth - 1, at)
    if kind == 7:
        return one / positive(rng, at)
    if kind == 8:
        return Power(one, rng.choice([2, 2, 3, o.t]))
    if kind == 9:
        return -one if rng.random() < 0.5 else abs(one)
    if kind == 10:
        return sqrt(positive(rng, at)) * one
    if kind == 11:
        return one * Delta(rng.choice(at), rng.choice(at))
    if kind == 12:
        return one * product(rng, depth - 1, at)
    if kind == 13:
        return o.spread(one)
    return total(rng, depth - 1, at)


def product(rng: Random, depth: int = 1, at: tuple[Any, ...] = (o.i, o.j)) -> Any:
    """A product of symbolic length, of a sequence or a vector; perhaps an empty one."""
    bound = o.k if o.k not in at else o.l
    outside = scalar(rng, depth, at)
    if rng.random() < 0.6:
        body = rng.choice(
            [o.w[bound], outside, outside * o.w[bound], 1 + o.w[bound] ** 2, 0 * bound]
        )
        return Product(body, (bound, 1, rng.choice([o.t, o.t, o.n, o.t + 1])))
    body = rng.choice([o.x[bound], o.u[bound], outside + o.x[bound], o.spread(o.y[bound])])
    return Product(body, (bound, 1, o.n))


def total(rng: Random, depth: int = 1, at: tuple[Any, ...] = (o.i, o.j)) -> Any:
    """A sum of symbolic length."""
    bound = o.k if o.k not in at else o.l
    body = scalar(rng, depth, (bound, rng.choice(at)))
    return Sum(body, (bound, 1, o.n))


def random_scalar(rng: Random, depth: int = 2) -> Any:
    """A polynomial in random names."""
    if depth == 0 or rng.random() < 0.2:
        at = rng.choice([o.i, o.j])
        return rng.choice([o.W[at], o.W[at], o.X, o.Y, o.S[at], o.T, o.c, o.x[at], lift(2)])
    one = random_scalar(rng, depth - 1)
    kind = rng.randrange(5)
    if kind <= 1:
        return one + random_scalar(rng, depth - 1)
    if kind <= 3:
        return one * random_scalar(rng, depth - 1)
    return Sum(o.x[o.k] * o.W[o.k], (o.k, 1, o.n)) if rng.random() < 0.5 else 2 * one


def rearranged(rng: Random, term: Basic) -> Basic:
    """The same value by the laws of a commutative ring: addends and factors permuted, grouped
    otherwise, a factor distributed.
    """
    if not term.args or not isinstance(term, (Plus, Times, Negative, Quotient, Sum, Power)):
        return term
    if isinstance(term, Sum):
        return term.func(rearranged(rng, term.args[0]), *term.args[1:])
    parts = [rearranged(rng, part) for part in term.args]
    if isinstance(term, (Plus, Times)):
        rng.shuffle(parts)
        if len(parts) > 2 and rng.random() < 0.5:
            parts = [term.func(*parts[:2]), *parts[2:]]
        inner = next((part for part in parts if isinstance(part, Plus)), None)
        if isinstance(term, Times) and inner is not None and rng.random() < 0.5:
            parts.remove(inner)
            return Plus(*(Times(*parts, part) for part in inner.args))
    return term.func(*parts)


_SWAPS: dict[Any, tuple[Any, ...]] = {
    o.c: (o.d, o.p), o.d: (o.c, o.b), o.p: (o.q, o.c, o.g), o.q: (o.p, o.c), o.x: (o.y, o.z),
    o.y: (o.x,), o.u: (o.x,), o.z: (o.y,), o.i: (o.j,), o.j: (o.i,), o.k: (o.i, o.l), o.l: (o.k,),
    o.n: (o.t,), o.t: (o.n,), o.W: (o.S,), o.S: (o.W,), o.X: (o.Y, o.T), o.Y: (o.X, o.T),
    o.T: (o.Y,), o.M: (o.N,), o.N: (o.M,), o.low: (o.high,), o.high: (o.low,), o.mu: (o.v,),
    o.v: (o.mu,), o.g: (o.p, o.c), o.r: (o.c,), o.w: (o.w,),
}  # fmt: skip
_FUNCTIONS = (abs, relu, sign, exp, log, tanh, sigmoid, sqrt)


def mutated(rng: Random, term: Basic) -> Basic:
    """The term with one small change somewhere, which as a rule changes its value."""
    places = list(_places(term, ()))
    return _replaced(term, rng.choice(places), lambda old: _changed(rng, old))


def _places(term: Basic, path: tuple[int, ...]) -> Any:
    yield path
    for number, part in enumerate(term.args):
        yield from _places(part, (*path, number))


def _replaced(term: Basic, path: tuple[int, ...], change: Callable[[Basic], Basic]) -> Basic:
    if not path:
        return change(term)
    parts = list(term.args)
    parts[path[0]] = _replaced(parts[path[0]], path[1:], change)
    return term.func(*parts)


def _changed(rng: Random, old: Basic) -> Basic:
    if isinstance(old, (Integer, Rational)):
        return old + rng.choice([-1, 1])
    if isinstance(old, (Name, Index)):
        return rng.choice(_SWAPS.get(old, (old,)))
    if isinstance(old, (Plus, Times)) and rng.random() < 0.6:
        other = Times if isinstance(old, Plus) else Plus
        dropped = old.args[1:] if len(old.args) > 1 else old.args
        return rng.choice([other(*old.args), old.func(*dropped), old.func(*old.args, old.args[0])])
    if isinstance(old, (Function, Root)) and rng.random() < 0.6:
        return rng.choice(_FUNCTIONS)(old.args[0])
    if isinstance(old, (Expectation, Variance)) and rng.random() < 0.6:
        other = Variance if isinstance(old, Expectation) else E
        return rng.choice([other(old.args[0]), old.args[0] if rng.random() < 0.3 else other(2)])
    if isinstance(old, (Sum, Product)) and rng.random() < 0.6:
        index, first, last = old.args[1]
        ends = rng.choice([(first, last - 1), (lift(2), last), (first, last + 1)])
        return old.func(old.args[0], (index, *ends), *old.args[2:])
    if isinstance(old, Quotient) and rng.random() < 0.5:
        return Quotient(old.args[1], old.args[0])
    if isinstance(old, Term) and not isinstance(old, Statement):
        return rng.choice([Negative(old), old + 1, 2 * old, old * o.c])
    return old
