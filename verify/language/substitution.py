"""Capture-avoiding substitution of terms for names and indices, through definitions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from sympy import Basic, Tuple

from verify.language.arrays import Binding
from verify.language.calculus import Derivative, variable
from verify.language.definitions import Definition
from verify.language.names import Index, Name
from verify.language.statements import Every, Exists, GlobalMinimum


@lru_cache(maxsize=100_000)
def free_names(node: Basic) -> frozenset[Basic]:
    """The declared names and free indices that a term or statement depends on."""
    if isinstance(node, Name):
        inside = [part for axis in node.axes for part in axis[1:] if part is not None]
        bound = {axis[0] for axis in node.axes}
        return frozenset({node}).union(*(free_names(part) for part in inside)) - bound
    if isinstance(node, Index):
        ranges = [part for part in (node.low, node.high) if part is not None]
        return frozenset({node}).union(*(free_names(part) for part in ranges))
    if isinstance(node, Definition):
        return free_names(node.body) - frozenset(node.parameters)
    if isinstance(node, (Binding, Every, Exists)):
        found = free_names(node.args[0])
        for where in reversed(node.args[1:]):
            if isinstance(where, Tuple):
                found = (found - {where[0]}).union(*(free_names(end) for end in where[1:]))
            else:
                found = found - {where}
        return found
    if isinstance(node, GlobalMinimum):
        objective, variable, constraints, *point = node.args
        within = free_names(objective).union(*(free_names(each) for each in constraints))
        return (within - {variable}).union(*(free_names(each) for each in point))
    return frozenset().union(*(free_names(part) for part in node.args))


def bounds_of(names: Iterable[Basic]) -> frozenset[Basic]:
    """What the ranges of names and indices depend on."""
    return frozenset().union(*(free_names(name) - {name} for name in names))


def _occurring(node: Basic) -> frozenset[Basic]:
    """The free names of a node that binds, and what it binds."""
    if isinstance(node, Definition):
        return free_names(node.body).union(node.parameters)
    lists = (where if isinstance(where, Tuple) else (where,) for where in node.args)
    return frozenset().union(*(free_names(part) for parts in lists for part in parts))


def substitute(node: Basic, values: Mapping[Basic, Basic]) -> Basic:
    """`node` with every free name or index in `values` replaced; bound indices are renamed."""
    if not values or not (free_names(node) & values.keys()):
        return node
    if node in values:
        return values[node]
    if isinstance(node, Index):
        return Index(
            node.name,
            None if node.low is None else substitute(node.low, values),
            None if node.high is None else substitute(node.high, values),
        )
    if isinstance(node, Name):
        return Name(node.name, node.sort, _axes(node, values), node.random)
    if isinstance(node, Derivative):
        _check_variable(node, values)
    if isinstance(node, Definition):
        kept = {k: v for k, v in values.items() if k not in node.parameters}
        parameters = tuple(_kept_apart(p, kept, node) for p in node.parameters)
        kept.update(zip(node.parameters, parameters, strict=True))
        return Definition(node.name, parameters, substitute(node.body, kept))
    if isinstance(node, (Binding, Every, Exists)):
        return _under_binders(node, values)
    if isinstance(node, GlobalMinimum):
        objective, variable, constraints, *point = node.args
        inner = {k: v for k, v in values.items() if k != variable}
        inner[variable] = fresh = _kept_apart(variable, inner, node)
        within = [substitute(each, inner) for each in (objective, *constraints)]
        ends = (substitute(each, values) for each in point)
        return node.func(within[0], fresh, within[1:], *ends)
    return node.func(*(substitute(part, values) for part in node.args))


def _check_variable(node: Derivative, values: Mapping[Basic, Basic]) -> None:
    """A derivative is taken at fixed values of all other names: its variable can only become a
    name that the body does not have, and nothing that is put in may mention it.
    """
    along, names = variable(node), free_names(node)
    put_in = {k: v for k, v in values.items() if k in names}
    new = put_in.pop(along, along)
    others = frozenset().union(names - {along}, *(free_names(v) for v in put_in.values()))
    if not isinstance(new, Name) or new in others:
        raise ValueError(f"{along.name}, a derivative's variable, meets {new} there; rename it")


def _kept_apart(bound: Basic, values: Mapping[Basic, Basic], node: Basic) -> Basic:
    """A name that the node binds, its ranges substituted, renamed if a value mentions its like."""
    taken = frozenset().union(*(free_names(value) for value in values.values()))
    name = bound.name
    if any(other.name == name for other in taken):
        prints = {other.name for other in taken | _occurring(node)}
        while name in prints:
            name += "'"
    if isinstance(bound, Index):
        ends = (None if x is None else substitute(x, values) for x in (bound.low, bound.high))
        return Index(name, *ends)
    return Name(name, bound.sort, _axes(bound, values), bound.random)


def _axes(name: Name, values: Mapping[Basic, Basic]) -> tuple[tuple[Basic, ...], ...]:
    taken = frozenset().union(*(free_names(value) for value in values.values()))
    if any(axis[0] in taken for axis in name.axes):
        raise ValueError(f"an index of {name.name} is also used in what replaces a name; rename it")
    return tuple(
        (bound, *(None if part is None else substitute(part, values) for part in ends))
        for bound, *ends in name.axes
    )


def _under_binders(node: Basic, values: Mapping[Basic, Basic]) -> Basic:
    inner = dict(values)
    binders = []
    for where in node.args[1:]:
        bound = where[0] if isinstance(where, Tuple) else where
        ends = [substitute(end, inner) for end in where[1:]] if isinstance(where, Tuple) else []
        inner.pop(bound, None)
        fresh = _kept_apart(bound, inner, node)
        if fresh != bound:
            inner[bound] = fresh
        binders.append(Tuple(fresh, *ends) if isinstance(where, Tuple) else fresh)
    return node.func(substitute(node.args[0], inner), *binders)
