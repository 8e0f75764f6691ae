"""Every rule of the table: rows that it accepts, and rows (near misses too) that it refuses."""

from dataclasses import replace
from typing import Any

import pytest

from tests.attacks.declarations import (
    S,
    W,
    X,
    Y,
    Z,
    assert_accepted,
    assert_refused,
    b,
    c,
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
    Delta,
    E,
    Inverse,
    Product,
    Sum,
    V,
    algebra,
    at_least,
    at_most,
    cases,
    definition,
    derivative,
    differentiable,
    differentiate,
    equation,
    every,
    exp,
    exponential,
    finite_moment,
    function,
    given,
    greater,
    independence,
    independent,
    index,
    inverse,
    lemma,
    less,
    let,
    linearity,
    log,
    logarithm,
    moments,
    monotone,
    mutually_independent,
    order,
    partial,
    peel,
    positive_definite,
    random_array,
    real,
    relu,
    same_law,
    sigmoid,
    sign,
    sqrt,
    square_root,
    symmetric,
    symmetric_matrix,
    symmetry,
    uncorrelated,
    unequal,
)
from verify.kernel.rules import RULES
from verify.language.proofs import Reason

a = let("a", c + d)
f = let("f", (c,), c**2)
F = function("F", n)
R = random_array("R", n, n, n)
times_d = let("g", (c,), c * d)
by_parts = (differentiate, linearity)
positive = [greater(c, 0), greater(d, 0)]
finite = [finite_moment(each, 4) for each in (X, Y, Z, W)]
centred = uncorrelated(W, mean=0, variance=d)
shifted = uncorrelated(W, mean=c, variance=d)
apart = independent(X, Y)
family = [mutually_independent(W), symmetric(W[i])]
definite = [positive_definite(S)]
entries = every(i, equation(x[i], c))
mean_is_d = equation(Sum(x[i], i) / n, d)
below, less_b = at_most(x[k], c), at_most(b, d)
s = index("s", 0, None)
z = real("z", s)
orthogonal = every([i, k], equation(Sum(S[j, i] * S[j, k], j), Delta(i, k)))
doubled = replace(equal(abs(c) + c, 2 * c, cases, given=[greater(c, 0)]), id="rules.doubled")


def moment(left: Any, right: Any, by: Any, *laws: Any) -> Any:
    return equal(left, right, by, given=list(laws), well_formed=finite)


def entry_of_a_cube(by: Any, law: Any) -> Any:
    return equal(E(R[i, j, k] ** 3), 0, by, given=[law], well_formed=[finite_moment(R, 4)])


ACCEPTED: dict[str, list[Any]] = {
    "algebra": [
        equal((c + d) ** 2, c**2 + 2 * c * d + d**2),
        equal(Sum(Delta(i, j) * x[i], i), x[j]),
        equal(Sum(c, i), n * c),
        equal(c / d + 1, (c + d) / d, given=[unequal(d, 0)]),
        equal((x.T @ y) * 2, 2 * Sum(x[i] * y[i], i)),
    ],
    "cases": [
        equal(relu(c) ** 2 + relu(-c) ** 2, c**2, cases),
        equal(sign(c) * abs(c), c, cases),
        equal(abs(c * d), abs(c) * abs(d), cases),
        equal(relu(c - d) - relu(d - c), c - d, cases),
        equal(sign(c - d) * (c - d) ** 2, -sign(d - c) * (d - c) ** 2, cases),
        equal(relu(c), c, cases, given=[at_least(c, 0)]),
        equal(sign(c), 1, cases, given=[greater(c, 0)]),
        equal(sign(c) ** 2, 1, cases, given=[unequal(c, 0)]),
        equal(Delta(i, j), 0, cases, given=[unequal(i, j)]),
        equal(Delta(i, j + 1) * x[i], 0, cases, given=[less(i, j)]),
        equal(Delta(i, j), 1, cases, given=[equation(i, j)]),
        equal(Sum(Delta(i, j), (i, 1, j - 1)), 0, cases),
    ],
    "definition": [
        equal(a, c + d, definition),
        equal(f(d + 1), d**2 + 2 * d + 1, definition(f)),
        moment(V(X), E(X**2) - E(X) ** 2, definition(V(X))),
        equal(sigmoid(c), 1 / (1 + exp(-c)), definition),
    ],
    "differentiate": [
        equal(derivative(c**3 * d, c), 3 * c**2 * d, differentiate),
        equal(
            derivative(x[i] * x[j], x[k]), Delta(i, k) * x[j] + Delta(j, k) * x[i], differentiate
        ),
        equal(derivative(Sum(x[i] ** 2, i), x[j]), 2 * x[j], differentiate),
        equal(derivative(relu(c), c), (1 + sign(c)) / 2, differentiate, given=[unequal(c, 0)]),
        equal(derivative(sqrt(c), c), 1 / (2 * sqrt(c)), differentiate, given=[greater(c, 0)]),
        equal(derivative(sigmoid(c), c), sigmoid(c) * (1 - sigmoid(c)), differentiate),
        equal(derivative(a * c, c), a + c, differentiate),
        equal(derivative(a * c, c), 2 * c + d, (differentiate, definition(a))),
        equal(
            derivative(F(2 * y), y[j]),
            2 * partial(F, 2 * y, j),
            differentiate,
            given=[differentiable(F)],
        ),
        moment(derivative(E((c * X + d) ** 2), c), 2 * c * E(X**2) + 2 * d * E(X), by_parts),
    ],
    "exponential": [
        equal(exp(c + d), exp(c) * exp(d), exponential),
        equal(exp(2 * c), exp(c) ** 2, exponential),
        equal(exp(-c), exp(-(c / 2)) ** 2, exponential),
        equal(exp(c) / exp(c / 6) ** 2, exp(2 * c / 3), exponential),
        equal(exp(log(c)), c, exponential, given=positive),
        equal(exp(-c) * exp(c), 1, exponential),
    ],
    "given": [
        equal(c * d, 3 * d, given, given=[equation(c, 3)]),
        equal(x[j] + 1, c + 1, given, given=[entries]),
        equal(Sum(x[i], i), n * c, given, given=[entries]),
        equal(S[i, j], S[j, i], given, given=[symmetric_matrix(S)]),
        equal(c**2, d**2, given(equation(c, d), times=c + d), given=[equation(c, d)]),
        equal(c * Sum(x[j], j) - c, 0, given, given=[equation(Sum(x[i], i), 1)]),
        equal(Sum(x[k] ** 2, k), 1, given, given=[equation(x.T @ x, 1)]),
        equal(
            Sum(y[i] * y[k] * Sum(S[j, i] * S[j, k], j), i, k), y.T @ y, given, given=[orthogonal]
        ),
        moment(E(X**2 * Y), E(X * Y), given, equation(X**2, X)),
        equal(c**2 + (Sum(x[j], j) / n) ** 2, c**2 + d**2, given, given=[mean_is_d]),
    ],
    "independence": [
        moment(E(X * Y), E(X) * E(Y), independence, apart),
        moment(E(X**2 * Y), E(X**2) * E(Y), independence, apart),
        moment(E(abs(X) * Y**2), E(abs(X)) * E(Y**2), independence, apart),
        moment(E(X * Y * Z), E(X) * E(Y) * E(Z), independence, independent(X, Y, Z)),
    ],
    "inverse": [
        equal((Inverse(S) @ S)[i, k], Delta(i, k), inverse, given=definite),
        equal((S @ Inverse(S))[i, k], Delta(i, k), inverse, given=definite),
        equal((Inverse(S) @ (S @ x))[i], x[i], inverse, given=definite),
    ],
    "lemma": [
        equal(abs(c) + c, 2 * c, lemma(doubled), given=[greater(c, 0)]),
        equal(abs(b) + b, 2 * b, lemma(doubled, {c: b}), given=[greater(b, 0)]),
        equal(abs(n) + n, 2 * n, lemma(doubled, {c: n})),
    ],
    "linearity": [
        moment(E(2 * X + Y), 2 * E(X) + E(Y), linearity),
        moment(E(Sum(x[i] * W[i], i)), Sum(x[i] * E(W[i]), i), linearity),
        moment(E(c + X), c + E(X), linearity),
        moment(E(X * E(Y)), E(X) * E(Y), linearity),
    ],
    "logarithm": [
        equal(log(c * d), log(c) + log(d), logarithm, given=positive),
        equal(log(c / d), log(c) - log(d), logarithm, given=positive),
        equal(log(exp(c)), c, logarithm),
        equal(log(c**3), 3 * log(c), logarithm, given=positive),
    ],
    "moments": [
        moment(E(W[i]), 0, moments, centred),
        moment(E(W[i] * W[j]), d * Delta(i, j), moments, centred),
        moment(E(W[i] * W[j]), c**2 + d * Delta(i, j), moments, shifted),
        moment(V(W[i]), d, moments, shifted),
    ],
    "monotone": [
        related(less, exp(c), exp(d), monotone, given=[less(c, d)]),
        related(at_most, sqrt(c), sqrt(c + d), monotone, given=positive),
        related(at_most, relu(c), relu(d), monotone, given=[less(c, d)]),
        related(greater, log(c + d), log(c), monotone, given=positive),
    ],
    "order": [
        related(at_least, c**2 + d**2, 0, order),
        related(less, c, c + exp(d), order),
        related(at_most, 2 * c * d, c**2 + d**2 + 2 * c * d, order),
        related(unequal, exp(c), 0, order),
        related(at_least, x.T @ S @ x, 0, order, given=definite),
        related(at_most, abs(c + d), abs(c) + abs(d), (order, cases)),
        related(at_most, abs(1 - c + c * d), abs(1 - c) + abs(c * d), (order, cases)),
        related(at_most, abs(X + Y), abs(X) + abs(Y), (order, cases)),
        related(at_most, abs(relu(c) - relu(d)), abs(c - d), (order, cases)),
        related(at_most, relu(c), relu(d), (order, cases), given=[at_most(c, d)]),
        related(at_least, relu(c) + relu(d), relu(c + d), (order, cases)),
        related(at_most, exp(x[k]), Sum(exp(x[j]), j), order),
        related(at_most, x[k] ** 2 - c, Sum(x[j] ** 2, j) - c, order),
        related(at_most, abs(c) - abs(d), abs(c - d), (order, cases)),
        related(at_most, c * b + d * x[k], c * b + d * c, order, given=[*positive, below]),
        related(at_most, c * b + d * x[k], c * d + d * c, order, given=[*positive, below, less_b]),
    ],
    "peel": [
        equal(
            Sum(c ** (t - s) * d, (s, 0, t)),
            Sum(c ** (t - s) * d, (s, 0, t - 1)) + d,
            peel,
            given=positive,
        ),
        equal(Product(z[s], (s, 0, t)), Product(z[s], (s, 0, t - 1)) * z[t], peel),
        equal(Sum(c**i, (i, 1, t + 1)), Sum(c**i, (i, 1, t)) + c ** (t + 1), peel),
        equal(Sum(i**2, (i, 1, 3)), 14, peel),
        equal(
            Sum(exp(Sum(c**i, (i, 1, j))), (j, 1, t + 1)),
            Sum(exp(Sum(c**i, (i, 1, j))), (j, 1, t)) + exp(Sum(c**i, (i, 1, t + 1))),
            peel,
        ),
        equal(Sum(i, (i, 1, n + 2)), Sum(i, (i, 1, n)) + n + 1 + n + 2, peel),
    ],
    "square_root": [
        equal(sqrt(c**2 * d), abs(c) * sqrt(d), square_root, given=[greater(d, 0)]),
        equal(sqrt(c * d), sqrt(c) * sqrt(d), square_root, given=positive),
        equal(sqrt(12 * c), 2 * sqrt(3) * sqrt(c), square_root, given=positive),
    ],
    "symmetry": [
        moment(E(X), E(-X), symmetry(X), symmetric(X)),
        moment(E(X**3), 0, symmetry(X), symmetric(X)),
        moment(E(X * Y), E(-X * Y), symmetry(X), symmetric(X), apart),
        related(same_law, X + Y, -X + Y, symmetry(X), given=[symmetric(X), apart]),
        entry_of_a_cube(symmetry(R[i][j]), every([i, j], symmetric(R[i][j]))),
        entry_of_a_cube(symmetry(R[i, j]), every(i, symmetric(R[i]))),
        moment(E(W[i] * W[j]), E(-W[i] * W[j]), symmetry(W[i]), *family, unequal(i, j)),
    ],
}

REFUSED: dict[str, list[Any]] = {
    "algebra": [
        equal((c + d) ** 2, c**2 + d**2),
        equal(Sum(Delta(i, j) * x[i], i), x[i]),
        equal(Sum(c, (i, 1, n)), (n + 1) * c),
        equal(c / d * d, c),
        equal(c + d, d + c, algebra(c)),
    ],
    "cases": [
        equal(relu(c) ** 2 - relu(-c) ** 2, c**2, cases),
        equal(sign(c) * abs(c), abs(c), cases),
        equal(relu(c - d) - relu(d - c), d - c, cases),
        equal(sign(c - d), sign(d - c), cases),
        equal(sign(c - d) ** 3 + sign(d - c) ** 2, 0, cases),
        equal(relu(c), c, cases, given=[at_most(c, 0)]),
        equal(sign(c) ** 2, 1, cases),
        equal(c + d, d + c, cases),
        equal(Delta(i, j), 0, cases),
        equal(Delta(i, j), 0, given=[unequal(i, j)]),
        equal(Delta(i, j), 0, cases, given=[unequal(i, k)]),
        equal(Delta(i, j), 1, cases, given=[at_most(i, j)]),
        equal(Delta(i, j), 1, cases, given=[equation(x[i], x[j])]),
    ],
    "definition": [
        equal(a, c + 2 * d, definition),
        equal(f(d + 1), d**2 + 1, definition(f)),
        moment(V(X), E(X**2) - E(X), definition(V(X))),
        equal(sigmoid(c), 1 / (1 + exp(c)), definition),
        equal(c, d, definition),
        equal(c, d, definition(c)),
        equal(a + 1, 1 + a, definition),
    ],
    "differentiate": [
        equal(derivative(c**3 * d, c), 3 * c**2, differentiate),
        equal(derivative(c**2, c), 0, (differentiate, given), given=[equation(c, 1)]),
        equal(derivative(d, c), 2 * c, (differentiate, given), given=[equation(d, c**2)]),
        equal(derivative(Sum(x[i] ** 2, i), x[j]), 2 * Sum(x[i], i), differentiate),
        equal(derivative(relu(c), c), (1 + sign(c)) / 2, differentiate),
        equal(derivative(abs(c), c), 1, (differentiate, cases), given=[at_least(c, 0)]),
        equal(derivative(sqrt(c), c), 1 / (2 * sqrt(c)), differentiate, given=[at_least(c, 0)]),
        equal(derivative(F(2 * y), y[j]), 2 * partial(F, 2 * y, j), differentiate),
        equal(
            derivative(F(2 * y), y[j]),
            partial(F, 2 * y, j),
            differentiate,
            given=[differentiable(F)],
        ),
        equal(derivative(times_d(c), c), 2 * c, (differentiate, given), given=[equation(d, c)]),
        moment(derivative(E(abs(c * X)), c), E(abs(X)), by_parts),
    ],
    "exponential": [
        equal(exp(c + d), exp(c) + exp(d), exponential),
        equal(exp(c * d), exp(c) ** d, exponential),
        equal(exp(c / 2) ** 3, exp(c), exponential),
        equal(exp(log(c)), c, exponential),
        equal(exp(-c), -exp(c), exponential),
        equal(exp(c) * 2, 2 * exp(c), exponential),
    ],
    "given": [
        equal(c * d, 3 * c, given, given=[equation(c, 3)]),
        equal(x[j], c, given, given=[every((i, 1, n - 1), equation(x[i], c))]),
        equal(c, 3, given, given=[at_most(c, 3)]),
        equal(c, d, given(equation(c, d))),
        equal(S[i, j], S[j, i], given, given=definite),
        equal(c**2, d**2, given(equation(c, d), times=c - d), given=[equation(c, d)]),
        equal(c, d, given, well_formed=[equation(c, d)]),
        equal(c * Sum(x[j] ** 2, j), c, given, given=[equation(Sum(x[i], i), 1)]),
        equal(Sum(x[j], (j, 1, n - 1)), 1, given, given=[equation(Sum(x[i], i), 1)]),
        equal(Sum(S[i, j] * S[i, k], j), Delta(i, k), given, given=[orthogonal]),
        moment(E(X**2 * Y), E(X * Y), given, equation(X**2, Y)),
        equal(Sum(x[j], j), d, given, given=[mean_is_d]),
    ],
    "independence": [
        moment(E(X * Y), E(X) * E(Y), independence),
        moment(E(X * Y), E(X) * E(Y), independence, uncorrelated(W, mean=0)),
        moment(E(X**2), E(X) ** 2, independence, apart),
        moment(E(X * Y * Z), E(X) * E(Y) * E(Z), independence, apart),
        equal(E(X * Y), E(X) * E(Y), independence, given=[apart]),
    ],
    "inverse": [
        equal((Inverse(S) @ S)[i, k], Delta(i, k), inverse),
        equal((Inverse(S) @ S.T)[i, k], Delta(i, k), inverse, given=definite),
        equal((Inverse(S) @ S)[i, k], Delta(i, i), inverse, given=definite),
        equal((S @ S)[i, k], Delta(i, k), inverse, given=definite),
    ],
    "lemma": [
        equal(abs(c) + c, 2 * c, lemma(doubled)),
        equal(abs(b) + b, 2 * b, lemma(doubled, {c: b}), given=[greater(c, 0)]),
        equal(abs(b) + b, 2 * b, lemma(doubled), given=[greater(b, 0), greater(c, 0)]),
        equal(abs(c) + c, 3 * c, lemma(doubled), given=[greater(c, 0)]),
        equal(abs(X) + X, 2 * X, lemma(doubled, {c: X}), given=[greater(X, 0)]),
        equal(c + d, d + c, lemma(doubled), given=[greater(c, 0)]),
    ],
    "linearity": [
        moment(E(X * Y), E(X) * E(Y), linearity),
        moment(E(2 * X + Y), E(X) + E(Y), linearity),
        moment(E(c * X), X * E(c), linearity),
        equal(E(X + Y), E(X) + E(Y), linearity),
        moment(E(X**2), E(X) ** 2, linearity),
    ],
    "logarithm": [
        equal(log(c * d), log(c) * log(d), logarithm, given=positive),
        equal(log(c * d), log(c) + log(d), logarithm, given=[greater(c * d, 0)]),
        equal(log(c + d), log(c) + log(d), logarithm, given=positive),
        equal(log(c**2), 2 * log(c), logarithm, given=[unequal(c, 0)]),
    ],
    "moments": [
        moment(E(W[i] ** 2), 0, moments, centred),
        moment(E(W[i] * W[j]), d, moments, centred),
        moment(E(W[i] * W[j]), d * Delta(i, j), moments, shifted),
        moment(E(W[i] ** 3), 0, moments, centred),
        moment(E(X), 0, moments, centred),
        moment(V(W[i]), d, moments, uncorrelated(W, mean=0)),
    ],
    "monotone": [
        related(less, exp(d), exp(c), monotone, given=[less(c, d)]),
        related(less, relu(c), relu(d), monotone, given=[less(c, d)]),
        related(less, abs(c), abs(d), monotone, given=[less(c, d)]),
        related(less, exp(c), exp(d), monotone),
        related(less, exp(c), exp(d), monotone, given=[at_most(c, d)]),
        equal(exp(c), exp(d), monotone, given=[equation(c, d)]),
    ],
    "order": [
        related(greater, c**2 + d**2, 0, order),
        related(at_least, c * d, 0, order),
        related(at_least, x.T @ S @ x, 0, order),
        related(at_most, c, d, order, given=[at_most(d, c)]),
        related(at_most, x[k], Sum(x[j], j), order),
        related(less, exp(x[k]), Sum(exp(x[j]), j), order),
        related(at_most, exp(x[k]), Sum(exp(x[j]), (j, 1, n - 1)), order),
        related(at_most, 2 * exp(x[k]), Sum(exp(x[j]), j), order),
        related(at_most, abs(c + d), abs(c) - abs(d), (order, cases)),
        related(at_most, abs(c - d), abs(c) - abs(d), (order, cases)),
        related(less, abs(c + d), abs(c) + abs(d), (order, cases)),
        related(at_most, c * b + d * x[k], c * d + d * c, order, given=[below, less_b]),
        related(at_most, c * x[k] + d * b, c * d + d * c, order, given=[*positive, less_b]),
        related(at_most, c + d, d + c, order),
        related(less, abs(c + d), abs(c) + abs(d), (order, cases)),
        related(at_most, relu(c), relu(d), (order, cases), given=[at_most(c, d + 1)]),
        equal(c, d, order, given=[equation(c, d)]),
    ],
    "peel": [
        equal(Sum(c**i, (i, 1, t + 1)), Sum(c**i, (i, 1, t)) + c**t, peel),
        equal(Sum(i**2, (i, 1, 3)), 13, peel),
        equal(Product(z[s], (s, 0, t)), Product(z[s], (s, 0, t - 1)), peel),
        equal(Product(z[s], (s, 1, t)), Product(z[s], (s, 1, t - 1)) * z[t], peel),
        equal(Sum(exp(i) * i, (i, j, t)), Sum(exp(i) * i, (i, j, t - 1)) + exp(t) * t, peel),
        equal(
            Sum(exp(Sum(c**i, (i, 1, j))), (j, 1, t + 1)),
            Sum(exp(Sum(c**i, (i, 1, j))), (j, 1, t)) + exp(Sum(c**i, (i, 1, t))),
            peel,
        ),
        equal(Sum(i, (i, 3, n + 1)), Sum(i, (i, 3, n)) + n + 1, peel),
        equal(Sum(i, (i, 5, 2)), 5 + 4 + 3 + 2, peel),
        equal(Sum(i, (i, 1, n)) * 2, 2 * Sum(i, (i, 1, n)), peel),
    ],
    "square_root": [
        equal(sqrt(c**2), c, square_root),
        equal(sqrt(c * d), sqrt(c) * sqrt(d), square_root, given=[greater(c * d, 0)]),
        equal(sqrt(12), 3 * sqrt(2), square_root),
        equal(sqrt(c + d), sqrt(c) + sqrt(d), square_root, given=positive),
    ],
    "symmetry": [
        moment(E(X), E(-X), symmetry(X)),
        moment(E(X**2), 0, symmetry(X), symmetric(X)),
        moment(E(X * Y), E(-X * Y), symmetry(X), symmetric(X)),
        moment(E(Y), E(-Y), symmetry(X), symmetric(X)),
        related(same_law, X + Y, -X - Y, symmetry(X), given=[symmetric(X), apart]),
        moment(E(X), 0, symmetry(X), equation(E(X), 0)),
        entry_of_a_cube(symmetry(R[j][i]), every([i, j], symmetric(R[i][j]))),
        entry_of_a_cube(symmetry(R[i][j]), symmetric(R[i][k])),
        moment(E(W[i] * W[j]), E(-W[i] * W[j]), symmetry(W[i]), *family),
    ],
}


def _rows(table: dict[str, list[Any]]) -> list[Any]:
    return [
        pytest.param(claim, id=f"{rule}-{number}")
        for rule, claims in table.items()
        for number, claim in enumerate(claims, 1)
    ]


@pytest.mark.parametrize("claim", _rows(ACCEPTED))
def test_the_rule_accepts(claim: Any) -> None:
    assert_accepted(claim)


@pytest.mark.parametrize("claim", _rows(REFUSED))
def test_the_rule_refuses(claim: Any) -> None:
    assert_refused(claim)


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_has_its_table(rule: str) -> None:
    assert len(ACCEPTED[rule]) >= 3
    assert len(REFUSED[rule]) >= 4


@pytest.mark.parametrize("rule", sorted(RULES))
def test_every_rule_shows_its_inference_figure(rule: str) -> None:
    assert "Figure:" in (RULES[rule].__doc__ or "")


@pytest.mark.parametrize("rule", sorted(set(RULES) - {"algebra", "lemma"}))
def test_a_row_that_is_mere_algebra_needs_no_other_reason(rule: str) -> None:
    """The reason is the reason."""
    assert_refused(equal(c + d, d + c, Reason(rule)))
    assert_refused(equal(c + d, d + c, (algebra, Reason(rule))))


def test_two_rules_in_one_row_are_both_needed() -> None:
    both = (linearity, independence)
    assert_accepted(moment(E(X * Y + X), E(X) * E(Y) + E(X), both, apart))
    assert_refused(moment(E(X + Y), E(X) + E(Y), both, apart))
    assert_refused(moment(E(X * Y + X), E(X) * E(Y) + E(Y), both, apart))
