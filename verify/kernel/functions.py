"""Normal forms of roots, absolute values, signs, exponentials, logarithms and products."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction
from math import isqrt
from typing import TYPE_CHECKING, Any

from sympy import Basic

from verify.kernel.polynomial import ONE, ZERO, Atom, Poly, const, index_var, of_atom, rename
from verify.kernel.refusal import Refusal
from verify.language import functions as f
from verify.language import terms as t

if TYPE_CHECKING:
    from verify.kernel.normal import Normalizer

HALF = Fraction(1, 2)
_MOST_WRITTEN_OUT = 64
_LARGEST_FACTORED = 10**12


def applied(n: Normalizer, term: Basic, env: Mapping[Basic, Poly]) -> Poly:
    """The normal form of a function or root of a term."""
    inner = term.args[0]
    if isinstance(term, f.Root) and "square_root" in n.theory and isinstance(inner, t.Power):
        base, exponent = inner.args
        if exponent.is_Integer and exponent > 0 and exponent % 2 == 0:
            return n.power(absolute(n, n.of(base, env)), int(exponent) // 2)
    p = n.of(inner, env)
    if {term, type(term)} & n.theory.unfolded:
        opened = _defining(n, type(term), p)
        if opened is not None:
            return opened
    return NAMED[_KIND[type(term)]](n, p)


def _defining(n: Normalizer, kind: type[Basic], p: Poly) -> Poly | None:
    if kind is f.Sigmoid:
        return n.recip(ONE + exponential(n, -p))
    if kind is f.Tanh:
        up, down = exponential(n, p), exponential(n, -p)
        return n.mul(up - down, n.recip(up + down))
    return None


def opaque(kind: str) -> Callable[[Normalizer, Poly], Poly]:
    """The function as an atom of its argument, nothing known."""
    return lambda n, p: n.atom(Atom(kind, kind, (tidy(n, p),)))


def tidy(n: Normalizer, p: Poly) -> Poly:
    """A polynomial with its free denominators in one."""
    numerator, denominators = n.together(p)
    if not denominators:
        return p
    (mono, rational), core = content_of(n, numerator)
    for atom, e in list(denominators):
        while e < 0 and core == atom.parts[0]:
            core, e = ONE, e + 1
        core = n.mul(core, n.power(of_atom(atom), e)) if e else core
    return n.mul(core, Poly({mono: rational}))


def content_of(n: Normalizer, p: Poly) -> Any:
    """`monomials.content`, imported late: the two modules need each other."""
    from verify.kernel.monomials import content

    return content(n, p)


def split(n: Normalizer, p: Poly) -> tuple[Fraction, list[tuple[Poly, int]]]:
    """p = rational · Π factor^exponent: the factors visible without search."""
    numerator, denominators = n.together(p)
    (mono, rational), core = content_of(n, numerator)
    factors = [(of_atom(atom), e) for atom, e in mono.factors]
    factors += [(atom.parts[0], e) for atom, e in denominators]
    if core != ONE:
        factors.append((core, 1))
    return rational, factors


# -- roots --------------------------------------------------------------------------------------


def root(n: Normalizer, p: Poly) -> Poly:
    """√p; under `square_root`, squares and factors known to be ≥ 0 leave the root."""
    value = p.constant
    if value is not None and value >= 0 and _square(value) is not None:
        return const(_square(value) or 0)
    if "square_root" not in n.theory or not p.terms:
        return opaque("root")(n, p)
    rational, factors = split(n, p)
    outside, inside = ONE, ONE
    for base, e in factors:
        outside = n.mul(outside, n.power(absolute(n, base), e // 2)) if e // 2 else outside
        if e % 2 and n.context.sign(base, n) <= {0, 1}:
            outside = n.mul(outside, opaque("root")(n, base))
        elif e % 2:
            inside = n.mul(inside, base)
    if rational < 0:
        rational, inside = -rational, -inside
    number, left = _without_squares(rational)
    if left != 1:
        outside = n.mul(outside, opaque("root")(n, const(left)))
    if inside != ONE:
        outside = n.mul(outside, opaque("root")(n, inside))
    return outside.scaled(number)


def _square(value: Fraction) -> Fraction | None:
    a, b = isqrt(value.numerator), isqrt(value.denominator)
    return Fraction(a, b) if a * a == value.numerator and b * b == value.denominator else None


def _without_squares(value: Fraction) -> tuple[Fraction, int]:
    """(r, s) with √value = r·√s and s a product of distinct primes."""
    _require_small(value)
    left, number, p = value.numerator * value.denominator, Fraction(1, value.denominator), 2
    while p * p <= left:
        while left % (p * p) == 0:
            left, number = left // (p * p), number * p
        p += 1
    return number, left


# -- absolute value and sign --------------------------------------------------------------------


def absolute(n: Normalizer, p: Poly) -> Poly:
    """|p|, multiplicative over visible factors, and ±factor where the sign is known."""
    if not {"cases", "square_root"} & n.theory.rules:
        return opaque("abs")(n, p)
    if not p.terms:
        return ZERO
    rational, factors = split(n, p)
    result = const(abs(rational))
    for base, e in factors:
        known = n.context.sign(base, n)
        if known <= {0, 1}:
            part = base
        elif known <= {-1, 0}:
            part = -base
        else:
            part = opaque("abs")(n, base)
        result = n.mul(result, n.power(part, e))
    return result


def signum(n: Normalizer, p: Poly) -> Poly:
    """sign(p), likewise."""
    if "cases" not in n.theory:
        return opaque("sign")(n, p)
    if not p.terms:
        return ZERO
    rational, factors = split(n, p)
    result = const(1 if rational > 0 else -1)
    for base, e in factors:
        known = n.context.sign(base, n)
        part = const(next(iter(known))) if len(known) == 1 else opaque("sign")(n, base)
        result = n.mul(result, n.power(part, abs(e)))
    return result


def rectified(n: Normalizer, p: Poly) -> Poly:
    """ReLU(p) = (p + |p|)/2 by cases on the sign of p."""
    if "cases" not in n.theory:
        return opaque("relu")(n, p)
    return (p + absolute(n, p)).scaled(HALF)


# -- exponential and logarithm ------------------------------------------------------------------


def exponential(n: Normalizer, p: Poly) -> Poly:
    """e^p; under `exponential` a product over the terms of p, and e^(log x) = x."""
    if "exponential" not in n.theory:
        return opaque("exp")(n, p)
    result = ONE
    for mono, c in tidy(n, p).terms:
        unit = Poly({mono: Fraction(1, c.denominator)})
        inner = unit.atom()
        if inner is not None and inner.kind == "log":
            part = inner.parts[0]
        else:
            part = opaque("exp")(n, unit)
        result = n.mul(result, n.power(part, c.numerator))
    return result


def logarithm(n: Normalizer, p: Poly) -> Poly:
    """log p; under `logarithm` a sum over positive factors, and log(e^x) = x."""
    if "logarithm" not in n.theory or not p.terms:
        return opaque("log")(n, p)
    rational, factors = split(n, p)
    if rational <= 0 or any(n.context.sign(base, n) != {1} for base, _ in factors):
        return opaque("log")(n, p)
    result = ZERO
    for base, e in factors:
        inner = base.atom()
        part = inner.parts[0] if inner and inner.kind == "exp" else opaque("log")(n, base)
        result = result + part.scaled(Fraction(e))
    for number, e in ((rational.numerator, 1), (rational.denominator, -1)):
        for prime in _primes(number):
            result = result + opaque("log")(n, const(prime)).scaled(Fraction(e))
    return result


def _require_small(value: Fraction) -> None:
    if value.numerator * value.denominator > _LARGEST_FACTORED:
        raise Refusal(f"{value} is too large to be factored here")


def _primes(number: int) -> list[int]:
    _require_small(Fraction(number))
    found, p = [], 2
    while number > 1:
        if p * p > number:
            p = number
        while number % p == 0:
            found.append(p)
            number //= p
        p += 1
    return found


# -- products and symbolic powers ---------------------------------------------------------------


def product(n: Normalizer, term: Basic, env: Mapping[Basic, Poly]) -> Poly:
    """Π over one range, multiplicative in its factors; constant factors become powers."""
    (index, low, high), rest = term.args[1], term.args[2:]
    body = term.func(term.args[0], *rest) if rest else term.args[0]
    lo, hi = n.of(low, env), n.of(high, env)
    name = n.context.fresh(lo, hi)
    inner = n.of(body, {**env, index: index_var(name)})
    count = hi - lo + ONE
    only = inner.single()
    if only is None or only[0].binders or not n.context.sign(count) <= {0, 1}:
        return _product_atom(n, inner, name, lo, hi)
    result = n.raised(const(only[1]), count) if only[1] != 1 else ONE
    for atom, e in only[0].factors:
        base = atom.parts[0] if atom.kind == "poly" else of_atom(atom)
        if name in atom.free:
            part = n.power(_product_atom(n, base, name, lo, hi), e)
        else:
            part = n.raised(base, count.scaled(Fraction(e)))
        result = n.mul(result, part)
    return result


def _product_atom(n: Normalizer, body: Poly, name: str, lo: Poly, hi: Poly) -> Poly:
    mark = f"@{body.height + 1}.0"
    return n.atom(Atom("product", "Π", (rename(body, {name: mark}), lo, hi), None, (mark,)))


def symbolic_power(n: Normalizer, base: Poly, exponent: Poly) -> Poly:
    """base ** exponent for a symbolic exponent; of a product when the exponent is natural."""
    if base == ONE or not exponent.terms:
        return ONE
    value, shift = base.constant, exponent_shift(exponent)
    if value and shift:
        rest = symbolic_power(n, base, exponent - const(shift))
        return rest.scaled(value**shift)
    only = base.single()
    natural = n.context.is_natural(exponent)
    if only and not only[0].binders and natural and len(only[0].factors) + (only[1] != 1) > 1:
        result = ONE if only[1] == 1 else symbolic_power(n, const(only[1]), exponent)
        for atom, e in only[0].factors:
            part = symbolic_power(n, of_atom(atom), exponent)
            result = n.mul(result, n.power(part, e))
        return result
    return of_atom(Atom("power", "power", (base, exponent)))


def peeled(n: Normalizer, body: Poly, name: str, lo: Poly, hi: Poly) -> Poly:
    """Σ of the body with its last terms, up to the symbolic part of the upper end, written out."""
    length = (hi - lo).constant
    if length is not None and length.denominator == 1 and length < _MOST_WRITTEN_OUT:
        values = [lo + const(k) for k in range(int(length) + 1)]
        rest = ZERO
    else:
        shift = exponent_shift(hi)
        top = hi - const(shift)
        if shift < 0 and _entries_only(body, name) and n.context.sign(hi - lo + ONE) <= {0, 1}:
            whole = n.context.fresh(lo, top)
            total = n.bind(((whole, lo, top),), n.rebuilt(body, {name: index_var(whole)}))
            for k in range(shift + 1, 1):
                total = total - n.rebuilt(body, {name: top + const(k)})
            return total
        if shift < 0 or not n.context.sign(top - lo + ONE) <= {0, 1}:
            return n.bind(((name, lo, hi),), body)
        inner = n.context.fresh(lo, top)
        rest = n.bind(((inner, lo, top),), n.rebuilt(body, {name: index_var(inner)}))
        values = [top + const(k) for k in range(1, shift + 1)]
    for value in values:
        rest = rest + n.rebuilt(body, {name: value})
    return rest


def _entries_only(body: Poly, name: str) -> bool:
    """Whether the body is a polynomial in entries at the index: defined beyond the range too."""
    return all(
        e > 0 and atom.kind in ("entry", "index", "name")
        for mono, _ in body.terms
        for atom, e in mono.factors
        if name in atom.free
    )


def exponent_shift(exponent: Poly) -> int:
    """The integer addend of an exponent, so that 2^(t+1) and 2·2^t meet."""
    return next((int(c) for mono, c in exponent.terms if mono.text == "1"), 0)


# -- reductions inside a monomial ----------------------------------------------------------------

Used = dict[Atom, int]


def reduced(
    n: Normalizer, atom: Atom, e: int, factors: Mapping[Atom, int]
) -> tuple[Used, Poly] | None:
    """What some factors are worth together: (exponents consumed, their product), or None."""
    if atom.kind == "root" and e not in (0, 1):
        return {atom: e - e % 2}, n.power(atom.parts[0], (e - e % 2) // 2)
    if atom.kind == "poly" and e > 0:
        return {atom: e}, n.power(atom.parts[0], e)
    if atom.kind == "delta" and e > 1:
        return {atom: e - 1}, ONE
    if atom.kind == "power":
        return _merged_powers(n, atom, e, factors)
    if atom.kind == "root" and "square_root" in n.theory:
        return _merged_roots(n, atom, factors)
    if atom.kind in ("abs", "sign") and "cases" in n.theory:
        return _by_sign(n, atom, e, factors)
    if atom.kind == "abs" and "square_root" in n.theory and abs(e) > 1:
        whole = e - e % 2
        return {atom: whole}, n.power(atom.parts[0], whole)
    return None


def _merged_powers(
    n: Normalizer, atom: Atom, e: int, factors: Mapping[Atom, int]
) -> tuple[Used, Poly] | None:
    base, exponent = atom.parts
    used, total = {atom: e}, exponent.scaled(Fraction(e))
    for other, k in factors.items():
        if other != atom and other.kind == "power" and other.parts[0] == base:
            used[other] = k
            total = total + other.parts[1].scaled(Fraction(k))
        elif of_atom(other) == base or (other.kind == "poly" and other.parts[0] == base):
            used[other] = k
            total = total + const(k)
    if e == 1 and len(used) == 1:
        return None
    return used, n.raised(base, total)


def _merged_roots(
    n: Normalizer, atom: Atom, factors: Mapping[Atom, int]
) -> tuple[Used, Poly] | None:
    value = atom.parts[0].constant
    for other in factors:
        if value is not None and other.kind == "root" and other != atom:
            second = other.parts[0].constant
            if second is not None:
                return {atom: 1, other: 1}, root(n, const(value * second))
    return None


def _by_sign(
    n: Normalizer, atom: Atom, e: int, factors: Mapping[Atom, int]
) -> tuple[Used, Poly] | None:
    """|p|² = p², sign(p)³ = sign(p), sign(p)·|p| = p, sign(p)·p = |p|, of one argument p."""
    p = atom.parts[0]
    if atom.kind == "abs":
        whole = e - e % 2
        return ({atom: whole}, n.power(p, whole)) if whole else None
    if e > 2:
        return {atom: 2}, ONE
    partner = Atom("abs", "abs", (p,))
    itself = p.atom()
    if e > 0 and partner in factors and factors[partner] > 0:
        return {atom: 1, partner: 1}, p
    if e > 0 and itself is not None and factors.get(itself, 0) > 0:
        return {atom: 1, itself: 1}, absolute(n, p)
    return None


NAMED: dict[str, Callable[[Normalizer, Poly], Poly]] = {
    "root": root,
    "abs": absolute,
    "sign": signum,
    "relu": rectified,
    "exp": exponential,
    "log": logarithm,
    "tanh": opaque("tanh"),
    "sigmoid": opaque("sigmoid"),
}

_KIND: dict[type[Basic], str] = {
    f.Root: "root",
    f.Abs: "abs",
    f.Sign: "sign",
    f.ReLU: "relu",
    f.Exp: "exp",
    f.Log: "log",
    f.Tanh: "tanh",
    f.Sigmoid: "sigmoid",
}
