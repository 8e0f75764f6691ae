from typing import Any

import pytest

from verify import (
    Array,
    Delta,
    E,
    Inverse,
    Product,
    Rational,
    Sum,
    V,
    Vector,
    all_of,
    at_most,
    derivative,
    differentiable,
    dimension,
    equation,
    every,
    exists,
    exp,
    finite_moment,
    function,
    greater,
    iff,
    implies,
    independent,
    index,
    less,
    let,
    matrix,
    minimum,
    mutually_independent,
    natural,
    partial,
    positive_definite,
    random_matrix,
    random_variable,
    random_vector,
    real,
    relu,
    same_law,
    sqrt,
    symmetric,
    symmetric_matrix,
    uncorrelated,
    unequal,
    vector,
)

n, t = dimension("n"), natural("t")
j, k = index("j", n), index("k", n)
a, b, c = real("a"), real("b"), real("c")
negative = -a
sigma, v = real("sigma"), real("v")
z, M = vector("z", n), matrix("M", n, n)
x, W = random_vector("x", n), random_matrix("W", n, n)
X = random_variable("X")
f, L, G = function("f"), function("L", n), function("G", n, n)


TERMS = [
    (a - (b + c), "a - (b + c)"),
    (a - b + c, "a - b + c"),
    ((a + b) + (b + c), "a + b + (b + c)"),
    ((a + b) * c, "(a + b)·c"),
    (-(a + b), "-(a + b)"),
    (-a + b, "-a + b"),
    (-negative, "-(-a)"),
    (a - (-b), "a - (-b)"),
    (a + (-3), "a + (-3)"),
    ((-a) * b, "(-a)·b"),
    (-(a * b), "-a·b"),
    (a / (b * c), "a/(b·c)"),
    (a * b / c, "a·b/c"),
    (a * (b / c), "a·(b/c)"),
    (a / b / c, "(a/b)/c"),
    (a / (b / c), "a/(b/c)"),
    ((-a) / b, "(-a)/b"),
    (-(a / b), "-a/b"),
    ((a / b) ** 2, "(a/b)²"),
    (a / b**2, "a/b²"),
    ((-a) ** 2, "(-a)²"),
    (-(a**2), "-a²"),
    (a ** (b + 1), "a^(b + 1)"),
    ((a**b) ** c, "(a^b)^c"),
    (a ** (b**c), "a^(b^c)"),
    (a**-2, "a⁻²"),
    (Rational(1, 2) * a, "½·a"),
    (Rational(2, 7) * a, "(2/7)·a"),
    (Rational(2, 7) / a, "(2/7)/a"),
    (a + Rational(-2, 7), "a + (-2/7)"),
    (E(X**2) - E(X) ** 2, "E[X²] - E[X]²"),
    (n * v * sigma, "n·v·σ"),
    (sqrt(a) ** 2, "(√a)²"),
    (sqrt(a**2), "√(a²)"),
    (sqrt(a) * b, "√a·b"),
    (sqrt(a * b), "√(a·b)"),
    (abs(a) ** 2, "|a|²"),
    (relu(a) ** 2, "ReLU(a)²"),
    (exp(-a / b), "exp((-a)/b)"),
    (Sum(W[j, k] * x[k], k), "Σ_{k=1..n} W[j, k]·x[k]"),
    (Sum(a + z[j], j), "Σ_{j=1..n} (a + z[j])"),
    (Sum(z[j], j) + a, "Σ_{j=1..n} z[j] + a"),
    (Sum(z[j], j) * a, "(Σ_{j=1..n} z[j])·a"),
    (a * Sum(z[j], j), "a·Σ_{j=1..n} z[j]"),
    (Sum(z[j], j) / n, "(Σ_{j=1..n} z[j])/n"),
    (Sum(z[j] / n, j), "Σ_{j=1..n} z[j]/n"),
    (a * Sum(z[j], j) / n, "(a·Σ_{j=1..n} z[j])/n"),
    (Sum(z[j], j) ** 2, "(Σ_{j=1..n} z[j])²"),
    (Sum(z[j] * z[k], j, k), "Σ_{j=1..n} Σ_{k=1..n} z[j]·z[k]"),
    (Product(z[j], (j, 2, n)), "Π_{j=2..n} z[j]"),
    (Delta(j, k) * v, "δ_{j, k}·v"),
    (z.T @ M @ z, "zᵀ @ M @ z"),
    (z.T @ (M @ z), "zᵀ @ (M @ z)"),
    (a * (z.T @ z), "a·(zᵀ @ z)"),
    ((z + z).T, "(z + z)ᵀ"),
    (Inverse(M)[j, k], "(M⁻¹)[j, k]"),
    (Array(z[j] ** 2, j), "(z[j]²)_{j=1..n}"),
    (Vector(a, 0), "(a, 0)"),
    (let("mu", E(X)), "μ"),
    (let("f", (a, c), a + c)(b, z[j]), "f(b, z[j])"),
    (V(X), "V[X]"),
    (derivative(a**2, a), "∂/∂a a²"),
    (derivative(a + b, a) * c, "(∂/∂a (a + b))·c"),
    (c * derivative(a * z[j], z[k]), "c·∂/∂z[k] a·z[j]"),
    (derivative(a, a) / b, "(∂/∂a a)/b"),
    (derivative(a / b, a), "∂/∂a a/b"),
    (derivative(derivative(L(z), z[j]), z[k]) ** 2, "(∂/∂z[k] ∂/∂z[j] L(z))²"),
    (f(a + 1) * partial(f, a), "f(a + 1)·∂f(a)"),
    (partial(L, z, j) * a, "∂_j L(z)·a"),
    (partial(L, z, j) ** 2, "(∂_j L(z))²"),
    (partial(G, M, j, k + 1), "∂_{j, k + 1} G(M)"),
    (a + 0.5, "a + ⟨the float 0.5; write an exact Rational⟩"),
]


@pytest.mark.parametrize(("term", "shown"), TERMS, ids=[shown for _, shown in TERMS])
def test_a_term_prints_in_the_authors_order_with_the_parentheses_it_needs(
    term: Any, shown: str
) -> None:
    assert str(term) == shown


def test_no_two_of_the_terms_print_alike() -> None:
    assert len({str(term) for term, _ in TERMS}) == len(TERMS)


STATEMENTS = [
    (equation(V(X), n * v), "V[X] = n·v"),
    (at_most(a, b), "a ≤ b"),
    (unequal(a, 0), "a ≠ 0"),
    (every(j, equation(E(x[j] ** 2), v)), "for every j=1..n: E[x[j]²] = v"),
    (every(index("i", 2, None), greater(a, 0)), "for every i ≥ 2: a > 0"),
    (every([z, t], greater(z[1], t)), "for every z ∈ ℝ^n, natural number t: z[1] > t"),
    (exists(M, equation(M[1, 1], 1)), "for some M ∈ ℝ^{n×n}: M[1, 1] = 1"),
    (implies(greater(a, 0), unequal(a, 0)), "a > 0 ⇒ a ≠ 0"),
    (
        implies(implies(greater(a, 0), less(b, 0)), less(c, 0)),
        "(a > 0 ⇒ b < 0) ⇒ c < 0",
    ),
    (iff(equation(a, 0), all_of(less(a, 1), less(b, 1))), "a = 0 ⇔ a < 1 and b < 1"),
    (independent(W, x), "W, x independent"),
    (independent(W, x, X), "W, x, X mutually independent"),
    (uncorrelated(W, mean=0, variance=v), "entries of W uncorrelated with mean 0 and variance v"),
    (uncorrelated(W, variance=v), "entries of W uncorrelated with variance v"),
    (uncorrelated(W), "entries of W uncorrelated"),
    (symmetric(W), "W ~ -W (symmetric)"),
    (same_law(W, x), "W ~ x (same law)"),
    (finite_moment(x, 4), "x has finite moments of order 4"),
    (mutually_independent(W[1]), "entries of W[1] mutually independent"),
    (differentiable(L), "L is continuously differentiable"),
    (every(f, equation(f(a), f(a))), "for every function f: f(a) = f(a)"),
    (symmetric_matrix(M), "M is symmetric"),
    (positive_definite(M), "M is positive definite"),
    (
        minimum(
            z.T @ z,
            over=z,
            at=Vector(0),
            value=0,
            subject_to=[every(j, at_most(abs(z[j]), 1))],
            unique=True,
        ),
        "the minimum of zᵀ @ z over z subject to (for every j=1..n: |z[j]| ≤ 1) is 0,"
        " only at z = (0,)",
    ),
]


@pytest.mark.parametrize(("statement", "shown"), STATEMENTS, ids=[s for _, s in STATEMENTS])
def test_a_statement_prints_in_words(statement: Any, shown: str) -> None:
    assert str(statement) == shown


@pytest.mark.parametrize("node", [node for node, _ in TERMS + STATEMENTS], ids=repr)
def test_every_node_is_rebuilt_from_its_arguments(node: Any) -> None:
    stack = [node]
    while stack:
        part = stack.pop()
        assert not part.args or part.func(*part.args) == part
        stack += part.args


def test_what_does_not_belong_in_a_quantifier_is_still_shown() -> None:
    i = index("i", dimension("n"))
    turned = every(equation(i, 1), i)  # the index comes first
    assert "a range that is neither" in str(turned)
