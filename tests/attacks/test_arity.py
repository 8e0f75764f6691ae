"""Nodes with too few or too many arguments: silently dropping one would change the statement."""

from typing import Any

import pytest

from tests.attacks.declarations import S, X, Y, assert_refused, c, claimed, d, equal, i, j, k, n, x
from verify import (
    Delta,
    E,
    Inverse,
    Sum,
    V,
    algebra,
    chain,
    definition,
    equals,
    equation,
    exp,
    finite_moment,
    greater,
    let,
    log,
    positive_definite,
    relu,
    sigmoid,
    sign,
    sqrt,
    tanh,
)
from verify.language import statements as st
from verify.language.arrays import Entry, MatMul, Transpose
from verify.language.definitions import Call
from verify.language.terms import Negative, Plus, Power, Quotient, Times

bounded = [finite_moment(X, 2), finite_moment(Y, 2)]

WRONG: dict[str, Any] = {
    "E(X, Y)": equal(E(X, Y) + 0, E(X), well_formed=bounded),
    "V(X, Y)": equal(V(X, Y) + 0, V(X), well_formed=bounded),
    "log(c, 10)": equal(log(c, 10) + 0, log(c), given=[greater(c, 0)]),
    "sqrt(c, 3)": equal(sqrt(c, 3) + 0, sqrt(c), given=[greater(c, 0)]),
    **{f"{f.__name__} of two": equal(f(c, d) + 0, f(c)) for f in (exp, relu, sign, tanh, sigmoid)},
    **{f"{f.__name__} of nothing": equal(f() + 0, f()) for f in (exp, relu, sign, sqrt, log)},
    "E of nothing": equal(E() + 0, E()),
    "delta of one": equal(Delta(i) + 0, Delta(i)),
    "delta of three": equal(Delta(i, j, k) + 0, Delta(i, j)),
    "inverse of two": equal(
        Inverse(S, x)[i, j] + 0, Inverse(S)[i, j], given=[positive_definite(S)]
    ),
    "quotient of three": equal(Quotient(c, 2, d) + 0, c / 2),
    "quotient of one": equal(Quotient(c) + 0, c),
    "power of three": equal(Power(c, 2, d) + 0, c**2),
    "negative of two": equal(Negative(c, d) + 0, -c),
    "negative of nothing": equal(Negative() + 0, 0 * c),
    "empty sum node": equal(Plus() + c, c),
    "empty product node": equal(Times() + c, c + 1),
    "transpose of two": equal(Transpose(x, x)[i] + 0, x[i]),
    "matrix product of one": equal(MatMul(x.T) + 0, c),
    "matrix product of three": equal(MatMul(x.T, x, x) + 0, x.T @ x),
    "entry of nothing": equal(Entry() + 0, c),
    "a sum without a range": equal(Sum(c) + 0, c),
    "a sum of nothing": claimed(st.Equation(c), chain(c, equals(c + 0, by=algebra))),
    "an equation of three": equal(c + 0, c, given=[st.Equation(c, d, c)]),
    "an implication of three": equal(
        c + 0, c, given=[st.Implies(equation(c, d), equation(c, d), equation(c, c))]
    ),
    "a statement of three": claimed(st.Equation(c, c + 0, d), chain(c, equals(c + 0, by=algebra))),
    "a statement inside a term": equal(Plus(c, equation(c, d)), c),
    "a statement under a sum": equal(Sum(equation(c, d), i) + 0, c),
    "a term for a statement": claimed(st.Implies(c, d), chain(c, equals(d, by=algebra))),
    "a statement about statements": claimed(
        equation(equation(c, d), equation(d, c)),
        chain(equation(c, d), equals(equation(d, c), by=algebra)),
    ),
    "a definition that is not called": equal(Plus(let("f", (c,), c), 1), c),
    "a call of what is no definition": equal(Call(c, d) + 0, c),
    "a call with too many arguments": equal(Call(let("f", (c,), c), c, d) + 0, c, definition),
    "independence of nothing": equal(c + 0, c, given=[st.Independent()]),
    "a moment without order": equal(c + 0, c, given=[st.FiniteMoment(X)]),
    "a symbolic moment": equal(c + 0, c, given=[finite_moment(X, n)]),
    "a negative moment": equal(c + 0, c, given=[finite_moment(X, -1)]),
    "a number equal to a vector": equal(c + 0, c, given=[equation(c, x)]),
    "a definite vector": equal(c + 0, c, given=[positive_definite(x)]),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_node_with_other_arguments_is_refused(what: str) -> None:
    refusal = assert_refused(WRONG[what])
    assert "recursion" not in refusal.reason
    assert "tuple index" not in refusal.reason
    assert "unpack" not in refusal.reason
