"""What a statement claims at a point, as numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from sympy import Basic

from verify.language import statements as st
from verify.semantics.faults import UndefinedError
from verify.semantics.numeric import numeric
from verify.semantics.perturbation import smallest_effect


class TargetError(Exception):
    """The statement has no part that the model could be compared with."""


def conclusions(statement: Basic) -> list[Basic]:
    """The parts that are claimed: under every and implies, each part of all_of, the left of iff."""
    if isinstance(statement, (st.Every, st.Iff)):
        return conclusions(statement.args[0])
    if isinstance(statement, st.Implies):
        return conclusions(statement.args[1])
    if isinstance(statement, st.AllOf):
        return [found for part in statement.args for found in conclusions(part)]
    return [statement]


def conclusion(statement: Basic, kind: type[st.Statement], model: Any) -> Basic:
    """The last conclusion of the kind that the model speaks about."""
    found = conclusions(statement)
    fitting = [each for each in found if isinstance(each, kind)]
    if not fitting:
        raise TargetError(
            f"the model {type(model).__name__} needs a statement of the kind {kind.__name__}, "
            f"not {type(found[-1]).__name__}"
        )
    return fitting[-1]


def check_conditions(statement: Basic, values: Mapping[Any, Any]) -> None:
    """Raise TargetError unless the right side of every iff on the way holds at the point.

    Only then does the statement say that its left side holds there.
    """
    if isinstance(statement, st.Every):
        check_conditions(statement.args[0], values)
    elif isinstance(statement, st.Implies):
        check_conditions(statement.args[1], values)
    elif isinstance(statement, st.Iff):
        condition = statement.args[1]
        if not isinstance(condition, st.Equation):
            raise TargetError("only an iff whose right side is an equation can be sampled")
        left, right = (float(numeric(side, values)) for side in condition.args)
        if not math.isclose(left, right, rel_tol=1e-9):
            raise TargetError(
                f"the right side of the iff fails at the point: {left} is not {right}"
            )


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
