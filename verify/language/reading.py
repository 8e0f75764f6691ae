"""What a tree shows by itself, definitions being looked into."""

from __future__ import annotations

from functools import lru_cache

from sympy import Basic

from verify.language.arrays import MatMul, Transpose, axes
from verify.language.definitions import Call, Definition, unfold
from verify.language.names import Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.statements import Every, Exists, GlobalMinimum, Iff, Implies, Law, SameLaw
from verify.language.substitution import free_names
from verify.language.terms import Negative, Plus


@lru_cache(maxsize=100_000)
def definitions_in(term: Basic) -> frozenset[Basic]:
    """Every definition that a term unfolds to, directly or not."""
    if isinstance(term, Definition):
        return definitions_in(term.body) | {term}
    return frozenset().union(*(definitions_in(part) for part in term.args))


@lru_cache(maxsize=100_000)
def is_random(term: Basic) -> bool:
    """Whether a term depends on a random name; E and V do not."""
    if isinstance(term, (Expectation, Variance)):
        return False
    own = isinstance(term, Name) and term.random
    parts = (term.body,) if isinstance(term, Definition) else term.args
    return own or any(is_random(part) for part in parts)


@lru_cache(maxsize=100_000)
def pointwise(node: Basic, name: Basic) -> bool:
    """Whether a statement about a number says the same of each outcome of a random one."""
    if isinstance(node, Call):  # of an instance, E may be of its argument
        return pointwise(unfold(node), name)
    parts = (node.body,) if isinstance(node, Definition) else node.args
    if isinstance(node, (Expectation, Variance)):
        return name not in free_names(node)
    whole = isinstance(node, (Law, SameLaw, Every, Exists, GlobalMinimum))
    if isinstance(node, (Implies, Iff)):  # premises that no outcome decides
        premises = node.args[: 1 if isinstance(node, Implies) else 2]
        whole = any(contains(part, (Implies, Iff)) for part in premises)
    return not whole and all(pointwise(part, name) for part in parts)


@lru_cache(maxsize=100_000)
def contains(term: Basic, kinds: tuple[type[Basic], ...]) -> bool:
    """Whether a node of one of these classes occurs."""
    parts = (term.body,) if isinstance(term, Definition) else term.args
    return isinstance(term, kinds) or any(contains(part, kinds) for part in parts)


@lru_cache(maxsize=100_000)
def spoken_of(statement: Basic) -> frozenset[Basic]:
    """The names and definitions that a statement depends on, through definitions as well."""
    return free_names(statement) | definitions_in(statement)


@lru_cache(maxsize=100_000)
def of_integers(statement: Basic) -> bool:
    """Whether a statement speaks of dimensions, natural numbers and indices only."""
    return all(isinstance(x, Index) or x.sort != "real" for x in free_names(statement))


def addends(term: Basic) -> list[Basic]:
    """The addends of nested sums and negatives, each with its sign."""
    if isinstance(term, Plus):
        return [each for part in term.args for each in addends(part)]
    if isinstance(term, Negative):
        return [
            each.args[0] if isinstance(each, Negative) else Negative(each)
            for each in addends(term.args[0])
        ]
    return [term]


def quadratic(term: Basic) -> tuple[Basic, Basic] | None:
    """(z, M) if the term is z.T @ M @ z."""
    if not isinstance(term, MatMul) or axes(term):
        return None
    left, right = term.args
    if isinstance(left, MatMul) and left.args[0] == Transpose(right):
        return right, left.args[1]
    if isinstance(right, MatMul) and left == Transpose(right.args[1]):
        return right.args[1], right.args[0]
    return None
