"""Equations that a row cites: an atom equals what a cited fact says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sympy import Basic

from verify.kernel.polynomial import Atom, Poly, atoms_of, index_var, of_atom
from verify.language import statements as s
from verify.language.arrays import Entry, axes
from verify.language.names import Name
from verify.language.terms import Plus

if TYPE_CHECKING:
    from verify.kernel.context import Fact
    from verify.kernel.normal import Env, Normalizer


def rewritten(n: Normalizer, atom: Atom) -> Poly:
    """The atom, or the other side of a cited equation one of whose sides it is."""
    for fact in n.theory.cited:
        value = _by(n, fact, atom)
        if value is not None:
            n.context.use(fact)
            return value
    return of_atom(atom)


def _by(n: Normalizer, fact: Fact, atom: Atom) -> Poly | None:
    if isinstance(fact.statement, s.SymmetricMatrix):
        return _transposed(fact, atom)
    if not isinstance(fact.statement, s.Equation) or axes(fact.statement.args[0]):
        return None
    plain = n.context.normal(replace(n.theory, cited=()))
    others = tuple(f for f in n.theory.cited if f != fact)
    onward = n.context.normal(replace(n.theory, cited=others))
    for env in n.context.environments(fact, hints(of_atom(atom))):
        left, right = fact.statement.args
        pivot = _pivot(plain, left, right, env)
        if pivot is not None and pivot[0] == atom:
            return onward.rebuilt(pivot[1], {}, _untouched)
    return None


def _untouched(atom: Atom) -> Poly | None:
    return None


def _pivot(n: Normalizer, left: Basic, right: Basic, env: Env) -> tuple[Atom, Poly] | None:
    """The atom that an equation is solved for, and its value: a side that is an atom, or the
    first addend of the left side.
    """
    x, y = n.of(left, env), n.of(right, env)
    for one, other in ((x, y), (y, x)):
        alone = one.atom()
        if alone is not None and alone not in atoms_of(other):
            return alone, other
    head = _first_addend(left)
    first = n.of(head, env).single() if head is not None else None
    if first is None or first[0].binders or [e for _, e in first[0].factors] != [1]:
        return None
    alone = first[0].factors[0][0]
    value = (y - x).scaled(1 / first[1]) + of_atom(alone)
    return None if alone in atoms_of(value) else (alone, value)


def _first_addend(term: Basic) -> Basic | None:
    if isinstance(term, Plus):
        return term.args[0]
    if isinstance(term, Entry) and isinstance(term.args[0], Plus):
        return Entry(term.args[0].args[0], *term.args[1:])
    return None


def hints(p: Poly) -> list[Poly]:
    """The index values that occur in a polynomial."""
    found = []
    for atom in atoms_of(p):
        if atom.kind in ("entry", "inverse"):
            found += list(atom.parts if isinstance(atom.payload, Name) else atom.parts[1:])
        if atom.kind == "index":
            found.append(index_var(atom.head))
    return list(dict.fromkeys(found))


def _transposed(fact: Fact, atom: Atom) -> Poly | None:
    same = atom.kind == "entry" and atom.payload == fact.statement.args[0]
    if not same or atom.parts[0].text <= atom.parts[1].text:
        return None
    return of_atom(Atom(atom.kind, atom.head, atom.parts[::-1], atom.payload))
