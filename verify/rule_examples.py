"""Rows that each rule accepts and refuses, as claims: what `verify explain` shows.

Nothing is written here about the outcome: the page asks the kernel each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from verify.authoring.names import (
    dimension,
    function,
    index,
    matrix,
    natural,
    random_variable,
    random_vector,
    real,
    vector,
)
from verify.authoring.reasons import (
    algebra,
    cases,
    definition,
    differentiate,
    exponential,
    given,
    independence,
    inverse,
    lemma,
    linearity,
    logarithm,
    moments,
    monotone,
    order,
    peel,
    square_root,
    symmetry,
)
from verify.authoring.rows import at_least, at_most, greater, less, unequal
from verify.authoring.statements import (
    differentiable,
    equation,
    every,
    finite_moment,
    independent,
    mutually_independent,
    positive_definite,
    symmetric,
    uncorrelated,
)
from verify.authoring.terms import (
    E,
    V,
    derivative,
    exp,
    let,
    log,
    partial,
    relu,
    sigmoid,
    sign,
    sqrt,
)
from verify.claim import Claim
from verify.language.arrays import Delta, Inverse, Sum
from verify.language.proofs import Chain, Row
from verify.language.statements import AtLeast, AtMost, Equation, Greater, Less, Relation
from verify.language.terms import lift

n, t = dimension("n"), natural("t")
i, j, k = index("i", n), index("j", n), index("k", n)
a, b, c, v = real("a"), real("b"), real("c"), real("v")
x, S = vector("x", n), matrix("S", n, n)
X, Y, W = random_variable("X"), random_variable("Y"), random_vector("W", n)
s, L = let("s", a + b), function("L", n)


@dataclass(frozen=True)
class Examples:
    """Claims of one row each, in the order in which they teach."""

    accepted: Sequence[Claim]
    refused: Sequence[Claim]


def row(left: Any, right: Any, by: Any, *facts: Any, relation: type[Relation] = Equation) -> Claim:
    """The claim that one row proves from the facts."""
    stated = relation(left, right)
    chain = Chain(lift(left), (Row(relation, lift(right), by),))
    return Claim(id="rules.example", title="", states=stated, given=facts, proof=chain)


def moment(left: Any, right: Any, by: Any, *facts: Any) -> Claim:
    """As `row`, for variables with fourth moments."""
    stated = equation(left, right)
    finite = [finite_moment(each, 4) for each in (X, Y, W) if stated.has(each)]
    chain = Chain(lift(left), (Row(Equation, lift(right), by),))
    return Claim("rules.example", "", stated, chain, facts, finite)


def flipped_entry(*facts: Any) -> Claim:
    """W_i in a product with W_j changes its sign."""
    left, right = E(W[i] * W[j]), E((-W[i]) * W[j])
    return moment(left, right, symmetry(W[i]), every(i, symmetric(W[i])), *facts)


doubled = replace(row(abs(a) + a, 2 * a, cases, greater(a, 0)), id="rules.doubled")
centred = uncorrelated(W, mean=0, variance=v)
apart = independent(X, Y)

EXAMPLES: dict[str, Examples] = {
    "algebra": Examples(
        [
            row((a + b) ** 2, a**2 + 2 * a * b + b**2, algebra),
            row(Sum(Delta(i, j) * x[i], i), x[j], algebra),
            row(a / b + 1, (a + b) / b, algebra, unequal(b, 0)),
        ],
        [row((a + b) ** 2, a**2 + b**2, algebra), row(a / b * b, a, algebra)],
    ),
    "cases": Examples(
        [
            row(relu(a) ** 2 + relu(-a) ** 2, a**2, cases),
            row(relu(a), a, cases, at_least(a, 0)),
            row(Delta(i, j), 0, cases, unequal(i, j)),
        ],
        [row(sign(a) ** 2, 1, cases), row(relu(a), a, cases)],
    ),
    "definition": Examples(
        [
            row(s, a + b, definition),
            moment(V(X), E(X**2) - E(X) ** 2, definition(V(X))),
            row(sigmoid(a), 1 / (1 + exp(-a)), definition),
        ],
        [moment(V(X), E(X**2) - E(X), definition(V(X))), row(s + 1, 1 + s, definition)],
    ),
    "differentiate": Examples(
        [
            row(derivative(a**3 * b, a), 3 * a**2 * b, differentiate),
            row(derivative(Sum(x[i] ** 2, i), x[j]), 2 * x[j], differentiate),
            row(derivative(relu(a), a), (1 + sign(a)) / 2, differentiate, unequal(a, 0)),
            row(
                derivative(L(a * x), x[j]),
                a * partial(L, a * x, j),
                differentiate,
                differentiable(L),
            ),
        ],
        [
            row(derivative(relu(a), a), (1 + sign(a)) / 2, differentiate),
            row(derivative(a**2, a), 0, (differentiate, given), equation(a, 1)),
            row(derivative(L(a * x), x[j]), partial(L, a * x, j), differentiate, differentiable(L)),
            row(derivative(L(a * x), x[j]), a * partial(L, a * x, j), differentiate),
        ],
    ),
    "exponential": Examples(
        [
            row(exp(a + b), exp(a) * exp(b), exponential),
            row(exp(log(a)), a, exponential, greater(a, 0)),
        ],
        [row(exp(a + b), exp(a) + exp(b), exponential), row(exp(log(a)), a, exponential)],
    ),
    "given": Examples(
        [
            row(a * b, 3 * b, given, equation(a, 3)),
            row(Sum(x[i], i), n * c, given, every(i, equation(x[i], c))),
            row(a**2, b**2, given(equation(a, b), times=a + b), equation(a, b)),
        ],
        [
            row(x[j], c, given, every((i, 1, n - 1), equation(x[i], c))),
            row(a, 3, given, at_most(a, 3)),
        ],
    ),
    "independence": Examples(
        [
            moment(E(X * Y), E(X) * E(Y), independence, apart),
            moment(E(X**2 * Y), E(X**2) * E(Y), independence, apart),
        ],
        [
            moment(E(X * Y), E(X) * E(Y), independence),
            moment(E(X**2), E(X) ** 2, independence, apart),
        ],
    ),
    "inverse": Examples(
        [row((Inverse(S) @ S)[i, k], Delta(i, k), inverse, positive_definite(S))],
        [
            row((Inverse(S) @ S)[i, k], Delta(i, k), inverse),
            row((S @ S)[i, k], Delta(i, k), inverse, positive_definite(S)),
        ],
    ),
    "lemma": Examples(
        [
            row(abs(a) + a, 2 * a, lemma(doubled), greater(a, 0)),
            row(abs(b) + b, 2 * b, lemma(doubled, {a: b}), greater(b, 0)),
        ],
        [
            row(abs(a) + a, 2 * a, lemma(doubled)),
            row(abs(b) + b, 2 * b, lemma(doubled, {a: b}), greater(a, 0)),
        ],
    ),
    "linearity": Examples(
        [
            moment(E(2 * X + Y), 2 * E(X) + E(Y), linearity),
            moment(E(Sum(x[i] * W[i], i)), Sum(x[i] * E(W[i]), i), linearity),
        ],
        [
            moment(E(X * Y), E(X) * E(Y), linearity),
            row(E(X + Y), E(X) + E(Y), linearity),
        ],
    ),
    "logarithm": Examples(
        [
            row(log(a * b), log(a) + log(b), logarithm, greater(a, 0), greater(b, 0)),
            row(log(exp(a)), a, logarithm),
        ],
        [
            row(log(a + b), log(a) + log(b), logarithm, greater(a, 0), greater(b, 0)),
            row(log(a**2), 2 * log(a), logarithm, unequal(a, 0)),
        ],
    ),
    "moments": Examples(
        [
            moment(E(W[i] * W[j]), v * Delta(i, j), moments, centred),
            moment(V(W[i]), v, moments, centred),
            moment(
                E(W[i] ** 2 * W[j]),
                E(W[i] ** 2) * E(W[j]) + Delta(i, j) * (E(W[i] ** 3) - E(W[i] ** 2) * E(W[i])),
                moments,
                mutually_independent(W),
            ),
        ],
        [
            moment(E(W[i] * W[j]), v, moments, centred),
            moment(E(W[i] ** 3), 0, moments, centred),
            moment(E(W[i] ** 2 * W[j]), E(W[i] ** 2) * E(W[j]), moments, mutually_independent(W)),
        ],
    ),
    "monotone": Examples(
        [
            row(exp(a), exp(b), monotone, less(a, b), relation=Less),
            row(relu(a), relu(b), monotone, less(a, b), relation=AtMost),
        ],
        [
            row(relu(a), relu(b), monotone, less(a, b), relation=Less),
            row(abs(a), abs(b), monotone, less(a, b), relation=Less),
        ],
    ),
    "order": Examples(
        [
            row(a**2 + b**2, 0, order, relation=AtLeast),
            row(2 * a * b, a**2 + b**2 + 2 * a * b, order, relation=AtMost),
        ],
        [
            row(a**2 + b**2, 0, order, relation=Greater),
            row(a * b, 0, order, relation=AtLeast),
        ],
    ),
    "peel": Examples(
        [
            row(Sum(a**i, (i, 1, t + 1)), Sum(a**i, (i, 1, t)) + a ** (t + 1), peel),
            row(Sum(i**2, (i, 1, 3)), 14, peel),
        ],
        [
            row(Sum(a**i, (i, 1, t + 1)), Sum(a**i, (i, 1, t)) + a**t, peel),
            row(Sum(i, (i, 3, n + 1)), Sum(i, (i, 3, n)) + n + 1, peel),
        ],
    ),
    "square_root": Examples(
        [
            row(sqrt(a**2 * b), abs(a) * sqrt(b), square_root, greater(b, 0)),
            row(sqrt(a * b), sqrt(a) * sqrt(b), square_root, greater(a, 0), greater(b, 0)),
        ],
        [
            row(sqrt(a**2), a, square_root),
            row(sqrt(a + b), sqrt(a) + sqrt(b), square_root, greater(a, 0), greater(b, 0)),
        ],
    ),
    "symmetry": Examples(
        [
            moment(E(X**3), 0, symmetry(X), symmetric(X)),
            moment(E(X * Y), E(-X * Y), symmetry(X), symmetric(X), apart),
            flipped_entry(mutually_independent(W), unequal(i, j)),
        ],
        [
            moment(E(X**2), 0, symmetry(X), symmetric(X)),
            moment(E(X * Y), E(-X * Y), symmetry(X), symmetric(X)),
            flipped_entry(mutually_independent(W)),
        ],
    ),
}
