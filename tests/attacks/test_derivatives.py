"""Derivatives: captured variables, values that hypotheses give, kinks, edges, hidden dependence."""

from dataclasses import replace
from typing import Any

import pytest

from tests.attacks.declarations import (
    S,
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
    t,
    x,
    y,
)
from verify import (
    Array,
    Claim,
    Delta,
    E,
    Exhibit,
    Inverse,
    Minimum,
    Product,
    Sum,
    algebra,
    at_least,
    cases,
    chain,
    definition,
    derivative,
    differentiable,
    differentiate,
    equals,
    equation,
    every,
    exists,
    exp,
    finite_moment,
    function,
    given,
    greater,
    independence,
    independent,
    index,
    lemma,
    let,
    linearity,
    log,
    minimum,
    moments,
    mutually_independent,
    norm_squared,
    order,
    partial,
    peel,
    random_matrix,
    relu,
    sign,
    sqrt,
    symmetry,
    unequal,
)
from verify.language.terms import Power

f, g, L = function("f"), function("g"), function("L", n)
by_parts = (differentiate, linearity)
bounded = [finite_moment(each, 4) for each in (X, Y, W)]


def named(claim: Claim) -> Claim:
    return replace(claim, id="derivatives.lemma")


def derived(body: Any, along: Any, value: Any, *facts: Any, by: Any = differentiate) -> Claim:
    return equal(derivative(body, along), value, by, given=list(facts))


def mean(body: Any, value: Any, by: Any = by_parts) -> Claim:
    return equal(derivative(body, c), value, by, well_formed=bounded)


slope_of_product = named(derived(c * d, c, d))
slope_of_constant = named(derived(d, c, 0, greater(d, 0)))
slope_of_call = let("h", (d,), derivative(c * d, c))
behind = let("u", (d,), f(d) * d)
hidden = let("hidden", c**2)
scaled = Array(c * x[k], (k, 1, n))
length = sqrt(norm_squared(x))
unit = [greater(Sum(x[k] ** 2, (k, 1, n)), 0)]
weighted: Any = Sum(x[k] * y[k], (k, 1, n))

CAPTURED = {
    "a call whose argument is the variable": equal(slope_of_call(c), 2 * c, definition),
    "a call whose argument is the variable, twice": equal(
        slope_of_call(c), 2 * c, (definition, differentiate)
    ),
    "a call whose argument depends on the variable": equal(
        slope_of_call(c**2), 3 * c**2, (definition, differentiate)
    ),
    "a call whose argument hides the variable": equal(
        slope_of_call(hidden), 3 * c**2, (definition, differentiate)
    ),
    "a lemma at the variable": equal(derivative(c * c, c), c, lemma(slope_of_product, {d: c})),
    "a lemma along the other name": equal(derivative(d * d, d), d, lemma(slope_of_product, {c: d})),
    "a lemma at a term of the variable": equal(
        derivative(c * c**2, c), c**2, lemma(slope_of_product, {d: c**2})
    ),
    "a lemma along a number": equal(derivative(3 * d, c), d, lemma(slope_of_product, {c: 3})),
    "a lemma about what was constant": equal(
        derivative(exp(c), c), 0, lemma(slope_of_constant, {d: exp(c)})
    ),
    "a lemma about what a definition hides": equal(
        derivative(hidden, c), 0, lemma(slope_of_constant, {d: hidden}), given=[greater(c, 0)]
    ),
    "a fact about every d at d = c": equal(
        derivative(c * c, c), c, given, given=[every(d, equation(derivative(c * d, c), d))]
    ),
    "an example that is the variable": claimed(
        exists(d, equation(derivative(c * d, c), 2 * c)),
        Exhibit({d: c}, chain(derivative(c * c, c), equals(2 * c, by=differentiate))),
    ),
    "a minimiser that is the variable": claimed(
        minimum((derivative(c * d, c) - 2 * c) ** 2, over=d, at=c, value=0),
        Minimum(
            (),
            chain((derivative(c * c, c) - 2 * c) ** 2, equals(0, by=differentiate)),
            chain(
                (derivative(c * d, c) - 2 * c) ** 2 - 0,
                equals((d - 2 * c) ** 2, by=differentiate),
                at_least(0, by=order),
            ),
        ),
    ),
    "a bound index for a free one": derived(
        Sum(x[k] ** 2, (k, 1, n)), x[k], Sum(2 * x[k], (k, 1, n))
    ),
    "the free index is another than the bound one": derived(
        Sum(y[k] ** 2, (k, 1, n)), y[i], 2 * Sum(y[k], (k, 1, n))
    ),
}

VALUES = {
    "a name that an equation defines": derived(
        d, c, 2 * c, equation(d, c**2), by=(differentiate, given)
    ),
    "an equation used within": derived(d, c, derivative(c**2, c), equation(d, c**2), by=given),
    "an equation used in a factor": derived(
        c * d, c, derivative(c**2, c), equation(d, c), by=given
    ),
    "a value of the variable": derived(c, c, derivative(b, c), equation(c, b), by=given),
    "the body is 0 there": derived(c**2 - d, c, derivative(0, c), equation(c**2, d), by=given),
    "entries that an equation defines": derived(
        Sum(x[k], (k, 1, n)), c, weighted, every(i, equation(x[i], c * y[i])),
        by=(differentiate, given),
    ),
    "a value of an unknown function": derived(
        f(c), c, 0, equation(f(c), 0), differentiable(f), by=(differentiate, given)
    ),
    "a value of an unknown function gives its slope": equal(
        partial(f, c), 2 * c, (differentiate, given),
        given=[equation(f(c), c**2), differentiable(f)],
    ),
    "a value of a mean": equal(
        derivative(E(c * X), c), 0, (differentiate, given),
        given=[equation(E(X), b / c), unequal(c, 0)], well_formed=bounded,
    ),
    "the sign at the point only": derived(
        abs(c), c, 1, at_least(c, 0), by=(differentiate, cases)
    ),
    "two names that are equal": derived(
        abs(c - d), c, 0, equation(c, d), by=(differentiate, given)
    ),
    "a natural exponent that is 0 there": derived(
        Power(c, t), c, 1, equation(t, 1), equation(c, 1), by=(given, cases)
    ),
    "a symmetric law of a factor": equal(
        derivative(E(X) * c, c), derivative(E(-X) * d, d), (symmetry, differentiate),
        well_formed=bounded,
    ),
}  # fmt: skip

KINKS = {
    "|c| at 0": derived(abs(c), c, sign(c)),
    "|c|·c at 0": derived(abs(c) * c, c, 2 * abs(c)),
    "max(c, 0) at 0": derived(relu(c), c, (1 + sign(c)) / 2),
    "max(c, 0) at 0 is not ½": derived(relu(c), c, (1 + sign(c)) / 2, equation(c, 0)),
    "sign at 0": derived(sign(c), c, 0),
    "kinks that cancel": derived(relu(c) - relu(-c) - c, c, 0),
    "0 times a kink": derived(0 * abs(c), c, 0),
    "a kink behind a definition": derived(let("a", abs(c)), c, sign(c)),
    "a kink behind a call": derived(let("a", (d,), abs(d))(c), c, sign(c)),
    "a kink in an exponent": derived(Power(2, abs(c) - abs(c)), c, 0),
    "a kink in an entry": derived(Array(abs(x[k]), (k, 1, n))[i], x[j], Delta(i, j) * sign(x[i])),
    "a kink in an argument of a function": derived(
        f(abs(c)), c, partial(f, abs(c)) * sign(c), differentiable(f)
    ),
    "a root at 0": derived(sqrt(c), c, 1 / (2 * sqrt(c)), at_least(c, 0)),
    "a root of a square": derived(sqrt(c**2), c, sign(c)),
    "a power ½ at 0": derived(Power(c, 1) * sqrt(c), c, 3 * sqrt(c) / 2, at_least(c, 0)),
    "a norm at 0": derived(length, x[i], x[i] / length),
    "a logarithm of what may be negative": derived(log(c), c, 1 / c, unequal(c, 0)),
    "a quotient at 0": derived(c / c, c, 0),
    "a power that may be 0": derived(Power(c, t), c, t * Power(c, t - 1)),
    "a product with a factor 0": derived(
        Product(x[k], (k, 1, n)), x[i], Product(x[k], (k, 1, n)) / x[i]
    ),
    "equal real names": derived(Delta(c, d), c, 0),
    "an inverse": derived(Inverse(S)[i, j], c, 0),
}

MEANS = {
    "|·| under E": mean(E(abs(c * X)), E(abs(X))),
    "ReLU under E": mean(E(relu(c - X)), E(relu(sign(c - X)))),
    "a sign under E": mean(E(sign(X - c)), 0),
    "an unknown function under E": equal(
        derivative(E(f(c * X)), c), E(partial(f, c * X) * X), by_parts,
        given=[differentiable(f)], well_formed=[*bounded, finite_moment(f(c * X), 1)],
    ),
    "a quotient under E": mean(
        E(1 / (1 + (c * X) ** 2)), E(-2 * c * X**2 / (1 + c**2 * X**2) ** 2)
    ),
    "a root at 0 that E's polynomial hides": equal(
        derivative(E(sqrt(c) * sqrt(c) * X), c), E(X), differentiate,
        given=[at_least(c, 0)], well_formed=bounded,
    ),
    "no finite moment": equal(derivative(E(c * X), c), E(X), by_parts),
    "a moment that may be infinite": equal(
        derivative(E((c * X) ** 4), c), 4 * c**3 * E(X**4), by_parts,
        well_formed=[finite_moment(X, 2)],
    ),
    "a mean of a square": mean(E(c * X) ** 2, 2 * E(c * X)),
    "E of the derivative of a square": mean(E((c * X) ** 2), 2 * c * E(X) ** 2),
    "factors that depend on each other": mean(E(c * X * Y), E(X) * E(Y)),
}  # fmt: skip

EXISTENCE = {
    "of a mean that may be infinite nearby": equal(
        2 * derivative(E(exp(c * X)), c), derivative(E(exp(c * X)), c) * 2,
        given=[equation(E(exp(c * X)), d)],
    ),
    "of the mean of a slope": equal(
        derivative(E(derivative(exp(c * X), c)), c),
        E(derivative(derivative(exp(c * X), c), c)),
        differentiate,
        given=[
            equation(E(derivative(exp(c * X), c)), d),
            equation(E(derivative(derivative(exp(c * X), c), c)), b),
        ],
    ),
    "of a function that is differentiable once": equal(
        2 * derivative(derivative(f(c), c), c), derivative(derivative(f(c), c), c) * 2,
        given=[differentiable(f)],
    ),
    "of a function that is differentiable once, behind a call": equal(
        2 * derivative(derivative(behind(c), c), c), derivative(derivative(behind(c), c), c) * 2,
        given=[differentiable(f)],
    ),
}  # fmt: skip

FORMULAS = {
    "the gradient of x/‖x‖ without its second part": equal(
        derivative(x[i] / length, x[j]), Delta(i, j) / length, differentiate, given=unit
    ),
    "a chain rule without the inner derivative": derived(
        f(c**2), c, partial(f, c**2), differentiable(f)
    ),
    "a chain rule for one coordinate": derived(
        L(scaled), c, partial(L, scaled, i) * x[i], differentiable(L)
    ),
    "a partial derivative at another point": derived(
        L(scaled), x[i], c * partial(L, x, i), differentiable(L)
    ),
    "along another coordinate": derived(L(x), x[i], partial(L, x, j), differentiable(L)),
    "another function": derived(f(c), c, partial(g, c), differentiable(f), differentiable(g)),
    "a function not known to be differentiable": derived(f(c), c, partial(f, c)),
    "another function is differentiable": derived(f(c), c, partial(f, c), differentiable(g)),
    "a function that is the identity": equal(f(c), c, differentiate, given=[differentiable(f)]),
    "second derivatives of an unknown function": derived(
        derivative(f(c), c), c, partial(f, partial(f, c)), differentiable(f)
    ),
    "a slope of a slope": derived(partial(f, c), c, 0, differentiable(f)),
    "entries at two indices": derived(x[i] * x[j], x[i], x[j]),
    "entries at two indices are apart": derived(x[i], x[j], 0),
    "an entry out of the sum": derived(Sum(x[k], (k, 2, n)), x[i], 1),
    "an entry beyond the vector": derived(Sum(x[k], (k, 1, n)), x[n + 1], 0),
    "a parameter is no variable": derived(let("q", (c,), c**2)(d), c, 2 * d),
    "a definition hides the variable": derived(hidden * c, c, hidden),
    "a recursion of sums": derived(
        Sum(c**k, (k, 0, t + 1)), c, Sum(k * c ** (k - 1), (k, 0, t)), by=(peel, differentiate)
    ),
    "rows without their rule": derived(c**2, c, 2 * c, by=algebra),
}

NO_VARIABLE = {
    "a random variable": derivative(X**2, X),
    "an entry of a random vector": derivative(W[1] ** 2, W[1]),
    "a dimension": derivative(n * c, n),
    "a natural number": derivative(t * c, t),
    "an index": derivative(i * c, i),
    "a term": derivative((c * d) ** 2, c * d),
    "a whole vector": derivative(x.T @ x, x),
    "a number": derivative(c, 3),
    "a definition": derivative(hidden**2, hidden),
    "a function": derivative(f(c), f),
    "an array as the body": derivative(x, c),
}

FALSE = {**CAPTURED, **VALUES, **KINKS, **MEANS, **EXISTENCE, **FORMULAS}


@pytest.mark.parametrize("what", FALSE)
def test_a_false_derivative_is_refused(what: str) -> None:
    assert_refused(FALSE[what])


@pytest.mark.parametrize("what", NO_VARIABLE)
def test_a_derivative_is_taken_along_a_fixed_real_name(what: str) -> None:
    assert_refused(equal(NO_VARIABLE[what], NO_VARIABLE[what] + 0))


TRUE = {
    "a lemma away from its variable": equal(
        derivative(c * b**2, c), b**2, lemma(slope_of_product, {d: b**2})
    ),
    "a lemma along another name": equal(
        derivative(b * d, b), d, lemma(slope_of_product, {c: b})
    ),
    "a call away from the variable": equal(slope_of_call(b), b, (definition, differentiate)),
    "a name that an equation defines stays as it is": derived(d * c, c, d, equation(d, c**2)),
    "the sign at the point and nearby": derived(
        abs(c), c, 1, greater(c, 0), by=(differentiate, cases)
    ),
    "a factor from a hypothesis, outside": derived(
        d * c, c, b, equation(d, b), by=(differentiate, given)
    ),
    "a positive power": derived(Power(c, t + 1), c, (t + 1) * Power(c, t)),
    "the free index is another than the bound one": derived(
        Sum(y[k] ** 2, (k, 1, n)), y[k], 2 * y[k]
    ),
    "the gradient of x/‖x‖": equal(
        derivative(x[i] / length, x[j]), Delta(i, j) / length - x[i] * x[j] / length**3,
        differentiate, given=unit,
    ),
    "of an unknown function along two names, once each": equal(
        derivative(derivative(c * f(d), c), d), partial(f, d), differentiate,
        given=[differentiable(f)],
    ),
    "a polynomial under E, in a definition": equal(
        2 * derivative(E(let("a", c * X)), c), derivative(E(let("a", c * X)), c) * 2,
        well_formed=bounded,
    ),
    "a polynomial under E": mean(E((c * X - Y) ** 2), 2 * c * E(X**2) - 2 * E(X * Y)),
}  # fmt: skip


@pytest.mark.parametrize("what", TRUE)
def test_a_true_neighbour_is_accepted(what: str) -> None:
    assert_accepted(TRUE[what])


ENTRIES = {
    "squares at two indices": (E(W[i] ** 2 * W[j] ** 2), E(W[i] ** 2) * E(W[j] ** 2)),
    "a product at two indices": (E(W[i] * W[j]), E(W[i]) * E(W[j])),
    "three factors": (E(W[i] * W[j] * W[k]), E(W[i]) * E(W[j]) * E(W[k])),
    "another vector": (E(W[i] * X), E(W[i]) * E(X)),
    "identical laws": (E(W[i]), E(W[j])),
    "symmetric laws": (E(W[i] ** 3), 0),
}


@pytest.mark.parametrize("what", ENTRIES)
@pytest.mark.parametrize("by", [moments, (moments, given), (linearity, moments)], ids=str)
def test_independent_entries_are_not_alike_nor_apart_from_themselves(what: str, by: Any) -> None:
    left, right = ENTRIES[what]
    facts = [mutually_independent(W)]
    assert_refused(equal(left, right, by, given=facts, well_formed=[finite_moment(W, 8), *bounded]))


M = random_matrix("M", n, n)
ROWS = [every(i, mutually_independent(M[i])), at_least(n, 2)]


def test_rows_of_independent_entries_may_depend_on_each_other() -> None:
    fourth = [finite_moment(M, 4)]
    apart = equal(E(M[2, 1] * M[2, 2]), E(M[2, 1]) * E(M[2, 2]), moments, given=ROWS)
    assert_accepted(replace(apart, well_formed=fourth))
    across = equal(E(M[1, 1] * M[2, 1]), E(M[1, 1]) * E(M[2, 1]), moments, given=ROWS)
    assert_refused(replace(across, well_formed=fourth))


def test_pairwise_independence_gives_no_product_of_three() -> None:
    one, other = index("a"), index("e")
    pairs = every([(one, 1, n), (other, 1, one - 1)], independent(W[one], W[other]))
    product, apart = W[1] * W[2] * W[3], E(W[1]) * E(W[2]) * E(W[3])
    for by in (independence, moments, (independence, moments)):
        claim = equal(E(product), apart, by, given=[pairs, at_least(n, 3)], well_formed=bounded)
        assert_refused(claim)


def test_a_definition_within_an_array_keeps_its_own_indices() -> None:
    """Its body makes an array as well."""
    r = index("r", n)
    inner = let("g", (d,), L(Array(d * x[k], (k, 1, n))))
    argument: Any = Array(inner(c * y[k]), (k, 1, n))
    left, both = derivative(L(argument), c), (definition(inner), differentiate)

    def slope(of_two: Any, of_one: Any) -> Any:
        """By the chain rule; what stands in the outer array depends on k, and on r within."""
        within = Array(of_two, (r, 1, n))
        outer = Array(L(within), (k, 1, n))
        slopes = partial(L, outer, k) * partial(L, within, j) * of_one
        return Sum(slopes, (k, 1, n), (j, 1, n))

    known = [differentiable(L)]
    true = slope(c * y[k] * x[r], y[k] * x[j])
    assert_accepted(equal(left, true, both, given=known))
    for false in (slope(c * y[r] * x[r], y[k] * x[j]), slope(c * y[k] * x[k], y[k] * x[j])):
        assert_refused(equal(left, false, both, given=known))
