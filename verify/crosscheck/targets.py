"""What a statement claims at a point, as numbers."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any, TypeAlias

from sympy import Basic

from verify.language import statements as st
from verify.notation.text import text
from verify.semantics.faults import IllFormedError, UndefinedError, WorldError
from verify.semantics.numeric import numeric
from verify.semantics.perturbation import smallest_effect


class TargetError(Exception):
    """The statement has no part that the model could be compared with."""


#: What must hold at a point so that a part is claimed there: premises, right sides of an iff.
Conditions: TypeAlias = tuple[tuple[type[Basic], Basic], ...]


def claimed_parts(statement: Basic) -> list[tuple[Conditions, Basic]]:
    """The parts that are claimed, each under its conditions.

    Under every and implies, each part of all_of, the left of iff.
    """
    if isinstance(statement, st.Every):
        return claimed_parts(statement.args[0])
    if isinstance(statement, st.AllOf):
        return [found for part in statement.args for found in claimed_parts(part)]
    if not isinstance(statement, (st.Iff, st.Implies)):
        return [((), statement)]
    claimed, condition = statement.args
    if isinstance(statement, st.Implies):
        condition, claimed = statement.args
    own = (type(statement), condition)
    return [((own, *conditions), part) for conditions, part in claimed_parts(claimed)]


def has_unspoken_parts(statement: Basic) -> bool:
    """Whether a model leaves out something: other parts, or one direction of an iff."""
    parts = claimed_parts(statement)
    return len(parts) > 1 or any(kind is st.Iff for kind, _ in parts[0][0])


def conclusion(statement: Basic, kind: type[st.Statement], model: Any) -> Basic:
    """The last conclusion of the kind that the model speaks about."""
    return _fitting(statement, kind, model)[1]


def _fitting(statement: Basic, kind: type[st.Statement], model: Any) -> tuple[Conditions, Basic]:
    found = claimed_parts(statement)
    fitting = [each for each in found if isinstance(each[1], kind)]
    if not fitting:
        raise TargetError(
            f"the model {type(model).__name__} needs a statement of the kind {kind.__name__}, "
            f"not {type(found[-1][1]).__name__}"
        )
    return fitting[-1]


def check_conditions(
    statement: Basic, kind: type[st.Statement], model: Any, values: Mapping[Any, Any]
) -> None:
    """Raise TargetError unless the statement claims its conclusion at the point.

    The right side of every iff on the way must be seen to hold there; a premise must not be seen to
    fail (one about random names has no value at a point).
    """
    for around, condition in _fitting(statement, kind, model)[0]:
        held = _holds(condition, values)
        if around is st.Implies and held is False:
            raise TargetError(f"the premise fails at the point: {text(condition)}")
        if around is st.Iff and held is not True:
            if held is None:
                raise TargetError("only an iff whose right side has a value can be sampled")
            raise TargetError(f"the right side of the iff fails at the point: {text(condition)}")


def premises_fail(
    statement: Basic, kind: type[st.Statement], model: Any, values: Mapping[Any, Any]
) -> bool:
    """Whether a premise of the conclusion is seen to fail at these values."""
    conditions = _fitting(statement, kind, model)[0]
    return any(_holds(each, values) is False for around, each in conditions if around is st.Implies)


def _holds(condition: Basic, values: Mapping[Any, Any]) -> bool | None:
    """Whether comparisons of numbers hold at a point; None where that cannot be seen."""
    if isinstance(condition, st.AllOf):
        parts = [_holds(part, values) for part in condition.args]
        return False if False in parts else None if None in parts else True
    compare = _HOLDS.get(type(condition))
    if compare is None:
        return None
    try:
        left, right = (float(numeric(side, values)) for side in condition.args)
    except (IllFormedError, UndefinedError, WorldError, TypeError, ValueError):
        return None
    return compare(left, right)


def _same(left: float, right: float) -> bool:
    return math.isclose(left, right, rel_tol=1e-9)


_HOLDS: dict[type[Basic], Callable[[float, float], bool]] = {
    st.Equation: _same,
    st.Unequal: lambda left, right: left != right,
    st.AtMost: lambda left, right: left <= right or _same(left, right),
    st.Less: lambda left, right: left < right,
    st.AtLeast: lambda left, right: left >= right or _same(left, right),
    st.Greater: lambda left, right: left > right,
}


def values_at(point: Mapping[str, Any], known: Any) -> dict[Any, Any]:
    """The point's values with the further ones that the model knows."""
    return {**point, **(known(point) if known is not None else {})}


def claimed_mean(equation: Basic, values: Mapping[Any, Any], detect: float) -> tuple[float, float]:
    """The claimed value, and the smallest relative error that must be seen (`detect` at 0)."""
    claimed = float(numeric(equation.args[1], values))
    if claimed == 0:
        return 0.0, detect
    by = Fraction(detect).limit_denominator(10**9)
    try:
        return claimed, smallest_effect(equation.args[1], values, by)
    except UndefinedError:
        return claimed, detect
