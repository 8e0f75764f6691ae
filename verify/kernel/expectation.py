"""Expectations of polynomials: linearity, independence, moments, symmetry.

An expectation is only taken apart where the parts are integrable.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import comb
from typing import TYPE_CHECKING

from verify import language as l
from verify.kernel import laws
from verify.kernel.polynomial import (
    ONE,
    ZERO,
    Atom,
    Factor,
    Mono,
    Poly,
    Refusal,
    of_atom,
)  # fmt: skip

if TYPE_CHECKING:
    from verify.kernel.normal import Normalizer


def expect(n: Normalizer, p: Poly) -> Poly:
    """E[p] under the theory of `n`."""
    only = p.single()
    if "linearity" not in n.rules:
        if p.constant is not None or not (only and only[1] == 1):
            return p if p.constant is not None else _settled(n, p)
        return _of_product(n, list(only[0].factors))
    total = ZERO
    for mono, c in p.terms.items():
        m = n.context.opened(mono)
        fixed = [(a, e) for a, e in m.factors if not laws.leaves(n, a)]
        moving = [pair for pair in m.factors if pair not in fixed]
        if moving and not laws.integrable(n, moving):
            raise Refusal(f"E[{Mono((), moving)}] is not known to exist")
        outside = n.times(*(n.power(of_atom(a), e) for a, e in fixed))
        part = n.mul(outside, _of_product(n, moving) if moving else ONE)
        total = total + n.bind(m.binders, part).scaled(c)
    return total


def _of_product(n: Normalizer, factors: list[Factor]) -> Poly:
    groups = laws.independent_groups(n, factors) if "independence" in n.rules else [factors]
    if len(groups) > 1 and not all(laws.integrable(n, group) for group in groups):
        raise Refusal("an independent factor is not known to be integrable")
    return n.times(*(_of_group(n, group) for group in groups))


def _of_group(n: Normalizer, group: list[Factor]) -> Poly:
    value = moment(n, group) if "moments" in n.rules else None
    return _settled(n, Poly({Mono((), group): 1})) if value is None else value


def _settled(n: Normalizer, p: Poly) -> Poly:
    """E[p] as an atom, of the lesser of p and its images under the symmetries cited."""
    sign = 1
    for block in n.theory.flips:
        image = laws.flipped(n, p, block)
        if image is None:
            continue
        if image == -p:
            return ZERO
        odd = "linearity" in n.rules and list(image.terms.values()) == [-1]
        image = -image if odd else image
        if image.hash < p.hash:
            p, sign = image, -sign if odd else sign
    return n.atom(Atom("E", "E", (p,))).scaled(sign)


def variance(n: Normalizer, p: Poly, opened: bool = False) -> Poly:
    """V[p]; opened, it is E[p²] − E[p]²."""
    if opened:
        return expect(n, n.mul(p, p)) - n.power(expect(n, p), 2)
    only = p.atom() if "moments" in n.rules else None
    if only is not None:
        first, second = (moment(n, [(only, e)]) for e in (1, 2))
        if first is not None and second is not None:
            return second - n.power(first, 2)
    if "linearity" in n.rules and p.constant is not None:
        return ZERO
    return n.atom(Atom("V", "V", (p,)))


def moment(n: Normalizer, group: list[Factor]) -> Poly | None:
    """E of a product of entries of one family, by its law: of at most two uncorrelated entries,
    or of any number of independent ones, as Σ over set partitions of Π of joint cumulants.
    """
    if any(a.kind != "name" or e < 0 for a, e in group):
        return None
    cells = [(a.head, a.parts) for a, e in group for _ in range(e)]
    for fact, env, blocks in laws.stated(n, l.Uncorrelated, cells) if len(cells) < 3 else ():
        mean, variance = fact.statement.args[1:]
        known = variance if len(cells) == 2 else mean
        if known and all(laws.inside(cell, blocks[0]) for cell in cells):
            n.context.used.add(fact)
            means = [n.of(mean[0], env) if mean else _raw(n, cell, 1) for cell in cells]
            spread = n.mul(_tie(n, cells), n.of(variance[0], env)) if len(cells) == 2 else ZERO
            return n.times(*means) + spread
    for fact, _, blocks in laws.stated(n, l.IndependentEntries, cells) if len(cells) > 1 else ():
        if all(laws.inside(cell, blocks[0]) for cell in cells):
            n.context.used.add(fact)
            total = ZERO
            for split in _partitions(cells):
                parts = [n.mul(_tie(n, part), _cumulant(n, part[0], len(part))) for part in split]
                total = total + n.times(*parts)
            return total
    return None


def _tie(n: Normalizer, cells: list[laws.Leaf]) -> Poly:
    """1 if all cells are one entry, else 0."""
    first, *others = cells
    pairs = [(i, j) for _, at in others for i, j in zip(first[1], at, strict=True)]
    return n.times(*(n.delta(i - j) for i, j in pairs))


def _raw(n: Normalizer, cell: laws.Leaf, k: int) -> Poly:
    """E[X^k] of one entry, from its law if that gives it."""
    entry = Atom("name", *cell)
    known = moment(n, [(entry, 1)]) if k == 1 else _second(n, cell) if k == 2 else None
    return n.atom(Atom("E", "E", (of_atom(entry, k),))) if known is None else known


def _second(n: Normalizer, cell: laws.Leaf) -> Poly | None:
    for fact, _, blocks in laws.stated(n, l.Uncorrelated, [cell]):
        if fact.statement.args[2] and laws.inside(cell, blocks[0]):
            return moment(n, [(Atom("name", *cell), 2)])
    return None


def _cumulant(n: Normalizer, cell: laws.Leaf, k: int) -> Poly:
    """κ_k = m_k − Σ_{i<k} C(k−1, i−1)·κ_i·m_{k−i} (Stuart and Ord, Kendall's Theory I, 3.14)."""
    total = _raw(n, cell, k)
    for i in range(1, k):
        part = n.mul(_cumulant(n, cell, i), _raw(n, cell, k - i))
        total = total - part.scaled(comb(k - 1, i - 1))
    return total


def _partitions(cells: list[laws.Leaf]) -> Iterator[list[list[laws.Leaf]]]:
    if not cells:
        yield []
        return
    for rest in _partitions(cells[1:]):
        yield [[cells[0]], *rest]
        for i, part in enumerate(rest):
            yield [*rest[:i], [cells[0], *part], *rest[i + 1 :]]
