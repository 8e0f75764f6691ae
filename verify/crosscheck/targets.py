"""What a statement claims at a point, as numbers."""

from __future__ import annotations

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


def innermost(statement: Basic) -> Basic:
    """The conclusion under every, implies and all_of (its last part)."""
    if isinstance(statement, st.Every):
        return innermost(statement.args[0])
    if isinstance(statement, (st.Implies, st.AllOf)):
        return innermost(statement.args[-1])
    return statement


def conclusion(statement: Basic, kind: type[st.Statement], model: Any) -> Basic:
    """The innermost conclusion, which must be of the kind that the model speaks about."""
    found = innermost(statement)
    if not isinstance(found, kind):
        raise TargetError(
            f"the model {type(model).__name__} needs a statement of the kind {kind.__name__}, "
            f"not {type(found).__name__}"
        )
    return found


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
