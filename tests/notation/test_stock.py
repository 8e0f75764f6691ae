from typing import Any

import pytest
import sympy

from verify import (
    Array,
    Delta,
    E,
    Inverse,
    Sum,
    Vector,
    derivative,
    dimension,
    function,
    index,
    let,
    matrix,
    natural,
    norm_squared,
    partial,
    random_variable,
    real,
    relu,
    sigmoid,
    vector,
)

n, t = dimension("n"), natural("t")
j, k = index("j", n), index("k", n)
a, b = real("a"), real("b")
z, M = vector("z", n), matrix("M", n, n)
A, B = sympy.symbols("a b", real=True)
N = sympy.Symbol("n", integer=True, positive=True)
J, K = sympy.symbols("j k", integer=True)
Z, MM = sympy.IndexedBase("z", real=True), sympy.IndexedBase("M", real=True)


def test_stock_sympy_evaluates_freely() -> None:
    assert (a / a).as_sympy() == 1
    assert (a - a + b).as_sympy() == B
    assert (t + 1).as_sympy().is_positive


def test_sums_entries_and_deltas() -> None:
    assert Sum(z[j] ** 2, j).as_sympy() == sympy.Sum(Z[J] ** 2, (J, 1, N))
    assert Delta(j, k).as_sympy() == sympy.KroneckerDelta(J, K)
    assert Sum(j, (j, 1, 4)).as_sympy().doit() == 10


def test_matrix_products_become_sums() -> None:
    explicit = norm_squared(Vector(a, b)).as_sympy().doit()
    assert sympy.simplify(explicit - A**2 - B**2) == 0
    i = sympy.Symbol("i", integer=True)
    assert (M @ z)[k].as_sympy() == sympy.Sum(MM[K, i] * Z[i], (i, 1, N))
    assert (z @ z.T)[j, k].as_sympy() == Z[J] * Z[K]
    assert M.T[j, k].as_sympy() == MM[K, J]


def test_an_array_becomes_a_function_of_its_indices() -> None:
    square = Array(z[j] ** 2, j).as_sympy()
    assert square(3) == Z[3] ** 2
    assert z.as_sympy() == Z
    assert Array(Delta(j, k), j, k)[1, 2].as_sympy() == 0


def test_definitions_are_unfolded_and_functions_are_stock() -> None:
    f = let("f", (a,), relu(a) + 1)
    assert f(b).as_sympy() == sympy.Max(B, 0) + 1
    assert sigmoid(0 * a).as_sympy() == sympy.Rational(1, 2)
    assert E(random_variable("X")).as_sympy().func == sympy.Function("E")
    assert str(Inverse(M)[1, 2].as_sympy()) == "(M)^-1[1, 2]"


def test_derivatives_and_unknown_functions_of_a_number_are_stock() -> None:
    f = function("f")
    assert derivative(a**3 * b, a).as_sympy().doit() == 3 * A**2 * B
    assert derivative(Sum(z[j] ** 2, j), z[1]).as_sympy().doit() != 0
    assert f(a + 1).as_sympy() == sympy.Function("f")(A + 1)
    composed = derivative(f(a**2), a).as_sympy().doit()
    assert composed == (2 * a * partial(f, a**2)).as_sympy()


def test_an_unknown_function_of_an_array_has_no_stock_form() -> None:
    loss = function("L", n)
    for term in (loss(z), partial(loss, z, j) + a):
        with pytest.raises(ValueError, match="no function L of an array"):
            term.as_sympy()


@pytest.mark.parametrize("term", [a + 0.5, M @ vector("y", 3)])
def test_an_ill_formed_term_has_no_stock_form(term: Any) -> None:
    with pytest.raises(ValueError, match=r"not a term|do not fit"):
        term.as_sympy()
