"""What the stated laws say about random atoms: dependence, moments, integrability, symmetry."""

from __future__ import annotations

from fractions import Fraction
from functools import lru_cache
from itertools import takewhile
from math import inf
from typing import TYPE_CHECKING, Any

from sympy import Basic

from verify.kernel.polynomial import ONE, Atom, Mono, Poly, atoms_of, of_atom
from verify.kernel.theory import Theory
from verify.language import statements as s
from verify.language.arrays import Entry
from verify.language.definitions import Definition, unfold
from verify.language.names import Name
from verify.language.probability import Expectation, Variance
from verify.language.substitution import free_names

if TYPE_CHECKING:
    from verify.kernel.normal import Normalizer

Factor = tuple[Atom, int]
#: A random name, with the indices at which it is read (leading ones; () for all of it).
Leaf = tuple[Name, tuple[Poly, ...]]


def leaves(n: Normalizer, atom: Atom) -> list[Leaf]:
    """The random names that an atom depends on; [] means that it is a constant."""
    if atom.kind in ("E", "V"):
        return []
    found: list[Leaf] = []
    if isinstance(atom.payload, Name) and atom.payload.random:
        found.append((atom.payload, atom.parts))
    if atom.kind == "call":
        found += _read_by_call(n, *atom.payload)
    for part in atom.parts:
        for mono, _ in part.terms:
            found += [leaf for inner, _ in mono.factors for leaf in leaves(n, inner)]
    if atom.kind == "inverse":
        found += [(name, ()) for name in free_names(atom.payload[0]) if _random(name)]
    return found


def _read_by_call(n: Normalizer, base: Basic, env: Any) -> list[Leaf]:
    """What a definition's body reads; indices bound elsewhere are left open."""
    opened = n.context.normal(Theory(unfolded=definitions_in(base)))
    body, _ = opened.placeholders(base, env)
    found = []
    for mono, _ in body.terms:
        for inner, _ in mono.factors:
            for name, at in leaves(opened, inner):
                fixed = (not any(v[0] in "_#@" for v in index.free) for index in at)
                lead = tuple(
                    index for index, _ in takewhile(lambda x: x[1], zip(at, fixed, strict=True))
                )
                found.append((name, lead))
    return found


@lru_cache(maxsize=100_000)
def definitions_in(term: Basic) -> frozenset[Basic]:
    """Every definition that a term unfolds to, directly or not."""
    found: set[Basic] = set()
    for part in term.args:
        found |= definitions_in(part)
    if isinstance(term, Definition):
        found |= {term} | definitions_in(term.body)
    return frozenset(found)


def _random(name: Basic) -> bool:
    return isinstance(name, Name) and name.random


def is_random(term: Basic) -> bool:
    """Whether a term depends on a random name, through definitions as well; E and V do not."""
    if isinstance(term, (Expectation, Variance)):
        return False
    if isinstance(term, Definition):
        return is_random(term.body)
    return _random(term) or any(is_random(part) for part in term.args)


def block_of(n: Normalizer, block: Basic, env: Any) -> Leaf | None:
    """A block as a leaf: a random name, or a slice of one by its leading indices."""
    if isinstance(block, Name):
        return block, ()
    if isinstance(block, Entry) and isinstance(block.args[0], Name):
        return block.args[0], tuple(n.of(i, env) for i in block.args[1:])
    return None


def inside(leaf: Leaf, block: Leaf) -> bool:
    """Whether all that the leaf reads lies in the block."""
    lead = block[1]
    return leaf[0] == block[0] and leaf[1][: len(lead)] == lead and len(leaf[1]) >= len(lead)


def independent_groups(n: Normalizer, factors: list[Factor]) -> list[list[Factor]]:
    """The factors in groups that the stated laws make mutually independent."""
    read = [leaves(n, atom) for atom, _ in factors]
    best = [list(factors)]
    hints = [index for found in read for _, at in found for index in at]
    for fact, env in n.context.instances(s.Independent, hints):
        blocks = [block_of(n, block, env) for block in fact.statement.args]
        if any(block is None for block in blocks):
            continue
        groups = _grouped(factors, read, [b for b in blocks if b is not None])
        if len(groups) > len(best):
            best = groups
            n.context.use(fact)
    return best


def _grouped(
    factors: list[Factor], read: list[list[Leaf]], blocks: list[Leaf]
) -> list[list[Factor]]:
    merged: list[tuple[set[int], list[Factor]]] = []
    for factor, found in zip(factors, read, strict=True):
        homes = {next((i for i, b in enumerate(blocks) if inside(x, b)), -1) for x in found}
        if -1 in homes:
            return [factors]
        group = [factor]
        for other in [m for m in merged if m[0] & homes]:
            merged.remove(other)
            homes, group = homes | other[0], other[1] + group
        merged.append((homes, group))
    return [group for _, group in merged]


# -- moments ------------------------------------------------------------------------------------


def moment(n: Normalizer, group: list[Factor]) -> Poly | None:
    """E of a product of at most two entries of one uncorrelated family."""
    entries = [atom for atom, e in group for _ in range(e) if e > 0]
    if not 1 <= len(entries) <= 2 or any(e < 0 for _, e in group):
        return None
    if any(not isinstance(a.payload, Name) for a in entries):
        return None
    cells = [(a.payload, a.parts) for a in entries]
    hints = [index for _, at in cells for index in at]
    for fact, env in n.context.instances(s.Uncorrelated, hints):
        block = block_of(n, fact.statement.args[0], env)
        if block is None or not all(inside(cell, block) for cell in cells):
            continue
        mean, variance = fact.statement.args[1:]
        if not (variance if len(cells) == 2 else mean):
            continue
        n.context.use(fact)
        means = [n.of(mean[0], env) if mean else _mean_atom(n, entry) for entry in entries]
        if len(cells) == 1:
            return means[0]
        tie = ONE
        for i, j in zip(cells[0][1], cells[1][1], strict=True):
            tie = n.mul(tie, n.delta(i, j))
        return n.times(*means) + n.mul(tie, n.of(variance[0], env))
    return None


def _mean_atom(n: Normalizer, entry: Atom) -> Poly:
    return n.atom(Atom("E", "E", (of_atom(entry),)))


# -- integrability ------------------------------------------------------------------------------


def integrable(n: Normalizer, factors: list[Factor]) -> bool:
    """Whether E|product| is known to be finite."""
    asserted = Poly({Mono((), factors): Fraction(1)})
    if any(known == asserted for known, _ in _asserted(n, asserted)):
        return True
    return all(_holder(n, group) >= 1 for group in independent_groups(n, factors))


def order_of(n: Normalizer, p: Poly) -> Fraction | float:
    """The largest k for which E|p|^k is known to be finite (inf: bounded, or a constant)."""
    return min((_order_of_mono(n, mono) for mono, _ in p.terms), default=inf)


def _order_of_mono(n: Normalizer, mono: Mono) -> Fraction | float:
    m = n.context.opened(mono)
    moving = [(a, e) for a, e in m.factors if leaves(n, a)]
    groups = independent_groups(n, moving) if moving else []
    return min((_holder(n, group) for group in groups), default=inf)


def _holder(n: Normalizer, factors: list[Factor]) -> Fraction | float:
    """Hölder: Π|X_i|^e_i has a moment of order 1 / Σ e_i/k_i."""
    total = Fraction(0)
    for atom, e in factors:
        order = _atom_order(n, atom) if e > 0 else 0
        if order == 0:
            return 0
        total += 0 if order == inf else Fraction(e) / Fraction(order)
    return inf if total == 0 else 1 / total


def _atom_order(n: Normalizer, atom: Atom) -> Fraction | float:
    if not leaves(n, atom) or atom.kind in ("sign", "tanh", "sigmoid", "delta"):
        return inf
    if atom.kind in ("relu", "abs"):
        return max(order_of(n, atom.parts[0]), _stated_order(n, atom))
    if atom.kind == "root":
        return order_of(n, atom.parts[0]) * 2
    if atom.kind == "call":
        base, env = atom.payload
        return max(order_of(n, n.of(unfold(base), env)), _stated_order(n, atom))
    if atom.kind == "entry" and isinstance(atom.payload, tuple):
        base, env = atom.payload
        return order_of(n, n.entry(unfold(base), atom.parts[1:], env))
    return _stated_order(n, atom)


def _stated_order(n: Normalizer, atom: Atom) -> Fraction | float:
    """The order that a law, or a hypothesis which mentions a moment, gives to one atom."""
    found: Fraction | float = 0
    if isinstance(atom.payload, Name):
        cell: Leaf = (atom.payload, atom.parts)
        for kind in (s.Uncorrelated, s.FiniteMoment):
            for fact, env in n.context.instances(kind, list(atom.parts)):
                block = block_of(n, fact.statement.args[0], env)
                if block is not None and inside(cell, block):
                    n.context.use(fact)
                    stated = fact.statement.args[1] if kind is s.FiniteMoment else 2
                    found = max(found, Fraction(int(stated)))
    for known, power in _asserted(n, of_atom(atom)):
        only = known.single()
        if only and not only[0].binders and len(only[0].factors) == 1:
            inner, e = only[0].factors[0]
            if inner == atom and e > 0:
                found = max(found, Fraction(e * power))
    return found


def _asserted(n: Normalizer, target: Poly) -> list[tuple[Poly, int]]:
    """(X, k) for each E[X] or V[X] that a hypothesis mentions, and so asserts E|X|^k < ∞."""
    hints = _indices(target)
    found = []
    for sides in n.context.relation_sides(hints):
        for atom in atoms_of(sides):
            if atom.kind in ("E", "V"):
                found.append((atom.parts[0], 1 if atom.kind == "E" else 2))
    return found


def _indices(p: Poly) -> list[Poly]:
    return [part for atom in atoms_of(p) if isinstance(atom.payload, Name) for part in atom.parts]


# -- symmetry -----------------------------------------------------------------------------------


def flipped(n: Normalizer, p: Poly, block: Leaf) -> Poly | None:
    """p with the block negated, if that leaves its law unchanged: what else p reads must be
    independent of the block.
    """
    seen = [leaf for mono, _ in p.terms for atom, _ in mono.factors for leaf in leaves(n, atom)]
    inner = [leaf for leaf in seen if inside(leaf, block)]
    outer = [leaf for leaf in seen if not inside(leaf, block)]
    if not inner or not separated(n, block, outer):
        return None
    return negated(n, p, block)


def separated(n: Normalizer, block: Leaf, others: list[Leaf]) -> bool:
    """Whether one stated law makes the block independent of all the others jointly."""
    if not others:
        return True
    hints = [*block[1], *(index for _, at in others for index in at)]
    for fact, env in n.context.instances(s.Independent, hints):
        blocks = [block_of(n, b, env) for b in fact.statement.args]
        home = next((i for i, b in enumerate(blocks) if b and inside(block, b)), None)
        rest = [b for i, b in enumerate(blocks) if i != home and b is not None]
        if home is not None and all(any(inside(x, b) for b in rest) for x in others):
            n.context.use(fact)
            return True
    return False


def negated(n: Normalizer, p: Poly, block: Leaf) -> Poly | None:
    """p with every entry of the block replaced by its negative."""
    blocked = False

    def leaf(atom: Atom) -> Poly | None:
        nonlocal blocked
        if atom.kind in ("E", "V"):
            return of_atom(atom)
        if atom.kind == "call" and any(x[0] == block[0] for x in leaves(n, atom)):
            blocked = True
        if isinstance(atom.payload, Name) and inside((atom.payload, atom.parts), block):
            return -of_atom(atom)
        return None

    image = n.rebuilt(p, {}, leaf)
    return None if blocked else image
