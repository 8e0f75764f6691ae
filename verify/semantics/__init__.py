"""Exact evaluation of terms and statements in finite worlds, apart from any proof rule."""

from verify.semantics.array_values import ArrayValue
from verify.semantics.description import describe
from verify.semantics.faults import IllFormedError, UndefinedError, UnresolvedError, WorldError
from verify.semantics.judgement import holds, judge
from verify.semantics.laws import independent_entries, independent_product, uniform_on
from verify.semantics.shrinking import shrunk, size
from verify.semantics.truth import Truth
from verify.semantics.worlds import World, evaluate

__all__ = [
    "ArrayValue",
    "IllFormedError",
    "Truth",
    "UndefinedError",
    "UnresolvedError",
    "World",
    "WorldError",
    "describe",
    "evaluate",
    "holds",
    "independent_entries",
    "independent_product",
    "judge",
    "shrunk",
    "size",
    "uniform_on",
]
