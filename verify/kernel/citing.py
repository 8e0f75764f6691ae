"""Equations that a row cites: where one side stands, the other is put in."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sympy import Basic

from verify import language as l
from verify.kernel.polynomial import ZERO, Atom, Poly, atoms_of, hints, of_atom, quotient

if TYPE_CHECKING:
    from verify.kernel.normal import Env, Normalizer

#: Terms that are no atoms, for which an equation is put in where they are written so.
_WRITTEN = (l.Sum, l.MatMul, l.Power, l.Times, l.Quotient)


def rewritten(n: Normalizer, atom: Atom) -> Poly:
    """The atom, or the other side of a cited equation one of whose sides it is."""
    for fact in n.theory.cited:
        others = tuple(f for f in n.theory.cited if f != fact)
        plain = n.context.normal(replace(n.theory, cited=()))
        if isinstance(fact.statement, l.Equation) and not l.axes(fact.statement.args[0]):
            for env in n.context.environments(fact, hints(of_atom(atom))):
                pivot = _pivot(plain, fact.statement, env)
                if pivot is not None and pivot[0] == atom:
                    n.context.used.add(fact)
                    onward = n.context.normal(replace(n.theory, cited=others))
                    return onward.rebuilt(pivot[1], {}, lambda inner: None)
    return of_atom(atom)


def written(n: Normalizer, term: Basic, env: Env) -> Poly | None:
    """The other side of a cited equation for a sum, power, product, where the term is that."""
    equations = (f for f in n.theory.cited if isinstance(f.statement, l.Equation))
    facts = list(equations) if isinstance(term, _WRITTEN) and not l.axes(term) else []
    plain = n.context.normal(replace(n.theory, cited=(), rules=n.rules - {"written"}))
    value = plain.of(term, env) if facts else ZERO
    for fact in facts if value.constant is None else ():
        onward = replace(n.theory, cited=tuple(f for f in n.theory.cited if f != fact))
        for there in n.context.environments(fact, hints(value)):
            for one, other in (fact.statement.args, fact.statement.args[::-1]):
                if isinstance(one, _WRITTEN) and not l.axes(one) and (
                    plain.of(one, there) == value
                ):  # fmt: skip
                    n.context.used.add(fact)
                    return n.context.normal(onward).of(other, there)
    return None


def _pivot(n: Normalizer, equation: Basic, env: Env) -> tuple[Atom, Poly] | None:
    """The atom that an equation is solved for, and its value: a side that is an atom, or the
    first addend of the left side.
    """
    left, right = equation.args
    x, y = n.of(left, env), n.of(right, env)
    for one, other in ((x, y), (y, x)):
        alone = one.atom()
        if alone is not None and alone not in atoms_of(other):
            return alone, other
    head = _first_addend(left)
    first = n.of(head, env).single() if head is not None else None
    if first is None or [e for _, e in first[0].factors] != [1]:
        return None
    alone = first[0].factors[0][0]
    value = (y - x).scaled(quotient(1, first[1])) + of_atom(alone)
    return None if alone in atoms_of(value) else (alone, value)


def _first_addend(term: Basic) -> Basic | None:
    if isinstance(term, l.Entry) and isinstance(term.args[0], l.Plus):
        return l.Entry(term.args[0].args[0], *term.args[1:])
    return term.args[0] if isinstance(term, l.Plus) else None
