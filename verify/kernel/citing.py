"""Equations that a row cites: an atom equals what a cited fact says."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from verify.kernel.polynomial import Atom, Poly, atoms_of, index_var, of_atom
from verify.language import statements as s
from verify.language.arrays import axes
from verify.language.names import Name

if TYPE_CHECKING:
    from verify.kernel.context import Fact
    from verify.kernel.normal import Normalizer


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
        here = plain.of(left, env).atom()
        if here == atom:
            return onward.of(right, env)
        if here is None and plain.of(right, env).atom() == atom:
            return onward.of(left, env)
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
