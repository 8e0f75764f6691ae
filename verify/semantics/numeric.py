"""Right-hand sides in floating point, at the points where a claim is sampled."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from sympy import Basic, Integer, Rational

from verify.language import arrays as a
from verify.language import functions as f
from verify.language import terms as t
from verify.language.calculus import Applied, Derivative, Partial
from verify.language.definitions import Call
from verify.language.names import Index, Name
from verify.language.probability import Expectation, Variance
from verify.language.substitution import free_names, substitute
from verify.semantics.faults import IllFormedError, UndefinedError, WorldError

#: Numbers or arrays by printed name; a term (say E(x[j]**2)) may stand for itself.
Values = Mapping[Any, Any]

Environment = Mapping[Basic, Any]


@dataclass(frozen=True)
class Later:
    """An argument of a definition, evaluated where the body mentions it."""

    term: Basic
    env: Environment


def numeric(term: Basic, values: Values) -> Any:
    """The float (or ndarray) value of a term; names are looked up by their printed name.

    Position 0 of an array's axis is the first index of its declared range. E, V, derivatives and
    unknown functions are not computed: their value is looked up under the term itself.
    Raises WorldError for a missing value, UndefinedError where the term has none.
    """
    with np.errstate(all="ignore"):
        found = _Numeric(values).value(term, {})
    if not np.all(np.isfinite(found)):
        raise UndefinedError("the term has no finite value at this point")
    return float(found) if np.ndim(found) == 0 else found


class _Numeric:
    def __init__(self, values: Values) -> None:
        self.values = values
        self.known: dict[Any, Any] = {}

    def remembered(self, what: Any, term: Basic, env: Environment, work: Callable[[], Any]) -> Any:
        """The value of `what`, which the term and the names that it mentions decide."""
        key = (what, _bindings(term, env))
        if key not in self.known:
            self.known[key] = work()
        return self.known[key]

    def value(self, term: Basic, env: Environment) -> Any:
        """A float or an ndarray."""
        if isinstance(term, Rational):
            return int(term) if isinstance(term, Integer) else float(term)
        rule = _RULES.get(type(term))
        if rule is None:
            what = getattr(term, "what", type(term).__name__)
            raise IllFormedError(f"the term contains {what}")
        return rule(self, term, env)

    def parts(self, term: Basic, env: Environment) -> list[Any]:
        """The values of the arguments."""
        return [self.value(part, env) for part in term.args]

    def integer(self, term: Basic, env: Environment) -> int:
        """The value of a bound or an index."""
        found = self.value(term, env)
        if found != int(found):
            raise UndefinedError(f"the bound or index {found} is not an integer")
        return int(found)

    def name(self, term: Name, env: Environment) -> Any:
        if isinstance(env.get(term), Later):
            return self.value(env[term].term, env[term].env)
        if term in self.values:
            return self.values[term]
        if term.name not in self.values:
            raise WorldError(f"the point gives no value to {term.name}")
        found = self.values[term.name]
        return np.asarray(found, dtype=float) if term.axes else found

    def index(self, term: Index, env: Environment) -> Any:
        if term in env:
            bound = env[term]
            return self.value(bound.term, bound.env) if isinstance(bound, Later) else bound
        if term.name not in self.values:
            raise WorldError(f"the point gives no value to the index {term.name}")
        return self.values[term.name]

    def looked_up(self, term: Basic, env: Environment) -> Any:
        bound = ((i, at) for i, at in env.items() if isinstance(at, int))
        for form in (term, _at_indices(term, frozenset(bound))):
            if form in self.values:
                return self.values[form]
        raise WorldError(f"no value of an {type(term).__name__} is known at the point")

    def entry(self, term: Basic, env: Environment) -> Any:
        where = tuple(self.integer(part, env) for part in term.args[1:])
        return self.entry_of(term.args[0], where, env)

    def entry_of(self, base: Any, where: tuple[int, ...], env: Environment) -> Any:
        """The entry of a term at the values of its indices."""
        if isinstance(base, a.Array) and len(where) == len(base.args) - 1:
            bound = {b.args[0]: i for b, i in zip(base.args[1:], where, strict=True)}
            return self.value(base.args[0], {**env, **bound})
        if isinstance(base, Call):
            inside = self.inside(base, env)
            return self.remembered(
                (base, where), base, env, lambda: self.entry_of(base.args[0].body, where, inside)
            )
        if isinstance(env.get(base), Later):
            later = env[base]
            return self.entry_of(later.term, where, later.env)
        offsets = [i - low for i, low in zip(where, self.lows(base, env), strict=False)]
        array = np.asarray(self.value(base, env))
        if len(offsets) > array.ndim or any(
            not 0 <= i < size for i, size in zip(offsets, array.shape, strict=False)
        ):
            raise UndefinedError(f"index {list(where)} is out of range")
        return array[tuple(offsets)]

    def lows(self, base: Basic, env: Environment) -> list[int]:
        """The first index of each axis."""
        found = a.axes(base)
        return [self.integer(low, env) for low, _ in found]

    def each(self, binders: tuple[Basic, ...], env: Environment) -> Iterator[Environment]:
        if not binders:
            yield env
            return
        index, low, high = binders[0].args
        for position in range(self.integer(low, env), self.integer(high, env) + 1):
            yield from self.each(binders[1:], {**env, index: position})

    def sum(self, term: Basic, env: Environment) -> Any:
        return self.remembered(term, term, env, lambda: self.added(term, env))

    def added(self, term: Basic, env: Environment) -> Any:
        parts = [self.value(term.args[0], inner) for inner in self.each(term.args[1:], env)]
        return math.fsum(parts) if all(np.ndim(p) == 0 for p in parts) else sum(parts)

    def product(self, term: Basic, env: Environment) -> Any:
        found: Any = 1
        for inner in self.each(term.args[1:], env):
            found = found * self.value(term.args[0], inner)
        return found

    def array(self, term: Basic, env: Environment) -> Any:
        def build(binders: tuple[Basic, ...], inner: Environment) -> Any:
            if not binders:
                return self.value(term.args[0], inner)
            return [build(binders[1:], further) for further in self.each(binders[:1], inner)]

        return np.array(build(term.args[1:], env), dtype=float)

    def matmul(self, term: Basic, env: Environment) -> Any:
        left, right = self.parts(term, env)
        if np.ndim(left) == 1 and np.ndim(right) == 1 and not a.is_row(term.args[0]):
            return np.outer(left, right)
        return left @ right

    def plus(self, term: Basic, env: Environment) -> Any:
        first, *rest = self.parts(term, env)
        for part in rest:
            first = first + part
        return first

    def times(self, term: Basic, env: Environment) -> Any:
        first, *rest = self.parts(term, env)
        for part in rest:
            first = first * part
        return first

    def quotient(self, term: Basic, env: Environment) -> Any:
        top, bottom = self.parts(term, env)
        if np.any(np.asarray(bottom) == 0):
            raise UndefinedError("division by zero")
        return top / bottom

    def power(self, term: Basic, env: Environment) -> Any:
        base, exponent = (float(part) for part in self.parts(term, env))
        try:
            found = base**exponent
        except (ZeroDivisionError, OverflowError) as problem:
            raise UndefinedError(f"{base} to the power {exponent}") from problem
        if isinstance(found, complex):
            raise UndefinedError(f"{base} to the power {exponent}")
        return found

    def call(self, term: Call, env: Environment) -> Any:
        return self.remembered(
            term, term, env, lambda: self.value(term.args[0].body, self.inside(term, env))
        )

    def inside(self, term: Basic, env: Environment) -> Environment:
        """The environment of a definition's body at one call."""
        definition, *arguments = term.args
        later = [Later(argument, env) for argument in arguments]
        return {**env, **dict(zip(definition.parameters, later, strict=True))}


@lru_cache(maxsize=10_000)
def _at_indices(term: Basic, bound: frozenset[tuple[Basic, int]]) -> Basic:
    return substitute(term, {index: Integer(at) for index, at in bound})


def _bindings(term: Basic, env: Environment) -> frozenset[Any]:
    """What the environment says of the names that the term mentions."""
    relevant = free_names(term)
    return frozenset(
        (
            name,
            (bound.term, _bindings(bound.term, bound.env)) if isinstance(bound, Later) else bound,
        )
        for name, bound in env.items()
        if name in relevant
    )


def _applied(work: Callable[[Any], Any]) -> Callable[[_Numeric, Any, Environment], Any]:
    return lambda self, term, env: work(self.value(term.args[0], env))


_RULES: dict[type[Basic], Callable[[_Numeric, Any, Environment], Any]] = {
    Name: _Numeric.name,
    Index: _Numeric.index,
    t.Plus: _Numeric.plus,
    t.Times: _Numeric.times,
    t.Negative: _applied(lambda x: -x),
    t.Quotient: _Numeric.quotient,
    t.Power: _Numeric.power,
    a.Sum: _Numeric.sum,
    a.Product: _Numeric.product,
    a.Array: _Numeric.array,
    a.Vector: lambda self, term, env: np.array(self.parts(term, env), dtype=float),
    a.Entry: _Numeric.entry,
    a.Delta: lambda self, term, env: int(len(set(self.parts(term, env))) == 1),
    a.Transpose: _applied(np.transpose),
    a.MatMul: _Numeric.matmul,
    a.Inverse: _applied(lambda x: np.linalg.inv(np.atleast_2d(x))),
    Call: _Numeric.call,
    Expectation: _Numeric.looked_up,
    Variance: _Numeric.looked_up,
    Derivative: _Numeric.looked_up,
    Applied: _Numeric.looked_up,
    Partial: _Numeric.looked_up,
    f.Root: _applied(np.sqrt),
    f.Abs: _applied(np.abs),
    f.Sign: _applied(np.sign),
    f.ReLU: _applied(lambda x: np.maximum(x, 0)),
    f.Exp: _applied(np.exp),
    f.Log: _applied(np.log),
    f.Tanh: _applied(np.tanh),
    f.Sigmoid: _applied(lambda x: 0.5 * (1 + np.tanh(x / 2))),
}
