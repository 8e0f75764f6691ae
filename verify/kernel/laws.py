"""What the stated laws say about random atoms: dependence, independence, integrability, symmetry.

Open world: a random name depends on every other random name, through definitions as well, unless
a stated law separates them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from math import inf
from typing import TYPE_CHECKING, Any

from sympy import Basic

from verify import language as l
from verify.kernel.polynomial import Atom, Factor, Mono, Poly, atoms_of, of_atom, rename
from verify.kernel.theory import ALGEBRA

if TYPE_CHECKING:
    from verify.kernel.normal import Env, Normalizer

#: A random name, with the indices at which it is read (leading ones; () for all of it).
Leaf = tuple[Basic, tuple[Poly, ...]]
#: An order of moments: E|X|^k < ∞; inf for bounded variables and constants.
Order = Fraction | float


def leaves(n: Normalizer, atom: Atom, ranged: bool = False) -> list[Leaf]:
    """The random names that an atom depends on; [] means that it is a constant."""
    if atom.kind in ("E", "V"):
        return []
    if atom.kind == "call":
        return read(n, n.context.normal(ALGEBRA).unfolded(atom), ranged)
    parts = atom.parts
    if atom.kind == "product" and ranged:
        parts = (rename(parts[0], {atom.bound[0][0]: n.context.fresh(*parts[1:])}),)
    own = [(atom.head, parts)] if atom.kind == "name" and atom.head.random else []
    return own + [leaf for part in parts for leaf in read(n, part, ranged)]


def read(n: Normalizer, p: Poly, ranged: bool = False) -> list[Leaf]:
    """The random names that a polynomial depends on. `ranged`: the ranges of bound indices are
    known; a law must not be read at such an index, as it would speak of one value at a time.
    """
    monos = [n.context.opened_once(mono) if ranged else mono for mono in p.terms]
    return [leaf for mono in monos for atom, _ in mono.factors for leaf in leaves(n, atom, ranged)]


def block_of(n: Normalizer, block: Basic, env: Env | None = None) -> Leaf | None:
    """A block as a leaf: a random name, or a slice of one by its leading indices."""
    if isinstance(block, l.Name):
        return block, ()
    home = block_of(n, block.args[0], env) if isinstance(block, l.Entry) else None
    return home and (home[0], home[1] + tuple(n.of(i, env) for i in block.args[1:]))


def inside(leaf: Leaf, block: Leaf | None) -> bool:
    """Whether all that the leaf reads lies in the block."""
    return block is not None and leaf[0] == block[0] and leaf[1][: len(block[1])] == block[1]


def stated(
    n: Normalizer, kind: type[Basic], seen: Iterable[Leaf]
) -> list[tuple[Any, Env, list[Leaf | None]]]:
    """The laws of a kind at the indices that are read: the fact, its indices, its blocks."""
    hints = [index for _, at in seen for index in at]
    return [
        (fact, env, [block_of(n, b, env) for b in fact.statement.args if isinstance(b, l.Term)])
        for fact, env in n.context.instances(kind, hints)
    ]


def homes(found: list[Leaf], blocks: list[Leaf | None]) -> frozenset[int]:
    """The blocks in which leaves lie; −1 for those that lie in none."""
    return frozenset(
        next((i for i, b in enumerate(blocks) if inside(leaf, b)), -1) for leaf in found
    )


def independent_groups(n: Normalizer, factors: list[Factor]) -> list[list[Factor]]:
    """The factors in groups that one stated law makes mutually independent."""
    seen = [leaves(n, atom) for atom, _ in factors]
    best = [list(factors)]
    for fact, _, blocks in stated(n, l.Independent, [leaf for found in seen for leaf in found]):
        merged: list[tuple[frozenset[int], list[Factor]]] = []
        for factor, found in zip(factors, seen, strict=True):
            own, group = homes(found, blocks), [factor]
            for other in [m for m in merged if m[0] & own]:
                merged.remove(other)
                own, group = own | other[0], other[1] + group
            merged.append((own, group))
        if len(merged) > len(best) and all(-1 not in own for own, _ in merged):
            best = [group for _, group in merged]
            n.context.used.add(fact)
    return best


def separated(n: Normalizer, block: Leaf, others: list[Leaf]) -> bool:
    """Whether one stated law makes the block independent of all the others jointly."""
    if not others:
        return True
    for fact, _, blocks in stated(n, l.Independent, [block, *others]):
        home = homes([block], blocks)
        if -1 not in home and not homes(others, blocks) & (home | {-1}):
            n.context.used.add(fact)
            return True
    return False


def apart(n: Normalizer, p: Poly, block: Leaf, others: list[Leaf]) -> bool:
    """Whether the block is independent of all else that p reads: of other entries of a family that
    has mutually independent entries, and of what is independent of the whole family.
    """
    for fact, _, (family,) in stated(n, l.IndependentEntries, [block]):
        if family is None or not inside(block, family):
            continue
        near = [x for x in read(n, p, ranged=True) if inside(x, family) and not inside(x, block)]
        pairs = (zip(x[1], block[1], strict=False) for x in near)
        different = (any(0 not in n.context.sign(i - j, wanted=frozenset()) for i, j in each)
                     for each in pairs)  # fmt: skip
        if all(different) and separated(n, family, [x for x in others if not inside(x, family)]):
            n.context.used.add(fact)
            return True
    return False


# -- integrability ------------------------------------------------------------------------------


def integrable(n: Normalizer, factors: list[Factor]) -> bool:
    """Whether E|product| is known to be finite."""
    whole = Poly({Mono((), factors): 1})
    if any(known == whole for known, _ in _asserted(n, whole)):
        return True
    return all(_holder(n, group) >= 1 for group in independent_groups(n, factors))


def order_of(n: Normalizer, p: Poly) -> Order:
    """The largest k for which E|p|^k is known to be finite."""
    orders: list[Order] = [inf]
    for mono in p.terms:
        moving = [(a, e) for a, e in n.context.opened(mono).factors if leaves(n, a)]
        groups = independent_groups(n, moving) if moving else []
        orders += [_holder(n, group) for group in groups]
    return min(orders)


def _holder(n: Normalizer, factors: list[Factor]) -> Order:
    """Hölder: Π|X_i|^e_i has a moment of order 1 / Σ e_i/k_i."""
    total = Fraction(0)
    for atom, e in factors:
        order = _atom_order(n, atom) if e > 0 else 0
        if order == 0:
            return 0
        total += 0 if order == inf else Fraction(e) / Fraction(order)
    return 1 / total if total else inf


def _atom_order(n: Normalizer, atom: Atom) -> Order:
    if not leaves(n, atom) or atom.kind in ("sign", "tanh", "sigmoid", "delta"):
        return inf
    if atom.kind == "root":
        return order_of(n, atom.parts[0]) * 2
    if atom.kind == "product":  # as many factors as there are: bounded if each is
        return inf if order_of(n, atom.parts[0]) == inf else 0
    found = _stated_order(n, atom)
    if atom.kind in ("relu", "abs"):
        return max(order_of(n, atom.parts[0]), found)
    return max(order_of(n, n.unfolded(atom)), found) if atom.kind == "call" else found


def _stated_order(n: Normalizer, atom: Atom) -> Order:
    """The order that a law, or a hypothesis which mentions a moment, gives to one atom."""
    orders: list[Order] = [0]
    cell = (atom.head, atom.parts)
    for kind in (l.Uncorrelated, l.FiniteMoment) if atom.kind == "name" else ():
        for fact, _, blocks in stated(n, kind, [cell]):
            if inside(cell, blocks[0]):
                n.context.used.add(fact)
                finite = kind is l.FiniteMoment
                orders.append(Fraction(int(fact.statement.args[1])) if finite else 2)
    for known, power in _asserted(n, of_atom(atom)):
        only = known.single()
        factors = only[0].factors if only else ()
        orders += [Fraction(e * power) for a, e in factors if a == atom and len(factors) == 1]
    return max(orders)


def _asserted(n: Normalizer, target: Poly) -> list[tuple[Poly, int]]:
    """(X, k) for each E[X] or V[X] that a hypothesis mentions, and so asserts E|X|^k < ∞."""
    plain, found = n.context.normal(ALGEBRA), []
    hints = [part for atom in atoms_of(target) if atom.kind == "name" for part in atom.parts]

    def speaks(statement: Basic) -> bool:
        return l.contains(statement, (l.Expectation, l.Variance))

    for fact, env in n.context.instances(l.Relation, hints, speaks):
        if isinstance(fact.statement, l.SameLaw) or l.axes(fact.statement.args[0]):
            continue
        for side in fact.statement.args:
            for node in _expectations(side):
                atom = plain.of(node, env).atom()
                if atom is not None and atom.kind in ("E", "V"):
                    found.append((atom.parts[0], 1 if atom.kind == "E" else 2))
    return found


def _expectations(term: Basic) -> Iterator[Basic]:
    """The expectations and variances in a term, but for those in a range that may be empty."""
    if isinstance(term, (l.Expectation, l.Variance)):
        yield term
    for part in term.args if not isinstance(term, l.Binding) else ():
        yield from _expectations(part)


# -- symmetry -----------------------------------------------------------------------------------


def flipped(n: Normalizer, p: Poly, block: Leaf) -> Poly | None:
    """p with the block negated, if that leaves its law unchanged: what else p reads must be
    independent of the block.
    """
    seen = read(n, p)
    outer = [leaf for leaf in seen if not inside(leaf, block)]
    if len(outer) == len(seen) or not (separated(n, block, outer) or apart(n, p, block, outer)):
        return None
    blocked = False

    def leaf(atom: Atom) -> Poly | None:
        nonlocal blocked
        if atom.kind in ("call", "derivative") and any(x[0] == block[0] for x in leaves(n, atom)):
            blocked = True
        if atom.kind == "name" and inside((atom.head, atom.parts), block):
            return -of_atom(atom)
        return of_atom(atom) if atom.kind in ("E", "V") else None

    image = n.rebuilt(p, {}, leaf)
    return None if blocked else image
