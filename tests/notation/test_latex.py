import re
from typing import Any

import pytest
from sympy import latex, pretty

from tests.notation.test_text import STATEMENTS, TERMS
from verify import (
    Delta,
    E,
    Inverse,
    Product,
    Rational,
    Sum,
    V,
    Vector,
    derivative,
    dimension,
    equation,
    every,
    exp,
    function,
    independent,
    index,
    let,
    matrix,
    mutually_independent,
    partial,
    random_array,
    random_variable,
    real,
    relu,
    sqrt,
    symmetric,
    uncorrelated,
    vector,
)

n = dimension("n")
i, j, k = index("i"), index("j", n), index("k", n)
a, b, c, v = real("a"), real("b"), real("c"), real("v")
z, M = vector("z", n), matrix("M", n, n)
W = random_array("W", n, n, n)
X = random_variable("X")
f, L = function("f"), function("L", n)

SHOWN = [
    (E(X**2) - E(X) ** 2, r"\mathbb{E}\left[X^{2}\right] - \mathbb{E}\left[X\right]^{2}"),
    (V(X), r"\mathbb{V}\left[X\right]"),
    (Sum(W[k, i, j], (j, 1, n)), r"\sum_{j=1}^{n} W_{k,i,j}"),
    (Product(z[j], (j, 2, n)), r"\prod_{j=2}^{n} z_{j}"),
    (a / (b * c), r"\frac{a}{b c}"),
    (sqrt(a**2 + 1), r"\sqrt{a^{2} + 1}"),
    (Delta(j, k), r"\delta_{jk}"),
    (Delta(j, k + 1), r"\delta_{j,k + 1}"),
    (relu(a), r"\operatorname{ReLU}\left(a\right)"),
    (exp(-a) ** 2, r"\left(e^{-a}\right)^{2}"),
    (z.T @ Inverse(M) @ z, r"z^{\top} M^{-1} z"),
    (real("sigma") * real("lambda_0"), r"\sigma \lambda_{0}"),
    (real("bias") + real("x1'"), r"\mathrm{bias} + x'_{1}"),
    (real("μ") * real("Sigma"), r"\mu \Sigma"),
    (vector("W_1", n)[j], "W_{1;j}"),
    (let("mu", (a, b), a * b)(v, c), r"\mu\left(v, c\right)"),
    (let("mu", a), r"\mu"),
    (a * (b + c), r"a \cdot \left(b + c\right)"),
    (2 * a * 3, r"2 a \cdot 3"),
    (Rational(-1, 2) + a, r"-\frac{1}{2} + a"),
    (Vector(1, a), r"\begin{pmatrix} 1 \\ a \end{pmatrix}"),
    (a + "x_1", r"a + \langle\text{the string 'x\_1'; declare a name instead}\rangle"),
    (derivative(a * b, z[j]), r"\frac{\partial}{\partial z_{j}} a b"),
    (partial(L, z, j) * L(z), r"\partial_{j} L\left(z\right) L\left(z\right)"),
    (partial(f, a) ** 2, r"\left(\partial f\left(a\right)\right)^{2}"),
    (mutually_independent(z), r"\text{entries of }z\text{ mutually independent}"),
    (independent(W, z), r"W, z\text{ independent}"),
    (symmetric(z), r"z \overset{d}{=} -z"),
    (
        every(j, equation(E(z[j]), 0)),
        r"\text{for every }j = 1, \dots, n\colon\; \mathbb{E}\left[z_{j}\right] = 0",
    ),
    (
        uncorrelated(z, mean=0),
        r"\text{entries of }z\text{ uncorrelated}\text{ with }\text{mean }0",
    ),
]


@pytest.mark.parametrize(("node", "shown"), SHOWN, ids=[shown for _, shown in SHOWN])
def test_latex_reads_as_in_a_textbook(node: Any, shown: str) -> None:
    assert latex(node) == shown


@pytest.mark.parametrize("node", [node for node, _ in TERMS + STATEMENTS], ids=repr)
def test_latex_is_balanced(node: Any) -> None:
    shown = re.sub(r"\\[{}]", "", latex(node))
    assert shown.count("{") == shown.count("}")
    assert shown.count(r"\left") == shown.count(r"\right")


def test_no_two_terms_have_the_same_latex() -> None:
    shown = {latex(node) for node, _ in TERMS}
    assert len(shown) == len(TERMS)


def test_stock_sympy_around_a_term_still_prints() -> None:
    from sympy import Tuple

    assert latex(Tuple(a - b)) == r"\left( a - b,\right)"
    assert pretty(a - b) == "a - b"
