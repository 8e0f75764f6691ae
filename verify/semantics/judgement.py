"""Whether a statement holds in a finite world: True, False or undecided."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from sympy import Basic, Tuple

from verify.language import statements as st
from verify.language.names import Name
from verify.semantics import joint_laws
from verify.semantics.array_values import (
    ArrayValue,
    Key,
    Value,
    is_positive_definite,
    paired,
    show_value,
    square_matrix,
)
from verify.semantics.environments import Environment
from verify.semantics.evaluation import Evaluator
from verify.semantics.faults import IllFormedError, UndefinedError, UnresolvedError, WorldError
from verify.semantics.scalars import Scalar, is_ball, order, show, working_precision
from verify.semantics.smoothness import is_smooth
from verify.semantics.tables import Table
from verify.semantics.truth import (
    Truth,
    conjunction,
    equivalence,
    negative_needs_exact,
)
from verify.semantics.worlds import PRECISIONS, World

_ACCEPTED: dict[type[Basic], frozenset[int]] = {
    st.Equation: frozenset({0}),
    st.Unequal: frozenset({-1, 1}),
    st.AtMost: frozenset({-1, 0}),
    st.Less: frozenset({-1}),
    st.AtLeast: frozenset({0, 1}),
    st.Greater: frozenset({1}),
}


def judge(statement: Basic, world: World) -> Truth:
    """Whether the statement holds in the world, and on which rung.

    A relation between random terms is meant almost surely: it must hold in every outcome. An
    index range without end is tried up to the world's horizon. Raises UndefinedError when a term of
    the statement has no value in this world, WorldError when the world lacks a name, IllFormedError
    when the statement means nothing.
    """
    for bits in PRECISIONS:
        with working_precision(bits):
            judging = Judge(world, last=bits == PRECISIONS[-1])
            found = judging.truth(statement, {})
        if not judging.unresolved:
            break
    return found


def holds(statement: Basic, world: World) -> bool | None:
    """True, False, or None when the world cannot decide the statement (see `judge`)."""
    found = judge(statement, world)
    return None if found.rung == "search" and found.value else found.value


class Judge:
    """Judges statements at the precision in force."""

    def __init__(self, world: World, last: bool) -> None:
        self.world = world
        self.evaluator = Evaluator(world)
        self.last = last
        self.unresolved = False

    def truth(self, statement: Basic, env: Environment) -> Truth:
        """Three-valued truth of one statement."""
        rule = _RULES.get(type(statement))
        if rule is None:
            raise IllFormedError(f"{type(statement).__name__} is not a statement")
        try:
            return rule(self, statement, env)
        except UnresolvedError as problem:
            return self._undecided(f"undecided by interval arithmetic: {problem}")

    def _undecided(self, note: str) -> Truth:
        self.unresolved = True
        return Truth(None, "exact", note)

    # -- relations ----------------------------------------------------------------------------

    def relation(self, statement: Basic, env: Environment) -> Truth:
        left, right = statement.args
        outcomes = self.evaluator.law_of([left, right], env)

        def each() -> Iterator[Truth]:
            for _, outcome in outcomes:
                with self.evaluator.at(outcome):
                    yield self._compare(type(statement), left, right, env)

        return conjunction(each())

    def _compare(self, kind: type[Basic], left: Basic, right: Basic, env: Environment) -> Truth:
        a, b = self.evaluator.value(left, env), self.evaluator.value(right, env)
        if kind is st.Unequal and (isinstance(a, ArrayValue) or isinstance(b, ArrayValue)):
            same = self._all(st.Equation, a, b)
            if same.value is None or same.rung == "ball":
                return Truth(None, "exact", "arrays equal to the last bit") if same.value else same
            return Truth(not same.value, same.rung, f"both are {show_value(a)}")
        return self._all(kind, a, b)

    def _all(self, kind: type[Basic], a: Value, b: Value) -> Truth:
        return conjunction(self._pair(kind, x, y) for x, y in paired(a, b))

    def _pair(self, kind: type[Basic], x: Scalar, y: Scalar) -> Truth:
        rung: Any = "ball" if is_ball(x) or is_ball(y) else "exact"
        try:
            sign = order(x, y)
        except UnresolvedError:
            if 0 in _ACCEPTED[kind] and self.last and _close(x, y):
                return Truth(True, "ball", f"equal to 2^-{PRECISIONS[-1] // 2}")
            return self._undecided(f"{show(x)} and {show(y)} are too close to compare")
        held = sign in _ACCEPTED[kind]
        symbol = getattr(kind, "symbol", "?")
        return Truth(held, rung, "" if held else f"not {show(x)} {symbol} {show(y)}")

    def equal(self, left: Scalar, right: Scalar) -> Truth:
        """left = right."""
        return self._pair(st.Equation, left, right)

    # -- logic --------------------------------------------------------------------------------

    def every(self, statement: Basic, env: Environment) -> Truth:
        return self._every(statement.args[0], statement.args[1:], env)

    def _every(self, body: Basic, where: tuple[Basic, ...], env: Environment) -> Truth:
        if not where:
            return self.truth(body, env)
        if isinstance(where[0], Name):
            return self._every_name(body, where, env)
        return self._every_index(body, where, env)

    def _every_index(self, body: Basic, where: tuple[Basic, ...], env: Environment) -> Truth:
        found, low, high = self._range(where[0], env)
        if high is None:
            return Truth(None, "exact", f"{found} is unbounded and the world has no horizon")

        def each() -> Iterator[Truth]:
            for position in range(low, high + 1):
                part = self._every(body, where[1:], {**env, found: position})
                yield _located(part, f"{getattr(found, 'name', found)} = {position}")

        return conjunction(each())

    def _range(self, where: Basic, env: Environment) -> tuple[Basic, int, int | None]:
        if isinstance(where, Tuple) and len(where.args) in (2, 3):
            index, *ends = where.args
            low, *high = [self.evaluator.integer(end, env) for end in ends]
            return index, low, high[0] if high else self.world.horizon
        raise IllFormedError(f"{getattr(where, 'what', where)} stands where a range belongs")

    def _every_name(self, body: Basic, where: tuple[Basic, ...], env: Environment) -> Truth:
        tried = 0
        parts = []
        for inner, shown in self.candidates(where[0], env):
            part = self._every(body, where[1:], inner)
            if part.value is False:
                return _located(part, shown)
            parts.append(part)
            tried += max(1, part.tried)
        if not tried or any(part.value is None for part in parts):
            return Truth(None, "exact", "a quantifier over all reals", tried)
        return Truth(True, "search", f"no violation among {tried} candidates", tried)

    def exists(self, statement: Basic, env: Environment) -> Truth:
        return self._exists(statement.args[0], statement.args[1:], env)

    def _exists(self, body: Basic, where: tuple[Basic, ...], env: Environment) -> Truth:
        if not where:
            return self.truth(body, env)
        if not isinstance(where[0], Name):
            return self._exists_index(body, where, env)
        for inner, shown in self.candidates(where[0], env):
            try:
                part = self._exists(body, where[1:], inner)
            except UndefinedError:
                continue
            if part.value and part.rung != "search":
                return _located(part, shown)
        return Truth(None, "exact", "no candidate satisfies it")

    def _exists_index(self, body: Basic, where: tuple[Basic, ...], env: Environment) -> Truth:
        found, low, high = self._range(where[0], env)
        last = high if high is not None else low - 1
        parts = []
        for position in range(low, last + 1):
            part = self._exists(body, where[1:], {**env, found: position})
            if part.value and part.rung != "search":
                return part
            parts.append(part)
        bounded = len(where[0].args) == 3  # beyond the horizon there may be one
        if bounded and all(part.value is False for part in parts):
            return Truth(False, "exact", "no index satisfies it")
        return Truth(None, "exact", "no index tried satisfies it")

    def candidates(self, name: Any, env: Environment) -> Iterator[tuple[Environment, str]]:
        """Environments with each of the world's values for a name, and the value in words."""
        for value in self.world.candidates.get(name, ()):
            if name.sort == "function":
                definition = self.world.checked_function(name, value)
                yield {**env, name: definition}, f"{name.name} = {definition.body}"
                continue
            try:
                table = self.world.built(name, value, env)
            except WorldError:
                continue  # a candidate for another size
            closed = {key: self._leaf(found, env) for key, found in table.entries.items()}
            table.entries.update(closed)
            yield {**env, name: table}, f"{name.name} = {value}"

    def _leaf(self, found: Any, env: Environment) -> Any:
        return self.evaluator.number(found, env) if isinstance(found, Basic) else found

    def implies(self, statement: Basic, env: Environment) -> Truth:
        premise = self.truth(statement.args[0], env)
        if premise.value is False:
            return Truth(True, premise.rung)
        return negative_needs_exact(premise, self.truth(statement.args[1], env))

    def iff(self, statement: Basic, env: Environment) -> Truth:
        left, right = (self.truth(part, env) for part in statement.args)
        return equivalence(left, right)

    def all_of(self, statement: Basic, env: Environment) -> Truth:
        return conjunction(self.truth(part, env) for part in statement.args)

    # -- laws ---------------------------------------------------------------------------------

    def same_law(self, statement: Basic, env: Environment) -> Truth:
        left, right = (joint_laws.law(self.evaluator, [part], env) for part in statement.args)
        if left is None or right is None:
            return Truth(None, "exact", "a law with irrational values")
        if left == right:
            return Truth(True)
        return Truth(False, "exact", joint_laws.difference(left, right))

    def independent(self, statement: Basic, env: Environment) -> Truth:
        found = joint_laws.dependence(self.evaluator, list(statement.args), env)
        if found is None:
            return Truth(None, "exact", "a law with irrational values")
        return Truth(not found, "exact", found)

    def independent_entries(self, statement: Basic, env: Environment) -> Truth:
        found = joint_laws.dependence_within(self.evaluator, statement.args[0], env)
        if found is None:
            return Truth(None, "exact", "a law with irrational values")
        return Truth(not found, "exact", found)

    def differentiable(self, statement: Basic, env: Environment) -> Truth:
        definition = self.evaluator.function(statement.args[0], env)
        if is_smooth(definition.body, definition.parameters[0]):
            return Truth(True)
        return Truth(None, "exact", f"{definition.body} is not built of smooth operations only")

    def uncorrelated(self, statement: Basic, env: Environment) -> Truth:
        block, mean, variance = statement.args
        moments = joint_laws.second_moments(self.evaluator, block, env)
        means, covariances = moments

        def each() -> Iterator[Truth]:
            for (i, j), found in covariances.items():
                if i != j:
                    yield _located(self.equal(found, found * 0), f"entries {i + 1} and {j + 1}")
            for term, values, what in (
                (mean, means, "mean"),
                (variance, [covariances[i, i] for i in range(len(means))], "variance"),
            ):
                if term.args:
                    wanted = self.evaluator.number(term.args[0], env)
                    for position, found in enumerate(values, 1):
                        yield _located(self.equal(found, wanted), f"{what} of entry {position}")

        return conjunction(each())

    def finite_moment(self, statement: Basic, env: Environment) -> Truth:
        joint_laws.law(self.evaluator, [statement.args[0]], env)  # the block must have values
        return Truth(True)

    # -- matrices and minima ------------------------------------------------------------------

    def symmetric_matrix(self, statement: Basic, env: Environment) -> Truth:
        value = self.evaluator.value(statement.args[0], env)
        matrix, rows, columns = square_matrix(value)
        entries, shift = matrix.entries, columns.start - rows.start
        return conjunction(
            self.equal(entries[i, j + shift], entries[j, i + shift]) for i in rows for j in rows
        )

    def positive_definite(self, statement: Basic, env: Environment) -> Truth:
        value = self.evaluator.value(statement.args[0], env)
        matrix, _, _ = square_matrix(value)
        rung: Any = "ball" if any(is_ball(x) for x in matrix.entries.values()) else "exact"
        held = is_positive_definite(matrix)
        return Truth(held, rung, "" if held else f"{show_value(value)} is not positive definite")

    def minimum(self, statement: Basic, env: Environment) -> Truth:
        objective, variable, constraints, at, value = statement.args
        if not isinstance(variable, Name):
            raise IllFormedError("a minimum over something that is not a declared name")
        here = {**env, variable: self._point(variable, at, env)}
        claimed = self.evaluator.number(value, env)
        certain = conjunction(
            [
                _located(self._meets(constraints, here), "the minimiser is infeasible"),
                _located(
                    self.equal(self.evaluator.number(objective, here), claimed), "value at `at`"
                ),
            ]
        )
        if certain.value is not True:
            return certain
        tried = 0
        for inner, shown in self.candidates(variable, env):
            beaten = self._beats(statement, inner, here, claimed)
            if beaten:
                return Truth(False, "exact", f"{shown} {beaten}")
            tried += 1
        note = f"no lower feasible point among {tried} candidates"
        return Truth(True, "search", note, tried) if tried else Truth(None, "exact", note)

    def _point(self, variable: Name, at: Basic, env: Environment) -> Table:
        found = self.evaluator.value(at, env)
        find = self.evaluator.axis_range(variable, env)
        entries: dict[Key, Any] = {(): found}
        if isinstance(found, ArrayValue):
            entries = dict(found.entries)
        if set(joint_laws.all_keys(variable, find, self.world.horizon)) != set(entries):
            raise IllFormedError(f"the minimiser does not have the shape of {variable.name}")
        return Table(entries)

    def _meets(self, constraints: Basic, env: Environment) -> Truth:
        return conjunction(self.truth(part, env) for part in constraints.args)

    def _beats(
        self, statement: Basic, there: Environment, here: Environment, claimed: Scalar
    ) -> str:
        objective, variable, constraints = statement.args[:3]
        try:
            feasible = self._meets(constraints, there)
            if feasible.value is not True or feasible.rung == "search":
                return ""
            found = self.evaluator.number(objective, there)
            sign = order(found, claimed)
        except (UndefinedError, UnresolvedError):
            return ""
        if sign < 0:
            return f"is feasible and lower: {show(found)} < {show(claimed)}"
        if sign == 0 and isinstance(statement, st.UniqueMinimum):
            same = self._all(
                st.Equation,
                self.evaluator.value(variable, there),
                self.evaluator.value(variable, here),
            )
            if same.value is False:
                return f"attains the same value {show(found)}"
        return ""


def _close(x: Scalar, y: Scalar) -> bool:
    gap = x - y
    size = abs(x) + abs(y) + 1
    radius = gap.rad() if is_ball(gap) else gap * 0
    return bool(radius < size / 2 ** (PRECISIONS[-1] // 2))


def _located(part: Truth, where: str) -> Truth:
    if part.value is True:
        return part
    return Truth(part.value, part.rung, f"{where}: {part.note}" if part.note else where, part.tried)


_RULES: dict[type[Basic], Callable[[Judge, Any, Environment], Truth]] = {
    **dict.fromkeys(_ACCEPTED, Judge.relation),
    st.SameLaw: Judge.same_law,
    st.Every: Judge.every,
    st.Exists: Judge.exists,
    st.Implies: Judge.implies,
    st.Iff: Judge.iff,
    st.AllOf: Judge.all_of,
    st.Independent: Judge.independent,
    st.IndependentEntries: Judge.independent_entries,
    st.Uncorrelated: Judge.uncorrelated,
    st.Differentiable: Judge.differentiable,
    st.FiniteMoment: Judge.finite_moment,
    st.SymmetricMatrix: Judge.symmetric_matrix,
    st.PositiveDefinite: Judge.positive_definite,
    st.GlobalMinimum: Judge.minimum,
    st.UniqueMinimum: Judge.minimum,
}
