"""Normal forms of roots, absolute values, signs, exponentials, logarithms, products and powers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TYPE_CHECKING

from sympy import Basic

from verify import language as l
from verify.kernel.polynomial import (
    ONE,
    ZERO,
    Atom,
    Number,
    Poly,
    Refusal,
    const,
    index_var,
    of_atom,
    rename,
    to_power,
)  # fmt: skip

if TYPE_CHECKING:
    from verify.kernel.normal import Env, Normalizer

_MOST_WRITTEN_OUT = 64
_LARGEST_FACTORED = 10**12
Function = Callable[["Normalizer", Poly], Poly]


def applied(n: Normalizer, term: Basic, env: Env) -> Poly:
    """The normal form of a function or root of a term."""
    inner, kind = term.args[0], type(term)
    if kind is l.Root and "square_root" in n.rules and isinstance(inner, l.Power):
        base, k = inner.args
        if k.is_Integer and k > 0 and k % 2 == 0:
            return n.power(absolute(n, n.of(base, env)), int(k) // 2)
    if kind is l.Root and "square_root" in n.rules and isinstance(inner, l.Times):
        parts = [n.of(part, env) for part in inner.args]
        if all(n.context.sign(part, n) <= {0, 1} for part in parts):
            return n.times(*(root(n, part) for part in parts))
    p = n.of(inner, env)
    if {term, kind} & n.theory.unfolded and kind in (l.Sigmoid, l.Tanh):
        up, down = exponential(n, p), exponential(n, -p)
        if kind is l.Sigmoid:
            return n.recip(ONE + down)
        return n.mul(up - down, n.recip(up + down))
    return NAMED[kind.__name__.lower()](n, p)


def opaque(kind: str) -> Function:
    """The function as an atom of its argument, nothing known."""
    return lambda n, p: n.atom(Atom(kind, kind, (n.tidy(p),)))


def _over_factors(n: Normalizer, p: Poly, each: Callable[[Poly, int], Poly]) -> Poly:
    """The product of `each` over the visible factors of p; a rational is one factor, 0 none."""
    rational, factors = n.split(p)
    if not rational:
        return ZERO
    parts = [each(base, e) for base, e in factors]
    return n.times(each(const(rational), 1), *parts)


def root(n: Normalizer, p: Poly) -> Poly:
    """√p; under `square_root`, squares and factors known to be ≥ 0 leave the root."""
    if not p.terms:
        return ZERO
    value = p.constant or 0
    number = _root_of_number(n, value) if value > 0 else None
    if number is not None and ("square_root" in n.rules or number.constant is not None):
        return number
    if "square_root" not in n.rules:
        return opaque("root")(n, p)
    rational, factors = n.split(p)
    if not rational:
        return ZERO
    outside, inside = _root_of_number(n, max(rational, -rational)), const(-1 if rational < 0 else 1)
    for base, e in factors:
        outside = n.mul(outside, n.power(absolute(n, base), e // 2)) if e // 2 else outside
        if e % 2 and n.context.sign(base, n) <= {0, 1}:
            outside = n.mul(outside, opaque("root")(n, base))
        elif e % 2:
            inside = n.mul(inside, base)
    return outside if inside == ONE else n.mul(outside, opaque("root")(n, inside))


def _root_of_number(n: Normalizer, value: Number) -> Poly:
    """√(a/b) = √(ab)/b as a product of roots of primes."""
    result = const(Fraction(1, value.denominator))
    for prime in _primes(value.numerator * value.denominator):
        result = n.mul(result, of_atom(Atom("root", "root", (const(prime),))))
    return result


def _primes(number: int) -> list[int]:
    if number > _LARGEST_FACTORED:
        raise Refusal(f"{number} is too large to be factored here")
    found, p = [], 2
    while number > 1:
        p = number if p * p > number else p
        while number % p == 0:
            found.append(p)
            number //= p
        p += 1
    return found


def _facing(p: Poly) -> tuple[Poly, int]:
    """p or −p, one of the two for both, and which: |−p| = |p|, sign(−p) = −sign(p)."""
    first = min(p.terms, key=lambda mono: mono.hash)
    return (p, 1) if p.terms[first] > 0 else (-p, -1)


def absolute(n: Normalizer, p: Poly) -> Poly:
    """|p|, multiplicative over visible factors, and ±factor where the sign is known."""
    if n.rules.isdisjoint({"cases", "square_root"}):
        return opaque("abs")(n, p)

    def each(base: Poly, e: int) -> Poly:
        base, _ = _facing(base)
        known = n.context.sign(base, n)
        part = base if known <= {0, 1} else -base if known <= {-1, 0} else opaque("abs")(n, base)
        return n.power(part, e)

    return _over_factors(n, p, each)


def signum(n: Normalizer, p: Poly) -> Poly:
    """sign(p), likewise."""
    if "cases" not in n.rules:
        return opaque("sign")(n, p)

    def each(base: Poly, e: int) -> Poly:
        base, turn = _facing(base)
        known = n.context.sign(base, n, frozenset())
        part = const(next(iter(known))) if len(known) == 1 else opaque("sign")(n, base)
        return n.power(part.scaled(turn), abs(e))

    return _over_factors(n, p, each)


def rectified(n: Normalizer, p: Poly) -> Poly:
    """ReLU(p) = (p + |p|)/2 by cases on the sign of p."""
    if "cases" not in n.rules:
        return opaque("relu")(n, p)
    return (p + absolute(n, p)).scaled(Fraction(1, 2))


def exponential(n: Normalizer, p: Poly) -> Poly:
    """e^p; under `exponential` a product over the terms of p, and e^(log x) = x."""
    if "exponential" not in n.rules:
        return opaque("exp")(n, p)
    result = ONE
    for mono, c in n.tidy(p).terms.items():
        unit = Poly({mono: Fraction(1, c.denominator)})
        inner = unit.atom()
        part = inner.parts[0] if inner and inner.kind == "log" else opaque("exp")(n, unit)
        result = n.mul(result, n.power(part, c.numerator))
    return result


def logarithm(n: Normalizer, p: Poly) -> Poly:
    """log p; under `logarithm` a sum over positive factors, and log(e^x) = x."""
    rational, factors = n.split(p) if "logarithm" in n.rules and p.terms else (0, [])
    if rational <= 0 or any(n.context.sign(base, n, frozenset({1})) != {1} for base, _ in factors):
        return opaque("log")(n, p)
    result = ZERO
    for base, e in factors:
        inner = base.atom()
        part = inner.parts[0] if inner and inner.kind == "exp" else opaque("log")(n, base)
        result = result + part.scaled(e)
    for number, e in ((rational.numerator, 1), (rational.denominator, -1)):
        for prime in _primes(number):
            result = result + opaque("log")(n, const(prime)).scaled(e)
    return result


# -- products and symbolic powers ---------------------------------------------------------------


def product(n: Normalizer, body: Poly, name: str, lo: Poly, hi: Poly) -> Poly:
    """Π over one range, multiplicative in its factors; constant factors become powers."""
    count, only = hi - lo + ONE, body.single()
    if only is None or not n.context.sign(count) <= {0, 1}:
        return _product_atom(n, body, name, lo, hi)
    result = n.raised(const(only[1]), count)
    for atom, e in only[0].factors:
        base = atom.parts[0] if atom.kind == "poly" else of_atom(atom)
        if name in atom.free:
            part = n.power(_product_atom(n, base, name, lo, hi), e)
        else:
            part = n.raised(base, count.scaled(e))
        result = n.mul(result, part)
    return result


def _product_atom(n: Normalizer, body: Poly, name: str, lo: Poly, hi: Poly) -> Poly:
    """Π as an atom, its last factors split off under `peel`."""
    shift = _past(n, lo, hi) if "peel" in n.rules else 0
    top = hi - const(shift)
    last = ONE
    if shift > 0 and n.context.sign(top - lo + ONE) <= {0, 1}:
        last = n.times(*(n.rebuilt(body, {name: top + const(k)}) for k in range(1, shift + 1)))
        hi = top
    if hi - lo == const(-1):
        return last
    mark = f"@{body.height + 1}.0"
    parts = (rename(body, {name: mark}), lo, hi)
    return n.mul(last, n.atom(Atom("product", "Π", parts, ((mark,), (), ()))))


def symbolic_power(n: Normalizer, base: Poly, exponent: Poly) -> Poly:
    """base ** exponent for a symbolic exponent; of a product when the exponent is natural."""
    if base == ONE or not exponent.terms:
        return ONE
    only, shift = base.single(), _shift(exponent)
    rest = exponent - const(shift)
    if base.constant and shift:
        return symbolic_power(n, base, rest).scaled(to_power(base.constant, shift))
    natural = only and n.context.is_natural(exponent)
    if only and natural and len(only[0].factors) + (only[1] != 1) > 1:
        result = symbolic_power(n, const(only[1]), exponent)
        for atom, e in only[0].factors:
            result = n.mul(result, n.power(symbolic_power(n, of_atom(atom), exponent), e))
        return result
    few = not only and 0 < shift < _MOST_WRITTEN_OUT > len(base.terms) ** shift
    if few and "unexpanded" not in n.rules and n.context.is_natural(rest):
        # So (1 + q)^(t+1) meets (1 + q)^t·(1 + q), which algebra expands.
        return n.mul(of_atom(Atom("power", "power", (base, rest))), n.power(base, shift))
    return of_atom(Atom("power", "power", (base, exponent)))


def peeled(n: Normalizer, body: Poly, name: str, lo: Poly, hi: Poly) -> Poly:
    """Σ of the body with its last terms, up to the symbolic part of the upper end, written out."""
    length, shift = (hi - lo).constant, _past(n, lo, hi)
    if length is not None and length.denominator == 1 and length < _MOST_WRITTEN_OUT:
        rest, values = ZERO, [lo + const(k) for k in range(int(length) + 1)]
    else:
        top = hi - const(shift)
        backward = shift < 0 and _entries_only(body, name)
        reach = hi if backward else top
        if (shift < 0 and not backward) or not n.context.sign(reach - lo + ONE) <= {0, 1}:
            return n.bind(((name, lo, hi),), body)
        inner = n.context.fresh(lo, top)
        rest = n.bind(((inner, lo, top),), n.rebuilt(body, {name: index_var(inner)}))
        values = [top + const(k) for k in range(min(shift, 0) + 1, max(shift, 0) + 1)]
        if backward:
            body = -body
    for value in values:
        rest = rest + n.rebuilt(body, {name: value})
    return rest


def _past(n: Normalizer, lo: Poly, hi: Poly) -> int:
    """How many terms stand beyond the symbolic number of terms: Σ from 0 to t has one more than t;
    beyond the symbolic part of the end, where that is less or nothing is known of the other.
    """
    count = hi - lo + ONE
    more, fewer = _shift(count), _shift(hi)
    known = more > fewer and n.context.sign(count - const(more)) <= {0, 1}
    return more if known else fewer


def _entries_only(body: Poly, name: str) -> bool:
    """Whether the body is a polynomial in entries at the index: defined beyond the range too."""
    factors = [pair for mono in body.terms for pair in mono.factors if name in pair[0].free]
    return all(e > 0 and atom.kind in ("name", "index") for atom, e in factors)


def _shift(exponent: Poly) -> int:
    """The integer addend of an exponent or end, so that 2^(t+1) and 2·2^t meet."""
    return int(exponent.terms.get(next(iter(ONE.terms)), 0))


# -- reductions inside a monomial ----------------------------------------------------------------

Reduced = tuple[dict[Atom, int], Poly] | None


def reduced(n: Normalizer, atom: Atom, e: int, factors: Mapping[Atom, int]) -> Reduced:
    """What some factors are worth together: (exponents consumed, their product), or None."""
    whole = e - e % 2
    match atom.kind:
        case "root" if whole:
            return {atom: whole}, n.power(atom.parts[0], whole // 2)
        case "poly" if e > 0 and "unexpanded" not in n.rules:
            return {atom: e}, n.power(atom.parts[0], e)
        case "delta" if e > 1:
            return {atom: e - 1}, ONE
        case "power":
            return _merged_powers(n, atom, e, factors)
        case "exp" if "exponential" in n.rules and (only := atom.parts[0].single()):
            same = [a for a in factors if a.kind == "exp" and [*a.parts[0].terms] == [only[0]]]
            total = sum(factors[a] * a.parts[0].terms[only[0]] for a in same)
            if len(same) > 1 or total.numerator != e:  # e^(x/2)·e^(x/2) = e^x
                return {a: factors[a] for a in same}, exponential(n, Poly({only[0]: total}))
        case "abs" if whole and not n.rules.isdisjoint({"cases", "square_root"}):
            return {atom: whole}, n.power(atom.parts[0], whole)
        case "sign" if "cases" in n.rules:
            return _by_sign(n, atom, e, factors)
    return None


def _merged_powers(n: Normalizer, atom: Atom, e: int, factors: Mapping[Atom, int]) -> Reduced:
    base, exponent = atom.parts
    used, total = {atom: e}, exponent.scaled(e)
    for other, k in factors.items():
        if other != atom and other.kind == "power" and other.parts[0] == base:
            used[other] = k
            total = total + other.parts[1].scaled(k)
        elif of_atom(other) == base or (other.kind == "poly" and other.parts[0] == base):
            used[other] = k
            total = total + const(k)
    return None if e == 1 and len(used) == 1 else (used, n.raised(base, total))


def _by_sign(n: Normalizer, atom: Atom, e: int, factors: Mapping[Atom, int]) -> Reduced:
    """sign(p)³ = sign(p), sign(p)² = 1 for p ≠ 0, sign(p)·|p| = p, sign(p)·p = |p|."""
    p = atom.parts[0]
    if e > 2 or (e == 2 and 0 not in n.context.sign(p, n, frozenset())):
        return {atom: 2}, ONE
    partner, itself = Atom("abs", "abs", (p,)), p.atom()
    if factors.get(partner, 0) > 0:
        return {atom: 1, partner: 1}, p
    if itself is not None and factors.get(itself, 0) > 0:
        return {atom: 1, itself: 1}, absolute(n, p)
    return None


NAMED: dict[str, Function] = {
    "root": root,
    "abs": absolute,
    "sign": signum,
    "relu": rectified,
    "exp": exponential,
    "log": logarithm,
    "tanh": opaque("tanh"),
    "sigmoid": opaque("sigmoid"),
}
