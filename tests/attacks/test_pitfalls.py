"""Statements that a computer algebra system is known to get wrong: the kernel refuses each."""

from typing import Any

import pytest
import sympy
from sympy import Rational

from tests.attacks.declarations import (
    X,
    assert_accepted,
    assert_refused,
    b,
    c,
    claimed,
    d,
    equal,
    i,
    j,
    n,
    related,
    x,
    y,
)
from verify import (
    Delta,
    E,
    Sum,
    V,
    algebra,
    cases,
    chain,
    definition,
    equals,
    equation,
    finite_moment,
    given,
    greater,
    index,
    less,
    let,
    linearity,
    log,
    logarithm,
    norm_squared,
    order,
    peel,
    random_variable,
    real,
    relu,
    sign,
    sqrt,
    square_root,
    unequal,
    vector,
)
from verify.language.terms import Plus, Power
from verify.notation.latex import latex

scaled = let("f", (c,), Sum(c * i, i))
numerator = c**2 - 1

#: what -> a claim that says what the system would print
FALSE = {
    "23931: the gradient of x/‖x‖ loses its second part": equal(
        Delta(i, j) / sqrt(norm_squared(x)) - x[i] * x[j] / sqrt(norm_squared(x)) ** 3,
        Delta(i, j) / sqrt(norm_squared(x)),
        given=[unequal(norm_squared(x), 0)],
    ),
    "subs captures a bound index": equal(scaled(i), Sum(i**2, i), definition),
    "a free index differentiated as if it were the bound one": equal(2 * y[i], Sum(2 * y[i], i)),
    "28746: Sum(i, (i, 1, -3)) = 3": equal(Sum(i, (i, 1, -3)), 3, peel),
    "28746: Sum(1, (i, 1, n-5)) = n-5 also for n < 5": equal(Sum(1, (i, 1, n - 5)), n - 5),
    "29794: a case distinction leaks out of a sum": equal(
        -Sum(i**2 * (1 + sign(2 * i - 13)) / 2, (i, 0, 12)), -650, (peel, cases)
    ),
    "27359: a free index is left over": equal(Sum(Delta(i, j) * relu(x[i]), i), relu(x[i])),
    "20881: the slope of max(x, 0) at 0 is 1/2": equal((1 + sign(c)) / 2, Rational(1, 2), cases),
    "20022: (x/y) at x = 0, y = 0 is 0": equal(
        c / d, 0, given, given=[equation(c, 0), equation(d, 0)]
    ),
    "cancel((x²-1)/(x-1)) without x ≠ 1": equal(numerator / (c - 1), c + 1),
    "x/x = 1 without x ≠ 0": equal(c / c, 1),
    "√x² = x": equal(sqrt(c**2), c, square_root),
    "log x² = 2·log x": equal(log(c**2), 2 * log(c), logarithm, given=[unequal(c, 0)]),
    "log(xy) = log x + log y for negative factors": equal(
        log(c * d), log(c) + log(d), logarithm, given=[less(c, 0), less(d, 0)]
    ),
    "two symbols that print alike": equal(real("c") - vector("c", n)[1], 0),
    "two symbols that print alike, one random": equal(random_variable("c") - c, 0),
    "a hypothesis in a declaration": related(greater, c, 0, order),
    "two draws under one name": equal(
        E((X - X) ** 2), 2 * V(X), linearity, well_formed=[finite_moment(X, 2)]
    ),
}

#: what -> an object that must not stand in a term
STOCK: dict[str, Any] = {
    "symbol": sympy.Symbol("c"),
    "positive symbol": sympy.Symbol("c", positive=True),
    "matrix symbol": sympy.MatrixSymbol("M", 2, 2),
    "indexed base": sympy.IndexedBase("x"),
    "stock sum": sympy.Sum(sympy.Symbol("q"), (sympy.Symbol("q"), 1, -3)),
    "piecewise": sympy.Piecewise((1, sympy.Symbol("q") > 0), (0, True)),
    "Kronecker delta": sympy.KroneckerDelta(sympy.Symbol("p"), sympy.Symbol("q")),
    "max": sympy.Max(sympy.Symbol("q"), 0),
    "stock function": sympy.sin(sympy.Symbol("q")),
    "stock exponential": sympy.exp(1),
    "pi": sympy.pi,
    "imaginary unit": sympy.I,
    "infinity": sympy.oo,
    "not a number": sympy.nan,
    "complex infinity": sympy.zoo,
    "stock float": sympy.Float(1),
    "stock truth": sympy.true,
    "evaluated relation": sympy.Symbol("p", positive=True) > 0,
    "float": 0.5,
    "whole float": 1.0,
    "string": "c",
    "text that is code": '__import__("os").getcwd()',
    "truth value": True,
    "evaluated equation": sympy.Eq(sympy.Symbol("q"), sympy.Symbol("q")),
    "complex number": 1j,
    "nothing": None,
    "list": [1, 2],
    "matrix": sympy.Matrix([[1]]),
}


@pytest.mark.parametrize("what", FALSE)
def test_what_a_computer_algebra_system_gets_wrong_is_refused(what: str) -> None:
    assert_refused(FALSE[what])


@pytest.mark.parametrize("what", STOCK)
@pytest.mark.parametrize(
    "place",
    ["addend", "exponent", "index", "length", "range", "hypothesis", "row", "start", "statement"],
)
def test_stock_objects_are_refused_by_name(what: str, place: str) -> None:
    value = STOCK[what]
    if place == "index" and isinstance(value, list):
        value = (value,)
    build: dict[str, Any] = {
        "addend": lambda: equal(c + 0, Plus(c, value)),
        "exponent": lambda: equal(c + 0, Power(c, value)),
        "index": lambda: equal(x[value], x[value] + 0),
        "length": lambda: equal(vector("z", value)[1] + 0, vector("z", value)[1]),
        "range": lambda: equal(Sum(c, (i, 1, value)) + 0, c),
        "hypothesis": lambda: equal(c + 0, c, given=[value]),
        "row": lambda: claimed(equation(c, value), chain(c, equals(value, by=algebra))),
        "start": lambda: claimed(equation(value, c), chain(value, equals(c, by=algebra))),
        "statement": lambda: claimed(value, chain(c, equals(c + 0, by=algebra))),
    }
    refusal = assert_refused(build[place]())
    assert refusal.rule == "language"
    assert "RecursionError" not in refusal.reason


def test_a_user_s_text_is_never_evaluated(tmp_path: Any) -> None:
    target = tmp_path / "touched"
    text = f'__import__("pathlib").Path({str(target)!r}).touch()'
    assert_refused(equal(Plus(c, text), c))
    assert_refused(equal(real(text), c))
    assert_refused(equal(let(text, c), c))
    assert_refused(equal(x[index(text, n)], c))
    assert not target.exists()


def test_the_author_s_order_is_kept() -> None:
    shown = latex(E(X**2) - E(X) ** 2)
    assert shown.index("X^{2}") < shown.index("-")
    assert latex(b * c) != latex(c * b)


def test_the_true_neighbours_are_accepted() -> None:
    assert_accepted(equal(numerator / (c - 1), c + 1, given=[unequal(c, 1)]))
    assert_accepted(equal(c / c, 1, given=[unequal(c, 0)]))
    assert_accepted(equal(sqrt(c**2), abs(c), square_root))
    assert_accepted(equal(sqrt(c**2), c, square_root, given=[greater(c, 0)]))
    assert_accepted(equal(log(c**2), 2 * log(c), logarithm, given=[greater(c, 0)]))
    assert_accepted(equal(Sum(i, (i, 1, -3)), 0, peel))
    assert_accepted(equal(Sum(Delta(i, j) * relu(x[i]), i), relu(x[j])))
    assert_accepted(equal(scaled(i), i * Sum(j, j), definition))
    assert_accepted(equal(-Sum(i**2 * (1 + sign(2 * i - 13)) / 2, (i, 0, 12)), -559, (peel, cases)))
