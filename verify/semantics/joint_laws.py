"""Joint laws of terms in a finite world, and what they say about dependence."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from flint import fmpq
from sympy import Basic

from verify.language.names import Name
from verify.semantics.array_values import Key
from verify.semantics.environments import Environment
from verify.semantics.evaluation import Evaluator
from verify.semantics.faults import WorldError
from verify.semantics.scalars import ZERO, Scalar, is_ball
from verify.semantics.tables import keys

#: Probability by the values of each block.
JointLaw = dict[tuple[tuple[fmpq, ...], ...], fmpq]


def law(evaluator: Evaluator, blocks: list[Basic], env: Environment) -> JointLaw | None:
    """The joint law of the blocks (all entries of each); None when a value is irrational."""
    found: JointLaw = {}
    for weight, outcome in evaluator.law_of(blocks, env):
        with evaluator.at(outcome):
            values = tuple(tuple(evaluator.entries(block, env)) for block in blocks)
        if any(is_ball(entry) for block in values for entry in block):
            return None
        found[values] = found.get(values, ZERO) + weight
    return found


def difference(left: JointLaw, right: JointLaw) -> str:
    """A value whose probability differs."""
    for values in sorted(left.keys() | right.keys(), key=str):
        a, b = left.get(values, ZERO), right.get(values, ZERO)
        if a != b:
            return f"{_shown(values)} has probability {a} on the left and {b} on the right"
    return ""


def dependence(evaluator: Evaluator, blocks: list[Basic], env: Environment) -> str | None:
    """Where the joint law differs from the product of its marginals, "" where nowhere.

    None when a value is irrational. Mutual independence: every combination of marginal values
    has the product probability. A fixed block is independent of everything.
    """
    joint = law(evaluator, blocks, env)
    return None if joint is None else _gap(joint)


def dependence_within(evaluator: Evaluator, block: Basic, env: Environment) -> str | None:
    """As `dependence`, of the entries of one block."""
    joint = law(evaluator, [block], env)
    if joint is None:
        return None
    return _gap({tuple((entry,) for entry in values[0]): w for values, w in joint.items()})


def _gap(joint: JointLaw) -> str:
    marginals: list[dict[tuple[fmpq, ...], fmpq]] = [{} for _ in next(iter(joint))]
    for values, weight in joint.items():
        for marginal, value in zip(marginals, values, strict=True):
            marginal[value] = marginal.get(value, ZERO) + weight
    for values, weight in joint.items():
        product = fmpq(1)
        for marginal, value in zip(marginals, values, strict=True):
            product *= marginal[value]
        if weight != product:
            return f"{_shown(values)} has probability {weight}, the product is {product}"
    # Equal on the support, so the product's mass is complete exactly when the sizes agree.
    if len(joint) != math.prod(len(marginal) for marginal in marginals):
        return "a combination of values of the blocks never occurs together"
    return ""


def _shown(values: tuple[tuple[fmpq, ...], ...]) -> str:
    return "; ".join("(" + ", ".join(str(x) for x in block) + ")" for block in values)


def second_moments(
    evaluator: Evaluator, block: Basic, env: Environment
) -> tuple[list[Scalar], dict[tuple[int, int], Scalar]]:
    """The means and the covariances of the entries of a block, in index order."""
    outcomes = []
    for weight, outcome in evaluator.law_of([block], env):
        with evaluator.at(outcome):
            outcomes.append((weight, evaluator.entries(block, env)))
    size = len(outcomes[0][1])
    means = [_total(weight * entries[i] for weight, entries in outcomes) for i in range(size)]
    covariances = {
        (i, j): _total(
            weight * (entries[i] - means[i]) * (entries[j] - means[j])
            for weight, entries in outcomes
        )
        for i in range(size)
        for j in range(i, size)
    }
    return means, covariances


def _total(parts: Any) -> Scalar:
    total: Scalar = ZERO
    for part in parts:
        total = total + part
    return total


def all_keys(
    name: Name, axis_range: Callable[[int, Key], tuple[int, int | None]], horizon: int | None
) -> list[Key]:
    """Every index tuple of a name; raises WorldError for an unbounded name without horizon."""
    found = keys(len(name.axes), axis_range, horizon)
    if found is None:
        raise WorldError(f"{name.name} is unbounded and the world has no horizon")
    return found
