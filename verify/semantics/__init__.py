"""Exact evaluation of terms and statements in finite worlds, apart from any proof rule."""

from verify.semantics.array_values import ArrayValue
from verify.semantics.description import complexity, describe
from verify.semantics.faults import IllFormedError, UndefinedError, UnresolvedError, WorldError
from verify.semantics.judgement import holds, judge
from verify.semantics.laws import independent_entries, independent_product, uniform_on
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
    "complexity",
    "describe",
    "evaluate",
    "holds",
    "independent_entries",
    "independent_product",
    "judge",
    "uniform_on",
]
