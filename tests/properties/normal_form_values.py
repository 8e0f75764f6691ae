"""The value of a normal form in an exact world, computed apart from the kernel."""

from collections.abc import Mapping
from fractions import Fraction
from math import prod
from typing import Any

from sympy import Basic

from tests.fuzz.brute_force import Inexpressible, brute_force
from verify.kernel.polynomial import Atom, Factor, Poly
from verify.language.definitions import parameters
from verify.semantics import World

#: What names and free index variables are worth.
At = Mapping[Any, Any]


def value_of(poly: Poly, world: World) -> Fraction:
    """Σ coefficient · (Σ over binders) Π atom^exponent; raises Inexpressible for what has no
    fraction as its value, ZeroDivisionError where it has none.
    """
    return _poly(poly, dict(world.values))


def product_of(factors: list[tuple[Poly, int]], world: World) -> Fraction:
    """Π polynomial^exponent."""
    return prod((value_of(base, world) ** e for base, e in factors), start=Fraction(1))


def _poly(poly: Poly, at: At) -> Fraction:
    monos = (c * _sum(list(mono.binders), mono.factors, at) for mono, c in poly.terms.items())
    return sum(monos, Fraction(0))


def _sum(binders: list[Any], factors: tuple[Factor, ...], at: At) -> Fraction:
    if not binders:
        return prod((_atom(atom, at) ** e for atom, e in factors), start=Fraction(1))
    for where in binders:
        v, low, high = where
        rest = [other for other in binders if other is not where]
        if (low.free | high.free).isdisjoint(other for other, *_ in binders):
            values = range(int(_poly(low, at)), int(_poly(high, at)) + 1)
            return sum((_sum(rest, factors, {**at, v: k}) for k in values), Fraction(0))
    raise AssertionError("ranges that mention each other")


def _atom(atom: Atom, at: At) -> Fraction:
    if atom.kind in ("name", "index"):
        found = at[atom.head]
        for part in atom.parts:
            place = int(_poly(part, at))
            if not 1 <= place <= len(found):
                raise Inexpressible("an entry beyond the range")
            found = found[place - 1]
        return Fraction(found)
    if atom.kind == "product":
        (body, low, high), ((v,), *_) = atom.parts, atom.bound
        values = range(int(_poly(low, at)), int(_poly(high, at)) + 1)
        return prod((_poly(body, {**at, v: k}) for k in values), start=Fraction(1))
    if atom.kind == "call" and not any(atom.bound):
        arguments = (_poly(part, at) for part in atom.parts)
        declared = {name: value for name, value in at.items() if isinstance(name, Basic)}
        names = parameters(atom.head, True)
        inner = World({**declared, **dict(zip(names, arguments, strict=False))})
        return brute_force(atom.head.body, inner)
    if atom.kind not in ("delta", "poly", "abs", "sign", "relu", "power"):
        raise Inexpressible(atom.kind)
    first, *others = (_poly(part, at) for part in atom.parts)
    match atom.kind:
        case "delta":
            return Fraction(first == 0)
        case "abs":
            return abs(first)
        case "sign":
            return Fraction((first > 0) - (first < 0))
        case "relu":
            return max(first, Fraction(0))
        case "power":
            return Fraction(first ** int(others[0]))
    return first
