"""Randomness: what is wrongly taken for constant, independent, integrable or surely so."""

from dataclasses import replace
from typing import Any

import pytest
from sympy import Rational

from tests.attacks.declarations import (
    W,
    X,
    Y,
    Z,
    assert_refused,
    c,
    claimed,
    d,
    equal,
    i,
    j,
    k,
    n,
    related,
    t,
    x,
)
from verify import (
    Apply,
    Cases,
    Claim,
    Delta,
    E,
    Exhibit,
    Inverse,
    Minimum,
    Product,
    Sum,
    V,
    algebra,
    at_least,
    at_most,
    cases,
    chain,
    dimension,
    equals,
    equation,
    every,
    exists,
    exp,
    finite_moment,
    given,
    greater,
    iff,
    implies,
    independence,
    independent,
    less,
    let,
    linearity,
    minimum,
    moments,
    order,
    positive_definite,
    random_matrix,
    same_law,
    sign,
    symmetric,
    symmetry,
    uncorrelated,
    unequal,
)

M = random_matrix("M", n, n)
K = dimension("K", n, n)
a = let("a", Sum(W[j] * x[j], j))
both = let("s", X + Y)
bounded = [finite_moment(each, 8) for each in (X, Y, Z, W)]
integrable = [finite_moment(X, 1), finite_moment(Y, 1)]
pairwise = [independent(X, Y), independent(Y, Z), independent(X, Z)]
centred = uncorrelated(W, mean=0, variance=1)

# True of every number; X = ±1, or X of −1 and 0, is surely neither ≥ 0 nor > 0.
downward = every(c, implies(implies(at_least(c, 0), at_most(c, 0)), at_most(c, 0)))
off_zero = every(c, implies(iff(at_least(c, 0), greater(c, 0)), unequal(c, 0)))
natural_fact, dimension_fact = every(t, at_least(t, 0)), every(n, at_least(n, 1))
rows_apart = every([i, (k, 1, i - 1)], independent(M[i], M[k]))


def rows(left: Any, right: Any, *facts: Any) -> Claim:
    """Of a matrix any two rows of which are independent."""
    return equal(
        left, right, independence, given=[rows_apart, *facts], well_formed=[finite_moment(M, 8)]
    )


FALSE = {
    "the sign of one outcome in the mean of all": related(
        at_least, E(X) * (abs(X) + X), 0, (order, cases), well_formed=[finite_moment(X, 1)]
    ),
    "likewise through a definition": related(
        at_least,
        let("mean", E(X)) * (abs(X) + X),
        0,
        (order, cases),
        well_formed=[finite_moment(X, 1)],
    ),
    "likewise through a hypothesis": related(
        at_least,
        c * (abs(X) + X),
        0,
        (order, cases, given),
        given=[equation(c, E(X))],
        well_formed=[finite_moment(X, 1)],
    ),
    "a moment of something else, which is a number": related(
        at_least, E(abs(X)), 0, order, given=[equation(E(2 * X - X - X), 0)]
    ),
    "two rows that may be one": rows(E(M[i, k] * M[j, k]), E(M[i, k]) * E(M[j, k])),
    "rows up to this one": rows(E(M[i, k] * M[j, k]), E(M[i, k]) * E(M[j, k]), at_most(j, i)),
    "another row that is not the same": rows(
        E(M[i, k] * M[j, k]), E(M[i, k]) * E(M[j, k]), less(k, i), unequal(k, j)
    ),
    "three rows that are independent in pairs": rows(
        E(M[3, k] * M[2, k] * M[1, k]), E(M[3, k]) * E(M[2, k]) * E(M[1, k]), less(2, n)
    ),
    "a row and the sum of the others": rows(
        Sum(E(M[k, j] * M[i, j]), k), Sum(E(M[k, j]) * E(M[i, j]), k)
    ),
    "E|X| = |E X| by cases on a random comparison": claimed(
        equation(E(abs(X)), abs(E(X))),
        Cases(
            (at_least(X, 0), less(X, 0)),
            (
                chain(E(abs(X)), equals(E(X), by=cases), equals(abs(E(X)), by=cases)),
                chain(
                    E(abs(X)),
                    equals(E(-X), by=cases),
                    equals(-E(X), by=linearity),
                    equals(abs(E(X)), by=cases),
                ),
            ),
        ),
        well_formed=integrable,
    ),
    "a sign split inside an expectation": related(
        unequal, E(sign(X)), Rational(1, 2), (order, cases)
    ),
    "the moments of a matrix taken for those of its inverse": equal(
        E(Inverse(M)[i, j]),
        0,
        moments,
        given=[positive_definite(M), uncorrelated(M, mean=0, variance=1)],
    ),
    "the inverse of an integer matrix is integer": related(
        at_least, Inverse(K)[i, j], 1, order, given=[positive_definite(K)]
    ),
    "the inverse inherits finite moments": related(
        at_least,
        E(abs(Inverse(M)[i, j])),
        0,
        order,
        given=[positive_definite(M)],
        well_formed=[finite_moment(M, 1)],
    ),
    "a fixed variable minimised at a random point": claimed(
        minimum(E((c - X) ** 2), over=c, at=X, value=0),
        Minimum(
            feasible=(),
            attains=chain(E((X - X) ** 2), equals(0, by=algebra)),
            gap=chain(E((c - X) ** 2) - 0, equals(E((c - X) ** 2), by=algebra)),
        ),
        well_formed=bounded,
    ),
    "a fixed name with a random witness": claimed(
        exists(c, equation(E((X - c) ** 2), 0)),
        Exhibit({c: X}, chain(E((X - X) ** 2), equals(0, by=algebra))),
        well_formed=bounded,
    ),
    "a definition of random names taken for constant": equal(
        E(a**2), a**2, linearity, well_formed=bounded
    ),
    "a definition of random names leaves the expectation": equal(
        E(a**2), a * E(a), linearity, well_formed=bounded
    ),
    "symmetric marginals for a symmetric law": claimed(
        same_law(Sum(W[i], i), -Sum(W[i], i)),
        chain(
            Sum(W[i], i),
            same_law(Sum(-W[i], i), by=symmetry(W)),
            equals(-Sum(W[i], i), by=algebra),
        ),
        given=[every(i, symmetric(W[i]))],
    ),
    "a symmetric entry beside another entry": related(
        same_law, W[i] + W[j], -W[i] + W[j], symmetry(W[i]), given=[symmetric(W[i])]
    ),
    "a symmetric entry flips the whole sum": related(
        same_law, W[i] + W[j], -W[i] - W[j], symmetry(W[i]), given=[symmetric(W[i])]
    ),
    "symmetry of X although Y may depend on it": equal(
        E(X * Y), E(-X * Y), symmetry(X), given=[symmetric(X)], well_formed=bounded
    ),
    "symmetry through a definition": equal(
        E(X * both), E(-X * both), symmetry(X), given=[symmetric(X)], well_formed=bounded
    ),
    "zero mean for symmetry": equal(
        E(X**3), 0, symmetry(X), given=[equation(E(X), 0)], well_formed=bounded
    ),
    "symmetry with pairwise independence": equal(
        E(X * Y * Z), 0, symmetry(X), given=[symmetric(X), *pairwise], well_formed=bounded
    ),
    "pairwise independence for mutual": equal(
        E(X * Y * Z), E(X) * E(Y) * E(Z), independence, given=pairwise, well_formed=bounded
    ),
    "pairwise independence splits one from two": equal(
        E(X * Y * Z), E(X) * E(Y * Z), independence, given=pairwise, well_formed=bounded
    ),
    "blocks that share a definition": equal(
        E(both * Y), E(both) * E(Y), independence, given=[independent(X, Y)], well_formed=bounded
    ),
    "W_i, W_j independent for every pair, W_k unknown": equal(
        E(W[i] * W[j] * W[k]),
        E(W[i]) * E(W[j] * W[k]),
        independence,
        given=[independent(W[i], W[j])],
        well_formed=bounded,
    ),
    "fourth moments from the variance": equal(
        E(W[i] ** 4), 3, moments, given=[centred], well_formed=bounded
    ),
    "moments of |W|": equal(E(abs(W[i])), 0, moments, given=[centred]),
    "i and j taken for distinct": equal(E(W[i] * W[j]), 0, moments, given=[centred]),
    "second moments without a mean": equal(
        E(W[i] * W[j]), Delta(i, j), moments, given=[uncorrelated(W, variance=1)]
    ),
    "uncorrelated rows taken for an uncorrelated matrix": equal(
        E(M[1, 1] * M[i, 1]),
        Delta(1, i),
        moments,
        given=[every(i, uncorrelated(M[i], mean=0, variance=1))],
    ),
    "E XY from first moments": equal(E(X * Y), E(Y * X) + 0, well_formed=integrable),
    "E X from E(X + Y)": equal(E(X), -E(Y), given, given=[equation(E(X + Y), 0)]),
    "E X from a sum that may be empty": equal(
        2 * E(X), E(2 * X), linearity, given=[equation(Sum(E(X), (k, 1, t)), c)]
    ),
    "E X from a product that may be empty": equal(
        2 * E(X), E(2 * X), linearity, given=[equation(Product(E(X), (k, 1, t)), c)]
    ),
    "E X from E XY": equal(E(X), E(X) + 0, given=[equation(E(X * Y), 0)]),
    "E 1/X from X > 0": related(
        at_least, E(1 / X), 0, order, given=[greater(X, 0)], well_formed=bounded
    ),
    "E e^X from polynomial moments": related(at_least, E(exp(X)), 0, order, well_formed=bounded),
    "∞ − ∞": equal(E(X) - E(X), 0),
    "0 · ∞": equal(0 * E(X), 0),
    "E X² = (E X)²": equal(E(X**2), E(X) ** 2, linearity, well_formed=bounded),
    "the inner expectation forgotten": equal(E(E(X) * X), E(X**2), linearity, well_formed=bounded),
    "V[cX] = c·V[X]": equal(V(c * X), c * V(X), linearity, well_formed=bounded),
    "X ≠ 0 gives E X ≠ 0": related(
        unequal, E(X), 0, order, given=[unequal(X, 0)], well_formed=bounded
    ),
    "a random number in a fixed power": equal(E(X ** (t + 1)), E(X) ** (t + 1), linearity),
    "a premise that no outcome decides": claimed(
        at_most(X, 0),
        Apply(downward, {c: X}),
        given=[downward, implies(at_least(X, 0), at_most(X, 0))],
    ),
    "two premises that no outcome decides": claimed(
        unequal(X, 0),
        Apply(off_zero, {c: X}),
        given=[off_zero, iff(at_least(X, 0), greater(X, 0))],
    ),
    "a random number for a natural one": claimed(
        at_least(X, 0), Apply(natural_fact, {t: X}), given=[natural_fact]
    ),
    "a random number for a dimension": claimed(
        at_least(X, 1), Apply(dimension_fact, {n: X}), given=[dimension_fact]
    ),
    "independence from nothing": equal(
        E(X * Y), E(X) * E(Y), independence, given=[uncorrelated(X, mean=0, variance=d)]
    ),
}


@pytest.mark.parametrize("what", FALSE)
def test_randomness_is_never_assumed_away(what: str) -> None:
    assert_refused(FALSE[what])


def test_an_assumed_moment_is_discharged_by_a_lemma() -> None:
    """A hypothesis that mentions E[X²] asserts that it exists: a sign does not."""
    trivial = equal(c + d, d + c)
    moment = replace(
        claimed(finite_moment(X, 2), Apply(trivial), given=[at_least(E(X**2), 0)]),
        id="attack.moment",
    )
    assert_refused(replace(claimed(finite_moment(Y, 2), Apply(moment, {X: Y})), id="attack.all"))
