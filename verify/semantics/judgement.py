"""Whether a statement holds in a finite world: True, False or undecided."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache
from typing import Any

from sympy import Basic

from verify.language import statements as st
from verify.language.names import Name
from verify.language.substitution import free_names
from verify.language.terms import Term
from verify.semantics import joint_laws
from verify.semantics.array_values import (
    is_positive_definite,
    show_value,
    square_matrix,
)
from verify.semantics.evaluation import Terms
from verify.semantics.faults import UnresolvedError, WorldError
from verify.semantics.frames import IntegerCode
from verify.semantics.minima import Minimum
from verify.semantics.quantifiers import (
    Candidates,
    every_index,
    every_name,
    is_range,
    no_range,
    some_index,
    some_name,
)
from verify.semantics.reading import ranges
from verify.semantics.scalars import is_ball, working_precision
from verify.semantics.scopes import ALONE, Scope, fresh
from verify.semantics.smoothness import is_smooth
from verify.semantics.tables import Table
from verify.semantics.trials import (
    ACCEPTED,
    Trial,
    Verdict,
    compare_numbers,
    compare_values,
    equal,
    located,
    meaningless,
)
from verify.semantics.truth import (
    TRUE,
    Truth,
    conjunction,
    equivalence,
    negative_needs_exact,
)
from verify.semantics.worlds import PRECISIONS, World


def judge(statement: Basic, world: World) -> Truth:
    """Whether the statement holds in the world, and on which rung.

    A relation between random terms is meant almost surely: it must hold in every outcome. An
    index range without end is tried up to the world's horizon. Raises UndefinedError when a term of
    the statement has no value in this world, WorldError when the world lacks a name, IllFormedError
    when the statement means nothing.
    """
    verdict = verdict_on(statement)
    for bits in PRECISIONS:
        trial = Trial(world, last=bits == PRECISIONS[-1])
        with working_precision(bits):
            found = verdict(trial)
        if not trial.unresolved:
            break
    return found


def holds(statement: Basic, world: World) -> bool | None:
    """True, False, or None when the world cannot decide the statement (see `judge`)."""
    found = judge(statement, world)
    return None if found.rung == "search" and found.value else found.value


@lru_cache(maxsize=1_000)
def verdict_on(statement: Basic) -> Verdict:
    """The statement as a function of a trial."""
    return Statements().verdict(statement, ALONE)


class Statements:
    """Makes statements into functions of a trial, and their terms with them."""

    def __init__(self) -> None:
        self.terms = Terms()

    def verdict(self, statement: Basic, scope: Scope) -> Verdict:
        """Three-valued truth of one statement."""
        rule = _RULES.get(type(statement))
        if rule is None:
            message = f"{type(statement).__name__} is not a statement"
            return meaningless(message)
        judged = rule(self, statement, scope)

        def verdict(trial: Trial) -> Truth:
            try:
                return judged(trial)
            except UnresolvedError as problem:
                return trial.undecided(f"undecided by interval arithmetic: {problem}")

        return verdict

    def verdicts(self, statements: Sequence[Basic], scope: Scope) -> list[Verdict]:
        """Those of several statements."""
        return [self.verdict(each, scope) for each in statements]

    # -- relations ----------------------------------------------------------------------------

    def relation(self, statement: Basic, scope: Scope) -> Verdict:
        kind, sides = type(statement), statement.args
        left, right = (self.terms.value(side, scope) for side in sides)
        names = joint_laws.names_of(sides, scope)
        put = compare_numbers if left.number and right.number else compare_values

        def compare(trial: Trial) -> Truth:
            return put(trial, kind, left.run(trial), right.run(trial))

        if not names:
            return compare

        def in_every_outcome(trial: Trial) -> Truth:
            law = trial.law(names)
            before = trial.enter(law)

            def each() -> Iterator[Truth]:
                for _, outcome in law:
                    trial.slots.update(outcome)
                    yield compare(trial)

            try:
                return conjunction(each())
            finally:
                trial.leave(before)

        return in_every_outcome

    # -- logic --------------------------------------------------------------------------------

    def every(self, statement: Basic, scope: Scope) -> Verdict:
        return self._every(statement.args[0], statement.args[1:], scope)

    def _every(self, body: Basic, where: tuple[Basic, ...], scope: Scope) -> Verdict:
        if not where:
            return self.verdict(body, scope)
        first, slot = where[0], fresh()
        if isinstance(first, Name):
            inside = self._every(body, where[1:], {**scope, first: slot})
            return every_name(first, self.candidates(first, slot, scope), inside)
        if not is_range(first):
            return no_range(first)
        index, low, high = self._range(first, scope)
        return every_index(
            index, slot, low, high, self._every(body, where[1:], {**scope, index: slot})
        )

    def _range(self, where: Basic, scope: Scope) -> tuple[Basic, IntegerCode, IntegerCode | None]:
        index, first, *last = where.args
        high = self.terms.integer(last[0], scope) if last else None
        return index, self.terms.integer(first, scope), high

    def exists(self, statement: Basic, scope: Scope) -> Verdict:
        return self._exists(statement.args[0], statement.args[1:], scope)

    def _exists(self, body: Basic, where: tuple[Basic, ...], scope: Scope) -> Verdict:
        if not where:
            return self.verdict(body, scope)
        first, slot = where[0], fresh()
        if isinstance(first, Name):
            inside = self._exists(body, where[1:], {**scope, first: slot})
            return some_name(first, self.candidates(first, slot, scope), inside)
        if not is_range(first):
            return no_range(first)
        index, low, high = self._range(first, scope)
        return some_index(slot, low, high, self._exists(body, where[1:], {**scope, index: slot}))

    def candidates(self, name: Any, slot: int, scope: Scope) -> Candidates:
        """Each of the world's values for a name, put in the slot while it is looked at."""
        find = ranges(self.terms, name, scope)
        ends = [end for _, *ends in name.axes for end in ends if end is not None]
        same = not any(free_names(end) & scope.keys() for end in ends)

        def functions(trial: Trial) -> Iterator[Any]:
            for value in trial.world.candidates.get(name, ()):
                trial.slots[slot] = trial.world.checked_function(name, value)
                yield value

        def tables(trial: Trial) -> Iterator[Any]:
            for number, value in enumerate(trial.world.candidates.get(name, ())):
                try:
                    if same:
                        table = trial.world.candidate(name, number)
                    else:
                        table = trial.world.built(name, value, find(trial))
                except WorldError:
                    continue  # a candidate for another size
                trial.slots[slot] = self._evaluated(table, scope, trial)
                yield value

        return functions if name.sort == "function" else tables

    def _evaluated(self, table: Table, scope: Scope, trial: Trial) -> Table:
        """With the values of the terms that stand for numbers."""
        if not table.has_terms():
            return table
        leaves = table.entries.items()
        return table.with_entries(
            {
                key: self.terms.number(leaf, scope)(trial) if isinstance(leaf, Term) else leaf
                for key, leaf in leaves
            }
        )

    def implies(self, statement: Basic, scope: Scope) -> Verdict:
        premise, conclusion = self.verdicts(statement.args, scope)

        def verdict(trial: Trial) -> Truth:
            first = premise(trial)
            if first.value is False:
                return Truth(True, first.rung, idle=True)
            return negative_needs_exact(first, conclusion(trial))

        return verdict

    def iff(self, statement: Basic, scope: Scope) -> Verdict:
        left, right = self.verdicts(statement.args, scope)
        return lambda trial: equivalence(left(trial), right(trial))

    def all_of(self, statement: Basic, scope: Scope) -> Verdict:
        parts = self.verdicts(statement.args, scope)
        return lambda trial: conjunction(part(trial) for part in parts)

    # -- laws ---------------------------------------------------------------------------------

    def same_law(self, statement: Basic, scope: Scope) -> Verdict:
        sides = [joint_laws.law(self.terms, [part], scope) for part in statement.args]

        def verdict(trial: Trial) -> Truth:
            left, right = (side(trial) for side in sides)
            if not (joint_laws.is_told_apart(left) and joint_laws.is_told_apart(right)):
                return _IRRATIONAL
            if left == right:
                return TRUE
            return Truth(False, "exact", joint_laws.difference(trial, left, right))

        return verdict

    def independent(self, statement: Basic, scope: Scope) -> Verdict:
        return _independent(joint_laws.law(self.terms, statement.args, scope))

    def independent_entries(self, statement: Basic, scope: Scope) -> Verdict:
        return _independent(joint_laws.law_within(self.terms, statement.args[0], scope))

    def differentiable(self, statement: Basic, scope: Scope) -> Verdict:
        function = self.terms.function(statement.args[0], scope)

        def verdict(trial: Trial) -> Truth:
            definition = function(trial)
            if is_smooth(definition.body, definition.parameters[0]):
                return TRUE
            note = f"{definition.body} is not built of smooth operations only"
            return Truth(None, "exact", note)

        return verdict

    def uncorrelated(self, statement: Basic, scope: Scope) -> Verdict:
        block, *known = statement.args
        moments = joint_laws.second_moments(self.terms, block, scope)
        wanted = [self.terms.number(each.args[0], scope) if each.args else None for each in known]

        def verdict(trial: Trial) -> Truth:
            means, covariances = moments(trial)
            variances = [covariances[i, i] for i in range(len(means))]

            def each() -> Iterator[Truth]:
                for (i, j), found in covariances.items():
                    if i != j:
                        part = equal(trial, found, found * 0)
                        yield located(part, f"entries {i + 1} and {j + 1}")
                parts = zip(wanted, (means, variances), ("mean", "variance"), strict=True)
                for number, values, what in parts:
                    if number is not None:
                        right = number(trial)
                        for position, found in enumerate(values, 1):
                            part = equal(trial, found, right)
                            yield located(part, f"{what} of entry {position}")

            return conjunction(each())

        return verdict

    def finite_moment(self, statement: Basic, scope: Scope) -> Verdict:
        law = joint_laws.law(self.terms, statement.args[:1], scope)

        def verdict(trial: Trial) -> Truth:
            law(trial)  # the block must have values
            return TRUE

        return verdict

    # -- matrices and minima ------------------------------------------------------------------

    def symmetric_matrix(self, statement: Basic, scope: Scope) -> Verdict:
        run = self.terms.value(statement.args[0], scope).run

        def verdict(trial: Trial) -> Truth:
            matrix, rows, columns = square_matrix(run(trial))
            entries, shift = matrix.entries, columns.start - rows.start
            return conjunction(
                equal(trial, entries[i, j + shift], entries[j, i + shift])
                for i in rows
                for j in rows
            )

        return verdict

    def positive_definite(self, statement: Basic, scope: Scope) -> Verdict:
        run = self.terms.value(statement.args[0], scope).run

        def verdict(trial: Trial) -> Truth:
            matrix, _, _ = square_matrix(run(trial))
            rung: Any = "ball" if any(map(is_ball, matrix.entries.values())) else "exact"
            held = is_positive_definite(matrix)
            note = "" if held else f"{show_value(matrix)} is not positive definite"
            return Truth(held, rung, note)

        return verdict

    def minimum(self, statement: Basic, scope: Scope) -> Verdict:
        variable = statement.args[1]
        if not isinstance(variable, Name):
            message = "a minimum over something that is not a declared name"
            return meaningless(message)
        return Minimum(self, statement, scope).verdict


_IRRATIONAL = Truth(None, "exact", "a law with irrational values")


def _independent(law: joint_laws.LawCode) -> Verdict:
    def verdict(trial: Trial) -> Truth:
        joint = law(trial)
        if joint_laws.is_fixed_but_for_one(joint):
            return TRUE
        if not joint_laws.is_told_apart(joint):
            return _IRRATIONAL
        found = joint_laws.gap(trial, joint)
        return Truth(False, "exact", found) if found else TRUE

    return verdict


_RULES: dict[type[Basic], Callable[[Statements, Any, Scope], Verdict]] = {
    **dict.fromkeys(ACCEPTED, Statements.relation),
    st.SameLaw: Statements.same_law,
    st.Every: Statements.every,
    st.Exists: Statements.exists,
    st.Implies: Statements.implies,
    st.Iff: Statements.iff,
    st.AllOf: Statements.all_of,
    st.Independent: Statements.independent,
    st.IndependentEntries: Statements.independent_entries,
    st.Uncorrelated: Statements.uncorrelated,
    st.Differentiable: Statements.differentiable,
    st.FiniteMoment: Statements.finite_moment,
    st.SymmetricMatrix: Statements.symmetric_matrix,
    st.PositiveDefinite: Statements.positive_definite,
    st.GlobalMinimum: Statements.minimum,
    st.UniqueMinimum: Statements.minimum,
}
