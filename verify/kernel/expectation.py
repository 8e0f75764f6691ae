"""Expectations of polynomials: linearity, independence, moments, symmetry.

Open world: a random name depends on every other random name, through definitions as well, unless
a stated law separates them. An expectation is only taken apart where the parts are integrable.
"""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from typing import TYPE_CHECKING

from verify.kernel import laws
from verify.kernel.polynomial import ONE, ZERO, Atom, Mono, Poly, const, of_atom
from verify.kernel.refusal import Refusal

if TYPE_CHECKING:
    from verify.kernel.normal import Normalizer

Factor = tuple[Atom, int]


def expect(n: Normalizer, p: Poly) -> Poly:
    """E[p] under the theory of `n`."""
    if "linearity" in n.theory:
        return _linear(n, p)
    only = p.single()
    if p.constant is not None:
        return p
    if only and only[1] == 1 and not only[0].binders:
        return _of_product(n, only[0].factors)
    return _settled(n, p)


def _linear(n: Normalizer, p: Poly) -> Poly:
    total = ZERO
    for mono, c in p.terms:
        m = n.context.opened(mono)
        fixed = [(a, e) for a, e in m.factors if not laws.leaves(n, a)]
        moving = [(a, e) for a, e in m.factors if laws.leaves(n, a)]
        if moving and not laws.integrable(n, moving):
            raise Refusal(f"E[{Mono((), moving).text}] is not known to exist")
        outside = n.times(*(n.power(of_atom(a), e) for a, e in fixed))
        part = n.mul(outside, _of_product(n, moving) if moving else ONE)
        total = total + n.bind(m.binders, part).scaled(c)
    return total


def _of_product(n: Normalizer, factors: Iterable[Factor]) -> Poly:
    if "independence" not in n.theory:
        return _of_group(n, list(factors))
    groups = laws.independent_groups(n, list(factors))
    if len(groups) > 1 and not all(laws.integrable(n, group) for group in groups):
        raise Refusal("an independent factor is not known to be integrable")
    return n.times(*(_of_group(n, group) for group in groups))


def _of_group(n: Normalizer, group: list[Factor]) -> Poly:
    if "moments" in n.theory:
        value = laws.moment(n, group)
        if value is not None:
            return value
    return _settled(n, Poly({Mono((), group): Fraction(1)}))


def _settled(n: Normalizer, p: Poly) -> Poly:
    """E[p] as an atom, of the lesser of p and its images under the symmetries cited."""
    sign = 1
    for block in n.theory.flips:
        image = laws.flipped(n, p, block)
        if image is None:
            continue
        if image == -p:
            return ZERO
        if "linearity" in n.theory and len(image.terms) == 1 and image.terms[0][1] == -1:
            image, flip = -image, -1
        else:
            flip = 1
        if image.text < p.text:
            p, sign = image, sign * flip
    return n.atom(Atom("E", "E", (p,))).scaled(Fraction(sign))


def variance(n: Normalizer, p: Poly, opened: bool = False) -> Poly:
    """V[p]; opened, it is E[p²] − E[p]²."""
    if opened:
        return expect(n, n.mul(p, p)) - n.power(expect(n, p), 2)
    if "moments" in n.theory:
        only = p.atom()
        second = laws.moment(n, [(only, 2)]) if only else None
        first = laws.moment(n, [(only, 1)]) if only else None
        if second is not None and first is not None:
            return second - n.power(first, 2)
    if "linearity" in n.theory and p.constant is not None:
        return const(0)
    return n.atom(Atom("V", "V", (p,)))
