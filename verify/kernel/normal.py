"""The normal form: a scalar term as a polynomial in indexed atoms under sums.

Everything done here is commutative algebra of finite sums (ring laws, distribution, Kronecker
deltas contracted where the ranges agree, a summand without the index counted, the square of a
root) and what the row's theory adds. Definedness has been shown on the author's terms before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any, NamedTuple

from sympy import Basic, Rational

from verify import language as l
from verify.kernel import citing, contraction, derivatives, expectation, functions
from verify.kernel.polynomial import (
    ONE,
    ZERO,
    Atom,
    Mono,
    Number,
    Poly,
    Refusal,
    const,
    delta_atom,
    index_var,
    marks,
    of_atom,
    quotient,
    rename,
    rename_atom,
    to_power,
)  # fmt: skip
from verify.kernel.sign_sets import NONZERO, POSITIVE, ZERO_ONLY
from verify.kernel.theory import ALGEBRA, Theory

if TYPE_CHECKING:
    from verify.kernel.context import Context

_MOST_TERMS = 100_000


class Entries(NamedTuple):
    """An array as its entry at placeholder indices; a scalar has none."""

    body: Poly
    bound: tuple[Any, ...] = ()


def _placed(body: Poly, names: tuple[str, ...]) -> Entries:
    """The array whose entry at these indices is the body."""
    final = tuple(f"@{body.height + 1}.{n}" for n in range(len(names)))
    return Entries(rename(body, dict(zip(names, final, strict=True))), final)


Env = Mapping[Basic, Entries]
At = tuple[Poly, ...]


def _same(atom: Atom) -> Poly | None:
    """A leaf that maps nothing: everything is normalised again."""
    return None


class Normalizer:
    """Normal forms under one theory, in one context."""

    def __init__(self, context: Context, theory: Theory) -> None:
        self.context, self.theory, self.rules = context, theory, theory.rules
        facts = [f for f in theory.cited if isinstance(f.statement, l.SymmetricMatrix)]
        self.symmetric = {f.statement.args[0]: f for f in facts if not f.binders}
        self._memo: dict[Any, Poly] = {}

    def of(self, term: Basic, env: Env | None = None, at: At = ()) -> Poly:
        """The normal form of a scalar term, or of the entry of an array at these indices; `env`
        gives the values of bound indices and parameters.
        """
        env = env or {}
        inside = l.free_names(term) if env else ()
        key = (term, at, tuple([(name, env[name]) for name in env if name in inside]))
        known = self._memo.get(key)
        if known is None and "written" in self.rules:
            known = citing.written(self, term, env)
        if known is None:
            known = self._of(term, env, at)
        self._memo[key] = known
        return known

    def _of(self, term: Any, env: Env, at: At) -> Poly:
        match term:
            case Rational():
                return const(int(term.p) if term.q == 1 else Fraction(int(term.p), int(term.q)))
            case l.Index() | l.Name() if term in env:
                body, bound = env[term]
                if len(bound) != len(at):
                    raise Refusal(f"{term.name} needs {len(bound)} indices, not {len(at)}")
                return self.rebuilt(body, dict(zip(bound, at, strict=True)))
            case l.Index():
                return index_var(self.context.known(term))
            case l.Name():
                if len(at) != len(term.axes):
                    raise Refusal(f"{term.name} needs {len(term.axes)} indices, not {len(at)}")
                return self.atom(Atom("name", term, at))
            case l.Plus() | l.Negative() | l.Times() | l.Quotient():
                parts = [self.of(p, env, at if at and l.axes(p) else ()) for p in term.args]
                return self.arithmetic(term, parts)
            case l.Power():
                return self.raised(self.of(term.args[0], env), self.of(term.args[1], env))
            case l.Entry():
                return self.of(term.args[0], env, (*(self.of(i, env) for i in term.args[1:]), *at))
            case l.Sum() | l.Product() | l.Array():
                return self._binding(term, term.args[1:], env, at)
            case l.Delta():
                return self.delta(self.of(term.args[0], env) - self.of(term.args[1], env))
            case l.Call() if any(
                isinstance(x, l.Name) for x in env.keys() & l.free_names(term.args[0])
            ):  # a parameter of the definition that it stands in
                return self.of(l.unfold(term), env, at)
            case l.Call():
                values = tuple(self.entries(part, env) for part in term.args[1:])
                loose = tuple(env.get(i) or Entries(self.of(i)) for i in l.parameters(term.args[0]))
                return self.call(term.args[0], (*values, *loose), at, term if not env else None)
            case l.Transpose():
                return self.of(term.args[0], env, at[::-1])
            case l.MatMul():
                return self._matmul(term, env, at)
            case l.Vector() if at:
                total = ZERO
                for k, part in enumerate(term.args, 1):
                    total = total + self.mul(self.delta(at[0] - const(k)), self.of(part, env))
                return total
            case l.Inverse() if at:
                body, bound = self.entries(term.args[0], env)
                ends = tuple(self.of(end, env) for end in l.axes(term.args[0])[0])
                head = Atom("inverse", "inverse", (body, *ends, *at), (bound, *((),) * 4))
                return of_atom(head)
            case l.Derivative():
                return self._derivative(term, env)
            case l.Applied() | l.Partial():
                body, bound = self.entries(term.args[1], env)
                indices = tuple(self.of(i, env) for i in term.args[2:])
                kind, bounds = type(term).__name__.lower(), (bound, *((),) * len(indices))
                return self.atom(Atom(kind, term.args[0], (body, *indices), bounds))
            case l.Root() | l.Function():
                return functions.applied(self, term, env)
            case l.Expectation():
                return expectation.expect(self, self.of(term.args[0], env))
            case l.Variance():
                opened = bool({term, l.Variance} & self.theory.unfolded)
                return expectation.variance(self, self.of(term.args[0], env), opened)
        raise Refusal(f"{term} is an array where a number is needed, or not of the language")

    def arithmetic(self, node: Basic, parts: list[Poly]) -> Poly:
        """Plus, Negative, Times or Quotient of normal forms."""
        if isinstance(node, l.Times):
            return self.times(*parts)
        if isinstance(node, l.Quotient):
            return self.mul(parts[0], self.recip(parts[1]))
        total = parts[0]
        for part in parts[1:]:
            total = total + part
        return -total if isinstance(node, l.Negative) else total

    def _binding(self, term: Basic, binders: Any, env: Env, at: At) -> Poly:
        if isinstance(term, l.Array):
            known = {w[0]: Entries(i) for w, i in zip(binders, at, strict=True)}
            return self.of(term.args[0], {**env, **known})
        if not binders:
            return self.of(term.args[0], env)
        (index, low, high), rest = binders[0], binders[1:]
        lo, hi = self.of(low, env), self.of(high, env)
        name = self.context.fresh(lo, hi)
        inner = self._binding(term, rest, {**env, index: Entries(index_var(name))}, at)
        fold = functions.product if isinstance(term, l.Product) else Normalizer.sum
        return fold(self, inner, name, lo, hi)

    def sum(self, body: Poly, name: str, lo: Poly, hi: Poly) -> Poly:
        """Σ of the body for name = lo..hi."""
        if "peel" in self.rules:
            return functions.peeled(self, body, name, lo, hi)
        return self.bind(((name, lo, hi),), self.kept(body))

    def _matmul(self, term: Basic, env: Env, at: At) -> Poly:
        left, right = term.args
        shape = l.axes(left)
        if len(shape) == 1 and not l.is_row(left):
            return self.mul(self.of(left, env, at[:1]), self.of(right, env, at[1:]))
        quadratic = l.quadratic(term) if "unexpanded" in self.rules else None
        if quadratic is not None and self.context.positive_definite(quadratic[1], env):
            plain, square = self.context.normal(self.theory.structural()), quadratic[0]
            lengths = [n.of(l.norm_squared(square), env) for n in (self, plain)]
            return of_atom(Atom("quadratic", "zᵀMz", (plain.of(term, env), *lengths)))
        lo, hi = (self.of(end, env) for end in shape[-1])
        name = self.context.fresh(lo, hi)
        x = self.of(left, env, (*at[: len(shape) - 1], index_var(name)))
        y = self.of(right, env, (index_var(name), *at[len(shape) - 1 :]))
        return self.sum(self.mul(x, y), name, lo, hi)

    def _derivative(self, term: Basic, env: Env) -> Poly:
        """A derivative is of the body as it is written: no hypothesis about the values of names
        may change it before it is taken.
        """
        x = l.variable(term)
        inside = [env[name].body for name in env if name in l.free_names(term)]
        if x in env or any(derivatives.mentions(body, x) for body in inside):
            raise Refusal(f"the variable {x} of a derivative stands for something else here")
        plain = self.context.normal(ALGEBRA)
        indices = term.args[1].args[1:] if isinstance(term.args[1], l.Entry) else ()
        body, at = plain.of(term.args[0], env), tuple(plain.of(i, env) for i in indices)
        if "differentiate" in self.rules:
            return self.rebuilt(derivatives.along(self, body, x, at), {}, _same)
        return self.atom(Atom("derivative", x, (body, *at)))

    def entries(self, term: Basic, env: Env | None = None) -> Entries:
        """An array as one polynomial at canonical placeholder indices."""
        names = [
            self.context.fresh(self.of(low, env), None if high is None else self.of(high, env))
            for low, high in l.axes(term)
        ]
        body = self.of(term, env, tuple(index_var(v) for v in names))
        array = _placed(body, tuple(names))
        if not self.symmetric:
            return array
        turning = replace(self.theory, cited=tuple(self.symmetric.values()))
        return Entries(self.context.normal(turning).rebuilt(array.body, {}, _same), array.bound)

    def call(self, head: Any, values: tuple[Entries, ...], at: At, node: Any = None) -> Poly:
        """An instance of a definition: its body if it is unfolded, else an atom."""
        if head in self.theory.unfolded or (node is not None and node in self.theory.unfolded):
            return self.of(head.body, dict(zip(l.parameters(head, True), values, strict=True)), at)
        parts, bounds = tuple(v.body for v in values), tuple(v.bound for v in values)
        return self.atom(Atom("call", head, parts + at, bounds + ((),) * len(at)))

    def unfolded(self, atom: Atom) -> Poly:
        """What a call atom stands for, one definition unfolded; indices bound further out get new
        names, as the body might bind theirs.
        """
        names = l.parameters(atom.head, True)
        pairs = zip(atom.parts, atom.bound, strict=True)
        outer = frozenset().union(*(marks(*pair) for pair in pairs))
        if outer:
            atom = rename_atom(atom, {v: self.context.unknown() for v in outer})
        values = [Entries(*pair) for pair in zip(atom.parts, atom.bound, strict=True)]
        env = dict(zip(names, values[: len(names)], strict=True))
        return self.of(atom.head.body, env, atom.parts[len(names) :])

    # -- arithmetic --------------------------------------------------------------------------

    def atom(self, atom: Atom) -> Poly:
        """An atom as a polynomial, after the equations that the row cites."""
        if not self.theory.cited:
            return of_atom(atom)
        return citing.rewritten(self, self.oriented(atom))

    def oriented(self, atom: Atom) -> Atom:
        """An entry of a matrix that is cited as symmetric, with its indices in one order."""
        fact = self.symmetric.get(atom.head) if atom.kind == "name" else None
        if fact is None or atom.parts[0].hash <= atom.parts[1].hash:
            return atom
        self.context.used.add(fact)
        return Atom(atom.kind, atom.head, atom.parts[::-1])

    def delta(self, difference: Poly) -> Poly:
        """Kronecker's delta of two indices, from their difference."""
        value = difference.constant
        if value is None and "cases" in self.rules:
            known = self.context.sign(difference, self, frozenset())
            value = 0 if known == ZERO_ONLY else None if 0 in known else 1
        return of_atom(delta_atom(difference)) if value is None else ZERO if value else ONE

    def kept(self, p: Poly) -> Poly:
        """A sum as one factor, if sums are not to be expanded."""
        if "unexpanded" in self.rules and p.terms and not p.single():
            return of_atom(Atom("poly", "", (p,)))
        return p

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
        p, q = self.kept(p), self.kept(q)
        total: dict[Mono, Number] = {}
        right = [(self.context.opened(mono), d) for mono, d in q.terms.items()]
        for m, c in p.terms.items():
            x = self.context.opened(m)
            for y, d in right:
                made = contraction.build(self, x.binders + y.binders, [*x.factors, *y.factors])
                for mono, e in made.terms.items():
                    total[mono] = total.get(mono, 0) + c * d * e
        return Poly(total)

    def bind(self, binders: Any, poly: Poly) -> Poly:
        """Σ over the binders (innermost last) of the polynomial."""
        total = ZERO
        for mono, c in poly.terms.items():
            m = self.context.opened(mono)
            built = contraction.build(self, (*binders, *m.binders), list(m.factors))
            total = total + built.scaled(c)
        return total

    def power(self, p: Poly, k: int) -> Poly:
        """p ** k for an integer k; for k < 0, p has been shown nonzero."""
        if k < 0:
            return self.power(self.recip(p), -k)
        p = self.kept(p)
        only = p.single()
        if only:
            factors = [(atom, e * k) for atom, e in only[0].factors]
            return contraction.build(self, (), factors).scaled(to_power(only[1], k))
        if k > _MOST_TERMS or len(p.terms) ** k > _MOST_TERMS:
            raise Refusal(f"a power {k} of a sum is too large to be expanded here")
        return self.times(*([p] * k))

    def raised(self, base: Poly, exponent: Poly) -> Poly:
        """base ** exponent; a symbolic exponent gives an atom whose exponents add."""
        k = exponent.constant
        if k is not None and k.denominator in (1, 2):
            return self.power(base if k.denominator == 1 else functions.root(self, base),
                              k.numerator)  # fmt: skip
        return functions.symbolic_power(self, base, exponent)

    def recip(self, p: Poly) -> Poly:
        """1/p for a p that has been shown nonzero."""
        if "unexpanded" in self.rules and not p.constant and p.terms:
            return of_atom(p.atom() or Atom("poly", "", (p,)), -1)
        rational, factors = self.split(p)
        if not rational:
            raise Refusal("a denominator is 0")
        powers = [(b.atom() or Atom("poly", "", (b,)), -e) for b, e in factors]
        return contraction.build(self, (), powers).scaled(quotient(1, rational))

    def together(self, p: Poly) -> tuple[Poly, list[tuple[Atom, int]]]:
        """A numerator and the denominators (negative exponents) with p = numerator/Π atom^-e."""
        denominators: list[tuple[Atom, int]] = []
        while True:
            worst: dict[Atom, int] = {}
            for mono in p.terms:
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
        for mono, c in p.terms.items():
            m = self.context.opened(mono)
            have = dict(m.factors).get(denominator, 0)
            rest = [(atom, e) for atom, e in m.factors if atom != denominator]
            up = self.power(denominator.parts[0], k + have)
            body = self.mul(contraction.build(self, (), rest), up)
            total = total + self.bind(m.binders, body).scaled(c)
        return total

    def split(self, p: Poly) -> tuple[Number, list[tuple[Poly, int]]]:
        """p = rational · Π factor^exponent: the factors visible without search."""
        numerator, denominators = self.together(p)
        if not numerator.terms:
            return 0, []
        rational, common, core = contraction.content(self, numerator)
        below = [atom for atom, e in (*denominators, *common) if e < 0]
        # A divisor in an empty sum, or beside a δ that is 0, may be 0 without one.
        if len(p.terms) > 1 and not all(map(self.nonzero, below)):
            return 1, [(p, 1)]
        left = dict(denominators)
        for atom, _ in denominators:
            while left[atom] < 0 and core == atom.parts[0]:
                core, left[atom] = ONE, left[atom] + 1
        factors = [(of_atom(atom), e) for atom, e in common]
        factors += [(atom.parts[0], e) for atom, e in left.items() if e]
        return rational, factors + ([(core, 1)] if core != ONE else [])

    def nonzero(self, atom: Atom) -> bool:
        """Whether a divisor is shown not to be 0, wherever it stands."""
        with self.context.defining():
            ways = (self.context.sign(of_atom(atom), self, way) for way in (POSITIVE, NONZERO))
            return any(0 not in found for found in ways)

    def tidy(self, p: Poly) -> Poly:
        """A polynomial with its denominators in one."""
        if not self.together(p)[1]:
            return p
        rational, factors = self.split(p)
        return self.times(*(self.power(base, e) for base, e in factors)).scaled(rational)

    def rebuilt(
        self,
        poly: Poly,
        values: Mapping[Any, Poly],
        leaf: Callable[[Atom], Poly | None] | None = None,
    ) -> Poly:
        """The polynomial with index variables (and atoms that `leaf` maps) replaced, and
        normalised again.
        """
        if leaf is None and poly.free.isdisjoint(values):
            return poly
        total = ZERO
        for mono, c in poly.terms.items():
            m = self.context.opened(mono)
            binders = []
            for v, *ends in m.binders:
                lo, hi = (self.rebuilt(end, values, leaf) for end in ends)
                self.context.ranges[v] = (lo, hi)
                binders.append((v, lo, hi))
            parts = [self.power(self.rebuilt_atom(b, values, leaf), e) for b, e in m.factors]
            made = self.times(*parts)
            while "peel" in self.rules and binders:  # an end that was put in may show a last term
                ranges = [low.free | high.free for _, low, high in binders]
                where = next(b for b in binders[::-1] if not any(b[0] in each for each in ranges))
                binders.remove(where)
                made = self.sum(made, *where)
            total = total + self.bind(tuple(binders), made).scaled(c)
        return total

    def rebuilt_atom(
        self,
        atom: Atom,
        values: Mapping[Any, Poly],
        leaf: Callable[[Atom], Poly | None] | None = None,
    ) -> Poly:
        """`rebuilt` for one atom."""
        mapped = leaf(atom) if leaf else None
        if mapped is not None:
            return mapped
        if atom.kind == "index":
            return values.get(atom.head) or of_atom(atom)
        if (leaf is None and atom.free.isdisjoint(values)) or (leaf and atom.kind == "derivative"):
            return of_atom(atom)
        if atom.kind == "derivative":
            plain = self.context.normal(ALGEBRA)
            inner = tuple(plain.rebuilt(part, values) for part in atom.parts)
            return self.atom(Atom(atom.kind, atom.head, inner))
        pairs = zip(atom.parts, atom.bound, strict=True)
        whole = [self._rebuilt_array(*pair, values, leaf) for pair in pairs]
        parts, bounds = tuple(each.body for each in whole), tuple(each.bound for each in whole)
        match atom.kind:
            case "delta":
                return self.delta(parts[0])
            case "poly" | "quadratic":
                return parts[0]
            case "power":
                return self.raised(*parts)
            case "E":
                return expectation.expect(self, parts[0])
            case "V":
                return expectation.variance(self, parts[0])
            case "call":
                given = len(l.parameters(atom.head, True))
                return self.call(atom.head, tuple(whole[:given]), parts[given:])
        if atom.kind in functions.NAMED:
            return functions.NAMED[atom.kind](self, parts[0])
        return self.atom(Atom(atom.kind, atom.head, parts, bounds))

    def _rebuilt_array(self, body: Poly, bound: Any, values: Any, leaf: Any) -> Entries:
        """`rebuilt` for an array; what is made within might bind its placeholders."""
        if not bound:
            return Entries(self.rebuilt(body, values, leaf))
        names = {v: self.context.unknown() for v in bound}
        return _placed(self.rebuilt(rename(body, names), values, leaf), tuple(names.values()))

    def is_zero(self, p: Poly) -> bool:
        """Whether p is identically zero; every denominator in it has been shown nonzero."""
        numerator = self.together(p)[0]
        return not numerator.terms or not self.together(
            contraction.over_common_denominators(self, numerator))[0].terms  # fmt: skip
