"""Hypotheses of lemmas that follow from the laws and facts of the place where they are used."""

from dataclasses import replace
from typing import Any

import pytest

from tests.attacks.declarations import (
    W,
    X,
    Y,
    assert_accepted,
    assert_refused,
    b,
    c,
    claimed,
    d,
    equal,
    n,
    y,
)
from verify import (
    Apply,
    Claim,
    Delta,
    E,
    algebra,
    all_of,
    at_least,
    at_most,
    cases,
    chain,
    definition,
    derivative,
    differentiable,
    differentiate,
    dimension,
    equals,
    equation,
    every,
    finite_moment,
    function,
    given,
    greater,
    implies,
    index,
    lemma,
    let,
    matrix,
    moments,
    mutually_independent,
    order,
    positive_definite,
    random_array,
    random_vector,
    real,
    same_law,
    symmetric,
    symmetric_matrix,
    symmetry,
    uncorrelated,
    unequal,
    vector,
)
from verify.kernel.context import Context
from verify.kernel.matching import equal_arrays
from verify.kernel.prove import derive
from verify.kernel.theory import ALGEBRA

N, layers = dimension("N"), dimension("layers")
q, r, level, i = index("q", N), index("r", N), index("l", layers), index("i", n)
v, w, R = vector("v", N), vector("w", N), random_vector("R", N)
B = random_array("B", layers, n)
M, S, T, z = matrix("M", N, N), matrix("S", N, N), matrix("T", n, n), vector("z", n)
f, g, per_vector = function("f"), function("g"), function("p", n)
u = real("u")


def named(name: str, claim: Claim) -> Claim:
    return replace(claim, id=f"lemma.{name}")


def cited(left: Any, right: Any, claim: Claim, values: Any, **parts: Any) -> Claim:
    return equal(left, right, lemma(claim, values), **parts)


odd = named(
    "odd", equal(E(R[r]), 0, symmetry(R), given=[symmetric(R)], well_formed=[finite_moment(R, 1)])
)
centred = named("centred", equal(E(R[r]), 0, moments, given=[uncorrelated(R, mean=0)]))
spread = named(
    "spread", equal(E(R[r] ** 2), c, moments, given=[uncorrelated(R, mean=0, variance=c)])
)
paired = named(
    "paired",
    equal(
        E(R[q] * R[r]),
        E(R[q]) * E(R[r]) + Delta(q, r) * (E(R[q] ** 2) - E(R[q]) ** 2),
        moments,
        given=[mutually_independent(R)],
        well_formed=[finite_moment(R, 2)],
    ),
)
pair_of = {R: B[level], N: n}
both = named("both", equal(c * d, b, given, given=[all_of(equation(c, b), equation(d, 1))]))
smooth = named(
    "smooth", equal(derivative(f(u), u) * 1, derivative(f(u), u), given=[differentiable(f)])
)
slope = named(
    "slope",
    equal(
        derivative(f(u) + u, u), derivative(f(u), u) + 1, differentiate, given=[differentiable(f)]
    ),
)
quotient = named("quotient", equal(abs(c / d), abs(c) / abs(d), cases, well_formed=[unequal(d, 0)]))
square = let("s", (u,), u**2)
defined = named("defined", equal(square(c), c**2, definition))
definite = named(
    "definite",
    claimed(
        at_least(v.T @ S @ v, 0),
        chain(v.T @ S @ v, at_least(0, by=order)),
        given=[positive_definite(S)],
    ),
)
#: Its hypothesis is not about its statement, which does not matter to those who must show it.
equal_vectors = named(
    "equal_vectors",
    claimed(equation(c + 0, c), chain(c + 0, equals(c, by=algebra)), given=[equation(v, w)]),
)
nowhere_more = named(
    "nowhere_more",
    claimed(equation(c + 0, c), chain(c + 0, equals(c, by=algebra)), given=[at_most(v, w)]),
)
same = named(
    "same",
    claimed(equation(c + 0, c), chain(c + 0, equals(c, by=algebra)), given=[same_law(X, Y)]),
)
twice = named("twice", equal(abs(c) + c, d + c, given, given=[equation(abs(c), d)]))
for_any = every(u, equation(f(u), u))
for_positive = every(u, implies(greater(u, 0), equation(f(u), u)))

if_positive = replace(
    claimed(implies(greater(c, 0), equation(abs(c), c)), chain(abs(c), equals(c, by=cases))),
    id="discharging.if_positive",
)

ACCEPTED = {
    "the premise of the statement, in a row": cited(
        abs(d) + 1, d + 1, if_positive, {c: d}, given=[greater(d, 0)]
    ),
    "the premise of the statement, that of the goal": claimed(
        implies(greater(d, 0), equation(abs(d), d)), Apply(if_positive, {c: d})
    ),
    "one equation, where another rewrites what it speaks of": cited(
        abs(v[r]) + v[r],
        d + v[r],
        twice,
        {c: v[r]},
        given=[every(q, equation(v[q], b)), every(q, equation(abs(v[q]), d))],
    ),
    "a symmetric row of a family": cited(
        E(B[level, i]),
        0,
        odd,
        {**pair_of, r: i},
        given=[symmetric(B)],
        well_formed=[finite_moment(B, 1)],
    ),
    "a symmetric block written as an array": cited(
        E(B[level, i]),
        0,
        odd,
        {**pair_of, r: i},
        given=[every(level, same_law(B[level], -B[level]))],
        well_formed=[finite_moment(B, 1)],
    ),
    "a family that is a row of one": cited(
        E(B[level, i]), 0, centred, {**pair_of, r: i}, given=[uncorrelated(B, mean=0)]
    ),
    "more is known than asked": cited(
        E(W[i]),
        0,
        centred,
        {R: W, N: n, r: i},
        given=[uncorrelated(W, mean=0, variance=d)],
    ),
    "the variance that is asked for": cited(
        E(W[i] ** 2),
        2 * d,
        spread,
        {R: W, N: n, r: i, c: 2 * d},
        given=[uncorrelated(W, mean=0, variance=d + d)],
    ),
    "entries of a row of independent entries": cited(
        E(B[level, 1] * B[level, i]),
        E(B[level, 1]) * E(B[level, i]) + Delta(1, i) * (E(B[level, 1] ** 2) - E(B[level, 1]) ** 2),
        paired,
        {**pair_of, q: 1, r: i},
        given=[mutually_independent(B)],
        well_formed=[finite_moment(B, 2)],
    ),
    "each part of a conjunction": cited(c * d, b, both, {}, given=[equation(d, 1), equation(c, b)]),
    "a function for a function": cited(
        derivative(g(u) + u, u),
        derivative(g(u), u) + 1,
        slope,
        {f: g},
        given=[differentiable(g)],
    ),
    "well-formedness of the lemma by a hypothesis": cited(
        abs(c / b), abs(c) / abs(b), quotient, {d: b}, given=[greater(b, 0)]
    ),
    "what a lemma says with definitions unfolded": cited(square(b), b * b, defined, {c: b}),
    "a matrix that is known to be definite": claimed(
        at_least(z.T @ T @ z, 0), Apply(definite, {S: T, v: z, N: n}), given=[positive_definite(T)]
    ),
    "two vectors that are one": claimed(
        equation(c + 0, c), Apply(equal_vectors, {v: z + y, w: y + z, N: n})
    ),
    "two vectors that are said to be one": claimed(
        equation(c + 0, c), Apply(equal_vectors, {v: z, w: y, N: n}), given=[equation(z, y)]
    ),
    "an equality in law, written otherwise": claimed(
        equation(c + 0, c), Apply(same, {Y: X + X}), given=[same_law(X, 2 * X)]
    ),
    "a symmetry beside another equality in law": equal(
        E(X),
        0,
        symmetry(X),
        given=[same_law(X, Y), symmetric(X)],
        well_formed=[finite_moment(X, 1)],
    ),
    "what is known of every number": claimed(
        equation(f(c), c), Apply(for_any, {u: c}), given=[for_any]
    ),
    "what is known of every positive number": claimed(
        equation(f(c), c), Apply(for_positive, {u: c}), given=[for_positive, greater(c, 0)]
    ),
}

REFUSED = {
    "the premise of the statement": claimed(
        implies(at_least(d, -1), equation(abs(d), d)), Apply(if_positive, {c: d})
    ),
    "an equation of something else": cited(
        abs(v[r]) + v[r],
        d + v[r],
        twice,
        {c: v[r]},
        given=[every(q, equation(v[q], b)), every(q, equation(abs(v[q]), b))],
    ),
    "no law of the row": cited(
        E(B[level, i]), 0, odd, {**pair_of, r: i}, well_formed=[finite_moment(B, 1)]
    ),
    "the law of another row": cited(
        E(B[level, i]),
        0,
        odd,
        {**pair_of, r: i},
        given=[symmetric(B[1])],
        well_formed=[finite_moment(B, 1)],
    ),
    "equal in law to something else than its negative": cited(
        E(B[level, i]),
        0,
        odd,
        {**pair_of, r: i},
        given=[every(level, same_law(B[level], 2 * B[level]))],
        well_formed=[finite_moment(B, 1)],
    ),
    "a family of which no mean is known": cited(
        E(W[i]), 0, centred, {R: W, N: n, r: i}, given=[uncorrelated(W, variance=d)]
    ),
    "another variance": cited(
        E(W[i] ** 2),
        2 * d,
        spread,
        {R: W, N: n, r: i, c: 2 * d},
        given=[uncorrelated(W, mean=0, variance=d)],
    ),
    "merely uncorrelated entries": cited(
        E(B[level, 1] * B[level, i]),
        E(B[level, 1]) * E(B[level, i]) + Delta(1, i) * (E(B[level, 1] ** 2) - E(B[level, 1]) ** 2),
        paired,
        {**pair_of, q: 1, r: i},
        given=[uncorrelated(B)],
        well_formed=[finite_moment(B, 2)],
    ),
    "one part of a conjunction": cited(c * d, b, both, {}, given=[equation(c, b)]),
    "a function that is not known to be smooth": cited(
        derivative(g(u) + u, u), derivative(g(u), u) + 1, slope, {f: g}
    ),
    "a number for a function": cited(
        derivative(f(u) + u, u), derivative(f(u), u) + 1, slope, {f: u}, given=[differentiable(f)]
    ),
    "a function of vectors for one of numbers": cited(
        derivative(f(u) + u, u),
        derivative(f(u), u) + 1,
        slope,
        {f: per_vector},
        given=[differentiable(f)],
    ),
    "a string for a number": cited(abs(c / 2), abs(c) / abs(2), quotient, {d: "2"}),
    "a denominator that may be 0": cited(
        abs(c / (b**2 + 1)), abs(c) / abs(b**2 + 1), quotient, {d: b}
    ),
    "a matrix that is only symmetric": claimed(
        at_least(z.T @ T @ z, 0), Apply(definite, {S: T, v: z, N: n}), given=[symmetric_matrix(T)]
    ),
    "another equality in law": claimed(
        equation(c + 0, c), Apply(same, {Y: X + X}), given=[same_law(X, 3 * X)]
    ),
    "two vectors": claimed(equation(c + 0, c), Apply(equal_vectors, {v: z, w: y, N: n})),
    "a row and a column": claimed(equation(c + 0, c), Apply(equal_vectors, {v: z.T, w: z, N: n})),
    "vectors of which one is nowhere more": claimed(
        equation(c + 0, c), Apply(nowhere_more, {v: z, w: z, N: n})
    ),
    "what is known of positive numbers": claimed(
        equation(f(c), c), Apply(for_positive, {u: c}), given=[for_positive]
    ),
    "a value for another name": claimed(equation(f(c), c), Apply(for_any, {b: c}), given=[for_any]),
    "another statement than the lemma's": claimed(
        equation(f(c), c + 1), Apply(for_any, {u: c}), given=[for_any]
    ),
}


@pytest.mark.parametrize("what", ACCEPTED)
def test_a_hypothesis_may_follow_from_a_law_or_fact(what: str) -> None:
    assert_accepted(ACCEPTED[what])


@pytest.mark.parametrize("what", REFUSED)
def test_a_hypothesis_that_does_not_follow_is_missing(what: str) -> None:
    assert_refused(REFUSED[what])


def test_a_row_is_no_column() -> None:
    context = Context(derive)
    assert equal_arrays(context, ALGEBRA, y, y + 0 * y)
    assert not equal_arrays(context, ALGEBRA, y.T, y)
