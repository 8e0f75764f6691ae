"""Algebra: roots, powers, logarithms, signs, inverses and sums that only look right."""

import pytest
from sympy import Rational

from tests.attacks.declarations import (
    S,
    assert_accepted,
    assert_refused,
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
    Array,
    Delta,
    Inverse,
    Product,
    Sum,
    Vector,
    at_least,
    at_most,
    cases,
    equation,
    every,
    exp,
    exponential,
    given,
    greater,
    index,
    inverse,
    less,
    let,
    log,
    logarithm,
    matrix,
    monotone,
    order,
    positive_definite,
    real,
    relu,
    sign,
    sqrt,
    square_root,
    symmetric_matrix,
    tanh,
    unequal,
    vector,
)
from verify.language.terms import Power

definite = [positive_definite(S)]
half = Rational(1, 2)
cube = real("T", n, n, n)
bordered = matrix("B", n + 1, n + 1)
block = Array(bordered[i, j], (i, 1, n), (j, 1, n))
late = index("late")

FALSE = {
    "√(c²) = c": equal(sqrt(c**2), c, square_root),
    "√(c²d²) = cd": equal(sqrt(c**2 * d**2), c * d, square_root),
    "√(−c²) ≥ 0": related(at_least, sqrt(-(c**2)), 0, order),
    "√(cd) = √c·√d": equal(
        sqrt(c * d), sqrt(c) * sqrt(d), square_root, given=[greater(c * d, 0)]
    ),
    "√(c + d) = √c + √d": equal(
        sqrt(c + d), sqrt(c) + sqrt(d), square_root, given=[greater(c, 0), greater(d, 0)]
    ),
    "(c²)^½ = c": equal(Power(c**2, half), c, given=[unequal(c, 0)]),
    "c^½ without c > 0": equal(Power(c, half), Power(c, half) + 0),
    "0^t = 0": equal(Power(0, t), 0),
    "(−1)^t = 1": equal(Power(-1, t), 1),
    "(−c)^t = c^t": equal(Power(-c, t), Power(c, t)),
    "c^t · c^(−t) = 1 without c ≠ 0": equal(Power(c, t) * Power(c, -t), 1),
    "0^t ≤ 0 for t = 0": related(at_most, Power(0, t), 0, order),
    "c^t ≤ 0 for c = 0 and t = 0": related(at_most, Power(c, t), 0, order, given=[equation(c, 0)]),
    "an empty product of zeros is 0": related(
        at_most, Product(0 * c * late, (late, 1, t)), 0, order
    ),
    "c^(t−1) · c = c^t without c ≠ 0": equal(Power(c, t - 1) * c, Power(c, t)),
    "(c^t)^t = c^(2t)": equal(Power(Power(c, t), t), Power(c, 2 * t)),
    "log(c²) = 2·log c": equal(log(c**2), 2 * log(c), logarithm, given=[unequal(c, 0)]),
    "log(c + d)": equal(
        log(c + d), log(c) + log(d), logarithm, given=[greater(c, 0), greater(d, 0)]
    ),
    "log 0": equal(log(c - c), log(c - c) + 0),
    "e^(cd) = e^c·e^d": equal(exp(c * d), exp(c) * exp(d), exponential),
    "e^log c without c > 0": equal(exp(log(c)), c, exponential),
    "sign² = 1": equal(sign(c) ** 2, 1, cases),
    "δ of a bound index that is called i": equal(
        Sum(Delta(i, j) * x[i], i), 0, cases, given=[unequal(i, j)]
    ),
    "δ of a bound index, for one value of it": equal(
        Sum(Delta(k, j) * x[k], k), 0, cases, given=[every(i, unequal(i, n + j))]
    ),
    "δ in a sum that reaches j": equal(Sum(Delta(i, j) * c, (i, 1, j)), 0, cases),
    "δ of neighbours": equal(Delta(i, j + 1), 0, cases, given=[unequal(i, j)]),
    "δ of indices that may be one": equal(Delta(i, j), 0, cases, given=[at_most(i, j)]),
    "|c + d| = |c| + |d|": equal(abs(c + d), abs(c) + abs(d), cases),
    "relu(cd) = relu c · relu d": equal(relu(c * d), relu(c) * relu(d), cases),
    "relu(−c) = −relu c": equal(relu(-c), -relu(c), cases),
    "e^(c/3)² = e^c": equal(exp(c / 3) ** 2, exp(c), exponential),
    "e^(c/2)⁻² = e^c": equal(exp(c / 2) ** -2, exp(c), exponential),
    "c < |c|": related(less, c, abs(c), (order, cases)),
    "|1 − c + c·d| ≤ |1 − c| + |d|": related(
        at_most, abs(1 - c + c * d), abs(1 - c) + abs(d), (order, cases)
    ),
    "|1 − c + c·d| < |1 − c| + |c·d|": related(
        less, abs(1 - c + c * d), abs(1 - c) + abs(c * d), (order, cases)
    ),
    "c²/c = c without c ≠ 0": equal(c**2 / c, c),
    "(c − d)/(c − d) = 1": equal((c - d) / (c - d), 1),
    "a quotient by a sum of squares": equal(c / (c**2 + d**2) * (c**2 + d**2), c),
    "a quotient by a sum that may be empty": equal(
        c * Sum(1, (i, 1, n - 5)) / Sum(1, (i, 1, n - 5)), c
    ),
    "1/n becomes 1/(n − 1)": equal(1 / (n - 1), 1 / (n - 1) + 0),
    "Σ x·y = Σ x · Σ y": equal(Sum(x[i] * y[i], i), Sum(x[i], i) * Sum(y[i], i)),
    "(Σ x)² = Σ x²": equal(Sum(x[i], i) ** 2, Sum(x[i] ** 2, i)),
    "Π(x + y) = Π x + Π y": equal(Product(x[i] + y[i], i), Product(x[i], i) + Product(y[i], i)),
    "Π over i and j is Π over i": equal(Product(x[i], i, j), Product(x[i], i)),
    "Σ over δ beyond the range": equal(Sum(Delta(i, n + 1) * x[i], i), c),
    "Σ over δ in a shorter range": equal(Sum(Delta(i, j) * x[i], (i, 1, n - 1)), x[j]),
    "an entry of a written vector beyond its end": equal(Vector(c, d)[n], c),
    "M⁻¹ is symmetric": equal(Inverse(S)[i, k], Inverse(S)[k, i], given=definite),
    "Mᵀ·M⁻¹ = 1": equal((S.T @ Inverse(S))[i, k], Delta(i, k), inverse, given=definite),
    "M⁻¹ entry by entry": equal(
        Inverse(S)[i, i] * S[i, i], 1, inverse, given=[*definite, unequal(S[i, i], 0)]
    ),
    "a diagonal of M in M⁻¹·M": equal(
        Sum(Inverse(S)[i, j] * S[j, j], j), 1, inverse, given=definite
    ),
    "M⁻¹·M over a shorter range": equal(
        Sum(Inverse(S)[i, j] * S[j, i], (j, 1, n - 1)), 1, inverse, given=definite
    ),
    "(MM)⁻¹·M on the wrong side": equal(
        (Inverse(S @ S) @ S)[i, k],
        Inverse(S)[i, k] + 0,
        inverse,
        given=[*definite, positive_definite(S @ S)],
    ),
    "another inverse for each summand": equal(
        Sum(Inverse(cube[k])[i, k] * cube[k, k, j], k), Delta(i, j), inverse,
        given=[every(k, positive_definite(cube[k]))],
    ),
    "the inverse of a block times what lies beyond the block": equal(
        Sum(Inverse(block)[i, k] * bordered[k, n + 1], (k, 1, n)), 0, (inverse, cases),
        given=[positive_definite(block)],
    ),
    "an inverse that may not exist": equal((Inverse(S) @ S)[i, k], Delta(i, k), inverse),
    "an inverse of another matrix": equal(
        (Inverse(S.T) @ S.T)[i, k], Delta(i, k), inverse, given=definite
    ),
    "symmetry of M not cited": equal(S[i, j], S[j, i], given=[symmetric_matrix(S)]),
    "symmetry of an array with three indices": equal(
        cube[i, j, k], cube[k, j, i], given, given=[symmetric_matrix(cube)]
    ),
    "symmetry of a vector": equal(x[i] + 0, x[j], given, given=[symmetric_matrix(x)]),
    "a row is a column": equal(x.T, x),
    "a definite matrix has positive entries": related(at_least, S[i, j], 0, order, given=definite),
    "z.T @ M @ y ≥ 0": related(at_least, x.T @ S @ y, 0, order, given=definite),
    "z.T @ M @ z > 0 for z = 0": related(greater, x.T @ S @ x, 0, order, given=definite),
    "a sum of terms ≥ 0 is > 0": related(greater, Sum(x[i] ** 2, i), 0, order),
    "an empty sum of terms > 0 is > 0": related(
        greater, Sum(exp(x[1]), (i, 1, n - 5)), 0, order
    ),
    "a negative addend is forgotten": related(
        greater, c - d, 0, order, given=[greater(c, 0), greater(d, 0)]
    ),
    "a negative first addend is forgotten": related(
        at_least, -c + d, 0, order, given=[greater(c, 0), greater(d, 0)]
    ),
    "a sum is at least each of its terms": related(at_least, Sum(x[j], j), x[i], order),
    "a fact judges its own factor": related(greater, c, 0, order, given=[greater(c * d, 0)]),
    "two facts judge each other": related(
        greater, c, 0, order, given=[greater(c * d, 0), greater(d * y[1], 0)]
    ),
    "a factor judged at another index": related(
        greater, x[i], 0, order, given=[every(j, greater(x[j] * y[j], 0)), greater(y[1], 0)]
    ),
    "log c < c − 1": related(less, log(c), c - 1, order, given=[greater(c, 0)]),
    "1 + c < e^c": related(less, 1 + c, exp(c), order),
    "tanh c ≤ c": related(at_most, tanh(c), c, order),
    "relu is strict": related(less, relu(c), relu(d), monotone, given=[less(c, d)]),
    "a root of what is only different": related(
        less,
        sqrt(c),
        sqrt(d),
        monotone,
        given=[unequal(c, d), at_least(c, 0), at_least(d, 0)],
    ),
    "a decreasing function": related(less, -c, -d, monotone, given=[less(c, d)]),
    "equal sides as an inequality": related(at_most, c + d, d + c, order),
    "a multiplier that captures the index": equal(
        c * x[j], d * y[j], given(every(i, equation(x[i], y[i])), times=x[i]),
        given=[every(i, equation(x[i], y[i]))],
    ),
    "an entry of an array of another length": equal(vector("z", n + 1)[n + 1], x[n]),
}  # fmt: skip


@pytest.mark.parametrize("what", FALSE)
def test_algebra_keeps_every_condition(what: str) -> None:
    assert_refused(FALSE[what])


def test_true_neighbours_are_accepted() -> None:
    corner = let("q", (S,), S[1, 1])
    turned = corner(Array(c * S[i, j], i, j)), corner(Array(c * S[j, i], i, j))
    assert_accepted(equal(*turned, given, given=[symmetric_matrix(S)]))
    assert_refused(equal(*turned))
    assert_accepted(equal(sign(c * d) ** 3, sign(c * d), cases))
