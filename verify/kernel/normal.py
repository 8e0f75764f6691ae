"""The normal form: a scalar term as a polynomial in indexed atoms under sums.

Everything done here is commutative algebra of finite sums (ring laws, distribution, Kronecker
deltas contracted where the ranges agree, a summand without the index counted, the square of a
root) and what the row's theory adds. Definedness has been shown on the author's terms before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from sympy import Basic, Rational

from verify.kernel import expectation, functions, monomials
from verify.kernel.polynomial import (
    ONE,
    ZERO,
    Atom,
    Mono,
    Poly,
    const,
    delta_atom,
    index_var,
    of_atom,
    rename,
)
from verify.kernel.refusal import Refusal
from verify.kernel.theory import Theory
from verify.language import arrays as a
from verify.language import functions as f
from verify.language import probability as pr
from verify.language import terms as t
from verify.language.definitions import Call, unfold
from verify.language.names import Index, Name
from verify.language.substitution import free_names

if TYPE_CHECKING:
    from verify.kernel.context import Context

Env = Mapping[Basic, Poly]


def _none(atom: Atom) -> Poly | None:
    return None


class Normalizer:
    """Normal forms under one theory, in one context."""

    def __init__(self, context: Context, theory: Theory) -> None:
        self.context, self.theory = context, theory
        self._memo: dict[tuple[Basic, tuple[tuple[Basic, Poly], ...]], Poly] = {}

    # -- terms -------------------------------------------------------------------------------

    def of(self, term: Basic, env: Env | None = None) -> Poly:
        """The normal form of a scalar term; `env` gives the bound indices' values."""
        env = env or {}
        key = (term, tuple(env.items()))
        if key not in self._memo:
            self._memo[key] = self._of(term, env)
        return self._memo[key]

    def _of(self, term: Basic, env: Env) -> Poly:
        if isinstance(term, Rational):
            return const(Fraction(int(term.p), int(term.q)))
        if isinstance(term, Index):
            return env[term] if term in env else index_var(self.context.label(term))
        if isinstance(term, Name):
            return self.atom(Atom("name", self.context.label(term), (), term))
        if isinstance(term, t.Plus):
            total = ZERO
            for part in term.args:
                total = total + self.of(part, env)
            return total
        if isinstance(term, t.Negative):
            return -self.of(term.args[0], env)
        if isinstance(term, t.Times):
            return self.times(*(self.of(part, env) for part in term.args))
        if isinstance(term, t.Quotient):
            return self.mul(self.of(term.args[0], env), self.recip(self.of(term.args[1], env)))
        if isinstance(term, t.Power):
            return self.raised(self.of(term.args[0], env), self.of(term.args[1], env))
        if isinstance(term, a.Sum):
            return self._sum(term.args[0], term.args[1:], env)
        if isinstance(term, a.Product):
            return functions.product(self, term, env)
        if isinstance(term, a.Delta):
            return self.delta(self.of(term.args[0], env), self.of(term.args[1], env))
        if isinstance(term, (f.Root, f.Function)):
            return functions.applied(self, term, env)
        if isinstance(term, pr.Expectation):
            return expectation.expect(self, self.of(term.args[0], env))
        if isinstance(term, pr.Variance):
            opened = bool({term, pr.Variance} & self.theory.unfolded)
            return expectation.variance(self, self.of(term.args[0], env), opened)
        return self.entry(term, (), env)

    def _sum(self, body: Basic, binders: tuple[Basic, ...], env: Env) -> Poly:
        if not binders:
            return self.of(body, env)
        (index, low, high), rest = binders[0], binders[1:]
        lo, hi = self.of(low, env), self.of(high, env)
        name = self.context.fresh(lo, hi)
        inner = self._sum(body, rest, {**env, index: index_var(name)})
        if "peel" in self.theory:
            return functions.peeled(self, inner, name, lo, hi)
        return self.bind(((name, lo, hi),), inner)

    # -- entries of arrays -------------------------------------------------------------------

    def entry(self, base: Basic, at: tuple[Poly, ...], env: Env) -> Poly:
        """The entry of an array term at these indices (all of them)."""
        if isinstance(base, a.Entry):
            fixed = tuple(self.of(i, env) for i in base.args[1:])
            return self.entry(base.args[0], fixed + at, env)
        if isinstance(base, Name) and base.axes:
            if len(at) != len(base.axes):
                raise Refusal(f"{base.name} needs {len(base.axes)} indices, not {len(at)}")
            return self.atom(Atom("entry", self.context.label(base), at, base))
        if isinstance(base, Call):
            return self._call(base, at, env)
        if not at:
            return self.of(base, env) if not isinstance(base, _ARRAYS) else self._scalar(base, env)
        if isinstance(base, a.Array):
            known = dict(zip((where[0] for where in base.args[1:]), at, strict=True))
            return self.of(base.args[0], {**env, **known})
        if isinstance(base, a.Vector):
            return self._written_out(base, at[0], env)
        if isinstance(base, a.Transpose):
            return self.entry(base.args[0], at[::-1], env)
        if isinstance(base, a.MatMul):
            return self._matmul(base, at, env)
        if isinstance(base, a.Inverse):
            return self._inverse(base, at, env)
        return self._elementwise(base, at, env)

    def _elementwise(self, base: Basic, at: tuple[Poly, ...], env: Env) -> Poly:
        parts = [self.entry(p, at if a.axes(p) else (), env) for p in base.args]
        if isinstance(base, t.Plus):
            total = ZERO
            for part in parts:
                total = total + part
            return total
        if isinstance(base, t.Negative):
            return -parts[0]
        if isinstance(base, t.Times):
            return self.times(*parts)
        if isinstance(base, t.Quotient):
            return self.mul(parts[0], self.recip(parts[1]))
        raise Refusal(f"no entries are known of {base}")

    def _scalar(self, base: Basic, env: Env) -> Poly:
        if isinstance(base, a.MatMul) and not a.axes(base):
            return self._matmul(base, (), env)
        raise Refusal(f"{base} is an array where a number is needed")

    def _written_out(self, base: Basic, at: Poly, env: Env) -> Poly:
        position = at.constant
        if position is not None and position.denominator == 1 and 1 <= position <= len(base.args):
            return self.of(base.args[int(position) - 1], env)
        total = ZERO
        for n, part in enumerate(base.args, 1):
            total = total + self.mul(self.delta(at, const(n)), self.of(part, env))
        return total

    def _matmul(self, base: Basic, at: tuple[Poly, ...], env: Env) -> Poly:
        left, right = base.args
        shape = a.axes(left)
        if len(shape) == 1 and not a.is_row(left):
            return self.mul(self.entry(left, at[:1], env), self.entry(right, at[1:], env))
        split = len(shape) - 1
        lo, hi = (self.of(end, env) for end in shape[-1])
        name = self.context.fresh(lo, hi)
        var = (index_var(name),)
        x = self.entry(left, at[:split] + var, env)
        y = self.entry(right, var + at[split:], env)
        if "peel" in self.theory:
            return functions.peeled(self, self.mul(x, y), name, lo, hi)
        return self.bind(((name, lo, hi),), self.mul(x, y))

    def placeholders(self, base: Basic, env: Env) -> tuple[Poly, tuple[str, ...]]:
        """An array as one polynomial: its entry at canonical placeholder indices."""
        ends = [(self.of(lo, env), None if hi is None else self.of(hi, env))
                for lo, hi in a.axes(base)]  # fmt: skip
        names = tuple(self.context.fresh(lo, hi) for lo, hi in ends)
        body = self.entry(base, tuple(index_var(v) for v in names), env)
        final = tuple(f"@{body.height + 1}.{n}" for n in range(len(names)))
        return rename(body, dict(zip(names, final, strict=True))), final

    def _inverse(self, base: Basic, at: tuple[Poly, ...], env: Env) -> Poly:
        body, bound = self.placeholders(base.args[0], env)
        lo, hi = (self.of(end, env) for end in a.axes(base)[0])
        matrix = Atom("matrix", "matrix", (body,), (base.args[0],), bound)
        return of_atom(Atom("inverse", "inverse", (of_atom(matrix), *at, lo, hi), (base.args[0],)))

    def _call(self, base: Basic, at: tuple[Poly, ...], env: Env) -> Poly:
        definition, arguments = base.args[0], base.args[1:]
        unfolded = self.theory.unfolded
        if definition in unfolded or (base in unfolded and not env):
            opened = unfold(base)
            return self.entry(opened, at, env) if at else self.of(opened, env)
        parts, marks = [], []
        for argument in arguments:
            body, bound = self.placeholders(argument, env)
            parts.append(body)
            marks += [f"{len(parts)}:{b}" for b in bound]
        for index in sorted(free_indices(definition), key=str):
            parts.append(self.of(index, env))
        head = self.context.label(definition) + (f"⟨{' '.join(marks)}⟩" if parts else "")
        kept = tuple(b for mark in marks for b in [mark.split(":", 1)[1]])
        inner = Atom("call", head, tuple(parts), (base, env), kept)
        if not at:
            return self.atom(inner)
        return self.atom(Atom("entry", "", (of_atom(inner), *at), (base, env)))

    # -- arithmetic --------------------------------------------------------------------------

    def atom(self, atom: Atom) -> Poly:
        """An atom as a polynomial, after the equations that the row cites."""
        return self.context.rewritten(self, atom)

    def delta(self, i: Poly, j: Poly) -> Poly:
        """Kronecker's delta of two indices."""
        difference = i - j
        if difference.constant is not None:
            return ONE if difference.constant == 0 else ZERO
        return of_atom(delta_atom(difference))

    def times(self, *parts: Poly) -> Poly:
        """The product."""
        result = ONE
        for part in parts:
            result = self.mul(result, part)
        return result

    def mul(self, p: Poly, q: Poly) -> Poly:
        """The product of two, expanded."""
        if p == ONE:
            return q
        if q == ONE:
            return p
        total: dict[Mono, Fraction] = {}
        for m, c in p.terms:
            for n, d in q.terms:
                x, y = self.context.opened(m), self.context.opened(n)
                made = monomials.build(self, x.binders + y.binders, [*x.factors, *y.factors])
                for mono, e in made.terms:
                    total[mono] = total.get(mono, Fraction(0)) + c * d * e
        return Poly(total)

    def bind(self, binders: Any, poly: Poly) -> Poly:
        """Σ over the binders (innermost last) of the polynomial."""
        total = ZERO
        for mono, c in poly.terms:
            m = self.context.opened(mono)
            total = total + monomials.build(self, (*binders, *m.binders), list(m.factors)).scaled(c)
        return total

    def power(self, p: Poly, k: int) -> Poly:
        """p ** k for an integer k; for k < 0, p has been shown nonzero."""
        if k < 0:
            return self.power(self.recip(p), -k)
        only = p.single()
        if only and not only[0].binders:
            factors = [(atom, e * k) for atom, e in only[0].factors]
            return monomials.build(self, (), factors).scaled(only[1] ** k)
        if len(p.terms) ** k > _MOST_TERMS:
            raise Refusal(f"a power {k} of a sum is too large to be expanded here")
        return self.times(*([p] * k))

    def raised(self, base: Poly, exponent: Poly) -> Poly:
        """base ** exponent; a symbolic exponent gives an atom whose exponents add."""
        k = exponent.constant
        if k is not None and k.denominator == 1:
            return self.power(base, int(k))
        if k is not None and k.denominator == 2:
            return self.power(functions.root(self, base), k.numerator)
        return functions.symbolic_power(self, base, exponent)

    def recip(self, p: Poly) -> Poly:
        """1/p for a p that has been shown nonzero."""
        if not p.terms:
            raise Refusal("a denominator is 0")
        numerator, denominators = self.together(p)
        result = monomials.build(self, (), [(atom, -e) for atom, e in denominators])
        content, core = monomials.content(self, numerator)
        inverse = monomials.build(self, (), [(atom, -e) for atom, e in content[0].factors])
        result = self.mul(result, inverse).scaled(1 / content[1])
        if core == ONE:
            return result
        return self.mul(result, of_atom(Atom("poly", "", (core,)), -1))

    def together(self, p: Poly) -> tuple[Poly, list[tuple[Atom, int]]]:
        """A numerator and the denominators (negative exponents) with p = numerator/Π atom^-e."""
        denominators: list[tuple[Atom, int]] = []
        while True:
            worst: dict[Atom, int] = {}
            for mono, _ in p.terms:
                for atom, e in mono.factors:
                    if e < 0 and atom.kind == "poly" and atom.free <= mono.free:
                        worst[atom] = min(e, worst.get(atom, 0))
            if not worst:
                return p, denominators
            for atom, e in worst.items():
                p = self._cleared(p, atom, -e)
                denominators.append((atom, e))

    def _cleared(self, p: Poly, denominator: Atom, k: int) -> Poly:
        total = ZERO
        for mono, c in p.terms:
            m = self.context.opened(mono)
            have = dict(m.factors).get(denominator, 0)
            rest = [(atom, e) for atom, e in m.factors if atom != denominator]
            body = monomials.build(self, (), rest).scaled(c)
            total = total + self.bind(
                m.binders, self.mul(body, self.power(denominator.parts[0], k + have))
            )
        return total

    def rebuilt(
        self, poly: Poly, values: Mapping[str, Poly], leaf: Callable[[Atom], Poly | None] = _none
    ) -> Poly:
        """The polynomial with index variables (and atoms that `leaf` maps) replaced, and
        normalised again.
        """
        if leaf is _none and not poly.free & values.keys():
            return poly
        total = ZERO
        for mono, c in poly.terms:
            m = self.context.opened(mono)
            binders = []
            for v, *ends in m.binders:
                lo, hi = (self.rebuilt(end, values, leaf) for end in ends)
                self.context.ranges[v] = (lo, hi)
                binders.append((v, lo, hi))
            parts = [self.power(self.rebuilt_atom(b, values, leaf), e) for b, e in m.factors]
            total = total + self.bind(tuple(binders), self.times(*parts)).scaled(c)
        return total

    def rebuilt_atom(
        self, atom: Atom, values: Mapping[str, Poly], leaf: Callable[[Atom], Poly | None] = _none
    ) -> Poly:
        """`rebuilt` for one atom."""
        mapped = leaf(atom)
        if mapped is not None:
            return mapped
        if atom.kind == "index":
            return values.get(atom.head) or of_atom(atom)
        if leaf is _none and not atom.free & values.keys():
            return of_atom(atom)
        parts = tuple(self.rebuilt(part, values, leaf) for part in atom.parts)
        return self._remade(atom, parts)

    def _remade(self, atom: Atom, parts: tuple[Poly, ...]) -> Poly:
        if atom.kind == "delta":
            return self.delta(parts[0], ZERO)
        if atom.kind == "poly":
            return parts[0]
        if atom.kind == "power":
            return self.raised(*parts)
        if atom.kind == "E":
            return expectation.expect(self, parts[0])
        if atom.kind == "V":
            return expectation.variance(self, parts[0])
        if atom.kind in functions.NAMED:
            return functions.NAMED[atom.kind](self, parts[0])
        return self.atom(Atom(atom.kind, atom.head, parts, atom.payload, atom.bound))


def free_indices(definition: Basic) -> list[Basic]:
    """The indices that a definition's body leaves open: an instance depends on them."""
    return [name for name in free_names(definition) if isinstance(name, Index)]


_MOST_TERMS = 100_000
_ARRAYS = (a.Array, a.Vector, a.Transpose, a.MatMul, a.Inverse)
