"""Reductions of the normal form that few claims need, and where they stop."""

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
    i,
    j,
    k,
    n,
    related,
    t,
    x,
    y,
)
from verify import (
    Array,
    Delta,
    E,
    Obtain,
    Product,
    Sum,
    algebra,
    at_least,
    at_most,
    cases,
    chain,
    definition,
    derivative,
    differentiate,
    dimension,
    equals,
    equation,
    every,
    finite_moment,
    given,
    greater,
    independence,
    independent,
    index,
    less,
    let,
    linearity,
    log,
    matrix,
    moments,
    mutually_independent,
    natural,
    norm_squared,
    order,
    peel,
    positive_definite,
    real,
    sign,
    sqrt,
    square_root,
    uncorrelated,
    unequal,
)
from verify.kernel import polynomial
from verify.kernel.context import Context
from verify.kernel.polynomial import Refusal
from verify.kernel.prove import derive
from verify.kernel.theory import ALGEBRA, Theory
from verify.language import terms

s, layers = natural("s"), dimension("layers")
level = index("l", layers)
width = dimension("width", level)
unit = index("u", width[level])
biases = real("biases", level, width[level])
a = real("a", (1, None))
total = let("T", X + Y)
twice = let("D", (c,), derivative(c**2, c))
first = let("F", (x,), x[1])
M = matrix("M", n, n)
defined = [finite_moment(W, 3)]
eight = [index(f"e{k}", n) for k in range(8)]
entangled = Sum(abs(sum(x[e] for e in eight[1:]) + x[eight[0]]), *eight)

later = index("l", 1, None)
termwise = every(k, at_most(x[k] ** 2, y[k] + c))
strictly = every(later, less(a[later], b * a[later]))
recurrence = every(later, equation(a[later + 1], c * a[later]))
since_0, place, speed = index("r", 0, None), real("place", (0, None)), real("speed", (0, None))
moved = every(since_0, equation(place[since_0 + 1], place[since_0] + speed[since_0 + 1]))

ACCEPTED = {
    "an odd power under a root": equal(sqrt(c**3), c * sqrt(c), square_root, given=[greater(c, 0)]),
    "the root of 0": equal(sqrt(c - c), 0),
    "an empty product": equal(Product(a[k], (k, 1, 0)), 1),
    "the last factor": equal(
        Product(a[k], (k, 1, t + 1)), Product(a[k], (k, 1, t)) * a[t + 1], peel
    ),
    "the reciprocal of a reciprocal": equal(1 / (1 / (c + d)), c + d, given=[unequal(c + d, 0)]),
    "powers of one base": equal(c**t * c**s, c ** (t + s)),
    "a bound for every index at t + 1": related(
        at_least, a[t + 1], 0, order, given=[every(later, at_least(a[later], 0))]
    ),
    "a product of factors that are assumed to be ≥ 0": related(
        at_least, Product(x[k], k), 0, order, given=[every(k, at_least(x[k], 0))]
    ),
    "one step of a recurrence with a term of its own": equal(
        place[t + 2], place[t + 1] + speed[t + 2], given, given=[moved]
    ),
    "a recurrence read once": equal(a[t + 2], c * a[t + 1], given, given=[recurrence]),
    "a sum of terms that are larger, each": related(
        at_most, d + Sum(x[k] ** 2, k), d + Sum(y[k] + c, k), order, given=[termwise]
    ),
    "a sum of terms that are larger, in another order": related(
        at_most, Sum(x[k] ** 2, j, k), Sum(y[j] + c, j, k), order, given=[termwise]
    ),
    "a multiple of what is larger, by a power that merges": related(
        at_most, c * d, c * (c**t * b), order, given=[at_least(c, 0), at_most(d, c**t * b)]
    ),
    "a mean of terms that are larger, each": related(
        at_most,
        b**2 * (Sum(x[k] ** 2, k) / n),
        b**2 * (Sum(y[k] + c, k) / n),
        order,
        given=[termwise],
    ),
    "a positive multiple of what is larger, strictly": related(
        less, c * c**t, d * c, order, given=[greater(c, 0), less(c**t, d)]
    ),
    "a sum over a range that is not empty, of terms that are larger": related(
        less, Sum(a[k], (k, 1, n)), Sum(b * a[k], (k, 1, n)), order, given=[strictly]
    ),
    "the root of a product of two sums": equal(
        sqrt(norm_squared(x) * norm_squared(y)),
        sqrt(norm_squared(x)) * sqrt(norm_squared(y)),
        square_root,
    ),
    "the next power of a sum": equal(c * (1 + d) ** t * (1 + d), c * (1 + d) ** (t + 1)),
    "a fraction that is 1 under |·|": equal(
        abs((c + d) / (c + d)), 1, cases, given=[unequal(c + d, 0)]
    ),
    "the product of a column and a row": equal((x @ y.T)[i, j], x[i] * y[j]),
    "a quadratic form with brackets on the right": related(
        at_least, x.T @ (M @ x) + 1, 1, order, given=[positive_definite(M)]
    ),
    "what is under a root that is positive": related(
        greater, c + 1, 1, order, given=[greater(sqrt(c), 0)], well_formed=[at_least(c, 0)]
    ),
    "what is under |·| that is not 0": equal(c / c, 1, given=[unequal(abs(c), 0)]),
    "roots of numbers": related(greater, sqrt(2) + sqrt(3), 3, order),
    "roots of numbers, less": related(greater, 4, sqrt(2) + sqrt(3), order),
    "where log touches its tangent": equal(
        c, 1, given(equation(c - 1, 0)), given=[equation(c - 1 - log(c), 0), greater(c, 0)]
    ),
    "cases beside a mean": related(
        at_least,
        (2 * sign(c) ** 2 + sign(c)) * E(X**2),
        0,
        (order, cases),
        well_formed=[finite_moment(X, 2)],
    ),
    "cases beside a derivative": related(
        at_least,
        (2 * sign(c) ** 2 + sign(c)) * derivative(abs(d) * b, b) ** 2,
        0,
        (order, cases),
    ),
    "a power with a product of naturals": equal((c * d) ** (t * s), c ** (t * s) * d ** (t * s)),
    "third moments of entries of known mean": equal(
        E(W[i] ** 2 * W[j]),
        Delta(i, j) * E(W[i] ** 3),
        moments,
        given=[mutually_independent(W), uncorrelated(W, mean=0)],
        well_formed=defined,
    ),
    "a second derivative": equal(derivative(derivative(c**3, c), c), 6 * c, differentiate),
    "third moments of entries of known variance": equal(
        E(W[i] ** 2 * W[j]),
        Delta(i, j) * E(W[i] ** 3),
        moments,
        given=[mutually_independent(W), uncorrelated(W, mean=0, variance=c)],
        well_formed=defined,
    ),
    "a range that depends on an index before it": equal(
        biases[level, unit] + 0, biases[level, unit]
    ),
}

REFUSED = {
    "the root of an odd power that may be negative": equal(
        sqrt(c**3), c * sqrt(c), square_root, well_formed=[at_least(c**3, 0)]
    ),
    "a bound for every index from 2 on, at t + 1": related(
        at_least, a[t + 1], 0, order, given=[every((later, 2, None), at_least(a[later], 0))]
    ),
    "a product with a factor beyond what is assumed": related(
        at_least, Product(a[k], (k, 1, n + 1)), 0, order, given=[every(k, at_least(a[k], 0))]
    ),
    "a product that may be empty, of factors < 0": related(
        less, Product(a[k], (k, 1, t)), 0, order, given=[every(later, less(a[later], 0))]
    ),
    "a step of a recurrence with the wrong term": equal(
        place[t + 2], place[t + 1] + speed[t + 1], given, given=[moved]
    ),
    "a recurrence read in the wrong place": equal(a[t + 2], c * a[t], given, given=[recurrence]),
    "a multiple of unknown sign of what is larger": related(
        at_most, c * d, c * (c**t * b), order, given=[at_most(d, c**t * b)]
    ),
    "a negative multiple of what is larger": related(
        at_most, d / c, b / c, order, given=[less(c, 0), at_most(d, b)]
    ),
    "a multiple that may be 0 of what is larger, strictly": related(
        less, c * c**t, d * c, order, given=[at_least(c, 0), less(c**t, d)]
    ),
    "parts of what is larger, each over another": related(
        at_most, d / c, b / a[1], order, given=[greater(c, 0), greater(a[1], 0), at_most(d, b)]
    ),
    "a sum of terms that are larger, over fewer": related(
        at_most, Sum(x[k] ** 2, k), Sum(y[k] + c, (k, 1, n - 1)), order, given=[termwise]
    ),
    "a sum of terms that are larger, twice": related(
        at_most, 2 * Sum(x[k] ** 2, k), Sum(y[k] + c, k), order, given=[termwise]
    ),
    "a sum of terms that are larger, as often again": related(
        at_most, Sum(x[k] ** 2, j, k), Sum(y[j] + c, j), order, given=[termwise]
    ),
    "a sum over a range that may be empty, of terms that are larger": related(
        less, Sum(a[k], (k, 1, t)), Sum(b * a[k], (k, 1, t)), order, given=[strictly]
    ),
    "a sum of terms of which one is larger": related(
        at_most, Sum(x[k], k), Sum(y[k], k), order, given=[at_most(x[1], y[1])]
    ),
    "the root of a product of two sums, both negative": equal(
        sqrt((c + d) * (c + d)), c + d, square_root, given=[less(c + d, 0)]
    ),
    "the next power of a sum, with one addend": equal((c + d) ** t * c, (c + d) ** (t + 1)),
    "the next power of a sum, twice": equal((c + d) ** t * (c + d) ** 2, (c + d) ** (t + 1)),
    "a product that is not empty": equal(Product(a[k], (k, 1, 1)), 1),
    "a root that is not positive": related(
        greater, c + 1, 1, order, given=[at_least(sqrt(c), 0)], well_formed=[at_least(c, 0)]
    ),
    "roots of numbers, the wrong way": related(greater, sqrt(2) + sqrt(3), 4, order),
    "above the tangent of log": equal(
        c, 1, given(equation(c - 1, 0)), given=[equation(c - log(c), 0), greater(c, 0)]
    ),
    "eight interchangeable sums": equal(entangled, entangled + 1),
    "a power too large to be expanded": equal((c + d) ** 20 / 1, 0, given=[equation(c, d)]),
    "a sum of which the parts have no mean": equal(
        E(total), 2 * c / 2, (definition(total), linearity), given=[equation(E(total), c)]
    ),
    "a product of which the factors have no mean": equal(
        E(X * Y), c, (independence, given), given=[independent(X, Y), equation(E(X * Y), c)]
    ),
    "a symbolic power at 0": equal(derivative(c**t, c), 0, differentiate),
    "a power with the variable above": equal(derivative(2**c, c), 2**c, differentiate),
    "the derivative of a product over a range": equal(
        derivative(Product(c + a[k], (k, 1, n)), c), 1, differentiate
    ),
    "a parameter that is a derivative's variable": equal(twice(d), 2 * d, definition(twice)),
    "a number where a definition takes a vector": equal(first(c), c, definition(first)),
    "a denominator that a hypothesis makes 0": equal(
        1 / (c - d), 0, given(equation(c, d)), given=[unequal(c - d, 0), equation(c, d)]
    ),
    "an index beyond its dependent range": equal(biases[level, unit + 1] + 0, biases[level, unit]),
    "means in a hypothesis about arrays": equal(
        E(2 * W[i]), 2 * E(W[i]), linearity, given=[equation(Array(E(W[i]), i), x)]
    ),
}


@pytest.mark.parametrize("what", ACCEPTED)
def test_the_reduction_is_made(what: str) -> None:
    assert_accepted(ACCEPTED[what])


@pytest.mark.parametrize("what", REFUSED)
def test_the_reduction_stops(what: str) -> None:
    assert_refused(REFUSED[what])


def test_a_large_even_power_is_positive_though_it_cannot_be_expanded() -> None:
    large = at_least(sqrt((b + c + d) ** 20), 0)
    assert_accepted(claimed(equation(c + 0, c), chain(c + 0, equals(c, by=algebra)), given=[large]))
    assert "nonzero" in assert_refused(equal(1 / (b + c + d) ** 20, 0)).reason
    assert "too large" in assert_refused(related(at_least, (b + c + d) ** 20, 0, order)).reason


def test_a_definition_reads_a_vector_with_indices_only() -> None:
    with pytest.raises(Refusal, match="needs 0 indices, not 1"):
        Context(derive).normal(Theory(unfolded=frozenset({first}))).of(first(c))


def test_an_expression_of_no_known_kind_has_no_normal_form() -> None:
    from sympy import Tuple

    with pytest.raises(Refusal, match="not of the language"):
        Context(derive).normal(ALGEBRA).of(Tuple())


def test_what_is_made_once_may_be_forgotten(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing depends on equal terms being one object."""
    monkeypatch.setattr(polynomial, "_MOST_ATOMS", 3)
    monkeypatch.setattr(terms, "_MOST_NODES", 3)
    assert_accepted(equal(Sum(x[i] * y[i] + c, i) ** 2, (n * c + Sum(y[j] * x[j], j)) ** 2))
    assert_refused(equal(Sum(x[i] * y[i] + c, i) ** 2, (n * c + Sum(y[j], j)) ** 2))


def test_a_power_beside_its_base_is_read_once() -> None:
    """The sign of (c + d)^(n+1)·(c + d), factors kept as they stand, is found or not, at once."""
    tower = (c**2 + d**2) ** (t + 1) * (c**2 + d**2)
    assert_accepted(related(at_least, tower, 0, order))
    assert "positive" in assert_refused(related(greater, tower, 0, order)).reason


def test_a_known_gap_that_cancels_has_no_factors() -> None:
    clipped = norm_squared(Array(c * x[j] / sqrt(norm_squared(x)), j))
    first = equation(clipped, c**2)
    proof = Obtain(
        first,
        chain(clipped, equals(c**2, by=algebra)),
        chain(sqrt(clipped), equals(c, by=(given, square_root))),
    )
    nonzero = greater(norm_squared(x), 0)
    states = equation(sqrt(clipped), c)
    assert_accepted(claimed(states, proof, given=[nonzero, greater(c, 0)]))
    assert_refused(claimed(states, proof, given=[nonzero]))
