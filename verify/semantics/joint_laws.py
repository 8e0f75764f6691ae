"""Joint laws of terms in a finite world, and what they say about dependence."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from flint import fmpq
from sympy import Basic

from verify.semantics.evaluation import Terms
from verify.semantics.frames import Frame
from verify.semantics.remembering import remembered
from verify.semantics.scalars import ONE, ZERO, Scalar, hashable, is_ball
from verify.semantics.scopes import Scope, random_names, read

#: Probability by the numbers of the values of each block (see `_number`).
JointLaw: TypeAlias = dict[tuple[int, ...], fmpq]
LawCode: TypeAlias = Callable[[Frame], JointLaw]

_IRRATIONAL = -1


def names_of(terms: Sequence[Basic], scope: Scope) -> frozenset[Basic]:
    """The random names that decide the values of some terms."""
    return frozenset[Basic]().union(*(random_names(term, scope) for term in terms))


def law(terms: Terms, blocks: Sequence[Basic], scope: Scope) -> LawCode:
    """The joint law of the blocks (all entries of each), irrational values not told apart."""
    codes = [_block(terms, block, scope) for block in blocks]

    def values(frame: Frame) -> tuple[int, ...]:
        return tuple([code(frame) for code in codes])

    return _law(names_of(blocks, scope), values)


def law_within(terms: Terms, block: Basic, scope: Scope) -> LawCode:
    """As `law`, of the entries of one block."""
    entries = terms.entries(block, scope)

    def values(frame: Frame) -> tuple[int, ...]:
        return tuple([_number(frame, (entry,)) for entry in entries(frame)])

    return _law(names_of([block], scope), remembered(values, read(block, scope)))


def _law(names: frozenset[Basic], values: Callable[[Frame], tuple[int, ...]]) -> LawCode:
    def run(frame: Frame) -> JointLaw:
        found: JointLaw = {}
        outcomes = frame.law(names)
        before = frame.enter(outcomes)
        try:
            for weight, outcome in outcomes:
                frame.slots.update(outcome)
                here = values(frame)
                found[here] = found[here] + weight if here in found else weight
        finally:
            frame.leave(before)
        return found

    return run


def is_told_apart(joint: JointLaw) -> bool:
    """Whether all values are rational: of others it is not known which are equal."""
    return not any(_IRRATIONAL in values for values in joint)


def is_fixed_but_for_one(joint: JointLaw) -> bool:
    """Whether at most one block takes several values; then the blocks are independent."""
    blocks = list(zip(*joint, strict=True))
    return sum(_IRRATIONAL in block or len(set(block)) > 1 for block in blocks) <= 1


def _block(terms: Terms, block: Basic, scope: Scope) -> Callable[[Frame], int]:
    entries = terms.entries(block, scope)
    return remembered(lambda frame: _number(frame, entries(frame)), read(block, scope))


def _number(frame: Frame, values: Sequence[Scalar]) -> int:
    """The number of some values, the same for the same values: quicker to compare than they are."""
    if any(map(is_ball, values)):
        return _IRRATIONAL
    numbers: dict[Any, int] = frame.memo.setdefault("numbers of values", {})
    return numbers.setdefault(tuple(map(hashable, values)), len(numbers))


def shown(frame: Frame, numbers: Sequence[int]) -> str:
    """The values of the blocks that have these numbers."""
    known = {number: values for values, number in frame.memo["numbers of values"].items()}
    return "; ".join(
        "(" + ", ".join(str(fmpq(*pair)) for pair in known[number]) + ")" for number in numbers
    )


def difference(frame: Frame, left: JointLaw, right: JointLaw) -> str:
    """A value whose probability differs."""
    for values in sorted(left.keys() | right.keys(), key=lambda each: shown(frame, each)):
        a, b = left.get(values, ZERO), right.get(values, ZERO)
        if a != b:
            text = shown(frame, values)
            return f"{text} has probability {a} on the left and {b} on the right"
    return ""


def gap(frame: Frame, joint: JointLaw) -> str:
    """Where a joint law differs from the product of its marginals, "" where nowhere.

    Mutual independence: every combination of marginal values has the product probability. A fixed
    block is independent of everything.
    """
    marginals: list[dict[int, fmpq]] = [{} for _ in next(iter(joint))]
    for values, weight in joint.items():
        for marginal, value in zip(marginals, values, strict=True):
            marginal[value] = marginal[value] + weight if value in marginal else weight
    for values, weight in joint.items():
        product = ONE
        for marginal, value in zip(marginals, values, strict=True):
            product = product * marginal[value]
        if weight != product:
            text = shown(frame, values)
            return f"{text} has probability {weight}, the product is {product}"
    # Equal on the support, so the product's mass is complete exactly when the sizes agree.
    if len(joint) != math.prod(len(marginal) for marginal in marginals):
        return "a combination of values of the blocks never occurs together"
    return ""


Moments: TypeAlias = tuple[list[Scalar], dict[tuple[int, int], Scalar]]


def second_moments(terms: Terms, block: Basic, scope: Scope) -> Callable[[Frame], Moments]:
    """The means and the covariances of the entries of a block, in index order."""
    entries = remembered(terms.entries(block, scope), read(block, scope))
    names = names_of([block], scope)

    def run(frame: Frame) -> Moments:
        law, outcomes = frame.law(names), []
        before = frame.enter(law)
        try:
            for weight, outcome in law:
                frame.slots.update(outcome)
                outcomes.append((weight, entries(frame)))
        finally:
            frame.leave(before)
        size = len(outcomes[0][1])
        means = [_total(weight * found[i] for weight, found in outcomes) for i in range(size)]
        centred = [
            (weight, [x - mean for x, mean in zip(found, means, strict=True)])
            for weight, found in outcomes
        ]
        covariances = {
            (i, j): _total(weight * found[i] * found[j] for weight, found in centred)
            for i in range(size)
            for j in range(i, size)
        }
        return means, covariances

    return run


def _total(parts: Any) -> Scalar:
    total: Scalar = ZERO
    for part in parts:
        total = total + part
    return total
